"""Celery: the doorbell. Rows say what is to be done."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from boroughs.rows import refuse_powerful_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect  # type: ignore[untyped-decorator]  # celery ships no types
def refuse_to_start(**_: Any) -> None:
    """A worker whose database role could step over row security does not start."""
    refuse_powerful_role()
