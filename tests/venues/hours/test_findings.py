"""What law and standard ask: each rule is found where it is broken, and only there."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.venues.hours.builders import (
    ALL_WEEK,
    DAILY,
    MON,
    SAT,
    SUN,
    notice,
    on_dates,
    on_weekdays,
    rule,
    schedule,
    session,
    venue,
)
from tests.venues.hours.calendars import CITY
from venues.hours import DayType, Layer, Matcher, MatcherKind, Mode, VenueHours
from venues.hours.findings import Charges, Finding, Standard, findings, holiday_blocks, is_named
from venues.hours.weekly import sums

FIRST = date(2026, 1, 1)
HOLIDAYS = Matcher(MatcherKind.HOLIDAY)
PAID = Charges(True, frozenset({"pupils"}))


def found(value: VenueHours, standard: Standard, **options: Any) -> dict[str, Finding]:
    rows = findings(value, standard, CITY, FIRST, sums=sums(value, CITY, FIRST), **options)
    assert len({each.code for each in rows}) == len(rows)
    assert all(Finding.from_dict(each.to_dict()) == each for each in rows)
    return {each.code: each for each in rows}


def test_nothing_is_asked_by_no_standard_but_hours() -> None:
    assert set(found(venue(DAILY), Standard())) == set()
    assert set(found(venue(), Standard())) == {"hours_missing"}
    assert set(found(venue(mode=Mode.BY_APPOINTMENT), Standard(weekly_minutes=3600))) == set()


def test_a_library_closed_at_the_weekend_is_told_by_which_rule() -> None:
    base = schedule("base", rule("daily", ALL_WEEK, "09:00-21:00"), rule("rest", on_weekdays(SAT, SUN)))
    finding = found(venue(base), Standard(needs_weekend=True))["closed_at_weekend"]
    assert finding.params["weekdays"] == [SAT, SUN]
    assert finding.path == ("schedules", "base", "rules", "rest")
    assert found(venue(DAILY), Standard(needs_weekend=True)) == {}


def test_holidays_are_blocks_of_days_in_their_year() -> None:
    blocks = holiday_blocks(CITY, FIRST)
    assert [block.key for block in blocks] == [
        ("new_year", 2026),
        ("spring_festival", 2026),
        ("qingming", 2026),
        ("labour_day", 2026),
        ("dragon_boat", 2026),
        ("mid_autumn", 2026),
        ("national_day", 2026),
    ]
    assert blocks[1].stretches == [(date(2026, 2, 15), date(2026, 2, 23))]
    # One that has begun is not to be decided any more.
    assert holiday_blocks(CITY, date(2026, 2, 16))[0].code == "qingming"
    assert holiday_blocks(CITY, date(2026, 1, 2))[0].code == "spring_festival"


NAMING = {
    "any holiday": (HOLIDAYS, True),
    "that holiday": (Matcher(MatcherKind.HOLIDAY, holidays=("national_day",)), True),
    "another holiday": (Matcher(MatcherKind.HOLIDAY, holidays=("qingming",)), False),
    "its dates": (on_dates("2026-10-01", "2026-10-03"), True),
    "other dates": (on_dates("2026-10-08"), False),
    "statutory days": (Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.STATUTORY,)), True),
    "days off": (Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.DAY_OFF,)), True),
    "workdays": (Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.WORKDAY,)), False),
    "a weekday": (on_weekdays(MON), False),
    "a lunar day of each month": (Matcher(MatcherKind.LUNAR_DAY, lunar_days=(26,)), False),
}


@pytest.mark.parametrize(("matcher", "names"), NAMING.values(), ids=NAMING)
def test_a_holiday_is_decided_by_a_rule_that_names_it(matcher: Matcher, names: bool) -> None:
    block = next(each for each in holiday_blocks(CITY, FIRST) if each.code == "national_day")
    assert is_named(venue(schedule("base", rule("special", matcher))), block, CITY) is names


def test_a_day_of_each_year_names_its_holiday() -> None:
    first = schedule(
        "first",
        rule("daily", ALL_WEEK, "10:00-16:00"),
        layer=Layer.HOLIDAY,
        annual_from=(10, 1),
        annual_to=(10, 1),
    )
    block = next(each for each in holiday_blocks(CITY, FIRST) if each.code == "national_day")
    assert is_named(venue(DAILY, first), block, CITY)
    assert not is_named(venue(DAILY, replace(first, annual_to=(12, 1))), block, CITY)


def test_undecided_holidays_are_listed_but_for_the_decided_ones() -> None:
    asks = Standard(needs_holiday_decision=True)
    closed = notice("spring", rule("close", on_dates("2026-02-15", "2026-02-17")))
    finding = found(venue(DAILY, closed), asks, decided=[("qingming", 2026), ("labour_day", 2025)])[
        "holiday_undecided"
    ]
    assert [code for code, __ in finding.params["holidays"]] == [
        "new_year",
        "labour_day",
        "dragon_boat",
        "mid_autumn",
        "national_day",
    ]
    decided = schedule("base", rule("daily", ALL_WEEK, "09:00-17:00"), rule("off", HOLIDAYS, "10:00-16:00"))
    assert found(venue(decided), asks) == {}


def test_a_museum_closed_on_holidays_and_in_vacations() -> None:
    asks = Standard(needs_open_holidays=True)
    base = schedule(
        "base",
        rule("daily", ALL_WEEK, "09:00-21:00"),
        rule("off", HOLIDAYS),
        rule("summer", Matcher(MatcherKind.VACATION, vacations=("summer",))),
    )
    rows = found(venue(base), asks)
    assert len(rows["closed_on_holiday"].params["holidays"]) == 7
    assert rows["closed_on_holiday"].path == ("schedules", "base", "rules", "off")
    assert rows["closed_in_vacation"].params["vacations"] == ["summer"]
    assert found(venue(replace(DAILY)), asks) == {}


def test_a_long_closure_is_no_closing_on_holidays() -> None:
    asks = Standard(needs_open_holidays=True)
    repairs = notice("repairs", rule("close", on_dates("2026-01-01", None)))
    assert found(venue(DAILY, repairs), asks) == {}
    short = notice("short", rule("close", on_dates("2026-06-19", "2026-06-21")))
    assert found(venue(DAILY, short), asks)["closed_on_holiday"].params["holidays"] == [["dragon_boat", 2026]]


TARGETS = {
    "weekly hours": (
        Standard(weekly_minutes=57 * 60),
        "below_weekly_hours",
        {"minutes": 3360, "target": 3420},
    ),
    "weekly hours met": (Standard(weekly_minutes=56 * 60), "", {}),
    "weekends": (Standard(weekend_extra_minutes=120), "weekend_not_longer", {"minutes": 0, "target": 120}),
    "open days": (Standard(open_days_per_year=366), "too_few_open_days", {"days": 365, "target": 366}),
    "open days met": (Standard(open_days_per_year=365), "", {}),
    "days off": (Standard(day_off_minutes=500), "short_days_off", {"minutes": 480, "target": 500}),
    "days off met": (Standard(day_off_minutes=480), "", {}),
}


@pytest.mark.parametrize(("standard", "code", "params"), TARGETS.values(), ids=TARGETS)
def test_targets(standard: Standard, code: str, params: dict[str, int]) -> None:
    rows = found(venue(DAILY), standard)
    assert {name: dict(each.params) for name, each in rows.items()} == ({code: params} if code else {})


def test_open_only_while_others_work() -> None:
    office = schedule("base", rule("daily", ALL_WEEK, "08:00-12:00", "14:30-17:30"))
    assert set(found(venue(office), Standard())) == {"only_working_hours"}
    weekend = schedule("base", rule("weekend", on_weekdays(SAT, SUN), "09:00-17:00"))
    assert found(venue(weekend), Standard()) == {}


def test_who_charges_has_a_free_day_for_pupils() -> None:
    asks = Standard(needs_free_day_for_pupils=True)
    assert set(found(venue(DAILY), asks, charges=PAID)) == {"free_day_missing"}
    assert found(venue(DAILY), asks, charges=replace(PAID, is_paid=False)) == {}
    assert found(venue(DAILY), asks, charges=replace(PAID, free_for=frozenset({"pupils"}))) == {}
    assert set(found(venue(DAILY), asks, charges=replace(PAID, free_for=frozenset({"soldiers"})))) == {
        "free_day_missing"
    }


@pytest.mark.parametrize(
    ("admission", "audience", "matcher", "is_enough"),
    [
        ("free", "pupils", Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(SAT,), nth=(1,)), True),
        ("free", "", on_weekdays(SAT), True),
        ("free", "soldiers", on_weekdays(SAT), False),
        ("discount", "pupils", on_weekdays(SAT), False),
        ("free", "pupils", on_dates("2026-06-01"), False),
    ],
)
def test_free_hours_come_back_each_month(
    admission: str, audience: str, matcher: Matcher, is_enough: bool
) -> None:
    free = session("09:00-17:00", admission=admission, audience=audience)
    value = venue(schedule("base", rule("daily", ALL_WEEK, "09:00-17:00"), rule("free", matcher, free)))
    rows = found(value, Standard(needs_free_day_for_pupils=True), charges=PAID)
    assert ("free_day_missing" not in rows) is is_enough
