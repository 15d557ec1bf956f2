"""A city of two departments for the departments' tests."""

from typing import Any

import pytest

from tests.venues.editors import NOW, City, found_city


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()
