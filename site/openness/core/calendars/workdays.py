"""Counting in working days, as deadlines in regulations do.

Which day is worked: Monday to Friday, by article 7 of 国务院关于职工工作时间的规定 (国务院令第174号,
1995), less the days off and plus the make-up workdays of the State Council's yearly notice. How a
period runs: articles 201 and 203 of the Civil Code: the day on which it begins does not count, and
it ends with its last day. In a year that nobody has entered the weekdays alone decide; a deadline
then comes out early rather than late.
"""

from datetime import date, timedelta

from openness.core.calendars.days import CityCalendar, city_calendar, days_between

# The longest block of days off is nine days, so that this many days always hold one workday.
LONGEST_REST = 14


def is_workday(day: date) -> bool:
    """Tell whether offices work on ``day``."""
    return _is_worked(city_calendar(day, day), day)


def add_workdays(day: date, number: int) -> date:
    """Return the ``number``-th workday after ``day``; before it when ``number`` is negative.

    ``day`` itself does not count. With 0 the answer is ``day``, or the next workday after a day off.
    """
    if number == 0:
        return day if is_workday(day) else add_workdays(day, 1)
    step = timedelta(days=1 if number > 0 else -1)
    # Three calendar days hold a workday on average even around the holidays.
    reach = step * (abs(number) * 3 + LONGEST_REST)
    calendar = city_calendar(*sorted((day, day + reach)))
    left = abs(number)
    while left:
        day += step
        left -= _is_worked(calendar, day)
    return day


def workdays_between(first: date, last: date) -> int:
    """Count the workdays after ``first`` up to and including ``last``; negative when ``last`` is earlier.

    ``workdays_between(day, add_workdays(day, n))`` is ``n``.
    """
    if last < first:
        return -workdays_between(last - timedelta(days=1), first - timedelta(days=1))
    calendar = city_calendar(first, last)
    return sum(_is_worked(calendar, day) for day in days_between(first + timedelta(days=1), last))


def _is_worked(calendar: CityCalendar, day: date) -> bool:
    return calendar.facts(day).day_type == "workday"
