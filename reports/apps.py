from django.apps import AppConfig

from boroughs.prose_field import refuse_text

from .narrative import why_not_printable
from .print.fonts import why_not_ready


def why_not_in_a_report(text: str) -> str | None:
    """A text the report's typeface cannot draw is refused where it is typed; without the typeface nothing is known."""
    return None if why_not_ready() else why_not_printable(text)


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Committee reports"

    def ready(self) -> None:
        refuse_text(why_not_in_a_report)
