"""Two people erase what was typed into any noun of the record: every free text of its tables, history, drafts and digests."""

from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse

from accounts.models import TypedText
from audit.verify import why_not_whole
from boroughs.actions.closed_words import remember
from boroughs.actions.purges import ask_to_erase, erase
from boroughs.models import (
    Action,
    AmendedText,
    Amendment,
    Area,
    BoardMember,
    Committee,
    Consultation,
    ContextFact,
    DeliveryPlan,
    Duty,
    DutyRound,
    FigureValue,
    LinkedStrategy,
    Meeting,
    Notice,
    OwnIndicator,
    Priority,
    ProgressNote,
    PurgeRequest,
    Recommendation,
    RecommendationAction,
    Review,
    Risk,
    RiskReview,
    Strategy,
)
from boroughs.purging import KINDS, pieces_of
from boroughs.rows import acting_as
from reports.models import DecidedItem, Decision, DecisionEdition, DecisionStep
from tests.boroughs.pages import address, says, signed_in
from tests.boroughs.purging import places_of
from tests.conftest import as_owner
from tests.factories import Place, World
from tests.factories import make_world as build_world

# The tables of each kind, and of their texts those that hold no words of anybody's own: keys, numbers of items
TABLES: dict[str, tuple[type[models.Model], ...]] = {
    "strategy": (Strategy, LinkedStrategy, Consultation, Amendment, AmendedText),
    "priority": (Priority, Area),
    "plan": (DeliveryPlan,),
    "action": (Action, ProgressNote),
    "recommendation": (Recommendation, RecommendationAction),
    "review": (Review,),
    "risk": (Risk, RiskReview),
    "board": (BoardMember, Meeting),
    "context": (ContextFact,),
    "notice": (Notice,),
    "decision": (Decision, DecidedItem, DecisionStep, DecisionEdition),
    "figure": (FigureValue, FigureValue.pgh_event_model),  # type: ignore[attr-defined]  # made by pghistory
    "indicator": (OwnIndicator,),
    "duty": (Duty, DutyRound),
}
NO_WORDS = {"key", "indicator", "whole", "suggestion", "number", "unit", "topic", "direction"}
NO_WORDS |= {"relation", "period_kind", "state", "on"}
BOARD_TEXTS = ("chair_post", "terms")


def free_texts(model: type[models.Model]) -> list[str]:
    return [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.is_relation
        and field.name not in NO_WORDS
    ]


def word(kind: str) -> str:
    return f"Quillfeather{kind}"


