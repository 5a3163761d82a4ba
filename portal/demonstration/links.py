"""Saying which paper belongs to which record, which report did a duty, and which action answers what was asked."""

import json
from typing import Any

from accounts.models import User
from boroughs.actions.linked_actions import link_plan_action
from boroughs.models import Action, Borough, DutyRound, Recommendation
from boroughs.rows import acting_as
from papers.actions.uses import link_paper
from papers.models import Paper
from reports.actions.rounds import do_by_report

from . import FOLDER

Data = dict[str, Any]


def load() -> None:
    shipped = json.loads((FOLDER / "links.json").read_text(encoding="utf-8"))
    for kind, link in {"papers": _paper, "duties": _duty, "actions": _action}.items():
        for row in shipped[kind]:
            borough = Borough.objects.get(gss_code=row["borough"])
            by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
            with acting_as(by.pk):
                link(borough, row, by)


def _paper(borough: Borough, row: Data, by: User) -> None:
    strategy = borough.strategies.get(title=row["record"])
    paper = Paper.objects.get(borough=borough, title=row["paper"])
    link_paper(paper=paper, kind="strategy", to=strategy, by=by)


def _duty(borough: Borough, row: Data, by: User) -> None:
    done = DutyRound.objects.get(duty__borough=borough, duty__title=row["duty"], due=row["due"])
    do_by_report(round=done, report=borough.reports.latest("started_at"), by=by)


def _action(borough: Borough, row: Data, by: User) -> None:
    asked = Recommendation.objects.get(
        review__borough=borough, review__title=row["review"], number=row["number"]
    )
    action = Action.objects.get(plan__strategy__borough=borough, title=row["action"])
    link_plan_action(recommendation=asked, action=action, by=by)
