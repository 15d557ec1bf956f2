"""Which rule or notice made a day so, what it overrode, and how long before it was announced."""

import json
from datetime import date

import pytest

from tests.venues.hours.builders import (
    ALL_WEEK,
    DAILY,
    add,
    notice,
    on,
    on_dates,
    rule,
    schedule,
    session,
    subtract,
    venue,
)
from tests.venues.hours.calendars import City
from venues.hours import (
    Because,
    DayType,
    EffectKind,
    Layer,
    Matcher,
    MatcherKind,
    Plan,
    effect_schedule,
)

TODAY = on_dates("2026-11-23")

# -- how long before ----------------------------------------------------------------------------------


def closing(first_day: date | None = None) -> Because:
    """The reason of the second day of a closure that was announced on the 10th."""
    told = effect_schedule(
        EffectKind.CLOSE,
        key="n-0",
        notice="n",
        first=date(2026, 11, 19),
        last=date(2026, 11, 25),
        starts_at=14 * 60,
        announced_on=date(2026, 11, 10),
        first_day=first_day,
    )
    return on(venue(DAILY, told), "2026-11-20").because


def test_it_counts_to_the_first_day_whichever_day_is_asked_about() -> None:
    because = closing()
    assert because.matcher is not None
    assert because.matcher.first == date(2026, 11, 20)  # on the 19th it closes at 14:00
    for day in (20, 25):
        assert because.announced_days_before(date(2026, 11, day)) == 9


def test_it_counts_to_the_first_day_of_all_effects_of_the_notice() -> None:
    assert closing(date(2026, 11, 12)).announced_days_before(date(2026, 11, 20)) == 2


@pytest.mark.parametrize(("announced", "days"), [(1, 8), (9, 0), (10, -1)])
def test_without_a_first_day_it_counts_to_the_day_itself(announced: int, days: int) -> None:
    because = Because("notice", "n", "close", announced_on=date(2026, 11, announced))
    assert because.announced_days_before(date(2026, 11, 9)) == days


def test_without_an_announcement_there_is_no_number() -> None:
    assert on(venue(DAILY), "2026-11-23").because.announced_days_before(date(2026, 11, 23)) is None


def test_it_is_stored_with_the_reason() -> None:
    because = closing(date(2026, 11, 12))
    stored = json.loads(json.dumps(because.to_dict()))
    assert (stored["announced_on"], stored["first_day"]) == ("2026-11-10", "2026-11-12")
    assert Because.from_dict(stored) == because


# -- what was overridden ------------------------------------------------------------------------------


def test_an_addition_overrode_what_the_day_was_before() -> None:
    closed = notice("n", rule("close", TODAY))
    opened = schedule("e", add("shelter", TODAY, "16:00-20:00"), layer=Layer.EMERGENCY)
    day = on(venue(DAILY, closed, opened), "2026-11-23")
    (span,) = day.spans
    assert span.because.overrode == day.because.overrode == ("n/close", "base/daily")


def test_a_span_whose_last_entry_a_notice_moved_rests_on_that_notice() -> None:
    base = schedule("base", rule("daily", ALL_WEEK, session("09:00-17:00", "16:00")))
    longer = notice("n", add("late", TODAY, session("09:00-17:00", "16:45")))
    day = on(venue(base, longer), "2026-11-23")
    (span,) = day.spans
    assert (span.last_entry, span.because.name, span.because.overrode) == (1005, "n/late", ("base/daily",))
    assert day.because == span.because


def test_every_addition_that_gave_something_is_named_and_no_other() -> None:
    given = [
        notice("a", add("add", TODAY, "18:00-19:00")),
        notice("b", add("add", TODAY, "10:00-12:00")),  # it is open then anyway
        notice("c", add("add", TODAY, "20:00-21:00")),
    ]
    assert on(venue(DAILY, *given), "2026-11-23").because.names == ("c/add", "a/add", "base/daily")


def test_what_is_cut_names_what_it_was_made_of() -> None:
    extend = notice("a", add("extend", TODAY, "17:00-21:00"))
    cut = notice("b", subtract("cut", TODAY, "19:00-20:00"))
    day = on(venue(DAILY, extend, cut), "2026-11-23")
    assert [span.because.names for span in day.spans] == [
        ("base/daily",),
        ("b/cut", "a/extend", "base/daily"),
        ("b/cut", "a/extend", "base/daily"),
    ]
    assert day.because.names == ("b/cut", "a/extend", "base/daily")


def test_changes_of_a_lower_layer_are_overridden_too() -> None:
    base = schedule("base", rule("daily", ALL_WEEK, "09:00-17:00"), add("evening", ALL_WEEK, "19:00-21:00"))
    day = on(venue(base, notice("n", rule("change", TODAY, "10:00-16:00"))), "2026-11-23")
    assert day.because.overrode == ("base/daily", "base/evening")


# -- at the turn of a year ----------------------------------------------------------------------------


def types(*day_types: DayType) -> Matcher:
    return Matcher(MatcherKind.DAY_TYPE, day_types=day_types)


@pytest.mark.parametrize(
    ("matcher", "provisional"),
    [
        (types(DayType.EVE_OF_HOLIDAY), ["2026-12-31", "2027-01-01", "2027-01-02"]),
        (types(DayType.EVE_OF_DAY_OFF), ["2026-12-31", "2027-01-01", "2027-01-02"]),
        (types(DayType.AFTER_HOLIDAY), ["2027-01-01", "2027-01-02"]),
        (Matcher(MatcherKind.PUT_OFF, weekdays=(0,)), ["2027-01-01", "2027-01-02"]),
        (types(DayType.DAY_OFF), ["2027-01-01", "2027-01-02"]),
        (ALL_WEEK, []),
    ],
    ids=lambda value: value.day_types or value.kind if isinstance(value, Matcher) else "",
)
def test_an_eve_asks_for_the_year_of_the_next_day(matcher: Matcher, provisional: list[str]) -> None:
    hours = venue(DAILY, schedule("special", rule("closed", matcher), layer=Layer.HOLIDAY))
    days = Plan(hours, "").days(date(2026, 12, 29), date(2027, 1, 2), City())
    assert [day.date.isoformat() for day in days if day.provisional] == provisional


def test_what_comes_after_a_holiday_asks_for_the_year_of_the_day_before() -> None:
    hours = venue(DAILY, schedule("after", rule("closed", types(DayType.AFTER_HOLIDAY)), layer=Layer.HOLIDAY))
    days = Plan(hours, "").days(date(2026, 1, 1), date(2026, 1, 2), City())
    assert [day.provisional for day in days] == [True, False]  # nobody has confirmed 2025 here
    both = City(confirmed=frozenset({2025, 2026}))
    assert not Plan(hours, "").day(date(2026, 1, 1), both).provisional


def test_a_plan_tells_years_with_the_same_facts_apart() -> None:
    eves = schedule("eves", rule("closed", types(DayType.EVE_OF_DAY_OFF)), layer=Layer.HOLIDAY)
    plan = Plan(venue(DAILY, eves), "")
    calendar = City(confirmed=frozenset({2020, 2021, 2026}))
    # Both are Thursdays of a confirmed year.
    assert not plan.day(date(2020, 12, 31), calendar).provisional
    assert plan.day(date(2026, 12, 31), calendar).provisional
