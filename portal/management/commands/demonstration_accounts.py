"""Print the sample sign-ins of the local run."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.demonstration.load import PASSWORD, accounts


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        for account in accounts():
            self.stdout.write(f"  {account.email:<52} {account.role}, {account.borough}")
        self.stdout.write(f"  Password of all of them: {PASSWORD}")
