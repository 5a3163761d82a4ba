"""Write the documents that are made from the code."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import access_table


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        access_table.FILE.write_text(access_table.text(), encoding="utf-8")
        self.stdout.write(f"Wrote {access_table.FILE.name}")
