"""Choosing the three figures of a borough's front page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.indicators import Catalogue, topics
from boroughs.models import Borough

from .models import ShownFigure


class FigureChoiceForm(forms.Form):
    """None chosen: the page shows what was recorded last."""

    PLACES = ("first", "second", "third")

    first = forms.ChoiceField(label="First figure", required=False)
    second = forms.ChoiceField(label="Second figure", required=False)
    third = forms.ChoiceField(label="Third figure", required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, **rest: Any) -> None:
        super().__init__(*args, **rest)
        groups = [
            (topic.title, [(each.key, each.name) for each in catalogue.of_topic(topic.key)])
            for topic in topics()
        ]
        for name in self.PLACES:
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "None"), *((title, rows) for title, rows in groups if rows)]

    @property
    def chosen(self) -> list[str]:
        return [key for name in self.PLACES if (key := self.cleaned_data.get(name))]

    def clean(self) -> None:
        if len(set(self.chosen)) < len(self.chosen):
            raise forms.ValidationError("Choose each figure once.")


@transaction.atomic
def choose_figures(*, borough: Borough, keys: Sequence[str], by: User) -> None:
    """Show these on the front page, in this order; none: those that were recorded last."""
    Borough.objects.select_for_update().get(pk=borough.pk)
    borough.shown_figures.all().delete()
    ShownFigure.objects.bulk_create(
        ShownFigure(borough=borough, position=place, indicator=key)
        for place, key in enumerate(keys, start=1)
    )
    record("front.figures-chosen", by=by, borough_id=borough.pk, count=len(keys))
