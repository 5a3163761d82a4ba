"""Clearance: a section is sent, verified or returned, and a verification stands only while its text does."""

from collections.abc import Callable
from typing import Any

import pytest

from boroughs.actions.people import set_roles
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.actions.clearing import (
    Asked,
    ask_to_clear,
    digest_of,
    remind,
    return_section,
    take_back,
    verify,
)
from reports.actions.sections import write_section
from reports.clearing import (
    current,
    nil_return,
    officers_of,
    sign_offs,
    standing_of,
    trail_of,
    why_not_answer,
    why_not_ask,
    why_not_cleared,
    why_not_verify,
)
from reports.closed import closed_in
from reports.models import Clearance, HouseStyle, Report, ReportText
from reports.places import places_of
from reports.policies import Refused
from reports.snapshot import snapshot_of
from tests.boroughs.pages import deeds
from tests.factories import World, make_user, verify_as_it_stands
from tests.reports.clearing import (
    ask,
    now,
    officer,
    report_of,
    returned,
    stands,
    taken_back,
    text_of,
    verified,
    write,
)

State = Clearance.State


# -- State by deed ----------------------------------------------------------------------------------
MAKE: dict[str, Callable[[World], Clearance]] = {
    "asked": lambda world: now(world, world.here.clearance),
    "verified": verified,
    "returned": returned,
    "taken-back": taken_back,
}
WHY_NOT = {
    "asked": None,
    "verified": "You have verified this section already.",
    "returned": "You have returned this section.",
    "taken-back": "This section is not with you any more.",
}
DEEDS: dict[str, Callable[[Clearance, World], None]] = {
    "verify": lambda row, world: verify_as_it_stands(row, officer(world)),
    "return": lambda row, world: return_section(clearance=row, comment="No", by=officer(world)),
    "remind": lambda row, world: remind(clearance=row, by=world.here.coordinator),
    "take back": lambda row, world: take_back(clearance=row, by=world.here.coordinator),
}


@pytest.mark.parametrize("state", MAKE)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_section_is_answered_once_and_reminded_of_until_then(
    world: World, state: str, deed: str
) -> None:
    row = MAKE[state](world)
    assert row.state == state
    assert why_not_answer(row) == WHY_NOT[state]
    by = officer(world) if deed in {"verify", "return"} else world.here.coordinator
    with acting_as(by.pk):
        if state == "asked":
            DEEDS[deed](row, world)
        else:
            with pytest.raises(Refused):
                DEEDS[deed](row, world)
    expected = {"verify": "verified", "return": "returned", "take back": "taken-back"}
    assert now(world, row).state == (expected.get(deed, state) if state == "asked" else state)


@pytest.mark.parametrize("state", Report.State)
def test_sections_are_sent_and_answered_while_the_report_is_written(
    world: World, state: str
) -> None:
    row = now(world, world.here.clearance)
    with acting_as(world.here.coordinator.pk):
        Report.objects.filter(pk=row.report_id).update(state=state)
        row.report.refresh_from_db()
        handed_over = state in Report.HANDED_OVER
        assert bool(why_not_answer(row)) == handed_over
        assert bool(why_not_ask(row.report, "risk-none", officer(world))), "no such section"
        asked = why_not_ask(row.report, "other", officer(world))
        assert bool(asked) == handed_over, asked


@pytest.mark.parametrize(
    ("key", "who", "why"),
    [
        ("legal", "clearing", "was asked to clear this section already"),
        ("recommendations", "clearing", "no such section"),
        ("nonsense", "clearing", "no such section"),
        ("other", "member", "not a clearing officer"),
        ("other", "coordinator", "not a clearing officer"),
    ],
)
def test_what_cannot_be_sent(world: World, key: str, who: str, why: str) -> None:
    here = world.here
    asked = [Asked(key, here.people[Role(who)], "Legal")]
    with acting_as(here.coordinator.pk), pytest.raises(Refused, match=why):
        ask_to_clear(report=report_of(world), asked=asked, by=here.coordinator)


