"""Compute the trail's hash chains again and say where they do not hold. Run it with the owner's DATABASE_URL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.verify import CannotVerify, why_not_whole


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            breaks = why_not_whole()
        except CannotVerify as reason:
            raise CommandError(str(reason)) from None
        if breaks:
            raise CommandError("\n".join(breaks))
        self.stdout.write("The trail is whole.")
