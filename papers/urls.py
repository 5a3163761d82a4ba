from django.urls import path

from . import views

app_name = "papers"
urlpatterns = [
    path("papers/", views.paper_list, name="paper-list"),
    path("papers/add/", views.paper_add, name="paper-add"),
    path("papers/of/<slug:kind>/<uuid:record>/", views.use_change, name="use-change"),
    path(
        "papers/of/<slug:kind>/<uuid:record>/<uuid:pk>/remove/",
        views.use_remove,
        name="use-remove",
    ),
    path("papers/<uuid:pk>/", views.paper, name="paper"),
    path("papers/<uuid:pk>/change/", views.paper_change, name="paper-change"),
    path("papers/<uuid:pk>/close/", views.paper_close, name="paper-close"),
    path("papers/<uuid:pk>/versions/add/", views.version_add, name="version-add"),
    path(
        "papers/<uuid:pk>/versions/<uuid:version>/download/",
        views.version_download,
        name="version-download",
    ),
    path(
        "papers/<uuid:pk>/versions/<uuid:version>/findings/<uuid:finding>/clear/",
        views.finding_clear,
        name="finding-clear",
    ),
]
