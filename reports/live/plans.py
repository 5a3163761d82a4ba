"""Blocks from strategies and delivery plans."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from boroughs.models import Action, Consultation, Priority, Strategy
from boroughs.policies import day
from reports.models import Report

from .piece import Chart, Live, Piece, invented, table


def _adopted(report: Report) -> list[Strategy]:
    """Those in force that everybody may read."""
    rows = Strategy.objects.filter(borough=report.borough, state=Strategy.State.ADOPTED)
    return list(rows.open_to_all().order_by("starts_on", "title", "pk"))


def _actions(strategies: list[Strategy]) -> list[Action]:
    """Of their newest adopted or working plans, in the plan's order; what was carried forward counts where it is now."""
    rows = Action.objects.filter(plan__strategy__in=strategies, carried_to=None)
    return list(rows.in_order())


def priorities(report: Report) -> Piece:
    strategies = _adopted(report)
    rows = Priority.objects.filter(strategy__in=strategies).prefetch_related("areas")
    lines = [(priority.title, _beneath(priority)) for priority in rows]
    if not lines:
        return Piece("No adopted strategy with priorities is open to the public.")
    named = " and ".join(f"“{strategy.title}”" for strategy in strategies)
    return Piece(f"The priorities of {named}:", lines=lines, illustrative=invented(strategies))


def _beneath(priority: Priority) -> list[str]:
    """Its areas; what it is about where it has none."""
    areas = [area.title for area in priority.areas.all()]
    return areas or [line for line in [priority.about] if line]


def progress(report: Report) -> Piece:
    return _progress(report)


def progress_drawn(report: Report) -> Piece:
    return _progress(report, drawn=True)


def _progress(report: Report, *, drawn: bool = False) -> Piece:
    strategies = _adopted(report)
    actions = _actions(strategies)
    if not actions:
        return Piece("No delivery plan with actions is open to the public.")
    today = timezone.localdate()
    states = list(Action.State)
    rows = [
        [title, *_counted(own, states), _overdue(own, today)]
        for title, own in _by_priority(actions)
    ]
    if len(rows) > 1:
        rows.append(["All", *_counted(actions, states), _overdue(actions, today)])
    done = sum(action.state == Action.State.COMPLETE for action in actions)
    return table(
        f"{done} of {len(actions)} actions of the delivery plan are complete.",
        "Actions of the delivery plan by priority",
        ["Priority", *(state.label for state in states), "Overdue"],
        rows,
        illustrative=invented(strategies),
        charts=[_chart(actions)] if drawn else [],
    )


def _chart(actions: list[Action]) -> Chart:
    rows = []
    for title, own in _by_priority(actions):
        done = sum(action.state == Action.State.COMPLETE for action in own)
        said = f"{done} of {len(own)} complete"
        rows.append({"label": title, "said": said, "number": done / len(own), "of": 1})
    return Chart("bars", "Actions that are complete, by priority", rows)


def _by_priority(actions: Iterable[Action]) -> list[tuple[str, list[Action]]]:
    found: dict[str, list[Action]] = {}
    for action in actions:
        title = action.priority.title if action.priority else "Under no priority"
        found.setdefault(title, []).append(action)
    return list(found.items())


def _counted(actions: Iterable[Action], states: list[Action.State]) -> list[str]:
    counts = Counter(action.state for action in actions)
    return [str(counts[state]) for state in states]


def _overdue(actions: Iterable[Action], today: date) -> str:
    return str(sum(action.is_overdue(today) for action in actions))


def overdue(report: Report) -> Piece:
    strategies, today = _adopted(report), timezone.localdate()
    late = [action for action in _actions(strategies) if action.is_overdue(today)]
    if not late:
        return Piece(f"No action was overdue on {day(today)}.")
    rows = [
        [action.title, action.owner_post or action.organisation, day(action.due_on) if action.due_on else "", action.get_state_display()]
        for action in sorted(late, key=lambda action: action.due_on or today)
    ]  # fmt: skip
    lead = f"{len(late)} action{'s were' if len(late) > 1 else ' was'} overdue on {day(today)}."
    head = ["Action", "Who", "Due", "State"]
    return table(lead, "Overdue actions", head, rows, illustrative=invented(strategies))


def consultation(report: Report) -> Piece:
    strategies = _adopted(report)
    asked = list(Consultation.objects.filter(strategy__in=strategies))
    if not asked:
        because = [
            strategy.consultation_none for strategy in strategies if strategy.consultation_none
        ]
        return Piece(" ".join(because) or "No consultation is recorded.")
    rows = [[one.who, _when(one), one.how, one.outcome] for one in asked]
    lead = "Who was asked about the strategy, and what came of it."
    head = ["Who", "When", "How", "What came of it"]
    return table(lead, "Consultation", head, rows, illustrative=invented(strategies))


def _when(asked: Consultation) -> str:
    days = [day(each) for each in (asked.since, asked.until) if each]
    return " to ".join(dict.fromkeys(days))


BLOCKS = (
    Live("priorities", "Priorities and areas of focus", priorities),
    Live("plan progress", "Progress of the delivery plan", progress),
    Live(
        "plan chart", "Progress of the delivery plan, with a bar for each priority", progress_drawn
    ),
    Live("overdue actions", "Overdue actions", overdue),
    Live("consultation", "Who was consulted", consultation),
)
