"""Frozen reports for the tests, in words of our own: short, long, hostile, Welsh, blank."""

import copy
from typing import Any

from reports.house_styles import load
from reports.live.piece import Cell, Chart, Piece, table

Snapshot = dict[str, Any]

SCALE = [
    {"key": "green", "label": "Green", "tone": "green", "pattern": "plain", "meaning": "In place."},
    {
        "key": "amber",
        "label": "Amber",
        "tone": "amber",
        "pattern": "stripes",
        "meaning": "In part.",
    },
    {"key": "red", "label": "Red", "tone": "red", "pattern": "cross", "meaning": "Not in place."},
]
LEVELS = {
    each["key"]: {name: each[name] for name in ("label", "tone", "pattern")} for each in SCALE
}

# number, title, level, level before, direction, actions, comment
TEN = [
    ("1", "Local risk assessment", "green", "amber", "better", "All complete.", "Part of the action plan; the directors’ board sees it every quarter."),
    ("2", "Multi-agency partnership board", "amber", "amber", "same", "The mental health trust is to name someone and attend.", "A members’ working group is being set up."),
    ("3", "Prevent partnership action plan", "green", "green", "same", "Write it into service plans, beside the section 17 duty.", ""),
    ("4", "Referral process", "green", "amber", "better", "Review the process after six months, in October 2019.", "A new process is in place; the board will review it."),
    ("5", "Channel panel", "amber", "red", "better", "Review the revised process after six months, in October 2019.", "Refreshed: the panel has met every month since 29 March 2019."),
    ("6", "Prevent problem-solving process", "green", "", "new", "", ""),
    ("7", "Training programme", "red", "amber", "worse", "Plan the offer for 2019/20 in the council’s learning system.", "The national workshop is being withdrawn, so what follows is not certain."),
    ("8", "Venue hire", "amber", "amber", "same", "Promote the policy with the community development team.", ""),
    ("9", "Community engagement", "amber", "amber", "same", "Work more closely with housing and civil society groups.", ""),
    ("10", "Communications", "green", "green", "same", "", ""),
]  # fmt: skip

TEXTS = {
    "executive-summary": (
        "This report lets the committee look at how the council meets the Prevent duty, and judge "
        "whether what is planned answers the local risk.\n\n"
        "Two questions matter most:\n\n- is the local threat understood?\n- will the actions planned meet it?\n\n"
        "Five of the ten benchmarks are green. Training is red, because the national workshop is being withdrawn."
    ),
    "background": (
        "Section 26 of the Counter-Terrorism and Security Act 2015 asks councils, in all that they do, to "
        "have due regard to the need to prevent people from being drawn into terrorism.\n\n"
        "The partnership’s strategy for 2017–19 has two aims:\n\n"
        "1. to strengthen communities through work shared between agencies\n"
        "2. to keep children and adults at risk safe from extremist influence\n\n"
        "The Channel panel meets every month and decides together on each referral."
    ),
    "issues": (
        "## What was done in 2018/19\n\n"
        "- 120 members of staff attended the awareness workshop\n"
        "- the toolkit was completed and the action plan refreshed\n\n"
        "## What is planned for 2019/20\n\n"
        "The partnership will keep the risk assessment up to date and refresh the strategy.\n\n"
        "Members will be offered a pledge card with **five points**.\n\n"
        "| Activity | When | Led by |\n|---|---|---|\n"
        "| Refresh of the strategy | Autumn 2019 | Community safety |\n"
        "| Review of the training offer | December 2019 | Learning and development |\n\n"
        "## Summary\n\n"
        "The risk in the borough is no greater than elsewhere in England."
    ),
    "reasons": "So that members know the risk and are satisfied with the response.\n\nSo that members can speak for this work in their wards.",
    "consultation": "The independent advisory group to the police was consulted.",
    "impact": "The work serves the council’s priority for people: a borough where residents of every age are proud to live.",
    "financial": "This report has no financial implications. Verified by the management accountant.",
    "legal": "This report has no legal implications. Verified by the assistant director of law and governance.",
    "equality": "The equality assessment is reflected in the action plan. Verified by the community development manager.",
    "other": "The work helps the council with its duty to prevent crime and disorder.",
}
FRONT = {
    "committee": "Cleaner, Greener and Safer Overview and Scrutiny Committee",
    "date": "2019-07-04",
    "item": "9",
    "title": "Community safety partnership report on Prevent",
    "wards": "All",
    "key_decision": "N/A",
    "report_of": "Community Safety Partnership Manager",
    "accountable_assistant_director": "Assistant Director of Housing",
    "accountable_director": "Director of Environment and Highways",
    "status": "This report is public",
    "author": "Community Safety Partnership Manager\nEnvironment and Highways",
}


