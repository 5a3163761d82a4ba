"""The pages of django-allauth that the portal uses, under its URL names."""

from allauth.account import views
from django.urls import include, path, re_path

from . import second_factor_views as second

_second_factor = [
    path("", second.index, name="mfa_index"),
    path("needed/", second.needed, name="second_factor_needed"),
    path("step/", second.second_step, name="mfa_authenticate"),
    path("confirm/", second.confirm, name="mfa_reauthenticate"),
    path("confirm/passkey/", second.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("app/add/", second.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", second.deactivate_totp, name="mfa_deactivate_totp"),
    path("passkeys/add/", second.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/rename/", second.rename_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", second.remove_passkey, name="mfa_remove_webauthn"),
    path("recovery-codes/", second.recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", second.renew_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "recovery-codes/download/",
        second.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
urlpatterns = [
    path("second-factor/", include(_second_factor)),
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-up/", views.signup, name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
