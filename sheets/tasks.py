"""What the worker does when the bell rings. A message carries a key and nothing else."""

from uuid import UUID

from celery import shared_task

from . import jobs

SWEPT_EVERY = 10  # seconds; a message of the sweeper's is worthless after that


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def work(pk: str) -> None:
    """Check, write or undo one import. Rung twice, or while another worker is at it, it does nothing."""
    if held := jobs.claim(UUID(pk)):
        jobs.run(held)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def sweep_sheets() -> None:
    """Ring again for what waits: a lost message, a dead worker, a broker that was away."""
    jobs.give_up_orphans()
    for pk in jobs.waiting():
        work.apply_async([str(pk)], expires=SWEPT_EVERY)
