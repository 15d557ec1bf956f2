"""A small founded city for tests: one region, one department, all channels; founded once for each module."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

NOW = "2026-11-19T10:00:00+08:00"


@pytest.fixture(scope="module")
def _small_city_is_founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from tests.factories.pages import found_small_city

    with django_db_blocker.unblock(), ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        stack.callback(transaction.set_rollback, True)
        with override_settings(OPENNESS_FROZEN_NOW=NOW):
            found_small_city()
        yield


@pytest.fixture
def small_city(_small_city_is_founded: None, db: None, settings: Any) -> Any:
    """The city's home page, at 2026-11-19 10:00; what a test adds to the city ends with the test."""
    from home.models import HomePage

    settings.OPENNESS_FROZEN_NOW = NOW
    return HomePage.objects.get(locale__language_code="zh-hans")
