"""What `manage.py hours` answers to a line, without a database."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.venues.asking import CLUB, DAILY, MUSEUM, ask, intervals, status, times
from tests.venues.hours.builders import ALL_WEEK, MON, add, notice, on_dates, rule, schedule, session, venue
from venues import hours
from venues.hours import Area, Kind, Layer, Mode, State, VenueHours

# ---------------------------------------------------------------------------------------------------
# Intervals


def test_an_interval_says_all_there_is_to_say() -> None:
    assert intervals(MUSEUM, "2026-10-04", "2026-10-04") == {
        "intervals": [
            {
                "opens_at": "2026-10-04T09:00:00+08:00",
                "closes_at": "2026-10-04T17:00:00+08:00",
                "last_entry_at": "2026-10-04T16:30:00+08:00",
                "state": "open",
                "admission": "free",
                "business_date": "2026-10-04",
                "because": {
                    "layer": "base",
                    "schedule": "base",
                    "rule": "holiday",
                    "notice": "",
                    "label": "",
                    "overrode": ["base/daily"],
                    "matcher": {"kind": "holiday"},
                    "announced_on": None,
                    "announced_days_before": None,
                },
            }
        ],
        "unknown": [],
        "provisional": [],
    }


def test_both_ends_of_the_stretch_are_included() -> None:
    # 5 October is a Monday within the National Day holiday, the 12th one without.
    answer = intervals(MUSEUM, "2026-10-05", "2026-10-13")
    days = [each["business_date"] for each in answer["intervals"]]
    assert days == [f"2026-10-{number:02}" for number in (5, 6, 7, 8, 9, 10, 11, 13)]


def test_what_runs_past_midnight_belongs_to_its_business_date() -> None:
    answer = intervals(CLUB, "2026-11-20", "2026-11-20")
    assert times(answer) == ["11-20T18:00 11-21T02:00"]
    assert answer["intervals"][0]["business_date"] == "2026-11-20"


def test_unusual_hours_are_marked() -> None:
    own = venue(
        schedule(
            "base",
            rule("day", ALL_WEEK, "09:00-17:00"),
            add(
                "night",
                ALL_WEEK,
                session("18:00-21:00", kind=Kind.EXTENDED, state=State.MEMBERS, audience="a"),
            ),
        ),
        schedule("hall", rule("day", ALL_WEEK, "10:00-12:00"), area="hall"),
        areas=(Area("hall"),),
    )
    usual, hall, extended = intervals(own, "2026-11-20", "2026-11-20")["intervals"]
    assert {"area", "kind", "audience", "condition"}.isdisjoint(usual)
    assert hall["area"] == "hall"
    assert (extended["kind"], extended["state"], extended["audience"]) == ("extended", "members", "a")


def test_a_notice_says_how_long_before_it_was_announced() -> None:
    late = notice("7", rule("late", on_dates("2026-11-23"), "09:00-20:00"), announced_on=date(2026, 11, 16))
    own = VenueHours(schedules=(*DAILY.schedules, late))
    because = intervals(own, "2026-11-23", "2026-11-23")["intervals"][0]["because"]
    assert (because["notice"], because["layer"], because["overrode"]) == ("7", "notice", ["base/daily"])
    assert (because["announced_on"], because["announced_days_before"]) == ("2026-11-16", 7)
    assert because["matcher"] == {"kind": "dates", "first": "2026-11-23", "last": "2026-11-23"}


def test_unknown_days_are_told_as_ranges_and_not_as_closed() -> None:
    summer = schedule(
        "summer",
        rule("daily", ALL_WEEK, "09:00-18:00"),
        layer=Layer.SEASON,
        annual_from=(5, 1),
        annual_to=(9, 30),
    )
    answer = intervals(venue(summer), "2026-04-29", "2026-10-01")
    assert answer["unknown"] == [["2026-04-29", "2026-04-30"], ["2026-10-01", "2026-10-01"]]
    assert intervals(VenueHours(), "2026-10-01", "2026-10-03")["unknown"] == [["2026-10-01", "2026-10-03"]]


def test_days_by_appointment_are_told_as_ranges() -> None:
    answer = intervals(VenueHours(mode=Mode.BY_APPOINTMENT), "2026-10-01", "2026-10-03")
    assert answer["by_appointment"] == [["2026-10-01", "2026-10-03"]]
    assert (answer["intervals"], answer["unknown"]) == ([], [])


def test_a_year_that_is_not_announced_is_provisional() -> None:
    # No holidays of 2098 are known to any calendar.
    answer = intervals(MUSEUM, "2098-01-04", "2098-01-08")
    assert answer["provisional"] == [["2098-01-04", "2098-01-08"]]
    assert len(answer["intervals"]) == 4


def test_the_calendar_can_be_given(tmp_path: Path) -> None:
    calendar = tmp_path / "calendar.json"
    off = {"holiday": "national_day", "name": "国庆节", "from": "2098-10-06", "to": "2098-10-06"}
    year = {
        "year": 2098,
        "status": "confirmed",
        "source_title": "通知",
        "source_url": "https://www.gov.cn/",
        "days_off": [{**off, "statutory": ["2098-10-06"]}],
        "makeup_workdays": [],
    }
    calendar.write_text(json.dumps({"format": 1, "years": [year], "school_vacations": []}), "utf-8")
    assert date(2098, 10, 6).weekday() == MON
    answer = intervals(MUSEUM, "2098-10-06", "2098-10-06", calendar=calendar)
    assert (len(answer["intervals"]), answer["provisional"]) == (1, [])
    calendar.write_text("[]", "utf-8")
    with pytest.raises(CommandError, match=r"calendar\.json"):
        intervals(MUSEUM, "2098-10-06", "2098-10-06", calendar=calendar)


# ---------------------------------------------------------------------------------------------------
# Status


@pytest.mark.parametrize(
    ("own", "at", "expected"),
    [
        (DAILY, "2026-11-20T10:00", ("open", "2026-11-20T17:00:00+08:00", "2026-11-20T16:30:00+08:00")),
        # An instant with an offset is the same instant in the city.
        (DAILY, "2026-11-20T02:00Z", ("open", "2026-11-20T17:00:00+08:00", "2026-11-20T16:30:00+08:00")),
        (DAILY, "2026-11-20T17:00", ("closed", "2026-11-21T09:00:00+08:00", None)),
        (DAILY, "2026-11-20 08:59:59", ("closed", "2026-11-20T09:00:00+08:00", None)),
        (MUSEUM, "2026-10-05T10:00", ("open", "2026-10-05T17:00:00+08:00", "2026-10-05T16:30:00+08:00")),
        (MUSEUM, "2026-10-12T10:00", ("closed", "2026-10-13T09:00:00+08:00", None)),
        (CLUB, "2026-11-21T01:00", ("open", "2026-11-21T02:00:00+08:00", "2026-11-21T02:00:00+08:00")),
        (VenueHours(), "2026-11-20T10:00", ("unknown", None, None)),
        (VenueHours(mode=Mode.BY_APPOINTMENT), "2026-11-20T10:00", ("by_appointment", None, None)),
    ],
)
def test_status(own: VenueHours, at: str, expected: tuple[str, str | None, str | None]) -> None:
    answer = status(own, at)
    assert (answer["state"], answer["until"], answer["last_entry_at"]) == expected
    assert answer["provisional"] is False


def test_status_names_the_rule_and_the_area() -> None:
    own = venue(
        schedule("hall", rule("day", ALL_WEEK, "09:00-17:00"), area="hall"),
        schedule("office", rule("day", ALL_WEEK, "08:00-20:00"), area="office"),
        areas=(Area("hall"), Area("office", general_public=False)),
    )
    answer = status(own, "2026-11-20T10:00")
    assert (answer["area"], answer["because"]["schedule"]) == ("hall", "hall")
    assert status(own, "2026-11-20T18:00")["state"] == "closed"
    assert "area" not in status(DAILY, "2026-11-20T10:00")


def test_status_looks_weeks_ahead() -> None:
    closed = notice("n", rule("closed", on_dates("2026-11-01", "2026-12-24")))
    own = VenueHours(schedules=(*DAILY.schedules, closed))
    assert status(own, "2026-11-01T10:00")["until"] == "2026-12-25T09:00:00+08:00"


# ---------------------------------------------------------------------------------------------------
# Text


def test_parse_returns_what_was_read_and_what_was_not() -> None:
    text = "周二至周日9:00-17:00（16:30停止入馆），周一闭馆；一楼自习室8:00-22:00，视天气情况调整"
    (answer,) = ask("parse", {"text": text})
    assert list(answer) == ["text", "confidence", "schedule", "areas", "unread", "warnings"]
    assert (answer["text"], answer["confidence"]) == (text, "partial")
    own = hours.from_dict(answer["schedule"])
    assert times(intervals(own, "2026-11-23", "2026-11-24")) == ["11-24T09:00 11-24T17:00"]
    assert [area["name"] for area in answer["areas"]] == ["一楼自习室"]
    for each in answer["unread"]:
        assert text[each["start"] : each["end"]] == each["text"]
    assert any("天气" in each["text"] for each in answer["unread"])


def test_parse_takes_the_limits_of_summer() -> None:
    asked = {"text": "夏令时8:00-18:00，冬令时8:30-17:30"}
    usual, early = ask("parse", asked, {**asked, "summer": ["04-15", "10-15"]})
    april = ("2026-04-20", "2026-04-20")
    assert times(intervals(hours.from_dict(usual["schedule"]), *april)) == ["04-20T08:30 04-20T17:30"]
    assert times(intervals(hours.from_dict(early["schedule"]), *april)) == ["04-20T08:00 04-20T18:00"]


def test_what_was_parsed_can_be_described_and_resolved() -> None:
    (answer,) = ask("parse", {"text": "每天9:00-17:00"})
    chinese, english = (
        ask("describe", {"schedule": answer["schedule"], "language": language})[0]["text"]
        for language in ("zh-Hans", "en")
    )
    assert "9:00" in chinese
    assert "9:00" in english
    assert chinese != english
