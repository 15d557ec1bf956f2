from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from openness.core import clock


@pytest.fixture(autouse=True)
def _running(settings: Settings) -> None:
    settings.OPENNESS_FROZEN_NOW = ""


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2026, 11, 19, 15, 59, 59, tzinfo=UTC), date(2026, 11, 19)),
        (datetime(2026, 11, 19, 16, 0, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), date(2026, 1, 1)),
    ],
)
def test_today_changes_at_the_citys_midnight(instant: datetime, expected: date):
    with time_machine.travel(instant, tick=False):
        assert clock.today() == expected


@pytest.mark.parametrize(
    "setting",
    ["2026-11-19T10:00:00+08:00", "2026-11-19T10:00", "2026-11-19T02:00:00Z", "2026-11-19 10:00:00"],
)
def test_setting_freezes_the_clock(settings: Settings, setting: str):
    settings.OPENNESS_FROZEN_NOW = setting
    assert clock.now() == datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    assert clock.today() == date(2026, 11, 19)


def test_wall_clock_runs_on_while_the_site_is_frozen(settings: Settings):
    settings.OPENNESS_FROZEN_NOW = "2026-11-19T10:00:00+08:00"
    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC), tick=False):
        assert clock.wall_now() == datetime(2027, 3, 1, tzinfo=UTC)


def test_setting_that_is_no_instant_is_refused(settings: Settings):
    settings.OPENNESS_FROZEN_NOW = "tomorrow"
    with pytest.raises(ImproperlyConfigured, match="tomorrow"):
        clock.now()


def test_local_turns_an_instant_into_city_time():
    instant = clock.local(datetime(2026, 11, 19, 2, 0, tzinfo=UTC))
    assert (instant.hour, instant.utcoffset()) == (10, timedelta(hours=8))


def test_local_refuses_an_instant_without_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        clock.local(datetime(2026, 11, 19, 2, 0))  # noqa: DTZ001 - the mistake that is tested
