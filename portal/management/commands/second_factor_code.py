"""Print the code that a person of the demonstration types as their second factor; refused anywhere but in a local run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from boroughs.policies import Refused
from portal.demonstration.factors import demonstration_code


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError(f"Nobody has the address {email}.")
        try:
            code = demonstration_code(user)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"{code} is the code of {user.email}. It works once; ask again for another."
        )
