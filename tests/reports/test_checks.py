"""Each check before issue: a report that has the fault, and the same one without it."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from boroughs.actions.committees import add_committee, add_meeting
from boroughs.clear_days import Deadline
from boroughs.models import Borough, Meeting
from boroughs.rows import acting_as
from reports.checks import CHECKS, TITLES, Found, Sheet, checks_of
from reports.checks.beneath_lock import Case, Overlap, Standing, TextStands
from reports.closed import Closed
from reports.models import HouseStyle, Report
from reports.places import Place
from tests.factories import World
from toolkit.models import Assessment

from .snapshots import Snapshot, short

HERE = uuid.UUID(int=1)
LINE = "Appendix 2 is not for publication."


class Told(Sheet):
    """A sheet that knows its overlaps and threshold without asking."""

    def overlaps(self) -> list[Overlap]:
        return list(self.snapshot.get("overlaps", []))

    def missing_notices(self) -> list[str]:
        return list(self.snapshot.get("notices", []))

    def uncleared(self) -> list[tuple[Place, str]]:
        said: dict[str, str] = self.snapshot.get("uncleared", {})
        return [(place, said[place.key]) for place in self.places if place.key in said]

    def hiding(self) -> list[tuple[int, str]]:
        return list(self.snapshot.get("hiding", []))

    def missed_deadline(self) -> Deadline | None:
        missed: Deadline | None = self.snapshot.get("missed")
        return missed

    threshold = 10


def sheet(*, meeting: bool = True, **said: Any) -> Told:
    """Thurrock's report of 4 July 2019, with nothing to find in it, changed as told."""
    snapshot: Snapshot = {**short(), "live": {}, "closed": {}}
    snapshot["assessment"]["ratings"][4]["comment"] = "Refreshed: the panel meets every month."
    for name, value in said.pop("texts", {}).items():
        snapshot["texts"][name] = value
    for name, value in said.pop("front", {}).items():
        snapshot["front"][name] = value
    closed, standing = said.pop("closed", []), said.pop("standing", Standing())
    title = said.pop("title", None)
    snapshot.update(said)
    if title is not None:
        snapshot["report"] = {**snapshot["report"], "title": title}
    report = Report(
        borough=Borough(pk=1, slug="thurrock"),
        title=snapshot["report"]["title"],
        style=HouseStyle(definition=snapshot["style"]),
        meeting=Meeting(pk=HERE, date=date(2019, 7, 4)) if meeting else None,
        assessment=Assessment(pk=HERE),
    )
    texts = {key: _stands(key) for key in {**snapshot["texts"], "recommendations": "", "background-papers": ""}}  # fmt: skip
    return Told(report, snapshot, closed, replace(standing, texts={**texts, **standing.texts}))


def _stands(key: str, **said: Any) -> TextStands:
    return TextStands(**{"key": key, "state": "done", "carried": False, "empty": False, "version": 1, **said})  # fmt: skip


def standing(key: str, **said: Any) -> Standing:
    return Standing({key: _stands(key, **said)})


def closed(kind: str = "exempt", **said: Any) -> Closed:
    facts: dict[str, Any] = {
        "part": "appendix",
        "key": "2",
        "closure": HERE,
        "public_line": LINE,
        "classification": kind,
        "ground": "government-department" if kind == "confidential" else "",
        "paragraphs": ("england-7",) if kind == "exempt" else (),
        **said,
    }
    return Closed(**facts)


def case(**said: Any) -> Standing:
    return Standing(cases={HERE: Case(**{"unreasoned": [], "weighed": True, **said})})


def found(one: Sheet) -> list[Found]:
    return [each for check in CHECKS for each in check(one)]


def needing(key: str) -> Snapshot:
    """The style, which never goes without that section."""
    style = short()["style"]
    for section in style["sections"]:
        for part in (section, *section.get("parts", ())):
            part["required"] = part["key"] == key
    return dict(style)


def unrated() -> Snapshot:
    assessment = short()["assessment"]
    assessment["ratings"][4].update(level=None, comment="")
    return dict(assessment)


