"""Fields in GOV.UK markup, and errors in plain English."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from govuk.forms import Checkboxes, CleanText, DateField, Radios

from .markup import example, shape


class Rating(forms.Form):
    level = forms.ChoiceField(
        label="Rating",
        choices=[("green", "Green"), ("red", "Red")],
        widget=Radios(hints={"red": "Nothing"}),
    )
    comment = CleanText(label="Comment", max_length=20, widget=forms.Textarea)
    post = CleanText(label="Owner post")
    count = forms.IntegerField(label="Places", max_value=30)
    date = DateField(label="Date of the meeting")
    e_mail = forms.EmailField(label="E-mail address")
    sure = forms.BooleanField(label="I am sure")
    applies = forms.ChoiceField(label="Does it apply?", choices=[("y", "Yes")])


GOOD = {
    "level": "green",
    "comment": "In place",
    "post": "Head of community safety",
    "count": "3",
    "date_day": "4",
    "date_month": "7",
    "date_year": "2019",
    "e_mail": "lead@thurrock.example.org",
    "sure": "on",
    "applies": "y",
}


def said(name: str, **typed: str) -> list[str]:
    """What the form answers about a field when these values are posted with otherwise good ones."""
    bound: Any = Rating({**GOOD, **typed})[name]
    sentences: list[str] = bound.sentences
    return sentences


def group(form: forms.Form, name: str, ids: str = "") -> list[Any]:
    return shape(str(form[name].as_field_group()))


def one(
    field: forms.Field, data: dict[str, Any] | None = None, auto_id: str = "%s", **rest: Any
) -> forms.Form:
    """A form of one field, whose id and name are those of GOV.UK Frontend's example."""
    name = rest.pop("name")
    made = type("One", (forms.Form,), {name: field})(data, auto_id=auto_id, **rest)
    assert isinstance(made, forms.Form)
    return made


