"""When a decision of an executive may be called in, and when it takes effect: pure."""

import datetime as dt
from dataclasses import dataclass

from .clear_days import day_after, in_words
from .models import CallInRule, Committee, GovernanceModel

EXECUTIVE = {Committee.Kind.CABINET, Committee.Kind.ONE_PERSON}
ARRANGEMENTS = {GovernanceModel.Form.LEADER, GovernanceModel.Form.MAYOR}


@dataclass(frozen=True)
class CallIn:
    """The window in which a decision may be called in. Without a `last_day` there is none, or it has not begun."""

    sentence: str
    last_day: dt.date | None = None
    effective_on: dt.date | None = None


def why_no_call_in(kind: str, form: str) -> str | None:
    """Of which body, under which governance model, decisions are not called in."""
    if kind not in EXECUTIVE:
        return "Only decisions of the executive can be called in."
    if form not in ARRANGEMENTS:
        return "Call-in exists only under a leader or mayor with a cabinet."
    return None


def call_in(
    rule: CallInRule, *, nation: str, decided_on: dt.date, published_on: dt.date | None
) -> CallIn:
    """By the rule that held when it was decided. The day on which it starts does not count."""
    start = decided_on if rule.starts == CallInRule.Starts.DECISION else published_on
    if start is None:
        return CallIn("It can be called in once it is published: the days count from then.")
    working = rule.counted == CallInRule.Counted.WORKING
    last = day_after(start, rule.days, working=working, nation=nation)
    if rule.until:
        sentence = f"Subject to call-in until {_clock(rule.until)} on {in_words(last)}. It takes effect then if it is not called in."
        return CallIn(sentence, last, last)
    effective = day_after(last, 1, working=working, nation=nation)
    sentence = f"Subject to call-in until {in_words(last)}. It takes effect on {in_words(effective)} if it is not called in."
    return CallIn(sentence, last, effective)


def exempt(decided_on: dt.date) -> CallIn:
    """Urgent: it cannot be called in."""
    sentence = f"It is urgent and cannot be called in: it took effect on {in_words(decided_on)}."
    return CallIn(sentence, effective_on=decided_on)


def _clock(time: dt.time) -> str:
    """Noon, 5pm, 4.30pm."""
    if time == dt.time(12):
        return "noon"
    minutes = f"{time:.%M}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"
