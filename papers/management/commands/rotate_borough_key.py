"""A new key for one borough's closed files, when the former one may be known to somebody."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boroughs.models import Borough
from papers.resealing import kept_wrongly, rotate


class Command(BaseCommand):
    help = "Seal a borough's closed files with a new key. Interrupted, it goes on when run again; the worker goes on too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the borough's name in addresses")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        borough = Borough.objects.filter(slug=slug).first()
        if borough is None:
            raise CommandError(f"There is no borough {slug}.")
        self.stdout.write(f"Files sealed anew: {rotate(borough)}.")
        if left := len(kept_wrongly(borough)):
            raise CommandError(f"{left} could not be: the lines above say why. Run it again.")
