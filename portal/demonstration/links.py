"""Saying which paper belongs to which record, and which report did a duty."""

import json
from typing import Any

from accounts.models import User
from boroughs.models import Borough, DutyRound
from boroughs.rows import acting_as
from papers.actions.uses import link_paper
from papers.models import Paper
from reports.actions.rounds import do_by_report

from . import FOLDER

Data = dict[str, Any]


def load() -> None:
    shipped = json.loads((FOLDER / "links.json").read_text(encoding="utf-8"))
    for rows, link in ((shipped["papers"], _paper), (shipped["duties"], _duty)):
        for row in rows:
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
