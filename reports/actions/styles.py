"""Loading the shipped house styles, and a borough's choice of one."""

import json
from pathlib import Path

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from reports.models import HouseStyle, StyleChoice

SHIPPED = Path(__file__).resolve().parent.parent / "house_styles"


@transaction.atomic
def load_styles() -> list[str]:
    """Copy the shipped styles into the database; a rendering keeps the style it was made with in its snapshot."""
    loaded = []
    for path in sorted(SHIPPED.glob("*.json")):
        definition = json.loads(path.read_text(encoding="utf-8"))
        style, _ = HouseStyle.objects.update_or_create(
            key=definition["key"], defaults={"title": definition["title"], "definition": definition}
        )
        loaded.append(str(style))
    return loaded


@transaction.atomic
def choose_style(*, borough: Borough, style: HouseStyle, by: User) -> None:
    """The borough's reports begun from now on are laid out in this style."""
    StyleChoice.objects.update_or_create(borough=borough, defaults={"style": style})
    record("style.chosen", by=by, borough_id=borough.pk, style=style.key)
