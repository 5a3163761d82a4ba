"""Actions of delivery plans, and strategies that come to their end."""

import datetime as dt

from django.db.models import Q

from boroughs.models import Action, Strategy
from boroughs.models.plan import ActionQuerySet
from boroughs.plan_policies import own_organisations
from boroughs.roles import Perm

from .shape import Reader, Rows, Sort, When, arm, closed_by, fan

SOON = dt.timedelta(days=30)
ENDING = dt.timedelta(days=90)
REPORT = ("boroughs:action-report", ("under", "key"))

OVERDUE = Sort("action-overdue", "Actions past their day", *REPORT)
QUIET = Sort("action-quiet", "Actions without news", *REPORT, When.SINCE)
COMING = Sort("action-ahead", "Actions due soon", *REPORT, ahead=True)
ENDED = Sort(
    "strategy-ending",
    "Strategies at their end",
    "boroughs:strategy-show",
    when=When.ON,
    say=lambda title, _: f"{title}: adopt the next one, or say what becomes of it",
)
SORTS = (OVERDUE, QUIET, ENDED, COMING)


def arms(reader: Reader, most: int) -> list[Rows]:
    found: list[Rows] = []
    if {Perm.KEEP_RECORD, Perm.UPDATE_OWN_ACTIONS} & reader.granted:
        found.append(_of_actions(reader, most))
    if Perm.KEEP_RECORD in reader.granted:
        over = Strategy.objects.filter(borough=reader.borough, state=Strategy.State.ADOPTED)
        over = over.filter(reader.may_see(), ends_on__lte=reader.today + ENDING)
        closed = closed_by("closure")
        found.append(arm(ENDED, over, title="title", due="ends_on", closed=closed, most=most))
    return found


def _of_actions(reader: Reader, most: int) -> Rows:
    """What is past its day is that, and not without news besides."""
    today = reader.today
    return fan(
        _to_do(reader).with_news(),
        (OVERDUE, Q(due_on__lt=today), "due_on"),
        (COMING, Q(due_on__range=(today, today + SOON)), "due_on"),
        (QUIET, Q(news_on__lt=today - dt.timedelta(days=Action.QUIET_AFTER)), "news_on"),
        title="title",
        under="plan",
        closed=closed_by("plan__strategy__closure"),
        most=most,
    )


def _to_do(reader: Reader) -> ActionQuerySet:
    """Unfinished ones of strategies that go on: every one for who keeps the plan, a contributor's own organisation's."""
    seen = reader.may_see("plan__strategy__")
    actions = Action.objects.filter(seen, plan__strategy__borough=reader.borough)
    actions = actions.unfinished().filter(carried_to=None)
    over = (Strategy.State.SUPERSEDED, Strategy.State.WITHDRAWN)
    actions = actions.exclude(plan__strategy__state__in=over)
    if Perm.KEEP_RECORD in reader.granted:
        return actions
    return actions.filter(organisation__in=own_organisations(reader.user, reader.borough))
