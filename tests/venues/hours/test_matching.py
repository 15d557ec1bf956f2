"""Which days each kind of matcher names, and when a schedule holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.venues.hours.builders import MON, SAT, SUN, TUE, on_dates, on_weekdays
from tests.venues.hours.calendars import CITY
from venues.hours import DayType, Matcher, MatcherKind, PutOff, Schedule
from venues.hours.matching import is_valid_on, matches, specificity

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
    def day_type(*types: DayType) -> Matcher:
        return Matcher(MatcherKind.DAY_TYPE, day_types=types)

    falling = [
        {on_dates("2026-01-01", None)},
        {Matcher(MatcherKind.PUT_OFF, weekdays=(MON,))},
        {
            Matcher(MatcherKind.LUNAR_DAY, lunar_month=1, lunar_days=(1,)),
            Matcher(MatcherKind.LUNAR_DAY, lunar_new_years_eve=True),
        },
        {Matcher(MatcherKind.HOLIDAY, holidays=("national_day",)), day_type(DayType.STATUTORY)},
        {Matcher(MatcherKind.HOLIDAY, weekdays=(MON,))},
        {
            Matcher(MatcherKind.HOLIDAY),
            Matcher(MatcherKind.LUNAR_DAY, lunar_days=(26,)),
            Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(MON,), nth=(-1,)),
        },
        {day_type(DayType.MAKEUP_WORKDAY), day_type(DayType.EVE_OF_DAY_OFF, DayType.AFTER_HOLIDAY)},
        {
            Matcher(MatcherKind.VACATION, weekdays=(MON,)),
            Matcher(MatcherKind.DAY_TYPE, (SAT,), (DayType.DAY_OFF,)),
        },
        {day_type(DayType.DAY_OFF), day_type(DayType.WORKDAY), Matcher(MatcherKind.VACATION)},
        {Matcher(MatcherKind.TERM)},
        {on_weekdays(MON)},
        {Matcher()},
    ]
    ranks = [{specificity(matcher) for matcher in step} for step in falling]
    assert all(len(rank) == 1 for rank in ranks)
    assert [rank.pop() for rank in ranks] == sorted(
        {specificity(each) for s in falling for each in s}, reverse=True
    )


def test_weekdays_narrow_other_kinds() -> None:
    holiday_mondays = Matcher(MatcherKind.HOLIDAY, weekdays=(MON,))
    assert days_of(holiday_mondays) == ["2026-02-16", "2026-02-23", "2026-04-06", "2026-05-04", "2026-10-05"]
    october_saturdays = Matcher(MatcherKind.DATES, (SAT,), first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert days_of(october_saturdays)[0] == "2026-10-03"


def test_a_closing_put_off_to_the_next_day_or_past_the_holiday() -> None:
    next_day = Matcher(MatcherKind.PUT_OFF, weekdays=(MON,))
    assert days_of(next_day) == ["2026-02-17", "2026-02-24", "2026-04-07", "2026-05-05", "2026-10-06"]
    past_holiday = replace(next_day, put_off_to=PutOff.AFTER_HOLIDAY)
    assert days_of(past_holiday) == ["2026-02-24", "2026-04-07", "2026-05-06", "2026-10-08"]


def test_eves_and_days_after() -> None:
    def days(day_type: DayType) -> list[str]:
        return days_of(Matcher(MatcherKind.DAY_TYPE, day_types=(day_type,)))

    assert days(DayType.AFTER_HOLIDAY)[:3] == ["2026-01-04", "2026-02-24", "2026-04-07"]
    assert days(DayType.EVE_OF_HOLIDAY)[:2] == ["2026-02-14", "2026-04-03"]
    eves = days(DayType.EVE_OF_DAY_OFF)
    assert "2026-01-04" not in eves  # a Sunday that is worked, before a Monday
    assert {"2026-01-09", "2026-02-14", "2026-04-30"} <= set(eves)


def test_term_and_vacation_are_told_apart_by_level() -> None:
    def is_on(day: str, *levels: str) -> tuple[bool, bool]:
        facts = CITY.facts(date.fromisoformat(day))
        kinds = (MatcherKind.VACATION, MatcherKind.TERM)
        on_vacation, in_term = (matches(Matcher(kind, levels=levels), facts) for kind in kinds)
        return on_vacation, in_term

    assert is_on("2026-07-08") == (True, False)
    assert is_on("2026-07-08", "senior") == (False, True)
    assert is_on("2026-06-30") == (False, True)  # universities only
    assert is_on("2026-06-30", "university") == (True, False)
    assert is_on("2026-02-10", "university") == (True, False)  # a vacation of all schools


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
