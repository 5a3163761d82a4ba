"""The portal's addresses and the empty views."""

from django.urls import path

from portal.urls import handler403, handler404, handler500
from portal.urls import urlpatterns as its_urlpatterns

from .empty import BEHIND_MIDDLEWARE, FLOOR, empty

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path(FLOOR.lstrip("/"), empty),
    path(BEHIND_MIDDLEWARE.lstrip("/"), empty),
    *its_urlpatterns,
]
