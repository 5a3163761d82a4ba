"""What is done for the whole portal by itself."""

from uuid import UUID

from celery import shared_task

from boroughs.retention import look_for_what_is_due

from . import letters

REMINDERS_EVERY = 900  # seconds; a message is worthless after that


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def look_at_retention() -> None:
    """Note the records whose time is over; people decide."""
    look_for_what_is_due()


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def send_reminders() -> None:
    """Plan the letters that are due, and ring for each that waits: also after a lost message or a dead worker."""
    letters.plan()
    for pk in letters.waiting():
        send_letter.apply_async([str(pk)], expires=REMINDERS_EVERY)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def send_letter(pk: str) -> None:
    """Write one letter and hand it to the mail server."""
    letters.send(UUID(pk))
