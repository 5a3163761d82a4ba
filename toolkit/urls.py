from django.urls import path

from . import views

app_name = "toolkit"
urlpatterns = [
    path("toolkit/", views.version_adopt, name="version-adopt"),
    path("plans/<uuid:plan>/actions/<uuid:pk>/serves/", views.action_serves, name="action-serves"),
    path("assessments/", views.assessment_list, name="assessment-list"),
    path("assessments/new/", views.assessment_open, name="assessment-open"),
    path("assessments/<uuid:pk>/", views.assessment, name="assessment"),
    path("assessments/rule/", views.round_rule, name="round-rule"),
    path("assessments/words/", views.scale_list, name="scale-list"),
    path("assessments/words/<slug:scale>/", views.scale_change, name="scale-change"),
    path("assessments/<uuid:pk>/compared/", views.assessment_compared, name="assessment-compared"),
    path(
        "benchmarks/<slug:version>/<slug:benchmark>/", views.benchmark_line, name="benchmark-line"
    ),
    path(
        "benchmarks/<slug:version>/<slug:benchmark>/prompts/",
        views.prompt_local,
        name="prompt-local",
    ),
    path("assessments/<uuid:pk>/move/", views.assessment_move, name="assessment-move"),
    path("assessments/<uuid:pk>/submit/", views.assessment_submit, name="assessment-submit"),
    path(
        "assessments/<uuid:pk>/take-back/", views.assessment_take_back, name="assessment-take-back"
    ),
    path("assessments/<uuid:pk>/sign-off/", views.assessment_sign_off, name="assessment-sign-off"),
    path("assessments/<uuid:pk>/reopen/", views.assessment_reopen, name="assessment-reopen"),
    path(
        "assessments/<uuid:pk>/recommendations/",
        views.assessment_recommendations,
        name="assessment-recommendations",
    ),
    path("assessments/<uuid:pk>/posts/", views.benchmark_posts, name="benchmark-posts"),
    path("assessments/<uuid:pk>/signed/<int:edition>/", views.sign_off_show, name="sign-off"),
    path("assessments/<uuid:pk>/<slug:benchmark>/", views.rating, name="rating"),
    path(
        "assessments/<uuid:pk>/<slug:benchmark>/prompts/",
        views.prompt_answer,
        name="prompt-answer",
    ),
    path(
        "assessments/<uuid:pk>/<slug:benchmark>/evidence/",
        views.evidence_add,
        name="evidence-add",
    ),
    path(
        "assessments/<uuid:pk>/<slug:benchmark>/evidence/<uuid:evidence>/remove/",
        views.evidence_remove,
        name="evidence-remove",
    ),
    path(
        "assessments/<uuid:pk>/<slug:benchmark>/unchanged/",
        views.rating_unchanged,
        name="rating-unchanged",
    ),
    path(
        "assessments/<uuid:pk>/<slug:benchmark>/draft/",
        views.rating_draft,
        name="rating-draft",
    ),
    path(
        "assessments/<uuid:pk>/<slug:benchmark>/history/",
        views.rating_history,
        name="rating-history",
    ),
]
