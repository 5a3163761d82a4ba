"""Remove a borough that was exported, for good: rows, keys, files, accounts. Run it with the owner's DATABASE_URL."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.sealing import Broken
from portal.leaving.removing import CannotRemove, remove
from portal.leaving.tables import NotTheOwner


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("borough", metavar="SLUG")
        parser.add_argument("--exported", metavar="FOLDER", type=Path, required=True)
        parser.add_argument("--asked-by", metavar="E-MAIL", required=True)
        parser.add_argument("--approved-by", metavar="E-MAIL", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            remove(
                options["borough"],
                options["exported"],
                asked_by=options["asked_by"],
                approved_by=options["approved_by"],
            )
        except (CannotRemove, NotTheOwner, Broken) as why:
            raise CommandError(str(why)) from why
        self.stdout.write("The borough is removed. Its export is all that is left of it.")
