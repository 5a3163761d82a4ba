"""The secret address at which somebody's calendar reads what is due."""

from django.urls import path

from .views.calendar import feed

app_name = "calendar"
urlpatterns = [path("<str:token>.ics", feed, name="feed")]
