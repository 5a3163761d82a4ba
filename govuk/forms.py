"""Forms in GOV.UK markup: the renderer named by FORM_RENDERER, and the fields the portal's forms are made of."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property

from .sentences import plain_label, sentence

# The first match wins: a checkbox list is also a radio list to Django.
KINDS: list[tuple[type[forms.Widget], str]] = []
CLASSES = {
    "text": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "radios": "govuk-radios__input",
    "checkboxes": "govuk-checkboxes__input",
    "checkbox": "govuk-checkboxes__input",
}
ERROR_CLASSES = {
    "text": "govuk-input--error",
    "password": "govuk-input--error",
    "textarea": "govuk-textarea--error",
    "select": "govuk-select--error",
    "file": "govuk-file-upload--error",
}
GROUPS = {"radios", "checkboxes", "date"}
# Left to the server, which answers in words: `required` stops a form in the browser's own words,
# `maxlength` cuts pasted text without a sound, a placeholder vanishes when it is needed.
UNWANTED = {"required": False, "maxlength": False, "minlength": False, "placeholder": False}


class Radios(forms.RadioSelect):
    """Radio buttons with an optional hint under an option: `Radios(hints={"green": "All in place"})`.

    `parts` leads from an option to the id of the part of the page that only it needs; scripts hide the other parts.
    """

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        inline: bool = False,
        parts: Mapping[str, str] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.hints = dict(hints or {})
        self.inline = inline
        self.parts = dict(parts or {})


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes with an optional hint under an option.

    `reveals` leads from an option to the name of the form's field that stands under it; scripts hide it until it is ticked.
    """

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.hints = dict(hints or {})
        self.reveals = dict(reveals or {})


class DateInputs(forms.Widget):
    """Day, month and year as three text inputs; a plain ISO date under the field's own name is read too."""

    template_name = "govuk/fields/date_parts.html"
    parts = (("day", 2), ("month", 2), ("year", 4))
    use_fieldset = True

    def format_value(self, value: Any) -> list[str]:
        if isinstance(value, dt.date):
            return [str(value.day), str(value.month), str(value.year)]
        return list(value) if value else ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        if data.get(name):
            return data[name]
        typed = [str(data.get(f"{name}_{part}") or "").strip() for part, _ in self.parts]
        return typed if any(typed) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part, _ in self.parts)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        wrong = context["widget"]["attrs"].pop("data-wrong", "").split()
        if isinstance(
            value, str
        ):  # a plain date that could not be read goes back where it can be seen
            value = [value, "", ""]
        context["parts"] = [
            {"name": part, "width": width, "value": typed, "wrong": part in wrong}
            for (part, width), typed in zip(self.parts, self.format_value(value), strict=True)
        ]
        return context


FIRST_YEAR, LAST_YEAR = 1900, 2100


class DateField(forms.DateField):
    """A date asked for as day, month and year; its errors name the part that is missing or wrong."""

    widget = DateInputs
    input_formats = ["%Y-%m-%d"]

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, list | tuple):
            return self._from_parts([str(part) for part in value])
        try:
            return super().to_python(value)
        except ValidationError:
            raise self._unreal() from None

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(
                f"{self._name()} must be between {FIRST_YEAR} and {LAST_YEAR}",
                code="year",
                params={"wrong": ["year"]},
            )

    def _from_parts(self, typed: list[str]) -> dt.date | None:
        missing = [
            part for (part, _), text in zip(DateInputs.parts, typed, strict=True) if not text
        ]
        if len(missing) == len(typed):
            return None
        if missing:
            parts = " and ".join(missing)
            raise ValidationError(
                f"{self._name()} must include a {parts}",
                code="incomplete",
                params={"wrong": missing},
            )
        try:
            day, month, year = (int(text) for text in typed)
            return dt.date(year, month, day) if year > 999 else self._short_year()
        except ValueError:
            raise self._unreal() from None

    def _short_year(self) -> dt.date:
        raise ValidationError(
            "Year must include 4 numbers", code="year", params={"wrong": ["year"]}
        )

    def _unreal(self) -> ValidationError:
        parts = [part for part, _ in DateInputs.parts]
        return ValidationError(
            f"{self._name()} must be a real date, like 4 7 2019",
            code="invalid",
            params={"wrong": parts},
        )

    def _name(self) -> str:
        return plain_label(str(self.label or "Date"))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


# What a browser or a word processor may put in unseen, and what reverses the direction of a line
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters and marks by their category that print nothing: fillers, the empty braille cell, variation selectors
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)


def unwanted_character(text: str, *, lines: bool) -> int | None:
    """Where the first control character, line separator or noncharacter stands, or None.

    Tab is welcome, and line feed where there are lines.
    """
    welcome = "\n\t" if lines else "\t"
    for place, character in enumerate(text):
        if _is_hidden(character) and character not in welcome:
            return place
    return None


