"""The demonstration city for tests, with the clock where its cases are worked out.

Loading it takes longer than most tests, so it is loaded once for all tests of a run that ask for it
(``pytest_collection_modifyitems`` lets them follow one another), inside a transaction that each
test's own is nested in, and that is rolled back before any other test begins.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from tests.facts import FROZEN_NOW

_loaded: tuple[ExitStack, Any] | None = None


def wants_city(item: pytest.Item) -> bool:
    """Tell whether a test asks for the demonstration city."""
    return "demo_city" in getattr(item, "fixturenames", ())


def leave_city() -> None:
    """Take the city out of the database again, where it is loaded."""
    global _loaded
    if _loaded is not None:
        (stack, django_db_blocker), _loaded = _loaded, None
        with django_db_blocker.unblock():
            stack.close()


def _enter_city(django_db_blocker: Any) -> None:
    from demo.loader import load_demo
    from openness.core.models import OutboxEntry

    global _loaded
    with django_db_blocker.unblock(), ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        stack.callback(transaction.set_rollback, True)
        with override_settings(OPENNESS_FROZEN_NOW=FROZEN_NOW):
            load_demo(tell=lambda line: None)
        # What the loading leaves to be done after its commit would blur what a test does.
        OutboxEntry.objects.all().delete()
        connection.run_on_commit.clear()
        # Nobody vacuums inside a transaction: without figures PostgreSQL takes the tables for empty.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        cache.clear()
        _loaded = stack.pop_all(), django_db_blocker


@pytest.fixture(scope="session")
def _city_ends_with_the_run(django_db_setup: None) -> Iterator[None]:
    yield
    leave_city()


@pytest.fixture
def _city_is_loaded(_city_ends_with_the_run: None, django_db_blocker: Any) -> None:
    if _loaded is None:
        _enter_city(django_db_blocker)


@pytest.fixture
def demo_city(_city_is_loaded: None, db: None) -> Iterator[None]:
    """The 48 venues of Quanzhou with notices, policies and accounts, at 2026-11-19 10:00; changes end with the test."""
    with override_settings(OPENNESS_FROZEN_NOW=FROZEN_NOW):
        yield
