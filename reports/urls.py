from django.urls import path

from . import style_urls, views
from .views import decision, meeting, public_decision

app_name = "reports"
urlpatterns = [
    path("meetings/<uuid:pk>/", meeting.meeting_show, name="meeting-show"),
    path("reports/<uuid:pk>/decision/", decision.decision_record, name="decision-record"),
    path("decisions/<uuid:pk>/", decision.decision_show, name="decision-show"),
    path("decisions/<uuid:pk>/correct/", decision.decision_correct, name="decision-correct"),
    path("decisions/<uuid:pk>/follow/", decision.decision_follow, name="decision-follow"),
    path("decisions/<uuid:pk>/download/", decision.decision_download, name="decision-download"),
    path("decisions/<uuid:pk>/publish/", public_decision.decision_publish, name="decision-publish"),
    path(
        "decisions/<uuid:pk>/unpublish/",
        public_decision.decision_unpublish,
        name="decision-unpublish",
    ),
    path("decisions/<uuid:pk>/actions/add/", decision.decision_step_add, name="decision-step-add"),
    path(
        "decisions/<uuid:pk>/actions/<uuid:step>/change/",
        decision.decision_step_change,
        name="decision-step-change",
    ),
    path(
        "decisions/<uuid:pk>/actions/<uuid:step>/follow/",
        decision.decision_step_follow,
        name="decision-step-follow",
    ),
    path("reports/", views.report_list, name="report-list"),
    path("reports/new/", views.report_start, name="report-start"),
    path("reports/reading/", views.reading_room, name="reading-room"),
    path("reports/register/", views.register_settings, name="register-settings"),
    *style_urls.urlpatterns,
    path("reports/for-duty/<uuid:duty>/<uuid:round>/", views.round_report, name="round-report"),
    path("reports/<uuid:pk>/", views.report, name="report"),
    path("reports/<uuid:pk>/front/", views.report_front, name="report-front"),
    path("reports/<uuid:pk>/draft/", views.report_draft, name="report-draft"),
    path("reports/<uuid:pk>/make/", views.report_make, name="report-make"),
    path("reports/<uuid:pk>/approve/", views.report_approve, name="report-approve"),
    path("reports/<uuid:pk>/reopen/", views.report_reopen, name="report-reopen"),
    path("reports/<uuid:pk>/issue/", views.report_issue, name="report-issue"),
    path("reports/<uuid:pk>/checks/", views.report_checks, name="report-checks"),
    path(
        "reports/<uuid:pk>/checks/<uuid:waiver>/take-back/",
        views.waiver_take_back,
        name="waiver-take-back",
    ),
    # sections and appendices
    path("reports/<uuid:pk>/sections/<slug:key>/", views.section, name="section"),
    path(
        "reports/<uuid:pk>/sections/<slug:key>/preview/",
        views.section_preview,
        name="section-preview",
    ),
    path(
        "reports/<uuid:pk>/sections/<slug:key>/history/",
        views.section_history,
        name="section-history",
    ),
    path("reports/<uuid:pk>/sections/<slug:key>/close/", views.section_close, name="section-close"),
    path("reports/<uuid:pk>/appendices/", views.appendix_list, name="appendix-list"),
    path(
        "reports/<uuid:pk>/appendices/<uuid:appendix>/move/",
        views.appendix_move,
        name="appendix-move",
    ),
    path(
        "reports/<uuid:pk>/appendices/<uuid:appendix>/remove/",
        views.appendix_remove,
        name="appendix-remove",
    ),
    # clearance and comments
    path("reports/<uuid:pk>/clearances/", views.clearance_send, name="clearance-send"),
    path(
        "reports/<uuid:pk>/clearances/<uuid:clearance>/remind/",
        views.clearance_remind,
        name="clearance-remind",
    ),
    path(
        "reports/<uuid:pk>/clearances/<uuid:clearance>/take-back/",
        views.clearance_take_back,
        name="clearance-take-back",
    ),
    path("reports/<uuid:pk>/comments/", views.comment_list, name="comment-list"),
    path(
        "reports/<uuid:pk>/comments/<uuid:comment>/resolve/",
        views.comment_resolve,
        name="comment-resolve",
    ),
    path("to-clear/", views.clear_list, name="clear-list"),
    path("to-clear/<uuid:pk>/", views.clear_section, name="clear-section"),
    path("to-clear/<uuid:pk>/paper/", views.clear_paper, name="clear-paper"),
    path("to-clear/<uuid:pk>/preview/", views.clear_preview, name="clear-preview"),
    path("to-clear/<uuid:pk>/history/", views.clear_history, name="clear-history"),
    path("to-clear/<uuid:pk>/verify/", views.clear_verify, name="clear-verify"),
    path("to-clear/<uuid:pk>/return/", views.clear_return, name="clear-return"),
    path("to-clear/<uuid:pk>/comment/", views.clear_comment, name="clear-comment"),
    # issues
    path("reports/<uuid:pk>/issues/<int:number>/", views.issue, name="issue"),
    path("reports/<uuid:pk>/issues/<int:number>/closed/", views.issue_closed, name="issue-closed"),
    path(
        "reports/<uuid:pk>/issues/<int:number>/restricted/",
        views.issue_restricted,
        name="issue-restricted",
    ),
    path(
        "reports/<uuid:pk>/issues/<int:number>/publish/", views.issue_publish, name="issue-publish"
    ),
    path(
        "reports/<uuid:pk>/issues/<int:number>/withdraw/",
        views.issue_withdraw,
        name="issue-withdraw",
    ),
    path(
        "reports/<uuid:pk>/issues/<int:number>/take-down/",
        views.issue_take_down,
        name="issue-take-down",
    ),
    # renderings
    path("reports/<uuid:pk>/renderings/<uuid:rendering>/", views.rendering, name="rendering"),
    path(
        "reports/<uuid:pk>/renderings/<uuid:rendering>/status/",
        views.rendering_status,
        name="rendering-status",
    ),
    path(
        "reports/<uuid:pk>/renderings/<uuid:rendering>/retry/",
        views.rendering_retry,
        name="rendering-retry",
    ),
    path(
        "reports/<uuid:pk>/renderings/<uuid:rendering>/download/",
        views.rendering_download,
        name="rendering-download",
    ),
    path(
        "reports/<uuid:pk>/renderings/<uuid:rendering>/document/",
        views.rendering_document,
        name="rendering-document",
    ),
    path(
        "reports/<uuid:pk>/renderings/<uuid:rendering>/figures.csv",
        views.rendering_figures,
        name="rendering-figures",
    ),
    path(
        "reports/<uuid:pk>/renderings/<uuid:rendering>/figures.json",
        views.rendering_figures_json,
        name="rendering-figures-json",
    ),
    path(
        "reports/<uuid:pk>/renderings/<uuid:rendering>/ratings.csv",
        views.rendering_ratings,
        name="rendering-ratings",
    ),
]
