"""The demonstration city for tests: loaded once per module, with the clock where its cases are worked out."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from tests.facts import FROZEN_NOW


@pytest.fixture(scope="module")
def _city_of_the_module(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    from demo.loader import load_demo

    with (
        django_db_blocker.unblock(),
        override_settings(OPENNESS_FROZEN_NOW=FROZEN_NOW),
    ):
        # An outer transaction that each test's own is nested in; the module leaves nothing behind.
        with transaction.atomic():
            load_demo(tell=lambda line: None)
            yield
            transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def demo_city(_city_of_the_module: None, db: None) -> None:
    """The 48 venues of Quanzhou with notices, policies and accounts, at 2026-11-19 10:00; changes end with the test."""
