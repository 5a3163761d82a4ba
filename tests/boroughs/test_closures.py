"""Why a record is closed, and what is kept of it."""

from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction

from audit.models import Event
from boroughs import grounds
from boroughs.actions.closures import change_closure, release
from boroughs.closure_policies import is_due_for_review, missing_from
from boroughs.models import (
    Closure,
    ClosureAct,
    ClosureCase,
)
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.reading import may_read
from tests.factories import World, make_closure


# -- Closing ------------------------------------------------------------------------------------------
def test_who_closes_is_on_the_list_and_nobody_else_is(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closure = make_closure(here.borough, by=here.coordinator)
    people = [*here.people.values(), *world.there.people.values(), world.administrator]
    assert [p for p in people if may_read(p, closure)] == [here.coordinator]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"paragraphs": {"wales-12": ""}}, "apply in England"),
        ({"classification": "confidential"}, "Confidential information has no paragraph"),
        ({"ground": "government"}, "Exempt information has no ground"),
        (
            {"classification": "confidential", "paragraphs": {}, "ground": "whim"},
            "section 100A",
        ),
        ({"marking": "official"}, "prints no protective marking"),
    ],
)
def test_what_the_law_does_not_know_is_refused(
    world: World, said: dict[str, Any], why: str
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk), pytest.raises(Refused, match=why):
        make_closure(here.borough, by=here.coordinator, **said)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, []),
        ({"paragraphs": {}}, ["Exempt, but no paragraph of Schedule 12A is given."]),
        ({"paragraphs": {"england-7": ""}}, ["Paragraph 7 is cited without a reason."]),
        (
            {"public_interest": "", "interest_reason": "", "review_on": None},
            [
                "The public interest in withholding has not been weighed (Schedule 12A, paragraph 10 in England, 21 in Wales).",
                "There is no day on which the closure is reviewed.",
            ],
        ),
        (
            {"interest_reason": ""},
            ["The public interest was weighed, but no reason is given."],
        ),
        (
            {"classification": "confidential", "paragraphs": {}},
            ["Confidential, but no ground of section 100A(3) is given."],
        ),
        (
            {"classification": "confidential", "paragraphs": {}, "ground": "government"},
            [],
        ),
    ],
)
def test_what_is_incomplete_is_saved_and_said(
    world: World, said: dict[str, Any], missing: list[str]
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closure = make_closure(here.borough, by=here.coordinator, **said)
        assert missing_from(closure.case) == missing


def test_the_public_interest_is_not_asked_of_what_is_confidential(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closure = make_closure(
            here.borough, by=here.coordinator, classification="confidential", paragraphs={}
        )
        assert (closure.case.public_interest, closure.case.interest_reason) == ("", "")


def test_a_closure_is_due_for_review_on_its_day(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        case = world.here.closure.case
    with time_machine.travel("2029-12-31 12:00", tick=False):
        assert not is_due_for_review(case)
    with time_machine.travel("2030-01-01 12:00", tick=False):
        assert is_due_for_review(case)


def again(world: World, **said: Any) -> None:
    closure = Closure.objects.get(pk=world.here.closure.pk)
    now: dict[str, Any] = {
        "classification": "exempt",
        "reason": "Better advice",
        "paragraphs": {"england-1": "Names people", "england-7": "A plan"},
        "ground": "",
        "ground_note": "",
        "public_interest": "",
        "interest_reason": "",
        "marking": "",
        "public_line": "",
        "review_on": None,
        "seen": 1,
        "by": world.here.coordinator,
    }
    change_closure(closure=closure, **{**now, **said})


def test_a_change_is_an_act_with_its_reason(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        again(world)
        closure = Closure.objects.get(pk=world.here.closure.pk)
        assert closure.case.cited() == "paragraphs 1 and 7"
        assert closure.acts.filter(deed="changed").get().reason == "Better advice"
        assert closure.case.version == 2


def test_a_closure_keeps_a_marking_of_an_earlier_scheme_and_gets_no_other(world: World) -> None:
    closure = world.here.closure
    with acting_as(world.here.coordinator.pk):
        ClosureCase.objects.filter(closure=closure).update(marking="official")
        again(world, marking="official")
        assert ClosureCase.objects.get(closure=closure).marking == "official"
        with pytest.raises(Refused, match="prints no protective marking"):
            again(world, marking="official-sensitive", seen=2)


def test_two_editors_do_not_overwrite_each_other(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        again(world)
        with pytest.raises(Refused, match="Somebody else changed this closure"):
            again(world, public_line="Lost")
        assert not Closure.objects.filter(public_line="Lost").exists()


def test_a_lead_who_is_not_on_the_list_changes_and_releases_nothing(world: World) -> None:
    with acting_as(world.here.lead.pk):
        with pytest.raises(Refused):
            again(world, by=world.here.lead)
        with (
            pytest.raises((Refused, DatabaseError)),
            transaction.atomic(),
        ):
            release(closure=world.here.closure, reason="Curious", by=world.here.lead)
    with acting_as(world.here.coordinator.pk):
        assert Closure.objects.get(pk=world.here.closure.pk).released_at is None


def test_a_release_is_an_act_and_happens_once(world: World) -> None:
    closure, by = world.here.closure, world.here.coordinator
    with acting_as(by.pk):
        release(closure=closure, reason="The talks are over", by=by)
        assert closure.acts.filter(deed="released").get().reason == "The talks are over"
        with pytest.raises(Refused, match="released already"):
            release(closure=closure, reason="Again", by=by)


def test_the_reasons_are_for_the_list_and_its_keepers_alone(world: World) -> None:
    here = world.here
    readers = {Role.COORDINATOR, Role.MEMBER, Role.LEAD, Role.MONITORING}
    for role, person in here.people.items():
        with acting_as(person.pk):
            closure = Closure.objects.filter(pk=here.closure.pk).first()
            assert closure is not None, "the public line is for everybody in the borough"
            said = [closure.paragraphs.exists(), closure.acts.exists()]
            said.append(type(closure.case).objects.exists() if role in readers else False)
        assert set(said) == {role in readers}, role


def test_a_closure_without_a_public_line_is_not_even_known(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        silent = make_closure(here.borough, by=here.coordinator, public_line="")
    for role, person in here.people.items():
        with acting_as(person.pk):
            known = Closure.objects.filter(pk=silent.pk).exists()
        assert known == (role in {Role.COORDINATOR, Role.LEAD, Role.MONITORING}), role


# -- What is kept --------------------------------------------------------------------------------------------
def test_acts_are_neither_changed_nor_removed(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        acts = ClosureAct.objects.filter(closure=world.here.closure)
        assert acts.exists()
        assert acts.update(reason="Rewritten") == 0
        assert acts._raw_delete(acts.db) == 0


def test_the_trail_says_what_was_done_and_none_of_the_words(world: World) -> None:
    with acting_as(world.here.lead.pk):
        facts = str(list(Event.objects.values_list("deed", "facts")))
    assert "closure.closed" in facts
    for words in ("closing words", "paragraph words", "interest words", "Reads it on Monday"):
        assert words not in facts


# -- The law's catalogue -----------------------------------------------------------------------------------
def test_each_nation_has_its_seven_paragraphs() -> None:
    assert [p.number for p in grounds.paragraphs("england")] == [str(n) for n in range(1, 8)]
    assert [p.number for p in grounds.paragraphs("wales")] == [str(n) for n in range(12, 19)]
    assert [g.key for g in grounds.grounds()] == ["government", "enactment", "court"]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], ""),
        (["england-7"], "paragraph 7"),
        (
            ["england-7", "england-1", "england-2", "england-3", "england-6"],
            "paragraphs 1, 2, 3, 6 and 7",
        ),
        (["wales-13", "wales-12"], "paragraphs 12 and 13"),
    ],
)
def test_paragraphs_are_cited_in_order(keys: list[str], words: str) -> None:
    assert grounds.cited(keys) == words
