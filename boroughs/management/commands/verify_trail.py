"""Compute the trail's hash chains again and say where they do not hold. Run it with the owner's DATABASE_URL."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.trail import chain_of
from audit.verify import CannotVerify, why_not_head, why_not_whole
from boroughs.models import Borough

HEAD = re.compile(r"(\d{1,18}):([0-9a-fA-F]{64})")


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--borough", metavar="SLUG", help="one borough's chain only")
        parser.add_argument(
            "--head", metavar="SEQ:HASH", help="check too the head that a report printed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chain = chain_named(options["borough"])
        try:
            breaks = why_not_whole(chain)
        except CannotVerify as reason:
            raise CommandError(str(reason)) from None
        if options["head"] and (why := why_not_printed(chain or chain_of(None), options["head"])):
            breaks.append(why)
        if breaks:
            raise CommandError("\n".join(breaks))
        self.stdout.write("The trail is whole.")


def chain_named(slug: str | None) -> str | None:
    """The chain of the borough with this address; None for all chains."""
    if not slug:
        return None
    borough = Borough.objects.filter(slug=slug).first()
    if borough is None:
        raise CommandError(f"There is no borough “{slug}”.")
    return chain_of(borough.pk)


def why_not_printed(chain: str, head: str) -> str | None:
    found = HEAD.fullmatch("".join(head.split()))
    if found is None:
        raise CommandError("A printed head is a number, a colon and 64 digits or letters a to f.")
    return why_not_head(chain, int(found[1]), found[2])
