from .activity import Activity, ActivityCount, ActivityFigure
from .board import Attendance, BoardMember
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
    open_to,
)
from .committee import Committee, Meeting, Seat, meetings_of
from .context import ContextFact
from .duty import CalendarFeed, Duty, DutyRound
from .figure import FigurePublication, FigureRule, FigureValue, OwnIndicator
from .funding import FundingAmount, FundingLine, FundingStep
from .linked_action import LinkedAction, progress_of
from .membership import BoroughUserPermission, Invitation, Membership
from .notice import CallInRule, Notice
from .passages import ClosedPassages
from .plan import (
    Action,
    Area,
    DeliveryPlan,
    Organisation,
    Priority,
    ProgressNote,
    actions_of,
    areas_of,
    history_of,
    plans_of,
)
from .purge import PurgeQuerySet, PurgeRequest
from .register import Briefing, ImpactAssessment, Policy, Received
from .retention import RetentionPeriod, RetentionReview
from .review import (
    Qualifier,
    Recommendation,
    RecommendationAction,
    RecommendationQuerySet,
    Review,
)
from .risk import Risk, RiskReview
from .risk_matrix import RiskBand, RiskMatrix
from .strategy import AmendedText, Amendment, Consultation, LinkedStrategy, Strategy

__all__ = [
    "AccessRequest",
    "Action",
    "Activity",
    "ActivityCount",
    "ActivityFigure",
    "AmendedText",
    "Amendment",
    "Area",
    "Attendance",
    "BoardMember",
    "Borough",
    "BoroughUserPermission",
    "Briefing",
    "CalendarFeed",
    "CallInRule",
    "ClosableQuerySet",
    "ClosedPassages",
    "Closure",
    "ClosureAct",
    "ClosureCase",
    "ClosureParagraph",
    "ClosureUserPermission",
    "Committee",
    "Consultation",
    "ContextFact",
    "DeliveryPlan",
    "Duty",
    "DutyRound",
    "FigurePublication",
    "FigureRule",
    "FigureValue",
    "FundingAmount",
    "FundingLine",
    "FundingStatus",
    "FundingStep",
    "GovernanceModel",
    "ImpactAssessment",
    "Invitation",
    "LinkedAction",
    "LinkedStrategy",
    "Meeting",
    "Membership",
    "Notice",
    "Organisation",
    "OwnIndicator",
    "Policy",
    "Priority",
    "ProgressNote",
    "PurgeQuerySet",
    "PurgeRequest",
    "Qualifier",
    "Received",
    "Recommendation",
    "RecommendationAction",
    "RecommendationQuerySet",
    "RetentionPeriod",
    "RetentionReview",
    "Review",
    "Risk",
    "RiskBand",
    "RiskMatrix",
    "RiskReview",
    "Seat",
    "SeatGrant",
    "Strategy",
    "actions_of",
    "areas_of",
    "history_of",
    "listed_for",
    "meetings_of",
    "open_to",
    "plans_of",
    "progress_of",
]
