"""Inviting people, joining, and the roles they hold."""

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import User
from boroughs.models import Borough, Invitation
from boroughs.roles import ABOUT, Role
from govuk.forms import Checkboxes, CleanText, Radios

from .strategies import RowField

HINTS = {role.value: about for role, about in ABOUT.items()}


class ConfirmForm(forms.Form):
    """Nothing to fill in: its button is the answer."""


class InvitationForm(forms.Form):
    name = CleanText(label="Full name", max_length=120)
    post = CleanText(
        label="Post (optional)",
        help_text="The title of their post, for example Community safety manager.",
        max_length=120,
        required=False,
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="Their work address. The link in the e-mail works for 14 days.",
        max_length=254,
    )
    role = forms.TypedChoiceField(
        label="Role", choices=Role.choices, coerce=Role, widget=Radios(hints=HINTS)
    )
    organisation = RowField(
        label="A contributor reports for (optional)",
        help_text="Whose actions they report on as soon as they have accepted.",
        queryset=None,
        required=False,
        empty_label="Not said yet",
    )

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = borough.organisations.all()
        cast("forms.ModelChoiceField[Any]", self.fields["organisation"]).queryset = rows


class RolesForm(forms.Form):
    """`seen` says which roles the page showed, so that two leads do not undo each other's change unseen."""

    roles = forms.TypedMultipleChoiceField(
        label="Roles",
        choices=Role.choices,
        coerce=Role,
        widget=Checkboxes(hints=HINTS),
        error_messages={"required": "Select at least one role, or end all roles instead"},
    )
    seen = forms.TypedMultipleChoiceField(
        choices=Role.choices, coerce=Role, required=False, widget=forms.MultipleHiddenInput
    )


class JoinForm(forms.Form):
    """A new person's name and password."""

    name = CleanText(
        label="Full name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters. Three or four random words are easy to remember and hard to guess.",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.invitation = invitation

    def clean(self) -> None:
        name, password = self.cleaned_data.get("name"), self.cleaned_data.get("password")
        if password:
            person = User(email=self.invitation.email, name=name or "")
            try:
                validate_password(password, person)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
