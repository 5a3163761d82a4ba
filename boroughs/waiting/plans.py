"""Actions of delivery plans, and strategies that come to their end."""

import datetime as dt

from django.db.models import Q
from django.db.models.functions import Coalesce

from boroughs.models import Action, Strategy, actions_of
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
        over = over.filter(ends_on__lte=reader.today + ENDING).visible_to(reader.user)
        closed = closed_by("closure")
        found.append(arm(ENDED, over, title="title", due="ends_on", closed=closed, most=most))
    return found


def _of_actions(reader: Reader, most: int) -> Rows:
    """What is past its day is that, and not without news besides."""
    today = reader.today
    news = _to_do(reader).in_order().annotate(news_on=Coalesce("last_on", "added_on"))
    quiet = Q(news_on__lt=today - dt.timedelta(days=Action.QUIET_AFTER))
    return fan(
        news,
        (OVERDUE, Q(due_on__lt=today), "due_on"),
        (COMING, Q(due_on__range=(today, today + SOON)), "due_on"),
        (QUIET, quiet, "news_on"),
        title="title",
        under="plan",
        closed=closed_by("plan__strategy__closure"),
        most=most,
    )


def _to_do(reader: Reader) -> ActionQuerySet:
    """Unfinished ones of strategies that go on: every one for who keeps the plan, a contributor's own organisation's."""
    actions = actions_of(reader.borough, reader.user).unfinished().filter(carried_to=None)
    over = (Strategy.State.SUPERSEDED, Strategy.State.WITHDRAWN)
    actions = actions.exclude(plan__strategy__state__in=over)
    if Perm.KEEP_RECORD in reader.granted:
        return actions
    return actions.filter(organisation__in=own_organisations(reader.user, reader.borough))
