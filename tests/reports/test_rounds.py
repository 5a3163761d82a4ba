"""A duty of the reporting calendar names the report by which it was done."""

import datetime as dt

import pytest

from boroughs.actions.duties import record_round
from boroughs.policies import Refused
from boroughs.rows import acting_as
from reports.actions.rounds import do_by_report
from reports.models import ReportedRound
from tests.boroughs.pages import address, deeds, says, signed_in
from tests.factories import World


def duty_page(world: World) -> str:
    return address("boroughs:duty-show", world.here.borough, world.here.duty.pk)


def test_the_report_stands_beside_the_duty_and_can_be_taken_back(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    assert f"Report: {here.report.title}" in says(client.get(duty_page(world)))
    with acting_as(here.coordinator.pk):
        round = here.duty.rounds.get()
    named = address("reports:round-report", here.borough, here.duty.pk, round.pk)
    assert client.post(named, {"report": ""}).status_code == 302
    assert "Report: Prevent" not in says(client.get(duty_page(world)))
    assert client.post(named, {"report": str(here.report.pk)}).status_code == 302
    assert f"Report: {here.report.title}" in says(signed_in(here.lead).get(duty_page(world)))
    assert deeds(here)[-2:] == ["duty.reported", "duty.reported"]
    theirs = {"report": str(world.there.report.pk)}
    assert client.post(named, theirs).status_code == 200


def test_what_was_missed_was_done_by_no_report(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        here.duty.refresh_from_db()
        record_round(duty=here.duty, done_on=None, note="No quorum", seen=here.duty.version, by=by)
        missed = here.duty.rounds.get(done_on=None)
        with pytest.raises(Refused, match="This was missed"):
            do_by_report(round=missed, report=here.report, by=by)
        assert ReportedRound.objects.filter(round__due=dt.date(2019, 7, 31)).count() == 1
    named = address("reports:round-report", here.borough, here.duty.pk, missed.pk)
    assert signed_in(by).get(named).status_code == 404
