from django.urls import path

from . import views

app_name = "toolkit"
urlpatterns = [
    path("toolkit/", views.version_adopt, name="version-adopt"),
    path("plans/<uuid:plan>/actions/<uuid:pk>/serves/", views.action_serves, name="action-serves"),
    path("assessments/", views.assessment_list, name="assessment-list"),
    path("assessments/new/", views.assessment_open, name="assessment-open"),
    path("assessments/<uuid:pk>/", views.assessment, name="assessment"),
    path("assessments/<uuid:pk>/<slug:benchmark>/", views.rating, name="rating"),
    path(
        "assessments/<uuid:pk>/<slug:benchmark>/history/",
        views.rating_history,
        name="rating-history",
    ),
]
