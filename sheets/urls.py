"""Spreadsheets in and out; the borough's name comes before all of it."""

from django.urls import path

from .views import downloads, imports

app_name = "sheets"
urlpatterns = [
    path("sheets/", imports.sheet_list, name="sheet-list"),
    path("sheets/add/", imports.sheet_add, name="sheet-add"),
    *(
        path(f"sheets/<uuid:pk>/{verb}/", view, name=f"sheet-{verb}")
        for verb, view in (
            ("match", imports.sheet_match),
            ("words", imports.sheet_words),
            ("status", imports.sheet_status),
            ("apply", imports.sheet_apply),
            ("undo", imports.sheet_undo),
            ("discard", imports.sheet_discard),
            ("refused", downloads.sheet_refused),
        )
    ),
    path("sheets/<uuid:pk>/", imports.sheet_show, name="sheet-show"),
    path("plans/<uuid:pk>/download/", downloads.plan_download, name="plan-download"),
    path("ratings/<uuid:pk>/download/", downloads.rating_download, name="rating-download"),
    path("figures/workbook/", downloads.figure_workbook, name="figure-workbook"),
    path("reviews/workbook/", downloads.review_workbook, name="review-workbook"),
    path("activities/workbook/", downloads.activity_workbook, name="activity-workbook"),
]
