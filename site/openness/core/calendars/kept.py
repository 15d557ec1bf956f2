"""A calendar as plain data, so that what was worked out with it can be worked out again, whatever changes later."""

from datetime import date
from typing import Any

from openness.core.calendars.days import (
    LONGEST_BLOCK,
    ONE_DAY,
    CityCalendar,
    Exceptional,
    city_calendar,
)
from openness.core.calendars.models import school_year


def calendar_of_years(first: date, last: date) -> CityCalendar:
    """Load the city's calendar for all days of the years that ``first`` to ``last`` touch. Three queries."""
    return city_calendar(date(first.year, 1, 1), date(last.year, 12, 31))


def calendar_data(calendar: CityCalendar, first: date, last: date) -> dict[str, Any]:
    """Return, JSON-safe, all that the calendar says of the days from ``first`` to ``last``, both included.

    Equal data answer alike on all of these days. The versions of the years are left out: a year that was
    confirmed twice without a change is the same year.
    """
    since, until = first - LONGEST_BLOCK, last + ONE_DAY
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "days": [
            [day.isoformat(), exception.kind, exception.holiday, exception.is_statutory]
            for day, exception in sorted(calendar.exceptions.items())
            if since <= day <= until
        ],
        "vacations": [
            [starts_on.isoformat(), ends_on.isoformat(), kind, level]
            for starts_on, ends_on, kind, level in sorted(calendar.vacations)
            if starts_on <= school_year(last)[1] and ends_on >= school_year(first)[0]
        ],
        "confirmed_years": sorted(
            year for year in calendar.confirmed_years if first.year <= year <= last.year
        ),
    }


def calendar_from(data: dict[str, Any]) -> CityCalendar:
    """Return the calendar that :func:`calendar_data` wrote down."""
    return CityCalendar(
        first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]),
        exceptions={
            date.fromisoformat(day): Exceptional(kind, holiday, is_statutory)
            for day, kind, holiday, is_statutory in data["days"]
        },
        vacations=tuple(
            (date.fromisoformat(starts_on), date.fromisoformat(ends_on), kind, level)
            for starts_on, ends_on, kind, level in data["vacations"]
        ),
        confirmed_years=frozenset(data["confirmed_years"]),
        versions={},
    )


def says_the_same(kept: dict[str, Any], calendar: CityCalendar, first: date, last: date) -> bool:
    """Tell whether calendar data answer for the days from ``first`` to ``last`` as ``calendar`` does."""
    if not (kept["first"] <= first.isoformat() and last.isoformat() <= kept["last"]):
        return False
    return calendar_data(calendar_from(kept), first, last) == calendar_data(calendar, first, last)
