"""Check the folder of an exported borough: nothing missing, nothing changed, the trail whole."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.leaving.verifying import why_not_whole


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if wrong := why_not_whole(options["folder"]):
            raise CommandError("\n".join(wrong))
        self.stdout.write("The export is whole.")
