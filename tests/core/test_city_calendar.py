from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from openness.core.calendars.days import DayFacts, city_calendar, days_between, version_of
from openness.core.calendars.models import CalendarYear, SchoolVacation, VacationKind
from openness.core.calendars.proposals import propose_year

pytestmark = pytest.mark.django_db


def _facts(day: date) -> DayFacts:
    return city_calendar(day, day).facts(day)


@pytest.mark.usefixtures("year_2026")
@pytest.mark.parametrize(
    ("day", "day_type", "holiday", "is_statutory", "is_makeup"),
    [
        (date(2026, 1, 1), "day_off", "new_year", True, False),
        (date(2026, 1, 2), "day_off", "new_year", False, False),
        (date(2026, 1, 3), "day_off", "new_year", False, False),  # a Saturday inside the block
        (date(2026, 1, 4), "workday", "", False, True),  # Sunday, worked
        (date(2026, 2, 14), "workday", "", False, True),
        (date(2026, 2, 15), "day_off", "spring_festival", False, False),
        (date(2026, 2, 16), "day_off", "spring_festival", True, False),  # the eve, statutory since 2025
        (date(2026, 2, 19), "day_off", "spring_festival", True, False),
        (date(2026, 2, 20), "day_off", "spring_festival", False, False),
        (date(2026, 4, 4), "day_off", "qingming", False, False),
        (date(2026, 4, 5), "day_off", "qingming", True, False),
        (date(2026, 5, 2), "day_off", "labour_day", True, False),
        (date(2026, 5, 3), "day_off", "labour_day", False, False),
        (date(2026, 6, 19), "day_off", "dragon_boat", True, False),
        (date(2026, 9, 25), "day_off", "mid_autumn", True, False),
        (date(2026, 10, 3), "day_off", "national_day", True, False),
        (date(2026, 10, 7), "day_off", "national_day", False, False),
        (date(2026, 10, 10), "workday", "", False, True),
        (date(2026, 11, 19), "workday", "", False, False),
        (date(2026, 11, 21), "day_off", "", False, False),  # an ordinary Saturday
    ],
)
def test_days_of_2026(day: date, day_type: str, holiday: str, is_statutory: bool, is_makeup: bool):
    facts = _facts(day)
    assert (facts.day_type, facts.holiday) == (day_type, holiday)
    assert (facts.is_statutory, facts.is_makeup_workday) == (is_statutory, is_makeup)
    assert facts.is_confirmed
    assert (facts.date, facts.weekday) == (day, day.weekday())


@pytest.mark.usefixtures("year_2026")
def test_facts_carry_the_lunar_day():
    facts = _facts(date(2026, 3, 14))
    assert (facts.lunar_month, facts.lunar_day, facts.lunar_is_leap) == (1, 26, False)
    assert _facts(date(2026, 2, 16)).is_lunar_new_years_eve


def test_proposed_year_is_used_and_not_confirmed():
    propose_year(2026)
    facts = _facts(date(2026, 10, 10))
    assert facts.is_makeup_workday
    assert not facts.is_confirmed


@pytest.mark.usefixtures("year_2026")
def test_year_that_nobody_entered_follows_the_weekday_and_is_not_confirmed():
    friday, saturday = _facts(date(2027, 1, 1)), _facts(date(2027, 1, 2))
    assert (friday.day_type, saturday.day_type) == ("workday", "day_off")
    assert not friday.is_confirmed
    assert friday.holiday == ""


@pytest.mark.usefixtures("year_2026")
def test_days_outside_the_loaded_range_follow_the_weekday_and_are_not_confirmed():
    calendar = city_calendar(date(2026, 10, 1), date(2026, 10, 7))
    before, after = calendar.facts(date(2026, 9, 20)), calendar.facts(date(2026, 10, 10))
    assert (before.day_type, before.is_confirmed) == ("day_off", False)
    assert (after.day_type, after.is_makeup_workday, after.is_confirmed) == ("day_off", False, False)


