"""Keeping strategies: their words, who adopted them, and what became of them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.closed_words import forget, remember, under
from boroughs.actions.saving import save_over
from boroughs.models import (
    AmendedText,
    Amendment,
    Borough,
    Closure,
    Committee,
    Consultation,
    LinkedStrategy,
    Meeting,
    Strategy,
)
from boroughs.plan_policies import why_not_plan_outside
from boroughs.policies import Refused
from boroughs.strategy_policies import (
    why_not_adopt,
    why_not_adopted_there,
    why_not_amend,
    why_not_amended_on,
    why_not_change,
    why_not_consulted,
    why_not_govern,
    why_not_keep,
    why_not_link,
    why_not_move,
    why_not_period,
    why_not_replace,
    why_not_say_nobody,
)


def _alone_with(strategy: Strategy) -> Strategy:
    """The strategy as it is now; rules are asked while nobody else may change it."""
    return Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)


def _refuse(why: str | None, field: str = "") -> None:
    if why:
        raise Refused(why, field=field)


def _done(deed: str, strategy: Strategy, *, by: User, **facts: Any) -> None:
    record(deed, by=by, borough_id=strategy.borough_id, subject=strategy, **facts)


@transaction.atomic
def start_strategy(
    *,
    borough: Borough,
    title: str,
    starts_on: dt.date,
    ends_on: dt.date,
    replaces: Strategy | None = None,
    by: User,
    **said: Any,
) -> Strategy:
    """A new draft. Raises Refused when its period runs backwards or what it replaces begins later."""
    _refuse(why_not_period(starts_on, ends_on), "ends_on")
    _refuse(why_not_replace(starts_on, replaces), "replaces")
    strategy = Strategy.objects.create(
        borough=borough,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        replaces=replaces,
        changed_by=by,
        **said,
    )
    facts = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    _done("strategy.added", strategy, by=by, **facts)
    return strategy


@transaction.atomic
def change_strategy(*, strategy: Strategy, seen: int, by: User, **said: Any) -> None:
    """Other words for a draft. Raises Refused once it is adopted, and ChangedMeanwhile."""
    held = _alone_with(strategy)
    _refuse(why_not_change(held))
    _refuse_period(held, said["starts_on"], said["ends_on"])
    save_over(strategy, **said, seen=seen, by=by)
    remember(strategy.closure, strategy)
    _done("strategy.changed", strategy, by=by)


def _refuse_period(strategy: Strategy, starts_on: dt.date, ends_on: dt.date) -> None:
    _refuse(why_not_period(starts_on, ends_on), "ends_on")
    former = strategy.replaces if strategy.replaces_id else None
    _refuse(why_not_replace(starts_on, former, of=strategy), "starts_on")
    _refuse(why_not_plan_outside(strategy, starts_on, ends_on), "ends_on")


@transaction.atomic
def govern_strategy(*, strategy: Strategy, seen: int, by: User, **said: Any) -> None:
    """How it is kept: its board, what its levels are called, what it replaces. Raises Refused and ChangedMeanwhile.

    Without `replaces` it goes on replacing what it replaced.
    """
    held = _alone_with(strategy)
    _refuse(why_not_keep(held))
    if "replaces" in said:
        _refuse(why_not_replace(held.starts_on, said["replaces"], of=held), "replaces")
    _refuse(why_not_govern(said.get("owning_board"), said.get("reports_to", "")), "reports_to")
    save_over(strategy, **said, seen=seen, by=by)
    remember(strategy.closure, strategy)
    _done("strategy.governed", strategy, by=by)


@transaction.atomic
def move_strategy(*, strategy: Strategy, to: str, reason: str = "", by: User) -> None:
    """Out for consultation, back to a draft, withdrawn or superseded. Raises Refused."""
    held = _alone_with(strategy)
    _refuse(why_not_move(held, to), "to")
    if to == Strategy.State.WITHDRAWN and not reason:
        raise Refused("Say why it is withdrawn.", field="reason")
    _set_state(strategy, to, by=by, state_reason=reason)
    _done("strategy.moved", strategy, by=by, state=to)


def _set_state(strategy: Strategy, state: str, *, by: User, **said: Any) -> None:
    said |= {"state": state, "state_since": timezone.now()}
    save_over(strategy, **said, seen=_alone_with(strategy).version, by=by)
    remember(strategy.closure, strategy)


@transaction.atomic
def adopt_strategy(
    *,
    strategy: Strategy,
    adopted_by: Committee,
    adopted_on: dt.date,
    meeting: Meeting | None = None,
    recommendation: str = "",
    by: User,
) -> None:
    """Raises Refused when it is not ready, or the meeting is another body's or on another day."""
    held = _alone_with(strategy)
    _refuse(why_not_adopt(held))
    field = "meeting" if meeting else "adopted_on"
    _refuse(why_not_adopted_there(held, adopted_by, meeting, adopted_on), field)
    _set_state(
        strategy,
        Strategy.State.ADOPTED,
        by=by,
        adopted_by=adopted_by,
        adopted_on=adopted_on,
        meeting=meeting,
        recommendation=recommendation,
        state_reason="",
    )
    _done(
        "strategy.adopted", strategy, by=by, committee=str(adopted_by.pk), on=adopted_on.isoformat()
    )


