"""What a day is: layers, ranks, conflicts, areas, additions and closures."""

from datetime import date

import pytest

from tests.venues.hours.builders import (
    ALL_WEEK,
    DAILY,
    FRI,
    MON,
    SAT,
    SUN,
    TUE,
    add,
    notice,
    on,
    on_dates,
    on_weekdays,
    rule,
    schedule,
    session,
    shown,
    subtract,
    venue,
)
from tests.venues.hours.calendars import City
from venues.hours import (
    Area,
    DayStatus,
    DayType,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    VenueHours,
    resolve_days,
)

STATUTORY = Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.STATUTORY,))
ANY_HOLIDAY = Matcher(MatcherKind.HOLIDAY)
MUSEUM = schedule(
    "base", rule("week", on_weekdays(TUE, 2, 3, FRI, SAT, SUN), session("09:00-17:00", "16:30"))
)

# -- what is known ----------------------------------------------------------------------------------


def test_a_day_that_no_rule_of_known_hours_names_is_closed() -> None:
    monday = on(venue(MUSEUM), "2026-11-23")
    assert (monday.status, monday.spans) == (DayStatus.CLOSED, ())
    assert (monday.because.layer, monday.because.schedule, monday.because.rule) == ("base", "base", "")


def test_a_venue_that_told_no_hours_is_unknown() -> None:
    for hours in (venue(), venue(schedule("empty")), venue(mode=Mode.UNKNOWN)):
        day = on(hours, "2026-11-23")
        assert (day.status, day.because.schedule) == (DayStatus.UNKNOWN, "")


def test_hours_that_only_say_what_is_taken_away_are_unknown() -> None:
    assert (
        on(venue(schedule("base", subtract("noon", ALL_WEEK, "12:00-14:00"))), "2026-11-23").status
        == "unknown"
    )


def test_outside_the_validity_of_its_hours_a_venue_is_unknown() -> None:
    hours = venue(schedule("old", rule("daily", ALL_WEEK, "09:00-17:00"), valid_to=date(2026, 6, 30)))
    assert on(hours, "2026-06-30").status == DayStatus.OPEN
    assert on(hours, "2026-07-01").status == DayStatus.UNKNOWN


@pytest.mark.parametrize("mode", [Mode.UNKNOWN, Mode.BY_APPOINTMENT])
def test_other_modes_do_not_read_ordinary_hours(mode: Mode) -> None:
    season = schedule("season", rule("daily", ALL_WEEK, "10:00-12:00"), layer=Layer.SEASON)
    day = on(venue(DAILY, season, mode=mode), "2026-11-23")
    assert (day.status, day.spans) == (mode.value, ())


@pytest.mark.parametrize("mode", Mode)
def test_closed_since_a_date_without_end_is_closed_and_not_unknown(mode: Mode) -> None:
    hours = venue(notice("works", rule("close", on_dates("2025-06-24", None))), mode=mode)
    assert on(hours, "2026-11-23").status == DayStatus.CLOSED
    assert on(hours, "2026-11-23").because.notice == "works"
    assert on(hours, "2025-06-23").status == ("by_appointment" if mode == Mode.BY_APPOINTMENT else "unknown")


def test_what_a_notice_adds_to_an_unknown_day_does_not_make_the_rest_known() -> None:
    hours = venue(notice("concert", add("evening", on_dates("2026-11-23"), "19:00-21:00")), mode=Mode.UNKNOWN)
    day = on(hours, "2026-11-23")
    assert (day.status, shown(day)) == (DayStatus.UNKNOWN, ["19:00-21:00"])


# -- layers and ranks -------------------------------------------------------------------------------


def test_the_highest_layer_that_names_the_day_sets_it() -> None:
    layers = [
        schedule(
            layer.code, rule("rule", on_dates("2026-01-01", last), f"09:00-{10 + layer}:00"), layer=layer
        )
        for layer, last in zip(
            Layer, ["2026-01-05", "2026-01-04", "2026-01-03", "2026-01-02", "2026-01-01"], strict=True
        )
    ]
    days = resolve_days(venue(*layers), "", date(2026, 1, 1), date(2026, 1, 5), City())
    assert [shown(day)[0][-5:] for day in days] == ["14:00", "13:00", "12:00", "11:00", "10:00"]
    assert days[0].because.overrode == ("notice/rule", "holiday/rule", "season/rule", "base/rule")


def test_a_season_replaces_the_base_only_where_its_rules_name_the_day() -> None:
    summer = schedule(
        "summer",
        rule("weekend", on_weekdays(SAT, SUN), "18:00-22:00"),
        layer=Layer.SEASON,
        annual_from=(6, 1),
        annual_to=(9, 30),
    )
    hours = venue(DAILY, summer)
    assert shown(on(hours, "2026-07-03")) == ["09:00-17:00"]
    assert shown(on(hours, "2026-07-04")) == ["18:00-22:00"]
    assert shown(on(hours, "2026-10-03")) == ["09:00-17:00"]


