"""The one page that leads to everything the record holds."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm


@dataclass(frozen=True)
class Noun:
    """A line of the page: what is kept, where, and for whom."""

    title: str
    route: str
    perm: Perm
    about: str
    more: tuple[tuple[str, str], ...] = ()  # text and route of pages that belong to it


NOUNS = (
    Noun(
        "Strategies and delivery plans",
        "boroughs:strategy-list",
        Perm.READ_PLAN,
        "What the council set out to do, who adopted it, and how far its actions are.",
    ),
    Noun(
        "Reporting calendar",
        "boroughs:duty-list",
        Perm.READ_RECORD,
        "Who must be told what and how often: what is due next, what was done and what was missed.",
        (("In a calendar program", "boroughs:duty-calendar"),),
    ),
    Noun(
        "Boards",
        "boroughs:board-list",
        Perm.READ_RECORD,
        "Who oversees Prevent, who belongs to each board, whether it met as often as it should, and who came.",
    ),
    Noun(
        "Reviews and recommendations",
        "boroughs:review-list",
        Perm.READ_RECORD,
        "What reviewers, auditors and committees asked for, what was answered, and what came of it.",
    ),
    Noun(
        "Figures",
        "boroughs:figure-list",
        Perm.READ_RECORD,
        "Training, engagement, meetings and referrals by period, and what the public sees of them.",
        (("As the public sees them", "boroughs:figure-public"),),
    ),
    Noun(
        "Activities and projects",
        "boroughs:activity-list",
        Perm.READ_RECORD,
        "What was delivered and what is planned, for whom, and what came of it.",
    ),
    Noun(
        "Funding lines",
        "boroughs:line-list",
        Perm.READ_RECORD,
        "What pays for which post or purpose, year by year, and whether it is confirmed.",
    ),
    Noun(
        "Risks",
        "boroughs:risk-list",
        Perm.READ_RECORD,
        "What may keep the programme or the council from doing its duty, on a grid, reviewed each quarter.",
    ),
    Noun(
        "Registers",
        "boroughs:register-list",
        Perm.READ_RECORD,
        "Profiles received and who was briefed, policies, and assessments of equality and data protection.",
    ),
    Noun(
        "Organisations",
        "boroughs:organisation-list",
        Perm.READ_PLAN,
        "The partners that own actions, and report on them.",
    ),
    Noun(
        "Spreadsheets in and out",
        "sheets:sheet-list",
        Perm.KEEP_RECORD,
        "Download plans, figures and reviews as workbooks; import edited copies or your own, row by row.",
    ),
    Noun(
        "Context",
        "boroughs:context-show",
        Perm.READ_RECORD,
        "The threat level, law and guidance and events, in the country and the area, dated and with their source.",
    ),
)


@borough_view(Perm.READ_PLAN, "GET", "HEAD")
def record(request: BoroughRequest) -> HttpResponse:
    items = [
        {
            "title": noun.title,
            "href": reverse(noun.route, args=[request.borough.slug]),
            "lines": [noun.about],
            "links": [
                (text, reverse(route, args=[request.borough.slug])) for text, route in noun.more
            ],
        }
        for noun in NOUNS
        if noun.perm in request.granted
    ]
    return render(request, "boroughs/record.html", {"items": items})
