"""How far the actions of a recommendation are, in words."""

from collections.abc import Iterable

from django import template
from django.utils import timezone

from boroughs.models import LinkedAction, progress_of

register = template.Library()


@register.filter
def plan_progress(links: Iterable[LinkedAction]) -> str:
    return progress_of(links, timezone.localdate())


@register.filter
def plan_finished(links: Iterable[LinkedAction]) -> bool:
    """Whether there are some and all of them are complete or stopped: then a person says what became of it."""
    return bool(links) and not any(link.action.is_unfinished for link in links)
