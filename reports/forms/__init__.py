from .report import ReportForm
from .style import StyleForm

__all__ = ["ReportForm", "StyleForm"]
