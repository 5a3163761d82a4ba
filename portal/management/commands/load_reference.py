"""Load what ships with the portal: toolkit versions, house styles, what each role may do. Safe to run again."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from boroughs.policies import Refused
from reports.actions.styles import load_styles
from toolkit.actions.versions import load_catalogue


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            new = load_catalogue()
        except Refused as refused:
            raise CommandError(str(refused)) from None
        for title in new:
            self.stdout.write(f"Toolkit loaded: {title}")
        self.stdout.write(f"House styles: {', '.join(load_styles())}")
        call_command("sync_roles", stdout=self.stdout)
