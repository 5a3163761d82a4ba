"""What a section's text can refer to in the rest of its report."""

from .models import Report
from .places import RECOMMENDATIONS
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
