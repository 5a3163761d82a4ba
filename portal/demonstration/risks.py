"""Loading a few risks to the programme and the council, due for their first review."""

import json
from pathlib import Path

from accounts.models import User
from boroughs.actions.risks import add_risk
from boroughs.models import Borough
from boroughs.rows import acting_as

SHIPPED = Path(__file__).with_name("risks.json")


def load() -> None:
    for row in json.loads(SHIPPED.read_text(encoding="utf-8"))["risks"]:
        borough = Borough.objects.get(gss_code=row.pop("borough"))
        by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
        with acting_as(by.pk):
            add_risk(borough=borough, next_review=None, by=by, **row)
