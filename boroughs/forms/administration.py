"""Opening a borough and giving it its first lead."""

from django import forms

from accounts.actions import WhyEnded
from govuk.forms import CleanText, Radios


class LeadForm(forms.Form):
    """Who is invited to be the borough's lead."""

    lead = CleanText(label="Full name of the lead", max_length=120)
    post = CleanText(
        label="Post (optional)",
        help_text="For example Director of public protection.",
        max_length=120,
        required=False,
    )
    email = forms.EmailField(
        label="E-mail address of the lead",
        help_text="A link is sent there. It works for 14 days.",
        max_length=254,
    )


class FirstLeadForm(LeadForm):
    full_name = CleanText(
        label="Name of the council in full",
        help_text="As it is printed on reports. The lead can change it later.",
        max_length=150,
    )
    field_order = ["full_name", "lead", "post", "email"]


class SecondFactorEndForm(forms.Form):
    """Whose second factor is ended, and why."""

    email = forms.EmailField(
        label="E-mail address of the person",
        help_text="Make sure by other means, such as a call, that it is they who ask.",
        max_length=254,
    )
    reason = forms.TypedChoiceField(
        label="Reason", choices=WhyEnded.choices, coerce=WhyEnded, widget=Radios
    )
