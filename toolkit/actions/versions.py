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


@transaction.atomic
def load_catalogue() -> list[str]:
    """Copy the shipped scales, versions and crosswalks into the database; says what was new. Loading twice changes nothing.

    Raises Refused when a version that was loaded before has other words now: assessments keep the words they were made against.
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
                "rank": level.rank,
                "meaning": level.meaning,
            },
        )
    return scale


def _load_version(shipped: catalogue.Version, scale: Scale) -> bool:
    there = ToolkitVersion.objects.filter(key=shipped.key).first()
    if there and there.checksum != shipped.checksum:
        raise Refused(
            f"The toolkit “{shipped.key}” was loaded with other words before. "
            "A version in use never changes: ship the new words under a new key."
        )
    if there:
        _fill_what_is_empty(there, shipped)
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
    return True


def _fill_what_is_empty(version: ToolkitVersion, shipped: catalogue.Version) -> None:
    """What the database did not keep when the version was loaded. What it kept stays as it is."""
    asked = {benchmark.key: benchmark for benchmark in shipped.benchmarks}
    for benchmark in version.benchmarks.filter(obligation=""):
        benchmark.obligation = asked[benchmark.key].obligation
        benchmark.support = asked[benchmark.key].support
        benchmark.save(update_fields=["obligation", "support"])


def _load_benchmark(version: ToolkitVersion, shipped: catalogue.Benchmark) -> None:
    benchmark = Benchmark.objects.create(
        version=version,
        key=shipped.key,
        number=shipped.number,
        title=shipped.title,
        statement=shipped.statement,
        verified=shipped.verified,
        obligation=shipped.obligation,
        support=shipped.support,
    )
    Prompt.objects.bulk_create(
        Prompt(benchmark=benchmark, text=prompt.text, order=order)
        for order, prompt in enumerate(shipped.prompts)
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
