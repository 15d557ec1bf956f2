"""Activities as calendars and feeds: ids that stay, states that are told, the same bytes at any hour."""

from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar, Event

from news.models import ActivityPage
from tests.news.town import activity, at, found_town, session
from tests.venues.editors import NOW, City


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_town()


def events(client: Client, address: str) -> list[Event]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_an_event_says_when_where_and_what(city: City, client: Client) -> None:
    page = activity(
        city, "演出", session("2026-11-21 19:00", "2026-11-21 20:40", venue=city.library), summary="一场演出"
    )
    (event,) = events(client, f"{page.get_url()}sessions.ics")
    assert event.decoded("dtstart") == at("2026-11-21 19:00")
    assert event.decoded("dtend") == at("2026-11-21 20:40")
    assert str(event["summary"]) == "演出"
    assert "市图书馆" in str(event["location"])
    assert str(event["status"]) == "CONFIRMED"
    assert "一场演出" in str(event["description"])


def test_a_uid_stays_and_the_sequence_counts_what_is_published(
    city: City, client: Client, settings: Any
) -> None:
    page = activity(city, "演出", session("2026-11-21 19:00"), session("2026-11-28 19:00"))
    page.save_revision().publish()
    address = f"{page.get_url()}sessions.ics"
    before = {str(event["uid"]): int(event["sequence"]) for event in events(client, address)}
    assert len(before) == 2
    settings.OPENNESS_FROZEN_NOW = "2026-11-19T12:00:00+08:00"
    page = ActivityPage.objects.get(pk=page.pk)
    moved = page.sessions.first()
    moved.state, moved.state_note = "moved", "改到周日"
    page.sessions.add(moved)
    page.title = "另一个名字"
    page.save_revision().publish()
    ActivityPage.objects.filter(pk=page.pk).update(
        last_published_at=at("2026-11-19 12:00"), first_published_at=at("2026-11-19 10:00")
    )
    after = events(client, address)
    assert {str(event["uid"]) for event in after} == set(before)
    assert all(int(event["sequence"]) > before[str(event["uid"])] for event in after)
    assert sorted(str(event["status"]) for event in after) == ["CANCELLED", "CONFIRMED"]
    assert any("改到周日" in str(event["description"]) for event in after)


def test_a_feed_is_the_same_to_the_byte_while_nothing_changes(
    city: City, client: Client, settings: Any
) -> None:
    activity(city, "演出", session("2026-11-21 19:00"))
    first = client.get("/news/activities.ics")
    settings.OPENNESS_FROZEN_NOW = "2026-11-19T15:00:00+08:00"
    second = client.get("/news/activities.ics")
    assert first.content == second.content
    assert client.get("/news/activities.ics", HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304


def test_feeds_answer_every_question(city: City, client: Client) -> None:
    activity(city, "周六演出", session("2026-11-21 10:00", venue=city.library))
    activity(city, "周日讲座", session("2026-11-22 10:00"), kind="lecture", parent=city.union)
    activity(city, "上周的", session("2026-11-14 10:00"))
    activity(city, "上月的", session("2026-10-14 10:00"))

    def told(query: str) -> set[str]:
        return {str(event["summary"]) for event in events(client, f"/news/activities.ics?{query}")}

    assert told("") == {"周六演出", "周日讲座", "上周的"}
    assert told("kind=lecture") == {"周日讲座"}
    assert told("venue=library") == {"周六演出"}
    assert told("when=weekend&department=union") == {"周日讲座"}
    assert told("month=2026-10") == {"上月的"}
    atom = client.get("/news/activities.atom?kind=lecture").content.decode()
    assert "周日讲座" in atom
    assert "周六演出" not in atom


def test_a_session_past_midnight_is_one_event(city: City, client: Client) -> None:
    page = activity(city, "跨年", session("2026-12-31 23:00", "2027-01-01 01:00"))
    (event,) = events(client, f"{page.get_url()}sessions.ics")
    assert (event.decoded("dtend") - event.decoded("dtstart")).total_seconds() == 7200
