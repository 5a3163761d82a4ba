"""What of a council's own record can be erased: a committee's remit, what is said of a closure, the words of an activity."""

from uuid import UUID

from django.urls import reverse

from accounts.models import User

from . import erasable_records as erasable_records  # the other nouns of this floor
from .models import Borough, Closure
from .purging import Erasable, Kind, offer
from .roles import Perm


def committee(
    borough: Borough, user: User, granted: frozenset[str], record: UUID
) -> Erasable | None:
    found = borough.committees.filter(pk=record).first()
    if found is None:
        return None
    page = reverse("boroughs:committee-show", args=[borough.slug, found.pk])
    return Erasable(str(found), page, {"remit": "The committee’s remit"})


def closure(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    """For the people on its list, and those who keep it."""
    found = borough.closures.filter(pk=record).first()
    on_its_list = Closure.objects.listing(user).filter(pk=record).exists()
    if found is None or not (on_its_list or Perm.SEE_LISTS in granted):
        return None
    parts = {
        "case": "Why it is closed: grounds, reasons, the public line",
        "list": "What is said of its access list: reasons, requests and answers",
        "": "All of it",
    }
    page = reverse("boroughs:closure-show", args=[borough.slug, found.pk])
    return Erasable(str(found), page, parts, found)


def activity(
    borough: Borough, user: User, granted: frozenset[str], record: UUID
) -> Erasable | None:
    found = borough.activities.filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    page = reverse("boroughs:activity-show", args=[borough.slug, found.pk])
    return Erasable(str(found), page, {"": "All its words, and what its numbers count"})


offer(Kind("committee", "A committee’s remit", committee, ["boroughs_purge"]))
offer(Kind("closure", "What is said of a closed record", closure, ["boroughs_purge"]))
offer(Kind("activity", "The words of an activity", activity, ["boroughs_purge_activity"]))
