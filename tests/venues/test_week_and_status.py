"""Weeks, days that differ and statuses as readers see them, from days computed without a database."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from openness.core import clock
from venues import hours
from venues.enums import Life
from venues.hours import Layer, Matcher, MatcherKind, Rule, Schedule, Session, VenueHours
from venues.presentation import NoticeRef, Reader, VenueDays, status_view
from venues.presentation.venue import price_label

MONDAY = date(2026, 11, 16)
THURSDAY, SATURDAY = date(2026, 11, 19), date(2026, 11, 21)


class Weekdays:
    """A calendar without holidays; 2027 is not confirmed."""

    def facts(self, day: date) -> Any:
        """Return a plain day."""
        return SimpleNamespace(
            date=day,
            weekday=day.weekday(),
            day_type="day_off" if day.weekday() > 4 else "workday",
            is_statutory=False,
            is_makeup_workday=False,
            holiday="",
            lunar_month=1,
            lunar_day=1,
            lunar_is_leap=False,
            is_lunar_new_years_eve=False,
            is_eve_of_day_off=day.weekday() == 4,
            is_eve_of_holiday=False,
            follows_holiday=False,
            ended_holiday=(),
            vacations=(),
            unknown_vacations=(),
            is_confirmed=day.year < 2027,
        )


def schedule(*sessions: Session, key: str = "hours", layer: Layer = Layer.BASE, **matcher: Any) -> Schedule:
    rule = Rule("rule", matcher=Matcher(**matcher), sessions=sessions)
    return Schedule(key, layer, rules=(rule,), notice="7" if layer == Layer.NOTICE else "")


def rows(
    *schedules: Schedule, first: date = MONDAY - timedelta(days=1), count: int = 30
) -> tuple[list[Any], list[Any]]:
    own = VenueHours(schedules=schedules)
    days = hours.resolve_days(own, "", first, first + timedelta(days=count - 1), Weekdays())
    return hours.area_days(days), hours.openings_of(days)


READER = Reader("zh-hans", notices={"7": NoticeRef("闭馆公告", "/venues/notices/closure/")})


def venue_days(days: list[Any], openings: list[Any], reader: Reader = READER) -> VenueDays:
    return VenueDays.of(days, openings, reader=reader, today=THURSDAY, holidays={SATURDAY: "国庆节"})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.CITY_TZ)


# ---------------------------------------------------------------------------------------------------
# The week


def test_week_draws_what_runs_over_midnight_on_both_days() -> None:
    night = schedule(Session(1080, 1500, 1470), kind=MatcherKind.WEEKDAYS, weekdays=(5, 6))
    (week,) = venue_days(*rows(night)).weeks(MONDAY)
    assert [[(bar.x, bar.width) for bar in row.bars] for row in week.rows] == [
        [(0, 60)],  # from the Sunday before
        [],
        [],
        [],
        [],
        [(1080, 360)],
        [(0, 60), (1080, 360)],
    ]
    saturday = week.rows[5]
    assert saturday.text == "18:00—次日01:00（次日00:30 停止入馆）"
    assert (saturday.status, saturday.because) == ("open", "每周六、日开放时间")
    assert (saturday.weekday_label, saturday.date_label, saturday.holiday_name) == (
        "周六",
        "11月21日",
        "国庆节",
    )
    assert week.rows[0].text == "闭馆"
    assert [row.is_today for row in week.rows].index(True) == 3
    assert week.title == "11月16日—11月22日"


def test_week_begins_with_the_first_day_on_record() -> None:
    known = venue_days(*rows(schedule(Session(540, 1020)), first=date(2026, 11, 18)))
    assert known.first_from(MONDAY) == date(2026, 11, 18)
    assert venue_days([], []).first_from(MONDAY) == MONDAY


def test_week_has_one_picture_per_area_in_the_venues_order() -> None:
    days, openings = rows(schedule(Session(540, 1020)))
    both = [replace(row, area_key=key) for key in ("reading", "hall") for row in days]
    known = venue_days(both, [], replace(READER, areas={"reading": "阅览室", "hall": "展厅"}))
    assert [week.title for week in known.weeks(MONDAY)] == ["阅览室", "展厅"]


# ---------------------------------------------------------------------------------------------------
# Days that differ


def test_exceptions_join_days_that_read_the_same() -> None:
    notice = schedule(
        key="notice",
        layer=Layer.NOTICE,
        kind=MatcherKind.DATES,
        first=date(2026, 11, 20),
        last=date(2026, 11, 25),
    )
    (line,) = venue_days(*rows(schedule(Session(540, 1020)), notice)).exceptions()
    assert (line.date_label, line.weekday_label, line.text) == ("11月20日—11月25日", "", "闭馆")
    assert (line.because, line.notice_url) == ("依据公告：闭馆公告", "/venues/notices/closure/")


def test_exception_without_an_end_does_not_end_with_the_horizon() -> None:
    notice = schedule(key="notice", layer=Layer.NOTICE, kind=MatcherKind.DATES, first=date(2026, 11, 20))
    (line,) = venue_days(*rows(schedule(Session(540, 1020)), notice)).exceptions()
    assert (line.date_label, line.last) == ("11月20日起", None)


def test_exceptions_tell_from_when_holidays_are_not_announced() -> None:
    workdays = schedule(Session(540, 1020), kind=MatcherKind.DAY_TYPE, day_types=(hours.DayType.WORKDAY,))
    (line,) = venue_days(*rows(workdays, count=60)).exceptions()
    assert (line.date_label, line.provisional) == ("2027年1月1日起", True)
    assert line.because == "节假日安排未公布，可能变动"


def test_exceptions_are_five_at_most() -> None:
    sundays = schedule(key="off", layer=Layer.HOLIDAY, kind=MatcherKind.WEEKDAYS, weekdays=(6,))
    lines = venue_days(*rows(schedule(Session(540, 1020)), sundays, count=90)).exceptions()
    assert [line.date.weekday() for line in lines] == [6] * 5


# ---------------------------------------------------------------------------------------------------
# Status


def test_status_ends_at_midnight_when_its_words_do() -> None:
    days, openings = rows(schedule(Session(540, 1020), kind=MatcherKind.WEEKDAYS, weekdays=(0, 1, 2, 3)))
    view = status_view(openings, days, at=at("2026-11-19T18:00"), reader=READER)
    assert (view.state, view.label) == ("closed", "已闭馆，周一 09:00 开放")
    assert view.boundary == "2026-11-20T00:00:00+08:00"
    assert view.because == "每周一至周四开放时间"


def test_status_of_a_round_the_clock_room_has_no_end() -> None:
    view = status_view(*reversed(rows(schedule(Session(0, 1440)))), at=at("2026-11-19T23:59"), reader=READER)
    assert (view.label, view.closes_at, view.last_entry_label) == ("24 小时开放", "", "")


def test_status_names_members_whose_hours_they_are() -> None:
    days, openings = rows(schedule(Session(540, 720, state=hours.State.MEMBERS), Session(840, 1020)))
    view = status_view(openings, days, at=at("2026-11-19T10:00"), reader=READER)
    assert (view.state, view.label) == ("closed", "本时段仅限会员，14:00 起面向公众开放")


def test_status_shows_kind_and_condition_of_the_opening_in_force() -> None:
    evening = Session(1080, 1260, 1230, kind=hours.Kind.STAGGERED, condition="不影响本单位工作时")
    view = status_view(*reversed(rows(schedule(evening))), at=at("2026-11-19T19:00"), reader=READER)
    assert view.kinds == (("staggered", "错时开放"),)
    assert (view.condition, view.last_entry_label) == ("不影响本单位工作时", "20:30 停止入馆")
    assert view.closes_at == "2026-11-19T21:00:00+08:00"
    assert view.boundary == "2026-11-19T20:30:00+08:00"


def test_status_of_a_venue_that_is_no_more_says_so() -> None:
    view = status_view([], [], at=at("2026-11-19T10:00"), reader=Reader("en"), life=Life.MOVED)
    assert (view.state, view.label) == ("closed", "This venue has moved")


@pytest.mark.parametrize(("price", "label"), [("0", "免费"), ("5.00", "5 元/人次"), ("2.50", "2.5 元/人次")])
def test_price_in_words(price: str, label: str) -> None:
    assert price_label(Decimal(price), "人次", "zh-hans") == label
