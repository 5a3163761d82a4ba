"""Call-in: from which day, for how long, until which hour, and when a decision takes effect."""

import datetime as dt
from typing import Any

import pytest

from boroughs.call_in import call_in, exempt, why_no_call_in
from boroughs.models import CallInRule
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import World

DECIDED = dt.date(2020, 9, 22)  # a Tuesday


def rule(**said: Any) -> CallInRule:
    return CallInRule(**{"starts": "decision", "days": 5, "counted": "working", **said})


def window(of: CallInRule, decided: dt.date = DECIDED, published: dt.date | None = None) -> Any:
    found = call_in(of, nation="england", decided_on=decided, published_on=published)
    return str(found.last_day), str(found.effective_on)


@pytest.mark.parametrize(
    ("of", "decided", "published", "expected"),
    [
        # Bracknell Forest: five working days
        (rule(), DECIDED, None, ("2020-09-29", "2020-09-30")),
        # Merton: noon on the third working day
        (rule(days=3, until=dt.time(12)), DECIDED, None, ("2020-09-25", "2020-09-25")),
        # from its publication, two days later
        (rule(starts="publication"), DECIDED, dt.date(2020, 9, 24), ("2020-10-01", "2020-10-02")),
        (rule(counted="calendar"), DECIDED, None, ("2020-09-27", "2020-09-28")),
        # over Christmas and New Year
        (rule(), dt.date(2019, 12, 23), None, ("2020-01-02", "2020-01-03")),
        # a last day on a Friday: it takes effect on the next working day
        (rule(days=3), DECIDED, None, ("2020-09-25", "2020-09-28")),
    ],
)
def test_the_last_day_and_the_day_it_takes_effect(
    of: CallInRule, decided: dt.date, published: dt.date | None, expected: tuple[str, str]
) -> None:
    assert window(of, decided, published) == expected


def test_it_is_said_in_a_sentence() -> None:
    whole = call_in(rule(), nation="england", decided_on=DECIDED, published_on=None)
    assert whole.sentence == (
        "Subject to call-in until Tuesday 29 September 2020. "
        "It takes effect on Wednesday 30 September 2020 if it is not called in."
    )
    for time, words in (
        ((12, 0), "noon"),
        ((17, 0), "5pm"),
        ((16, 30), "4.30pm"),
        ((9, 5), "9.05am"),
    ):
        of = rule(days=3, until=dt.time(*time))
        found = call_in(of, nation="england", decided_on=DECIDED, published_on=None)
        assert found.sentence.startswith(
            f"Subject to call-in until {words} on Friday 25 September 2020."
        )


def test_before_its_publication_nothing_is_counted_from_it() -> None:
    of = rule(starts="publication")
    found = call_in(of, nation="england", decided_on=DECIDED, published_on=None)
    assert (found.last_day, found.effective_on) == (None, None)
    assert "once it is published" in found.sentence


def test_what_is_urgent_takes_effect_at_once() -> None:
    assert exempt(DECIDED).effective_on == DECIDED
    assert exempt(DECIDED).last_day is None


@pytest.mark.parametrize(
    ("kind", "form", "why"),
    [
        ("cabinet", "leader_cabinet", None),
        ("one_person", "mayor_cabinet", None),
        ("overview_scrutiny", "leader_cabinet", "Only decisions of the executive"),
        ("partnership_board", "leader_cabinet", "Only decisions of the executive"),
        ("cabinet", "committee", "only under a leader or mayor"),
        ("cabinet", "unknown", "only under a leader or mayor"),
    ],
)
def test_only_decisions_of_an_executive_are_called_in(
    kind: str, form: str, why: str | None
) -> None:
    found = why_no_call_in(kind, form)
    assert found is None if why is None else why in str(found)


# -- The council's rule ------------------------------------------------------------------------------
MERTON = {"starts": "decision", "days": "3", "counted": "working", "until": "12:00"}
MERTON |= {"members": "3", "urgency": "Chair of scrutiny", "source": "Constitution, part 4E"}


def test_democratic_services_set_the_rule_and_the_one_before_stays(world: World) -> None:
    here, client = world.here, signed_in(world.here.democratic)
    page = address("boroughs:committee-call-in", here.borough)
    assert client.post(page, MERTON | date("since", "2020-04-01")).status_code == 302
    said = says(client.get(page))
    assert "3 working days after the day of the decision, until 12:00 on the last day" in said
    assert "3 members call a decision in" in said
    assert "5 working days after the day of the decision" in said
    assert deeds(here)[-1] == "call-in.set"
    with acting_as(here.lead.pk):
        rules = here.borough.call_in_rules
        days = [rules.in_force(dt.date(*day)) for day in ((2019, 7, 4), (2020, 4, 1))]
        assert [rule and rule.days for rule in days] == [5, 3]
        assert rules.in_force(dt.date(2019, 4, 30)) is None
        assert rules.all()[0].until == dt.time(12)
        assert CallInRule.objects.filter(borough=here.borough).update(days=9) == 0


def test_a_rule_is_filled_in_badly(world: World) -> None:
    page = address("boroughs:committee-call-in", world.here.borough)
    client = signed_in(world.here.lead)
    said = MERTON | date("since", "") | {"days": "31", "until": "noon"}
    assert problems(client.post(page, said)) == [
        "Enter from",
        "How many days must be 30 or less",
        "Enter the time as hours and minutes, such as 12:00",
    ]
    assert signed_in(world.here.coordinator).get(page).status_code == 403
