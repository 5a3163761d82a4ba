"""E-mails to committee members when a report is issued: a link that leads through sign-in, and no word of the report."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from boroughs.models import Membership, Seat
from boroughs.roles import Perm, roles_with

from .models import Issue


def readers_of(issue: Issue) -> list[User]:
    """Who sits today on the committee it goes to and may read reports; nobody while it goes to none."""
    meeting = issue.report.meeting
    if meeting is None:
        return []
    seats = Seat.objects.held_on(timezone.localdate()).filter(committee=meeting.committee_id)
    allowed = Membership.objects.live().filter(
        borough=issue.borough_id, role__in=roles_with(Perm.READ_REPORTS)
    )
    people = User.objects.filter(pk__in=seats.values("person"), is_active=True)
    return list(people.filter(pk__in=allowed.values("user")).order_by("pk"))


def mail_readers(issue: Issue) -> bool:
    """One letter each. False when they could not be sent."""
    meeting = issue.report.meeting
    context = {
        "borough": issue.borough,
        "meeting": meeting,
        "issue": issue,
        "link": settings.SITE_URL + issue.get_absolute_url(),
    }
    text = render_to_string("reports/email/issued.txt", context)
    subject = (
        f"{settings.SERVICE_NAME}: a report for {meeting.committee if meeting else issue.borough}"
    )
    letters = [EmailMessage(subject, text, None, [person.email]) for person in readers_of(issue)]
    try:
        get_connection().send_messages(letters)
    except (SMTPException, OSError):
        return False
    return True
