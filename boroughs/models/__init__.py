from .borough import Borough, FundingStatus, GovernanceModel
from .committee import Committee, Meeting, Seat, meetings_of
from .membership import BoroughUserPermission, Invitation, Membership

__all__ = [
    "Borough",
    "BoroughUserPermission",
    "Committee",
    "FundingStatus",
    "GovernanceModel",
    "Invitation",
    "Meeting",
    "Membership",
    "Seat",
    "meetings_of",
]
