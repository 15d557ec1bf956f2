"""The day by which a document has to be public.

《政府信息公开条例》 (2019) Art. 26: within 20 working days of the day on which the information was made or changed.
That day itself does not count (Civil Code, Art. 201).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from openness.core import clock
from openness.core.calendars.days import CityCalendar, city_calendar
from openness.core.calendars.workdays import LONGEST_REST

WORKING_DAYS = 20
ONE_DAY = timedelta(days=1)
# Three calendar days hold a workday on average even around the holidays.
REACH = timedelta(days=WORKING_DAYS * 3 + LONGEST_REST)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day in time; how many working days are left after today, 0 on the last day and afterwards.

    Where the days off on the way there are not announced yet, weekdays alone decide: ``day`` then comes out
    early rather than late, and ``is_certain`` is false.
    """

    day: date
    days_left: int
    is_over: bool
    is_certain: bool


def deadline_of(written_on: date) -> Deadline:
    """Return the deadline of a document by the day on which it was made. Three queries."""
    return deadlines([written_on])[written_on]


def deadlines(days: Iterable[date]) -> dict[date, Deadline]:
    """Return the deadlines of documents by the days on which they were made. Three queries for any number."""
    days = set(days)
    if not days:
        return {}
    calendar = city_calendar(min(days), max(days) + REACH)
    return {day: _deadline(day, calendar) for day in days}


def _deadline(written_on: date, calendar: CityCalendar) -> Deadline:
    today, day = clock.today(), written_on
    count = days_left = 0
    while count < WORKING_DAYS:
        day += ONE_DAY
        if calendar.facts(day).day_type == "workday":
            count += 1
            days_left += day > today
    years = set(range(written_on.year, day.year + 1))
    return Deadline(
        day, days_left=days_left, is_over=today > day, is_certain=years <= calendar.confirmed_years
    )
