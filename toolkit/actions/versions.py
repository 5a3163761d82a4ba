"""Loading the shipped toolkits, and a borough's adoption of one."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from toolkit import catalogue
from toolkit.models import Adoption, Benchmark, Crossing, Level, Prompt, Scale, ToolkitVersion
from toolkit.offered import Known, read_offer
from toolkit.policies import Refused

OF_A_VERSION = (
    "kind",
    "title",
    "year",
    "publisher",
    "published_on",
    "in_force_from",
    "in_force_until",
    "jurisdiction",
    "status",
)


@transaction.atomic
def load_catalogue() -> list[str]:
    """Copy the shipped scales, versions and crosswalks into the database; says what was new. Loading twice changes nothing.

    Raises Refused when a version that was loaded before has other words now: assessments keep the words they were made against.
    Prompts may change: they are local wording.
    """
    scales = {scale.key: _load_scale(scale) for scale in catalogue.scales()}
    loaded = [v.title for v in catalogue.versions() if _load_version(v, scales[v.scale])]
    for crosswalk in catalogue.crosswalks():
        _load_crosswalk(crosswalk)
    return loaded


def _load_scale(shipped: catalogue.Scale) -> Scale:
    scale, _ = Scale.objects.update_or_create(key=shipped.key, defaults={"title": shipped.title})
    for level in shipped.levels:
        Level.objects.update_or_create(
            scale=scale,
            key=level.key,
            defaults={
                "label": level.label,
                "tone": level.tone,
                "pattern": level.pattern,
                "rank": level.rank,
                "meaning": level.meaning,
            },
        )
    return scale


def _load_version(shipped: catalogue.Version, scale: Scale) -> bool:
    there = ToolkitVersion.objects.filter(key=shipped.key).first()
    if there and there.checksum != shipped.checksum and not _asks_the_same(there, shipped):
        raise Refused(
            f"The toolkit “{shipped.key}” was loaded with other words before. "
            "A version in use never changes: ship the new words under a new key."
        )
    if there:
        _fill_what_is_empty(there, shipped)
        _load_prompts(there, shipped)
        return False
    version = ToolkitVersion.objects.create(
        key=shipped.key,
        kind=shipped.kind,
        title=shipped.title,
        year=shipped.year,
        publisher=shipped.publisher,
        published_on=shipped.published_on,
        in_force_from=shipped.in_force_from,
        in_force_until=shipped.in_force_until,
        jurisdiction=shipped.jurisdiction,
        status=shipped.status,
        scale=scale,
        checksum=shipped.checksum,
    )
    for benchmark in shipped.benchmarks:
        _load_benchmark(version, benchmark)
    _load_prompts(version, shipped)
    return True


def _asks_the_same(version: ToolkitVersion, shipped: catalogue.Version) -> bool:
    """Whether nothing but prompts has changed: they are local wording, and what was answered keeps the words it was asked in."""
    names = ("number", "title", "statement", "verified", "obligation", "support")
    here = {row["key"]: row for row in version.benchmarks.values("key", *names)}
    for row in here.values():  # loaded before these were kept
        if not row["obligation"]:
            del row["obligation"], row["support"]
    there = {row.key: row for row in shipped.benchmarks}
    return (
        here.keys() == there.keys()
        and all(getattr(there[k], n) == v for k, row in here.items() for n, v in row.items())
        and all(getattr(version, name) == getattr(shipped, name) for name in OF_A_VERSION)
        and version.scale.key == shipped.scale
    )


def _load_prompts(version: ToolkitVersion, shipped: catalogue.Version) -> None:
    """As they ship now, a benchmark's written anew where one of them differs: nothing points at their rows."""
    for benchmark in version.benchmarks.prefetch_related("prompts"):
        asked = next(row.prompts for row in shipped.benchmarks if row.key == benchmark.key)
        had = [(row.key, row.text) for row in benchmark.prompts.all()]
        if had != [(prompt.key, prompt.text) for prompt in asked]:
            benchmark.prompts.all().delete()
            Prompt.objects.bulk_create(
                Prompt(benchmark=benchmark, key=prompt.key, text=prompt.text, order=order)
                for order, prompt in enumerate(asked)
            )
    if version.checksum != shipped.checksum:
        version.checksum = shipped.checksum
        version.save(update_fields=["checksum"])


def _fill_what_is_empty(version: ToolkitVersion, shipped: catalogue.Version) -> None:
    """What the database did not keep when the version was loaded. What it kept stays as it is."""
    asked = {benchmark.key: benchmark for benchmark in shipped.benchmarks}
    for benchmark in version.benchmarks.filter(obligation=""):
        benchmark.obligation = asked[benchmark.key].obligation
        benchmark.support = asked[benchmark.key].support
        benchmark.save(update_fields=["obligation", "support"])


def _load_benchmark(version: ToolkitVersion, shipped: catalogue.Benchmark) -> None:
    Benchmark.objects.create(
        version=version,
        key=shipped.key,
        number=shipped.number,
        title=shipped.title,
        statement=shipped.statement,
        verified=shipped.verified,
        obligation=shipped.obligation,
        support=shipped.support,
    )


def _load_crosswalk(shipped: catalogue.Crosswalk) -> None:
    before = {b.key: b for b in Benchmark.objects.filter(version__key=shipped.earlier)}
    after = {b.key: b for b in Benchmark.objects.filter(version__key=shipped.later)}
    for link in shipped.links:
        Crossing.objects.update_or_create(
            before=before[link.earlier],
            after=after[link.later],
            defaults={"relation": link.relation, "verified": shipped.verified},
        )


@transaction.atomic
def add_version(*, text: str, by: User) -> ToolkitVersion:
    """Write the version that a data file offers, with its scale and crosswalk. Raises NotOffered; what is there never changes."""
    list(Scale.objects.select_for_update())  # one at a time
    offer = read_offer(text, Known.now())
    if offer.scale:
        _load_scale(offer.scale)
    _load_version(offer.version, Scale.objects.get(key=offer.version.scale))
    if offer.crosswalk:
        _load_crosswalk(offer.crosswalk)
    version = ToolkitVersion.objects.get(key=offer.version.key)
    record("toolkit.added", by=by, subject=version, version=version.key)
    return version


@transaction.atomic
def adopt_version(
    *, borough: Borough, version: ToolkitVersion, since: dt.date, by: User
) -> Adoption:
    """From this day the borough's new assessments are made by this version; said again for the same day, it is corrected."""
    adoption, _ = Adoption.objects.update_or_create(
        borough=borough, since=since, defaults={"version": version}
    )
    record(
        "toolkit.adopted",
        by=by,
        borough_id=borough.pk,
        subject=adoption,
        version=version.key,
        since=str(since),
    )
    return adoption
