"""What the worker does when the bell rings. A message carries a key and nothing else."""

import logging
from functools import partial
from uuid import UUID

from celery import shared_task
from django.db import DatabaseError

from . import batch_jobs, clearance_jobs, jobs
from .pdf import CannotRender
from .rendering import pdf_of

logger = logging.getLogger(__name__)
UNEXPECTED = "The PDF could not be made because of a fault in the portal. Nothing of the text is lost. Try again, and tell your administrator if it happens again."
SWEPT_EVERY = 10  # seconds; a message of the sweeper's is worthless after that


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def render(pk: str) -> None:
    """Make one PDF. Rung twice, or while another worker is at it, it does nothing."""
    claim = jobs.claim(UUID(pk))
    if claim is None:
        return
    try:
        pdf = pdf_of(claim.snapshot, told=partial(jobs.tell, claim))
    except CannotRender as refusal:
        jobs.fail(claim, refusal.reason)
    except DatabaseError:
        raise  # the lease runs out and the sweeper rings again
    except Exception:
        logger.exception("Rendering %s failed", pk)
        jobs.fail(claim, UNEXPECTED)
    else:
        jobs.finish(claim, pdf)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def make_batch_item(pk: str) -> None:
    """Ask for the PDF of one report of a batch, and make it. What goes wrong with it is this report's alone."""
    try:
        rendering = batch_jobs.take_up(UUID(pk))
    except DatabaseError:
        raise  # the row waits still, and the sweeper rings again
    except Exception:
        logger.exception("Item %s of a batch failed", pk)
        batch_jobs.give_up(UUID(pk), UNEXPECTED)
        return
    if rendering:
        render(str(rendering))


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def sweep_renderings() -> None:
    """Ring again for what waits: a lost message, a dead worker, a broker that was away."""
    jobs.give_up_orphans()
    for pk in batch_jobs.waiting():
        make_batch_item.apply_async([str(pk)], expires=SWEPT_EVERY)
    for pk in jobs.waiting():
        render.apply_async([str(pk)], expires=SWEPT_EVERY)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def remind_of_clearances() -> None:
    """Write to whoever has a section to clear that is due."""
    clearance_jobs.remind_of_due()
