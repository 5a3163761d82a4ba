"""The front end is fetched by its lock file and stripped of what councils may not use."""

import json
import shutil
from pathlib import Path

import pytest

from govuk import build


def test_font_face_arms_and_source_map_are_cut_out() -> None:
    css = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif}.b{background:url(/assets/images/govuk-crest.svg)}"
        "/*# sourceMappingURL=a.css.map */"
    )
    assert build.council_stylesheet(css) == f".a{{font-family:{build.FONTS}}}.b{{background:none}}"


@pytest.mark.parametrize(
    "css", [".a{background:url(/assets/new.png)}", ".a{font:16px GDS Transport}"]
)
def test_what_is_not_known_stops_the_build(css: str) -> None:
    with pytest.raises(build.CannotBuild, match="may not use"):
        build.council_stylesheet(css)


def test_what_is_served_has_no_font_and_no_arms_and_points_nowhere() -> None:
    css = (build.FRONTEND / "govuk.css").read_text()
    assert ".govuk-button" in css
    for unwanted in ("GDS Transport", "crest", "url(", "@import", "sourceMappingURL"):
        assert unwanted not in css
    assert "sourceMappingURL" not in (build.FRONTEND / "govuk.js").read_text()
    assert {file.name for file in build.FRONTEND.iterdir()} == {"govuk.css", "govuk.js", ".stamp"}


def test_the_lock_names_no_address_and_the_pinned_versions() -> None:
    text = (build.ROOT / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert "http" not in text
    assert packages["node_modules/govuk-frontend"]["version"] == "6.6.0"
    assert packages["node_modules/axe-core"]["version"] == "4.14.1"
    assert all("integrity" in package for name, package in packages.items() if name)


def test_a_build_that_is_current_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "fetch", lambda: pytest.fail("fetched"))
    assert build.build() is False
    assert build.main([]).endswith("(up to date)")


def test_a_changed_lock_or_a_lost_file_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("govuk.css", "govuk.js"):
        (tmp_path / name).touch()
    (tmp_path / ".stamp").write_text(build.digest())
    assert build.is_current(tmp_path)
    (tmp_path / "govuk.js").unlink()
    assert not build.is_current(tmp_path)
    (tmp_path / "govuk.js").touch()
    monkeypatch.setattr(build, "digest", lambda: "another")
    assert not build.is_current(tmp_path)


def test_without_an_npm_the_wheels_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    node, npm = build.npm_command()
    assert Path(node).is_file()
    assert Path(npm).is_file()


def test_without_any_npm_the_reader_learns_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(build, "find_spec", lambda name: None)
    with pytest.raises(build.CannotBuild, match=r"requirements/local\.txt"):
        build.npm_command()


def test_an_unreachable_registry_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'npm error network timeout' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setattr(build, "npm_command", lambda: [str(npm)])
    monkeypatch.setattr(build, "NODE", tmp_path / "node")
    with pytest.raises(SystemExit) as stopped:
        build.main([str(tmp_path / "frontend")])
    assert "is its registry reachable" in str(stopped.value)
    assert "network timeout" in str(stopped.value)
