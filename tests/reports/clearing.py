"""What the tests of clearance share: deeds by the people of Thurrock, on the section “legal” that the world has sent."""

from typing import Any

from accounts.models import User
from boroughs.rows import acting_as
from reports.actions.clearing import (
    Asked,
    ask_to_clear,
    return_section,
    take_back,
)
from reports.actions.sections import write_section
from reports.clearing import (
    standing_of,
)
from reports.models import Clearance, Report, ReportText
from tests.factories import World, verify_as_it_stands


def officer(world: World) -> User:
    return world.here.clearing


def report_of(world: World) -> Report:
    """As it stands in the database now."""
    return Report.objects.select_related("borough", "style").get(pk=world.here.drafting.pk)


def text_of(world: World, key: str = "legal") -> ReportText:
    return ReportText.objects.get(report=world.here.drafting, key=key)


def write(world: World, body: str, key: str = "legal") -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        seen = ReportText.objects.filter(report=here.drafting, key=key).first()
        write_section(
            report=here.drafting,
            key=key,
            body=body,
            state="done",
            seen=seen.version if seen else 0,
            by=here.coordinator,
        )


def ask(world: World, key: str = "legal", **more: Any) -> Clearance:
    here = world.here
    with acting_as(here.coordinator.pk):
        asked = [Asked(key, here.clearing, "Legal")]
        (row,) = ask_to_clear(report=report_of(world), asked=asked, by=here.coordinator, **more)
    return row


def verified(world: World) -> Clearance:
    """The section “legal”, which was sent when the world was made."""
    with acting_as(officer(world).pk):
        verify_as_it_stands(world.here.clearance, officer(world))
    return now(world, world.here.clearance)


def returned(world: World) -> Clearance:
    with acting_as(officer(world).pk):
        return_section(clearance=world.here.clearance, comment="Say more", by=officer(world))
    return now(world, world.here.clearance)


def taken_back(world: World) -> Clearance:
    with acting_as(world.here.coordinator.pk):
        take_back(clearance=world.here.clearance, by=world.here.coordinator)
    return now(world, world.here.clearance)


def now(world: World, row: Clearance) -> Clearance:
    with acting_as(world.here.coordinator.pk):
        return Clearance.objects.select_related("report__borough", "report__style").get(pk=row.pk)


def stands(world: World, row: Clearance) -> bool:
    with acting_as(world.here.coordinator.pk):
        return row.pk in standing_of([world.here.drafting])
