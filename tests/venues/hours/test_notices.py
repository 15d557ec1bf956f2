"""Each effect of a notice, as the schedule it stands for."""

from datetime import date
from typing import Any

import pytest

from tests.venues.hours.builders import ALL_WEEK, on, rule, schedule, session, shown, venue
from venues.hours import DayStatus, Kind, Layer, VenueHours, effect_schedule

DAY, NEXT, LAST = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 26)


def effect(kind: str, **fields: Any) -> VenueHours:
    """A venue open 09:00–17:00 daily, with one effect of the notice `n`."""
    made = effect_schedule(kind, **{"key": "n-1", "notice": "n", "first": DAY, "last": LAST, **fields})
    return venue(schedule("base", rule("daily", ALL_WEEK, "09:00-17:00")), made)


def week(hours: VenueHours) -> list[list[str]]:
    return [shown(on(hours, f"2026-11-{day}")) for day in range(22, 28)]


USUAL = ["09:00-17:00"]


def test_close_whole_days() -> None:
    hours = effect("close")
    assert week(hours) == [USUAL, [], [], [], [], USUAL]
    assert on(hours, "2026-11-23").because.notice == "n"


def test_close_until_further_notice() -> None:
    assert on(effect("close", last=None), "2036-11-23").status == DayStatus.CLOSED


def test_close_a_window_of_each_day() -> None:
    assert week(effect("close", window=(720, 840)))[1:5] == [["09:00-12:00", "14:00-17:00"]] * 4


def test_close_from_an_hour_of_the_first_day_to_an_hour_of_the_last() -> None:
    part = effect("close", starts_at=840, ends_at=600)
    assert week(part) == [USUAL, ["09:00-14:00"], [], [], ["10:00-17:00"], USUAL]
    assert week(effect("close", starts_at=840, last=None))[1:3] == [["09:00-14:00"], []]
    assert week(effect("close", starts_at=720, ends_at=840, last=DAY))[1] == ["09:00-12:00", "14:00-17:00"]
    assert week(effect("close", starts_at=720, last=DAY))[1:3] == [["09:00-12:00"], USUAL]
    assert week(effect("close", starts_at=720, ends_at=600, last=NEXT))[1:4] == [
        ["09:00-12:00"],
        ["10:00-17:00"],
        USUAL,
    ]


def test_extend_adds_hours_that_are_extended() -> None:
    hours = effect("extend", sessions=[session("17:00-21:00", "20:30")])
    assert shown(on(hours, "2026-11-23")) == ["09:00-17:00", "17:00-21:00(20:30)"]
    assert on(hours, "2026-11-23").spans[1].kind == Kind.EXTENDED
    staggered = effect("extend", sessions=[session("17:00-21:00", kind=Kind.STAGGERED)])
    assert on(staggered, "2026-11-23").spans[1].kind == Kind.STAGGERED


def test_change_sets_the_day_anew() -> None:
    hours = effect("change", sessions=[session("10:00-16:00")], label="盘点")
    assert shown(on(hours, "2026-11-23")) == ["10:00-16:00"]
    assert on(hours, "2026-11-23").because.label == "盘点"


def test_special_opening_sets_the_day_or_adds_to_it() -> None:
    assert week(effect("special_opening", sessions=[session("19:00-21:00")]))[1] == ["19:00-21:00"]
    adding = effect("special_opening", sessions=[session("19:00-21:00")], adds=True)
    assert week(adding)[1] == ["09:00-17:00", "19:00-21:00"]
    assert on(adding, "2026-11-23").spans[1].kind == Kind.REGULAR


def test_fields_of_the_schedule() -> None:
    made = effect_schedule(
        "close",
        key="n-1",
        notice="n",
        first=DAY,
        area="hall",
        layer=Layer.EMERGENCY,
        announced_on=date(2026, 11, 20),
        label="台风",
    )
    assert (made.area, made.layer, made.notice, made.announced_on, made.label) == (
        "hall",
        Layer.EMERGENCY,
        "n",
        date(2026, 11, 20),
        "台风",
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "close", "last": date(2026, 11, 22)},
        {"kind": "close", "window": (840, 720)},
        {"kind": "close", "window": (0, 600), "starts_at": 60},
        {"kind": "close", "sessions": [session("09:00-10:00")]},
        {"kind": "close", "last": None, "ends_at": 600},
        {"kind": "close", "last": DAY, "starts_at": 840, "ends_at": 600},
        {"kind": "extend"},
        {"kind": "change", "sessions": []},
        {"kind": "special_opening", "window": (0, 60), "sessions": [session("09:00-10:00")]},
        {"kind": "shut"},
    ],
)
def test_effects_that_make_no_sense_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        effect(**fields)
