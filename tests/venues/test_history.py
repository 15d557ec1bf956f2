"""What was published for a day stays answerable, whatever is changed, withdrawn or unpublished later."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from openness.core import clock, outbox
from openness.core.calendars.models import CalendarDay
from openness.core.calendars.proposals import confirm_year, propose_year
from tests.venues.editors import NOW, TODAY, City, found_city, notice
from tests.venues.hours.builders import ALL_WEEK, rule, schedule
from venues import hours
from venues.compile import compile_all
from venues.enums import Life
from venues.history import PublishedDay, Standing, published_on, versions_of
from venues.models import Interval, PublishedCalendar, PublishedHours, VenueDay, VenuePage
from venues.schedules import set_schedules

ONE_DAY = timedelta(days=1)
TOMORROW = TODAY + ONE_DAY
NEXT_WEEK = TODAY + 7 * ONE_DAY


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def at(settings: Any, day: date, hour: int = 10) -> datetime:
    """Move the clock; return its instant."""
    settings.OPENNESS_FROZEN_NOW = f"{day.isoformat()}T{hour:02}:00:00+08:00"
    return clock.now()


def fresh(venue: VenuePage) -> VenuePage:
    return VenuePage.objects.get(pk=venue.pk)


def rewrite(venue: VenuePage, text: str) -> None:
    """Publish the venue with these hours for every day."""
    page = fresh(venue)
    set_schedules(page, (schedule("base", rule("daily", ALL_WEEK, text)),))
    page.save_revision().publish()


def spans(published: PublishedDay) -> list[str]:
    return [
        f"{clock.local(each.opens_at):%H:%M}-{clock.local(each.closes_at):%H:%M}"
        for each in published.openings
    ]


def test_each_day_has_the_hours_it_ended_with(city: City, settings: Any) -> None:
    at(settings, TODAY, 20)
    rewrite(city.museum, "10:00-12:00")
    at(settings, TOMORROW)
    rewrite(city.museum, "13:00-15:00")
    at(settings, NEXT_WEEK)
    today, tomorrow = published_on(city.museum, TODAY), published_on(city.museum, TOMORROW)
    assert (spans(today), today.number) == (["10:00-12:00"], 2)
    assert (spans(tomorrow), tomorrow.number) == (["13:00-15:00"], 3)
    assert today.version.published_at == datetime.fromisoformat("2026-11-19T12:00:00+00:00")


def test_what_the_page_said_at_an_instant_about_a_day_to_come(city: City, settings: Any) -> None:
    asked_on = clock.now()
    at(settings, TOMORROW)
    rewrite(city.museum, "10:00-12:00")
    at(settings, NEXT_WEEK + ONE_DAY)
    assert spans(published_on(city.museum, NEXT_WEEK, asked_on=asked_on)) == ["09:00-17:00"]
    assert spans(published_on(city.museum, NEXT_WEEK)) == ["10:00-12:00"]


def test_a_day_that_is_over_is_asked_as_of_its_end(city: City, settings: Any) -> None:
    later = at(settings, NEXT_WEEK)
    rewrite(city.museum, "10:00-12:00")
    published = published_on(city.museum, TODAY, asked_on=later)
    assert spans(published) == ["09:00-17:00"]
    assert clock.local(published.asked_on).isoformat() == "2026-11-19T23:59:59.999999+08:00"


def test_a_notice_is_part_of_the_answer_when_it_is_withdrawn_and_deleted(city: City, settings: Any) -> None:
    page = notice(city.culture, city.museum, first=TOMORROW, last=TOMORROW)
    at(settings, NEXT_WEEK)
    page.delete()
    published = published_on(city.museum, TOMORROW)
    assert spans(published) == []
    assert [day.status for day in published.days] == ["closed"]
    assert published.notices == [str(page.pk)]
    assert published_on(city.museum, TODAY).notices == []


def test_the_calendar_is_that_of_the_time(city: City, settings: Any) -> None:
    venue = fresh(city.museum)
    off = hours.Matcher(kind=hours.MatcherKind.HOLIDAY)
    daily = rule("daily", ALL_WEEK, "09:00-17:00")
    set_schedules(venue, (schedule("base", daily, hours.Rule("off", matcher=off)),))
    propose_year(2026)
    confirm_year(2026, source_title="通知", source_url="")
    CalendarDay.objects.create(
        calendar_year_id=2026, date=TOMORROW, kind="off", holiday="local", name="海丝节"
    )
    venue.save_revision().publish()
    assert spans(published_on(venue, TOMORROW)) == []
    at(settings, NEXT_WEEK)
    CalendarDay.objects.filter(date=TOMORROW).delete()
    outbox.drain()
    compile_all(cause="calendar")
    published = published_on(venue, TOMORROW)
    assert (spans(published), published.calendar_is_kept) == ([], True)
    assert published.version.calendar_id != versions_of(venue)[0].calendar_id


def test_a_changed_calendar_is_a_version_and_a_new_day_is_none(city: City, settings: Any) -> None:
    number = PublishedHours.objects.count()
    compile_all(cause="calendar")
    at(settings, TOMORROW)
    compile_all(cause="daily")
    assert PublishedHours.objects.count() == number
    assert PublishedCalendar.objects.count() == 1
    propose_year(2027)
    compile_all(cause="calendar")
    assert PublishedHours.objects.count() == number + 3
    assert {row.cause for row in PublishedHours.objects.all()[:3]} == {"calendar"}
    # The same data under another version of the year are the same calendar.
    propose_year(2027)
    compile_all(cause="calendar")
    assert PublishedHours.objects.count() == number + 3


def test_a_year_that_is_over_makes_no_version(city: City, settings: Any) -> None:
    at(settings, date(2026, 12, 31))
    compile_all(cause="daily")
    number = PublishedHours.objects.count()
    for day in (date(2027, 1, 1), date(2027, 1, 20)):
        at(settings, day)
        compile_all(cause="daily")
    assert PublishedHours.objects.count() == number
    at(settings, date(2027, 10, 10))
    compile_all(cause="daily")
    assert PublishedHours.objects.count() == number + 3


def test_before_the_first_hours_and_beyond_the_last(city: City) -> None:
    before = published_on(city.museum, TODAY - ONE_DAY)
    assert (before.standing, before.version, before.days) == (Standing.NOT_YET_PUBLIC, None, ())
    assert published_on(city.museum, TODAY + 90 * ONE_DAY).standing == Standing.PUBLISHED
    assert published_on(city.museum, TODAY + 91 * ONE_DAY).standing == Standing.BEYOND


@pytest.mark.parametrize("end", ["unpublish", "close"])
def test_an_end_is_on_record_and_what_was_before_stays(city: City, settings: Any, end: str) -> None:
    at(settings, TOMORROW)
    venue = fresh(city.museum)
    if end == "unpublish":
        venue.unpublish()
    else:
        venue.life, venue.life_note = Life.CLOSED_FOR_GOOD, "已撤销"
        venue.save_revision().publish()
    at(settings, NEXT_WEEK)
    assert spans(published_on(venue, TODAY)) == ["09:00-17:00"]
    assert published_on(venue, TOMORROW).standing == Standing.WITHDRAWN
    assert [row.is_public for row in versions_of(venue)] == [False, True]
    venue = fresh(venue)
    venue.life = Life.OPEN
    venue.save_revision().publish()
    assert spans(published_on(venue, NEXT_WEEK)) == ["09:00-17:00"]
    assert published_on(venue, TOMORROW).standing == Standing.WITHDRAWN


def test_a_version_without_a_kept_calendar_says_so(city: City) -> None:
    PublishedHours.objects.update(calendar=None)
    published = published_on(city.museum, TODAY)
    assert (spans(published), published.calendar_is_kept) == (["09:00-17:00"], False)
    compile_all(cause="daily")
    assert published_on(city.museum, TODAY).calendar_is_kept


def test_the_record_agrees_with_the_tables(demo_city: None) -> None:
    columns = ("area_key", "opens_at", "closes_at", "last_entry_at", "state", "kind", "provisional")
    compared = 0
    for venue in VenuePage.objects.filter(live=True, locale__language_code="zh-hans"):
        for number in range(0, 91, 9):
            day = TODAY + number * ONE_DAY
            published = published_on(venue, day, asked_on=clock.now())
            rows = {"venue": venue, "business_date": day}
            assert {(each.area_key, each.status, each.provisional) for each in published.days} == set(
                VenueDay.objects.filter(**rows).values_list("area_key", "status", "provisional")
            )
            assert {tuple(getattr(each, name) for name in columns) for each in published.openings} == set(
                Interval.objects.filter(**rows).values_list(*columns)
            )
            compared += len(published.openings)
    assert compared > 200


def test_an_answer_costs_five_queries_at_most(
    city: City, settings: Any, django_assert_max_num_queries: Any
) -> None:
    for hour in range(11, 17):
        at(settings, TODAY, hour)
        rewrite(city.museum, f"{hour}:00-20:00")
    with django_assert_max_num_queries(5):
        assert published_on(city.museum, TODAY).number == 7


# ---------------------------------------------------------------------------------------------------
# The page


def test_the_page_tells_hours_reason_and_version(city: City, client: Client, settings: Any) -> None:
    closure = notice(city.culture, city.museum, first=TOMORROW, last=TOMORROW)
    at(settings, NEXT_WEEK)
    url = fresh(city.museum).exit_url("history")
    html = client.get(url, {"date": TOMORROW.isoformat()}).content.decode()
    assert "闭馆" in html
    assert f'<a href="{closure.get_url()}">' in html
    assert 'value="2026-11-20"' in html
    page = client.get(url, {"date": TODAY.isoformat()})
    assert "09:00" in page.content.decode()
    assert page.context["answer"]["number"] == 2
    assert [version["number"] for version in page.context["versions"]] == [2, 1]


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-30", "0000-00-00"])
def test_a_day_that_cannot_be_read_gets_a_message(city: City, client: Client, day: str) -> None:
    response = client.get(fresh(city.museum).exit_url("history"), {"date": day})
    assert response.status_code == 400
    assert 'aria-invalid="true"' in response.content.decode()
    assert response.context["answer"] is None


@pytest.mark.parametrize("day", ["2026-11-18", "2027-12-01", "0001-01-01", "9999-12-31"])
def test_a_day_without_an_answer_says_why(city: City, client: Client, day: str) -> None:
    response = client.get(fresh(city.museum).exit_url("history"), {"date": day})
    assert response.status_code == 200
    assert response.context["answer"]["why_none"]


def test_a_venue_that_never_published_hours_says_so(city: City, client: Client) -> None:
    PublishedHours.objects.all().delete()
    response = client.get(fresh(city.museum).exit_url("history"))
    assert response.status_code == 200
    assert "empty-state" in response.content.decode()


def test_a_venue_that_is_hidden_has_no_history(city: City, client: Client) -> None:
    venue = fresh(city.museum)
    url = venue.exit_url("history")
    assert client.get(url).status_code == 200
    venue.unpublish()
    assert client.get(url).status_code == 404


def test_the_venue_page_leads_there(city: City, client: Client) -> None:
    venue = fresh(city.museum)
    assert f'href="{venue.exit_url("history")}"' in client.get(venue.get_url()).content.decode()