def in_a_table() -> Snapshot:
    """The style, whose implications stand in a table."""
    style = short()["style"]
    for section in style["sections"]:
        if section["kind"] == "implications":
            section["layout"] = "table"
    return dict(style)


PUBLIC_STATUS = {"status": "This report is public"}
MIXED = {"status": "Public, with an appendix that is not for publication"}
ISSUES = "“Issues, options and analysis of options”"

# key, whether it blocks, part of the sentence, the report that has the fault
FAULTS: list[tuple[str, bool, str, Callable[[], Sheet]]] = [
    ("title", True, "has no title", lambda: sheet(title="  ")),
    ("meeting", True, "Choose the meeting first", lambda: sheet(meeting=False)),
    ("recommendations", True, "Nothing is recommended", lambda: sheet(recommendations={"lead": "That:", "items": []})),
    ("required", True, "“Implications: Legal” is needed", lambda: sheet(style=needing("legal"), standing=standing("legal", empty=True))),
    ("draft", True, "“Reasons for recommendation” is still a draft", lambda: sheet(standing=standing("reasons", state="draft"))),
    ("not-started", False, "nobody has said that they are not needed: “Consultation”.", lambda: sheet(standing=standing("consultation", state="draft", empty=True))),
    ("carried", False, "“Consultation” says what the last report said", lambda: sheet(standing=standing("consultation", state="draft", carried=True))),
    ("unrated", False, "Benchmark 5 has no rating", lambda: sheet(assessment=unrated())),
    ("public-line", True, "Appendix 2 is closed and has no line", lambda: sheet(closed=[closed(public_line=" ")], front=MIXED)),
    ("ground", True, "Appendix 2 is exempt and cites no paragraph", lambda: sheet(closed=[closed(paragraphs=())], front=MIXED)),
    ("ground", True, "without a reason why it applies", lambda: sheet(closed=[closed()], front=MIXED, standing=case(unreasoned=["england-7"]))),
    ("ground", True, "nobody has said on which ground", lambda: sheet(closed=[closed("confidential", ground="")], front=MIXED)),
    ("interest", False, "why withholding it outweighs", lambda: sheet(closed=[closed()], front=MIXED, standing=case(weighed=False))),
    ("confused", False, "“What is closed, and why” on the front sheet says confidential, and what is closed is exempt", lambda: sheet(closed=[closed()], front={"status": "Part exempt: it holds confidential information"})),
    ("confused", False, "says exempt, and what is closed is confidential", lambda: sheet(closed=[closed("confidential")], front={"status": "Open with an exempt appendix"})),
    ("confused", False, "says exempt, and no section or appendix is closed", lambda: sheet(front={"status": "Part exempt"})),
    ("confused", False, "says that the report is public, and a part of it is closed", lambda: sheet(closed=[closed()], front=PUBLIC_STATUS)),
    ("confused", False, "Appendix 2 is exempt, and its public line calls it confidential", lambda: sheet(closed=[closed(public_line="Appendix 2 is confidential.")], front=MIXED)),
    ("clearance", True, "“Implications: Legal” is still to be cleared: returned.", lambda: sheet(uncleared={"legal": "returned"})),
    ("notice", False, "No notice of the key decision was published.", lambda: sheet(notices=["No notice of the key decision was published."])),
    ("late", False, "The papers must be out by Friday. That day is over: it can only be issued late, with the reason for which the chair agreed that it cannot wait.", lambda: sheet(missed=Deadline(date(2019, 6, 26), "The papers must be out by Friday."))),
    ("overlap", True, f"{ISSUES} repeats a passage of a closed record: “{LINE}”", lambda: sheet(overlaps=[Overlap("passage", ISSUES, LINE)])),
    ("closed-paper", True, "Line 2 of the background papers names a closed record.", lambda: sheet(overlaps=[Overlap("title", "2", "")])),
    ("paper-title", False, "Line 1 of “Background papers used in preparing the report” has no title", lambda: sheet(background_papers=[{"title": "23rd November 2016", "where": ""}])),
    ("merge", False, "Appendix 1 is not a PDF", lambda: sheet(standing=Standing(unmergeable=[1]))),
    ("hidden", False, "The file of appendix 1 holds something its readers would not see.", lambda: sheet(hiding=[(1, "/thurrock/papers/1/")])),
    ("past", False, f"{ISSUES} tells of 21 July 2019 as past, and the report is of 4 July 2019", lambda: sheet(texts={"issues": "On 21 July the board agreed the plan."})),
    ("person", False, f"{ISSUES} may identify a person: a phone number", lambda: sheet(texts={"issues": "Call 020 7946 0018."})),
    ("small-number", False, f"{ISSUES} gives a small number of people referred (3)", lambda: sheet(texts={"issues": "There were 3 referrals."})),
    ("reference", False, f"{ISSUES} points to what the report does not have: appendix 3, section 19, paragraph 3.99", lambda: sheet(texts={"issues": "See appendix 3. See section 19. See paragraph 3.99."})),
    ("counted", False, f"{ISSUES} has numbers before its paragraphs (3.1, 3.2)", lambda: sheet(texts={"issues": "3.1 The duty.\n\n3.2 “Its” aims."})),
    ("reference", False, "“Reasons for recommendation” points to what the report does not have: a place by its name", lambda: sheet(texts={"legal": "A plan. {#plan}", "reasons": "See {@plan}."}, style=in_a_table())),
    ("block", True, f"{ISSUES} asks for a block that there is not", lambda: sheet(texts={"issues": "[[nothing of the kind]]"})),
    ("characters", True, f"{ISSUES} has characters that cannot be printed: U+4E2D", lambda: sheet(texts={"issues": "中"})),
]  # fmt: skip


