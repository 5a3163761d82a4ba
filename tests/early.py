"""Starts the servers of a test run and says where they are. Loaded with `-p tests.early`: pytest-django reads the
settings before any conftest.py.
"""

import os

import pytest

from portal.local import throwaway

_IS_WORKER = (
    "PYTEST_XDIST_WORKER" in os.environ
)  # a worker inherits its environment from the run's first process
_services = None if _IS_WORKER else throwaway.start_throwaway()
if _services:
    os.environ.update(throwaway.environment(_services[0]))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _services:
        throwaway.stop_throwaway(*_services)
