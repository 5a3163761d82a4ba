"""django-allauth's forms in the portal's words."""

from typing import Any

from allauth.account import forms as allauth

WORDS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "password": "Password",
    "oldpassword": "Current password",
    "password1": "New password",
    "password2": "New password again",
}


class InOurWords:
    """Labels as the portal writes them; the errors follow from the labels."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & WORDS.keys():
            self.fields[name].label = WORDS[name]


class Login(InOurWords, allauth.LoginForm):  # type: ignore[misc]  # allauth ships no types
    pass


class ChangePassword(InOurWords, allauth.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPassword(InOurWords, allauth.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPassword(InOurWords, allauth.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKey(InOurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class Reauthenticate(InOurWords, allauth.ReauthenticateForm):  # type: ignore[misc]
    pass
