"""Boroughs beside one another: what their boards signed off last, benchmark by benchmark. Words and no text of a council.

`reading` fetches it by two statements, `table` says what each cell is, sorts, and counts.
"""

from .reading import Toolkit, signed_off, toolkits
from .table import Cell, Choice, Line, Table, table_of

__all__ = [
    "Cell",
    "Choice",
    "Line",
    "Table",
    "Toolkit",
    "signed_off",
    "table_of",
    "toolkits",
]