EVIDENCE = [
    {"kind": "paper", "key": "1", "title": "Training plan 2019/20", "dated": "2019-06-20", "note": "Chapter 3", "older_than": 0},
    {"kind": "figure", "key": "staff-trained", "title": "Staff trained, 2018 to 2019", "dated": "2019-03-31", "note": "", "older_than": 0},
    {"kind": "website", "key": "", "title": "https://www.example.org/training", "dated": "2018-01-31", "note": "", "older_than": 12},
]  # fmt: skip


def rating(number: str, title: str, level: str, before: str, direction: str, actions: str, comment: str) -> Snapshot:  # fmt: skip
    return {
        "number": number,
        "key": title.lower().replace(" ", "-"),
        "title": title,
        "level": LEVELS.get(level),
        "standing": "",
        "reason": "",
        "previous": LEVELS.get(before),
        "word": LEVELS.get(level, {"label": "Not rated"})["label"],
        "direction": direction,
        "actions": actions,
        "comment": comment,
        "beside": [beside(each, level) for each in ("home_office", "peer")],
        "evidence": EVIDENCE if number == "7" else [],
    }


def beside(assessor: str, level: str) -> Snapshot:
    """The Home Office finds all amber; the peers have not judged yet."""
    if assessor == "peer":
        return {"word": "Not rated", "tone": "grey", "differs": False}
    return {"word": "Amber", "tone": "amber", "differs": level not in ("", "amber")}


def counts(ratings: list[Snapshot]) -> list[Snapshot]:
    given = [each["level"]["label"] for each in ratings if each["level"]]
    return [
        {"label": each["label"], "tone": each["tone"], "count": given.count(each["label"])}
        for each in SCALE
    ]


def short(style: str = "thurrock") -> Snapshot:
    """Thurrock's self-assessment of July 2019, with an invented earlier period."""
    ratings = [rating(*row) for row in TEN]
    return {
        "format": 1,
        "borough": {"name": "Thurrock Council", "gss": "E06000034", "colour": "#005a84"},
        "report": {
            "title": FRONT["title"],
            "date": "2019-07-04",
            "language": "en",
            "made_from": "Thurrock Council’s published report of 4 July 2019, retold.",
        },
        "illustrative": "",
        "style": copy.deepcopy({each["key"]: each for each in load()}[style]),
        "front": dict(FRONT),
        "texts": dict(TEXTS),
        "recommendations": {
            "lead": "That the committee:",
            "items": [
                "note the national level of threat",
                "note the ratings and the actions against each benchmark",
                "encourage members to attend the working group",
                "complete the [training on line](https://www.elearning.prevent.homeoffice.gov.uk)",
                "promote the part that members play in watching for tension",
            ],
        },
        "assessment": {
            "toolkit": "Prevent duty toolkit for local authorities (2018)",
            "period": "July 2019",
            "assessor": "Prevent strategy group (the board)",
            "previous_period": "January 2019",
            "previous_illustrative": True,
            "scale": SCALE,
            "counts": counts(ratings),
            "signed_off": {"where": "Prevent strategy group", "on": "2019-08-20"},
            "judged": {"afresh": 8, "unchanged": 2},
            "changes": [
                f"{each['number']}. {each['title']} went from {each['previous']['label']} to {each['word']}."
                for each in ratings
                if each["direction"] in ("better", "worse")
            ],
            "beside": [
                {"assessor": "The Home Office", "period": "April 2018 to March 2019", "illustrative": True},
                {"assessor": "Peer reviewers", "period": "July 2019", "illustrative": False},
            ],
            "ratings": ratings,
        },
        "appendices": [
            {"label": "Appendix 1", "title": "Prevent strategy 2017–19"},
            {"label": "Appendix 2", "title": "Leaflet for residents"},
        ],
        "background_papers": [
            {"title": "Prevent duty guidance for England and Wales", "where": "https://www.gov.uk/government/publications/prevent-duty-guidance"},
            {"title": "Community safety delivery plan 2019/20", "where": "Held by the community safety team"},
        ],
    }  # fmt: skip


def illustrative() -> Snapshot:
    said = "Illustrative: January 2019 was invented to show a history."
    return {**short(), "illustrative": said, "trail": {"seq": 123, "hash": "0123456789abcdef" * 4}}