def test_a_neighbours_officer_is_not_asked_nor_one_who_has_left(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        assert list(officers_of(here.borough)) == [here.clearing]
        assert why_not_ask(report_of(world), "other", world.there.clearing)
    with acting_as(here.lead.pk):
        set_roles(user=here.clearing, borough=here.borough, roles=set(), by=here.lead)
    with acting_as(here.coordinator.pk):
        assert list(officers_of(here.borough)) == []


def test_the_first_section_that_is_sent_moves_the_report_to_clearance(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        assert report_of(world).state == Report.State.CLEARANCE, "as the world sent it"
        Report.objects.filter(pk=here.drafting.pk).update(state=Report.State.DRAFTING)
    ask(world, "other")
    with acting_as(here.coordinator.pk):
        assert report_of(world).state == Report.State.CLEARANCE


# -- What stands ------------------------------------------------------------------------------------
def test_a_verification_keeps_name_post_time_and_the_digest_of_the_text(world: World) -> None:
    row = verified(world)
    assert (row.printed_name, row.printed_post) == (officer(world).name, "Head of Law")
    assert row.ended_at is not None
    assert row.digest == digest_of("legal words of thurrock")
    assert stands(world, row)


def test_a_later_change_voids_it_and_the_same_words_again_let_it_stand(world: World) -> None:
    row = verified(world)
    write(world, "legal words of thurrock and more")
    assert not stands(world, row)
    assert "clearance.voided" in deeds(world.here)
    write(world, "legal words of thurrock")
    assert stands(world, row)


def test_a_closed_section_is_compared_also_for_who_may_not_read_it(world: World) -> None:
    row = verified(world)
    with acting_as(world.here.coordinator.pk):
        ReportText.objects.filter(pk=text_of(world).pk).update(closure=world.here.closure)
    with acting_as(world.here.lead.pk):
        assert not ReportText.objects.filter(report=world.here.drafting, key="legal").exists()
        assert row.pk in standing_of([world.here.drafting])
    write(world, "other closed words")
    with acting_as(world.here.lead.pk):
        assert row.pk not in standing_of([world.here.drafting])


def test_a_neighbour_is_told_nothing_of_what_stands(world: World) -> None:
    row = verified(world)
    for person in (world.there.lead, world.stranger, world.administrator):
        with acting_as(person.pk):
            assert standing_of([world.here.drafting]) == set()
            assert not Clearance.objects.filter(pk=row.pk).exists()


def test_what_was_returned_counts_until_it_is_sent_again_and_the_trail_keeps_all(
    world: World,
) -> None:
    first = returned(world)
    with acting_as(world.here.coordinator.pk):
        assert [e.clearance.pk for e in current(trail_of(report_of(world)))["legal"]] == [first.pk]
    second = ask(world)
    with acting_as(world.here.coordinator.pk):
        trail = [e.clearance.pk for e in trail_of(report_of(world)) if e.clearance.key == "legal"]
        assert trail == [second.pk, first.pk]
        assert [e.clearance.pk for e in current(trail_of(report_of(world)))["legal"]] == [second.pk]
        take_back(clearance=second, by=world.here.coordinator)
        assert [e.clearance.pk for e in current(trail_of(report_of(world)))["legal"]] == [first.pk]


def test_two_people_of_one_section_do_not_take_each_others_place(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        other = make_user()
        set_roles(user=other, borough=here.borough, roles={Role.CLEARING}, by=here.lead)
    with acting_as(here.coordinator.pk):
        asked = [Asked("legal", other, "Procurement")]
        ask_to_clear(report=report_of(world), asked=asked, by=here.coordinator)
    verified(world)
    with acting_as(here.coordinator.pk):
        words = sorted(e.word for e in current(trail_of(report_of(world)))["legal"])
    assert words == ["Asked", "Verified"]


# -- Two at once ------------------------------------------------------------------------------------
def test_what_was_changed_while_the_officer_read_is_not_verified(world: World) -> None:
    row = now(world, world.here.clearance)
    with acting_as(officer(world).pk):
        before = text_of(world).version
    write(world, "words that nobody has verified")
    with (
        acting_as(officer(world).pk),
        pytest.raises(Refused, match="changed while you looked"),
    ):
        verify(clearance=row, name="A", post="B", seen=before, by=officer(world))
    assert now(world, row).state == State.ASKED


def test_nobody_verifies_an_empty_section_or_one_that_is_closed_to_them(world: World) -> None:
    row = now(world, world.here.clearance)
    empty = ReportText(report=row.report, key="legal", body="", version=1)
    assert "says nothing" in (why_not_verify(row, empty, 1) or "")
    with acting_as(officer(world).pk):
        closed = Clearance.objects.get(report=row.report, key="financial")
        with pytest.raises(Refused, match="cannot read this section"):
            verify(clearance=closed, name="A", post="B", seen=1, by=officer(world))


# -- Approval and the paper -------------------------------------------------------------------------
def test_approval_names_what_was_returned_and_what_is_void(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        assert "Legal (returned)" not in (why_not_cleared(report_of(world)) or "")
    returned(world)
    with acting_as(here.lead.pk):
        assert "Legal (returned)" in (why_not_cleared(report_of(world)) or "")
    again = ask(world)
    with acting_as(officer(world).pk):
        verify_as_it_stands(again, officer(world))
    write(world, "changed since")
    with acting_as(here.lead.pk):
        assert "Legal (changed since it was verified)" in (why_not_cleared(report_of(world)) or "")


def test_a_section_that_is_not_needed_any_more_waits_for_nobody(world: World) -> None:
    here = world.here
    verified(world)
    write(world, "changed since")
    with acting_as(here.coordinator.pk):
        report, seen = report_of(world), text_of(world).version
        ask_for(report.style, "")
        assert "Legal (changed since it was verified)" in (why_not_cleared(report) or "")
        facts: dict[str, Any] = {"body": "", "state": "not_needed", "seen": seen}
        write_section(report=here.drafting, key="legal", by=here.coordinator, **facts)
        assert why_not_cleared(report) is None


def ask_for(style: HouseStyle, key: str, **asked: Any) -> HouseStyle:
    """The style as it would be if it had one part cleared."""
    for section in style.definition["sections"]:
        for part in (section, *section.get("parts", ())):
            part.pop("clears", None)
            part.pop("required", None)
            if part["key"] == key:
                part.update(asked)
    return style


@pytest.mark.parametrize(
    ("key", "asked", "why"),
    [
        (
            "equality",
            {"clears": "equality", "required": True},
            "Diversity and equality (not verified)",
        ),
        ("issues", {"clears": "policy", "required": False}, None),  # nothing is written there
        ("legal", {"clears": "legal", "required": False}, "Legal (not verified)"),
        ("financial", {"clears": "financial"}, "Financial (not verified)"),  # closed to the lead
    ],
)
def test_approval_names_what_the_style_has_cleared(
    world: World, key: str, asked: dict[str, Any], why: str | None
) -> None:
    with acting_as(world.here.lead.pk):
        report = report_of(world)
        ask_for(report.style, key, **asked)
        said = why_not_cleared(report)
    assert (why in (said or "")) if why else said is None


def test_the_paper_names_who_verified_what_stands_and_nothing_of_closed_sections(
    world: World,
) -> None:
    row = verified(world)
    assert row.ended_at is not None
    signed = {
        "name": officer(world).name,
        "post": "Head of Law",
        "at": row.ended_at.isoformat(),
    }
    for reader in (world.here.coordinator, world.here.lead, world.here.democratic, officer(world)):
        with acting_as(reader.pk):
            assert snapshot_of(report_of(world))["sign_offs"] == {"legal": signed}
    write(world, "changed since")
    with acting_as(world.here.lead.pk):
        assert sign_offs(report_of(world), ()) == {}
    write(world, "legal words of thurrock")
    with acting_as(world.here.coordinator.pk):
        ReportText.objects.filter(pk=text_of(world).pk).update(closure=world.here.closure)
        report = report_of(world)
        assert sign_offs(report, {one.key for one in closed_in(report)}) == {}


def test_a_comment_is_in_no_paper(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        assert "comment words" not in str(snapshot_of(report_of(world)))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("financial", "There are no financial implications."),
        ("legal", "There are no legal implications."),
        ("equality", "There are no equality implications."),
        ("other", "There are no implications."),
    ],
)
def test_a_nil_return_is_an_ordinary_answer(key: str, said: str) -> None:
    style = HouseStyle(definition={"sections": [_part(key)]})
    assert nil_return(places_of(style)[0]) == said


def _part(key: str) -> dict[str, str]:
    return {"key": key, "heading": key, "kind": "narrative", "guidance": "", "starter": ""}
