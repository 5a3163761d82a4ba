"""What a reader hands on: rows of cells, each a plain JSON value."""

from dataclasses import dataclass, field

# Text, number, yes or no, nothing; or one of {"day": ISO date}, {"formula": address}, {"merged": range}, {"error": word}
Cell = str | int | float | bool | None | dict[str, str]

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST = 20_000  # characters in a cell: the longest text of any form

TOO_MANY_ROWS = f"The sheet has more than {MOST_ROWS:,} rows. Delete what does not belong in the portal, or split the sheet, and upload it again."
TOO_MANY_COLUMNS = f"The sheet has more than {MOST_COLUMNS} columns. Delete those that are not needed and upload it again."
NOTHING = "The sheet has no rows. Choose a file with a row of headings and the rows under it."


@dataclass
class Table:
    """A sheet as it was read: its name, the names of all the workbook's sheets, and its rows by number from 1."""

    sheet: str
    sheets: list[str]
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)

    @classmethod
    def from_json(cls, data: dict[str, object]) -> "Table":
        rows = [(number, cells) for number, cells in data["rows"]]  # type: ignore[attr-defined]  # our own child's
        return cls(str(data["sheet"]), list(data["sheets"]), rows)  # type: ignore[call-overload]
