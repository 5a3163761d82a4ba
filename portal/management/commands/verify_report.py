"""Say whether a PDF is one that the portal issued, printing it again from its snapshot. Run it with the owner's DATABASE_URL."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from papers.inspection import Unacceptable, inspect
from portal.leaving.tables import NotTheOwner, see_everything
from reports.verifying import Found, verdict_on


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            see_everything()
            verdict = verdict_on(options["file"].read_bytes(), _text_of(options["file"]))
        except (NotTheOwner, OSError) as why:
            raise CommandError(str(why)) from why
        if verdict.found is not Found.GENUINE:
            raise CommandError(verdict.sentence, returncode=verdict.found)
        self.stdout.write(verdict.sentence)


def _text_of(file: Path) -> str:
    """What its pages say, read in a process of its own: the file is anybody’s."""
    try:
        return inspect(file, name="file.pdf").text
    except Unacceptable:
        return ""
