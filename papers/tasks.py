"""What the worker does for the store by itself."""

from celery import shared_task

from .resealing import collect, forget_erased, reseal_all
from .storage import sweep_incoming
from .texts import remember_all


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def keep_files_well() -> None:
    """Remember and seal what was closed and could not be then, unseal what was released."""
    remember_all()
    reseal_all()


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # celery ships no types
def tidy_store() -> None:
    """Remove what interrupted uploads left, what was erased and what no row knows any more."""
    sweep_incoming()
    forget_erased()
    collect()
