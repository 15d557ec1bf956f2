"""The lunar date of a day, from lunardate's table of the years 1900 to 2099."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from lunardate import LunarDate


class LunarDay(NamedTuple):
    """A day of the Chinese calendar; ``month`` and ``day`` count from 1."""

    month: int
    day: int
    is_leap: bool
    is_new_years_eve: bool


FIRST_DAY, LAST_DAY = date(1900, 1, 31), date(2099, 12, 31)

# Past the table no lunar day is known; no month or day of a rule equals 0.
UNKNOWN = LunarDay(0, 0, is_leap=False, is_new_years_eve=False)


@lru_cache(maxsize=4096)
def lunar_day(day: date) -> LunarDay:
    """Return the lunar date of ``day``, or UNKNOWN outside the table."""
    if not FIRST_DAY <= day <= LAST_DAY:
        return UNKNOWN
    lunar = _convert(day)
    # The twelfth month has 29 or 30 days, so the eve is known by the day after it.
    following = _convert(day + timedelta(days=1))
    is_eve = (following.month, following.day) == (1, 1)
    return LunarDay(lunar.month, lunar.day, lunar.is_leap_month, is_eve)


def solar_date(year: int, month: int, day: int) -> date:
    """Return the date of an ordinary (not leap) lunar month's day; ValueError outside the table."""
    return LunarDate(year, month, day).to_solar_date()


def _convert(day: date) -> LunarDate:
    return LunarDate.from_solar_date(day.year, day.month, day.day)
