"""What stands in a CSV file must be read as text by a spreadsheet: no word that somebody chose becomes a formula."""

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would calculate (OWASP ASVS 5.0, 1.2.10).

    Where apostrophes stand before it already one more does, so that whoever reads it back takes off the one put there.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULAS) else cell
