"""Calendars without a database: the one that comes with the product, or one from a file.

The shipped calendar has the days off and make-up workdays of 2014 to 2026 as the State Council announced
them. School vacations differ from city to city, so it has none.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path

from openness.core.calendars.calendar_file import CalendarFile, load
from openness.core.calendars.days import CityCalendar, Exceptional
from openness.core.calendars.models import YearStatus

SHIPPED = Path(__file__).parent / "shipped.json"


def shipped_calendar(first: date, last: date) -> CityCalendar:
    """Return the shipped calendar for the days from ``first`` to ``last``, both included."""
    return _calendar(shipped_file(), first, last)


def read_calendar(path: Path | str, first: date, last: date) -> CityCalendar:
    """Return the calendar of a JSON document for the days from ``first`` to ``last``, both included.

    Nothing is taken from the shipped calendar: a year that the document does not have is not known.
    Raises OSError, and ValueError that names the place in the document and the mistake.
    """
    return _calendar(load(Path(path)), first, last)


@lru_cache(maxsize=1)
def shipped_file() -> CalendarFile:
    """Return the shipped document."""
    return load(SHIPPED)


def _calendar(document: CalendarFile, first: date, last: date) -> CityCalendar:
    return CityCalendar(
        first=first,
        last=last,
        exceptions={
            day.date: Exceptional(day.kind, day.holiday, day.is_statutory)
            for year in document.years
            for day in year.days
        },
        vacations=tuple((each.first, each.last, each.kind, each.level) for each in document.vacations),
        confirmed_years=frozenset(
            each.year for each in document.years if each.status == YearStatus.CONFIRMED
        ),
        versions={each.year: 1 for each in document.years},
    )
