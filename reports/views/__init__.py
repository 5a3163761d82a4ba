from .rendering import rendering, rendering_download, rendering_retry, rendering_status
from .report import report, report_edit, report_list, report_make, report_start
from .style import style_choose

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
    "style_choose",
]
