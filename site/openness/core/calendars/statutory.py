"""The statutory holidays themselves, without the days around them.

By 全国年节及纪念日放假办法 as it stood in the year: 国务院令第644号 from 2014, 第795号 from 2025.
"""

from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar

from openness.core.calendars.days import days_between
from openness.core.calendars.lunar import solar_date


def statutory_days(year: int) -> frozenset[date]:
    """Return the statutory holidays of a year from 2014 to 2099."""
    first_year, rule = next(each for each in RULES if each[0] <= year)
    return frozenset(rule(year))


def _days(first: date, number: int) -> list[date]:
    return days_between(first, first + timedelta(days=number - 1))


def _spring_festival(year: int, *, from_eve: bool, number: int) -> list[date]:
    new_year = solar_date(year, 1, 1)
    return _days(new_year - timedelta(days=1) if from_eve else new_year, number)


def _qingming(year: int) -> date:
    terms = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 30))
    return next(day for day, name in terms if name == "清明")


def _festivals(year: int) -> list[date]:
    return [_qingming(year), solar_date(year, 5, 5), solar_date(year, 8, 15)]


def _since_2025(year: int) -> list[date]:
    return [
        date(year, 1, 1),
        *_spring_festival(year, from_eve=True, number=4),
        *_festivals(year),
        *_days(date(year, 5, 1), 2),
        *_days(date(year, 10, 1), 3),
    ]


def _since_2014(year: int) -> list[date]:
    return [
        date(year, 1, 1),
        *_spring_festival(year, from_eve=False, number=3),
        *_festivals(year),
        date(year, 5, 1),
        *_days(date(year, 10, 1), 3),
    ]


RULES: tuple[tuple[int, Callable[[int], list[date]]], ...] = (
    (2025, _since_2025),
    (2014, _since_2014),
)
