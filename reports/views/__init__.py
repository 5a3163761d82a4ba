from .rendering import rendering, rendering_download, rendering_retry, rendering_status
from .report import report, report_edit, report_list, report_make, report_start
from .round import round_report
from .style import style_choose, style_sample

__all__ = [
    "rendering",
    "rendering_download",
    "rendering_retry",
    "rendering_status",
    "report",
    "report_edit",
    "report_list",
    "report_make",
    "report_start",
    "round_report",
    "style_choose",
    "style_sample",
]
