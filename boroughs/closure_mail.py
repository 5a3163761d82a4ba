"""E-mails about requests for closed records: a link that leads through sign-in, and nothing of the record or its line."""

from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from .models import AccessRequest, Borough


def mail_leads(borough: Borough, addresses: Iterable[str]) -> bool:
    """Tell each lead that a request waits. False when that could not be sent."""
    link = reverse("boroughs:request-list", args=[borough.slug])
    return _send(borough, "a request waits for an answer", "request_waits", link, addresses)


def mail_asker(request: AccessRequest) -> bool:
    """Tell who asked that there is an answer, not which. False when that could not be sent."""
    borough = request.closure.borough
    link = reverse("boroughs:closure-show", args=[borough.slug, request.closure_id])
    return _send(
        borough, "your request was answered", "request_answered", link, [request.asked_by.email]
    )


def _send(borough: Borough, about: str, name: str, link: str, addresses: Iterable[str]) -> bool:
    context = {"borough": borough, "link": settings.SITE_URL + link}
    text = render_to_string(f"boroughs/email/{name}.txt", context)
    subject = f"{settings.SERVICE_NAME}: {about}"
    letters = [EmailMessage(subject, text, None, [address]) for address in addresses]
    try:
        get_connection().send_messages(letters)
    except (SMTPException, OSError):
        return False
    return True
