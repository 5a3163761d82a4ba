"""Print the sample sign-ins of the local run."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from boroughs import register
from boroughs.roles import Role
from portal.demonstration import boroughs, invented, rounds


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        data = boroughs()
        slugs = [register.authority(row["gss"]).slug for row in data["boroughs"]]
        slugs.append(rounds.shipped()["invented"]["slug"])
        self.stdout.write(
            "  ROLE@BOROUGH.example.org, such as coordinator@thurrock.example.org, where"
        )
        self.stdout.write(f"  ROLE is one of     {', '.join(role.value for role in Role)}")
        self.stdout.write(f"  BOROUGH is one of  {', '.join(slugs)}")
        self.stdout.write(
            "  Legal implications are cleared by legal@…, the others by clearing@…; in Tansymere all by clearing@…"
        )
        self.stdout.write(f"  Portal administrator: {data['administrator']['email']}")
        people, authorities = invented.shipped()["people"], invented.shipped()["authorities"]
        self.stdout.write(
            f"  Observer of {len(authorities)} authorities that do not exist: {people['observer']['email']}"
        )
        self.stdout.write(
            "  Who may read closed papers is asked for a code too. In another terminal,"
        )
        self.stdout.write("  make second-factor WHO=ADDRESS prints it.")
        self.stdout.write(f"  Password of all of them: {settings.DEMONSTRATION_PASSWORD}")
