from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.report_list, name="report-list"),
    path("reports/style/", views.style_choose, name="style-choose"),
    path("reports/style/<slug:key>/", views.style_sample, name="style-sample"),
    path("reports/for/<uuid:assessment>/", views.report_start, name="report-start"),
    path("reports/for/<uuid:assessment>/make/", views.report_make, name="report-make"),
    path("reports/for-duty/<uuid:duty>/<uuid:round>/", views.round_report, name="round-report"),
    path("reports/<uuid:pk>/", views.report, name="report"),
    path("reports/<uuid:pk>/edit/", views.report_edit, name="report-edit"),
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
]
