"""What is added to a day and what is taken away from it."""

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
    shown,
    subtract,
    venue,
)
from venues.hours import DayStatus, Kind, Layer, State

# -- partial closure --------------------------------------------------------------------------------


def test_partial_closure_takes_away_and_leaves_two_pieces() -> None:
    base = schedule("base", rule("daily", ALL_WEEK, session("09:00-17:00", "16:30")))
    day = on(venue(base, notice("n", subtract("noon", on_dates("2026-11-23"), "12:00-14:00"))), "2026-11-23")
    assert shown(day) == ["09:00-12:00", "14:00-17:00(16:30)"]
    assert [span.because.notice for span in day.spans] == ["n", "n"]
    assert day.because.overrode == ("base/daily",)


@pytest.mark.parametrize(
    ("closed", "left"),
    [
        ("08:00-09:00", ["09:00-17:00(16:30)"]),
        ("17:00-18:00", ["09:00-17:00(16:30)"]),
        ("08:00-10:00", ["10:00-17:00(16:30)"]),
        ("16:00-18:00", ["09:00-16:00"]),
        ("16:45-18:00", ["09:00-16:45(16:30)"]),
        ("10:00-16:30", ["09:00-10:00", "16:30-17:00(16:30)"]),
        ("10:00-16:31", ["09:00-10:00"]),  # what is left opens after the last entry
        ("09:00-17:00", []),
        ("00:00-48:00", []),
    ],
)
def test_last_entry_of_what_is_left(closed: str, left: list[str]) -> None:
    base = schedule("base", rule("daily", ALL_WEEK, session("09:00-17:00", "16:30")))
    day = on(venue(base, notice("n", subtract("part", on_dates("2026-11-23"), closed))), "2026-11-23")
    assert shown(day) == left
    assert day.status == (DayStatus.OPEN if left else DayStatus.CLOSED)
    untouched = left == ["09:00-17:00(16:30)"]
    assert day.because.notice == ("" if untouched else "n")


def test_a_closure_of_a_lower_layer_does_not_touch_what_a_higher_one_set() -> None:
    base = schedule("base", rule("daily", ALL_WEEK, "09:00-17:00"), subtract("noon", ALL_WEEK, "12:00-14:00"))
    hours = venue(base, notice("n", rule("change", on_dates("2026-11-23"), "10:00-16:00")))
    assert shown(on(hours, "2026-11-22")) == ["09:00-12:00", "14:00-17:00"]
    assert shown(on(hours, "2026-11-23")) == ["10:00-16:00"]


def test_in_one_layer_what_is_taken_away_wins_over_what_is_added() -> None:
    extend = notice("a", add("extend", on_dates("2026-11-23"), session("17:00-21:00", kind=Kind.EXTENDED)))
    close = notice("b", subtract("close", on_dates("2026-11-23"), "18:00-19:00"))
    expected = ["09:00-17:00", "17:00-18:00", "19:00-21:00"]
    assert shown(on(venue(DAILY, extend, close), "2026-11-23")) == expected
    assert shown(on(venue(close, extend, DAILY), "2026-11-23")) == expected


def test_an_emergency_adds_again_what_a_notice_took_away() -> None:
    close = notice("a", subtract("close", on_dates("2026-11-23"), "12:00-17:00"))
    shelter = schedule("e", add("shelter", on_dates("2026-11-23"), "16:00-20:00"), layer=Layer.EMERGENCY)
    assert shown(on(venue(DAILY, close, shelter), "2026-11-23")) == ["09:00-12:00", "16:00-20:00"]


# -- additions --------------------------------------------------------------------------------------


def test_an_addition_contributes_what_is_not_open_yet() -> None:
    extend = notice("n", add("late", on_dates("2026-11-23"), session("09:00-21:00", kind=Kind.EXTENDED)))
    day = on(venue(DAILY, extend), "2026-11-23")
    assert [(text, span.kind) for text, span in zip(shown(day), day.spans, strict=True)] == [
        ("09:00-17:00", Kind.REGULAR),
        ("17:00-21:00", Kind.EXTENDED),
    ]
    assert [span.because.notice for span in day.spans] == ["", "n"]
    assert day.because.overrode == ("base/daily",)


