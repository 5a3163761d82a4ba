"""Funding lines: states with their reasons, sums by year, and amounts that are closed while their line is open."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup

from boroughs.actions.funding import close_amount, close_line, move_line
from boroughs.actions.purges import erase
from boroughs.models import ClosedPassages, FundingAmount, FundingLine, FundingStep
from boroughs.policies import Refused
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import Place, World, make_activity, make_closure, make_line, make_purge

POST = {
    "year": "2019",
    "programme": "Home Office Prevent grant",
    "kind": "post",
    "purpose": "Education officer",
    "about": "For twelve months.",
    "state": "confirmed",
    "reason": "By letter.",
    "pounds": "£41,500.50",
    "source": "",
    **date("since", "2019-04-01"),
}
CASE: dict[str, Any] = {"classification": "confidential", "reason": "Given on terms"}


def on(line: FundingLine, verb: str) -> str:
    return address(f"boroughs:line-{verb}", line.borough, line.pk)


def listing(place: Place) -> str:
    return address("boroughs:line-list", place.borough)


def another(place: Place, **said: Any) -> FundingLine:
    with acting_as(place.coordinator.pk):
        return make_line(place.borough, by=place.coordinator, **said)


def sums(response: Any) -> list[str]:
    page = BeautifulSoup(response.content, "html5lib")
    return [" ".join(li.get_text().split()) for li in page.select("main table + ul li")]


# -- Adding, sums ---------------------------------------------------------------------------------------
def test_a_coordinator_adds_a_line_and_the_year_adds_up(world: World) -> None:
    client = signed_in(world.here.coordinator)
    response = client.post(address("boroughs:line-add", world.here.borough), POST)
    assert response.status_code == 302
    assert "£41,500.50" in says(client.get(response["Location"]))
    another(world.here, purpose="Over", state="ended", reason="Cut", pounds=Decimal(1000))
    another(world.here, purpose="Unknown", pounds=None)
    assert sums(signed_in(world.here.lead).get(listing(world.here))) == [
        "Offered: 2 lines, £50,000",
        "Confirmed: 1 line, £41,500.50",
        "Ended: 1 line, £1,000",
        "All but what ended: 3 lines, £91,500.50",
    ]
    page = says(client.get(listing(world.here)))
    assert "The area’s funding status: Not funded." in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"pounds": "-5"}, "An amount is not below nought"),
        ({"pounds": "lots"}, "Enter the amount in pounds"),
        ({"pounds": "1.005"}, "Enter at most two digits"),
        ({"pounds": "9e9"}, "Enter the amount in pounds"),
        ({"pounds": "1,000,000,000"}, "That is a billion pounds"),
        ({"state": "ended", "reason": ""}, "Say why it ended"),
        (date("since", "2090-01-01"), "That day is still to come"),
        ({"year": "1990"}, "Select"),
        ({"purpose": ""}, "Enter post or purpose"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    add = address("boroughs:line-add", world.here.borough)
    said = problems(signed_in(world.here.coordinator).post(add, POST | wrong))
    assert len(said) == 1
    assert said[0].startswith(sentence)
    with acting_as(world.here.lead.pk):
        assert FundingLine.objects.filter(borough=world.here.borough).count() == 1


# -- States -----------------------------------------------------------------------------------------------
def test_an_offer_is_confirmed_and_ends_with_its_reason_and_the_history_stays(world: World) -> None:
    line, client = world.here.line, signed_in(world.here.coordinator)
    confirmed = {"state": "confirmed", "reason": "", "seen": "1", **date("since", "2019-04-01")}
    assert client.post(on(line, "move"), confirmed).status_code == 302
    ended = {"state": "ended", "reason": "", "seen": "2", **date("since", "2020-03-31")}
    assert problems(client.post(on(line, "move"), ended)) == [
        "Say why it ended, or was not given after all."
    ]
    assert client.post(on(line, "move"), ended | {"reason": "Not renewed"}).status_code == 302
    page = says(client.get(on(line, "show")))
    assert page.index("Ended , 31 March 2020") < page.index("Confirmed , 1 April 2019")
    assert page.index("Confirmed , 1 April 2019") < page.index("Offered , 1 March 2019")
    assert deeds(world.here)[-2:] == ["line.moved", "line.moved"]
    with acting_as(world.here.coordinator.pk):
        kept = FundingStep.objects.filter(line=line)
        assert kept.update(reason="x") == kept._raw_delete(kept.db) == 0


@pytest.mark.parametrize(
    ("was", "to", "allowed"),
    [
        ("sought", "offered", True),
        ("sought", "ended", True),
        ("offered", "confirmed", True),
        ("offered", "sought", False),
        ("confirmed", "offered", False),
        ("confirmed", "ended", True),
        ("ended", "confirmed", True),
        ("ended", "sought", False),
    ],
)
def test_from_each_state_it_goes_on_and_never_back(
    world: World, was: str, to: str, *, allowed: bool
) -> None:
    line = another(world.here, state=was, reason="Reason")
    said: Any = {"state": to, "since": None, "reason": "Reason", "seen": 1}
    with acting_as(world.here.lead.pk):
        if allowed:
            move_line(line=line, by=world.here.lead, **said)
            return
        with pytest.raises(Refused, match="It cannot become"):
            move_line(line=line, by=world.here.lead, **said)


def test_the_second_editor_sees_both_texts_with_the_amount(world: World) -> None:
    change = on(world.here.line, "change")
    mine = POST | {"seen": "1", "about": "Mine", "pounds": "3"}
    theirs = mine | {"about": "Theirs", "pounds": "777"}
    assert signed_in(world.here.lead).post(change, theirs).status_code == 302
    clash = signed_in(world.here.coordinator).post(change, mine)
    assert clash.status_code == 409
    for word in ("Theirs", "777", "Mine"):
        assert word in clash.content.decode()


# -- Closed amounts, closed lines ----------------------------------------------------------------------------
def test_a_closed_amount_is_for_its_list_alone_and_in_nobody_elses_sums(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    assert client.post(on(here.line, "close"), CASE | {"what": "amount"}).status_code == 302
    assert sums(client.get(listing(here))) == ["Offered: 1 line, £50,000"]
    assert "£50,000" in says(client.get(on(here.line, "show")))
    assert deeds(here)[-1] == "line.read"
    lead = signed_in(here.lead)
    assert sums(lead.get(listing(here))) == ["Offered: 1 line"]
    for page in (listing(here), on(here.line, "show"), on(here.line, "change")):
        assert "50,000" not in lead.get(page).content.decode()
    assert "Not recorded, or closed to you" in says(lead.get(on(here.line, "show")))
    with acting_as(here.lead.pk):
        assert FundingLine.objects.filter(pk=here.line.pk).exists()
        assert not FundingAmount.objects.filter(line=here.line).exists()


def test_whoever_does_not_see_a_closed_amount_may_record_one_and_learns_nothing(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        close_amount(line=here.line, by=here.coordinator, **CASE)
    change = on(here.line, "change")
    for pounds in ("60,000", ""):
        said = POST | {"seen": "1" if pounds else "2", "pounds": pounds}
        assert signed_in(here.lead).post(change, said).status_code == 302
    with acting_as(here.coordinator.pk):
        assert [str(amount) for amount in FundingAmount.objects.filter(line=here.line)] == [
            "£50,000"
        ]
    said = POST | {"seen": "3", "pounds": "52,000"}
    assert signed_in(here.coordinator).post(change, said).status_code == 302
    assert "52,000" not in signed_in(here.lead).get(on(here.line, "show")).content.decode()


def test_an_amount_can_be_closed_from_the_start_and_together_with_others(world: World) -> None:
    here = world.here
    lines = [another(here, purpose=f"Post {n}", pounds=None) for n in (1, 2)]
    client = signed_in(here.coordinator)
    nothing = client.post(on(lines[0], "close"), CASE | {"what": "amount"})
    assert problems(nothing)[0].startswith("No amount is recorded. Enter it here")
    for line in lines:
        said = {"what": "amount", "pounds": "7,000", "together": str(here.closure.pk)}
        assert client.post(on(line, "close"), said).status_code == 302
    both = {"what": "line", "together": str(here.closure.pk), **CASE}
    assert problems(client.post(on(here.line, "close"), both))[0].startswith("You have answered")
    with acting_as(here.member.pk):  # on that closure's list
        assert FundingAmount.objects.filter(closure=here.closure).count() == 2
    with acting_as(here.lead.pk), pytest.raises(Refused, match="not on the access list"):
        close_line(line=here.line, together=here.closure, by=here.lead)


def test_a_public_line_that_names_funding_stands_on_the_page(world: World) -> None:
    here, line = world.here, "Appendix 2: Financial implications (confidential document)"
    with acting_as(here.coordinator.pk):
        make_closure(here.borough, public_line=line, by=here.coordinator)
    assert line in says(signed_in(here.lead).get(listing(here)))
    assert "Appendix of Thurrock" not in says(signed_in(here.lead).get(listing(here)))


def test_a_closed_line_is_there_for_its_list_alone(world: World) -> None:
    here = world.here
    secret = another(
        here, purpose="Hush post", about="nine quiet words that stand in this closed line only"
    )
    with acting_as(here.coordinator.pk):
        close_line(line=secret, by=here.coordinator, **CASE)
        assert ClosedPassages.objects.filter(source=str(secret.pk)).exists()
        made = make_activity(here.borough, by=here.coordinator, title="Open", funding=secret)
    assert "Hush" in says(signed_in(here.coordinator).get(listing(here)))
    lead = signed_in(here.lead)
    shown = address("boroughs:activity-show", here.borough, made.pk)
    changed = address("boroughs:activity-change", here.borough, made.pk)
    for page in (listing(here), shown, changed, address("boroughs:activity-add", here.borough)):
        assert "Hush" not in lead.get(page).content.decode()
    assert sums(lead.get(listing(here))) == ["Offered: 1 line, £50,000"]
    for verb in ("show", "change", "move", "close"):
        assert lead.get(on(secret, verb)).status_code == 404
    with acting_as(here.lead.pk):
        assert not FundingLine.objects.filter(pk=secret.pk).exists()
        assert not FundingAmount.objects.filter(line=secret).exists()
        assert not FundingStep.objects.filter(line=secret).exists()


def test_two_people_erase_its_words_and_the_amount_stays(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        request = make_purge(here, here.line, kind="funding")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
        kept = FundingLine.objects.get(pk=here.line.pk)
        assert (kept.purpose, kept.about, kept.since) == ("[erased]", "", dt.date(2019, 3, 1))
        assert kept.steps.get().reason == "[erased]"
        assert kept.amounts.get().pounds == 50_000
    assert "Erased on" in says(signed_in(here.lead).get(on(here.line, "show")))
