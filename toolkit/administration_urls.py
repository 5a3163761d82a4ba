"""The portal administrator's pages about toolkits."""

from django.urls import path

from .views import added as views

app_name = "toolkits"
urlpatterns = [
    path("", views.version_list, name="version-list"),
    path("add/", views.version_add, name="version-add"),
]
