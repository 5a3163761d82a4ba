"""What a cell means: text, a day, a number, a choice. Each refusal is one sentence with the cell's address."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from boroughs.policies import day
from govuk.forms import DateField
from govuk.sentences import sentence
from sheets.reading import Cell

from .columns import in_words

DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%y", "%d.%m.%y", "%d %b %y", "%d-%b-%y", "%d-%b-%Y")  # fmt: skip
SERIAL = (20_000, 80_000)  # days since 1900 as a spreadsheet counts them: 1954 to 2119


class Wrong(Exception):
    """A cell that cannot be read as what its column is; the message is a sentence."""


def checked(cell: Cell) -> Cell:
    """The cell, unless it is none that somebody typed. Raises Wrong."""
    if isinstance(cell, dict):
        if "formula" in cell:
            raise Wrong(
                f"Cell {cell['formula']} holds a formula. Put its result there as a value instead"
            )
        if "merged" in cell:
            raise Wrong(
                f"{cell['merged']} are merged cells. Unmerge them and fill in each cell by itself"
            )
        if "error" in cell:
            raise Wrong(f"The cell says {cell['error']}, which is an error or no value. Correct it")
    return cell


def as_text(cell: Cell) -> str:
    cell = checked(cell)
    if isinstance(cell, dict):
        return day(dt.date.fromisoformat(cell["day"]))
    return in_words(cell).strip()


def as_day(cell: Cell) -> dt.date | None:
    """A date cell, or a text that is one as it is written in Britain."""
    cell = checked(cell)
    if cell is None or cell == "":
        return None
    if isinstance(cell, dict):
        return dt.date.fromisoformat(cell["day"])
    if isinstance(cell, bool | int | float):
        raise Wrong(f"{in_words(cell)} is a number and not a date. {_as_date(cell)}")
    text = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", " ".join(cell.split()))
    for form in DAYS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
    raise Wrong(f"“{_short(cell)}” is not a date. Write it like 31/03/2018")


def _as_date(number: float) -> str:
    if SERIAL[0] <= number <= SERIAL[1]:
        return "Format the cell as a date"
    return "Write it like 31/03/2018"


def as_number(cell: Cell) -> Decimal | None:
    """A number cell, or a text that is one: 1,263 and 82.5 are."""
    cell = checked(cell)
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool | dict):
        raise Wrong(f"“{_short(as_text(cell))}” is not a number. Enter a number")
    try:
        number = Decimal(str(cell).replace(",", "").replace(" ", "").removesuffix("%"))
    except InvalidOperation:
        raise Wrong(f"“{_short(str(cell))}” is not a number. Enter a number") from None
    if not number.is_finite():
        raise Wrong(f"“{_short(str(cell))}” is not a number. Enter a number")
    rounded = number.quantize(Decimal("0.0001")) if abs(number) < Decimal(10) ** 12 else number
    return rounded.normalize() if rounded else Decimal(0)


def as_whole(cell: Cell) -> int | None:
    """A count: whole and not negative."""
    number = as_number(cell)
    if number is None:
        return None
    if number < 0:
        raise Wrong(f"{number:f} is less than nought. Enter 0 or more")
    if number != int(number):
        raise Wrong(f"{number:f} is not whole. Enter a number without a decimal point")
    return int(number)


def as_choice(cell: Cell, words: Mapping[str, str], offered: str) -> str:
    """The value whose name, or another word for it, stands in the cell; empty where nothing does."""
    text = as_text(cell)
    if not text:
        return ""
    found = words.get(" ".join(text.casefold().replace("-", " ").split()))
    if found is None:
        raise Wrong(f"“{_short(text)}” is none of {offered}")
    return found


def held_to(field: forms.Field, value: Any) -> Any:
    """The value as the form's own field takes it. Raises Wrong in the field's words."""
    given = value.isoformat() if isinstance(value, dt.date) else value
    try:
        return field.clean(given)
    except ValidationError as error:
        label = str(field.label or "This")
        raise Wrong(sentence(error.error_list[0], field, label)) from None


def as_day_of(field: forms.Field) -> Callable[[Cell], dt.date | None]:
    """A day within the years that forms take."""

    def read(cell: Cell) -> dt.date | None:
        found = as_day(cell)
        if found is None:
            return None
        plain = DateField(label=field.label, required=False)
        value: dt.date | None = held_to(plain, found)
        return value

    return read


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
