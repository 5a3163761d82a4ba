"""What the paper says on keeping the public out while something closed is considered. Pure: it reads the snapshot.

Exempt information needs a resolution that names it by its paragraphs (Local Government Act 1972, s100A(4) and (5); for an
executive the 2012 Regulations, reg 4(2)(b) and (3)). Confidential information needs none: the public is excluded by the
law itself (s100A(2); reg 4(2)(a)).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from boroughs.grounds import cited, ground, in_order

Snapshot = Mapping[str, Any]

HEADING = "Exclusion of the public"
REGULATIONS_2012 = "the Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012"
REGULATIONS_2001 = (
    "the regulations of 2001 on the decisions, documents and meetings of executives in Wales"
)
RESOLVES = {
    "act_1972": "section 100A(4) of the Local Government Act 1972",
    "regs_2012": f"regulation 4(2)(b) of {REGULATIONS_2012}",
    "wales_2001": REGULATIONS_2001,
}
EXCLUDES = {
    "act_1972": "section 100A(2) of the Local Government Act 1972",
    "regs_2012": f"regulation 4(2)(a) of {REGULATIONS_2012}",
    "wales_2001": REGULATIONS_2001,
}
OWN_CHOICE = "{what} {are} not for publication. No law on access to meetings binds this body: it keeps {them} closed by its own choice."
RESOLUTION = (
    "It is to be resolved under {law} that the public leave the meeting while {what} {are} considered, because the public "
    "would otherwise be likely to learn exempt information as described in {paragraphs} of {schedule}, and because the "
    "public interest in keeping it exempt outweighs the public interest in telling it."
)
UNNAMED = "{what} {are} closed. The ground in law is not recorded."
STATEMENT = "The public is excluded under {law} while {what} {are} considered: the information is confidential{why}. No resolution is needed."


def sentences(snapshot: Snapshot) -> list[str]:
    """One for each description of what is closed, in the order of the paper; none where nothing is closed."""
    return [
        _said(snapshot["report"].get("regime", ""), key, names)
        for key, names in _closed(snapshot).items()
    ]


def _closed(snapshot: Snapshot) -> dict[tuple[str, ...], list[str]]:
    """By classification and description, what of the paper is closed."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, closed in _parts(snapshot):
        exempt = closed["classification"] == "exempt"
        more = tuple(closed["paragraphs"]) if exempt else (closed["ground"],)
        found.setdefault((closed["classification"], *more), []).append(name)
    return found


def _parts(snapshot: Snapshot) -> Iterator[tuple[str, Mapping[str, Any]]]:
    headings = {
        part["key"]: part["heading"]
        for section in snapshot["style"]["sections"]
        for part in (section, *section.get("parts", ()))
    }
    for key, closed in snapshot.get("closed", {}).items():
        yield f"the section “{headings.get(key, key)}”", closed
    for appendix in snapshot["appendices"]:
        if appendix.get("closed"):
            yield appendix["label"], appendix["closed"]


def _said(regime: str, key: tuple[str, ...], names: list[str]) -> str:
    classification, *more = key
    several = len(names) > 1
    words = {
        "what": _listed(names),
        "are": "are" if several else "is",
        "them": "them" if several else "it",
    }
    if regime not in RESOLVES:
        return _begun(OWN_CHOICE.format(**words))
    if classification == "confidential":
        why = f": {ground(more[0]).about.lower()}" if more and more[0] else ""
        return _begun(STATEMENT.format(law=EXCLUDES[regime], why=why, **words))
    if classification != "exempt" or not more:
        return _begun(UNNAMED.format(**words))
    schedule = in_order(more)[0].schedule
    return RESOLUTION.format(
        law=RESOLVES[regime], paragraphs=cited(more), schedule=schedule, **words
    )


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
