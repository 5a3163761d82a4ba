"""Where a run keeps its things, and what its processes are told through the environment."""

import base64
import fcntl
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
# Short and in small letters, as addresses need; the folder inside is private
SOCKETS = Path("/tmp")  # noqa: S108  # nosec B108
SOCKET_LIMIT = 107  # bytes in the path of a unix socket
SUPERVISED = "PORTAL_SUPERVISED"


class CannotStart(Exception):
    """The portal cannot run here as things are; the message is a sentence for whoever started it."""


def data_folder() -> Path:
    return Path(os.environ.get("PORTAL_DATA") or ROOT / "var").expanduser().resolve()


def private(folder: Path) -> Path:
    """A folder that only this user may enter; somebody else's, or a link, is refused."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise CannotStart(f"The folder {folder} cannot be made: {error.strerror}.") from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise CannotStart(
            f"{folder} belongs to somebody else: ask them to remove it, or set PORTAL_DATA."
        )
    if found.st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def socket_folder(data: Path) -> Path:
    """A short folder of this clone's own: a socket's path has a limit, and a checkout may lie deep."""
    name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return SOCKETS / f"portal-{os.geteuid()}-{name}"


@contextmanager
def only_run(data: Path) -> Iterator[None]:
    """Hold this data folder; CannotStart when another run does."""
    with (data / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"The portal already runs on {data} (process {holder(data) or 'unknown'}): stop it there with Ctrl-C,"
                " or from here with `make stop`."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield
        finally:
            lock.truncate(0)


def holder(data: Path) -> int | None:
    """The process that holds the data folder, as it wrote itself down."""
    try:
        return int((data / "lock").read_text())
    except (OSError, ValueError):
        return None


def is_running(data: Path) -> bool:
    if not (data / "lock").exists():
        return False
    with (data / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def kept(file: Path, made: str) -> str:
    """A secret made once and kept in a file that only this user may read."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(made)
    return file.read_text()


def secret_key(data: Path) -> str:
    """The same after a restart, which therefore signs nobody out."""
    return kept(data / "secret-key", secrets.token_urlsafe(50))


def new_master_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def master_key(data: Path) -> str:
    """What seals closed papers; without it nobody can read them any more."""
    return kept(data / "files-master-key", new_master_key())


def database_url(user: str, sockets: Path) -> str:
    return f"postgres://{user}@{quote(str(sockets), safe='')}/portal"


def redis_url(socket: Path) -> str:
    return f"unix://{socket}?db=0"


def environment(data: Path, port: int, database: str, redis: str) -> dict[str, str]:
    """All that the portal's settings read, for a run on this machine alone."""
    own = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": secret_key(data),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "DEMONSTRATION": "1",
        "INSECURE_LOCAL_HTTP": "1",
        "FILES_ROOT": str(data / "files"),
        "FILES_MASTER_KEY": master_key(data),
        "PYTHONUNBUFFERED": "1",
    }
    mail = {"EMAIL_URL": f"filemail:///{quote(str(data / 'mail'))}"}
    return mail | os.environ | own
