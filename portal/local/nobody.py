"""Who PostgreSQL runs as. It refuses root, so root's run makes it look like somebody else, without making a user."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from .places import CannotStart

NOBODY = 65534
# In a namespace of its own, where root's files stay root's
MAPPED = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
# In a container, where namespaces are forbidden: really as nobody, who then must own the files
NOBODY_PLAIN = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
# The same, still able to walk through root's folders to them
_WALKS = "+dac_override,+dac_read_search"
NOBODY_WALKING = (
    *NOBODY_PLAIN,
    f"--inh-caps={_WALKS}",
    f"--ambient-caps={_WALKS}",
    "--securebits=+no_setuid_fixup",  # or access(2), with which PostgreSQL looks for its parts, would not know
)


def works(before: Sequence[str]) -> bool:
    if shutil.which(before[0]) is None:
        return False
    return subprocess.run([*before, "true"], check=False, capture_output=True).returncode == 0


@cache
def as_somebody() -> tuple[str, ...]:
    """What to put before PostgreSQL's programs; nothing for an ordinary user."""
    if os.geteuid() != 0:
        return ()
    for way in (MAPPED, NOBODY_WALKING, NOBODY_PLAIN):
        if works(way):
            return way
    raise CannotStart(
        "PostgreSQL does not run as root, and root may become nobody else here: run as an ordinary user,"
        " or set DATABASE_URL."
    )


def hand_over(folder: Path) -> None:
    """Give the folder to whom PostgreSQL runs as; the run before may have had another way."""
    if os.geteuid() != 0:
        return
    owner = os.geteuid() if as_somebody() == MAPPED else NOBODY
    if folder.stat().st_uid != owner:
        for part in [folder, *folder.rglob("*")]:
            os.lchown(part, owner, owner)
    reach = [*as_somebody(), "test", "-w", str(folder)]
    if subprocess.run(reach, check=False, capture_output=True).returncode != 0:
        raise CannotStart(
            f"PostgreSQL does not run as root, and the user nobody cannot reach {folder}: set PORTAL_DATA to a folder"
            " that everybody may enter, or run as an ordinary user."
        )
