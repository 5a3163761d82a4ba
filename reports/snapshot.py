"""A report frozen as data: all that a rendering may print, and nothing it has to look up."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from audit.trail import settled_head_of
from boroughs.models import Meeting
from toolkit.comparison import Compared, beside, compare, counts, progress_of, said_by
from toolkit.models import Assessment, Evidence, Level, Rating, rule_of
from toolkit.wording import key_of

from .live import frozen
from .models import HouseStyle, Report

FORMAT = (
    2  # of 1 are those made before a report showed several assessors, what changed and the evidence
)
FROM_THE_MEETING = ("date", "item", "committee")
RECOMMENDATIONS = "recommendations"
LEAD = "recommendations-lead"
PAPERS = "background-papers"
APPENDICES = "appendices"


def snapshot_of(report: Report) -> dict[str, Any]:
    """The report as it stands now. JSON values only."""
    texts = {text.key: text.body for text in report.texts.all()}
    written = {key: texts.get(key, "") for key in narrative_keys(report.style)}
    live = frozen(report, written.values())
    assessment = report.assessment
    previous = assessment.previous()
    others = [other for other in beside(assessment) if other.assessor in report.beside]
    notes = [a.illustrative for a in (assessment, previous, *others) if a and a.illustrative]
    notes += [note for piece in live.values() for note in piece["illustrative"]]
    return {
        "format": FORMAT,
        "borough": {
            "name": report.borough.full_name,
            "gss": report.borough.gss_code,
            "colour": report.borough.colour,
        },
        "report": {
            "title": report.title,
            "date": _day(report).isoformat(),
            "language": "en",
            "made_from": report.source,
        },
        "illustrative": " ".join(dict.fromkeys(notes)),
        "style": report.style.definition,
        "front": _front(report, texts),
        "texts": written,
        "live": live,
        "recommendations": {
            "lead": texts.get(LEAD, ""),
            "items": _lines(texts.get(RECOMMENDATIONS, "")),
        },
        "assessment": _assessment(assessment, previous, others),
        "background_papers": [_paper(line) for line in _lines(texts.get(PAPERS, ""))],
        "appendices": [
            {"label": f"Appendix {number}", "title": title}
            for number, title in enumerate(_lines(texts.get(APPENDICES, "")), start=1)
        ],
    }


def with_head(snapshot: dict[str, Any], report: Report) -> dict[str, Any]:
    """The snapshot with the newest link of the borough's trail, so that a trail written anew later can be told from it."""
    head = settled_head_of(report.borough_id)
    return {**snapshot, "trail": {"seq": head.seq, "hash": head.hash}} if head else snapshot


