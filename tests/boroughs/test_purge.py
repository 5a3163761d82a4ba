"""Two people erase: the word is nowhere afterwards, the trail verifies, and one person alone gets nowhere."""

import re
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import TypedText
from audit.models import Event
from audit.verify import why_not_whole
from boroughs.actions.committees import change_committee
from boroughs.actions.lists import ask
from boroughs.actions.purges import ask_to_erase, erase, refuse_to_erase, withdraw
from boroughs.models import AccessRequest, PurgeRequest
from boroughs.policies import Refused
from boroughs.purging import counts_of, pieces_of
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports import jobs
from reports.actions.reports import make_report, retry, start_report
from reports.models import RenderedFile, Rendering
from reports.pdf import Pdf
from tests.boroughs.pages import deeds
from tests.conftest import as_owner, second_lock_off
from tests.factories import World, make_purge, make_ready
from tests.factories import make_world as build_world
from toolkit.actions.assessments import rate
from toolkit.actions.moving import move_assessment
from toolkit.models import ToolkitVersion
from toolkit.moving import move_of

from .purging import asked, erased, places_of, training

WORD = "Quillfeather"  # stands nowhere else


@pytest.fixture
def everywhere(transactional_db: None) -> World:
    """The word in a rating, its history, a made PDF with its data, a report under way and a kept draft."""
    world = build_world()
    here = world.here
    for comment in (f"{WORD} was referred in May", f"About {WORD}, who left", "Better said"):
        with acting_as(here.coordinator.pk):
            rating = training(here)
            said: Any = {"level": rating.level, "comment": comment, "seen": rating.version}
            rate(rating=rating, **said, by=here.coordinator)
            rendering = make_report(report=here.report, by=here.coordinator)
        if WORD in comment:
            make_ready(rendering, WORD.encode())
    with acting_as(here.lead.pk):
        TypedText.objects.create(
            user=here.lead,
            path=reverse("toolkit:rating", args=["thurrock", here.assessment.pk, "training"]),
            body=f"comment={WORD}",
        )
    return world


# -- Everywhere ---------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_word_is_left_and_the_trail_verifies(everywhere: World) -> None:
    here = everywhere.here
    with as_owner(), transaction.atomic():
        before = set(places_of(WORD))
    assert before == {
        "toolkit_ratingevent",
        "reports_rendering",
        "reports_renderedfile",
        "accounts_typedtext",
    }
    request = erased(asked(here), here.monitoring)
    with as_owner(), transaction.atomic():
        assert places_of(WORD) == []
        assert why_not_whole() == []
        assert places_of("Better said") == []
        assert "toolkit_rating" in places_of("earlier words of thurrock")
        assert "toolkit_rating" in places_of("present words of barnet")
    kept = {"draft": 1, "earlier": 4, "issue": 1, "pdf": 3, "preparing": 2, "text": 1}
    assert request.counts == kept
    assert re.fullmatch(r"[0-9a-f]{64}", request.digest)


@pytest.mark.django_db(transaction=True)
def test_what_went_over_to_another_version_is_erased_in_both_rounds(transactional_db: None) -> None:
    here = build_world().here
    with acting_as(here.coordinator.pk):
        rating = training(here)
        said: Any = {"level": rating.level, "comment": f"About {WORD}", "seen": rating.version}
        rate(rating=rating, **said, by=here.coordinator)
        newer = ToolkitVersion.objects.get(key="la-2024")
        seen = move_of(here.assessment, newer).seen
        move_assessment(assessment=here.assessment, version=newer, seen=seen, by=here.coordinator)
    erased(asked(here), here.monitoring)
    with as_owner(), transaction.atomic():
        assert places_of(WORD) == []


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_can_be_made_anew(everywhere: World) -> None:
    here = everywhere.here
    erased(asked(here), here.monitoring)
    with acting_as(here.coordinator.pk):
        gone = here.report.renderings.first()
        assert gone is not None
        assert (gone.state, gone.snapshot) == ("failed", {})
        retry(rendering=gone, by=here.coordinator)
    make_ready(gone)
    with acting_as(here.coordinator.pk):
        gone.refresh_from_db()
        assert gone.state == "ready"
        assert training(here).comment == ""
        assert [e.comment for e in training(here).events.order_by("pgh_id")][-2:] == [  # type: ignore[attr-defined]
            "[erased]",
            "",
        ]


