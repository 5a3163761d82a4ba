"""The places of a report that people fill in, as its house style names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .models import HouseStyle

FROM_THE_MEETING = ("date", "item", "committee")
RECOMMENDATIONS = "recommendations"
LEAD = "recommendations-lead"
PAPERS = "background-papers"
APPENDICES = "appendices"
AUTHOR = "front-author"
LISTS = (RECOMMENDATIONS, PAPERS)  # one thing on each line


@dataclass(frozen=True)
class Place:
    """A section, or a part of the implications, with a page of its own."""

    key: str
    heading: str
    kind: str
    guidance: str
    starter: str
    group: str = ""  # the heading above it, of a part of the implications
    clears: str = ""  # which clearance the style asks for
    required: bool = False
    in_table: bool = False

    @property
    def name(self) -> str:
        return f"{self.group}: {self.heading}" if self.group else self.heading

    @property
    def is_list(self) -> bool:
        return self.key in LISTS


def places_of(style: HouseStyle) -> list[Place]:
    """In the style's order. Appendices are rows and have a page of their own."""
    return list(_places(style.definition["sections"]))


def _places(sections: list[dict[str, Any]]) -> Iterator[Place]:
    for section in sections:
        said = section["heading"], section["kind"], section["guidance"], section["starter"]
        asks = _asks(section)
        match section["kind"]:
            case "appendices":
                continue
            case "recommendations":
                yield Place(RECOMMENDATIONS, *said, **asks)
            case "background_papers":
                yield Place(PAPERS, *said, **asks)
            case "implications":
                for part in section["parts"]:
                    its = part["heading"], "narrative", part["guidance"], part["starter"]
                    yield Place(
                        part["key"],
                        *its,
                        group=section["heading"],
                        in_table=section.get("layout") == "table",
                        **_asks(part),
                    )
            case _:
                yield Place(section["key"], *said, **asks)


def _asks(part: dict[str, Any]) -> dict[str, Any]:
    return {"clears": part.get("clears") or "", "required": bool(part.get("required"))}


def front_keys(style: HouseStyle) -> list[str]:
    """The front sheet's fields that people fill in; the meeting gives the others."""
    fields = style.definition["front"]
    return [f["key"] for f in fields if f["key"] not in FROM_THE_MEETING and f["kind"] != "title"]


def front_place(key: str) -> str:
    """The key under which a field of the front sheet is kept."""
    return f"front-{key}".replace("_", "-")


def front_places(style: HouseStyle) -> list[str]:
    return [*(front_place(key) for key in front_keys(style)), AUTHOR]


def narrative_keys(style: HouseStyle) -> list[str]:
    """The sections, and parts of sections, whose words are paragraphs."""
    return [place.key for place in places_of(style) if not place.is_list]
