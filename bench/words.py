"""What the invented boroughs are called and what they write."""

SENTENCES = (
    "The partnership looked at this again with each agency and recorded what had changed since the last quarter.",
    "Two wards were visited, and the findings went to the board with a date for each step that is still to do.",
    "Staff who meet the public every day have taken the awareness course, and new starters take it in their first month.",
    "The panel met every month; attendance by partners was above nine in ten.",
    "A named officer now keeps the plan up to date and reports to the director.",
    "Schools and colleges were asked what they need, and the offer was changed to match their answers.",
)
PASSWORD = "a password of measurements"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of everybody's authenticator app
OBSERVER = "observer@boroughs.example.org"  # of every borough
PDF = b"%PDF-1.7 stands for a printed report\n" * 500


def slug_of(number: int) -> str:
    return f"borough-{number:03d}"


def email_of(role: str, slug: str, number: int = 1) -> str:
    return f"{role}-{number}@{slug}.example.org"


def comment(number: int) -> str:
    return " ".join(SENTENCES[(number + n) % len(SENTENCES)] for n in range(2))


def actions(number: int) -> str:
    return SENTENCES[(number + 3) % len(SENTENCES)]


def text(key: str) -> str:
    """What stands in one place of a report: a line on the front sheet, paragraphs elsewhere."""
    if key.startswith("front-"):
        return "Community safety"
    if key == "recommendations-lead":
        return "That the committee:"
    if key == "recommendations":
        return "note the ratings\nagree the actions"
    if key in {"background-papers", "appendices"}:
        return "Action plan"
    return "\n\n".join([" ".join(SENTENCES), " ".join(reversed(SENTENCES))])
