"""Sessions that do not fit the hours of their venue. The museum is open daily from 09:00 to 17:00."""

from datetime import date
from typing import Any

import pytest

from news.findings import Clash, doubtful_sessions, session_findings
from openness.core import clock
from openness.core.calendars.models import CalendarYear
from tests.news.town import activity, found_town, session
from tests.venues.editors import NOW, City, member, notice, signed_in
from venues.models import VenuePage


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    # Without a confirmed year all hours of it are provisional.
    CalendarYear.objects.create(year=2026, status="confirmed", confirmed_at=clock.now())
    return found_town()


def clashes(city: City, *sessions: Any) -> list[str]:
    page = activity(city, "演出", *sessions)
    found = [str(each.clash) for each in session_findings(page.sessions.all())]
    reported = [str(each.clash) for each in session_findings(doubtful_sessions())]
    # What the report finds in the database is what the editor was told.
    assert reported == found
    return found


def test_inside_the_hours_there_is_nothing_to_say(city: City) -> None:
    assert clashes(city, session("2026-11-21 09:00", "2026-11-21 17:00", venue=city.museum)) == []


@pytest.mark.parametrize(
    ("starts", "ends", "clash"),
    [
        ("08:59", "10:00", Clash.CLOSED),
        ("17:00", "18:00", Clash.CLOSED),
        ("16:00", "17:01", Clash.CLOSES_BEFORE_END),
        ("20:00", "21:00", Clash.CLOSED),
    ],
)
def test_outside_them_there_is(city: City, starts: str, ends: str, clash: Clash) -> None:
    assert clashes(city, session(f"2026-11-21 {starts}", f"2026-11-21 {ends}", venue=city.museum)) == [clash]


def test_an_area_has_hours_of_its_own(city: City) -> None:
    evening = "2026-11-21 19:00", "2026-11-21 20:30"
    assert clashes(city, session(*evening, venue=city.library, area_key="evening")) == []
    assert clashes(
        city, session("2026-11-21 10:00", "2026-11-21 11:00", venue=city.library, area_key="evening")
    ) == [Clash.CLOSED]


def test_a_notice_of_today_changes_what_was_found(city: City) -> None:
    page = activity(city, "演出", session("2026-12-03 10:00", venue=city.museum))
    assert session_findings(page.sessions.all()) == []
    notice(city.culture, city.museum, first=date(2026, 12, 1))
    assert [each.clash for each in session_findings(page.sessions.all())] == [Clash.CLOSED]
    assert list(doubtful_sessions()) == list(page.sessions.all())


def test_unknown_hours_and_a_venue_that_is_no_more(city: City) -> None:
    unknown = VenuePage.objects.get(pk=city.museum.pk)
    unknown.hours_mode = "unknown"
    unknown.save()
    assert clashes(city, session("2026-11-21 10:00", venue=unknown)) == [Clash.UNKNOWN]
    unknown.life = "closed_for_good"
    unknown.save()
    page = activity(city, "讲座", session("2026-11-21 10:00", venue=unknown))
    assert [each.clash for each in session_findings(page.sessions.all())] == [Clash.ENDED]


def test_what_is_over_cancelled_moved_elsewhere_or_long_is_no_finding(city: City) -> None:
    night = "20:00"
    assert (
        clashes(
            city,
            session(f"2026-11-18 {night}", venue=city.museum),
            session(f"2026-11-21 {night}", venue=city.museum, state="cancelled", state_note="大雨"),
            session(f"2026-11-21 {night}", venue=city.museum, state="moved", state_note="改到周日"),
            session(f"2026-11-21 {night}", region=city.museum.region, place="广场"),
            session("2026-11-21 09:00", "2026-12-21 17:00", venue=city.museum),
        )
        == []
    )


def test_the_number_of_queries_does_not_grow(city: City, django_assert_max_num_queries: Any) -> None:
    page = activity(
        city, "演出", *(session(f"2026-11-2{day} 20:00", venue=city.museum) for day in range(1, 8))
    )
    sessions = list(page.sessions.all())
    with django_assert_max_num_queries(3):
        assert len(session_findings(sessions)) == 7


def test_the_report_shows_each_department_its_own(city: City) -> None:
    activity(city, "文旅夜场", session("2026-11-21 20:00", venue=city.museum))
    activity(city, "工会夜场", session("2026-11-21 20:00", venue=city.palace), parent=city.union)
    activity(city, "白天场", session("2026-11-21 10:00", venue=city.museum))
    content = signed_in(member("editor", city.culture)).get("/admin/activities/findings/").content.decode()
    assert "文旅夜场" in content
    assert "工会夜场" not in content
    assert "白天场" not in content
    office = signed_in(member("office")).get("/admin/activities/findings/").content.decode()
    assert "文旅夜场" in office
    assert "工会夜场" in office


def test_hours_of_a_year_that_is_not_announced_are_provisional(city: City) -> None:
    assert clashes(city, session("2027-01-09 10:00", venue=city.museum)) == [Clash.PROVISIONAL]
