"""Who holds which role: the page, inviting, changing and ending roles."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from boroughs.models import Invitation, Membership
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import PASSWORD, Place, World, give_role, make_user
from tests.second_factor import sign_in

NEWCOMER = {"name": "Petra Police", "post": "Prevent officer", "email": "petra@example.org"}


def roles(place: Place, user_pk: int) -> set[str]:
    live = Membership.objects.live().filter(borough=place.borough, user=user_pk)
    return set(live.values_list("role", flat=True))


def test_the_list_says_who_holds_which_role_and_who_is_invited(world: World) -> None:
    page = says(
        signed_in(world.here.coordinator).get(address("boroughs:person-list", world.here.borough))
    )
    assert "Democratic of Thurrock" in page
    assert "Democratic services officer since" in page
    assert "Nia New" in page
    assert "Barnet" not in page
    assert "Change roles" not in page


def test_a_lead_sees_what_can_be_changed_and_a_member_sees_no_list(world: World) -> None:
    list_of_people = address("boroughs:person-list", world.here.borough)
    assert "Change roles of Democratic of Thurrock" in says(
        signed_in(world.here.lead).get(list_of_people)
    )
    assert signed_in(world.here.member).get(list_of_people).status_code == 403
    assert signed_in(world.there.lead).get(list_of_people).status_code == 404


def test_the_list_tells_a_borough_with_one_lead_to_invite_a_second(world: World) -> None:
    lead = signed_in(world.here.lead)
    list_of_people = address("boroughs:person-list", world.here.borough)
    assert "There is only one lead" in says(lead.get(list_of_people))
    with acting_as(world.here.lead.pk):
        give_role(make_user(), world.here.borough, Role.LEAD, by=world.here.lead)
    assert "There is only one lead" not in says(lead.get(list_of_people))


def test_a_lead_invites_somebody_who_has_no_account(world: World) -> None:
    mail.outbox.clear()
    lead = signed_in(world.here.lead)
    response = lead.post(
        address("boroughs:invitation-send", world.here.borough), NEWCOMER | {"role": "contributor"}
    )
    assert response.status_code == 302
    invitation = Invitation.objects.get(email="petra@example.org")
    assert (invitation.role, invitation.post) == ("contributor", "Prevent officer")
    assert mail.outbox[0].to == ["petra@example.org"]
    assert "Contributor (partner agency)" in mail.outbox[0].body
    assert deeds(world.here)[-1] == "invitation.sent"
    assert "An invitation was sent to petra@example.org" in says(lead.get(response["Location"]))


def test_the_link_in_the_mail_stands_on_the_sites_own_address(
    world: World, settings: object
) -> None:
    mail.outbox.clear()
    signed_in(world.here.lead).post(
        address("boroughs:invitation-send", world.here.borough),
        NEWCOMER | {"role": "member", "name": "Niamh O'Neill"},
        headers={"host": "localhost"},
    )
    assert f"{settings.SITE_URL}/invitations/" in mail.outbox[0].body  # type: ignore[attr-defined]
    assert "Hello Niamh O'Neill," in mail.outbox[0].body


def test_inviting_takes_a_name_an_address_and_a_role(world: World) -> None:
    send = address("boroughs:invitation-send", world.here.borough)
    response = signed_in(world.here.lead).post(send, {"post": "kept", "email": "no address"})
    assert problems(response) == [
        "Enter full name",
        "Enter an e-mail address in the correct format, like name@example.org",
        "Select role",
    ]
    assert 'value="kept"' in response.content.decode()
    assert 'value="no address"' in response.content.decode()


def test_names_without_control_characters_and_not_too_long(world: World) -> None:
    send = address("boroughs:invitation-send", world.here.borough)
    lead = signed_in(world.here.lead)
    assert (
        "hidden control character"
        in problems(lead.post(send, NEWCOMER | {"role": "member", "name": "Pe\x07tra"}))[0]
    )
    assert problems(lead.post(send, NEWCOMER | {"role": "member", "post": "x" * 121})) == [
        "Post must be 120 characters or fewer"
    ]


def test_nobody_is_invited_to_what_they_hold_nor_invites_themselves(world: World) -> None:
    send = address("boroughs:invitation-send", world.here.borough)
    lead = signed_in(world.here.lead)
    held = NEWCOMER | {"email": world.here.member.email.upper(), "role": "member"}
    assert problems(lead.post(send, held)) == [
        "Member of Thurrock is committee member of Thurrock already."
    ]
    own = NEWCOMER | {"email": world.here.lead.email, "role": "coordinator"}
    assert problems(lead.post(send, own)) == [
        "You cannot invite yourself. Ask another lead of the borough."
    ]


def test_a_mail_server_that_refuses_leaves_no_invitation_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("boroughs.actions.people.send_mail", refuse)
    response = signed_in(world.here.lead).post(
        address("boroughs:invitation-send", world.here.borough), NEWCOMER | {"role": "member"}
    )
    assert problems(response)[0].startswith("The e-mail could not be sent")
    assert not Invitation.objects.filter(email="petra@example.org").exists()


def test_sending_again_makes_a_new_link_and_the_old_one_stops_working(world: World) -> None:
    mail.outbox.clear()
    old = world.here.invitation
    again = address("boroughs:invitation-resend", world.here.borough, old.pk)
    lead = signed_in(world.here.lead)
    assert old.email in says(lead.get(again))
    assert not mail.outbox
    assert lead.post(again).status_code == 302
    old.refresh_from_db()
    assert old.withdrawn_at
    assert Invitation.objects.unanswered().filter(email=old.email).count() == 1
    assert len(mail.outbox) == 1
    assert lead.post(again).status_code == 404


def test_an_invitation_that_ran_out_is_marked_and_can_be_sent_again(world: World) -> None:
    old = world.here.invitation
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - dt.timedelta(hours=1))
    lead = signed_in(world.here.lead)
    assert "Ran out" in says(lead.get(address("boroughs:person-list", world.here.borough)))
    lead.post(address("boroughs:invitation-resend", world.here.borough, old.pk))
    assert Invitation.objects.waiting().filter(email=old.email).exists()


def test_a_lead_withdraws_an_invitation(world: World) -> None:
    withdraw = address("boroughs:invitation-withdraw", world.here.borough, world.here.invitation.pk)
    lead = signed_in(world.here.lead)
    lead.get(withdraw)
    assert Invitation.objects.waiting().filter(pk=world.here.invitation.pk).exists()
    assert lead.post(withdraw).status_code == 302
    assert not Invitation.objects.waiting().filter(pk=world.here.invitation.pk).exists()
    assert deeds(world.here)[-1] == "invitation.withdrawn"


def test_a_lead_gives_a_person_several_roles_at_once(world: World) -> None:
    person = world.here.coordinator
    change = address("boroughs:person-roles", world.here.borough, person.pk)
    lead = signed_in(world.here.lead)
    assert 'value="coordinator" checked' in lead.get(change).content.decode()
    response = lead.post(change, {"roles": ["coordinator", "clearing"], "seen": ["coordinator"]})
    assert response.status_code == 302
    assert roles(world.here, person.pk) == {"coordinator", "clearing"}
    assert deeds(world.here)[-1] == "role.given"


def test_a_role_taken_away_takes_its_pages_with_it(world: World) -> None:
    person = world.here.coordinator
    change = address("boroughs:person-roles", world.here.borough, person.pk)
    signed_in(world.here.lead).post(change, {"roles": ["member"], "seen": ["coordinator"]})
    assert roles(world.here, person.pk) == {"member"}
    people = address("boroughs:person-list", world.here.borough)
    assert signed_in(person).get(people).status_code == 403


def test_roles_changed_by_somebody_else_meanwhile_are_not_undone(world: World) -> None:
    person = world.here.coordinator
    change = address("boroughs:person-roles", world.here.borough, person.pk)
    response = signed_in(world.here.lead).post(
        change, {"roles": ["coordinator", "member"], "seen": ["coordinator", "clearing"]}
    )
    assert problems(response)[0].startswith(
        "Somebody else changed the roles of Coordinator of Thurrock"
    )
    assert roles(world.here, person.pk) == {"coordinator"}


def test_no_role_at_all_is_not_a_choice_of_the_checkboxes(world: World) -> None:
    change = address("boroughs:person-roles", world.here.borough, world.here.member.pk)
    assert problems(signed_in(world.here.lead).post(change, {"seen": ["member"]})) == [
        "Select at least one role, or end all roles instead"
    ]


def test_the_last_lead_stays(world: World) -> None:
    lead = signed_in(world.here.lead)
    expected = ["This is the borough's last lead. Make somebody else a lead first."]
    change = address("boroughs:person-roles", world.here.borough, world.here.lead.pk)
    assert problems(lead.post(change, {"roles": ["member"], "seen": ["lead"]}))[0].startswith(
        "Nobody gives"
    )
    end = address("boroughs:person-end", world.here.borough, world.here.lead.pk)
    assert problems(lead.post(end)) == expected
    assert roles(world.here, world.here.lead.pk) == {"lead"}


def test_a_lead_whose_account_is_closed_does_not_count_as_one(world: World) -> None:
    other = make_user()
    with acting_as(world.here.lead.pk):
        give_role(other, world.here.borough, Role.LEAD, by=world.here.lead)
    other.is_active = False
    other.save(update_fields=["is_active"])
    end = address("boroughs:person-end", world.here.borough, world.here.lead.pk)
    assert problems(signed_in(world.here.lead).post(end))


def test_a_lead_may_go_once_there_is_another_and_is_sent_home(world: World) -> None:
    with acting_as(world.here.lead.pk):
        give_role(make_user(), world.here.borough, Role.LEAD, by=world.here.lead)
    end = address("boroughs:person-end", world.here.borough, world.here.lead.pk)
    response = signed_in(world.here.lead).post(end)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert roles(world.here, world.here.lead.pk) == set()


def test_ending_all_roles_shuts_the_borough_to_the_person(world: World) -> None:
    person = world.here.member
    end = address("boroughs:person-end", world.here.borough, person.pk)
    lead = signed_in(world.here.lead)
    assert "committee member of Thurrock" in says(lead.get(end))
    assert roles(world.here, person.pk) == {"member"}
    assert lead.post(end).status_code == 302
    assert signed_in(person).get(address("portal:borough", world.here.borough)).status_code == 404
    assert deeds(world.here)[-3:] == ["role.ended", "lists.left", "access.refused"]
    assert lead.get(end).status_code == 404


@pytest.mark.parametrize("name", ["person-roles", "person-end"])
def test_the_neighbours_people_are_not_found_under_my_own_borough(world: World, name: str) -> None:
    theirs = address(f"boroughs:{name}", world.here.borough, world.there.member.pk)
    lead = signed_in(world.here.lead)
    assert lead.get(theirs).status_code == 404
    assert lead.post(theirs, {"roles": ["lead"]}).status_code == 404
    assert roles(world.there, world.there.member.pk) == {"member"}


@pytest.mark.parametrize("name", ["invitation-resend", "invitation-withdraw"])
def test_the_neighbours_invitations_are_not_found_either(world: World, name: str) -> None:
    theirs = address(f"boroughs:{name}", world.here.borough, world.there.invitation.pk)
    assert signed_in(world.here.lead).post(theirs).status_code == 404
    assert Invitation.objects.waiting().filter(pk=world.there.invitation.pk).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_only_a_lead_invites(world: World, role: Role) -> None:
    person = signed_in(world.here.people[role])
    send = address("boroughs:invitation-send", world.here.borough)
    response = person.post(send, NEWCOMER | {"role": "lead"})
    assert response.status_code == 403
    assert "ask the lead of Thurrock" in says(response)
    assert not Invitation.objects.filter(email="petra@example.org").exists()


def test_what_was_typed_before_the_session_ended_is_there_after_signing_in(world: World) -> None:
    client = signed_in(world.here.lead)
    send = address("boroughs:invitation-send", world.here.borough)
    note = client.get(send).context["form"]
    assert note is not None
    from_page = client.get(send).content.decode().split('name="typed_by" value="')[1].split('"')[0]
    client.logout()
    refused = client.post(send, NEWCOMER | {"role": "member", "typed_by": from_page})
    assert refused.status_code == 302
    assert refused["Location"].startswith("/account/sign-in/")
    signed = sign_in(client, refused["Location"], world.here.lead.email, PASSWORD)
    page = client.get(signed["Location"]).content.decode()
    assert 'value="Petra Police"' in page
    assert 'value="member" checked' in page
    assert not Invitation.objects.filter(email="petra@example.org").exists()


def test_several_checkboxes_survive_a_session_that_ended(world: World) -> None:
    client = signed_in(world.here.lead)
    change = address("boroughs:person-roles", world.here.borough, world.here.member.pk)
    note = client.get(change).content.decode().split('name="typed_by" value="')[1].split('"')[0]
    client.logout()
    refused = client.post(
        change, {"roles": ["clearing", "observer"], "seen": ["member"], "typed_by": note}
    )
    signed = sign_in(client, refused["Location"], world.here.lead.email, PASSWORD)
    page = client.get(signed["Location"]).content.decode()
    assert 'value="clearing" checked' in page
    assert 'value="observer" checked' in page
    assert 'value="coordinator" checked' not in page
