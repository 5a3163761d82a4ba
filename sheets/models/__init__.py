"""Workbooks that came in, and what became of their rows."""

from .sheet import SheetImport, SheetRow, sheets_of, write_rows

__all__ = ["SheetImport", "SheetRow", "sheets_of", "write_rows"]
