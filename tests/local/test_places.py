"""Where a run keeps its things."""

import ast
from pathlib import Path

import pytest

from papers.sealing import read_key
from portal.local import places, postgres


def required_by_settings() -> set[str]:
    """Names the settings read with env("NAME") and no default."""
    tree = ast.parse((places.ROOT / "portal" / "settings.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "env" and not call.keywords
        if isinstance(call.args[0], ast.Constant)
    }


def test_a_deep_checkout_still_gets_a_short_socket() -> None:
    deep = Path("/" + "/".join(["a" * 50] * 10))
    socket = places.socket_folder(deep) / "pg" / postgres.SOCKET
    assert len(bytes(socket)) <= places.SOCKET_LIMIT


def test_a_socket_folder_with_too_long_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(places.CannotStart, match="too long a name"):
        postgres.server(tmp_path, tmp_path / ("s" * 100), tmp_path / "log")


def test_two_clones_have_sockets_of_their_own() -> None:
    assert places.socket_folder(Path("/a/var")) != places.socket_folder(Path("/b/var"))


def test_an_address_survives_a_reader_that_writes_hosts_in_small_letters() -> None:
    folder = str(places.socket_folder(Path("/Clones/PORTAL/var")))
    assert folder == folder.lower()


def test_a_socket_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(places.CannotStart, match="belongs to somebody else"):
        places.private(tmp_path / "link")


def test_a_folder_others_could_enter_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    assert places.private(tmp_path / "open").stat().st_mode & 0o777 == 0o700


def test_the_secret_key_is_private_and_kept(data: Path) -> None:
    first = places.secret_key(data)
    assert len(first) >= 50
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
    assert places.secret_key(data) == first


def test_the_key_that_seals_files_is_private_and_kept(data: Path) -> None:
    first = places.master_key(data)
    assert len(read_key(first)) == 32
    assert (data / "files-master-key").stat().st_mode & 0o777 == 0o600
    assert places.master_key(data) == first


def test_a_second_run_on_the_same_data_is_refused_and_told_how_to_stop_the_first(
    data: Path,
) -> None:
    with places.only_run(data):
        assert places.is_running(data)
        with pytest.raises(places.CannotStart, match="make stop"), places.only_run(data):
            pass
    assert not places.is_running(data)


def test_the_run_gives_the_portal_every_variable_its_settings_require(data: Path) -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "FILES_MASTER_KEY"} <= required_by_settings()
    given = places.environment(data, 8000, "postgres://portal_app@x/portal", "unix:///x")
    assert required_by_settings() <= given.keys()
