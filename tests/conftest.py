"""What holds for every test: no network, and nothing left over from the test before."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.utils import translation

from tests.demo_city import (  # noqa: F401 fixtures for all tests
    _city_ends_with_the_run,
    _city_is_loaded,
    demo_city,
    leave_city,
    wants_city,
)
from tests.small_city import _small_city_is_founded, small_city  # noqa: F401 fixtures for all tests


def _is_here(address: Any) -> bool:
    """Tell whether a socket address is on this machine: a Unix socket, localhost or a loopback number."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection that would leave the machine, and every look-up of a name."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if not _is_here(address):
            raise RuntimeError(f"A test tried to reach {address}: tests need nothing outside the machine.")
        connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_here((name,)):
            raise RuntimeError(f"A test tried to look up {name}: tests need nothing outside the machine.")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """Forget the active language and the caches, which would otherwise pass from test to test."""
    yield
    if not settings.configured:  # the engine's tests run without Django too: pytest -p no:django
        return
    translation.deactivate()
    for cache in caches.all(initialized_only=True):
        cache.clear()


def pytest_configure() -> None:
    """Register the system check that belongs to the tests; the engine's own run without Django and its models."""
    if apps.ready:
        from tests.factories import check  # noqa: F401 it registers itself


@pytest.fixture(scope="session")
def database_url() -> str:
    """Return the address of the database that the run uses; empty for SQLite in memory."""
    return os.environ.get("DATABASE_URL", "")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave the demonstration city before a test that did not ask for it."""
    if not wants_city(item):
        leave_city()


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & {"db", "transactional_db"}) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys by their place, and leave out what only holds on PostgreSQL when it is not here.

    Tests in the demonstration city follow one another, so that it is loaded once. On PostgreSQL only those run
    that use a database: the others have run beside SQLite, and would do the same again.
    """
    items.sort(key=wants_city)
    is_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    if is_postgres:
        items[:] = [item for item in items if _uses_database(item)]
    for item in items:
        if "/e2e/" in item.nodeid:
            item.add_marker("e2e")
        database = item.get_closest_marker("django_db")
        if database and database.kwargs.get("transaction"):
            # Such a test empties the database. What migrations wrote (root page, locales) comes back before it.
            kept = pytest.mark.django_db(**{**database.kwargs, "serialized_rollback": True})
            item.add_marker(kept, append=False)
        if item.get_closest_marker("postgres") and not is_postgres:
            item.add_marker(pytest.mark.skip(reason="holds on PostgreSQL only (make test-postgres)"))
        if item.get_closest_marker("elasticsearch") and "ELASTICSEARCH_URL" not in os.environ:
            item.add_marker(pytest.mark.skip(reason="asks Elasticsearch (make test-elasticsearch)"))
