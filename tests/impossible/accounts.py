"""Rows of `accounts` that the database refuses: the constraint, and a deed that breaks it."""

from .deeds import Case, change

CASES: list[Case] = [
    ("nobody_is_superuser", lambda w: change(w.stranger, is_superuser=True)),
    ("one_person_an_email_address", lambda w: change(w.stranger, email=w.here.lead.email.upper())),
]