@pytest.mark.usefixtures("year_2026")
def test_a_days_facts_do_not_depend_on_the_range_that_was_asked():
    whole = city_calendar(date(2026, 1, 1), date(2026, 12, 31))
    for day in days_between(date(2026, 9, 15), date(2026, 10, 15)):
        assert _facts(day) == whole.facts(day)


def test_vacation_includes_its_first_and_last_day():
    SchoolVacation.objects.create(
        kind=VacationKind.WINTER, starts_on=date(2026, 1, 31), ends_on=date(2026, 3, 1)
    )
    SchoolVacation.objects.create(
        kind=VacationKind.SUMMER, starts_on=date(2026, 7, 11), ends_on=date(2026, 8, 31)
    )
    days = [date(2026, 1, 30), date(2026, 1, 31), date(2026, 3, 1), date(2026, 3, 2), date(2026, 8, 1)]
    assert [[kind for kind, _ in _facts(day).vacations] for day in days] == [
        [],
        ["winter"],
        ["winter"],
        [],
        ["summer"],
    ]


@pytest.mark.usefixtures("year_2026")
def test_a_calendar_takes_three_queries_and_a_day_none(django_assert_num_queries: DjangoAssertNumQueries):
    first = date(2026, 11, 19)
    with django_assert_num_queries(3):
        calendar = city_calendar(first, first + timedelta(days=90))
        for day in days_between(first, first + timedelta(days=90)):
            calendar.facts(day)


def test_version_names_every_year_in_the_range(year_2026: CalendarYear):
    assert version_of(city_calendar(date(2026, 3, 1), date(2026, 3, 1))) == f"2026v{year_2026.version}"
    year_2026.record_change()
    expected = f"2026v{year_2026.version}+2027v0"
    assert version_of(city_calendar(date(2026, 12, 1), date(2027, 2, 1))) == expected


def test_calendars_of_the_same_days_are_equal(year_2026: CalendarYear):
    first, last = date(2026, 1, 1), date(2026, 1, 31)
    one, other = city_calendar(first, last), city_calendar(first, last)
    one.facts(first)
    assert one == other


def _vacation(kind: VacationKind, level: str, first: str, last: str) -> None:
    days = {"starts_on": date.fromisoformat(first), "ends_on": date.fromisoformat(last)}
    SchoolVacation.objects.create(kind=kind, level=level, **days)


def test_terms_are_known_once_both_vacations_of_the_school_year_are():
    everybody = ("primary", "junior", "senior", "university")
    october, may, august, september = (
        date(2025, 10, 10), date(2026, 5, 1), date(2026, 8, 1), date(2026, 9, 1),
    )  # fmt: skip
    assert _facts(october).unknown_vacations == everybody
    _vacation(VacationKind.WINTER, "", "2026-01-31", "2026-03-01")
    assert _facts(october).unknown_vacations == everybody
    assert _facts(date(2026, 2, 1)).unknown_vacations == ()  # in the vacation itself there is no doubt
    _vacation(VacationKind.SUMMER, "senior", "2026-07-11", "2026-08-31")
    for day in (october, may):
        assert _facts(day).unknown_vacations == ("primary", "junior", "university")
    _vacation(VacationKind.SUMMER, "primary", "2026-07-06", "2026-08-31")
    assert _facts(august).unknown_vacations == ("junior", "university")
    assert _facts(september).unknown_vacations == everybody  # another school year


def test_vacations_differ_by_level():
    _vacation(VacationKind.SUMMER, "senior", "2026-07-11", "2026-08-20")
    _vacation(VacationKind.SUMMER, "primary", "2026-07-06", "2026-08-31")
    days = [date(2026, 7, 6), date(2026, 7, 11), date(2026, 8, 21)]
    assert [_facts(day).vacations for day in days] == [
        (("summer", "primary"),),
        (("summer", "primary"), ("summer", "senior")),
        (("summer", "primary"),),
    ]
