"""Loading the shipped house styles, and a borough's choice of one."""

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from reports import house_styles
from reports.models import HouseStyle, StyleChoice
from reports.policies import Refused, why_not_use_style


@transaction.atomic
def load_styles() -> list[str]:
    """Copy the shipped styles into the database; a rendering keeps the style it was made with in its snapshot."""
    loaded = []
    for definition in house_styles.load():
        style, _ = HouseStyle.objects.update_or_create(
            key=definition["key"],
            borough=None,
            defaults={"title": definition["title"], "definition": definition},
        )
        loaded.append(str(style))
    return loaded


@transaction.atomic
def choose_style(*, borough: Borough, style: HouseStyle, by: User) -> None:
    """The borough's reports begun from now on are laid out in this style. Raises Refused when it is another borough's."""
    if why := why_not_use_style(borough, style):
        raise Refused(why)
    StyleChoice.objects.update_or_create(borough=borough, defaults={"style": style})
    record("style.chosen", by=by, borough_id=borough.pk, style=style.key)
