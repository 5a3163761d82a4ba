"""Sample values for the gallery."""

import datetime as dt
from typing import Any

from django import forms

from .forms import Checkboxes, CleanText, DateField, Radios

LEVELS = [("green", "Green"), ("amber", "Amber"), ("red", "Red")]
INITIAL = {"date": dt.date(2019, 7, 4), "post": "Prevent coordinator"}


class Sample(forms.Form):
    """One field of each kind."""

    level = forms.ChoiceField(
        label="Rating",
        help_text="Choose what the evidence shows today",
        choices=LEVELS,
        widget=Radios(hints={"green": "In place and working", "red": "Not in place"}),
    )
    standing = forms.ChoiceField(
        label="Does this apply?", choices=[("yes", "Yes"), ("no", "No")], widget=Radios(inline=True)
    )
    comment = CleanText(label="Comment", max_length=200, widget=forms.Textarea(attrs={"rows": 4}))
    post = CleanText(label="Owner post", help_text="A post title, never a name", max_length=100)
    committee = forms.ChoiceField(
        label="Committee", choices=[("", "Choose a committee"), ("1", "Cabinet")]
    )
    agencies = forms.MultipleChoiceField(
        label="Agencies present",
        choices=[("police", "Police"), ("health", "Health")],
        widget=Checkboxes,
    )
    date = DateField(label="Date of the meeting", help_text="For example, 4 7 2019")
    e_mail = forms.EmailField(label="E-mail address")
    evidence = forms.FileField(label="Evidence")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    confirmed = forms.BooleanField(label="The board has agreed these ratings")


TITLES = [
    ("Risk assessment", "Green", "green", "same"),
    ("Multi-agency group", "Green", "green", "better"),
    ("Delivery plan", "Amber", "amber", "worse"),
    ("Agreed process for venues", "Amber", "amber", "same"),
    ("Referral pathway", "Green", "green", "new"),
    ("Channel panel", "", "grey", ""),
    ("Problem-solving process for radicalising influences", "Red", "red", "same"),
    ("Training programme", "Amber", "amber", "better"),
    ("Community engagement", "Green", "green", "same"),
    ("Communications", "Not applicable", "blue", ""),
]
STRIP = [
    {
        "number": number,
        "title": title,
        "rating": rating,
        "tone": tone,
        "direction": direction,
        "href": "#strip",
    }
    for number, (title, rating, tone, direction) in enumerate(TITLES, 1)
]
CONTEXT: dict[str, Any] = {
    "strip": STRIP,
    "notice": {
        "heading": "this may identify a person",
        "found": ["one person’s age: “J.S., 14”", "a phone number: “01632 960001”"],
        "advice": "The portal holds no casework. Check before this becomes public.",
    },
    "tones": [
        ("Green", "green"),
        ("Amber", "amber"),
        ("Red", "red"),
        ("In progress", "blue"),
        ("Not rated", "grey"),
    ],
    "breadcrumbs": [
        {"text": "Your boroughs", "href": "#"},
        {"text": "Thurrock Council", "href": "#"},
        {"text": "Gallery"},
    ],
    "summary": [
        {"key": "Period", "value": "July 2019"},
        {
            "key": "Overall",
            "value": "Amber",
            "tone": "amber",
            "actions": [{"text": "Change", "href": "#", "hidden": "overall rating"}],
        },
        {"key": "Comment", "value": "First line\nSecond line", "lines": True},
    ],
    "head": ["Benchmark", "Rating", "Changed", {"text": "Actions", "numeric": True}],
    "rows": [
        [
            "1. Risk assessment",
            {"text": "Green", "tone": "green"},
            "4 July 2019",
            {"text": "2", "numeric": True},
        ],
        [
            {"text": "7. Problem-solving process", "href": "#"},
            {"text": "Red", "tone": "red"},
            "4 July 2019",
            {"text": "0", "numeric": True},
        ],
    ],
    "tasks": [
        {"title": "Committees and seats", "href": "#", "status": "Completed"},
        {
            "title": "House style",
            "href": "#",
            "hint": "How your reports are laid out",
            "status": "To do",
            "tone": "blue",
        },
        {"title": "First report", "status": "Cannot start yet"},
    ],
    "steps": [
        {"text": "Waiting", "state": "done"},
        {"text": "Being made", "state": "current"},
        {"text": "Ready", "state": "waiting"},
    ],
    "failed": [
        {"text": "Waiting", "state": "done"},
        {"text": "Could not be made", "state": "failed"},
        {"text": "Ready", "state": "waiting"},
    ],
    "entries": [
        {
            "when": dt.datetime(2019, 7, 4, 10, 12, tzinfo=dt.UTC),
            "who": "Prevent coordinator",
            "changes": [
                {"field": "Rating", "before": "Red", "after": "Amber"},
                {
                    "field": "Comment",
                    "before": "",
                    "after": "A process was agreed with partners.\nIt starts in September.",
                    "long": True,
                },
            ],
        },
        {
            "when": dt.datetime(2019, 1, 15, 9, 0, tzinfo=dt.UTC),
            "who": "Prevent coordinator",
            "changes": [{"field": "Rating", "before": "", "after": "Red"}],
            "note": "First rating of this benchmark.",
        },
    ],
    "cards": [
        {
            "title": "Thurrock Council",
            "href": "#",
            "lines": ["Coordinator", "July 2019: 10 of 10 rated"],
            "tag": "In progress",
            "tone": "blue",
        },
        {"title": "Barnet", "href": "#", "lines": ["Committee member"]},
        {"title": "Hammersmith and Fulham", "href": "#", "lines": ["Lead"]},
    ],
    "footer": [{"text": "Help", "href": "#"}, {"text": "Accessibility", "href": "#"}],
}
