from django import forms

from govuk.forms import Radios
from reports.models import HouseStyle


class StyleForm(forms.Form):
    style = forms.ModelChoiceField(
        HouseStyle.objects.all(),
        label="House style",
        to_field_name="key",
        empty_label=None,
        widget=Radios(),
        help_text="The front sheet, the order of sections and the numbering of the reports begun from now on.",
    )
