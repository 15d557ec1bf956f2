"""Which days each kind of matcher names, and when a schedule holds."""

from datetime import date, timedelta

import pytest

from tests.venues.hours.builders import MON, SAT, SUN, TUE, on_dates, on_weekdays
from tests.venues.hours.calendars import CITY
from venues.hours import DayType, Matcher, MatcherKind, Schedule
from venues.hours.matching import SPECIFICITY, is_valid_on, matches

YEAR = [date(2026, 1, 1) + timedelta(days=index) for index in range(365)]


def days_of(matcher: Matcher) -> list[str]:
    return [day.isoformat() for day in YEAR if matches(matcher, CITY.facts(day))]


def test_every_day_and_weekdays() -> None:
    assert len(days_of(Matcher())) == 365
    assert days_of(on_weekdays(MON, SUN))[:3] == ["2026-01-04", "2026-01-05", "2026-01-11"]
    assert days_of(on_weekdays()) == []


def test_dates_include_both_ends_and_may_have_no_end() -> None:
    assert days_of(on_dates("2026-03-01", "2026-03-03")) == ["2026-03-01", "2026-03-02", "2026-03-03"]
    assert days_of(on_dates("2026-12-30", None)) == ["2026-12-30", "2026-12-31"]


def test_dates_without_a_first_day_name_nothing() -> None:
    assert days_of(Matcher(MatcherKind.DATES, last=date(2026, 12, 31))) == []


@pytest.mark.parametrize(
    ("day_type", "count", "first", "last"),
    [
        (DayType.STATUTORY, 13, "2026-01-01", "2026-10-03"),
        (DayType.MAKEUP_WORKDAY, 6, "2026-01-04", "2026-10-10"),
        (DayType.WORKDAY, 248, "2026-01-04", "2026-12-31"),
        (DayType.DAY_OFF, 117, "2026-01-01", "2026-12-27"),
    ],
)
def test_day_types_of_2026(day_type: DayType, count: int, first: str, last: str) -> None:
    days = days_of(Matcher(MatcherKind.DAY_TYPE, day_types=(day_type,)))
    assert (len(days), days[0], days[-1]) == (count, first, last)


def test_holidays_are_blocks_of_days_off() -> None:
    spring = days_of(Matcher(MatcherKind.HOLIDAY, holidays=("spring_festival",)))
    assert (spring[0], spring[-1], len(spring)) == ("2026-02-15", "2026-02-23", 9)
    assert len(days_of(Matcher(MatcherKind.HOLIDAY))) == 33


def test_nth_and_last_weekday_of_the_month() -> None:
    first_and_last = Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(TUE,), nth=(1, -1))
    assert days_of(first_and_last)[:4] == ["2026-01-06", "2026-01-27", "2026-02-03", "2026-02-24"]
    fifth = Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(SAT,), nth=(5,))
    assert days_of(fifth) == ["2026-01-31", "2026-05-30", "2026-08-29", "2026-10-31"]
    last_sunday_of_the_year = Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(SUN,), nth=(-1,))
    assert days_of(last_sunday_of_the_year)[-1] == "2026-12-27"


def test_lunar_day_of_every_month_and_of_one() -> None:
    every = days_of(Matcher(MatcherKind.LUNAR_DAY, lunar_days=(26,)))
    assert every[:4] == ["2026-01-14", "2026-02-13", "2026-03-14", "2026-04-13"]
    lantern_festival = Matcher(MatcherKind.LUNAR_DAY, lunar_month=1, lunar_days=(15,))
    assert days_of(lantern_festival) == ["2026-03-03"]


def test_a_named_lunar_month_is_not_its_leap_month() -> None:
    leap_sixth = CITY.facts(date(2025, 7, 25))
    assert (leap_sixth.lunar_month, leap_sixth.lunar_day, leap_sixth.lunar_is_leap) == (6, 1, True)
    assert not matches(Matcher(MatcherKind.LUNAR_DAY, lunar_month=6, lunar_days=(1,)), leap_sixth)
    assert matches(Matcher(MatcherKind.LUNAR_DAY, lunar_days=(1,)), leap_sixth)


def test_lunar_new_years_eve_is_the_day_before_whatever_its_number() -> None:
    eve = Matcher(MatcherKind.LUNAR_DAY, lunar_new_years_eve=True)
    assert days_of(eve) == ["2026-02-16"]  # the 29th of a short twelfth month
    assert CITY.facts(date(2026, 2, 16)).lunar_day == 29


def test_vacations() -> None:
    summer = days_of(Matcher(MatcherKind.VACATION, vacations=("summer",)))
    assert (summer[0], summer[-1]) == ("2026-07-06", "2026-08-31")
    assert days_of(Matcher(MatcherKind.VACATION))[0] == "2026-02-02"


def test_ranks_of_matchers() -> None:
    ranked = sorted(MatcherKind, key=lambda kind: -SPECIFICITY[kind])
    assert ranked[0] == MatcherKind.DATES
    assert {*ranked[1:4]} == {MatcherKind.HOLIDAY, MatcherKind.LUNAR_DAY, MatcherKind.NTH_WEEKDAY}
    assert {*ranked[4:6]} == {MatcherKind.DAY_TYPE, MatcherKind.VACATION}
    assert ranked[6:] == [MatcherKind.WEEKDAYS, MatcherKind.EVERY_DAY]


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        ("2026-09-30", False),
        ("2026-10-01", True),
        ("2027-02-28", True),
        ("2028-02-29", True),
        ("2027-06-01", False),
    ],
)
def test_a_season_may_wrap_the_year(day: str, holds: bool) -> None:
    winter = Schedule("winter", annual_from=(10, 1), annual_to=(5, 31))
    assert is_valid_on(winter, date.fromisoformat(day)) is holds


def test_validity_includes_both_ends() -> None:
    august = Schedule("august", valid_from=date(2026, 8, 1), valid_to=date(2026, 8, 31))
    held = [is_valid_on(august, date(2026, month, day)) for month, day in [(7, 31), (8, 1), (8, 31), (9, 1)]]
    assert held == [False, True, True, False]
