"""The components say what GOV.UK Frontend's own examples say."""

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from .markup import example, shape


def rendered(template: str, **context: Any) -> str:
    return render_to_string(f"govuk/{template}.html", context)


def rows_of(options: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "key": row["key"]["text"],
            "value": row["value"]["text"],
            "actions": [
                {"text": item["text"], "href": item["href"], "hidden": item["visuallyHiddenText"]}
                for item in row.get("actions", {}).get("items", [])
            ],
        }
        for row in options["rows"]
        if "text" in row["value"]
    ]


def tasks_of(options: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "title": item["title"]["text"],
            "href": item.get("href"),
            "hint": item.get("hint", {}).get("text", ""),
            "status": item["status"].get("text") or item["status"]["tag"]["text"],
            "tone": "blue" if "tag" in item["status"] else "",
        }
        for item in options["items"]
    ]


@pytest.mark.parametrize(
    ("component", "name", "template", "ours"),
    [
        ("button", "default", "button", lambda o: {"text": o["text"]}),
        (
            "button",
            "secondary",
            "button",
            lambda o: {"text": o["text"], "kind": "secondary", "name": o["name"]},
        ),
        (
            "button",
            "warning",
            "button",
            lambda o: {"text": o["text"], "kind": "warning", "name": o["name"]},
        ),
        ("button", "disabled", "button", lambda o: {"text": o["text"], "disabled": True}),
        ("button", "link", "button", lambda o: {"text": o["text"], "href": o["href"]}),
        (
            "button",
            "start link",
            "button",
            lambda o: {"text": o["text"], "href": o["href"], "kind": "start"},
        ),
        ("button", "prevent double click", "button", lambda o: {"text": o["text"], "once": True}),
        ("back-link", "default", "back_link", lambda o: {"href": "#"}),
        ("breadcrumbs", "default", "breadcrumbs", lambda o: {"items": o["items"]}),
        (
            "breadcrumbs",
            "with last breadcrumb as current page",
            "breadcrumbs",
            lambda o: {"items": o["items"]},
        ),
        ("tag", "grey", "tag", lambda o: {"text": o["text"], "tone": "grey"}),
        (
            "details",
            "default",
            "details",
            lambda o: {"summary": o["summaryText"], "text": o["text"]},
        ),
        (
            "details",
            "expanded",
            "details",
            lambda o: {"summary": o["summaryText"], "text": o["text"], "open": True, "id": o["id"]},
        ),
        ("inset-text", "default", "inset_text", lambda o: {"text": o["text"]}),
        ("warning-text", "default", "warning_text", lambda o: {"text": o["text"]}),
        ("panel", "title with no body text", "panel", lambda o: {"title": o["titleText"]}),
        ("notification-banner", "default", "notification_banner", lambda o: {"text": o["text"]}),
        (
            "notification-banner",
            "with type as success",
            "notification_banner",
            lambda o: {"text": o["text"], "success": True},
        ),
        ("error-summary", "default", "error_summary", lambda o: {"errors": o["errorList"]}),
        ("skip-link", "default", "skip_link", lambda o: {"href": o["href"], "text": o["text"]}),
        ("task-list", "default", "task_list", lambda o: {"items": tasks_of(o)}),
        (
            "task-list",
            "with hint text and additional states",
            "task_list",
            lambda o: {"items": tasks_of(o)},
        ),
        (
            "service-navigation",
            "with navigation with a current item",
            "service_navigation",
            lambda o: {"items": o["navigation"]},
        ),
        (
            "service-navigation",
            "with service name",
            "service_navigation",
            lambda o: {"name": o["serviceName"]},
        ),
    ],
)
def test_a_component_matches_govuk_frontends_example(
    component: str, name: str, template: str, ours: Any
) -> None:
    options, theirs = example(component, name)
    assert shape(rendered(template, **ours(options))) == shape(theirs)


@pytest.mark.parametrize("name", ["with head", "with head and caption"])
def test_a_table_matches_inside_its_scrolling_frame(name: str) -> None:
    options, theirs = example("table", name)
    [[_, frame, [table]]] = shape(
        rendered(
            "table",
            caption=options.get("caption", ""),
            caption_class=options.get("captionClasses", ""),
            head=[cell | {"numeric": cell.get("format") == "numeric"} for cell in options["head"]],
            rows=[
                [cell | {"numeric": cell.get("format") == "numeric"} for cell in row]
                for row in options["rows"]
            ],
            row_headers=options.get("firstCellIsHeader", False),
        )
    )
    assert [table] == shape(theirs)
    assert frame["tabindex"] == "0"


def test_a_summary_list_matches_where_its_values_are_text() -> None:
    options, theirs = example("summary-list", "with actions")
    ours = shape(rendered("summary_list", rows=rows_of(options)))
    [[_, attributes, theirs_rows]] = shape(theirs)
    assert ours == [["dl", attributes, theirs_rows[:2]]]


def test_pagination_matches_in_the_middle_of_many_pages() -> None:
    _, theirs = example("pagination", "with many pages")
    page = Paginator(range(40), 1).page(10)
    ours = shape(rendered("pagination", page=page))
    assert [part[1]["class"] for part in ours[0][2]] == [
        part[1]["class"] for part in shape(theirs)[0][2]
    ]
    assert "?page=9" in rendered("pagination", page=page)


def test_one_page_needs_no_pagination() -> None:
    assert not rendered("pagination", page=Paginator(range(3), 10).page(1)).strip()


def test_a_stacked_table_tells_each_cell_its_column() -> None:
    html = rendered(
        "table",
        caption="Ratings",
        head=["Benchmark", "Rating"],
        rows=[["1", {"text": "Red", "tone": "red"}]],
        stack=True,
    )
    assert 'data-label="Rating"' in html
    assert 'role="cell"' in html


def test_a_zero_in_a_table_is_shown_and_nothing_stays_empty() -> None:
    cells = shape(rendered("table", caption="Counts", rows=[[0, None]]))[0][2][0][2][1][2][0][2]
    assert [cell[2] for cell in cells] == [["0"], []]


def test_a_component_shows_markup_in_its_values_as_text() -> None:
    html = rendered(
        "summary_list", rows=[{"key": "<b>", "value": "<script>alert(1)</script>", "lines": True}]
    )
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("tone", ["green", "amber", "red", "blue", "grey"])
def test_a_rating_is_a_word_whatever_its_tone(tone: str) -> None:
    assert "Not in place" in rendered("tag", text="Not in place", tone=tone)
