"""Django's stock error messages said the way GOV.UK forms say them; a message a form sets itself is left alone."""

from collections.abc import Iterator

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError

CHOOSING = (forms.ChoiceField, forms.ModelChoiceField)


def stock_messages(field: forms.Field) -> Iterator[object]:
    """Every message this field would use without a word from its form."""
    for kind in type(field).__mro__:
        yield from getattr(kind, "default_error_messages", {}).values()
    for validator in field.validators:
        yield getattr(type(validator), "message", None)
    yield validators.EmailValidator.message


OPTIONAL = " (optional)"
TAMPERED = "Something on this page was out of date or changed on the way. Open the page again, then do it once more"


def plain_label(label: str) -> str:
    """The label inside a sentence: what stands behind it for the form alone is left out."""
    return label.removesuffix(OPTIONAL)


def lower_first(label: str) -> str:
    """'Date of meeting' inside a sentence; an abbreviation such as 'RAG rating' stays as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def asking(field: forms.Field, label: str) -> str:
    """What to say where an answer is missing."""
    if label.endswith("?"):
        return "Answer the question: {label}?"
    if isinstance(field, forms.BooleanField):
        return "Confirm: {label}"
    if isinstance(field, forms.FileField):
        return "Choose a file: {name}"
    return "Select {name}" if isinstance(field, CHOOSING) else "Enter {name}"


def templates(field: forms.Field, label: str) -> dict[str, str]:
    wrong = "{label} is not valid"
    if isinstance(field, forms.EmailField):
        wrong = "Enter an e-mail address in the correct format, like name@example.org"
    elif isinstance(field, forms.IntegerField | forms.DecimalField):
        wrong = "{label} must be a number"
    return {
        "required": asking(field, label),
        "invalid": wrong,
        "invalid_choice": "Select {name} from the list",
        "max_length": "{label} must be {limit_value:,} characters or fewer",
        "min_length": "{label} must be {limit_value:,} characters or more",
        "max_value": "{label} must be {limit_value} or less",
        "min_value": "{label} must be {limit_value} or more",
        "null_characters_not_allowed": "{label} has a hidden control character. Delete it and type that part again",
    }


def sentence(error: ValidationError, field: forms.Field, label: str) -> str:
    """The error as one plain English sentence without a full stop."""
    if isinstance(field.widget, forms.HiddenInput) and not isinstance(field, forms.FileField):
        return TAMPERED
    label = plain_label(label)
    template = templates(field, label).get(error.code or "")
    stock = any(error.message is known for known in stock_messages(field))
    if template is None or not stock:
        return str(error.messages[0])
    name = label.rstrip("?:. ")
    params = {"limit_value": 0, **(error.params or {})}
    return template.format(label=name, name=lower_first(name), limit_value=params["limit_value"])
