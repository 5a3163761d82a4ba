"""A portal administrator opens councils and gives them their first lead, and sees nothing of what they keep."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boroughs.models import Borough, Invitation
from boroughs.policies import why_not_open
from boroughs.register import authority
from boroughs.rows import acting_as
from tests.boroughs.pages import problems, says, signed_in
from tests.factories import World, make_borough


def opened(world: World, slug: str, *, gss_code: str = "") -> Borough:
    """A council that was opened and whose lead was never invited."""
    with acting_as(world.administrator.pk):
        return make_borough(slug, by=world.administrator, gss_code=gss_code)


LIST = "/administration/"
REGISTER = "/administration/register/"
OPEN = "/administration/register/E09000007/open/"
LEAD = {"lead": "Lena Lead", "post": "Director", "email": "lena@camden.example.org"}


def test_the_list_shows_open_councils_and_nothing_of_their_record(world: World) -> None:
    page = says(signed_in(world.administrator).get(LIST))
    assert "Thurrock" in page
    assert "Without a lead" not in page
    assert "Coordinator of Thurrock" not in page


def test_an_administrator_cannot_enter_a_council(world: World) -> None:
    client = signed_in(world.administrator)
    for path in ("/thurrock/", "/thurrock/people/", "/thurrock/committees/", "/thurrock/settings/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [LIST, REGISTER, OPEN])
def test_administration_does_not_exist_for_anyone_else(world: World, path: str) -> None:
    assert signed_in(world.here.lead).get(path).status_code == 404
    assert signed_in(world.here.lead).post(path, LEAD).status_code in (404, 405)
    assert Client().get(path)["Location"].startswith("/account/sign-in/")


@pytest.mark.parametrize("wanted", ["camden", "CAMD", "E09000007", " e09000007 "])
def test_the_register_is_searched_by_name_or_code(world: World, wanted: str) -> None:
    response = signed_in(world.administrator).get(REGISTER, {"q": wanted})
    assert "Camden London borough, London E09000007 Open Camden" in says(response)


def test_a_search_minds_neither_case_nor_points_nor_hyphens(world: World) -> None:
    client = signed_in(world.administrator)
    assert "Stockton-on-Tees" in says(client.get(REGISTER, {"q": "stockton on"}))
    assert "Barking and Dagenham" in says(client.get(REGISTER, {"q": "barking & dagenham"}))


def test_a_search_that_finds_nothing_says_what_to_try(world: World) -> None:
    page = says(signed_in(world.administrator).get(REGISTER, {"q": "<b>Atlantis"}))
    assert "No council in England or Wales is found for “<b>Atlantis”" in page


def test_the_whole_register_comes_in_pages(world: World) -> None:
    client = signed_in(world.administrator)
    response = client.get(REGISTER)
    assert response.context["page"].paginator.num_pages > 1
    assert response.content.decode().count("<tr") == 51
    second = client.get(REGISTER, {"q": "e", "page": "2"})
    assert 'href="?q=e&amp;page=1"' in second.content.decode()


def test_a_council_that_is_open_is_marked_in_the_register(world: World) -> None:
    opened(world, "camden", gss_code="E09000007")
    page = says(signed_in(world.administrator).get(REGISTER, {"q": "camden"}))
    assert "Open already" in page


def test_opening_makes_the_council_and_invites_its_lead_in_one_go(world: World) -> None:
    mail.outbox.clear()
    client = signed_in(world.administrator)
    page = client.get(OPEN).content.decode()
    assert 'value="London Borough of Camden"' in page
    response = client.post(OPEN, LEAD | {"full_name": "London Borough of Camden"})
    assert (response.status_code, response["Location"]) == (302, LIST)
    camden = Borough.objects.get(gss_code="E09000007")
    assert (camden.slug, camden.full_name) == ("camden", "London Borough of Camden")
    assert (camden.kind, camden.nation) == ("london_borough", "england")
    assert camden.governance_models.exists()
    invitation = Invitation.objects.get(borough=camden)
    assert (invitation.role, invitation.email) == ("lead", "lena@camden.example.org")
    assert mail.outbox[0].to == ["lena@camden.example.org"]
    assert "one was invited on" in says(client.get(LIST))


def test_looking_at_the_confirmation_opens_nothing(world: World) -> None:
    signed_in(world.administrator).get(OPEN)
    assert not Borough.objects.filter(gss_code="E09000007").exists()


def test_opening_asks_for_the_lead_and_keeps_what_was_typed(world: World) -> None:
    response = signed_in(world.administrator).post(
        OPEN, {"full_name": "Camden!", "post": "Director"}
    )
    assert problems(response) == ["Enter full name of the lead", "Enter e-mail address of the lead"]
    assert 'value="Camden!"' in response.content.decode()
    assert 'value="Director"' in response.content.decode()


def test_a_council_is_opened_once(world: World) -> None:
    client = signed_in(world.administrator)
    client.post(OPEN, LEAD | {"full_name": "Camden"})
    page = client.get(OPEN)
    assert "Camden is open already." in says(page)
    assert '<button type="submit" class="govuk-button"' not in page.content.decode()
    client.post(OPEN, LEAD | {"full_name": "Camden again"})
    assert Borough.objects.filter(gss_code="E09000007").count() == 1


def test_when_the_lead_cannot_be_invited_the_council_is_not_opened(world: World) -> None:
    own = LEAD | {"full_name": "Camden", "email": world.administrator.email}
    assert problems(signed_in(world.administrator).post(OPEN, own)) == [
        "You cannot invite yourself. Ask another lead of the borough."
    ]
    assert not Borough.objects.filter(gss_code="E09000007").exists()


def test_a_code_that_is_none_is_not_found(world: World) -> None:
    assert (
        signed_in(world.administrator).get("/administration/register/E99/open/").status_code == 404
    )


def test_a_council_that_was_replaced_cannot_be_opened(world: World) -> None:
    eden = authority("E07000030")
    assert why_not_open(eden, dt.date(2026, 11, 21)) == "Eden is not a council any more."


def test_a_borough_without_a_lead_is_flagged_and_given_one(world: World) -> None:
    empty = opened(world, "camden")
    client = signed_in(world.administrator)
    assert "Camden has no lead: invite one" in says(client.get(LIST))
    invite = reverse("administration:lead-invite", args=[empty.pk])
    assert client.get(invite).status_code == 200
    assert not Invitation.objects.filter(borough=empty).exists()
    assert client.post(invite, LEAD).status_code == 302
    assert Invitation.objects.get(borough=empty).role == "lead"


def test_a_borough_whose_only_lead_cannot_sign_in_is_recovered(world: World) -> None:
    world.here.lead.is_active = False
    world.here.lead.save(update_fields=["is_active"])
    client = signed_in(world.administrator)
    assert "Thurrock has no lead" in says(client.get(LIST))
    invite = reverse("administration:lead-invite", args=[world.here.borough.pk])
    assert client.post(invite, LEAD).status_code == 302
    assert Invitation.objects.filter(email=LEAD["email"], role="lead").exists()


def test_an_administrator_adds_no_lead_to_a_borough_that_has_one(world: World) -> None:
    client = signed_in(world.administrator)
    invite = reverse("administration:lead-invite", args=[world.here.borough.pk])
    assert "Thurrock has a lead. Ask the lead to invite others." in says(client.get(invite))
    assert "Thurrock has a lead." in problems(client.post(invite, LEAD))[0]
    assert not Invitation.objects.filter(email=LEAD["email"]).exists()


def test_an_administrator_does_not_invite_themselves(world: World) -> None:
    empty = opened(world, "camden")
    invite = reverse("administration:lead-invite", args=[empty.pk])
    own = LEAD | {"email": world.administrator.email.upper()}
    assert problems(signed_in(world.administrator).post(invite, own))
    assert not Invitation.objects.filter(borough=empty).exists()


def test_the_list_asks_the_database_no_more_for_many_councils(world: World) -> None:
    client = signed_in(world.administrator)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(8):
        opened(world, f"council-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)
