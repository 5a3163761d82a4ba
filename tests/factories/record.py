"""Strategies, reviews, risks, figures and the rest of the record, made through actions."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from accounts.models import User
from boroughs.actions.activities import add_activity
from boroughs.actions.closures import close
from boroughs.actions.context import add_fact
from boroughs.actions.figures import (
    record_figures,
)
from boroughs.actions.funding import add_line
from boroughs.actions.plans import (
    add_plan,
)
from boroughs.actions.registers import add_impact, add_policy, add_received
from boroughs.actions.reviews import (
    add_recommendation,
    add_review,
    close_review,
)
from boroughs.actions.risks import add_risk, set_risk_matrix
from boroughs.actions.strategies import (
    close_strategy,
    start_strategy,
)
from boroughs.counting import Counted
from boroughs.figure_policies import Entry
from boroughs.models import (
    Activity,
    Borough,
    Closure,
    ContextFact,
    DeliveryPlan,
    FigureValue,
    FundingLine,
    ImpactAssessment,
    Policy,
    Received,
    Review,
    Risk,
    RiskMatrix,
    Strategy,
)
from boroughs.models.risk_matrix import STANDARD
from boroughs.periods import Period, financial


def make_closure(borough: Borough, *, by: User, **said: Any) -> Closure:
    """An exempt record with nothing missing, its closer on its list."""
    slug = borough.slug
    return close(
        borough=borough,
        **{
            "classification": "exempt",
            "reason": f"closing words of {slug}",
            "paragraphs": {"england-3": f"paragraph words of {slug}"},
            "public_interest": "withhold",
            "interest_reason": f"interest words of {slug}",
            "public_line": f"Appendix of {slug.title()}, not for publication",
            "review_on": dt.date(2030, 1, 1),
            "by": by,
            **said,
        },
    )


def make_strategy(borough: Borough, *, by: User, **said: Any) -> Strategy:
    """A draft for 2017 to 2019 with nothing missing."""
    slug = borough.slug
    return start_strategy(
        borough=borough,
        **{
            "title": f"Strategy of {slug.title()}",
            "starts_on": dt.date(2017, 4, 1),
            "ends_on": dt.date(2019, 3, 31),
            "aims": f"aims words of {slug}",
            "summary": f"strategy words of {slug}",
            "by": by,
            **said,
        },
    )


def make_plan(strategy: Strategy, *, by: User, title: str = "Delivery plan") -> DeliveryPlan:
    """One for the strategy's first year."""
    return add_plan(
        strategy=strategy,
        title=title,
        starts_on=strategy.starts_on,
        ends_on=dt.date(strategy.starts_on.year + 1, 3, 31),
        by=by,
    )


def make_closed_strategy(borough: Borough, *, by: User, **said: Any) -> Strategy:
    """One whose every word is for the list of its closure: at first, whoever closed it."""
    said = {"title": f"Closed strategy of {borough.slug.title()}", **said}
    strategy = make_strategy(borough, by=by, **said)
    close_strategy(strategy=strategy, closure=make_closure(borough, by=by), by=by)
    return strategy


def make_review(borough: Borough, *, by: User, **said: Any) -> Review:
    """A peer review of four days in 2018."""
    slug = borough.slug
    return add_review(
        borough=borough,
        **{
            "kind": "peer",
            "title": f"Peer review of {slug.title()}",
            "starts_on": dt.date(2018, 11, 20),
            "ends_on": dt.date(2018, 11, 23),
            "meeting": None,
            "reviewers": "Prevent officers of other councils",
            "reviewer_count": 7,
            "documents": 65,
            "documents_exactness": "over",
            "interviewees": 47,
            "interviewees_exactness": "",
            "findings": f"findings words of {slug}",
            "source": "",
            "by": by,
            **said,
        },
    )


def make_matrix(borough: Borough, *, by: User, size: int = 5, **said: Any) -> RiskMatrix:
    """The portal’s own of five steps as the borough’s, or one of fewer."""
    words = {
        "likelihoods": STANDARD.likelihoods[:size],
        "impacts": STANDARD.impacts[:size],
        "bands": STANDARD.bands if size > 3 else [(1, "Low"), (3, "Medium"), (6, "High")],
        **said,
    }
    return set_risk_matrix(borough=borough, size=size, by=by, **words)


def make_risk(borough: Borough, *, by: User, **said: Any) -> Risk:
    """Likely and major without controls, possible and moderate with them; due for review."""
    slug = borough.slug
    return add_risk(
        borough=borough,
        **{
            "scope": "programme",
            "title": f"Funding of {slug.title()}",
            "cause": f"cause words of {slug}",
            "effect": f"effect words of {slug}",
            "controls": f"controls words of {slug}",
            "likelihood_before": 4,
            "impact_before": 4,
            "likelihood": 3,
            "impact": 3,
            "owner_post": "Prevent Manager",
            "next_review": None,
            "by": by,
            **said,
        },
    )


