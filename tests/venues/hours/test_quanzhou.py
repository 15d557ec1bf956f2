"""Real venues of Quanzhou, as their notices told it (demo/city: historical reports, never today's hours)."""

from datetime import date, timedelta

import pytest

from tests.venues.hours.builders import (
    ALL_WEEK,
    FRI,
    MON,
    SAT,
    SUN,
    TUE,
    add,
    on,
    on_dates,
    on_weekdays,
    rule,
    schedule,
    session,
    shown,
    status,
    subtract,
    venue,
)
from tests.venues.hours.calendars import CITY
from venues.hours import (
    Area,
    DayStatus,
    DayType,
    Kind,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    VenueHours,
    effect_schedule,
    resolve_days,
)

STATUTORY = Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.STATUTORY,))
LUNAR_26 = Matcher(MatcherKind.LUNAR_DAY, lunar_days=(26,))

# 海交馆: Tuesday to Sunday, Mondays closed but for statutory holidays; Spring Festival 2026 of its own.
MARITIME = venue(
    schedule("base", rule("week", on_weekdays(TUE, 2, 3, FRI, SAT, SUN), session("09:00-17:00", "16:30"))),
    schedule("holidays", rule("open", STATUTORY, session("09:00-17:00", "16:30")), layer=Layer.HOLIDAY),
    schedule(
        "spring-2026",
        rule("before", on_dates("2026-02-15", "2026-02-16")),
        rule("festival", on_dates("2026-02-17", "2026-02-23"), session("09:00-19:00", "18:30")),
        rule("after", on_dates("2026-02-24")),
        layer=Layer.HOLIDAY,
    ),
)

# 古船馆: daily, closed on every 26th of the lunar month.
SHIP = venue(
    schedule("base", rule("daily", ALL_WEEK, session("09:00-17:00", "16:30")), rule("lunar-26", LUNAR_26)),
)

# 市艺术馆: a midday gap, and evenings on Monday, Wednesday and Sunday.
ART = venue(
    schedule(
        "base",
        rule("daily", ALL_WEEK, "08:00-12:00", "15:00-18:00"),
        add("evenings", on_weekdays(MON, 2, SUN), session("19:00-21:30", kind=Kind.EXTENDED)),
    )
)

# 鲤城区图书馆: no midday break; Tuesday only in the morning.
LICHENG = venue(
    schedule("base", rule("daily", ALL_WEEK, "08:00-17:30"), rule("tuesday", on_weekdays(TUE), "08:00-12:00"))
)

# 丰泽区图书馆: a reading room that never closes.
FENGZE = venue(
    schedule("room", rule("always", ALL_WEEK, "00:00-24:00"), area="room-24h"), areas=(Area("room-24h"),)
)

# 侨乡体育馆: mornings all year, afternoons by season; the winter wraps the year.
QIAOXIANG = venue(
    schedule("base", rule("morning", ALL_WEEK, "08:00-11:30")),
    schedule(
        "winter",
        add("afternoon", ALL_WEEK, "14:30-20:00"),
        layer=Layer.SEASON,
        annual_from=(10, 1),
        annual_to=(5, 31),
    ),
    schedule(
        "summer",
        add("afternoon", ALL_WEEK, "15:00-20:30"),
        layer=Layer.SEASON,
        annual_from=(6, 1),
        annual_to=(9, 30),
    ),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-13", ["09:00-17:00(16:30)"]),
        ("2026-02-15", []),
        ("2026-02-16", []),  # the eve: its own arrangement beats "open on statutory holidays"
        ("2026-02-17", ["09:00-19:00(18:30)"]),
        ("2026-02-23", ["09:00-19:00(18:30)"]),  # a Monday
        ("2026-02-24", []),  # a Tuesday
        ("2026-02-25", ["09:00-17:00(16:30)"]),
        ("2026-03-02", []),  # a Monday again
        ("2026-10-01", ["09:00-17:00(16:30)"]),
    ],
)
def test_maritime_museum_around_spring_festival(day: str, expected: list[str]) -> None:
    assert shown(on(MARITIME, day)) == expected
    assert on(MARITIME, day).status == (DayStatus.OPEN if expected else DayStatus.CLOSED)


def test_maritime_museum_on_the_last_evening_of_the_holiday() -> None:
    at_six = status(MARITIME, "2026-02-23 18:00", "2026-02-22", "2026-03-01")
    assert (at_six.state, at_six.can_enter) == ("open", True)
    assert (f"{at_six.last_entry_at:%H:%M}", f"{at_six.until:%H:%M}") == ("18:30", "19:00")
    too_late = status(MARITIME, "2026-02-23 18:45", "2026-02-22", "2026-03-01")
    assert (too_late.state, too_late.can_enter) == ("open", False)
    assert f"{too_late.next_opens_at:%m-%d %H:%M}" == "02-25 09:00"


def test_ship_museum_is_closed_on_lunar_26ths() -> None:
    days = resolve_days(SHIP, "", date(2026, 1, 1), date(2026, 12, 31), CITY)
    closed = [f"{day.date:%m-%d}" for day in days if day.status == DayStatus.CLOSED]
    assert closed == [
        "01-14", "02-13", "03-14", "04-13", "05-12", "06-11",
        "07-10", "08-08", "09-07", "10-06", "11-04", "12-04",
    ]  # fmt: skip
    assert all(day.because.rule == "lunar-26" for day in days if day.status == DayStatus.CLOSED)


