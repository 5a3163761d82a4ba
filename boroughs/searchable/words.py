"""What sources say their words with."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat

from boroughs.access import BoroughRequest
from boroughs.searching import Rows, Words


def day_of(field: str) -> Func:
    """A date as people write it: 4 July 2019."""
    return Func(F(field), Value("FMDD FMMonth YYYY"), function="to_char", output_field=TextField())


def said(*parts: Words) -> Concat:
    """Fields and words one after the other."""
    return Concat(*parts, output_field=TextField())


def under(
    keys: Callable[[BoroughRequest], list[UUID]], way: str, rows: Rows
) -> Callable[[BoroughRequest], Rows]:
    """The rows that belong to those, by the lookup that leads there."""
    return lambda request: rows.filter(**{f"{way}__in": keys(request)})
