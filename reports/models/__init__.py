from .rendering import RenderedFile, Rendering
from .report import Report, ReportText
from .round import ReportedRound
from .style import HouseStyle, StyleChoice

__all__ = [
    "HouseStyle",
    "RenderedFile",
    "Rendering",
    "Report",
    "ReportText",
    "ReportedRound",
    "StyleChoice",
]
