"""End the second factor of a person who has lost it, such as the only administrator: for the server's command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import WhyEnded, end_second_factor
from accounts.models import User


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", choices=WhyEnded.values, default=WhyEnded.LOST)

    def handle(self, *args: Any, email: str, reason: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError("Nobody has an account with this address.")
        end_second_factor(user=user, reason=WhyEnded(reason), by=None)
        self.stdout.write(f"The second factor of {user.email} is ended.")
