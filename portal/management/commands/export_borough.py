"""Write everything of a borough to a folder: tables as JSON, files in the clear, the trail. Run it with the owner's DATABASE_URL."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from boroughs.models import Borough
from papers.sealing import Broken
from portal.leaving.tables import NotTheOwner
from portal.leaving.writing import InTheWay, export


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("borough", metavar="SLUG")
        parser.add_argument("--to", metavar="FOLDER", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = export(options["borough"], options["to"])
        except Borough.DoesNotExist:
            raise CommandError(f"There is no borough “{options['borough']}”.") from None
        except (InTheWay, NotTheOwner, Broken, OSError) as why:
            raise CommandError(str(why)) from why
        self.stdout.write(
            f"{len(manifest['parts'])} parts written to {options['to']}. Papers are in the clear: keep the folder safe."
        )
