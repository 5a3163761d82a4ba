"""Reports that wait for somebody."""

from django.db.models import Exists, OuterRef

from boroughs.roles import Perm
from boroughs.waiting import Reader, Rows, Sort, When, arm

from .models import Rendering

UNMADE = Sort("report-unmade", "Reports to finish", "reports:report", when=When.ON)
SORTS = (UNMADE,)


def arms(reader: Reader, most: int) -> list[Rows]:
    if Perm.COMPOSE not in reader.granted:
        return []
    ready = Rendering.objects.ready().filter(report=OuterRef("pk"))
    unmade = reader.borough.reports.filter(~Exists(ready))
    return [arm(UNMADE, unmade, title="title", due="meeting__date", most=most)]
