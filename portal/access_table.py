"""docs/access.md: who may do what, written from the role table and the URLconf so that it cannot be out of date."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from boroughs.roles import ABOUT, GRANTS, Perm, Role

FILE = Path(__file__).resolve().parent.parent / "docs" / "access.md"
INTRODUCTION = """# Who may do what

Written by `make docs` from `boroughs/roles.py` and the URLconf; a test fails when it is out of date.

To everybody else a borough's pages do not exist (404). A member of the borough without the permission is told whom to
ask (403). Portal administrators and the database's own users see no borough's content: they hold no role.
"""


def text() -> str:
    return "\n".join([INTRODUCTION, *_roles(), "", *_permissions(), "", *_pages(), ""])


def _roles() -> Iterator[str]:
    yield "## Roles\n"
    yield "| role | what for |\n|---|---|"
    for role in Role:
        yield f"| {role.label} | {ABOUT[role]} |"


def _permissions() -> Iterator[str]:
    yield "## Permissions\n"
    yield "| may | " + " | ".join(role.value for role in Role) + " |"
    yield "|---|" + "---|" * len(Role)
    for perm in Perm:
        yield (
            f"| {perm.label} | "
            + " | ".join("yes" if perm in GRANTS[role] else "" for role in Role)
            + " |"
        )


def _pages() -> Iterator[str]:
    yield "## Pages\n"
    yield "| page | address | for |\n|---|---|---|"
    for name, address, callback in _walk(get_resolver()):
        yield f"| `{name}` | `/{address}` | {_for(callback)} |"


def _for(callback: Any) -> str:
    access = getattr(callback, "access", None)
    if isinstance(access, Perm):
        listed = getattr(callback, "opens_to_lists", False)
        return access.label + ("; of closed records, whoever is on the list" if listed else "")
    if across := getattr(callback, "across", None):
        return f"{across.label}, in any borough"
    if access:
        return "Portal administrators"
    return "Everybody signed in" if getattr(callback, "login_required", True) else "Everybody"


def _walk(
    resolver: URLResolver, names: tuple[str, ...] = (), before: str = ""
) -> Iterator[tuple[str, str, Any]]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLPattern):
            yield ":".join((*names, pattern.name or "")), address, pattern.callback
        else:
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _walk(pattern, inner, address)
