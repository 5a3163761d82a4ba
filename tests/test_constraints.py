"""What cannot be, the database refuses: one impossible row a constraint, past every form and action."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from boroughs.models import (
    Borough,
    Invitation,
    Membership,
)
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.models import Issue, Rendering, Report
from tests.factories import World
from tests.impossible import accounts, boroughs, papers, portal, reports, sheets, toolkit
from tests.impossible.deeds import NOW, again, change, membership
from toolkit.models import (
    Assessment,
    Level,
)

APPS = ("audit", "accounts", "boroughs", "papers", "toolkit", "sheets", "reports", "portal")
# Written by the database alone; tried as its owner in tests/audit
NOT_HERE = {"one_link_a_place_in_a_chain"}
CASES = [
    *accounts.CASES,
    *boroughs.CASES,
    *papers.CASES,
    *toolkit.CASES,
    *sheets.CASES,
    *reports.CASES,
    *portal.CASES,
]


def test_every_constraint_is_tried() -> None:
    own = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    named = {constraint.name for model in own for constraint in model._meta.constraints}
    assert {name for name, _ in CASES} | NOT_HERE == named


@pytest.mark.parametrize(
    ("name", "impossible"), CASES, ids=[f"{n}-{name}" for n, (name, _) in enumerate(CASES)]
)
def test_the_database_refuses(world: World, name: str, impossible: Callable[[World], None]) -> None:
    with (
        acting_as(world.here.coordinator.pk),
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
    ):
        impossible(world)


def test_what_is_possible_is_let_in(world: World) -> None:
    """The other side of some of them: a second row that differs where it may."""
    with acting_as(world.here.coordinator.pk):
        change(world.here.borough, ended_at=NOW)
        Borough.objects.create(
            slug="successor",
            name="Successor",
            full_name="Successor Council",
            gss_code=world.here.borough.gss_code,
            kind="unitary",
            nation="england",
        )
        change(membership(world), until=timezone.now())
        again(Membership.objects.filter(user=world.here.member)[0], until=None)
        change(world.here.seat, until="2019-12-31")
        again(world.here.seat, until=None)
        change(world.here.invitation, withdrawn_at=NOW)
        again(Invitation.objects.get(pk=world.here.invitation.pk), withdrawn_at=None, digest="x")
        assert Role.MEMBER in Membership.objects.live().values_list("role", flat=True)
        assert Level.objects.count() > 0
        assert Assessment.objects.filter(borough=world.here.borough).count() == 2
        again(world.here.report, item_number="")  # two reports may show one assessment
        assert Report.objects.filter(assessment=world.here.assessment).count() == 2
        drafts = Rendering.objects.filter(issue=None, report__borough=world.here.borough)
        assert drafts.count() == Issue.objects.filter(borough=world.here.borough).count() == 1
