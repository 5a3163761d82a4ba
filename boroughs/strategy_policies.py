"""May this be done with a strategy now: the reason why not, or None. Transitions are data."""

import datetime as dt
from collections.abc import Iterable

from .models import Committee, Meeting, Strategy
from .policies import day
from .register_policies import why_not_yet

State = Strategy.State
TRANSITIONS: dict[str, frozenset[State]] = {
    State.DRAFT: frozenset({State.CONSULTATION, State.ADOPTED, State.SUPERSEDED, State.WITHDRAWN}),
    State.CONSULTATION: frozenset({State.DRAFT, State.ADOPTED, State.SUPERSEDED, State.WITHDRAWN}),
    State.ADOPTED: frozenset({State.SUPERSEDED, State.WITHDRAWN}),
    State.SUPERSEDED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
STATES = {
    State.DRAFT: "a draft",
    State.CONSULTATION: "out for consultation",
    State.ADOPTED: "adopted",
    State.SUPERSEDED: "superseded",
    State.WITHDRAWN: "withdrawn",
}


def next_states(strategy: Strategy) -> list[State]:
    """Where it may go from here by a word alone: adoption has a page of its own."""
    return [state for state in State if state in TRANSITIONS[strategy.state] - {State.ADOPTED}]


def why_not_move(strategy: Strategy, to: str) -> str | None:
    """From draft through consultation to adoption, and out by withdrawal or by a newer strategy."""
    now = State(strategy.state)
    if to not in TRANSITIONS[now]:
        return f"This strategy is {STATES[now]}. It cannot become {STATES[State(to)]}."
    if to == State.SUPERSEDED and not strategy.replaced_by.exists():
        return "No strategy replaces this one. Say on the newer strategy first that it does."
    return None


def why_not_keep(strategy: Strategy) -> str | None:
    """What is over stays as it was, with everything under it."""
    if strategy.is_over:
        return (
            f"This strategy is {STATES[State(strategy.state)]}. It and its plans stay as they are."
        )
    return None


def why_not_change(strategy: Strategy) -> str | None:
    """The words that were adopted are changed by an amendment, never in passing."""
    if strategy.state == State.ADOPTED:
        return "This strategy is adopted. Its words are changed by an amendment."
    return why_not_keep(strategy)


def why_not_amend(strategy: Strategy) -> str | None:
    """Only an adopted strategy, by whoever the adopting body delegated it to."""
    if strategy.state != State.ADOPTED:
        return why_not_keep(strategy) or "This strategy is not adopted yet. Change it instead."
    if not strategy.delegated_to:
        return "Say first who may amend it under delegated authority, under “How it is kept”."
    return None


def why_not_adopt(strategy: Strategy) -> str | None:
    """Whoever adopts it wants to know who was asked."""
    if why := why_not_move(strategy, State.ADOPTED):
        return why
    if not strategy.consultation_none and not strategy.consultations.exists():
        return "Say first who was consulted, or why nobody was."
    return None


def why_not_adopted_there(
    strategy: Strategy, committee: Committee, meeting: Meeting | None, on: dt.date
) -> str | None:
    """A meeting is of the body that adopts, on its day, which has come, and not after the strategy has ended."""
    if meeting and meeting.committee_id != committee.pk:
        return f"This meeting is not one of the {committee}. Choose one of its own, or none."
    if meeting and meeting.date != on:
        return f"The meeting was on {day(meeting.date)}. Enter that day, or choose another meeting."
    if on > strategy.ends_on:
        return f"The strategy ends on {day(strategy.ends_on)}. It is adopted before that."
    return why_not_yet(on)


def why_not_amended_on(strategy: Strategy, on: dt.date) -> str | None:
    """Between its adoption and today."""
    if strategy.adopted_on and on < strategy.adopted_on:
        return "An amendment is decided after the adoption."
    return why_not_yet(on)


def why_not_govern(board: Committee | None, reports_to: str) -> str | None:
    """Nobody reports to themselves."""
    if board and reports_to.strip().casefold() == board.name.casefold():
        return f"The {board} owns the strategy and does not report to itself. Name the body above it, or leave this empty."
    return None


def why_not_period(starts_on: dt.date, ends_on: dt.date) -> str | None:
    """It ends after it began."""
    if ends_on < starts_on:
        return f"A strategy ends after it begins. Enter {day(starts_on)} or a later day."
    return None


def why_not_replace(
    starts_on: dt.date, former: Strategy | None, *, of: Strategy | None = None
) -> str | None:
    """Succession runs in one direction, through the years."""
    if former is None:
        return None
    if of and former.pk == of.pk:
        return "A strategy does not replace itself."
    if of and former.succeeds(of):
        return f"{former} replaces this strategy already, directly or through others. Only one can come after the other."
    if former.starts_on > starts_on:
        return f"{former} begins on {day(former.starts_on)}, later than this strategy. A strategy replaces an older one."
    return None


def why_not_link(strategy: Strategy, linked: Strategy | None, title: str) -> str | None:
    """Another strategy, named once: one of the portal or a title."""
    if linked and title:
        return "Choose a strategy or type a title, not both."
    if not linked and not title:
        return "Choose a strategy of the portal, or type the title of another."
    if linked and linked.pk == strategy.pk:
        return "A strategy is not linked with itself."
    if linked and strategy.links.filter(linked=linked).exists():
        return f"{linked} is linked already."
    return None


def why_not_consulted(since: dt.date | None, until: dt.date | None) -> str | None:
    """It ends after it began."""
    if since and until and until < since:
        return f"A consultation ends after it began. Enter {day(since)} or a later day."
    return None


def why_not_say_nobody(strategy: Strategy) -> str | None:
    """Nobody was consulted, or somebody was."""
    if strategy.consultations.exists():
        return "The log names who was consulted. Take those lines away first if nobody was."
    return why_not_keep(strategy)


def family_of(strategy: Strategy, visible: Iterable[Strategy]) -> list[Strategy]:
    """The strategies that came before and after it, of those the visitor may see, oldest first."""
    rows = {row.pk: row for row in visible}
    found, waiting = {strategy.pk}, [strategy.pk]
    while waiting:
        here = waiting.pop()
        near = {row.pk for row in rows.values() if row.replaces_id == here}
        former = rows[here].replaces_id if here in rows else None
        near |= {former} if former in rows else set()
        waiting += near - found
        found |= near
    return sorted(
        (row for row in rows.values() if row.pk in found), key=lambda r: (r.starts_on, str(r.pk))
    )
