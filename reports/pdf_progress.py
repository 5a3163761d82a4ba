"""What WeasyPrint says of its progress, as a stage and a page."""

import logging
import time
from collections.abc import Callable
from typing import Self

Told = Callable[[str, int | None], None]

LAYOUT = "Step 5"
STAGES = {
    **dict.fromkeys(("Step 1", "Step 2", "Step 3", "Step 4"), "reading"),
    LAYOUT: "pages",
    **dict.fromkeys(("Step 6", "Step 7"), "writing"),
}
SECONDS = 0.5  # between two pages that are told: each is a statement to the database

logger = logging.getLogger("weasyprint.progress")
logger.setLevel(logging.INFO)
logger.propagate = False  # nothing of it is written to a log


class Progress(logging.Handler):
    """Tells each stage and, while pages are set, the page; pages no oftener than one can read."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told
        self.again = False  # the pages are set once more: the contents make them others
        self.stage = ""
        self.quiet_until = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        said = str(record.msg)
        stage = STAGES.get(said[: len(LAYOUT)], "")
        if stage == "pages" and self.again:
            stage = "again"
        now = time.monotonic()
        if not stage or (stage == self.stage and now < self.quiet_until):
            return
        self.stage, self.quiet_until = stage, now + SECONDS
        self.told(stage, _page(record) if "Page %d" in said else None)

    def __enter__(self) -> Self:
        logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logger.removeHandler(self)


def _page(record: logging.LogRecord) -> int | None:
    first = record.args[0] if isinstance(record.args, tuple) else None
    return first if isinstance(first, int) else None
