"""A borough's own house styles: copied from one that is there, changed piece by piece, taken back, removed."""

from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from boroughs.policies import ChangedMeanwhile, Refused
from reports.house_styles import Style, faults_of
from reports.house_styles.editing import free_key, moved, piece_of, with_piece, without
from reports.models import HouseStyle, StyleVersion
from reports.models.style import OWN
from reports.own_styles import StylePiece
from reports.policies import why_not_remove_style, why_not_use_style


@transaction.atomic
def copy_style(*, borough: Borough, source: HouseStyle, title: str, by: User) -> HouseStyle:
    """A style of the borough's own that begins as `source`. Raises Refused when that is another borough's."""
    if why := why_not_use_style(borough, source):
        raise Refused(why)
    Borough.objects.select_for_update(no_key=True).get(pk=borough.pk)
    known = borough.style_versions.values_list("key", flat=True)
    words = free_key(title, {key.removeprefix(OWN) for key in known}, least="style")
    key = f"{OWN}{words}"
    style = HouseStyle(borough=borough, key=key, version=0)
    _keep(style, {**source.definition, "title": title}, by)
    record(
        "style.copied", by=by, borough_id=borough.pk, subject=style, source=source.key, style=key
    )
    return style


@transaction.atomic
def change_style(*, style: HouseStyle, path: str, value: Style, seen: int, by: User) -> None:
    """Save one piece. `seen` is the version of the style that the person had before them.

    Raises ChangedMeanwhile when somebody else changed the same piece since, Refused when that makes no style.
    """
    held = _held(style)
    if held.version != seen and _differs(held, path, seen):
        raise ChangedMeanwhile(StylePiece(held, path))
    _keep(held, with_piece(held.definition, path, value), by)
    _changed(held, path, by)


@transaction.atomic
def move_piece(*, style: HouseStyle, path: str, to: str, by: User) -> None:
    """A field, a section or a part one place up or down."""
    held = _held(style)
    _keep(held, moved(held.definition, path, to), by)
    _changed(held, path, by)


@transaction.atomic
def remove_piece(*, style: HouseStyle, path: str, by: User) -> None:
    """Raises Refused when what is left makes no style."""
    held = _held(style)
    _keep(held, without(held.definition, path), by)
    _changed(held, path, by)


@transaction.atomic
def take_back(*, style: HouseStyle, number: int, by: User) -> None:
    """The style as it was in that version, as a new one: nothing in between is lost."""
    held = _held(style)
    before = StyleVersion.objects.get(borough=held.borough_id, key=held.key, number=number)
    _keep(held, before.definition, by)
    record(
        "style.taken-back",
        by=by,
        borough_id=held.borough_id,
        subject=held,
        style=held.key,
        number=number,
    )


@transaction.atomic
def remove_style(*, style: HouseStyle, by: User) -> None:
    """Raises Refused while it is used; what it said in each version is kept."""
    held = _held(style)
    if why := why_not_remove_style(held):
        raise Refused(why)
    record("style.removed", by=by, borough_id=held.borough_id, subject=held, style=held.key)
    held.delete()


def _held(style: HouseStyle) -> HouseStyle:
    """The borough's own style as it is now, which nobody else changes until this is done."""
    rows = HouseStyle.objects.select_for_update(of=("self",)).select_related(
        "changed_by", "borough"
    )
    return rows.get(pk=style.pk, borough__isnull=False)


def _differs(held: HouseStyle, path: str, seen: int) -> bool:
    """Whether somebody changed the piece since that version."""
    before = StyleVersion.objects.filter(borough=held.borough_id, key=held.key, number=seen).first()
    was = piece_of(before.definition, path) if before else None
    return was != piece_of(held.definition, path)


def _keep(style: HouseStyle, definition: Style, by: User) -> None:
    """The style's next version. Raises Refused when the definition makes no style."""
    style.title = definition["title"]
    style.definition = {**definition, "key": style.key}
    if faults := faults_of(style.definition):
        raise Refused(faults[0].sentence, field=faults[0].field)
    style.version += 1
    style.changed_by, style.changed_at = by, timezone.now()
    style.save()
    StyleVersion.objects.create(
        borough=cast("Borough", style.borough),
        key=style.key,
        number=style.version,
        definition=style.definition,
        saved_by=by,
        saved_at=style.changed_at,
    )


def _changed(style: HouseStyle, path: str, by: User) -> None:
    facts: dict[str, Any] = {"style": style.key, "version": style.version, "piece": path}
    record("style.changed", by=by, borough_id=style.borough_id, subject=style, **facts)