def long() -> Snapshot:
    """Some twenty pages: long texts, long tables, a comment longer than a page."""
    snapshot = short()
    paragraph = "The partnership looked at this again with each agency, and recorded what had changed since the last meeting, who had done it and what was still to do. "
    years = [f"## Year {year}\n\n" + "\n\n".join([paragraph * 4] * 5) for year in range(2014, 2020)]
    rows = "\n".join(f"| {n} | {paragraph} | Board |" for n in range(1, 31))
    snapshot["texts"]["issues"] = (
        "\n\n".join(years) + f"\n\n| No. | Step | By |\n|---|---|---|\n{rows}"
    )
    snapshot["texts"]["consultation"] = "\n".join(f"- {paragraph}" for _ in range(30))
    snapshot["assessment"]["ratings"][4]["comment"] = paragraph * 30
    return snapshot


def hostile() -> Snapshot:
    """Everything a person could type to break the page."""
    snapshot = short()
    tricks = "<script>alert(1)</script> <img src=file:///etc/passwd> & \"quoted\" 'single' {{ secret }} {% now %}"
    snapshot["texts"]["background"] = (
        f"{tricks}\n\n[press](javascript:alert(1)) ![x](http://127.0.0.1/x) <b>bold</b>\n\n"
        "    indented as from a letter\n\n---\n\n# One\n\n###### Six\n\n- # in a list\n\n> quoted\n\n"
        f"| a |  |\n|:-:|-:|\n| {'long' * 60} | <td colspan=65534> |\n\n" + "x" * 400
    )
    snapshot["texts"]["issues"] = "## Only a heading"
    snapshot["report"]["title"] = snapshot["front"]["title"] = "Title with <b>markup</b> & “quotes”"
    snapshot["front"]["wards"] = "Ward\u202e with a turned direction\x07 and\r\nlines"
    first = snapshot["assessment"]["ratings"][0]
    first["comment"] = f"{tricks}\nsecond line " + "W" * 120
    first["actions"] = "\n\n"
    snapshot["recommendations"]["items"].append("<h1>shout</h1> **strong** `code`")
    snapshot["background_papers"].append({"title": "<i>Paper</i>", "where": "javascript:alert(1)"})
    snapshot["borough"]["colour"] = "red;} body{background:url(file:///etc/passwd)"
    return snapshot


def welsh() -> Snapshot:
    snapshot = short("plain")
    snapshot["borough"]["name"] = "Cyngor Sir Ynys Môn"
    snapshot["front"]["committee"] = "Pwyllgor Craffu Tŷ Ddewi, Dŵr a’r Ŵyl"
    snapshot["texts"]["background"] = "Y w\u0302yl yn Nhŷ’r Cyngor → £1,000 • “gair” – ŷ ẅ ẃ ẁ ½ €."
    return snapshot


def blank() -> Snapshot:
    """A first assessment: nothing before it, three ways of having no level, no papers."""
    snapshot = short()
    ratings = snapshot["assessment"]["ratings"]
    for each in ratings:
        each.update(previous=None, direction="", beside=[], evidence=[])
    ratings[5].update(level=None)
    ratings[7].update(level=None, standing="Not applicable", reason="The council owns no venues.")
    ratings[4].update(level=None, standing="Met through a partner", reason="The county chairs it.")
    snapshot["assessment"].update(
        previous_period="",
        previous_illustrative=False,
        counts=counts(ratings),
        beside=[],
        changes=[],
    )
    snapshot.update(appendices=[], background_papers=[])
    return snapshot


def live() -> Snapshot:
    """What flows in from the record: a table longer than a page, a list in a list, a block with nothing in it."""
    snapshot = short()
    snapshot["texts"]["issues"] = (
        "## Risks\n\nThe board looked at each.\n\n[[risks]]\n\n[[priorities]]\n\n[[overdue actions]]"
    )
    risk: list[Cell] = [
        "Staff <moves on>",
        "15, high",
        "A second person knows the work.\nNotes are kept.",
        "6, medium",
    ]
    rows: list[list[Cell]] = [risk, ["Funding ends", "20, high", "–", "20, high"]] * 15
    head = ["Risk", "Before controls", "Controls", "Now"]
    snapshot["live"] = {
        "risks": Piece("Thirty risks.", "Risks", head, rows, note="Scored from 1 to 25.").as_json(),
        "priorities": Piece("Two priorities:", lines=[("Understand", ["the profile", "the board"]), ("Act early", [])]).as_json(),
        "overdue actions": Piece("No action was overdue on 4 July 2019.").as_json(),
    }  # fmt: skip
    return snapshot


