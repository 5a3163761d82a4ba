"""After a change of FILES_MASTER_KEY: wrap every borough's keys with the new one, and seal second factors with it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.sealing import CannotUnseal, reseal_all
from papers.keys import rewrap_all
from papers.sealing import Broken


class Command(BaseCommand):
    help = "Wrap with FILES_MASTER_KEY the keys that one of FILES_MASTER_KEY_OLD wraps. No file is touched. Interrupted, it goes on when run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = rewrap_all()
            factors = reseal_all()
        except (Broken, CannotUnseal) as why:
            raise CommandError(str(why)) from None
        self.stdout.write(
            f"Keys wrapped anew: {count}; second factors sealed anew: {factors}. FILES_MASTER_KEY_OLD may go."
        )