def make_activity(borough: Borough, *, by: User, **said: Any) -> Activity:
    """A training that was delivered in 2018/19 to 120 professionals."""
    slug = borough.slug
    return add_activity(
        borough=borough,
        **{
            "kind": "training",
            "title": f"Workshop of {slug.title()}",
            "about": f"activity words of {slug}",
            "audiences": ["professionals"],
            "starts_on": dt.date(2018, 4, 1),
            "ends_on": dt.date(2019, 3, 31),
            "state": "delivered",
            "cancelled_because": "",
            "result": f"result words of {slug}",
            "counts": [Counted("", 120, f"professionals of {slug}")],
            "by": by,
            **said,
        },
    )


def make_line(borough: Borough, *, by: User, **said: Any) -> FundingLine:
    """A coordinator's post in 2019/20 that was offered, of £50,000."""
    slug = borough.slug
    return add_line(
        borough=borough,
        **{
            "year": 2019,
            "programme": "Home Office Prevent grant",
            "kind": "post",
            "purpose": f"Coordinator of {slug}",
            "about": f"funding words of {slug}",
            "state": "offered",
            "since": dt.date(2019, 3, 1),
            "reason": f"offer words of {slug}",
            "source": "",
            "pounds": Decimal(50_000),
            "by": by,
            **said,
        },
    )


def make_fact(borough: Borough, *, by: User, **said: Any) -> ContextFact:
    """A demonstration in the area, in August 2024."""
    return add_fact(
        borough=borough,
        **{
            "kind": "area",
            "on": "2024-08",
            "title": f"context words of {borough.slug}",
            "about": "Passed off peacefully.",
            "source": "Scrutiny Committee, 5 September 2024",
            "by": by,
            **said,
        },
    )


def make_received(borough: Borough, *, by: User, **said: Any) -> Received:
    """A local profile of October 2016, its review long overdue."""
    return add_received(
        borough=borough,
        **{
            "kind": "profile",
            "title": f"profile words of {borough.slug}",
            "sender": "Counter-terrorism police",
            "received_on": dt.date(2016, 10, 31),
            "owner_post": "Prevent Coordinator",
            "next_review": dt.date(2017, 10, 31),
            "by": by,
            **said,
        },
    )


def make_policy(borough: Borough, *, by: User, **said: Any) -> Policy:
    """On the hire of venues, approved in 2018, without a day of review."""
    slug = borough.slug
    return add_policy(
        borough=borough,
        **{
            "subject": "venues",
            "title": f"policy words of {slug}",
            "about": f"covering words of {slug}",
            "owner_post": "Head of Property",
            "approved_on": dt.date(2018, 5, 1),
            "approved_by": "Strategic Director",
            "approving_body": None,
            "next_review": None,
            "link": "",
            "by": by,
            **said,
        },
    )


def make_impact(borough: Borough, *, by: User, **said: Any) -> ImpactAssessment:
    """Of equality, done in 2017."""
    slug = borough.slug
    return add_impact(
        borough=borough,
        **{
            "kind": "equality",
            "title": f"impact words of {slug}",
            "strategy": None,
            "policy": None,
            "of_what": "Community safety",
            "state": "done",
            "done_on": dt.date(2017, 6, 1),
            "findings": f"found words of {slug}",
            "next_review": None,
            "by": by,
            **said,
        },
    )


def make_closed_review(borough: Borough, *, by: User, **said: Any) -> Review:
    """One whose every word is for the list of its closure: at first, whoever closed it."""
    review = make_review(borough, by=by, **{"title": f"Closed review of {borough.slug}", **said})
    add_recommendation(
        review=review, number="1", text=f"closed request words of {borough.slug}", by=by
    )
    close_review(review=review, classification="exempt", reason="It names weaknesses", by=by)
    review.refresh_from_db()
    return review


def make_figures(
    borough: Borough,
    numbers: Mapping[str, int | None],
    *,
    by: User,
    period: Period | None = None,
    note: str = "",
) -> dict[str, FigureValue]:
    """Exact figures by the indicator's key; None is not known."""
    period = period or financial("year", 2021)
    entries = [
        Entry(
            indicator=key,
            qualifier="unknown" if number is None else "exactly",
            number=None if number is None else Decimal(number),
            note=note,
            source=f"Report of {borough}",
        )
        for key, number in numbers.items()
    ]
    record_figures(borough=borough, period=period, entries=entries, by=by)
    return {row.indicator: row for row in borough.figures.about(period)}
