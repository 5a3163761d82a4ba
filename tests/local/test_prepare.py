"""What `make` does first on a bare machine."""

import subprocess
import sys
from pathlib import Path

import pytest

from portal.local import prepare
from portal.local.places import ROOT


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment that looks made."""
    folder = tmp_path / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    monkeypatch.setattr(prepare, "VENV", folder)
    monkeypatch.setattr(prepare, "STAMP", folder / "prepared.txt")
    return folder


@pytest.mark.parametrize(
    ("made", "asked", "wanted"),
    [
        ("", "local", "local"),
        ("local", "local", None),
        ("dev", "local", None),
        ("local", "dev", "dev"),
        ("dev", "dev", None),
    ],
)
def test_running_never_throws_a_developers_tools_out(
    venv: Path, made: str, asked: str, wanted: str | None
) -> None:
    if made:
        (venv / "prepared.txt").write_text(f"{made} {prepare.digest(made)}\n")
    assert prepare.level_to_install(asked) == wanted


def test_a_changed_lock_is_installed_at_the_level_there_was(venv: Path) -> None:
    (venv / "prepared.txt").write_text("dev another-hash\n")
    assert prepare.level_to_install("local") == "dev"


def test_an_environment_whose_python_is_gone_is_made_anew(venv: Path) -> None:
    (venv / "prepared.txt").write_text(f"local {prepare.digest('local')}\n")
    (venv / "bin" / "python").unlink()
    assert prepare.level_to_install("local") == "local"


def test_who_may_not_install_is_given_the_line_to_copy(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    monkeypatch.setattr(prepare, "right_to_install", lambda: None)
    assert prepare.missing_packages("local") == ["libnowhere9"]
    with pytest.raises(
        prepare.CannotPrepare, match=r"sudo apt-get install -y --no-install-recommends libnowhere9"
    ):
        prepare.prepare("local")


def test_a_python_without_its_venv_module_asks_for_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "VENV", tmp_path / "none")
    monkeypatch.setattr(prepare, "can_make_environments", lambda: False)
    assert f"python3.{sys.version_info.minor}-venv" in prepare.missing_packages("local")


def test_preparing_needs_the_standard_library_only() -> None:
    """-S: no installed package can be seen."""
    probe = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='looked at')"
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        probe,
        str(ROOT / "portal" / "local" / "prepare.py"),
    ]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


@pytest.mark.parametrize("lock", ["bootstrap", "runtime", "local", "dev"])
def test_a_lock_names_hashes_and_no_index(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize(
    ("small", "large"), [("runtime", "local"), ("local", "dev"), ("bootstrap", "dev")]
)
def test_the_locks_agree_with_each_other(small: str, large: str) -> None:
    def pins(lock: str) -> dict[str, str]:
        lines = (ROOT / "requirements" / f"{lock}.txt").read_text().splitlines()
        return dict(line.split(" ")[0].split("==") for line in lines if "==" in line)

    assert pins(small).items() <= pins(large).items()


def test_every_help_line_is_a_target_of_the_makefile() -> None:
    said = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in (
        "run",
        "test",
        "check",
        "fix",
        "bench",
        "screenshots",
        "lock",
        "migrations",
        "demo-reset",
    ):
        assert f"  {target} " in said
