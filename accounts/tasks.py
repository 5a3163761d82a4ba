"""What is tidied up by itself."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from .models import TypedText


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def purge() -> None:
    """Delete typed text that nobody came back for, and sessions that ran out."""
    TypedText.objects.outlived().delete()
    SessionStore.clear_expired()