def plant(kind: str) -> None:
    """The kind's word in every free text of its tables, whoever may write them."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', '{pgtrigger_append_only_059aa}', true)"
        )
        columns = [(m._meta.db_table, name) for m in TABLES[kind] for name in free_texts(m)]
        if kind == "board":
            columns += [(Committee._meta.db_table, name) for name in BOARD_TEXTS]
        for table, name in columns:
            unique = " || left(id::text, 8)" if (table, name) in UNIQUE else ""
            with (
                suppress(IntegrityError),
                transaction.atomic(),
            ):  # a row whose state leaves it empty
                state = "outcome = 'not_held', " if table == "boroughs_meeting" else ""
                cursor.execute(f"UPDATE {table} SET {state}{name} = %s{unique}", [word(kind)])


UNIQUE = {
    ("boroughs_duty", "title"),
    ("boroughs_boardmember", "organisation"),
    ("boroughs_linkedstrategy", "title"),
}


def records(place: Place) -> dict[str, Any]:
    return {
        "strategy": place.strategy,
        "priority": place.priority,
        "plan": place.plan,
        "action": place.action,
        "recommendation": place.recommendation,
        "review": place.scrutiny,
        "risk": place.risk,
        "board": place.board,
        "context": place.fact,
        "notice": place.notice,
        "decision": place.decision,
        "figure": place.figure,
        "indicator": place.indicator,
        "duty": place.duty,
    }


def asked(place: Place, kind: str, record: Any) -> PurgeRequest:
    said: dict[str, Any] = {"part": "", "closure": None, "category": "casework"}
    with acting_as(place.coordinator.pk):
        return ask_to_erase(
            borough=place.borough, kind=kind, record_id=record.pk, by=place.coordinator, **said
        )


@pytest.mark.django_db(transaction=True)
def test_of_every_noun_nothing_of_the_word_is_left(transactional_db: None) -> None:
    world = build_world()
    for kind, record in records(world.here).items():
        plant(kind)
        with acting_as(world.here.lead.pk):
            slug = world.here.borough.slug
            path = reverse("boroughs:purge-ask", args=[slug, kind, record.pk])
            TypedText.objects.create(user=world.here.lead, path=path, body=f"text={word(kind)}")
        with as_owner(), transaction.atomic():
            before = places_of(word(kind))
        assert "accounts_typedtext" in before
        for model in TABLES[kind]:
            assert model._meta.db_table in before, (kind, model)
        for place in (world.here, world.there):  # as the word was planted in both
            request = asked(place, kind, records(place)[kind])
            with acting_as(place.monitoring.pk):
                erase(request=request, by=place.monitoring)
            assert request.counts["text"] >= 1
            assert len(request.digest) == 64
        with as_owner(), transaction.atomic():
            left = set(places_of(word(kind)))
            assert left <= LEFT.get(kind, set()), (kind, left)
    with as_owner(), transaction.atomic():
        assert why_not_whole() == []
        assert places_of("earlier words of thurrock")  # and what nobody asked for stays


# Rows of these tables also stand under other records of the same borough, which keep their words
LEFT = {
    "board": {"boroughs_committee", "boroughs_meeting"},
    "recommendation": {"boroughs_recommendation", "boroughs_recommendationaction"},
    "review": {"boroughs_review"},
    "risk": set[str](),
    "figure": {"boroughs_figurevalue", "boroughs_figurevalueevent"},
}


def test_every_kind_has_a_page_that_leads_to_its_erasure(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    for kind, record in records(here).items():
        page = client.get(address("boroughs:purge-ask", here.borough, kind, record.pk))
        assert page.status_code == 200, kind
        with acting_as(here.coordinator.pk):
            found = KINDS[kind].find(
                here.borough,
                here.coordinator,
                frozenset({"read_record", "read_plan", "read_reports"}),
                record.pk,
            )
        assert found, kind
        assert client.get(found.page).status_code == 200, kind
        assert (
            client.get(
                address("boroughs:purge-ask", here.borough, kind, records(world.there)[kind].pk)
            ).status_code
            == 404
        ), kind


def test_a_part_alone_is_erased_and_the_digests_go_with_it(world: World) -> None:
    here = world.here
    text = "Nine words or more stand here so that they are kept as digests"
    with acting_as(here.coordinator.pk):
        ProgressNote.objects.create(
            action=here.action, on="2018-01-01", text=text, by=here.coordinator
        )
        note = here.action.notes.get(text=text)
        remember(here.closure, note)
        assert here.closure.passages.filter(source=str(note.pk)).exists()
        request = ask_to_erase(
            borough=here.borough,
            kind="action",
            record_id=here.action.pk,
            part="notes",
            closure=None,
            category="casework",
            by=here.coordinator,
        )
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
    with acting_as(here.coordinator.pk):
        note.refresh_from_db()
        assert note.text == "[erased]"
        here.action.refresh_from_db()
        assert here.action.title == "action words of thurrock"
        assert not here.closure.passages.filter(source=str(note.pk)).exists()
    shown = says(
        signed_in(here.coordinator).get(
            address("boroughs:action-show", here.borough, here.plan.pk, here.action.pk)
        )
    )
    assert "Erased on" in shown


def test_one_person_alone_erases_nothing(world: World) -> None:
    here = world.here
    request = asked(here, "risk", here.risk)
    with acting_as(here.coordinator.pk):
        assert pieces_of(request, really=False)
        with pytest.raises(Exception, match="Two people erase together"), transaction.atomic():
            pieces_of(request, really=True)
    with acting_as(world.there.lead.pk):
        assert pieces_of(request, really=False) == []
