from django.apps import AppConfig

from .celery import app as celery_app

__all__ = [
    "PortalConfig",
    "celery_app",
]  # imported here so that tasks ring the right doorbell in every process


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"
