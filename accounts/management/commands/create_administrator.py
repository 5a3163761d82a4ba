"""Make the person who opens boroughs and invites their first leads."""

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.actions import create_user, make_administrator
from accounts.models import User


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Portal administrator")

    @transaction.atomic
    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first() or self.newcomer(email, name)
        make_administrator(user=user)
        self.stdout.write(f"{user.email} may now open boroughs.")

    def newcomer(self, email: str, name: str) -> User:
        password = getpass.getpass("Password (at least 12 characters): ")
        try:
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        return create_user(email=email, name=name, password=password)
