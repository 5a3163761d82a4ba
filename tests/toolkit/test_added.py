"""A portal administrator adds a version by its data file: previewed, checked, never altering what is there."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audit.models import Event
from boroughs.rows import acting_as
from tests.boroughs.pages import problems, says, signed_in
from tests.factories import World
from tests.routes import walk
from toolkit import catalogue, offered
from toolkit.actions.versions import load_catalogue
from toolkit.models import Crossing, Scale, ToolkitVersion

ADD = "/administration/toolkits/add/"


def offer() -> dict[str, Any]:
    """A version with two benchmarks, a scale of its own, and a crosswalk from the toolkit of 2024."""
    shipped = json.loads((catalogue.DATA / "la-2024.json").read_text(encoding="utf-8"))
    version = {**shipped, "key": "la-2031", "year": 2031, "scale": "stars"}
    version["benchmarks"] = [
        {**shipped["benchmarks"][0], "key": key, "number": number}
        for number, key in enumerate(("leading", "learning"), 1)
    ]
    level = {"tone": "grey", "meaning": "Said so"}
    levels = [{**level, "key": f"s{n}", "label": f"{n} of 2", "rank": n} for n in (1, 2)]
    scale = {"key": "stars", "title": "Stars", "complete": True, "verified": False, "note": "Ours"}
    links = [
        {"from": row["key"], "to": "leading", "relation": "merged_into"}
        for row in shipped["benchmarks"]
    ]
    walk = {"key": "walk", "from": "la-2024", "to": "la-2031", "verified": False, "note": "Ours"}
    return {
        "version": version,
        "scale": {**scale, "levels": levels},
        "crosswalk": {**walk, "links": links},
    }


def send(client: Client, text: str | bytes) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post(ADD, {"file": SimpleUploadedFile("version.json", data)})


def test_a_version_is_previewed_and_only_then_added_with_its_scale_and_crosswalk(
    world: World,
) -> None:
    client = signed_in(world.administrator)
    preview = send(client, json.dumps(offer()))
    assert "A crosswalk from la-2024 to la-2031 with 8 links" in says(preview)
    assert "1 of 2, 2 of 2" in says(preview)
    assert not ToolkitVersion.objects.filter(key="la-2031").exists()
    listed = client.post(ADD, {"kept": preview.context["kept"]}, follow=True)
    assert "(2031) was added" in says(listed)
    added = ToolkitVersion.objects.get(key="la-2031")
    assert [b.key for b in added.benchmarks.all()] == ["leading", "learning"]
    assert [level.label for level in added.scale.levels.all()] == ["2 of 2", "1 of 2"]
    assert Crossing.objects.filter(after__version=added).count() == 8
    with acting_as(world.administrator.pk):
        event = Event.objects.filter(deed="toolkit.added").get()
    assert (event.actor_id, event.borough_id) == (world.administrator.pk, None)
    assert event.facts == {"version": "la-2031"}
    assert load_catalogue() == []


def test_an_added_version_is_rated_like_any_other(world: World) -> None:
    client = signed_in(world.administrator)
    client.post(ADD, {"kept": send(client, json.dumps(offer())).context["kept"]})
    page = signed_in(world.here.coordinator).get("/thurrock/assessments/new/")
    assert "(2031)" in says(page)


def test_a_version_that_is_there_is_refused_and_stays_as_it_is(world: World) -> None:
    client = signed_in(world.administrator)
    before = list(ToolkitVersion.objects.order_by("pk").values())
    again = (catalogue.DATA / "la-2018.json").read_text(encoding="utf-8")
    assert "There is a version “la-2018” already" in " ".join(problems(send(client, again)))
    kept = send(client, json.dumps(offer())).context["kept"]
    client.post(ADD, {"kept": kept})
    twice = client.post(ADD, {"kept": kept}, follow=True)
    assert "There is a version “la-2031” already" in says(twice)
    assert list(ToolkitVersion.objects.exclude(key="la-2031").order_by("pk").values()) == before


def wrong(part: str, **change: Any) -> str:
    data = offer()
    data[part] = {**data[part], **change}
    return json.dumps(data)


def with_benchmark(**change: Any) -> str:
    data = offer()
    data["version"]["benchmarks"][0] |= change
    return json.dumps(data)


BAD: dict[str, tuple[str | bytes, str]] = {
    "not JSON": (b"{", "line 1 cannot be read"),
    "not UTF-8": (b"\xff\xfe{", "must be written in UTF-8"),
    "a list": ("[]", "must be written as names and values"),
    "a name twice": ('{"key": "a", "key": "b"}', "“key” stands twice"),
    "no number": ('{"year": NaN}', "“NaN” is not a number"),
    "deep": ("[" * 100_000, "too many braces"),
    "a long number": ('{"year": ' + "9" * 5000 + "}", "number that cannot be read"),
    "a benchmark twice": (with_benchmark(key="learning"), "Two benchmarks have the key"),
    "a reserved word": (with_benchmark(key="sign-off"), "stands in the portal’s addresses"),
    "a long title": (with_benchmark(title="x" * 121), "must be 120 characters or fewer"),
    "a hidden letter": (with_benchmark(title="a\x00b"), "hidden control character"),
    "half a letter": (with_benchmark(title="\ud800"), "hidden control character"),
    "a large number": (with_benchmark(number=10**9), "must be a whole number"),
    "yes for a number": (with_benchmark(number=True), "must be a whole number"),
    "prompts as a word": (with_benchmark(prompts="why"), "must be a list"),
    "prompts as words": (with_benchmark(prompts=["why"]), "names and values in braces"),
    "an unknown scale": (wrong("version", scale="moons"), "There is no rating scale “moons”"),
    "a list for a key": (wrong("version", scale=["rag"]), "must be a text"),
    "an unknown field": (wrong("version", colour="blue"), "no one reads: “colour”"),
    "another's scale": (wrong("scale", key="rag"), "There is a scale “rag” already"),
    "nowhere": (wrong("crosswalk", **{"from": "la-1999"}), "no toolkit version “la-1999”"),
    "between others": (
        wrong("crosswalk", **{"from": "la-2018", "to": "la-2024"}),
        "must lead from or to the version of this file",
    ),
    "a strange part": (json.dumps({**offer(), "style": {}}), "part that no one reads: “style”"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_words_and_nothing_is_written(world: World, case: str) -> None:
    text, reason = BAD[case]
    assert reason in " ".join(problems(send(signed_in(world.administrator), text)))
    assert not ToolkitVersion.objects.filter(key="la-2031").exists()
    assert not Scale.objects.filter(key="stars").exists()


def test_a_file_over_one_megabyte_and_a_forged_preview_are_refused(world: World) -> None:
    client = signed_in(world.administrator)
    assert problems(send(client, b" " * 1_000_001)) == ["The file must be 1 MB or smaller"]
    forged = client.post(ADD, {"kept": "W3t9XQ:1:forged"}, follow=True)
    assert "The preview is too old" in says(forged)


def test_only_an_administrator_can_send_a_file(world: World) -> None:
    assert send(signed_in(world.here.lead), json.dumps(offer())).status_code == 404
    assert send(Client(), json.dumps(offer())).status_code == 302
    assert not ToolkitVersion.objects.filter(key="la-2031").exists()


def test_every_word_beside_a_benchmark_in_an_address_is_reserved() -> None:
    beside = {
        str(pattern.pattern).removeprefix("assessments/<uuid:pk>/").split("/")[0]
        for name, pattern in walk()
        if name.startswith("toolkit:")
        if str(pattern.pattern).startswith("assessments/<uuid:pk>/")
    }
    assert beside - {"", "<slug:benchmark>"} == offered.RESERVED
