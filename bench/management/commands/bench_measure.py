"""Measure everything on servers that stand already: `python -m bench` starts them and calls this."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bench import printing, saves, statements, web
from bench.figures import Figure, Report, table
from bench.machine import machine
from bench.pages import compared, newest_of, pages, saving
from bench.switches import Switches
from bench.words import slug_of
from boroughs.rows import acting_as

LOCKED = (
    *("borough page", "assessment", "rating, the form", "reports"),
    *("strategies", "delivery plan", "figures", "reviews", "risks", "papers", "closed paper"),
    "closures",
)


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--big", type=int, required=True, help="port of the many boroughs")
        parser.add_argument("--small", type=int, required=True, help="port of the one borough")
        parser.add_argument("--app-url", required=True, help="database of the many boroughs")
        parser.add_argument("--owner-url", required=True)
        parser.add_argument("--boroughs", type=int, required=True)
        parser.add_argument("--rounds", type=int, required=True)
        parser.add_argument("--record", action="store_true")
        parser.add_argument("--strict", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report({"boroughs": options["boroughs"], "rounds": options["rounds"], **machine()})
        report.figures += statements.measure()
        report.figures += self.on_the_web(options)
        self.stderr.write("Printing")
        report.figures += printing.measure(rounds=max(5, options["rounds"] - 2))
        self.stdout.write(f"{table(report.figures)}\n\n{report.told()}")
        report.keep()
        if options["record"]:
            report.write_into()
        if options["strict"] and report.breached:
            raise CommandError(f"{len(report.breached)} bars missed in two rounds of three")

    def on_the_web(self, options: dict[str, Any]) -> list[Figure]:
        actor = statements.coordinator_of(1).pk
        with acting_as(actor):
            measured, form_page, newest = pages(), saving(), newest_of(slug_of(1)).pk
        big, small = web.Site(options["big"]), web.Site(options["small"])
        for site in (big, small):
            site.warm([*measured, compared()])
        rounds, switches = options["rounds"], Switches(options["owner_url"])
        self.stderr.write("Pages")
        figures = web.measure(big, small, measured, boroughs=options["boroughs"], rounds=rounds)
        of_boroughs = {"boroughs": options["boroughs"], "rounds": rounds}
        figures.append(web.comparison(big, measured[0], compared(), **of_boroughs))
        self.stderr.write("Row security")
        locked = [page for page in measured if page.name in LOCKED]
        figures += web.row_security(big, locked, switches, rounds=rounds)
        self.stderr.write("Saves")
        (its_actor,) = switches.ask(
            f"SELECT id FROM accounts_user WHERE email = '{statements.coordinator_of(1).email}'"
        )
        database = saves.Database(
            options["app_url"], switches, assessment=str(newest), actor=its_actor
        )
        form = saves.Form(big, form_page, database)
        figures += saves.measure(big, form, database, rounds=rounds)
        return figures + saves.history(form, database, switches, rounds=rounds)
