"""Loading a few risks to the programme and the council, due for their first review."""

import json
from pathlib import Path

from accounts.models import User
from boroughs.actions.risks import add_risk, set_risk_matrix
from boroughs.models import Borough
from boroughs.rows import acting_as

SHIPPED = Path(__file__).with_name("risks.json")


def load() -> None:
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    for row in shipped["matrices"]:
        borough = Borough.objects.get(gss_code=row.pop("borough"))
        by = User.objects.get(email=f"lead@{borough.slug}.example.org")
        with acting_as(by.pk):
            set_risk_matrix(borough=borough, by=by, **row)
    for row in shipped["risks"]:
        borough = Borough.objects.get(gss_code=row.pop("borough"))
        by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
        with acting_as(by.pk):
            add_risk(borough=borough, next_review=None, by=by, **row)
