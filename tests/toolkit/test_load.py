"""Loading the shipped toolkits into the database."""

import dataclasses
from io import StringIO

import pytest
from django.core.management import call_command

from toolkit import catalogue
from toolkit.actions.versions import load_catalogue
from toolkit.models import Benchmark, Crossing, Level, Prompt, Scale, ToolkitVersion
from toolkit.policies import Refused

MODELS = (Scale, Level, ToolkitVersion, Benchmark, Prompt, Crossing)
Rows = list[list[dict[str, object]]]


def everything() -> Rows:
    return [
        [dict(row) for row in model._default_manager.order_by("pk").values()] for model in MODELS
    ]


def test_loading_twice_changes_nothing(db: None) -> None:
    before = everything()
    assert all(before)
    assert load_catalogue() == []
    assert everything() == before


def test_the_command_may_be_run_again(db: None) -> None:
    before = everything()
    call_command("load_reference", stdout=StringIO())
    assert everything() == before


def test_the_2018_toolkit_has_ten_benchmarks_and_that_of_2024_eight(db: None) -> None:
    numbers = {v.key: [b.number for b in v.benchmarks.all()] for v in ToolkitVersion.objects.all()}
    assert numbers == {
        "la-2018": list(range(1, 11)),
        "channel-2021": list(range(1, 11)),
        "la-2024": list(range(1, 9)),
    }


def test_words_that_were_never_verified_are_not_called_verified(db: None) -> None:
    for shipped in catalogue.versions():
        for benchmark in shipped.benchmarks:
            stored = Benchmark.objects.get(version__key=shipped.key, key=benchmark.key)
            assert (stored.verified, stored.statement) == (benchmark.verified, benchmark.statement)


def test_a_version_that_was_loaded_with_other_words_is_refused(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = catalogue.versions()
    changed = dataclasses.replace(first, title="Another title", checksum="0" * 64)
    monkeypatch.setattr(catalogue, "versions", lambda: (changed, *rest))
    before = everything()
    with pytest.raises(Refused, match="A version in use never changes"):
        load_catalogue()
    assert everything() == before


def test_a_new_version_is_added_beside_the_old(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *rest = catalogue.versions()
    newer = dataclasses.replace(first, key="la-2030", year=2030, checksum="1" * 64)
    monkeypatch.setattr(catalogue, "versions", lambda: (first, *rest, newer))
    assert load_catalogue() == [newer.title]
    assert ToolkitVersion.objects.get(key="la-2030").benchmarks.count() == len(newer.benchmarks)


def test_a_version_loaded_before_obligations_were_kept_gets_them_and_keeps_its_words(
    db: None,
) -> None:
    before = everything()
    Benchmark.objects.filter(version__key="la-2018").update(obligation="", support="")
    corrected = Benchmark.objects.get(version__key="la-2024", key="training")
    Benchmark.objects.filter(pk=corrected.pk).update(obligation="must", support="An Act")
    assert load_catalogue() == []
    corrected.refresh_from_db()
    assert (corrected.obligation, corrected.support) == ("must", "An Act")
    Benchmark.objects.filter(pk=corrected.pk).update(
        obligation="not_stated", support=shipped_support()
    )
    assert everything() == before


def shipped_support() -> str:
    version = next(v for v in catalogue.versions() if v.key == "la-2024")
    return next(b.support for b in version.benchmarks if b.key == "training")


def test_the_catalogue_and_the_database_know_the_same_obligations() -> None:
    assert set(Benchmark.Obligation.values) == set(catalogue.OBLIGATIONS)