def _is_hidden(character: str) -> bool:
    nowhere = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    unseen = unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
    return nowhere or unseen or character in BIDI_CONTROLS


def shows_nothing(text: str) -> bool:
    """Whether all of it is blank on the page: spaces, joiners of no width, fillers."""
    return all(
        character.isspace() or unicodedata.category(character) == "Cf" or character in BLANKS
        for character in text
    )


class CleanText(forms.CharField):
    """Text without control characters; line ends become line feeds, so that length is counted as people see it.

    What shows nothing on a page counts as nothing: a title made of it would be a link that nobody can see.
    """

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
        place = unwanted_character(text, lines=isinstance(self.widget, forms.Textarea))
        if place is not None:
            raise ValidationError(self._complaint(text, place), code="control_character")
        return "" if shows_nothing(text) else text

    def _complaint(self, text: str, place: int) -> str:
        before = text[max(0, place - 20) : place].strip()
        where = f" after “{before}”" if before else " at its start"
        return f"{plain_label(str(self.label or 'Text'))} has a hidden control character{where}. Delete it and type that part again"


class Notice(NamedTuple):
    """What a field with a method `notices(text) -> list[Notice]` wants looked at. It refuses nothing."""

    heading: str
    found: list[str]
    advice: str


KINDS += [
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (DateInputs, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
]


class BoundField(forms.BoundField):
    """A field as the templates in templates/govuk/fields/ see it."""

    @cached_property
    def kind(self) -> str:
        if self.is_hidden:
            return "hidden"
        return next(
            (kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "text"
        )

    @property
    def partial(self) -> str:
        return f"govuk/fields/{self.kind}.html"

    @property
    def counts(self) -> int | None:
        """The most characters the field takes, where the page counts them down."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    @property
    def first_id(self) -> str:
        """The id the error summary leads to."""
        return {
            "radios": f"{self.auto_id}_0",
            "checkboxes": f"{self.auto_id}_0",
            "date": f"{self.auto_id}_{(self.wrong_parts or ['day'])[0]}",
        }.get(self.kind, self.auto_id)

    @property
    def sentences(self) -> list[str]:
        """The field's errors in the portal's own words."""
        return [sentence(error, self.field, str(self.label)) for error in self._raw_errors()]

    @cached_property
    def notices(self) -> list[Notice]:
        """What the field warns of in the text it shows, whether just typed or saved before."""
        look = getattr(self.field, "notices", None)
        text = self.value()
        return look(str(text)) if look and text else []

    @property
    def wrong_parts(self) -> list[str]:
        """Which of a date's parts to mark."""
        if not self.errors or self.kind != "date":
            return []
        every = [part for part, _ in DateInputs.parts]
        named = [
            part for error in self._raw_errors() for part in (error.params or {}).get("wrong", [])
        ]
        return named or every

    @property
    def options(self) -> list[dict[str, Any]]:
        """Each radio button or checkbox with the hint and the field under it, and the part of the page it is for."""
        return [self._option(option, str(option.data["value"])) for option in self.subwidgets]

    def _option(self, option: Any, value: str) -> dict[str, Any]:
        hints, parts, reveals = (
            getattr(self.field.widget, name, {}) for name in ("hints", "parts", "reveals")
        )
        under = self.form[reveals[value]] if value in reveals else None
        controls = parts.get(value, "")
        if under and not under.errors:  # what is wrong stays in sight
            controls = f"{under.auto_id}-revealed"
        return {"input": option, "hint": hints.get(value, ""), "under": under, "controls": controls}

    @property
    def inline(self) -> bool:
        return bool(getattr(self.field.widget, "inline", False))

    @property
    def aria_describedby(self) -> str | None:
        parts = [
            f"{self.auto_id}-info" if self.counts else "",
            f"{self.auto_id}-hint" if self.help_text else "",
            f"{self.auto_id}-error" if self.errors else "",
            f"{self.auto_id}-notice" if self.notices else "",
        ]
        return " ".join(part for part in parts if part)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = {**super().build_widget_attrs(attrs, widget), **UNWANTED}
        kind, own = self.kind, (widget or self.field.widget).attrs.get("class", "")
        names = [CLASSES.get(kind, ""), own, ERROR_CLASSES.get(kind, "") if self.errors else ""]
        names.append("govuk-js-character-count" if self.counts else "")
        if any(names):
            built["class"] = " ".join(name for name in names if name)
        if kind == "password":
            built |= {"spellcheck": "false", "autocapitalize": "none"}
        if kind in GROUPS:
            built.pop("aria-invalid", None)  # said once, by the group's error message
        if self.wrong_parts:
            built["data-wrong"] = " ".join(self.wrong_parts)
        return built

    def _raw_errors(self) -> list[ValidationError]:
        return list(self.errors.as_data())


class Renderer(TemplatesSetting):
    """Forms and fields in GOV.UK markup, from the project's templates."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
    bound_field_class = BoundField
