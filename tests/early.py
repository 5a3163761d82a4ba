"""Starts the servers of a test run and says where they are. Loaded with `-p tests.early`: pytest-django reads the
settings before any conftest.py.
"""

import os

import pytest

from portal.local import throwaway

# A worker of pytest-xdist inherits its environment from the run's first process, servers and all
_is_worker = "PYTEST_XDIST_WORKER" in os.environ
_services = None if _is_worker else throwaway.start_throwaway()
if _services:
    os.environ.update(throwaway.environment(_services[0]))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _services:
        throwaway.stop_throwaway(*_services)
