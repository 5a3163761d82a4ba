"""What of a council's own record can be erased: a committee's remit, what is said of a closure, the words of an activity."""

from uuid import UUID

from django.urls import reverse

from accounts.models import User

from . import erasable_records as erasable_records  # the other nouns of this floor
from .models import Borough, Closure, Notice
from .purging import Erasable, Find, Kind, offer
from .roles import Perm


def committee(
    borough: Borough, user: User, granted: frozenset[str], record: UUID
) -> Erasable | None:
    found = borough.committees.filter(pk=record).first()
    if found is None:
        return None
    page = reverse("boroughs:committee-show", args=[borough.slug, found.pk])
    return Erasable(str(found), page, {"remit": "The committee’s remit"})


def notice(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    """Notices are public; everybody of the borough reads them."""
    found = Notice.objects.filter(committee__borough=borough, pk=record).first()
    if found is None:
        return None
    page = reverse("boroughs:committee-notices", args=[borough.slug, found.committee_id])
    return Erasable(str(found), page, {"": "All its words"})


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


def funding(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    lines = borough.funding_lines.visible_to(user).select_related("closure")
    found = lines.filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    page = reverse("boroughs:line-show", args=[borough.slug, found.pk])
    return Erasable(str(found), page, {"": "All its words, with its history"}, found.closure)


def context(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    found = borough.context_facts.filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    page = reverse("boroughs:context-show", args=[borough.slug])
    return Erasable(str(found), page, {"": "All its words"})


def of_a_register(kind: str) -> Find:
    """Entries of a register are open to all who read the record."""
    rows = {"received": "received", "policy": "policies", "impact": "impact_assessments"}[kind]

    def find(
        borough: Borough, user: User, granted: frozenset[str], record: UUID
    ) -> Erasable | None:
        found = getattr(borough, rows).filter(pk=record).first()
        if found is None or Perm.READ_RECORD not in granted:
            return None
        page = reverse(f"boroughs:{kind}-show", args=[borough.slug, found.pk])
        return Erasable(str(found), page, {"": "All its words"})

    return find


offer(Kind("committee", "A committee’s remit", committee, ["boroughs_purge"]))
offer(Kind("notice", "The words of a notice", notice, ["boroughs_purge_notice"]))
offer(Kind("closure", "What is said of a closed record", closure, ["boroughs_purge"]))
offer(Kind("activity", "The words of an activity", activity, ["boroughs_purge_activity"]))
offer(Kind("context", "What was added to the context", context, ["boroughs_purge_context"]))
offer(Kind("funding", "The words of a funding line", funding, ["boroughs_purge_funding"]))
for key, label in (
    ("received", "The words of an entry about something received"),
    ("policy", "The words of a policy’s entry"),
    ("impact", "The words of an assessment of equality or data protection"),
):
    offer(Kind(key, label, of_a_register(key), ["boroughs_purge_register"]))
