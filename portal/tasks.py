"""What is done for the whole portal by itself."""

from celery import shared_task

from boroughs.retention import look_for_what_is_due


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def look_at_retention() -> None:
    """Note the records whose time is over; people decide."""
    look_for_what_is_due()