@transaction.atomic
def amend_strategy(
    *,
    strategy: Strategy,
    texts: Mapping[str, Any],
    decided_on: dt.date,
    decided_by: str,
    consulted: str,
    reason: str,
    decision_record: str,
    seen: int,
    by: User,
) -> Amendment:
    """Other words for an adopted strategy, with who decided it and why; what changed is kept beside what it was.

    Raises Refused when nothing changed or nobody holds the authority, and ChangedMeanwhile.
    """
    held = _alone_with(strategy)
    _refuse(why_not_amend(held))
    _refuse_period(held, texts["starts_on"], texts["ends_on"])
    _refuse(why_not_amended_on(held, decided_on), "decided_on")
    changed = {key: (getattr(held, key), new) for key, new in texts.items()}
    changed = {key: pair for key, pair in changed.items() if pair[0] != pair[1]}
    if not changed and held.version == seen:
        raise Refused("Nothing was changed. Change the words that the decision changed.")
    save_over(strategy, **texts, seen=seen, by=by)
    amendment = Amendment.objects.create(
        strategy=strategy,
        number=strategy.amendments.count() + 1,
        decided_on=decided_on,
        decided_by=decided_by,
        consulted=consulted,
        reason=reason,
        decision_record=decision_record,
        by=by,
    )
    texts_amended = [
        AmendedText(amendment=amendment, key=key, before=str(was), after=str(now))
        for key, (was, now) in changed.items()
    ]
    AmendedText.objects.bulk_create(texts_amended)
    remember(strategy.closure, strategy, amendment, *texts_amended)
    _done("strategy.amended", strategy, by=by, number=amendment.number, texts=sorted(changed))
    return amendment


# -- Consultation --------------------------------------------------------------------------------------
@transaction.atomic
def log_consultation(*, strategy: Strategy, by: User, **said: Any) -> Consultation:
    """A line of the log. Raises Refused when it ends before it began."""
    _refuse(why_not_keep(_alone_with(strategy)))
    _refuse(why_not_consulted(said["since"], said["until"]), "until")
    Strategy.objects.filter(pk=strategy.pk).update(consultation_none="")
    line = Consultation.objects.create(strategy=strategy, changed_by=by, **said)
    remember(strategy.closure, line)
    _done("consultation.logged", strategy, by=by)
    return line


@transaction.atomic
def change_consultation(*, line: Consultation, seen: int, by: User, **said: Any) -> None:
    """Raises Refused when it ends before it began, and ChangedMeanwhile."""
    _refuse(why_not_keep(_alone_with(line.strategy)))
    _refuse(why_not_consulted(said["since"], said["until"]), "until")
    save_over(line, seen=seen, by=by, **said)
    remember(line.strategy.closure, line)
    _done("consultation.changed", line.strategy, by=by)


@transaction.atomic
def remove_consultation(*, line: Consultation, by: User) -> None:
    """Take a line out of the log."""
    _refuse(why_not_keep(_alone_with(line.strategy)))
    forget(line.strategy.closure, line)
    line.delete()
    _done("consultation.removed", line.strategy, by=by)


@transaction.atomic
def say_nobody_was_consulted(
    *, strategy: Strategy, consultation_none: str, seen: int, by: User
) -> None:
    """Why nobody was. Raises Refused while the log names somebody, and ChangedMeanwhile."""
    held = _alone_with(strategy)
    _refuse(why_not_say_nobody(held))
    save_over(strategy, consultation_none=consultation_none, seen=seen, by=by)
    remember(strategy.closure, strategy)
    _done("consultation.none", strategy, by=by)


# -- Links, closing --------------------------------------------------------------------------------------
@transaction.atomic
def link_strategy(
    *, strategy: Strategy, linked: Strategy | None, title: str, about: str = "", by: User
) -> LinkedStrategy:
    """Raises Refused when it is named twice or not at all."""
    _refuse(why_not_keep(_alone_with(strategy)))
    _refuse(why_not_link(strategy, linked, title), "title" if title else "linked")
    link = LinkedStrategy.objects.create(strategy=strategy, linked=linked, title=title, about=about)
    remember(strategy.closure, link)
    _done("strategy.linked", strategy, by=by)
    return link


@transaction.atomic
def unlink_strategy(*, link: LinkedStrategy, by: User) -> None:
    forget(link.strategy.closure, link)
    link.delete()
    _done("strategy.unlinked", link.strategy, by=by)


@transaction.atomic
def close_strategy(*, strategy: Strategy, closure: Closure, by: User) -> None:
    """Let the strategy and everything under it point at the closure. Raises Refused when it is closed already."""
    held = _alone_with(strategy)
    if held.closure_id and held.is_closed:
        raise Refused("This strategy is closed already.")
    save_over(strategy, closure=closure, seen=held.version, by=by)
    remember(closure, *under(strategy))
    _done("strategy.closed", strategy, by=by)


@transaction.atomic
def note_reading(*, strategy: Strategy, by: User, as_member: bool) -> None:
    """A closed strategy was read; a member's reading is for the monitoring officer alone."""
    _done("strategy.read", strategy, by=by, members_reading=as_member)