def test_a_report_that_is_being_made_is_not_kept(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        rendering = make_report(report=here.report, by=here.coordinator)
    claim = jobs.claim(rendering.pk)
    assert claim is not None
    request = erased(asked(here), here.lead)
    assert jobs.finish(claim, Pdf(b"%PDF-1.7", 1)) is False
    assert request.counts["preparing"] == 2  # the draft, and the version that was issued
    with acting_as(here.coordinator.pk):
        assert not RenderedFile.objects.filter(rendering__report=here.report).exists()


def test_a_reports_text_goes_from_its_pdfs_and_from_reports_that_began_with_it(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        copy = start_report(
            borough=here.borough,
            title="Copy",
            begun_from=here.report,
            style=here.report.style,
            by=here.coordinator,
        )
        assert copy.texts.get(key="executive-summary").body == "summary words of thurrock"
        made = make_report(report=copy, by=here.coordinator)
        request = make_purge(here, here.report, kind="report", part="executive-summary")
    erased(request, here.lead)
    with acting_as(here.coordinator.pk):
        for report in (here.report, copy, here.drafting):
            assert not report.texts.filter(key="executive-summary").exists()
            assert report.texts.filter(key="recommendations").exists()
        assert set(
            Rendering.objects.filter(report__in=[here.report, copy]).values_list("state", flat=True)
        ) == {"failed"}
        made.refresh_from_db()
        assert made.snapshot == {}


def test_a_whole_report_and_a_whole_assessment_can_be_erased(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        requests = [
            make_purge(here, here.report, kind="report"),
            make_purge(here, here.assessment, kind="assessment"),
        ]
    for request in requests:
        erased(request, here.monitoring)
    with acting_as(here.coordinator.pk):
        here.report.refresh_from_db()
        assert here.report.title == "Title erased"
        assert not here.report.texts.exists()
        assert not here.assessment.ratings.exclude(comment="").exists()


def test_what_is_said_of_a_closure_and_a_remit_can_be_erased(world: World) -> None:
    here = world.here
    with acting_as(here.clearing.pk):
        ask(closure=here.closure, reason=f"About {WORD}", by=here.clearing)
    with acting_as(here.lead.pk):
        change_committee(
            committee=here.committee,
            name="Scrutiny",
            kind="cabinet",
            regime="none",
            remit=WORD,
            seen=here.committee.version,
            by=here.lead,
        )
        remit = make_purge(here, here.committee, kind="committee", part="remit", by=here.lead)
    with acting_as(here.coordinator.pk):
        request = make_purge(here, here.closure, kind="closure", part="list", closure=here.closure)
    erased(request, here.lead)
    erased(remit, here.monitoring)
    with acting_as(here.lead.pk):
        assert AccessRequest.objects.get(closure=here.closure).reason == "[erased]"
        assert here.closure.paragraphs.get().reason == "paragraph words of thurrock"
        here.committee.refresh_from_db()
        assert here.committee.remit == ""


# -- Two people -----------------------------------------------------------------------------------------------------
def test_nobody_erases_alone(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        request = make_purge(here, training(here), by=here.lead)
        with pytest.raises(Refused, match="Two people erase together"):
            erase(request=request, by=here.lead)
        with pytest.raises(DatabaseError, match="Two people erase together"), transaction.atomic():
            pieces_of(request, really=True)
    with acting_as(here.coordinator.pk):
        assert training(here).comment == "present words of thurrock"


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.LEAD, Role.MONITORING}])
def test_only_the_lead_and_the_monitoring_officer_are_the_second(world: World, role: Role) -> None:
    here = world.here
    person = here.people[role]
    for who in (person, world.there.lead, world.administrator, None):
        with (
            acting_as(who.pk if who else None),
            pytest.raises(DatabaseError, match="Two people erase together"),
            transaction.atomic(),
        ):
            pieces_of(here.purge, really=True)


def test_the_rows_of_requests_keep_to_it_too(world: World) -> None:
    """Past the actions: nobody decides their own, changes what was asked, or decides twice."""
    here, rows = world.here, PurgeRequest.objects.filter(pk=world.here.purge.pk)
    refused = {"state": "refused", "decided_at": timezone.now(), "answer": "No"}
    with acting_as(here.coordinator.pk):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            rows.update(**refused, decided_by=here.lead)
        with pytest.raises(DatabaseError, match="two_people_erase"), second_lock_off():
            rows.update(**refused, decided_by=here.coordinator)
    with acting_as(here.lead.pk):
        with pytest.raises(DatabaseError, match="decided once"), transaction.atomic():
            rows.update(record=here.report.pk)
        refuse_to_erase(request=here.purge, reason="It is no casework", by=here.lead)
        with pytest.raises(DatabaseError, match="decided once"), transaction.atomic():
            rows.update(category="other")
        assert PurgeRequest.objects.filter(pk=here.purge.pk)._raw_delete("default") == 0


def test_a_request_is_decided_once(world: World) -> None:
    here = world.here
    erased(here.purge, here.lead)
    for deed in (erase, withdraw):
        with acting_as(here.monitoring.pk), pytest.raises(Refused, match="decided already"):
            deed(request=here.purge, by=here.monitoring)
    assert deeds(here).count("erasure.done") == 1
    with acting_as(here.coordinator.pk):
        rate(
            rating=training(here),
            level=None,
            comment="Written anew",
            seen=training(here).version,
            by=here.coordinator,
        )
    with (
        acting_as(here.lead.pk),
        pytest.raises(DatabaseError, match="Two people"),
        transaction.atomic(),
    ):
        pieces_of(here.purge, really=True)


def test_a_note_goes_with_the_decision_and_none_is_in_the_trail(world: World) -> None:
    here = world.here
    request = asked(here, reason=f"It names {WORD}")
    erased(request, here.monitoring)
    with acting_as(here.monitoring.pk):
        request.refresh_from_db()
        assert request.note == ""
        facts = [e.facts for e in Event.objects.filter(deed__startswith="erasure.")]
        assert WORD not in str(facts)
        assert facts[-1]["digest"] == request.digest


def test_the_digest_is_no_plain_digest_of_the_words(world: World, settings: Any) -> None:
    here = world.here
    request = asked(here)
    with acting_as(here.lead.pk):
        pieces = pieces_of(request, really=False)
    erased(request, here.lead)
    assert request.digest not in {piece.digest for piece in pieces}
    assert counts_of(pieces) == request.counts


def test_what_is_empty_is_not_asked_for_and_nothing_twice(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        rating = here.assessment.ratings.get(benchmark__key="communications")
        with pytest.raises(Refused, match="nothing of this to erase"):
            make_purge(here, rating, part="reason")
        with pytest.raises(Refused, match="asked for this already"):
            make_purge(here)


def test_a_neighbours_record_is_not_erased_by_its_key(world: World) -> None:
    here, theirs = world.here, training(world.there)
    with acting_as(here.coordinator.pk), pytest.raises(Refused, match="nothing of this to erase"):
        ask_to_erase(
            borough=here.borough,
            kind="rating",
            record_id=theirs.pk,
            part="",
            closure=None,
            category="other",
            by=here.coordinator,
        )