class Refused(forms.CharField):
    def __init__(self, message: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.message = message

    def clean(self, value: Any) -> Any:
        raise forms.ValidationError(self.message)


def test_a_text_input_matches() -> None:
    options, theirs = example("input", "default")
    form = one(forms.CharField(label=options["label"]["text"], max_length=30), name=options["name"])
    assert group(form, options["name"]) == shape(theirs)


@pytest.mark.parametrize("component", ["textarea", "select", "file-upload"])
def test_a_refused_field_with_a_hint_matches(component: str) -> None:
    name = {
        "textarea": "with hint and error message",
        "select": "with hint text and error message",
        "file-upload": "with error message and hint",
    }[component]
    options, theirs = example(component, name)
    choices = [(item["value"], item["text"]) for item in options.get("items", [])]
    widget = {
        "textarea": forms.Textarea(attrs={"rows": 5, "cols": False}),
        "select": forms.Select(choices=choices),
        "file-upload": forms.FileInput(),
    }[component]
    field = Refused(
        options["errorMessage"]["text"],
        label=options["label"]["text"],
        help_text=options["hint"]["text"],
        widget=widget,
    )
    form = one(field, {}, name=options["name"])
    assert group(form, options["name"]) == shape(theirs)


def test_a_password_matches() -> None:
    _, theirs = example("password-input", "default")
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    form = one(forms.CharField(label="Password", widget=widget), name="password")
    assert group(form, "password") == shape(theirs)


def test_a_character_count_matches() -> None:
    options, theirs = example("character-count", "default")
    widget = forms.Textarea(attrs={"rows": 5, "cols": False})
    field = forms.CharField(label=options["label"]["text"], max_length=10, widget=widget)
    assert group(one(field, name="more-detail"), "more-detail") == shape(theirs)


@pytest.mark.parametrize(
    ("component", "name"),
    [("radios", "with hint and error message"), ("radios", "inline"), ("checkboxes", "default")],
)
def test_choices_match(component: str, name: str) -> None:
    options, theirs = example(component, name)
    field = forms.MultipleChoiceField if component == "checkboxes" else forms.ChoiceField
    widget = Checkboxes() if component == "checkboxes" else Radios(inline=name == "inline")
    made = field(
        label=options["fieldset"]["legend"]["text"],
        help_text=options.get("hint", {}).get("text", ""),
        choices=[(item["value"], item["text"]) for item in options["items"]],
        widget=widget,
        error_messages={"required": options.get("errorMessage", {}).get("text", "")},
    )
    data: dict[str, Any] | None = MultiValueDict() if "errorMessage" in options else None
    form = one(made, data, name=options["name"], initial={options["name"]: "no"})
    ours = str(form[options["name"]].as_field_group())
    key = options.get("idPrefix", options["name"])
    for place in range(len(options["items"])):
        ours = ours.replace(f'"{key}_{place}"', f'"{key}-{place + 1}"' if place else f'"{key}"')
    assert shape(ours) == shape(theirs)


def test_a_date_matches() -> None:
    _, theirs = example("date-input", "with errors only")
    form = one(DateField(label="What is your date of birth?"), {}, name="dob-errors")
    ours = str(form["dob-errors"].as_field_group())
    ours = (
        ours[: ours.index("<p id=")] + ours[ours.index("</p>") + 4 :]
    )  # theirs has no error message
    ours = ours.replace(' aria-describedby="dob-errors-error"', "").replace(
        " govuk-form-group--error", ""
    )
    for part in ("day", "month", "year"):
        ours = ours.replace(f'name="dob-errors_{part}"', f'name="{part}"').replace(
            f"dob-errors_{part}", f"dob-errors-{part}"
        )
    assert shape(ours) == shape(theirs)


def test_good_answers_are_taken() -> None:
    form = Rating(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["date"] == dt.date(2019, 7, 4)


def test_a_plain_date_is_read_too() -> None:
    form = Rating({**GOOD, "date": "2026-11-21"})
    assert form.is_valid()
    assert form.cleaned_data["date"] == dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("level", {"level": ""}, "Select rating"),
        ("level", {"level": "pink"}, "Select rating from the list"),
        ("comment", {"comment": " "}, "Enter comment"),
        ("comment", {"comment": "x" * 21}, "Comment must be 20 characters or fewer"),
        ("count", {"count": "many"}, "Places must be a number"),
        ("count", {"count": "31"}, "Places must be 30 or less"),
        (
            "e_mail",
            {"e_mail": "x"},
            "Enter an e-mail address in the correct format, like name@example.org",
        ),
        ("sure", {"sure": ""}, "Confirm: I am sure"),
        ("applies", {"applies": ""}, "Answer the question: Does it apply?"),
        ("date", {"date_day": ""}, "Date of the meeting must include a day"),
        (
            "date",
            {"date_day": "", "date_year": ""},
            "Date of the meeting must include a day and year",
        ),
        (
            "date",
            {"date_day": "31", "date_month": "2"},
            "Date of the meeting must be a real date, like 4 7 2019",
        ),
        ("date", {"date_month": "July"}, "Date of the meeting must be a real date, like 4 7 2019"),
        ("date", {"date_year": "19"}, "Year must include 4 numbers"),
        ("date", {"date_day": "", "date_month": "", "date_year": ""}, "Enter date of the meeting"),
        ("date", {"date_year": "1000"}, "Date of the meeting must be between 1900 and 2100"),
        ("date", {"date_year": "2101"}, "Date of the meeting must be between 1900 and 2100"),
        ("date", {"date": "1899-12-31"}, "Date of the meeting must be between 1900 and 2100"),
        ("date", {"date": "soon"}, "Date of the meeting must be a real date, like 4 7 2019"),
    ],
)
def test_an_error_says_what_to_do(name: str, typed: dict[str, str], sentence: str) -> None:
    assert said(name, **typed) == [sentence]


