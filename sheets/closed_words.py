"""Rows whose words also stand in a closed record: whoever is on its list is warned before they are written."""

from collections.abc import Iterable

from accounts.models import User
from boroughs.closed_passages import digest_in
from boroughs.models import ClosedPassages
from boroughs.passages import shared_passages

from .columns import in_words
from .models import SheetImport, SheetRow
from .nouns import Judged

SAID = "these words also stand in a closed record"


def warn_of_closed_words(
    sheet: SheetImport, by: User, rows: Iterable[tuple[SheetRow, Judged]]
) -> None:
    """One query for all rows. A plan that is closed itself may say what is closed."""
    if sheet.plan and sheet.plan.strategy.is_closed:
        return
    closed = ClosedPassages.objects.visible_to(by).of(sheet.borough)
    known = frozenset[int]().union(*closed.values_list("digests", flat=True))
    if not known:
        return
    digest = digest_in(sheet.borough_id)
    for row, found in rows:
        text = "\n".join(map(in_words, row.cells))
        if found.verdict and shared_passages(text, known, digest):
            found.warnings.append(SAID)
