"""The OpenStreetMap strings as they are written; what they mean to others is in test_second_oracle."""

from datetime import date
from typing import Any

import pytest

from tests.venues.hours.builders import (
    ALL_WEEK,
    FRI,
    MON,
    SAT,
    SUN,
    TUE,
    WED,
    notice,
    on_dates,
    on_weekdays,
    rule,
    schedule,
    session,
    subtract,
    venue,
)
from tests.venues.hours.calendars import CITY
from venues.hours import Area, DayType, Layer, Matcher, MatcherKind, Mode, State, VenueHours
from venues.hours.osm import LONGEST_TAG, osm_string

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
AUTUMN = (date(2026, 11, 1), date(2026, 12, 31))


def written(made: VenueHours, period: tuple[date, date] = AUTUMN, area: str = "") -> str:
    return osm_string(made, area, *period, CITY)


def base(*rules: Any, **fields: Any) -> VenueHours:
    return venue(schedule("base", *rules, **fields))


DAILY = rule("daily", ALL_WEEK, "09:00-17:00")
HOLIDAYS = rule("holidays", Matcher(MatcherKind.HOLIDAY), "09:00-17:00")
EXPECTED = {
    "Mo-Su 09:00-17:00": base(DAILY),
    "24/7": base(rule("always", ALL_WEEK, "00:00-24:00")),
    "off": base(rule("never", ALL_WEEK)),
    "Tu-Su 09:00-17:00": base(DAILY, rule("mondays", on_weekdays(MON))),
    "Mo-Th,Sa,Su 09:00-17:00; Fr 09:00-11:00,14:00-17:00": base(
        DAILY, subtract("prayer", on_weekdays(FRI), "11:00-14:00")
    ),
    "Mo,Th-Su 09:00-17:00; Tu,We 12:00-20:00": base(
        DAILY, rule("late", on_weekdays(TUE, WED), "12:00-20:00")
    ),
    "Mo-Su 18:00-26:00": base(rule("night", ALL_WEEK, "18:00-26:00")),
    "Mo-Th,Su 18:00-24:00, Fr,Sa 18:00-26:00": base(
        rule("night", ALL_WEEK, "18:00-24:00"), rule("long", on_weekdays(FRI, SAT), "18:00-26:00")
    ),
    "Mo-Su 09:00-17:00; Mo[-1] off": base(
        DAILY, rule("last", Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(MON,), nth=(-1,)))
    ),
    "Mo-Su 09:00-17:00; 2026 Nov 10-14,2026 Dec 24 off": venue(
        schedule("base", DAILY),
        notice("n", rule("repair", on_dates("2026-11-10", "2026-11-14"))),
        notice("m", rule("repair", on_dates("2026-12-24"))),
    ),
    "Mo-Su 09:00-17:00; 2026 Nov 28-2026 Dec 02 10:00-12:00": venue(
        schedule("base", DAILY),
        notice("n", rule("short", on_dates("2026-11-28", "2026-12-02"), "10:00-12:00")),
    ),
    "Mo-Su 09:00-17:00; 2026 Nov 06-2026 Dec 26 Fr,Sa 09:00-21:00": venue(
        schedule("base", DAILY),
        notice(
            "n",
            rule(
                "late",
                Matcher(
                    MatcherKind.DATES, first=date(2026, 11, 2), last=date(2026, 12, 31), weekdays=(FRI, SAT)
                ),
                "09:00-21:00",
            ),
        ),
    ),
    'Mo-Su 00:00-24:00 unknown "by appointment"': venue(mode=Mode.BY_APPOINTMENT),
    "Mo-Su 00:00-24:00 unknown": venue(mode=Mode.UNKNOWN),
    'Mo-Su 09:00-12:00, Mo-Su 13:00-15:00 unknown "by appointment"': base(
        rule("daily", ALL_WEEK, "09:00-12:00", session("13:00-15:00", state=State.BY_BOOKING))
    ),
    'Mo-Su 09:00-12:00 unknown "for pupils only"': base(
        rule("daily", ALL_WEEK, session("09:00-12:00", audience="pupils"))
    ),
}


@pytest.mark.parametrize("text", EXPECTED)
def test_it_is_written_like_this(text: str) -> None:
    assert written(EXPECTED[text]) == text


def test_holidays_are_dates() -> None:
    """The Mondays that are holidays of 2026, among them both ends of the Spring Festival's block."""
    museum = base(DAILY, rule("mondays", on_weekdays(MON)), HOLIDAYS)
    assert written(museum, YEAR) == (
        "Tu-Su 09:00-17:00; 2026 Feb 16-23,2026 Apr 06,2026 May 04,2026 Oct 05 09:00-17:00"
    )


def test_makeup_workdays_are_dates() -> None:
    school = base(
        rule("work", Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.WORKDAY,)), "17:30-21:00"),
        rule("off", Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.DAY_OFF,)), "08:00-21:00"),
    )
    text = written(school, (date(2026, 9, 14), date(2026, 10, 11)))
    assert text.startswith("Mo-Fr 17:30-21:00; Sa,Su 08:00-21:00; ")
    assert "2026 Sep 20,2026 Oct 10 17:30-21:00" in text


def test_seasons_come_back_every_year() -> None:
    made = venue(
        schedule(
            "summer",
            rule("d", ALL_WEEK, "09:00-18:00"),
            layer=Layer.SEASON,
            annual_from=(5, 1),
            annual_to=(9, 30),
        ),
        schedule(
            "winter",
            rule("d", ALL_WEEK, "09:00-17:00"),
            layer=Layer.SEASON,
            annual_from=(10, 1),
            annual_to=(4, 30),
        ),
    )
    assert written(made, YEAR) == "Mo-Su 09:00-17:00; May 01-Sep 30 Mo-Su 09:00-18:00"
    # A string for a few weeks need not tell of the summer.
    assert written(made) == "Mo-Su 09:00-17:00"


def test_a_night_into_other_hours_is_told_by_the_clock() -> None:
    """16 February 09:00 to 2:00, then ordinary hours: the design's case on which evaluators disagree."""
    made = venue(schedule("base", DAILY), notice("n", rule("eve", on_dates("2026-02-16"), "09:00-26:00")))
    assert written(made, (date(2026, 2, 1), date(2026, 2, 28))) == (
        "Mo-Su 09:00-17:00; 2026 Feb 16 09:00-24:00; 2026 Feb 17 00:00-02:00,09:00-17:00"
    )


def test_an_area_has_its_own() -> None:
    made = venue(
        schedule("base", DAILY),
        schedule("hall", rule("sundays", on_weekdays(SUN), "10:00-12:00"), area="hall"),
        areas=(Area(""), Area("hall", general_public=False)),
    )
    assert written(made) == "Mo-Su 09:00-17:00"
    assert written(made, area="hall") == 'Su 10:00-12:00 unknown "members only"'


def test_a_year_of_holidays_fits_into_a_tag() -> None:
    museum = base(
        DAILY,
        rule("mondays", on_weekdays(MON)),
        HOLIDAYS,
        rule("eve", Matcher(MatcherKind.LUNAR_DAY, lunar_new_years_eve=True)),
        rule("new", Matcher(MatcherKind.LUNAR_DAY, lunar_month=1, lunar_days=(1,))),
    )
    assert len(written(museum, YEAR)) <= LONGEST_TAG
