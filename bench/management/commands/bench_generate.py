"""Fill a migrated, empty database with boroughs to measure on; as the owner of its tables."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from bench.generate import FEW, generate, tidy


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("boroughs", type=int)
        parser.add_argument("--few", type=int, default=0, help="so many more with hardly any rows")

    def handle(self, *args: Any, **options: Any) -> None:
        generate(options["boroughs"])
        generate(options["few"], FEW, first=options["boroughs"] + 1)
        tidy()
