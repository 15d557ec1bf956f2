"""How long venues are open: sums against figures worked out by hand."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.facts import SUMMER_WEEK, WEEKLY_HOURS
from tests.venues.hours.builders import (
    ALL_WEEK,
    DAILY,
    SAT,
    SUN,
    on_weekdays,
    rule,
    schedule,
    session,
    venue,
)
from tests.venues.hours.calendars import CITY
from venues.hours import Area, Kind, Matcher, MatcherKind, Mode, State, VenueHours, from_dict, resolve_days
from venues.hours.weekly import ordinary_weeks, sums, weekly_minutes

FIRST = date(2026, 1, 1)
CITY_FILE = Path(__file__).parents[3] / "demo" / "quanzhou" / "venues.json"
DEMO = {row["code"]: row["hours"] for row in json.loads(CITY_FILE.read_text())["venues"]}


@pytest.mark.parametrize(("code", "area", "monday", "expected"), WEEKLY_HOURS)
def test_the_demo_venues_have_the_hours_of_their_sources(
    code: str, area: str, monday: date, expected: float
) -> None:
    days = resolve_days(from_dict(DEMO[code]), area, monday, monday + timedelta(days=6), CITY)
    assert weekly_minutes(days) == expected * 60


def test_ordinary_weeks_touch_no_holiday_and_no_makeup_workday() -> None:
    weeks = ordinary_weeks(CITY, FIRST, date(2026, 12, 31))
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in weeks)
    days = {day for week in weeks for day in week}
    # New Year and its make-up Sunday, Spring Festival from its make-up Saturday on, National Day week.
    assert not days & {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 24), date(2026, 10, 8)}
    assert weeks[0][0] == date(2026, 1, 5)
    assert date(2026, 11, 16) in days
    assert SUMMER_WEEK in days


def test_hours_of_several_areas_count_once() -> None:
    hall = schedule("hall", rule("daily", ALL_WEEK, "12:00-21:00"), area="hall")
    value = venue(DAILY, hall, areas=(Area("hall"),))
    found = sums(value, CITY, FIRST)
    assert found
    assert found.week == 12 * 60 * 7


def test_areas_and_hours_that_are_not_for_everybody_do_not_count() -> None:
    staff = schedule("staff", rule("daily", ALL_WEEK, "06:00-23:00"), area="staff")
    club = session("17:00-22:00", state=State.MEMBERS)
    base = schedule("base", rule("daily", ALL_WEEK, "09:00-17:00", club))
    found = sums(venue(base, staff, areas=(Area("staff", general_public=False),)), CITY, FIRST)
    assert found
    assert found.week == 8 * 60 * 7


def test_a_night_that_meets_the_next_morning_counts_once() -> None:
    value = venue(schedule("base", rule("daily", ALL_WEEK, "20:00-30:00", "05:00-08:00")))
    found = sums(value, CITY, FIRST)
    assert found
    # 5:00 to 8:00 and 20:00 to 6:00; the hour from 5 to 6 is in both, but for the first morning of the week.
    assert found.week == (3 + 10) * 60 * 7 - 6 * 60


def test_staggered_and_extended_are_what_there_would_not_be_without_them() -> None:
    base = schedule(
        "base",
        rule("daily", ALL_WEEK, "09:00-17:00", session("16:00-20:00", kind=Kind.EXTENDED)),
        rule("weekend", on_weekdays(SAT, SUN), session("09:00-12:00", kind=Kind.STAGGERED)),
    )
    found = sums(venue(base), CITY, FIRST)
    assert found
    assert (found.extended, found.staggered) == (3 * 60 * 5, 3 * 60 * 2)
    assert (found.workday, found.weekend_day) == (11 * 60, 3 * 60)


def test_the_week_in_the_middle_stands_for_the_venue() -> None:
    lunar = rule("lunar", Matcher(MatcherKind.LUNAR_DAY, lunar_days=(26,)))
    found = sums(venue(schedule("base", rule("daily", ALL_WEEK, "09:00-17:00"), lunar)), CITY, FIRST)
    assert found
    assert (found.week, found.least, found.most) == (56 * 60, 48 * 60, 56 * 60)
    assert found.open_days == 365 - 12


def test_closed_days_are_told() -> None:
    base = schedule(
        "base", rule("daily", ALL_WEEK, "08:00-12:00", "14:30-17:30"), rule("sun", on_weekdays(SUN))
    )
    found = sums(venue(base), CITY, FIRST)
    assert found
    assert (found.closed_weekdays, found.shortest_day_off, found.outside_work) == ((SUN,), 0, 0)


@pytest.mark.parametrize("value", [venue(), VenueHours(Mode.BY_APPOINTMENT), VenueHours(Mode.UNKNOWN)])
def test_hours_that_nobody_knows_have_no_sums(value: VenueHours) -> None:
    assert sums(value, CITY, FIRST) is None