RANKED = [
    rule("every", ALL_WEEK, "09:00-10:00"),
    rule("weekday", on_weekdays(*range(7)), "09:00-11:00"),
    rule("type", Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.DAY_OFF,)), "09:00-12:00"),
    rule("holiday", ANY_HOLIDAY, "09:00-13:00"),
    rule("dates", on_dates("2026-10-01"), "09:00-14:00"),
]


@pytest.mark.parametrize("count", range(1, 6))
def test_inside_a_layer_the_most_specific_matcher_decides(count: int) -> None:
    day = on(venue(schedule("base", *RANKED[:count])), "2026-10-01")
    assert shown(day) == [f"09:00-{9 + count}:00"]
    assert day.because.overrode == tuple(f"base/{beaten.key}" for beaten in reversed(RANKED[: count - 1]))


def test_closed_on_mondays_except_statutory_holidays() -> None:
    holiday = schedule(
        "holiday", rule("open", STATUTORY, session("09:00-17:00", "16:30")), layer=Layer.HOLIDAY
    )
    hours = venue(MUSEUM, holiday)
    assert on(hours, "2026-02-16").status == DayStatus.OPEN  # Monday, the eve, statutory since 2025
    assert on(hours, "2026-02-23").status == DayStatus.CLOSED  # Monday, a day off but not statutory
    assert on(hours, "2026-02-09").status == DayStatus.CLOSED


# -- conflicts --------------------------------------------------------------------------------------


def test_equal_rank_with_different_results_is_a_conflict_that_names_both() -> None:
    hours = venue(
        DAILY,
        notice("a", rule("open", on_dates("2026-10-01", "2026-10-07"), "09:00-21:00")),
        notice("b", rule("close", on_dates("2026-10-03", "2026-10-09"))),
    )
    day = on(hours, "2026-10-05")
    assert (day.status, day.spans, day.because.layer) == (DayStatus.UNKNOWN, (), "notice")
    (conflict,) = day.conflicts
    assert (conflict.first.name, conflict.second.name) == ("a/open", "b/close")
    assert (conflict.first.notice, conflict.second.notice) == ("a", "b")
    assert on(hours, "2026-10-02").status == DayStatus.OPEN
    assert on(hours, "2026-10-08").status == DayStatus.CLOSED


def test_equal_rank_with_equal_results_is_no_conflict() -> None:
    hours = venue(
        schedule(
            "base",
            rule("a", on_weekdays(MON), "09:00-12:00", "12:00-17:00"),
            rule("b", on_weekdays(MON, TUE), session("09:00-17:00", "17:00")),
        )
    )
    day = on(hours, "2026-11-23")
    assert (day.conflicts, shown(day)) == ((), ["09:00-17:00"])


def test_a_conflict_that_a_higher_layer_settles_is_none() -> None:
    base = schedule("base", rule("a", ALL_WEEK, "09:00-12:00"), rule("b", ALL_WEEK, "09:00-13:00"))
    day = on(venue(base, notice("n", rule("close", on_dates("2026-11-23")))), "2026-11-23")
    assert (day.status, day.conflicts) == (DayStatus.CLOSED, ())


def test_three_rules_conflict_in_pairs() -> None:
    rules = [rule(key, ALL_WEEK, f"09:00-1{index}:00") for index, key in enumerate("abc")]
    day = on(venue(schedule("base", *rules)), "2026-11-23")
    assert [(pair.first.rule, pair.second.rule) for pair in day.conflicts] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]


# -- midnight ---------------------------------------------------------------------------------------


def test_a_night_belongs_to_its_business_date_and_leaves_the_next_day_alone() -> None:
    festival = notice("n", rule("night", on_dates("2026-02-16"), "09:00-25:30"))
    hours = venue(DAILY, festival)
    assert shown(on(hours, "2026-02-16")) == ["09:00-25:30"]
    assert shown(on(hours, "2026-02-17")) == ["09:00-17:00"]


def test_closing_the_next_day_does_not_cut_the_night_before() -> None:
    bar = schedule("base", rule("night", ALL_WEEK, "18:00-26:00"))
    hours = venue(bar, notice("n", rule("close", on_dates("2026-02-17"))))
    assert shown(on(hours, "2026-02-16")) == ["18:00-26:00"]
    assert on(hours, "2026-02-17").status == DayStatus.CLOSED


# -- areas ------------------------------------------------------------------------------------------


def test_an_area_takes_the_hours_of_the_venue_until_it_has_its_own() -> None:
    own = schedule("own", rule("daily", ALL_WEEK, "09:00-21:00"), area="hall")
    hours = venue(DAILY, own, areas=(Area("hall"), Area("room")))
    assert shown(on(hours, "2026-11-23", "hall")) == ["09:00-21:00"]
    assert shown(on(hours, "2026-11-23", "room")) == ["09:00-17:00"]
    assert shown(on(hours, "2026-11-23")) == ["09:00-17:00"]


