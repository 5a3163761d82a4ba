"""Starts the servers of a test run and says where they are. Loaded with `-p tests.early`: pytest-django reads the
settings before any conftest.py.
"""

import os

import pytest

from portal.local import throwaway

# A worker of pytest-xdist inherits its environment from the run's first process, servers and all
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
_is_worker = bool(_worker)
if _is_worker:  # a broker of its own, so that none answers another's doorbell
    _own = 1 + int(_worker.removeprefix("gw")) % 15
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].replace("?db=0", f"?db={_own}")
_services = None if _is_worker else throwaway.start_throwaway()
if _services:
    os.environ.update(throwaway.environment(_services[0]))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _services:
        throwaway.stop_throwaway(*_services)