def test_an_error_a_form_words_itself_is_left_alone() -> None:
    field = forms.CharField(label="Title", error_messages={"required": "Give the report a title"})
    bound: Any = one(field, {}, name="title")["title"]
    assert bound.sentences == ["Give the report a title"]


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\u202e",
        "\u2066",
        "\ud800",
        "\u2028",
        "\u2029",
        "\ufffe",
        "\uffff",
        "\ufdd0",
        "\U0001fffe",
    ],
)
def test_a_hidden_control_character_is_refused_where_it_stands(character: str) -> None:
    [sentence] = said("comment", comment=f"In place{character}now")
    assert (
        sentence
        == "Comment has a hidden control character after “In place”. Delete it and type that part again"
    )


@pytest.mark.parametrize(
    "blank", ["\u200b\u200b", "\u00a0\u2060", "\u3164", "\u2800 \u00ad", "\ufe0f\u034f"]
)
def test_what_shows_nothing_counts_as_nothing(blank: str) -> None:
    assert said("comment", comment=blank) == said("comment", comment="")
    assert said("comment", comment="")


def test_joiners_within_words_stay() -> None:
    """They carry meaning in several scripts."""
    form = Rating({**GOOD, "comment": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"})
    assert form.is_valid()
    assert "\u200c" in form.cleaned_data["comment"]


def test_lines_and_tabs_are_welcome_in_long_text_and_counted_as_seen() -> None:
    form = Rating({**GOOD, "comment": "123456789\r\n123456789\t"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["comment"] == "123456789\n123456789"


def test_a_line_end_in_a_short_text_is_refused() -> None:
    assert said("post", post="Head\nof service")


def test_the_summary_leads_to_each_field_refused() -> None:
    form = Rating({**GOOD, "level": "", "comment": "", "date_month": ""})
    html = render_to_string("govuk/error_summary.html", {"form": form})
    page = html + "".join(str(field.as_field_group()) for field in form)
    for target in ("id_level_0", "id_comment", "id_date_month"):
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in page


def test_only_the_wrong_part_of_a_date_is_marked() -> None:
    html = str(Rating({**GOOD, "date_month": ""})["date"].as_field_group())
    assert html.count("govuk-input--error") == 1


def test_what_was_typed_comes_back_with_the_refusal() -> None:
    form = Rating({**GOOD, "date_day": "31", "date_month": "2", "comment": "<b>bold</b>" * 3})
    assert 'value="31"' in str(form["date"].as_field_group())
    assert "&lt;b&gt;bold" in str(form["comment"].as_field_group())


def test_an_unchanged_date_has_not_changed() -> None:
    form = Rating(GOOD, initial={"date": dt.date(2019, 7, 4)})
    assert "date" not in form.changed_data
    assert (
        "date"
        in Rating({**GOOD, "date_day": "5"}, initial={"date": dt.date(2019, 7, 4)}).changed_data
    )


def test_browsers_are_not_told_to_stop_the_form_or_cut_the_text() -> None:
    html = str(Rating())
    for attribute in ("required", "maxlength=", "placeholder"):
        assert f" {attribute}" not in html.replace("data-maxlength", "")


def test_a_hidden_field_that_is_refused_is_named_in_the_summary() -> None:
    field = forms.IntegerField(label="Version", widget=forms.HiddenInput)
    html = render_to_string(
        "govuk/error_summary.html", {"form": one(field, {"version": "x"}, name="version")}
    )
    assert "Something on this page was out of date or changed on the way" in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"remit": "x" * 6}, "Remit must be 5 characters or fewer"),
        ({"remit": "a\x07"}, "Remit has a hidden control character after “a”"),
        ({"since_day": "3"}, "From must include a month and year"),
        ({"since": "3000-01-01"}, "From must be between 1900 and 2100"),
    ],
)
def test_what_may_be_left_out_is_not_said_in_an_error(typed: dict[str, str], sentence: str) -> None:
    fields = {
        "remit": CleanText(label="Remit (optional)", max_length=5, required=False),
        "since": DateField(label="From (optional)", required=False),
    }
    form = type("Optional", (forms.Form,), fields)(typed)
    [said] = [said for field in form for said in field.sentences]
    assert said.startswith(sentence)


@pytest.mark.parametrize("year", ["1900", "2100"])
def test_the_first_and_the_last_year_are_dates(year: str) -> None:
    assert said("date", date_year=year) == []