def test_own_ordinary_hours_stand_even_while_they_are_not_valid() -> None:
    own = schedule("own", rule("daily", ALL_WEEK, "09:00-21:00"), area="hall", valid_from=date(2027, 1, 1))
    assert on(venue(DAILY, own, areas=(Area("hall"),)), "2026-11-23", "hall").status == DayStatus.UNKNOWN


def test_holidays_are_inherited_by_themselves() -> None:
    closed = schedule("holiday", rule("closed", ANY_HOLIDAY), layer=Layer.HOLIDAY)
    own = schedule("own", rule("daily", ALL_WEEK, "09:00-21:00"), area="hall")
    own_holiday = schedule(
        "own-h", rule("open", ANY_HOLIDAY, "10:00-12:00"), area="room", layer=Layer.HOLIDAY
    )
    hours = venue(DAILY, closed, own, own_holiday, areas=(Area("hall"), Area("room")))
    assert on(hours, "2026-10-01", "hall").status == DayStatus.CLOSED
    assert shown(on(hours, "2026-10-01", "room")) == ["10:00-12:00"]
    assert shown(on(hours, "2026-11-23", "room")) == ["09:00-17:00"]


def test_a_notice_for_the_venue_reaches_every_area_and_one_for_an_area_only_that() -> None:
    hours = venue(
        DAILY,
        notice("all", rule("close", on_dates("2026-11-23"))),
        notice("one", subtract("part", on_dates("2026-11-24"), "12:00-17:00"), area="hall"),
        areas=(Area("hall"), Area("room")),
    )
    assert [on(hours, "2026-11-23", area).status for area in ("", "hall", "room")] == ["closed"] * 3
    assert [shown(on(hours, "2026-11-24", area))[0] for area in ("", "hall", "room")] == [
        "09:00-17:00",
        "09:00-12:00",
        "09:00-17:00",
    ]


def test_inside_one_notice_an_area_is_an_exception_to_the_venue() -> None:
    closes = schedule("n-1", rule("close", on_dates("2026-11-23")), layer=Layer.NOTICE, notice="n")
    keeps = rule("change", on_dates("2026-11-23"), "00:00-24:00")
    same = schedule("n-2", keeps, layer=Layer.NOTICE, notice="n", area="room")
    day = on(venue(DAILY, closes, same, areas=(Area("room"),)), "2026-11-23", "room")
    assert (shown(day), day.because.overrode) == (["00:00-24:00"], ("n-1/close", "base/daily"))
    other = schedule("o", keeps, layer=Layer.NOTICE, notice="o", area="room")
    assert on(venue(DAILY, closes, other, areas=(Area("room"),)), "2026-11-23", "room").conflicts


@pytest.mark.parametrize(
    ("hours", "areas"),
    [
        (VenueHours(), [""]),
        (venue(areas=(Area("hall"),)), ["hall"]),
        (venue(DAILY, areas=(Area("hall"),)), ["", "hall"]),
        (venue(notice("n", rule("close", on_dates("2026-11-23"))), areas=(Area("hall"),)), ["hall"]),
        (venue(areas=(Area("hall"), Area("", general_public=False))), ["", "hall"]),
    ],
)
def test_areas_in_use(hours: VenueHours, areas: list[str]) -> None:
    assert [area.key for area in hours.areas_in_use] == areas


# -- years that are not confirmed -------------------------------------------------------------------


def test_an_answer_that_looked_at_an_unconfirmed_holiday_is_provisional() -> None:
    holiday = schedule("holiday", rule("closed", ANY_HOLIDAY), layer=Layer.HOLIDAY)
    hours = venue(DAILY, holiday)
    assert not on(hours, "2026-12-31").provisional
    assert on(hours, "2027-01-04").provisional  # although no holiday is known there
    assert not on(venue(DAILY), "2027-01-04").provisional


@pytest.mark.parametrize(
    "matcher", [ANY_HOLIDAY, STATUTORY, Matcher(MatcherKind.VACATION)], ids=lambda matcher: matcher.kind
)
def test_what_is_announced_yearly_is_provisional_in_additions_too(matcher: Matcher) -> None:
    hours = venue(DAILY, schedule("season", add("more", matcher, "18:00-20:00"), layer=Layer.SEASON))
    assert on(hours, "2027-01-04").provisional


def test_a_rule_that_decides_before_the_calendar_is_asked_is_sure() -> None:
    holiday = schedule("holiday", rule("closed", ANY_HOLIDAY), layer=Layer.HOLIDAY)
    hours = venue(DAILY, holiday, notice("n", rule("close", on_dates("2027-01-04"))))
    assert not on(hours, "2027-01-04").provisional
    assert on(hours, "2027-01-05").provisional