def test_a_report_in_order_has_nothing_to_be_found() -> None:
    assert found(sheet()) == []


@pytest.mark.parametrize(("key", "blocking", "sentence", "faulty"), FAULTS)
def test_a_fault_is_found_and_leads_to_its_cause(
    key: str, blocking: bool, sentence: str, faulty: Callable[[], Sheet]
) -> None:
    [one] = found(faulty())
    assert one.key == key
    assert one.blocking is blocking
    assert sentence in one.sentence
    assert one.href.startswith("/thurrock/")


def test_every_check_has_a_fault_in_the_table_and_words_for_being_in_order() -> None:
    tried = {key for key, *_ in FAULTS}
    assert tried | {"figures"} == set(TITLES)  # that of figures is tried with the record


RIGHT: list[Callable[[], Sheet]] = [
    lambda: sheet(style=needing("legal")),
    lambda: sheet(standing=standing("consultation", state="not_needed", empty=True)),
    lambda: sheet(closed=[closed()], front=MIXED, standing=case()),
    lambda: sheet(closed=[closed("confidential")], front={"status": "Open, with confidential appendix 2"}),
    lambda: sheet(closed=[closed()], front={"status": "Public with exempt appendix"}, standing=case()),
    lambda: sheet(front={"status": "No part of this report is exempt or confidential"}),
    lambda: sheet(background_papers=[{"title": "Briefing of 25 July 2017", "where": ""}]),
    lambda: sheet(background_papers=[{"title": "None.", "where": ""}]),
    lambda: sheet(texts={"issues": "On 21 July the board will agree the plan."}),
    lambda: sheet(texts={"issues": "Call the council on 0800 011 3764."}),
    lambda: sheet(texts={"issues": "There were 30 referrals in 3 years."}),
    lambda: sheet(texts={"issues": "See appendix 2, section 3 and paragraph 2.1; section 17 of the Act."}),
    lambda: sheet(texts={"issues": "1.5 million people; it says\n\n21.7 per cent."}),
    lambda: sheet(texts={"issues": "A plan. {#plan}", "reasons": "See {@plan}, [why](#issues) and {@appendix-1}."}),
    lambda: sheet(texts={"issues": "Dŵr – £1,000 → “gair”."}),
]  # fmt: skip


@pytest.mark.parametrize("right", RIGHT)
def test_what_only_looks_like_a_fault_is_left_alone(right: Callable[[], Sheet]) -> None:
    assert found(right()) == []


