"""What stands in a CSV file must be read as text by a spreadsheet: no word that somebody chose becomes a formula."""

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would calculate (OWASP ASVS 5.0, 1.2.10)."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
