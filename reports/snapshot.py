"""A report frozen as data: all that a rendering may print, and nothing it has to look up."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from audit.trail import settled_head_of
from boroughs.models import Meeting
from toolkit.comparison import Compared, beside, compare, counts, progress_of, said_by
from toolkit.models import Assessment, Evidence, Level, Rating, rule_of
from toolkit.wording import key_of

from .clearing import sign_offs
from .closed import Closed, closed_in
from .live import frozen
from .models import Report, ReportAppendix
from .numbering import appendix
from .places import (
    AUTHOR,
    LEAD,
    PAPERS,
    RECOMMENDATIONS,
    front_keys,
    front_place,
    narrative_keys,
)

# Of 1 are those made before a report showed several assessors, what changed and the evidence; of 2 before sections and
# appendices could be closed, and before a report could be about no assessment
FORMAT = 3
# Of something closed that the portal may not tell of
UNTOLD = {"closure": "", "public_line": "", "classification": "", "ground": "", "paragraphs": []}


def snapshot_of(report: Report, *, said: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The report as it stands now, with what is `said` for some of its places instead. JSON values only."""
    texts = {text.key: text.body for text in report.texts.open_to_all()} | dict(said or {})
    written = {key: texts.get(key, "") for key in narrative_keys(report.style)}
    live = frozen(report, written.values())
    shown, assessments = _judged(report)
    closed = closed_in(report)
    sections = {one.key: one.as_json() for one in closed if one.part == "section"}
    notes = [each.illustrative for each in assessments if each.illustrative]
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
            "regime": report.meeting.committee.regime if report.meeting else "",
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
        "assessment": shown,
        "sign_offs": sign_offs(report, sections),
        "closed": sections,
        "background_papers": [_paper(line) for line in _lines(texts.get(PAPERS, ""))],
        "appendices": _appendices(report, closed),
    }


def _judged(report: Report) -> tuple[dict[str, Any], list[Assessment]]:
    """What the report shows of the assessment it is about, and all assessments in that; of none, nothing."""
    assessment = report.assessment
    if assessment is None:
        return {}, []
    previous = assessment.previous()
    others = [other for other in beside(assessment) if other.assessor in report.beside]
    judged = [each for each in (assessment, previous, *others) if each]
    return _assessment(assessment, previous, others), judged


def _appendices(report: Report, closed: list[Closed]) -> list[dict[str, Any]]:
    """An open one by its title, a closed one by its public line alone."""
    lines = {one.key: one.as_json() for one in closed if one.part == "appendix"}
    numbering = report.style.definition["numbering"]
    rows = report.appendices.select_related("paper__closure")
    return [
        {"label": appendix(numbering, row.place), **_named(row, lines.get(str(row.place)))}
        for row in rows
    ]


def _named(row: ReportAppendix, line: dict[str, Any] | None) -> dict[str, Any]:
    """What is closed, or hidden from who asks, has no title here, whichever of the two locks is asked."""
    paper = row.paper if row.paper and not row.paper.is_closed else None
    if line or (row.paper_id and not paper):
        return {"title": "", "closed": line or UNTOLD, "paper": ""}
    # the key of a paper lets whoever erases it find its title here
    said = (paper.title, str(paper.pk)) if paper else (row.title, "")
    return {"title": said[0], "closed": None, "paper": said[1]}


def with_head(snapshot: dict[str, Any], report: Report) -> dict[str, Any]:
    """The snapshot with the newest link of the borough's trail, so that a trail written anew later can be told from it."""
    head = settled_head_of(report.borough_id)
    return {**snapshot, "trail": {"seq": head.seq, "hash": head.hash}} if head else snapshot


def without_head(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What two makings of the same report have in common."""
    return {key: value for key, value in snapshot.items() if key != "trail"}


def _day(report: Report) -> Any:
    """The meeting's day; before one is chosen the end of the period, or the day the report was begun."""
    if report.meeting:
        return report.meeting.date
    return report.assessment.ends_on if report.assessment else timezone.localdate(report.started_at)


def _front(report: Report, texts: dict[str, str]) -> dict[str, str]:
    front = {key: texts.get(front_place(key), "") for key in front_keys(report.style)}
    front["author"] = texts.get(AUTHOR, "")
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
