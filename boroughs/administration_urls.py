"""The portal administrator's pages."""

from django.urls import path

from .views import administration as views
from .views import trail

app_name = "administration"
urlpatterns = [
    path("", views.borough_list, name="borough-list"),
    path("register/", views.authority_list, name="authority-list"),
    path("register/<str:gss>/open/", views.borough_open, name="borough-open"),
    path("second-factor/end/", views.second_factor_end, name="second-factor-end"),
    path("boroughs/<int:pk>/invite-lead/", views.lead_invite, name="lead-invite"),
    path("trail/", trail.portal_trail_list, name="trail-list"),
    path("trail/download/", trail.portal_trail_download, name="trail-download"),
]
