"""The link in an invitation's e-mail."""

from django.urls import path

from .views import invitations as views

app_name = "invitations"
urlpatterns = [
    path("<str:token>/", views.invitation_accept, name="invitation-accept"),
]
