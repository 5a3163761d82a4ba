"""A borough looks at a sample of each house style before it takes one."""

import html5lib
import page
import pytest
from django.test import Client

from reports import house_styles, rendering
from reports.models import HouseStyle
from reports.sample import ABOUT_NOBODY, CLOSED, sample_of
from tests.boroughs.pages import says
from tests.factories import World
from tests.second_factor import enter

every_style = pytest.mark.parametrize("style", house_styles.load(), ids=lambda style: style["key"])


@every_style
def test_a_sample_fills_every_place_of_its_style(style: house_styles.Style) -> None:
    paper = rendering.paper_of(sample_of(HouseStyle(definition=style, title=style["title"])))
    keys = [section["key"] for section in style["sections"]]
    assert [section.key for section in paper.sections] == [*keys, "exclusion"]
    shown = [field.key for band in (paper.front.head, paper.front.table, paper.front.foot) for row in band for field in row]  # fmt: skip
    author = ["author"] if style["author"]["place"] == "table" else []
    assert sorted(shown) == sorted([*(field["key"] for field in style["front"]), *author])
    assert paper.illustrative == ABOUT_NOBODY


@every_style
def test_a_sample_shows_what_else_a_report_may_hold(style: house_styles.Style) -> None:
    shown = rendering.web_of(sample_of(HouseStyle(definition=style, title=style["title"])))
    for words in (
        *("What the ratings rest on", "Title of a paper", "rose from Amber to Green"),
        *("Ratings by several assessors", "Tables such as this flow in from the record", CLOSED),
        style["labels"]["part_exempt"],
    ):
        assert words in shown, words
    signed = "Implications" in style["sign_off"]["line"] or "Verified" in style["sign_off"]["line"]
    assert ("Name of the officer" in shown) is (signed and style["sign_off"]["names"])


@every_style
def test_a_sample_is_html_without_a_fault(style: house_styles.Style) -> None:
    sample = sample_of(HouseStyle(definition=style, title=style["title"]))
    html5lib.HTMLParser(strict=True).parseFragment(rendering.web_of(sample))


@every_style
def test_a_validator_finds_nothing_wrong_with_a_samples_pdf(style: house_styles.Style) -> None:
    printed = rendering.pdf_of(sample_of(HouseStyle(definition=style, title=style["title"])))
    for profile in ("ua1", "pdfa-3a"):
        result = page.validate_pdf_bytes(printed.data, profile=profile)
        assert [(each.rule_id, each.message) for each in result.failures] == [], profile


def test_a_lead_sees_each_sample_from_the_choice(world: World, client: Client) -> None:
    here = world.here
    enter(client, here.lead)
    choice = client.get(f"/{here.borough.slug}/reports/style/").content.decode()
    for style in HouseStyle.objects.filter(borough=None):
        address = f"/{here.borough.slug}/reports/style/{style.key}/"
        assert address in choice
        page = says(client.get(address))
        assert f"Sample: {style.title}" in page
        assert ABOUT_NOBODY in page


def test_a_style_that_is_not_there_is_not_found(world: World, client: Client) -> None:
    enter(client, world.here.lead)
    assert client.get(f"/{world.here.borough.slug}/reports/style/none/").status_code == 404
