"""Hours as entered, checked against the city's calendar."""

from datetime import timedelta

from openness.core import clock
from openness.core.calendars.days import CityCalendar, city_calendar, days_between
from venues import hours

# A year and a month: every rule that comes back yearly meets every other once.
CHECKED_DAYS = 400


def serious_problems(
    value: hours.VenueHours, *, with_conflicts: bool = True, calendar: CityCalendar | None = None
) -> list[hours.Problem]:
    """Return what must be mended before these hours can be saved; conflicts are looked for on the next 400 days."""
    return [
        each
        for each in all_problems(value, with_conflicts=with_conflicts, calendar=calendar)
        if each.severity == hours.Severity.ERROR
    ]


def all_problems(
    value: hours.VenueHours, *, with_conflicts: bool = True, calendar: CityCalendar | None = None
) -> list[hours.Problem]:
    """Return these and the warnings. Three queries for the calendar; none with that of ``checked_calendar``."""
    calendar = calendar or checked_calendar()
    found = hours.problems(value, calendar, ())
    if not with_conflicts or any(each.severity == hours.Severity.ERROR for each in found):
        # Whether rules contradict each other can be told when each of them makes sense.
        return found
    return hours.problems(value, calendar, days_between(calendar.first, calendar.last))


def checked_calendar() -> CityCalendar:
    """Return the city's calendar of the days that are looked at, from today on. Three queries."""
    first = clock.today()
    return city_calendar(first, first + timedelta(days=CHECKED_DAYS - 1))
