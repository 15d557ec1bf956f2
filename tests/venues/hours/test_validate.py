"""Every problem has its code and leads to its field."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.venues.hours.builders import (
    ALL_WEEK,
    add,
    on_dates,
    on_weekdays,
    rule,
    schedule,
    session,
    subtract,
    venue,
)
from tests.venues.hours.calendars import CITY
from venues.hours import (
    Area,
    Layer,
    Matcher,
    MatcherKind,
    Problem,
    Rule,
    Schedule,
    Session,
    Severity,
    VenueHours,
    problems,
)

NOVEMBER = [date(2026, 11, 1) + timedelta(days=index) for index in range(30)]
SOUND = schedule("base", rule("daily", ALL_WEEK, session("09:00-17:00", "16:30")))


def found(*schedules: Schedule, **fields: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.code, problem.path) for problem in problems(venue(*schedules, **fields), CITY, NOVEMBER)]


def of_rule(made: Rule) -> list[tuple[str, tuple[str | int, ...]]]:
    """The problems of one rule, their paths from the rule on."""
    return [(code, path[4:]) for code, path in found(schedule("s", made))]


def test_sound_hours_have_no_problem() -> None:
    assert found(SOUND) == []
    assert problems(VenueHours(), CITY, NOVEMBER) == []


@pytest.mark.parametrize(
    ("wrong", "code", "name"),
    [
        (Session(1020, 540), "end_before_start", "closes"),
        (Session(540, 540), "end_before_start", "closes"),
        (Session(540, 1020, 539), "last_entry_outside", "last_entry"),
        (Session(540, 1020, 1021), "last_entry_outside", "last_entry"),
        (Session(-1, 60), "time_out_of_range", "opens"),
        (Session(540, 2881), "time_out_of_range", "closes"),
    ],
)
def test_sessions(wrong: Session, code: str, name: str) -> None:
    assert of_rule(rule("r", ALL_WEEK, "07:00-08:00", wrong)) == [(code, ("sessions", 1, name))]


@pytest.mark.parametrize(
    "right", [Session(540, 1020, 1020), Session(540, 1020, 540), Session(1080, 2880), Session(1440, 1500)]
)
def test_sessions_at_the_edges_are_right(right: Session) -> None:
    assert of_rule(rule("r", ALL_WEEK, right)) == []


def test_overlapping_sessions() -> None:
    overlap = rule("r", ALL_WEEK, "09:00-12:00", "14:00-18:00", "11:59-13:00")
    assert of_rule(overlap) == [("overlapping_sessions", ("sessions", 2, "opens"))]
    assert of_rule(rule("r", ALL_WEEK, "09:00-12:00", "12:00-13:00")) == []
    pupils = session("11:00-13:00", audience="pupils")
    assert of_rule(rule("r", ALL_WEEK, "09:00-12:00", pupils)) == []


def test_additions_and_closures_need_sessions_and_a_closed_day_does_not() -> None:
    assert of_rule(add("r", ALL_WEEK)) == [("no_sessions_for_add", ("sessions",))]
    assert of_rule(subtract("r", ALL_WEEK)) == [("no_sessions_for_subtract", ("sessions",))]
    assert of_rule(rule("r", ALL_WEEK)) == []


@pytest.mark.parametrize(
    ("matcher", "code", "name"),
    [
        (on_weekdays(), "weekdays_missing", "weekdays"),
        (on_weekdays(1, 7), "value_unknown", "weekdays"),
        (Matcher(MatcherKind.DAY_TYPE), "day_types_missing", "day_types"),
        (Matcher(MatcherKind.DATES), "dates_missing", "first"),
        (Matcher(MatcherKind.DATES, last=date(2026, 11, 1)), "dates_missing", "first"),
        (on_dates("2026-11-02", "2026-11-01"), "dates_reversed", "last"),
        (Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(1,)), "nth_missing", "nth"),
        (Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(1,), nth=(6,)), "value_unknown", "nth"),
        (Matcher(MatcherKind.LUNAR_DAY), "lunar_days_missing", "lunar_days"),
        (Matcher(MatcherKind.LUNAR_DAY, lunar_days=(31,)), "value_unknown", "lunar_days"),
        (Matcher(MatcherKind.LUNAR_DAY, lunar_month=13, lunar_days=(1,)), "value_unknown", "lunar_month"),
    ],
)
def test_matchers(matcher: Matcher, code: str, name: str) -> None:
    assert of_rule(rule("r", matcher, "09:00-17:00")) == [(code, ("matcher", name))]


@pytest.mark.parametrize(
    "matcher",
    [
        on_dates("2026-11-02", None),
        Matcher(MatcherKind.HOLIDAY),
        Matcher(MatcherKind.VACATION),
        Matcher(MatcherKind.LUNAR_DAY, lunar_new_years_eve=True),
        Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(0,), nth=(-1,)),
    ],
)
def test_matchers_that_are_complete(matcher: Matcher) -> None:
    assert of_rule(rule("r", matcher, "09:00-17:00")) == []


@pytest.mark.parametrize(
    ("fields", "code", "name"),
    [
        ({"area": "attic"}, "unknown_area", "area"),
        ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}, "dates_reversed", "valid_to"),
        ({"annual_from": (10, 1)}, "season_incomplete", "annual_to"),
        ({"annual_to": (10, 1)}, "season_incomplete", "annual_from"),
        ({"annual_from": (2, 30), "annual_to": (4, 1)}, "no_such_day", "annual_from"),
        ({"annual_from": (10, 1), "annual_to": (13, 1)}, "no_such_day", "annual_to"),
    ],
)
def test_schedules(fields: dict[str, Any], code: str, name: str) -> None:
    made = schedule("s", rule("daily", ALL_WEEK, "09:00-17:00"), **fields)
    assert found(made) == [(code, ("schedules", "s", name))]


def test_a_season_may_end_on_29_february() -> None:
    made = schedule("s", rule("daily", ALL_WEEK, "09:00-17:00"), annual_from=(10, 1), annual_to=(2, 29))
    assert found(made) == []


def test_keys_are_unique() -> None:
    twice = schedule(
        "base", rule("r", on_weekdays(0), "09:00-10:00"), rule("r", on_weekdays(1), "09:00-10:00")
    )
    assert found(twice, schedule("base"), areas=(Area("a"), Area("a")))[:3] == [
        ("duplicate_area", ("areas", "a")),
        ("duplicate_schedule", ("schedules", "base")),
        ("duplicate_rule", ("schedules", "base", "rules", "r")),
    ]


def test_a_schedule_without_rules_is_a_warning() -> None:
    (problem,) = problems(venue(SOUND, schedule("empty")), CITY, NOVEMBER)
    assert (problem.code, problem.severity) == ("rules_missing", Severity.WARNING)


def test_a_conflict_is_told_once_with_both_rules_its_first_day_and_how_many() -> None:
    clash = schedule(
        "base", rule("a", on_weekdays(0, 1), "09:00-17:00"), rule("b", on_weekdays(1), "09:00-12:00")
    )
    (problem,) = problems(venue(clash), CITY, NOVEMBER)
    assert problem == Problem(
        "conflict",
        ("schedules", "base", "rules", "b"),
        {"first": "base/a", "second": "base/b", "area": "", "date": "2026-11-03", "days": 4},
    )


def test_a_conflict_in_an_area_names_it() -> None:
    clash = schedule("hall", rule("a", ALL_WEEK, "09:00-17:00"), rule("b", ALL_WEEK), area="hall")
    (problem,) = problems(venue(SOUND, clash, areas=(Area("hall"),)), CITY, NOVEMBER[:1])
    assert (problem.params["area"], problem.params["days"]) == ("hall", 1)


def test_a_notice_that_opens_what_another_closes_is_a_warning() -> None:
    close = schedule("c", rule("close", on_dates("2026-11-02", "2026-11-08")), layer=Layer.NOTICE, notice="c")
    extend = schedule(
        "e",
        add("extend", on_dates("2026-11-01", "2026-11-03"), "17:00-21:00"),
        layer=Layer.NOTICE,
        notice="e",
    )
    (problem,) = problems(venue(SOUND, close, extend), CITY, NOVEMBER)
    assert (problem.code, problem.severity) == ("opens_closed_day", Severity.WARNING)
    assert (problem.params["first"], problem.params["second"], problem.params["days"]) == (
        "c/close",
        "e/extend",
        2,
    )
