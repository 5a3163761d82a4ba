"""Checking an exported folder by itself, without the portal's database: digests, and the trail's chain."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .writing import FORMAT, MANIFEST

FIRST = "0" * 64


def why_not_whole(folder: Path) -> list[str]:
    """A sentence for each thing that is wrong with the folder; none when it is what was written."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError):
        return [
            f"{folder} holds no manifest that can be read: the export was not finished, or is another folder."
        ]
    if manifest.get("format") != FORMAT:
        return [f"The folder is of format {manifest.get('format')}; this portal reads {FORMAT}."]
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    wrong = [
        f"{name} is not in the manifest." for name in sorted(there - {*manifest["parts"], MANIFEST})
    ]
    for name, said in manifest["parts"].items():
        if name not in there:
            wrong.append(f"{name} is missing.")
        elif file_digest(folder / name) != said["sha256"]:
            wrong.append(f"{name} is not what was written.")
    return wrong or why_not_chained(folder, manifest)


def file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rows(folder: Path, label: str) -> Iterator[dict[str, Any]]:
    with (folder / "tables" / f"{label}.jsonl").open() as file:
        for said in file:
            yield json.loads(said)


def why_not_chained(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Compute every link again from its event, as the portal's own check does."""
    events = {row["id"]: row for row in rows(folder, "audit.Event")}
    links = sorted(rows(folder, "audit.Link"), key=lambda link: int(link["seq"]))
    wrong, before = [], FIRST
    for place, link in enumerate(links, start=1):
        event = events.pop(link["event_id"], None)
        if link["seq"] != place or link["prev"] != before:
            wrong.append(f"The trail is cut before place {link['seq']}.")
        if event is None or digest_of(event, link) != link["hash"]:
            wrong.append(f"Place {link['seq']} of the trail is not what was written.")
        before = link["hash"]
    if events:
        wrong.append(f"{len(events)} events have no place in the trail.")
    head = manifest["head"] or {"seq": 0, "hash": FIRST}
    if (head["seq"], head["hash"]) != (len(links), before):
        wrong.append("The trail does not end where the manifest says.")
    return wrong


def digest_of(event: dict[str, Any], link: dict[str, Any]) -> str:
    """What the database hashed (audit/migrations): a JSON array in PostgreSQL's own writing."""
    said = [
        *(link["prev"], link["seq"], event["id"], event["at"].removesuffix("+00:00")),
        *(event["borough_id"], event["actor_id"], event["deed"], event["subject"], event["facts"]),
    ]
    more = [event["outcome"], event["origin"], event["members_reading"]]
    if more != ["done", "", False]:
        said += more
    return hashlib.sha256(written(said).encode()).hexdigest()


def written(value: Any) -> str:
    """JSON as PostgreSQL's jsonb writes it: keys by length and then by bytes, a space after each comma and colon."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return "{" + ", ".join(f"{written(key)}: {written(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
