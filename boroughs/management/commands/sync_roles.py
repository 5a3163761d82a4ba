"""Project every live membership onto django-guardian's table again, after the role table changed."""

from typing import Any

from django.core.management.base import BaseCommand

from boroughs.actions.people import project
from boroughs.models import BoroughUserPermission, Membership


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        pairs = {(m.user, m.borough) for m in Membership.objects.select_related("user", "borough")}
        pairs |= {
            (p.user, p.content_object)
            for p in BoroughUserPermission.objects.select_related("user", "content_object")
        }
        for user, borough in pairs:
            project(user=user, borough=borough)
        self.stdout.write(
            f"The permissions of {len(pairs)} people in boroughs agree with their roles."
        )