# -- What published reports have got wrong ---------------------------------------------------------------
def test_a_report_of_11_july_that_tells_of_21_july_is_asked_about() -> None:
    said = "Further reviews are likely. On 21 July, in its programme, the Government confirmed a review of its strategy. While we await it, we will go on."
    report = {**short()["report"], "date": "2017-07-11"}
    [one] = [each for each in found(sheet(report=report, texts={"issues": said})) if each.key == "past"]  # fmt: skip
    assert "21 July 2017 as past, and the report is of 11 July 2017" in one.sentence


def test_a_background_paper_that_is_only_a_date_is_asked_about() -> None:
    papers = ["23rd November 2016", "Briefing for the working group – 25/07/2017", "Guidance, revised 16/07/2015"]  # fmt: skip
    rows = [{"title": title, "where": ""} for title in papers]
    assert [each.sentence[:6] for each in found(sheet(background_papers=rows))] == ["Line 1"]


def test_exempt_because_it_is_confidential_and_by_no_paragraph_is_two_faults() -> None:
    status = {
        "status": "Part exempt. Appendix 2 is exempt as it contains confidential information."
    }
    keys = [each.key for each in found(sheet(closed=[closed(paragraphs=())], front=status))]
    assert keys == ["ground", "confused"]


# -- What the findings say -------------------------------------------------------------------------------
def test_a_subject_changes_with_what_it_is_about_and_with_nothing_else() -> None:
    def about(text: str) -> str:
        [one] = found(sheet(texts={"issues": text}))
        return one.subject

    first = about("On 21 July the board agreed the plan.")
    assert about("Another sentence. On 21 July the board agreed the plan.") == first
    assert about("On 22 July the board agreed the plan.") != first
    assert len(first) == 16


def test_the_same_fault_in_two_places_is_two_subjects() -> None:
    said = "There were 3 referrals."
    one, other = found(sheet(texts={"issues": said, "impact": said}))
    assert one.subject != other.subject


@settings(max_examples=40, deadline=None)
@given(st.text(), st.sampled_from(["issues", "legal", "background"]), st.text(max_size=40))
def test_no_words_break_the_checks_and_no_finding_quotes_them(
    text: str, key: str, line: str
) -> None:
    canary = "zibethcanary"
    said = f"{canary} {text}\n\n[{canary}](#{canary}) 3 {canary} referrals on 21 July was {canary}@example.org\n\n[[{canary}]]"
    one = sheet(
        texts={key: said},
        front={"status": f"{canary} exempt {text}"},
        background_papers=[{"title": f"{canary} {line}", "where": canary}],
        closed=[closed(paragraphs=())],
    )
    assert found(one)
    assert not any(canary in each.sentence for each in found(one))


def test_a_report_to_a_coming_meeting_is_late_when_its_clear_days_are_over(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        report = here.drafting
        report.meeting = Meeting(
            committee=here.committee, date=timezone.localdate() + timedelta(days=2)
        )
        late = [one for one in checks_of(report) if one.key == "late"]
        report.meeting.date = timezone.localdate() + timedelta(days=60)
        in_time = [one for one in checks_of(report) if one.key == "late"]
        report.meeting.date = timezone.localdate() - timedelta(days=1)
        over = [one for one in checks_of(report) if one.key == "late"]
    assert len(late) == 1
    assert not late[0].blocking
    assert "issued late" in late[0].sentence
    assert in_time == over == []


def test_a_cabinets_key_decision_needs_its_notice(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        cabinet = add_committee(
            borough=here.borough,
            name="Cabinet",
            kind="cabinet",
            regime="regs_2012",
            remit="",
            by=here.lead,
        )
        day = timezone.localdate() + timedelta(days=60)
        meeting = add_meeting(committee=cabinet, date=day, agenda_published_on=None, by=here.lead)
    with acting_as(here.coordinator.pk):
        report = here.drafting
        report.meeting = meeting
        report.texts.update_or_create(
            key="front-key-decision",
            defaults={
                "body": "Yes",
                "changed_by": here.coordinator,
                "changed_at": timezone.now(),
            },
        )
        notices = [one.sentence for one in checks_of(report) if one.key == "notice"]
    assert any("key decision" in said for said in notices)
    assert any("private" in said for said in notices)  # it has closed parts
