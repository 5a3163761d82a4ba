"""Keeping the notices of executives, and the rule on calling decisions in."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, CallInRule, Committee, Notice
from boroughs.notice_policies import (
    why_not_agreed,
    why_not_its_meeting,
    why_not_notice,
    why_not_published,
    why_not_response,
    why_not_second,
)

from .saving import refuse, save_over


def _refuse(committee: Committee, said: dict[str, Any]) -> None:
    refuse(
        ("", why_not_notice(committee)),
        ("meeting", why_not_its_meeting(committee, said["meeting"])),
        ("published_on", why_not_published(said["meeting"], said["published_on"])),
        ("representations", why_not_second(said["kind"], said["representations"])),
        ("response", why_not_response(said["representations"], said["response"])),
        ("agreed_by", why_not_agreed(said["kind"], said["agreed_by"], said["agreed_on"])),
    )


@transaction.atomic
def add_notice(*, committee: Committee, by: User, **said: Any) -> Notice:
    """`said` is every column of a notice. Raises Refused when the law has no such notice for the body, or it is incomplete."""
    _refuse(committee, said)
    notice = Notice(committee=committee, changed_by=by, **said)
    notice.save(force_insert=True)
    _record("notice.added", notice, by)
    return notice


@transaction.atomic
def change_notice(*, notice: Notice, seen: int, by: User, **said: Any) -> None:
    """Put right what is kept of it. Raises Refused as `add_notice` does, ChangedMeanwhile as `save_over`."""
    _refuse(notice.committee, said)
    save_over(notice, seen=seen, by=by, **said)
    _record("notice.changed", notice, by)


def _record(deed: str, notice: Notice, by: User) -> None:
    committee, published = notice.committee, notice.published_on.isoformat()
    about: dict[str, Any] = {"borough_id": committee.borough_id, "subject": committee}
    record(deed, by=by, **about, kind=notice.kind, published_on=published)


@transaction.atomic
def set_call_in(
    *,
    borough: Borough,
    since: dt.date,
    starts: str,
    days: int,
    counted: str,
    until: dt.time | None = None,
    members: int | None = None,
    urgency: str = "",
    source: str = "",
    by: User,
) -> CallInRule:
    """Say how decisions are called in from a day on. Those recorded before keep the rule they were recorded by."""
    rule = CallInRule(
        borough=borough,
        since=since,
        starts=starts,
        days=days,
        counted=counted,
        until=until,
        members=members,
        urgency=urgency,
        source=source,
        set_by=by,
    )
    rule.save(force_insert=True)
    about: dict[str, Any] = {"borough_id": borough.pk, "subject": borough}
    record("call-in.set", by=by, **about, days=days, since=since.isoformat())
    return rule
