"""Calendars to subscribe to: what stands in them, that they stay the same, and that other programs can read them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Event

from openness.core.calendars.models import CalendarYear
from tests.venues.editors import NOW, TODAY, City, found_city, notice
from tests.venues.hours.builders import ALL_WEEK, MON, on_weekdays, rule, schedule, session
from venues.compile import compile_venue
from venues.hours import State
from venues.hours.openings import CITY_TZ
from venues.models import Interval, VenuePage
from venues.schedules import set_schedules


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    CalendarYear.objects.create(year=2026, status="confirmed", confirmed_at=datetime.fromisoformat(NOW))
    return found_city()


def feed(address: str) -> Calendar:
    response = Client().get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(address: str) -> dict[str, Event]:
    return {str(each["UID"]): each for each in feed(address).walk("VEVENT")}


def of(page: Any) -> str:
    return f"{page.get_url()}hours.ics"


def again(page: VenuePage, *rules: Any) -> None:
    """Publish other hours."""
    page = VenuePage.objects.get(pk=page.pk)
    set_schedules(page, (schedule("base", *rules),))
    page.save_revision().publish()


def test_every_opening_is_an_event(city: City) -> None:
    found = events(of(city.museum))
    rows = Interval.objects.filter(venue=city.museum)
    assert len(found) == rows.count() > 90
    assert {(each["DTSTART"].dt, each["DTEND"].dt) for each in found.values()} == {
        (row.opens_at, row.closes_at) for row in rows
    }
    today = found["museum-whole-20261119-1@localhost"]
    assert today["SUMMARY"] == "开放 09:00–17:00 · 海交馆"
    assert today["DTSTART"].dt == datetime(2026, 11, 19, 9, tzinfo=CITY_TZ)
    assert today["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert (today["CLASS"], today["TRANSP"], today["STATUS"]) == ("PUBLIC", "TRANSPARENT", "CONFIRMED")
    assert "平日开放时间" in today["DESCRIPTION"]
    assert today["URL"] == "http://testserver/venues/" + city.museum.slug + "/"


def test_what_a_subscriber_needs(city: City) -> None:
    calendar = feed(of(city.museum))
    assert "海交馆" in calendar["X-WR-CALNAME"]
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert calendar["VERSION"] == "2.0"
    zone = calendar.walk("VTIMEZONE")[0]
    assert zone["TZID"] == "Asia/Shanghai"
    assert zone.walk("STANDARD")[0]["TZOFFSETTO"].td == timedelta(hours=8)


def test_areas_have_events_of_their_own(city: City) -> None:
    found = events(of(city.library))
    assert (
        found["library-evening-20261119-1@localhost"]["SUMMARY"] == "开放 18:00–21:00 · 市图书馆 晚间开放区"
    )
    assert "library-whole-20261119-1@localhost" in found


def test_an_unchanged_feed_is_the_same_to_the_byte(city: City, client: Client, settings: Any) -> None:
    first = client.get(of(city.museum))
    settings.OPENNESS_FROZEN_NOW = "2026-11-19T18:30:00+08:00"
    compile_venue(VenuePage.objects.get(pk=city.museum.pk), cause="daily")
    later = client.get(of(city.museum))
    assert later.content == first.content
    etag = first.headers["ETag"]
    unchanged = client.get(of(city.museum), headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")

    again(city.museum, rule("daily", ALL_WEEK, "10:00-16:00"))
    changed = client.get(of(city.museum), headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_events_keep_their_names_through_edits(city: City, settings: Any) -> None:
    before = events(of(city.museum))
    settings.OPENNESS_FROZEN_NOW = "2026-11-19T12:00:00+08:00"
    again(city.museum, rule("daily", ALL_WEEK, "10:00-16:00", "18:00-20:00"))
    page = VenuePage.objects.get(pk=city.museum.pk)
    page.title, page.slug = "泉州海交馆", "hai-jiao"
    page.save_revision().publish()
    after = events(of(VenuePage.objects.get(pk=page.pk)))

    future = [uid for uid in before if uid.split("-")[2] >= "20261119"]
    assert set(future) <= set(after)
    moved = after["museum-whole-20261120-1@localhost"]
    assert moved["SUMMARY"] == "开放 10:00–16:00 · 泉州海交馆"
    assert moved["LAST-MODIFIED"].dt > before["museum-whole-20261120-1@localhost"]["LAST-MODIFIED"].dt
    assert "museum-whole-20261120-2@localhost" in after


def test_a_day_that_a_notice_closes_is_told_with_its_reason(city: City) -> None:
    page = notice(city.culture, city.museum, first=date(2026, 12, 1), last=date(2026, 12, 2))
    found = events(of(city.museum))
    closed = found["museum-whole-20261201-closed@localhost"]
    assert closed["SUMMARY"] == "闭馆 · 海交馆"
    assert (closed["DTSTART"].dt, closed["DTEND"].dt) == (date(2026, 12, 1), date(2026, 12, 2))
    assert closed["TRANSP"] == "TRANSPARENT"
    assert page.get_full_url().rpartition("localhost")[2] in closed["DESCRIPTION"]
    assert "museum-whole-20261201-1@localhost" not in found
    assert "museum-whole-20261202-closed@localhost" in found


def test_a_closure_of_every_area_is_told_once(city: City) -> None:
    notice(city.culture, city.library, first=date(2026, 12, 1), last=date(2026, 12, 1))
    closed = [uid for uid in events(of(city.library)) if "20261201" in uid]
    assert closed == ["library-whole-20261201-closed@localhost"]


def test_a_weekly_closing_day_is_no_event(city: City) -> None:
    again(city.museum, rule("daily", ALL_WEEK, "09:00-17:00"), rule("mon", on_weekdays(MON)))
    assert not [uid for uid in events(of(city.museum)) if uid.endswith("closed@localhost")]


def test_what_is_provisional_says_so(city: City) -> None:
    found = events(of(city.museum))
    january = found["museum-whole-20270104-1@localhost"]
    assert january["STATUS"] == "TENTATIVE"
    assert january["SUMMARY"] != found["museum-whole-20261120-1@localhost"]["SUMMARY"]
    assert "节假日安排未公布" in january["DESCRIPTION"]


def test_booking_last_entry_and_midnight(city: City) -> None:
    condition = "凭证入馆, 限 50 人; 先到先得"
    rules = rule(
        "daily",
        ALL_WEEK,
        session("09:00-24:00", "22:30", state=State.BY_BOOKING, condition=condition),
    )
    again(city.museum, rules)
    today = events(of(city.museum))["museum-whole-20261120-1@localhost"]
    assert today["SUMMARY"] == "需预约 09:00–24:00 · 海交馆"
    assert today["DTEND"].dt == datetime(2026, 11, 21, tzinfo=CITY_TZ)
    assert "22:30" in today["DESCRIPTION"]
    assert "凭证入馆, 限 50 人; 先到先得" in today["DESCRIPTION"]


def test_lines_are_folded_and_text_escaped(city: City, client: Client) -> None:
    page = VenuePage.objects.get(pk=city.museum.pk)
    page.title = "海外交通史博物馆；东湖, 馆区; 逗号\\反斜杠" * 4
    page.save_revision().publish()
    body = client.get(of(page)).content
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None for line in lines), "no character is cut in two"
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert any(b"\\," in line for line in lines)
    today = events(of(page))["museum-whole-20261119-1@localhost"]
    assert today["SUMMARY"] == f"开放 09:00–17:00 · {page.title}"


def test_the_department_and_the_question(city: City) -> None:
    department = events(f"{city.culture.get_url()}hours.ics")
    assert {uid.split("-")[0] for uid in department} == {"library", "museum"}
    question = events("/venues/search.ics?department=union")
    assert {uid.split("-")[0] for uid in question} == {"palace"}


def test_a_question_about_a_time_has_the_openings_that_fit(city: City) -> None:
    found = events("/venues/search.ics?date=2026-11-21&start=18:00&end=21:00")
    assert set(found) == {"library-evening-20261121-1@localhost"}


def test_a_question_that_is_none_is_refused(city: City, client: Client) -> None:
    response = client.get("/venues/search.ics?region=nowhere")
    assert response.status_code == 400
    assert "nowhere" in response.content.decode()


def test_it_costs_the_same_for_more_venues_and_notices(city: City, client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/venues/search.ics").status_code == 200
        return len(queries)

    notice(city.culture, city.museum)
    client.get("/venues/search.ics")
    before = cost()
    notice(city.culture, city.library, title="另一公告", first=TODAY + timedelta(days=30))
    notice(city.union, city.palace, title="第三公告", first=TODAY + timedelta(days=40))
    assert cost() == before
