"""The demonstration city for tests, with the clock where its cases are worked out.

Loading it takes longer than most tests, so it is loaded once for all tests of a run that ask for it
(``pytest_collection_modifyitems`` lets them follow one another), inside a transaction that each
test's own is nested in, and that is rolled back before any other test begins.
"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from tests.facts import FROZEN_NOW

_loaded: ExitStack | None = None


def wants_city(item: pytest.Item) -> bool:
    """Tell whether a test asks for the demonstration city."""
    return "demo_city" in getattr(item, "fixturenames", ())


def leave_city() -> None:
    """Take the city out of the database again, where it is loaded."""
    global _loaded
    if _loaded is not None:
        _loaded.close()
        _loaded = None


def _enter_city() -> None:
    from demo.loader import load_demo
    from openness.core.models import OutboxEntry

    global _loaded
    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        stack.callback(transaction.set_rollback, True)
        with override_settings(OPENNESS_FROZEN_NOW=FROZEN_NOW):
            load_demo(tell=lambda line: None)
        # What the loading leaves to be done after its commit would blur what a test does.
        OutboxEntry.objects.all().delete()
        connection.run_on_commit.clear()
        cache.clear()
        _loaded = stack.pop_all()


@pytest.fixture(scope="session")
def _database_for_the_city(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[pytest.FixtureRequest]:
    yield django_db_blocker
    with django_db_blocker.unblock():
        leave_city()


@pytest.fixture
def _city_is_loaded(_database_for_the_city: pytest.FixtureRequest) -> None:
    if _loaded is None:
        with _database_for_the_city.unblock():
            _enter_city()


@pytest.fixture
def demo_city(_city_is_loaded: None, db: None) -> Iterator[None]:
    """The 48 venues of Quanzhou with notices, policies and accounts, at 2026-11-19 10:00; changes end with the test."""
    with override_settings(OPENNESS_FROZEN_NOW=FROZEN_NOW):
        yield
