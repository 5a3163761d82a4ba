"""Reading a workbook or CSV file that somebody uploaded, in a process of its own."""

from papers.inspection.verdict import Unacceptable

from .table import MOST_COLUMNS, MOST_ROWS, Cell, Table

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "Cell", "Table", "Unacceptable"]
