from .checks import report_checks, waiver_take_back
from .formats import (
    rendering_document,
    rendering_figures,
    rendering_figures_json,
    rendering_ratings,
)
from .issue import (
    issue,
    issue_closed,
    issue_publish,
    issue_restricted,
    issue_take_down,
    issue_withdraw,
    register_settings,
    report_issue,
)
from .reading import reading_room
from .rendering import rendering, rendering_download, rendering_retry, rendering_status
from .report import (
    report,
    report_approve,
    report_draft,
    report_front,
    report_list,
    report_make,
    report_reopen,
    report_start,
)
from .round import round_report
from .section import (
    appendix_list,
    appendix_move,
    appendix_remove,
    section,
    section_close,
    section_history,
    section_preview,
)

__all__ = [
    "appendix_list",
    "appendix_move",
    "appendix_remove",
    "issue",
    "issue_closed",
    "issue_publish",
    "issue_restricted",
    "issue_take_down",
    "issue_withdraw",
    "reading_room",
    "register_settings",
    "rendering",
    "rendering_document",
    "rendering_download",
    "rendering_figures",
    "rendering_figures_json",
    "rendering_ratings",
    "rendering_retry",
    "rendering_status",
    "report",
    "report_approve",
    "report_checks",
    "report_draft",
    "report_front",
    "report_issue",
    "report_list",
    "report_make",
    "report_reopen",
    "report_start",
    "round_report",
    "section",
    "section_close",
    "section_history",
    "section_preview",
    "style_choose",
    "style_sample",
    "waiver_take_back",
]
