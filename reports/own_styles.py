"""A piece of a borough's own style as two people may have it before them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from reports.house_styles.editing import piece_of

from .models import HouseStyle


@dataclass(frozen=True)
class StylePiece:
    """`path` as in reports.house_styles.editing."""

    style: HouseStyle
    path: str

    @property
    def value(self) -> dict[str, Any]:
        return piece_of(self.style.definition, self.path) or {}

    @property
    def version(self) -> int:
        return self.style.version

    @property
    def changed_by(self) -> User | None:
        return self.style.changed_by

    @property
    def changed_at(self) -> dt.datetime | None:
        return self.style.changed_at