def test_an_addition_on_both_sides_makes_two_pieces_and_none_without_entry() -> None:
    both = notice(
        "n", add("both", on_dates("2026-11-23"), session("08:00-18:00", "17:00", kind=Kind.EXTENDED))
    )
    assert shown(on(venue(DAILY, both), "2026-11-23")) == ["08:00-09:00", "09:00-17:00", "17:00-18:00(17:00)"]
    early = notice(
        "n", add("both", on_dates("2026-11-23"), session("08:00-18:00", "16:00", kind=Kind.EXTENDED))
    )
    assert shown(on(venue(DAILY, early), "2026-11-23")) == ["08:00-09:00", "09:00-17:00"]


def test_an_addition_that_covers_the_base_moves_its_last_entry() -> None:
    base = schedule("base", rule("daily", ALL_WEEK, session("09:00-17:00", "16:30")))
    covering = notice(
        "n", add("late", on_dates("2026-11-23"), session("09:00-21:00", "20:30", kind=Kind.EXTENDED))
    )
    assert shown(on(venue(base, covering), "2026-11-23")) == ["09:00-17:00", "17:00-21:00(20:30)"]
    adjoining = notice(
        "n", add("late", on_dates("2026-11-23"), session("17:00-21:00", "20:30", kind=Kind.EXTENDED))
    )
    assert shown(on(venue(base, adjoining), "2026-11-23")) == ["09:00-17:00(16:30)", "17:00-21:00(20:30)"]


def test_an_addition_for_other_people_stays_apart() -> None:
    members = notice("n", add("members", on_dates("2026-11-23"), session("08:00-10:00", state=State.MEMBERS)))
    day = on(venue(DAILY, members), "2026-11-23")
    assert [(text, span.state) for text, span in zip(shown(day), day.spans, strict=True)] == [
        ("08:00-10:00", State.MEMBERS),
        ("09:00-17:00", State.OPEN),
    ]


def test_additions_that_read_the_same_are_one_and_others_stay_apart() -> None:
    a = notice("a", add("add", on_dates("2026-11-23"), session("18:00-20:00", kind=Kind.EXTENDED)))
    b = notice("b", add("add", on_dates("2026-11-23"), session("19:00-21:00", kind=Kind.EXTENDED)))
    c = notice("c", add("add", on_dates("2026-11-23"), session("19:00-22:00", kind=Kind.STAGGERED)))
    assert shown(on(venue(DAILY, a, b), "2026-11-23")) == ["09:00-17:00", "18:00-21:00"]
    assert shown(on(venue(DAILY, b, c, a), "2026-11-23")) == ["09:00-17:00", "18:00-21:00", "19:00-22:00"]


def test_adjacent_sessions_that_read_the_same_are_one_span() -> None:
    assert shown(
        on(venue(schedule("b", rule("r", ALL_WEEK, "12:00-17:00", "09:00-12:00"))), "2026-11-23")
    ) == ["09:00-17:00"]


def test_adjacent_sessions_stay_apart_where_entry_stops_in_between() -> None:
    base = schedule("b", rule("r", ALL_WEEK, session("09:00-12:00", "11:30"), "12:00-17:00"))
    assert shown(on(venue(base), "2026-11-23")) == ["09:00-12:00(11:30)", "12:00-17:00"]


def test_overlapping_additions_stay_apart_where_one_last_entry_is_not_true_of_both() -> None:
    a = notice("a", add("add", on_dates("2026-11-23"), "18:00-20:00"))
    b = notice("b", add("add", on_dates("2026-11-23"), session("19:00-21:00", "19:30")))
    assert shown(on(venue(DAILY, a, b), "2026-11-23"))[1:] == ["18:00-20:00", "19:00-21:00(19:30)"]


def test_adjacent_spans_of_different_kind_or_price_stay_apart() -> None:
    base = schedule(
        "b",
        rule(
            "r",
            ALL_WEEK,
            "09:00-12:00",
            session("12:00-14:00", kind=Kind.STAGGERED),
            session("14:00-17:00", admission="paid"),
        ),
    )
    assert len(on(venue(base), "2026-11-23").spans) == 3