def two_pages() -> Snapshot:
    """The ratings of a period on two pages, and next to no text: what most boards see each quarter."""
    snapshot = short("plain")
    snapshot["texts"] = {"background": "The board’s ratings for the quarter."}
    snapshot["recommendations"]["items"] = ["note the ratings"]
    snapshot["front"]["author"] = snapshot["report"]["made_from"] = ""
    for each in snapshot["assessment"]["ratings"]:
        each.update(evidence=[], beside=[], previous=None, direction="")
    snapshot["assessment"].update(beside=[], changes=[], previous_period="")
    snapshot["assessment"]["scale"] = []
    snapshot.update(appendices=[], background_papers=[])
    return snapshot


def words() -> Snapshot:
    """Notes, places that are referred to before and after they stand, and passages in other languages."""
    snapshot = short()
    snapshot["texts"]["background"] = (
        "The plan is measured every quarter (see {@risk-plan} and [the training](#training)).[^law]\n\n"
        "[^law]: Section 26 of the Counter-Terrorism and Security Act 2015; see {@legal}.\n\n"
        "::: cy\nMae’r cynllun hwn ar gael yn Gymraeg.\n\n- Tŷ’r Cyngor\n- Yr Ŵyl\n:::\n\n"
        "The [recommendation](#recommendation-2) rests on {@appendix-1} and {@financial}."
    )
    snapshot["texts"]["issues"] = (
        "## The plan {#risk-plan}\n\nThe board owns it.[^1] It meets often.[^2][^1]\n\n"
        "Each school has a trained lead. {#training}\n\n[[priorities]]\n\n"
        "[^1]: Minutes of the board, 20 June 2019.\n[^2]: Of the **six** meetings one was not held.\n\n"
        "::: cy\n## Crynodeb\n\nMae’r risg yn isel.\n:::"
    )
    snapshot["live"] = {}
    return snapshot


def drawn() -> Snapshot:
    """Blocks with charts and with ratings: bars of which one has no number, a tree of boards, words and tags in a table."""
    snapshot = short()
    keys = "plan chart", "figures over time", "governance", "benchmarks compared"
    snapshot["texts"]["issues"] = "\n\n".join(["## What flows in", *(f"[[{key}]]" for key in keys)])
    bars: list[dict[str, Any]] = [
        {
            "label": "Understand the local risk, and have every partner agency see it each quarter",
            "said": "2 of 3 complete",
            "number": 2 / 3,
            "of": 1,
        },
        {"label": "Act <early>", "said": "0 of 4 complete", "number": 0.0, "of": 1},
    ]
    years: list[dict[str, Any]] = [
        {"label": "2016 to 2017", "said": "90", "number": 90.0},
        {"label": "2017 to 2018", "said": "Suppressed", "number": None},
        {"label": "2018 to 2019", "said": "over 120", "number": 120.0},
    ]
    boards: list[dict[str, Any]] = [
        {
            "label": "Community safety partnership",
            "said": "Chaired by the chief executive",
            "depth": 0,
        },
        {
            "label": "Prevent strategy group, of all partner agencies in the borough",
            "said": "",
            "depth": 1,
        },
        {"label": "Channel panel", "said": "Chaired by a head of service", "depth": 2},
    ]
    green = {**LEVELS["green"], "text": "Green", "note": "Improved: was\u00a0Amber"}
    amber = {**LEVELS["amber"], "text": "Amber"}
    rated = [[title, green, amber] for _, title, *_ in TEN]
    snapshot["live"] = {
        "plan chart": table(
            "Two of seven.",
            "Actions",
            ["Priority", "Complete"],
            [["Understand", 2], ["Act <early>", 0]],
            charts=[Chart("bars", "Complete", bars)],
        ).as_json(),
        "figures over time": table(
            "Figures.",
            "Figures",
            ["Figure", "Number"],
            [["Staff", "90"]],
            charts=[Chart("bars", "Staff trained", years)],
        ).as_json(),
        "governance": table(
            "Three boards.",
            "Boards",
            ["Body", "Chaired by"],
            [["Channel panel", ""]],
            charts=[Chart("tree", "Who reports to whom", boards)],
        ).as_json(),
        "benchmarks compared": table(
            "Ten ratings.",
            "Ratings beside each other",
            ["Benchmark", "July 2019", "January 2019"],
            rated,
            is_wide=True,
        ).as_json(),
    }
    return snapshot
