"""What a check finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A fault or a doubt. `subject` says what it is about: when that changes, a waiver given for it no longer counts.

    A sentence says where and what in the portal's own words. It quotes nothing of what people wrote.
    """

    key: str
    sentence: str
    place: str
    href: str
    blocking: bool
    subject: str
    shared: bool = (
        False  # the page it leads to is open to whoever sees the finding, not only to who writes
    )

    @property
    def field(self) -> str:
        """The name of the field in which a reason for waiving it is given."""
        return f"{self.key}-{self.subject}"
