"""What the import contracts cannot see: words that may not stand in certain files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "portal",
    "govuk",
    "audit",
    "accounts",
    "boroughs",
    "papers",
    "toolkit",
    "sheets",
    "reports",
)
REFERENCE = {"ToolkitVersion"}  # rows of no borough, the same for everybody


def sources(*parts: str) -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            inside = path.relative_to(ROOT / app).as_posix()
            if "migrations/" not in inside and any(
                inside.startswith(part) for part in parts or ("",)
            ):
                yield path


def names_before_objects(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
    }


def test_pages_reach_rows_by_walking_from_the_borough() -> None:
    for path in sources("views", "forms"):
        assert names_before_objects(path) <= REFERENCE, path


BANNED = {
    r"\bmark_safe\b": {"portal/pages.py"},  # what the Markdown renderer has sanitised
    r"\|\s*safe\b": set(),
    r"\bcsrf_exempt\b": set(),
    r"\bcache_page\b": set(),
    r"\bpickle\b": set(),
    r"\bget_objects_for_user\b": set(),  # no list filter: it knows neither is_active nor expiry
    r"\bpgtrigger\.ignore\b": set(),  # would leave a change out of the history
    r"\.has_perm\(": set(),  # permissions are asked at the door
    r"os\.environ\[": {
        "portal/local/",
        "reports/pdf.py",
    },  # the printer is started with four names alone
    r"@receiver\b": set(),  # no business by signals
}


@pytest.mark.parametrize("pattern", BANNED)
def test_a_banned_word_stands_nowhere(pattern: str) -> None:
    allowed = BANNED[pattern]
    files = [*sources(), *sorted((ROOT / "templates").rglob("*.html"))]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }
    assert {name for name in found if not any(name.startswith(a) for a in allowed)} == set()


def test_every_model_says_its_name_its_order_and_what_becomes_of_its_rows() -> None:
    for model in apps.get_models():
        if model._meta.app_label not in APPS or (
            model.__name__.endswith("Event") and model.__module__ != "audit.models"
        ):
            continue
        assert "__str__" in vars(model), model
        assert model._meta.ordering or model.__name__ in {
            "BoroughUserPermission",
            "Link",
            "Head",
            "User",
        }, model


def test_no_registry_and_no_machine_stands_in_a_tracked_file() -> None:
    forbidden = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian|/root/\.pyenv")
    here = Path(__file__)
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).as_posix()
        if (
            inside.startswith((".git/", ".venv", "build/", "var/", "node_modules/"))
            or not path.is_file()
        ):
            continue
        if path == here or path.suffix in {".png", ".pyc", ".ttf"}:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        assert not forbidden.search(text), inside


def test_the_lower_bounds_close_the_known_holes() -> None:
    pins = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8").lower()
    least = {
        "django": (5, 2, 19),
        "django-guardian": (3, 5, 1),
        "weasyprint": (70, 0),
        "celery": (5, 2, 2),
    }
    for name, bound in least.items():
        found = re.search(rf"^{name}==([\d.]+)", pins, re.MULTILINE)
        assert found, name
        assert tuple(int(part) for part in found.group(1).split(".")) >= bound, name
