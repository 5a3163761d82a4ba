"""On a section's page: what its text refers to is checked beside the field, and its buttons stand ready. At issue: the last guard."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from boroughs.actions.risks import close_risk
from boroughs.models.closure import ClosableQuerySet
from boroughs.rows import acting_as
from reports.actions.issues import issue_report
from reports.actions.reports import approve_report
from reports.actions.sections import write_section
from reports.checks import Checked
from reports.forms import SectionForm
from reports.models import Report, ReportText
from reports.places import Place as PlaceOfReport
from reports.policies import Refused
from tests.boroughs.pages import address, problems, says
from tests.factories import Place, World, clear, leave_as_it_is, make_risk
from tests.second_factor import enter

SECRET = "Canary words that only the access list of this closed record may ever come to read"


def page_of(place: Place, key: str = "background") -> str:
    return address("reports:section", place.borough, place.drafting.pk, key)


def save(place: Place, client: Client, body: str, key: str = "background", **said: Any) -> Any:
    enter(client, place.coordinator)
    with acting_as(place.coordinator.pk):
        text = ReportText.objects.filter(report=place.drafting, key=key).first()
    seen = str(text.version) if text else "0"
    return client.post(page_of(place, key), {"body": body, "state": "draft", "seen": seen, **said})


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("See {@riskplan}.", "There is no place “riskplan” in this report. End its paragraph with {#riskplan}. There are "),
        ("One.[^1]", "The note [^1] says nothing."),
        ("::: cy\nUn", "The passage in Welsh has no end."),
        ("One. {#background}", "The name {#background} is given more than once"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_refused_beside_the_text(
    world: World, client: Client, typed: str, begins: str
) -> None:
    answer = save(world.here, client, typed)
    [problem] = problems(answer)
    assert problem.startswith(begins)
    assert typed.split(maxsplit=1)[0] in says(answer)


def test_a_text_refers_to_sections_appendices_and_what_colleagues_named(
    world: World, client: Client
) -> None:
    here = world.here
    save(here, client, "One. {#risk-plan}", key="issues")
    answer = save(here, client, "See {@risk-plan}, {@legal}, {@appendix-1} and {@own}. {#own}")
    assert answer.status_code == 302


def test_no_name_of_a_closed_section_is_offered(world: World, client: Client) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        texts = ReportText.objects.filter(report=here.drafting, key="financial")
        texts.update(body="One. {#canary-name}")
    enter(client, here.coordinator)
    assert "canary-name" not in says(client.get(page_of(here)))
    assert problems(save(here, client, "See {@canary-name}."))


def test_a_closed_section_names_no_place(world: World, client: Client) -> None:
    said = problems(save(world.here, client, "Closed words. {#own}", key="financial"))
    assert any("nothing in it can be referred to. Take out {#own}." in one for one in said)
    assert save(world.here, client, "Closed words.", key="financial").status_code == 302


@pytest.mark.parametrize("in_table", [True, False])
def test_a_text_in_a_table_names_no_place(in_table: bool) -> None:
    place = PlaceOfReport("legal", "Legal", "narrative", "", "", in_table=in_table)
    form = SectionForm(
        {"body": "None. {#own}", "state": "done", "seen": "1"}, place=place, known=[]
    )
    assert form.is_valid() is not in_table
    said = str(form.errors.get("body", ""))
    assert ("others refer to it as a whole by {@legal}" in said) == in_table


def test_the_page_has_its_buttons_and_their_scripts(world: World, client: Client) -> None:
    enter(client, world.here.coordinator)
    page = BeautifulSoup(client.get(page_of(world.here)).content, "html5lib")
    [area] = page.select("textarea[data-markdown]")
    [bar] = page.select(f"[data-toolbar={area['id']}]")
    assert bar.has_attr("hidden")
    assert {"risks", "benchmarks"} <= {str(each["value"]) for each in bar.select("option[value]")}
    assert len([s for s in page.select("script[src][nonce]") if "markdown" in str(s["src"]) or "from_html" in str(s["src"])]) == 2  # fmt: skip


def test_a_place_is_offered_by_its_heading(world: World, client: Client) -> None:
    enter(client, world.here.coordinator)
    page = BeautifulSoup(client.get(page_of(world.here)).content, "html5lib")
    offered = {str(one["value"]): one.get_text() for one in page.select("#id_body-place option")}
    assert offered["legal"] == "Implications: Legal"
    assert offered["recommendation-1"] == "Recommendation 1"


def test_lines_lose_the_signs_that_the_report_counts_by(world: World, client: Client) -> None:
    typed = "(i) Agree the plan; and\n2.  Note 1.5 million.\n• Ask\n1.3\tSupport\nii) Act"
    save(world.here, client, typed, key="recommendations", lead="That:")
    with acting_as(world.here.coordinator.pk):
        text = ReportText.objects.get(report=world.here.drafting, key="recommendations")
    assert text.body.splitlines() == ["Agree the plan; and", "Note 1.5 million.", "Ask", "Support", "Act"]  # fmt: skip


def test_a_list_has_no_buttons(world: World, client: Client) -> None:
    enter(client, world.here.coordinator)
    page = BeautifulSoup(client.get(page_of(world.here, "recommendations")).content, "html5lib")
    assert page.select("textarea")
    assert not page.select("[data-toolbar]")


def test_a_closed_paragraph_that_flows_in_stops_the_issue(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, by = world.here, world.here.coordinator
    report = here.drafting
    with acting_as(by.pk):
        risk = make_risk(here.borough, by=by, title="Closed", controls=SECRET)
        close_risk(risk=risk, classification="exempt", reason="It tells", by=by)
        seen = report.texts.get(key="background").version
        write_section(report=report, key="background", body="[[risks]]", state="done", seen=seen, by=by)  # fmt: skip
        Report.objects.filter(pk=report.pk).update(meeting=here.meeting)
    clear(report, writer=by, officer=here.clearing)
    with acting_as(here.lead.pk):
        leave_as_it_is(report, here.lead)
        approve_report(report=report, by=here.lead)
    with acting_as(by.pk), monkeypatch.context() as patched:
        patched.setattr(ClosableQuerySet, "open_to_all", lambda rows: rows)
        with pytest.raises(Refused, match="must be put right"):
            issue_report(report=report, kind="first", by=by)
        patched.setattr("reports.actions.issues.checked", lambda report: Checked([], [], []))
        with pytest.raises(Refused, match=r"Words of a closed record .* stand in \[\[risks\]\]"):
            issue_report(report=report, kind="first", by=by)
    with acting_as(here.democratic.pk):
        issue = issue_report(report=report, kind="first", by=here.democratic)
    assert SECRET not in str(issue.snapshot)
