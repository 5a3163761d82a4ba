from .report import ReportForm, StartForm
from .style import StyleForm

__all__ = ["ReportForm", "StartForm", "StyleForm"]
