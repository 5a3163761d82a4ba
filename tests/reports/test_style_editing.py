"""A borough copies a house style and changes the copy, piece by piece, before its reports' eyes."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from boroughs.policies import ChangedMeanwhile, Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.actions.own_styles import change_style, copy_style, remove_style, take_back
from reports.actions.reports import start_report
from reports.actions.styles import choose_style
from reports.house_styles.editing import piece_of
from reports.models import HouseStyle, StyleVersion, styles_for
from reports.snapshot import snapshot_of
from tests.boroughs.pages import address, deeds, problems, says, seen, signed_in
from tests.factories import Place, World, give_role, make_user

from .test_style_rules import fields

LOOK = {"colour": "", "heading_colour": "colour", "headings": "bold", "text": "standard"}
LOOK = {**LOOK, "face": "sans", "frame": "box"}


def page(place: Place, *parts: str) -> str:
    return "/".join([f"/{place.borough.slug}/reports/own-style", place.style.key, *parts, ""])


def now(place: Place) -> HouseStyle:
    with acting_as(place.lead.pk):
        return HouseStyle.objects.select_related("borough").get(pk=place.style.pk)


def save(client: Client, path: str, **said: str) -> Any:
    return client.post(path, {**seen(client, path), **said})


# -- Copying and choosing ---------------------------------------------------------------------------
def test_a_lead_copies_a_style_and_chooses_the_copy(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    copied = client.post(
        f"/{here.borough.slug}/reports/style/barnet/copy/", {"title": "Our cabinet"}
    )
    assert copied.status_code == 302
    assert copied.headers["Location"].endswith("/reports/own-style/own-our-cabinet/")
    assert "What it says" in says(client.get(copied.headers["Location"]))
    choose = address("reports:style-choose", here.borough)
    assert client.post(choose, {"style": "own-our-cabinet"}).status_code == 302
    assert "Our cabinet" in says(client.get(choose))
    assert deeds(here)[-2:] == ["style.copied", "style.chosen"]


def test_two_copies_of_one_name_are_two_styles_and_a_removed_name_is_not_used_again(
    world: World,
) -> None:
    here, by = world.here, world.here.lead
    with acting_as(by.pk):
        plain = HouseStyle.objects.get(key="plain")
        first, second = (
            copy_style(borough=here.borough, source=plain, title="Same", by=by) for _ in range(2)
        )
        assert [first.key, second.key] == ["own-same", "own-same-2"]
        remove_style(style=second, by=by)
        third = copy_style(borough=here.borough, source=plain, title="Same", by=by)
        assert third.key == "own-same-3"


def test_nobody_uses_or_sees_a_neighbours_style(world: World) -> None:
    here, there = world.here, world.there
    with acting_as(there.lead.pk):
        theirs = HouseStyle.objects.get(pk=there.style.pk)
    with acting_as(here.lead.pk):
        assert there.style.pk not in {each.pk for each in styles_for(here.borough)}
        for deed in (
            lambda: choose_style(borough=here.borough, style=theirs, by=here.lead),
            lambda: copy_style(borough=here.borough, source=theirs, title="T", by=here.lead),
        ):
            with pytest.raises(Refused, match="another council’s"):
                deed()
    client = signed_in(here.lead)
    choose = address("reports:style-choose", here.borough)
    assert there.style.title not in says(client.get(choose))
    assert client.post(choose, {"style": there.style.key}).status_code == 200


def test_a_shipped_style_is_nobodys_to_change(world: World) -> None:
    client = signed_in(world.here.lead)
    assert client.get(f"/{world.here.borough.slug}/reports/own-style/plain/").status_code == 404


# -- Changing ---------------------------------------------------------------------------------------
def test_what_is_saved_reaches_drafts_and_not_what_was_issued(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        draft = start_report(
            borough=here.borough, title="A draft", style=now(here), by=here.coordinator
        )
        issued = snapshot_of(draft)
    client = signed_in(here.lead)
    path = page(here, "numbering")
    said = {"recommendations": "roman", "lists": "letters", "appendices": "letters"}
    answer = save(client, path, headings="on", **said)
    assert answer.status_code == 302
    with acting_as(here.coordinator.pk):
        draft.refresh_from_db()
        assert snapshot_of(draft)["style"]["numbering"]["recommendations"] == "roman"
    assert issued["style"]["numbering"]["recommendations"] == "letters"
    assert now(here).version == 2
    assert deeds(here)[-1] == "style.changed"


@pytest.mark.parametrize(
    ("piece", "said", "sentence"),
    [
        ("numbering", {"paragraphs": "on", "recommendations": "plain", "lists": "digits", "appendices": "digits"}, "Paragraphs cannot be numbered when headings are not."),
        ("signing", {"line": "By {name}", "place": "above"}, "A sign-off line has {name} in it, but names are not printed."),
        ("signing", {"line": "By {phone}", "place": "above"}, "The sign-off line names {phone}, which is not known."),
        ("look", {**LOOK, "colour": "#ffee88"}, "The colour “#ffee88” is too light for headings on white paper."),
        ("front/wards", {"label": "", "question": "", "hint": "", "holds": "line", "band": "table"}, "This field stands in the table and has no label."),
        ("front/key_decision", {"label": "Key", "holds": "choice", "band": "table", "choices": "Yes"}, "This field needs two choices or more, each once."),
        ("front/title", {"label": "", "band": "table"}, "This field is the title and must stand in the head."),
        ("sections/background", {"heading": "B", "signs": "own", "numbered": "on"}, "Enter the line, or choose another answer above"),
    ],
)  # fmt: skip
def test_what_makes_no_style_is_said_beside_the_field_and_nothing_is_saved(
    world: World, piece: str, said: dict[str, str], sentence: str
) -> None:
    here = world.here
    client = signed_in(here.lead)
    answer = save(client, page(here, piece), **said)
    assert sentence in problems(answer)
    shown = BeautifulSoup(answer.content, "html5lib").select(".govuk-error-message")
    assert any(sentence in each.get_text() for each in shown)
    assert now(here).version == 1


def test_a_field_is_added_changed_moved_and_removed(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    added = {
        "holds": "choice",
        "label": "Purpose:",
        "choices": "Decision\nDiscussion",
        "band": "foot",
    }
    assert save(client, page(here, "front", "add"), **added).status_code == 302
    found = piece_of(now(here).definition, "front/purpose")
    assert found
    assert (found["kind"], found["choices"]) == ("choice", ["Decision", "Discussion"])
    changed = {**added, "label": "Purpose of the report:", "question": "Purpose", "band": "table"}
    assert save(client, page(here, "front", "purpose"), **changed).status_code == 302
    assert client.post(page(here, "front"), {"up": "purpose"}).status_code == 302
    keys = [key for key, _ in fields(now(here).definition, "table")]
    assert keys[-2:] == ["purpose", "key_decision"]
    assert client.post(page(here, "front"), {"remove": "purpose"}).status_code == 302
    assert piece_of(now(here).definition, "front/purpose") is None
    answer = client.post(page(here, "front"), {"remove": "title"}, follow=True)
    assert "must have the report’s title exactly once" in says(answer)


def test_what_comes_from_the_meeting_can_be_taken_away_and_put_back(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    client.post(page(here, "front"), {"remove": "item"})
    said = {"holds": "item", "label": "Item", "band": "head", "beside": "on"}
    assert save(client, page(here, "front", "add"), **said).status_code == 302
    assert fields(now(here).definition, "head")[-1] == ("item", 2)


def test_sections_and_parts_are_added_changed_moved_and_removed(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    said = {"heading": "Next steps", "kind": "narrative", "numbered": "on", "signs": "style"}
    said |= {"layout": "headings"}
    assert save(client, page(here, "sections", "add"), **said).status_code == 302
    part = {"heading": "Health", "clears": "health", "required": "on", "signs": "own"}
    part |= {"sign_off": "Seen by the {post}"}
    path = page(here, "sections", "implications", "add")
    assert save(client, path, **part).status_code == 302
    found = piece_of(now(here).definition, "sections/health")
    assert found
    assert (found["clears"], found["required"], found["sign_off"]) == ("health", True, "Seen by the {post}")  # fmt: skip
    whole = {"heading": "Implications", "numbered": "on", "layout": "table", "required": ""}
    assert save(client, page(here, "sections", "implications"), **whole).status_code == 302
    client.post(page(here, "sections"), {"up": "health"})
    client.post(page(here, "sections"), {"remove": "other"})
    client.post(page(here, "sections"), {"up": "next-steps"})
    definition = now(here).definition
    section = next(each for each in definition["sections"] if each["key"] == "implications")
    assert section["layout"] == "table"
    assert [each["key"] for each in section["parts"]] == [
        "financial",
        "legal",
        "equality",
        "health",
    ]
    assert [each["key"] for each in definition["sections"]][-2:] == ["next-steps", "appendices"]


def test_a_section_without_parts_takes_none_and_a_piece_there_is_not_is_not_found(
    world: World,
) -> None:
    client = signed_in(world.here.lead)
    for parts in (
        ("sections", "background", "add"),
        ("sections", "nothing"),
        ("front", "nothing"),
        ("nothing",),
    ):
        assert client.get(page(world.here, *parts)).status_code == 404, parts


# -- Looking before saving ---------------------------------------------------------------------------
def test_the_preview_shows_what_is_in_the_form_and_saves_nothing(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    path = page(here, "labels")
    said = {name: f"Words for {name}" for name in ("open", "part_exempt", "exempt", "part_confidential", "confidential")}  # fmt: skip
    answer = save(client, path, **said, show="beside")
    assert answer.status_code == 200
    preview = BeautifulSoup(answer.content, "html5lib").select_one("[data-style-preview]")
    assert preview
    assert "Words for part_exempt" in preview.get_text()
    assert len(BeautifulSoup(answer.content, "html5lib").select("h1")) == 1
    assert now(here).version == 1


def test_the_script_is_given_the_preview_alone_or_nothing_to_show(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    alone = save(client, page(here, "look"), **LOOK | {"colour": "5a1a5a"}, show="alone")
    assert alone.content.decode().lstrip().startswith('<div class="paper')
    wrong = save(client, page(here, "look"), **LOOK | {"colour": "puce"}, show="alone")
    assert wrong.status_code == 422
    assert now(here).version == 1


def test_a_colour_that_is_shown_is_the_one_in_the_form(world: World) -> None:
    client = signed_in(world.here.lead)
    said = {**LOOK, "colour": "5a1a5a", "show": "beside"}
    shown = save(client, page(world.here, "look"), **said).content.decode()
    assert ":root { --paper-colour: #5a1a5a }" in shown


def test_the_sample_is_downloaded_as_pdf(world: World) -> None:
    here = world.here
    answer = signed_in(here.lead).get(f"/{here.borough.slug}/reports/style/{here.style.key}/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


# -- Two at once, and what was before -----------------------------------------------------------------
def second_lead(world: World) -> Client:
    here = world.here
    other = make_user("Olu Other", email="other@thurrock.example.org")
    with acting_as(here.lead.pk):
        give_role(other, here.borough, Role.LEAD, by=here.lead)
    return signed_in(other)


def test_the_second_of_two_editors_sees_both_texts_and_loses_nothing(world: World) -> None:
    here = world.here
    first, second = signed_in(here.lead), second_lead(world)
    path = page(here, "signing")
    before = seen(second, path)
    save(first, path, line="Seen by the {post}", place="below")
    mine = {"line": "Checked by the {post}", "place": "below"}
    answer = second.post(path, {**before, **mine})
    assert answer.status_code == 409
    words = says(answer)
    assert "Seen by the {post}" in words
    assert 'value="Checked by the {post}"' in answer.content.decode()
    again = BeautifulSoup(answer.content, "html5lib").select_one("input[name=seen]")
    assert again
    assert second.post(path, {**mine, "seen": str(again["value"])}).status_code == 302
    assert now(here).definition["sign_off"]["line"] == "Checked by the {post}"


def test_two_editors_of_different_pieces_do_not_stand_in_each_others_way(world: World) -> None:
    here = world.here
    first, second = signed_in(here.lead), second_lead(world)
    signing, look = page(here, "signing"), page(here, "look")
    before = seen(second, look)
    save(first, signing, line="Seen by the {post}", place="below")
    answer = second.post(look, {**before, **LOOK, "frame": "lines"})
    assert answer.status_code == 302
    definition = now(here).definition
    assert definition["sign_off"]["line"] == "Seen by the {post}"
    assert definition["look"]["frame"] == "lines"


def test_every_version_is_kept_and_can_be_taken_back(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    save(client, page(here, "name"), title="Renamed", note="")
    history = says(client.get(page(here, "history")))
    assert "Version 2 , as it is now" in history
    assert str(here.lead) in history
    assert "Sample:" in says(client.get(page(here, "history", "1")))
    assert client.post(page(here, "history", "1")).status_code == 302
    found = now(here)
    assert (found.version, found.title) == (3, here.style.title)
    assert deeds(here)[-1] == "style.taken-back"


def test_a_version_that_no_longer_makes_a_style_is_not_taken_back(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        StyleVersion.objects.create(
            borough=here.borough,
            key=here.style.key,
            number=9,
            definition={**here.style.definition, "front": []},
            saved_by=here.lead,
            saved_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        )
        with pytest.raises(Refused, match="title exactly once"):
            take_back(style=here.style, number=9, by=here.lead)


def test_an_action_refuses_what_a_form_would(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        bad = {"sign_off": {"line": "{nobody}", "place": "above", "names": True}}
        with pytest.raises(Refused, match="nobody"):
            change_style(style=here.style, path="signing", value=bad, seen=1, by=here.lead)
        good = {"sign_off": {"line": "", "place": "above", "names": True}}
        change_style(style=here.style, path="signing", value=good, seen=1, by=here.lead)
        with pytest.raises(ChangedMeanwhile):
            change_style(style=here.style, path="signing", value=good, seen=1, by=here.lead)


def test_a_style_that_is_used_stays_and_one_that_nobody_uses_goes(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    path = page(here, "remove")
    with acting_as(here.lead.pk):
        choose_style(borough=here.borough, style=here.style, by=here.lead)
    assert "Choose another one first" in says(client.get(path))
    assert client.post(path).status_code == 200
    with acting_as(here.lead.pk):
        plain = HouseStyle.objects.get(key="plain")
        choose_style(borough=here.borough, style=plain, by=here.lead)
    assert client.post(path).status_code == 302
    with acting_as(here.lead.pk):
        assert not HouseStyle.objects.filter(pk=here.style.pk).exists()
        assert StyleVersion.objects.filter(key=here.style.key).count() == 1
    assert deeds(here)[-1] == "style.removed"


def test_a_style_in_which_a_report_is_written_stays(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        start_report(borough=here.borough, title="A draft", style=now(here), by=here.coordinator)
    with acting_as(here.lead.pk), pytest.raises(Refused, match="It stays for them"):
        remove_style(style=here.style, by=here.lead)
