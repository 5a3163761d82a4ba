"""Saying what a paper is for, and taking that back."""

from typing import Any

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.policies import Refused
from papers.models import Paper, PaperUse
from papers.policies import why_not_use


@transaction.atomic
def link_paper(*, paper: Paper, kind: str, to: Any, by: User) -> PaperUse:
    """`kind` is a key of KINDS, and `to` its strategy, board, policy or assessment. Raises Refused."""
    if why := why_not_use(paper, kind, to):
        raise Refused(why, field="paper")
    use = PaperUse(paper=paper, linked_by=by, **{kind: to})
    use.save(force_insert=True)
    record("paper.linked", by=by, borough_id=paper.borough_id, subject=paper, belongs=kind)
    return use


@transaction.atomic
def unlink_paper(*, use: PaperUse, by: User) -> None:
    """The paper itself stays as it is."""
    kind, paper = use.kind, use.paper
    use.delete()
    record("paper.unlinked", by=by, borough_id=paper.borough_id, subject=paper, belongs=kind)
