"""Opening a borough and keeping its settings."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, FundingStatus, GovernanceModel


@transaction.atomic
def open_borough(
    *, slug: str, name: str, full_name: str, gss_code: str, kind: str, nation: str, by: User
) -> Borough:
    """Open a council's record. Its first lead is invited separately."""
    borough = Borough.objects.create(
        slug=slug, name=name, full_name=full_name, gss_code=gss_code, kind=kind, nation=nation
    )
    record("borough.opened", by=by, borough_id=borough.pk, subject=borough, gss_code=gss_code)
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
    by: User,
) -> None:
    """Set how the borough's pages and papers look and count."""
    fields = {
        "full_name": full_name,
        "colour": colour,
        "clear_days": clear_days,
        "marking": marking,
        "contact": contact,
    }
    changed = {name: value for name, value in fields.items() if getattr(borough, name) != value}
    for name, value in changed.items():
        setattr(borough, name, value)
    borough.save(update_fields=list(changed))
    record("settings.changed", by=by, borough_id=borough.pk, subject=borough, **changed)


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
def set_funding(
    *, borough: Borough, year: int, status: str, source: str = "", by: User
) -> FundingStatus:
    """Say whether the area is funded in the grant year that begins on 1 April of `year`."""
    row, _ = FundingStatus.objects.update_or_create(
        borough=borough, year=year, defaults={"status": status, "source": source}
    )
    record("funding.set", by=by, borough_id=borough.pk, subject=row, year=year, status=status)
    return row
