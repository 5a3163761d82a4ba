"""Opening a borough and keeping its settings."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, FundingStatus, GovernanceModel
from boroughs.policies import Refused, why_not_date, why_not_open, why_not_year
from boroughs.register import Authority, governance

from .people import invite_lead
from .saving import save_over


@transaction.atomic
def open_borough(
    *,
    slug: str,
    name: str,
    full_name: str,
    gss_code: str,
    kind: str,
    nation: str,
    region: str = "",
    by: User,
) -> Borough:
    """Open a council's record. Its first lead is invited separately."""
    borough = Borough.objects.create(
        slug=slug,
        name=name,
        full_name=full_name,
        gss_code=gss_code,
        kind=kind,
        nation=nation,
        region=region,
    )
    record("borough.opened", by=by, borough_id=borough.pk, subject=borough, gss_code=gss_code)
    return borough


@transaction.atomic
def open_from_register(
    *, authority: Authority, full_name: str, email: str, lead: str, post: str = "", by: User
) -> Borough:
    """Open a council as the register knows it and invite its first lead.

    Raises Refused when it is open, is no council any more, or the lead cannot be invited.
    """
    if why := why_not_open(authority, timezone.localdate()):
        raise Refused(why)
    borough = open_borough(
        slug=authority.slug,
        name=authority.name,
        full_name=full_name,
        gss_code=authority.gss,
        kind=authority.kind,
        nation=authority.nation,
        region=authority.region,
        by=by,
    )
    GovernanceModel.objects.bulk_create(
        GovernanceModel(
            borough=borough,
            form=known.form,
            since=known.since,
            source=known.source,
            verified=known.verified,
        )
        for known in governance(authority.gss)
    )
    invite_lead(borough=borough, email=email, name=lead, post=post, by=by)
    return borough


@transaction.atomic
def change_settings(
    *,
    borough: Borough,
    full_name: str,
    colour: str,
    clear_days: str,
    marking: str,
    contact: str,
    seen: int,
    by: User,
) -> None:
    """Set how the borough's pages and papers look and count; saving what holds already is no deed.

    Raises ChangedMeanwhile when somebody else saved the settings since `seen`.
    """
    fields = {
        "full_name": full_name,
        "colour": colour,
        "clear_days": clear_days,
        "marking": marking,
        "contact": contact,
    }
    changed = {name: value for name, value in fields.items() if getattr(borough, name) != value}
    if not changed:
        return
    save_over(borough, seen=seen, by=by, **changed)
    record(
        "settings.changed", by=by, borough_id=borough.pk, subject=borough, changed=sorted(changed)
    )


@transaction.atomic
def set_governance(
    *,
    borough: Borough,
    form: str,
    since: dt.date | None,
    source: str = "",
    verified: bool = False,
    by: User,
) -> GovernanceModel:
    """Say which governance model holds from a day on; the same day said again is corrected."""
    row, _ = GovernanceModel.objects.update_or_create(
        borough=borough,
        since=since,
        defaults={"form": form, "source": source, "verified": verified},
    )
    record(
        "governance.set",
        by=by,
        borough_id=borough.pk,
        subject=row,
        form=form,
        since=str(since or ""),
    )
    return row


@transaction.atomic
def correct_governance(
    *,
    row: GovernanceModel,
    form: str,
    since: dt.date | None,
    source: str,
    verified: bool,
    seen: int,
    by: User,
) -> None:
    """Put right what a row says. Raises Refused when another row holds from that day, ChangedMeanwhile as `save_over`."""
    if why := why_not_date(row.borough, since, of=row):
        raise Refused(why, field="since")
    save_over(row, seen=seen, by=by, form=form, since=since, source=source, verified=verified)
    record(
        "governance.corrected",
        by=by,
        borough_id=row.borough_id,
        subject=row,
        form=form,
        since=str(since or ""),
    )


@transaction.atomic
def add_governance(
    *,
    borough: Borough,
    form: str,
    since: dt.date | None,
    source: str,
    verified: bool,
    by: User,
) -> GovernanceModel:
    """Raises Refused when a row holds from that day already: it is corrected instead."""
    if why := why_not_date(borough, since):
        raise Refused(why, field="since")
    return set_governance(
        borough=borough, form=form, since=since, source=source, verified=verified, by=by
    )


@transaction.atomic
def set_funding(
    *, borough: Borough, year: int, status: str, source: str = "", by: User
) -> FundingStatus:
    """Say whether the area is funded in the grant year that begins on 1 April of `year`."""
    row, _ = FundingStatus.objects.update_or_create(
        borough=borough, year=year, defaults={"status": status, "source": source}
    )
    record("funding.set", by=by, borough_id=borough.pk, subject=row, year=year, status=status)
    return row


@transaction.atomic
def add_funding(
    *, borough: Borough, year: int, status: str, source: str, by: User
) -> FundingStatus:
    """Raises Refused when the year has a status already: it is corrected instead."""
    if why := why_not_year(borough, year):
        raise Refused(why, field="year")
    return set_funding(borough=borough, year=year, status=status, source=source, by=by)


@transaction.atomic
def correct_funding(
    *, row: FundingStatus, year: int, status: str, source: str, seen: int, by: User
) -> None:
    """Put right what a row says. Raises Refused when another row is about that year, ChangedMeanwhile as `save_over`."""
    if why := why_not_year(row.borough, year, of=row):
        raise Refused(why, field="year")
    save_over(row, seen=seen, by=by, year=year, status=status, source=source)
    record(
        "funding.corrected",
        by=by,
        borough_id=row.borough_id,
        subject=row,
        year=year,
        status=status,
    )
