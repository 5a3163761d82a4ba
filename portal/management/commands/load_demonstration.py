"""Load the demonstration boroughs and their people; refused anywhere but in a local run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boroughs.policies import Refused
from portal.demonstration.load import load


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load()
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            "The demonstration is loaded." if loaded else "The demonstration was there already."
        )
