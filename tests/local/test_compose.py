"""The production shape, read where no container engine runs: does what it names exist?"""

import ast
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from portal.local.places import ROOT
from portal.local.postgres import WORDLESS

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
LOCK = (ROOT / "requirements" / "runtime.txt").read_text()
PINNED = re.compile(r"^[a-z/]+:\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?$")
IN_EVERY_IMAGE = {"sh", "test", "find", "grep"}
IN_OTHERS = {"db": {"pg_isready", "postgres"}, "redis": {"valkey-cli"}, "proxy": {"wget"}}


def settings_read() -> set[str]:
    """Names portal/settings.py reads: env("NAME"), env.bool("NAME"), …"""
    calls = [
        node
        for node in ast.walk(ast.parse((ROOT / "portal/settings.py").read_text()))
        if isinstance(node, ast.Call)
    ]
    return {
        str(call.args[0].value)
        for call in calls
        if ast.unparse(call.func).partition(".")[0] == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def wanted_from_env_file() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


def programs(service: str) -> set[str]:
    """First words of a service's command and health check."""
    shape = SERVICES[service]
    found = set()
    if command := shape.get("command"):
        found.add(command[0])
    check = shape.get("healthcheck", {}).get("test")
    if check and check[0] == "CMD":
        found.add(check[1])
    elif check:
        found |= {part.split()[0] for part in re.split(r"\||&&", check[1])}
    return found


def exists(program: str, service: str) -> bool:
    in_lock = re.search(rf"^{program}==", LOCK, re.M) is not None
    ours = service in OURS and (program == "python" or in_lock)
    return program in IN_EVERY_IMAGE or ours or program in IN_OTHERS.get(service, set())


def test_the_processes_of_the_portal_are_all_there() -> None:
    assert set(SERVICES) == {
        "db",
        "redis",
        "migrate",
        "reference",
        "web",
        "worker",
        "beat",
        "proxy",
    }
    assert OURS == ["beat", "migrate", "reference", "web", "worker"]


@pytest.mark.parametrize("service", sorted(set(SERVICES) - set(OURS)))
def test_a_foreign_image_is_pinned(service: str) -> None:
    assert PINNED.match(SERVICES[service]["image"])


def test_the_base_image_is_pinned_and_every_stage_stands_on_it() -> None:
    [base] = re.findall(r"^ARG PYTHON_IMAGE=(.+)$", DOCKERFILE, re.M)
    assert PINNED.match(base)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)) == {"${PYTHON_IMAGE}"}


def test_the_image_installs_the_runtime_lock_with_hashes_and_runs_as_nobody_special() -> None:
    last_stage = DOCKERFILE.rpartition("FROM ")[2]
    assert "--require-hashes -r requirements/runtime.txt" in last_stage
    assert "requirements/local.txt" not in last_stage
    assert re.search(r"^USER portal$", last_stage, re.M)
    assert last_stage.index("USER portal") < last_stage.index("CMD [")


def test_every_file_the_image_copies_is_there_and_let_through() -> None:
    let_through = [
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert any((ROOT / source).match(str(ROOT / pattern)) for pattern in let_through), (
                source
            )


def test_every_app_is_in_the_image() -> None:
    apps = {file.parent.name for file in ROOT.glob("*/apps.py")}
    copied = set(re.findall(r"^COPY (\w+) \1$", DOCKERFILE.rpartition("FROM ")[2], re.M))
    assert apps <= copied


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_program_a_service_runs_is_in_its_image(service: str) -> None:
    unknown = {program for program in programs(service) if not exists(program, service)}
    assert unknown == set()


def test_the_image_itself_runs_programs_of_the_lock() -> None:
    first_words = re.findall(r'CMD \["(\w+)"', DOCKERFILE)
    assert first_words
    assert all(exists(program, "web") for program in first_words)


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_running_service_has_a_health_check(service: str) -> None:
    if SERVICES[service].get("healthcheck", {}).get("disable"):
        waited_for = [
            other["depends_on"][service]["condition"]
            for other in SERVICES.values()
            if service in other.get("depends_on", {})
        ]
        assert set(waited_for) == {"service_completed_successfully"}
    else:
        assert "test" in SERVICES[service].get("healthcheck", {}) or service == "web"
        assert "HEALTHCHECK" in DOCKERFILE


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_what_a_service_waits_for_exists_and_can_be_healthy(service: str) -> None:
    for other, wait in SERVICES[service].get("depends_on", {}).items():
        assert other in SERVICES
        ends = SERVICES[other].get("healthcheck", {}).get("disable", False)
        assert wait["condition"] == (
            "service_completed_successfully" if ends else "service_healthy"
        )


@pytest.mark.parametrize("service", OURS)
def test_every_variable_given_to_the_portal_is_one_the_settings_read(service: str) -> None:
    assert set(SERVICES[service]["environment"]) <= settings_read()


def test_only_the_migration_connects_as_the_owner() -> None:
    owners = [
        name for name in OURS if "portal_owner" in SERVICES[name]["environment"]["DATABASE_URL"]
    ]
    assert owners == ["migrate"]
    assert all(
        "portal_app:" in SERVICES[name]["environment"]["DATABASE_URL"]
        for name in OURS
        if name != "migrate"
    )


def test_the_databases_log_is_as_wordless_as_in_a_local_run() -> None:
    command = SERVICES["db"]["command"]
    assert command == ["postgres", *(part for each in WORDLESS for part in ("-c", each))]


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"SECRET|PASSWORD|AUTH|URL", name):
                assert ":?" in value, name


def test_every_variable_is_explained_in_the_example() -> None:
    explained = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.M))
    assert settings_read() <= explained
    assert wanted_from_env_file() <= explained
    assert explained <= settings_read() | wanted_from_env_file() | {"MIGRATE_DATABASE_URL"}


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_volumes_and_networks_exist(service: str) -> None:
    for volume in SERVICES[service].get("volumes", []):
        source = volume.split(":")[0]
        assert (
            (ROOT / source).is_file() if source.startswith("./") else source in COMPOSE["volumes"]
        ), volume
    assert set(SERVICES[service]["networks"]) <= set(COMPOSE["networks"])


def test_database_and_broker_cannot_be_reached_from_outside() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["db"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize("service", OURS)
def test_the_portals_processes_are_confined(service: str) -> None:
    shape = SERVICES[service]
    assert shape["read_only"] is True
    assert shape["cap_drop"] == ["ALL"]
    assert shape["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize(
    "script", sorted((ROOT / "docker").glob("*.sh")), ids=lambda script: script.name
)
def test_the_shell_scripts_can_be_read_by_a_shell(script: Any) -> None:
    assert shutil.which("sh")
    assert subprocess.run(["sh", "-n", script], capture_output=True, check=False).returncode == 0
