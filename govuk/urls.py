"""The gallery of components; the roof includes it in development only."""

from django.urls import path

from . import views

app_name = "govuk"
urlpatterns = [path("", views.gallery, name="gallery")]
