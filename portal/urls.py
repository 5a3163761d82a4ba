"""The map of the portal. What belongs to a borough stands under its name."""

from django.conf import settings
from django.urls import include, path

from . import errors, health

handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("health/", health.health, name="health"),
    path("account/", include("accounts.urls")),
]
if settings.DEBUG:
    urlpatterns += [path("gallery/", include("govuk.urls"))]
