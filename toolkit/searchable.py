"""What of assessments can be found by search: the words of their ratings."""

from django.db.models import F, Func, TextField, Value

from boroughs.access import BoroughRequest
from boroughs.roles import Perm
from boroughs.searching import Kind, Rows, Source, offer

from .models import Rating

RATINGS = Kind("ratings", "Ratings")
MONTH = Func(
    F("assessment__ends_on"),
    Value("FMMonth YYYY"),
    function="to_char",
    output_field=TextField(),
)


def ratings(request: BoroughRequest) -> Rows:
    return Rating.objects.filter(assessment__in=request.borough.assessments.all())


offer(
    Source(
        RATINGS,
        Perm.READ_RECORD,
        ratings,
        "toolkit:rating-history",
        title="benchmark__title",
        texts=("comment", "actions", "reason"),
        where=MONTH,
        parts=("assessment", "benchmark__key"),
        by_title=False,
    )
)
