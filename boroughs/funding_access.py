"""Which funding lines a person behind the door may read."""

from .access import BoroughRequest
from .models.funding import FundingLineQuerySet
from .roles import Perm


def funding_lines(request: BoroughRequest) -> FundingLineQuerySet:
    """Those the visitor may see; whoever comes by an access list alone sees what it closes: a line, or an amount with the
    open line it belongs to."""
    rows: FundingLineQuerySet = request.borough.funding_lines.visible_to(request.user)
    if Perm.READ_RECORD in request.granted:
        return rows
    return rows.listed_to(request.user)
