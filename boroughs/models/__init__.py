from .borough import Borough, FundingStatus, GovernanceModel
from .closure import (
    AccessRequest,
    ClosableQuerySet,
    Closure,
    ClosureAct,
    ClosureCase,
    ClosureParagraph,
    ClosureUserPermission,
    SeatGrant,
    listed_for,
)
from .committee import Committee, Meeting, Seat, meetings_of
from .membership import BoroughUserPermission, Invitation, Membership
from .passages import ClosedPassages
from .purge import PurgeQuerySet, PurgeRequest

__all__ = [
    "AccessRequest",
    "Borough",
    "BoroughUserPermission",
    "ClosableQuerySet",
    "ClosedPassages",
    "Closure",
    "ClosureAct",
    "ClosureCase",
    "ClosureParagraph",
    "ClosureUserPermission",
    "Committee",
    "FundingStatus",
    "GovernanceModel",
    "Invitation",
    "Meeting",
    "Membership",
    "PurgeQuerySet",
    "PurgeRequest",
    "Seat",
    "SeatGrant",
    "listed_for",
    "meetings_of",
]
