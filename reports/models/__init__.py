from .batch import BatchItem
from .clearance import Clearance, ReportComment
from .decision import DecidedItem, Decision, DecisionEdition, DecisionRequest, DecisionStep
from .issue import Issue, IssuedAppendix, IssuedText, PublicRegister
from .public_decision import PublicDecision
from .rendering import RenderedFile, Rendering
from .report import Report
from .round import ReportedRound
from .style import HouseStyle, StyleChoice, StyleVersion, styles_for
from .text import ReportAppendix, ReportText, ReportTextVersion
from .waiver import Waiver

__all__ = [
    "BatchItem",
    "Clearance",
    "DecidedItem",
    "Decision",
    "DecisionEdition",
    "DecisionRequest",
    "DecisionStep",
    "HouseStyle",
    "Issue",
    "IssuedAppendix",
    "IssuedText",
    "PublicDecision",
    "PublicRegister",
    "RenderedFile",
    "Rendering",
    "Report",
    "ReportAppendix",
    "ReportComment",
    "ReportText",
    "ReportTextVersion",
    "ReportedRound",
    "StyleChoice",
    "StyleVersion",
    "Waiver",
    "styles_for",
]
