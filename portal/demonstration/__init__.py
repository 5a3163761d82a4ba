"""What `load_demonstration` puts into a local run: published facts in our own words, invented people.

`boroughs.json`: `administrator` {name, post, email} and `boroughs`, each with `gss` (names, kind and
governance come from `boroughs.register`), `colour`, `house_style`, `toolkit` {version, since},
`clear_days`, `marking` and `contact` (empty: left for the lead to set), `funding` [{year, status,
source}], `committees` [{name, kind, regime, remit, meetings, seats}] and `people` [{role, name, post,
email}], the first of a role being the one who acts. A seat names its holder by `role`. A meeting that is `illustrative` never took place.

`thurrock_2019.json`: `assessments`, earliest first, each with `ratings` [{benchmark, level, actions,
comment}] by keys of the toolkit and its scale (`level` null: not rated), and the `report` on the
assessment that ends on `report.assessment`.

`report_*.json`: the other councils' reports, each with the `source` (title, council, committee, day), what the `front` says,
`texts` keyed by the house style's sections (a line such as [[risks]] is a live block), what is `not_needed`, the sections that are
`closed` (what `close` is told, and the `readers` by role) and as `appendices` the titles of papers in their order.

`decisions.json`: what meetings decided on these reports, all of it made up, with the `steps` after it, `requests` and their
`answers`; rules on `call_in`; and an `invented` cabinet’s report with its decision of September 2020.

`papers.json`: papers of a borough's meeting, each with the role that adds it, its pages as lines, and for a closed one
what `close` is told and the roles that are put on its list.

`boards.json`: boards with `source` (the report and its date), what is `illustrative` of them, `reports_to` by name,
`members` and `meetings` (organisations that were `absent`). A board of `boroughs.json` is changed, another added.

`strategies.json`: strategies with `source` and what is `illustrative` of them, what each `replaces` by title, its
`priorities` in order with their `areas`, a `plan` whose actions name their priority by number, and `closed`: the
title of the closed paper under whose closure it stands.

`reviews.json`: reviews with `source`, what is `illustrative` of them, and `recommendations` with their answer and `steps`; a
committee's meeting is named by the committee and its day. `risks.json`: risks, each marked as `illustrative`.

`duties.json`: reporting duties with `source`, what is `illustrative`, and `rounds` (each `due`, `done_on`, its meeting or a note).

`figures.json`: figures of a borough's period by the indicator's key, each period with the `source` (the report and its
date) and what is `illustrative` of it; and what a borough publishes.

`funding.json`: funding lines with `source`, what is `illustrative`, the `steps` each went through, and for a closed amount the
paper under whose closure it stands (`together`).

`registers.json`: `received` with its `briefings`, `policies` and `impacts` (of a strategy by its title, or of something else), each
with `source` and what is `illustrative`.

`links.json`: which paper belongs to which strategy, which duty the borough's report did, and which action of a plan is done for
what was asked (by the title of the review and the number in it).

`activities.json`: what was delivered, planned or cancelled, with `source`, what is `illustrative`, its `counts` one a line, and
the `figures` it led to, by period and keys.

`today.json`: what makes the front pages live, all of it invented: a strategy with actions, duties and a round to rate whose days are
counted from the day of loading, the figures a borough shows, and reminders every Monday.

`invented.json`: `authorities` that do not exist, with `people` who keep or observe all of them; its own note says the rest.

`rounds.json`: `barnet`, remarks on benchmarks without a rating, and `invented`, an authority with people in every role, its
quarters (each benchmark's level, comment and actions), what they rest on, peers, and a statement about its Channel panel.

In all, a word for a choice is the value the model stores, and dates are ISO dates or null.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PASSWORD = "demonstration-only-2019"  # noqa: S105 - everybody's, printed on purpose; refused outside a local run


def boroughs() -> dict[str, Any]:
    """The boroughs with their people, committees and meetings."""
    return _read("boroughs.json")


def thurrock() -> dict[str, Any]:
    """Thurrock's assessment of July 2019, and the report."""
    return _read("thurrock_2019.json")


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return data
