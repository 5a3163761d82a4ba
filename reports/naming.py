"""What a section's text can refer to in the rest of its report."""

from .models import Report
from .places import RECOMMENDATIONS, places_of
from .references import names_of


def names_in(report: Report, *, without: str) -> list[str]:
    """All names but those given by the section `without`. Nothing that is closed: the paper for the public cannot lead there.

    Two statements, however many sections.
    """
    rows = report.texts.open_to_all().exclude(key=without)
    texts = {text.key: text.body for text in rows}
    asked = [line for line in texts.get(RECOMMENDATIONS, "").splitlines() if line.strip()]
    appendices = report.appendices.count()
    return names_of(
        report.style.definition, texts, recommendations=len(asked), appendices=appendices
    )


def named_in(report: Report, names: list[str]) -> list[tuple[str, str]]:
    """Each name with words for it: a section's heading, “Recommendation 1”; a name that the text gives is its own."""
    headings = {section["key"]: section["heading"] for section in report.style.definition["sections"]}  # fmt: skip
    headings |= {place.key: place.name for place in places_of(report.style)}
    return [(name, headings.get(name) or _counted(name)) for name in names]


def _counted(name: str) -> str:
    kind, _, number = name.partition("-")
    return f"{kind.title()} {number}" if kind in ("recommendation", "appendix") and number.isdigit() else name  # fmt: skip