def without_head(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What two makings of the same report have in common."""
    return {key: value for key, value in snapshot.items() if key != "trail"}


def narrative_keys(style: HouseStyle) -> list[str]:
    """The sections, and parts of sections, that people write."""
    keys: list[str] = []
    for section in style.definition["sections"]:
        if section["kind"] in {"narrative", "benchmarks"}:
            keys.append(section["key"])
        keys += [part["key"] for part in section.get("parts", ())]
    return keys


def front_keys(style: HouseStyle) -> list[str]:
    """The front sheet's fields that people fill in; the meeting gives the others."""
    fields = style.definition["front"]
    return [f["key"] for f in fields if f["key"] not in FROM_THE_MEETING and f["kind"] != "title"]


def _day(report: Report) -> Any:
    return report.meeting.date if report.meeting else report.assessment.ends_on


def _front(report: Report, texts: dict[str, str]) -> dict[str, str]:
    front = {
        key: texts.get(f"front-{key}".replace("_", "-"), "") for key in front_keys(report.style)
    }
    front["author"] = texts.get("front-author", "")
    return {
        **front,
        "title": report.title,
        "item": report.item_number,
        **_of_meeting(report.meeting),
    }


def _of_meeting(meeting: Meeting | None) -> dict[str, str]:
    return (
        {"committee": meeting.committee.name, "date": meeting.date.isoformat()} if meeting else {}
    )


def _assessment(
    assessment: Assessment, previous: Assessment | None, others: list[Assessment]
) -> dict[str, Any]:
    rows = compare(assessment, previous)
    evidence, said = _evidence(assessment), said_by(others)
    progress = progress_of(row.now for row in rows)
    return {
        "toolkit": str(assessment.version),
        "period": assessment.period,
        "assessor": assessment.assessed_by,
        "illustrative": bool(assessment.illustrative),
        "previous_period": previous.period if previous else "",
        "previous_illustrative": bool(previous and previous.illustrative),
        "scale": [
            {"key": each.level.key, **_level(each.level), "meaning": each.text}
            for each in key_of(assessment)
        ],
        "counts": [
            {"label": label, "tone": tone, "count": number}
            for label, tone, number in counts([row for row in rows if row.now.level])
        ],
        "signed_off": _signed_off(assessment),
        "judged": {"afresh": progress.afresh, "unchanged": progress.unchanged},
        "changes": [row.sentence for row in rows if row.sentence],
        "beside": [
            {"assessor": a.assessed_by, "period": a.period, "illustrative": bool(a.illustrative)}
            for a in others
        ],
        "ratings": [
            {
                **_rating(row),
                "beside": [
                    _beside(row.now, said.get((a.pk, row.now.benchmark_id))) for a in others
                ],
                "evidence": evidence[row.now.pk],
            }
            for row in rows
        ],
    }


def _signed_off(assessment: Assessment) -> dict[str, str]:
    """Where and when the board did, if it did."""
    found = assessment.sign_offs.in_force().select_related("meeting__committee").first()
    return {"where": found.where, "on": found.signed_on.isoformat()} if found else {}


def _beside(own: Rating, other: Rating | None) -> dict[str, Any]:
    """What another assessor says. Who has not judged it yet does not differ."""
    judged = other is not None and {"Not rated"}.isdisjoint({own.word, other.word})
    level = _level(other.level) if other and other.level else {"tone": str(Level.Tone.GREY)}
    return {
        **{name: text for name, text in level.items() if name != "label"},
        "word": other.word if other else "Not rated",
        "differs": bool(judged and other and other.word != own.word),
    }


def _evidence(assessment: Assessment) -> defaultdict[UUID, list[dict[str, Any]]]:
    """What each rating rests on, of what is open to all; the keys let whoever erases a thing find its title here."""
    found: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    today, months = timezone.localdate(), rule_of(assessment.borough).stale_after
    rows = Evidence.objects.filter(rating__assessment=assessment).open().in_words()
    for row in rows:
        found[row.rating_id].append(
            {
                "kind": row.kind,
                "key": row.key,
                "title": row.public_title,
                "dated": row.dated.isoformat(),
                "note": row.note,
                "older_than": months if row.is_stale(today, months) else 0,
            }
        )
    return found


def _rating(row: Compared) -> dict[str, Any]:
    rating = row.now
    return {
        "number": str(rating.benchmark.number),
        "key": rating.benchmark.key,
        "title": rating.benchmark.title,
        "level": _level(rating.level) if rating.level else None,
        "word": rating.word,
        "standing": rating.get_standing_display() if rating.standing else "",
        "reason": rating.reason,
        "previous": _level(row.before.level) if row.before and row.before.level else None,
        "direction": row.direction,
        "actions": rating.actions,
        "comment": rating.comment,
    }


def _level(level: Level) -> dict[str, str]:
    return {"label": level.label, "tone": str(level.tone), "pattern": level.pattern}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _paper(line: str) -> dict[str, str]:
    title, _, where = (part.strip() for part in line.partition("|"))
    return {"title": title, "where": where}


def text_keys(style: HouseStyle) -> Iterable[str]:
    """Every place of the report that people fill in."""
    yield from (f"front-{key}".replace("_", "-") for key in front_keys(style))
    yield from ("front-author", LEAD, RECOMMENDATIONS)
    yield from narrative_keys(style)
    yield from (PAPERS, APPENDICES)