def test_ship_museum_on_the_day_its_own_notice_named() -> None:
    notice = effect_schedule(
        "close", key="n", notice="2022-spring", first=date(2022, 1, 28), last=date(2022, 1, 28)
    )
    assert on(SHIP, "2022-01-28").because.rule == "lunar-26"
    told_twice = on(VenueHours(schedules=(*SHIP.schedules, notice)), "2022-01-28")
    assert (told_twice.status, told_twice.because.notice) == (DayStatus.CLOSED, "2022-spring")
    assert told_twice.because.overrode == ("base/lunar-26", "base/daily")


def test_art_centre_has_evenings_and_a_midday_gap() -> None:
    week = resolve_days(ART, "", date(2026, 11, 16), date(2026, 11, 22), CITY)
    with_evening = ["08:00-12:00", "15:00-18:00", "19:00-21:30"]
    assert [shown(day) for day in week] == [
        with_evening,
        with_evening[:2],
        with_evening,
        with_evening[:2],
        with_evening[:2],
        with_evening[:2],
        with_evening,
    ]
    assert sum(span.closes - span.opens for day in week for span in day.spans) == 56.5 * 60
    noon = status(ART, "2026-11-17 13:30", "2026-11-16", "2026-11-20")
    assert (noon.state, f"{noon.until:%H:%M}") == ("closed", "15:00")


def test_licheng_library_on_tuesday() -> None:
    assert shown(on(LICHENG, "2026-11-17")) == ["08:00-12:00"]
    assert shown(on(LICHENG, "2026-11-18")) == ["08:00-17:30"]
    assert on(LICHENG, "2026-11-17").because.overrode == ("base/daily",)
    assert status(LICHENG, "2026-11-17 13:00", "2026-11-16", "2026-11-20").state == "closed"


def test_fengze_library_across_midnight() -> None:
    for at in ("2026-11-20 23:59", "2026-11-21 00:00", "2026-11-21 00:01"):
        now = status(FENGZE, at, "2026-11-19", "2026-11-25")
        assert (now.state, now.area, now.until, now.can_enter) == ("open", "room-24h", None, True)


def test_fengze_library_when_a_night_is_closed() -> None:
    repair = effect_schedule(
        "close", key="n", notice="n", first=date(2026, 11, 23), last=date(2026, 11, 23), window=(120, 300)
    )
    hours = VenueHours(areas=FENGZE.areas, schedules=(*FENGZE.schedules, repair))
    now = status(hours, "2026-11-21 12:00", "2026-11-20", "2026-11-25")
    assert f"{now.until:%m-%d %H:%M}" == "11-23 02:00"


@pytest.mark.parametrize(
    ("day", "afternoon"),
    [
        ("2026-01-01", "14:30-20:00"),
        ("2026-05-31", "14:30-20:00"),
        ("2026-06-01", "15:00-20:30"),
        ("2026-09-30", "15:00-20:30"),
        ("2026-10-01", "14:30-20:00"),
        ("2026-12-31", "14:30-20:00"),
    ],
)
def test_qiaoxiang_sports_hall_by_season(day: str, afternoon: str) -> None:
    assert shown(on(QIAOXIANG, day)) == ["08:00-11:30", afternoon]


def test_city_museum_closed_with_no_end() -> None:
    closure = effect_schedule("close", key="works", notice="works", first=date(2025, 6, 24))
    hours = VenueHours(Mode.UNKNOWN, schedules=(closure,))
    assert on(hours, "2025-06-23").status == DayStatus.UNKNOWN
    for at in ("2025-06-24 10:00", "2026-11-21 10:00"):
        day = date.fromisoformat(at[:10])
        now = status(hours, at, str(day - timedelta(days=1)), str(day + timedelta(days=5)))
        assert (now.state, now.until, now.because.notice) == ("closed", None, "works")


def test_science_museum_is_unknown() -> None:
    now = status(VenueHours(Mode.UNKNOWN), "2026-11-21 10:00", "2026-11-20", "2026-11-30")
    assert (now.state, now.until, now.next_opens_at) == ("unknown", None, None)


def test_youth_centre_in_school_vacations() -> None:
    hours = venue(
        schedule(
            "base",
            rule("school-days", on_weekdays(*range(5)), "17:00-18:00"),
            rule("weekend", on_weekdays(SAT, SUN), "15:00-17:00"),
        ),
        schedule(
            "vacation",
            rule("camp", Matcher(MatcherKind.VACATION, vacations=("summer",)), "09:00-17:00"),
            layer=Layer.SEASON,
        ),
    )
    assert shown(on(hours, "2026-07-03")) == ["17:00-18:00"]
    assert shown(on(hours, "2026-07-06")) == ["09:00-17:00"]
    assert shown(on(hours, "2026-02-02")) == ["17:00-18:00"]  # winter vacation has no camp
    assert on(hours, "2027-07-06").provisional


def test_qingjing_mosque_in_ramadan() -> None:
    """Closed to visitors on Fridays; in the month of fasting shorter, and closed on the festival."""
    hours = venue(
        schedule(
            "ramadan",
            rule("daily", on_dates("2026-02-18", "2026-03-20"), "09:00-16:00"),
            rule("festival", on_dates("2026-03-21")),
            subtract("friday", on_weekdays(FRI), "00:00-24:00"),
            layer=Layer.HOLIDAY,
        ),
        mode=Mode.UNKNOWN,
    )
    assert shown(on(hours, "2026-02-19")) == ["09:00-16:00"]
    assert on(hours, "2026-02-20").status == DayStatus.CLOSED
    assert on(hours, "2026-03-21").status == DayStatus.CLOSED
    assert on(hours, "2026-03-22").status == DayStatus.UNKNOWN


def test_public_holidays_of_2027_are_not_announced() -> None:
    assert [on(MARITIME, day).provisional for day in ("2026-12-31", "2027-01-01")] == [False, True]
    assert not on(FENGZE, "2027-01-01", "room-24h").provisional
