"""Activities: their rows, their page, their list, and what other pages tell of them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction

from news.entries import refresh_all
from news.models import (
    ActivityOrganiser,
    ActivityPage,
    NewsActivity,
    NewsIndexPage,
    NewsPage,
    SessionEntry,
)
from openness.core import clock
from openness.core.calendars.models import CalendarYear
from tests.factories.media import ImageFactory
from tests.news.town import activity, at, found_town, session
from tests.venues.editors import NOW, City
from venues.models import VenuePage


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    # Without a confirmed year all hours of it are provisional.
    CalendarYear.objects.create(year=2026, status="confirmed", confirmed_at=clock.now())
    return found_town()


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


# ---------------------------------------------------------------------------------------------------
# Rows


def test_a_session_keeps_its_key_through_every_edit(city: City) -> None:
    page = activity(city, "演出", session("2026-11-21 19:00"), session("2026-11-28 19:00"))
    keys = sorted(each.key for each in page.sessions.all())
    assert all(keys)
    assert len(set(keys)) == 2
    page = ActivityPage.objects.get(pk=page.pk)
    first = page.sessions.first()
    first.starts_at, first.ends_at = at("2026-11-22 19:00"), at("2026-11-22 21:00")
    page.sessions.add(first)
    page.save_revision().publish()
    assert sorted(SessionEntry.objects.values_list("session_key", flat=True)) == keys
    assert SessionEntry.objects.filter(starts_at=at("2026-11-22 19:00")).exists()


def test_a_session_added_to_a_draft_keeps_its_key_when_published(city: City) -> None:
    page = activity(city, "演出", session("2026-11-21 19:00"))
    page.sessions.add(session("2026-11-28 19:00", locale=page.locale))
    revision = page.save_revision()
    drafted = {each.key for each in revision.as_object().sessions.all()}
    assert len(drafted) == 2
    assert SessionEntry.objects.count() == 1
    revision.publish()
    assert set(SessionEntry.objects.values_list("session_key", flat=True)) == drafted


def test_rows_follow_publishing_moving_and_deleting(city: City) -> None:
    page = activity(city, "演出", session("2026-11-21 19:00"))
    assert SessionEntry.objects.get().department_code == "culture"
    page.move(type(city.union).objects.get(pk=city.union.pk), pos="last-child")
    assert SessionEntry.objects.get().department_code == "union"
    ActivityPage.objects.get(pk=page.pk).unpublish()
    assert not SessionEntry.objects.exists()
    ActivityPage.objects.get(pk=page.pk).save_revision().publish()
    assert SessionEntry.objects.exists()
    # The worker unpublishes what has expired as a plain page.
    Page.objects.get(pk=page.pk).unpublish()
    assert not SessionEntry.objects.exists()
    ActivityPage.objects.get(pk=page.pk).save_revision().publish()
    ActivityPage.objects.get(pk=page.pk).delete()
    assert not SessionEntry.objects.exists()


def test_refreshing_everything_restores_lost_rows_and_writes_nothing_else(city: City) -> None:
    activity(city, "演出", session("2026-11-21 19:00"), session("2026-11-28 19:00"))
    kept = SessionEntry.objects.first()
    SessionEntry.objects.exclude(pk=kept.pk).delete()
    assert refresh_all() == 1
    assert SessionEntry.objects.count() == 2
    with CaptureQueriesContext(connection) as queries:
        refresh_all()
    assert not [each for each in queries if "news_sessionentry" in each["sql"] and "INSERT" in each["sql"]]
    assert SessionEntry.objects.filter(pk=kept.pk).exists()


# ---------------------------------------------------------------------------------------------------
# The page


def test_the_page_says_when_where_for_whom_and_how(city: City, client: Client) -> None:
    picture = ImageFactory(alt_text="台上三位乐师")
    page = activity(
        city,
        "南音演出",
        session("2026-11-14 19:00"),
        session(
            "2026-11-21 14:00",
            "2026-11-21 16:00",
            venue=city.library,
            state="cancelled",
            state_note="设备检修",
        ),
        session("2026-11-28 14:00", "2026-11-28 16:00", venue=city.library),
        picture=picture,
        registration="required",
        registration_rule="电话报名",
        registration_url="https://book.example/nanyin",
        capacity=120,
        phone="0595-1234567",
    )
    page.organisers = [
        ActivityOrganiser(department=city.union.department),
        ActivityOrganiser(name="示范南音社"),
    ]
    page.save()
    content = text_of(client, page.get_url())
    following = content[content.index("next-session") : content.index("activity-sessions")]
    assert "11月28日 周六 14:00—16:00" in following
    assert "/venues/library/" in following or city.library.get_url() in following
    for words in (
        "设备检修",
        "电话报名",
        "book.example",
        "120",
        "0595-1234567",
        "市总工会",
        "示范南音社",
        "台上三位乐师",
    ):
        assert words in content, words
    assert 'class="session session--cancelled"' in content
    past = content[content.index("session-past") :]
    assert "11月14日 周六 19:00—21:00" in past


def test_the_page_says_to_ask_where_the_venue_is_closed_then(city: City, client: Client) -> None:
    page = activity(
        city,
        "夜场",
        session("2026-11-21 19:00", venue=city.museum),
        session("2026-11-22 10:00", venue=city.museum),
    )
    content = text_of(client, page.get_url())
    assert (
        content.count('class="session__doubt"') == 2
    )  # in the box and in the list; not at the second session


def test_a_route_is_a_timetable(city: City, client: Client) -> None:
    region = city.museum.region
    page = activity(
        city,
        "流动文化服务车",
        session("2026-11-20 09:00", region=region, place="站点一"),
        session("2026-11-20 14:00", region=region, place="站点二"),
        kind="mobile_service",
        route_name="南线",
    )
    content = text_of(client, page.get_url())
    table = content[content.index('class="timetable"') : content.index("</table>")]
    assert table.index("站点一") < table.index("站点二")
    assert "南线" in content


def test_what_is_over_or_wholly_cancelled_says_so(city: City, client: Client) -> None:
    over = activity(city, "去年的", session("2025-11-20 09:00"))
    cancelled = activity(city, "取消的", session("2026-11-20 09:00", state="cancelled", state_note="大雨"))
    for page in (over, cancelled):
        content = text_of(client, page.get_url())
        assert "message--notice" in content
        assert 'id="next-session"' not in content
    assert "2025年11月20日" in text_of(client, over.get_url())


def test_a_hidden_venue_is_not_named(city: City, client: Client) -> None:
    page = activity(city, "演出", session("2026-11-21 10:00", venue=city.palace))
    assert "工人文化宫" in text_of(client, page.get_url())
    VenuePage.objects.get(pk=city.palace.pk).unpublish()
    for address in (
        page.get_url(),
        "/news/activities/",
        "/news/activities.ics",
        f"{page.get_url()}sessions.ics",
    ):
        assert "工人文化宫" not in text_of(client, address), address


def test_a_translation_has_the_times_of_its_source_and_its_own_words(city: City, client: Client) -> None:
    page = activity(city, "演出", session("2026-11-21 10:00", region=city.museum.region, place="广场"))
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = page.copy_for_translation(english, copy_parents=True)
    copy.title, copy.live = "Performance", True
    place = copy.sessions.first()
    place.place = "the square"
    copy.sessions.add(place)
    copy.save()
    assert SessionEntry.objects.count() == 1
    copy.get_ancestors().filter(depth__gt=1).update(live=True)
    content = text_of(client, copy.get_url())
    assert "Sat 21 Nov 10:00—12:00" in content
    assert "the square" in content
    assert "广场" not in content


def test_news_about_an_activity_stands_on_its_page(city: City, client: Client) -> None:
    page = activity(city, "演出", session("2026-11-21 10:00"))
    news = NewsPage(title="演出侧记", locale=city.culture.locale, source="市文旅局")
    news.activities = [NewsActivity(activity=page)]
    type(city.culture).objects.get(pk=city.culture.pk).add_child(instance=news)
    assert "演出侧记" in text_of(client, page.get_url())


# ---------------------------------------------------------------------------------------------------
# Lists


def test_the_list_is_by_day_and_keeps_cancelled_sessions(city: City, client: Client) -> None:
    activity(city, "周六的", session("2026-11-21 10:00", venue=city.library))
    activity(city, "周日的", session("2026-11-22 10:00", state="cancelled", state_note="大雨"))
    activity(city, "昨天的", session("2026-11-18 10:00"))
    content = text_of(client, "/news/activities/")
    assert content.index("周六的") < content.index("周日的")
    assert "昨天的" not in content
    assert "occasion-card--cancelled" in content
    assert "昨天的" in text_of(client, "/news/activities/?month=2026-11")
    assert "昨天的" not in text_of(client, "/news/activities/?month=2026-12")
    weekend = text_of(client, "/news/activities/?when=weekend")
    assert "周六的" in weekend


@pytest.mark.parametrize(
    "query",
    [
        "when=soon",
        "month=2026-13",
        "month=x",
        "kind=party",
        "region=nowhere",
        "venue=nowhere",
        "audience=%00",
        "date=2026-02-30",
        "date=2026-11-21&start=21:00&end=19:00",
        "view=year",
    ],
)
def test_a_question_that_is_not_understood_is_refused(city: City, client: Client, query: str) -> None:
    for name in ("activities/", "activities.ics", "activities.atom"):
        assert client.get(f"/news/{name}?{query}").status_code == 400, name


def test_the_calendar_shows_a_month(city: City, client: Client) -> None:
    activity(city, "一日的", session("2026-11-01 10:00"))
    activity(city, "下月的", session("2026-12-01 10:00"))
    for number in range(6):
        activity(city, f"同日{number}", session(f"2026-11-21 1{number}:00"))
    content = text_of(client, "/news/activities/?view=month&month=2026-11")
    assert "一日的" in content
    assert "下月的" not in content
    assert "同日3" in content
    assert "同日4" not in content
    assert "date=2026-11-21" in content
    assert "month=2026-10" in content
    assert "month=2026-12" in content


def test_pages_of_the_list(city: City, client: Client) -> None:
    activity(city, "课程", *(session(f"2026-12-{day:02} 10:00") for day in range(1, 26)))
    assert text_of(client, "/news/activities/").count("occasion-card__when") == 20
    assert text_of(client, "/news/activities/?page=2").count("occasion-card__when") == 5
    assert text_of(client, "/news/activities/?page=99").count("occasion-card__when") == 5


def test_an_empty_list_says_what_to_do(city: City, client: Client) -> None:
    assert "/admin/" in text_of(client, "/news/activities/")
    activity(city, "演出", session("2026-11-21 10:00"))
    assert "empty-state" in text_of(client, "/news/activities/?when=tonight")
    assert "/admin/" not in text_of(client, "/news/activities/?when=tonight")


def test_nothing_that_is_not_public_stands_anywhere(city: City, client: Client) -> None:
    pages = [
        activity(city, "草稿活动", session("2026-11-21 10:00", venue=city.library), live=False),
        activity(
            city,
            "过期活动",
            session("2026-11-21 10:00", venue=city.library),
            expire_at=at("2026-11-18 00:00"),
        ),
        activity(city, "受限活动", session("2026-11-21 10:00", venue=city.library), parent=city.union),
    ]
    PageViewRestriction.objects.create(page=city.union.page_ptr, restriction_type="login")
    addresses = [
        "/",
        "/news/",
        "/news/activities/",
        "/news/activities/?view=month",
        "/news/activities.ics",
        "/news/activities.atom",
        "/venues/?when=weekend",
        city.library.get_url(),
        "/regions/350500/",
        city.culture.get_url(),
    ]
    for address in addresses:
        content = text_of(client, address)
        for page in pages:
            assert page.title not in content, (address, page.title)
    for page in pages:
        assert client.get(f"{page.get_url()}sessions.ics").status_code == 404


# ---------------------------------------------------------------------------------------------------
# Beside venues


def test_one_question_is_answered_with_venues_and_activities(city: City, client: Client) -> None:
    activity(city, "周六晚的演出", session("2026-11-21 19:00", "2026-11-21 20:30", venue=city.library))
    activity(city, "收费的演出", session("2026-11-21 19:00", "2026-11-21 20:30"), admission="paid")
    activity(city, "取消的演出", session("2026-11-21 19:00", state="cancelled", state_note="大雨"))
    VenuePage.objects.get(pk=city.library.pk)
    content = text_of(client, "/venues/?date=2026-11-21&start=19:00&end=21:00&region=350500")
    assert "市图书馆" in content
    assert "周六晚的演出" in content
    assert "取消的演出" not in content
    free = text_of(client, "/venues/?date=2026-11-21&start=19:00&end=21:00&admission=free")
    assert "周六晚的演出" in free
    assert "收费的演出" not in free
    # A question about facilities, words or kinds of hours is one about venues.
    assert "周六晚的演出" not in text_of(client, "/venues/?date=2026-11-21&start=19:00&end=21:00&q=图书馆")
    assert "周六晚的演出" not in text_of(client, "/venues/")


def test_venue_home_region_and_department_tell_of_activities(city: City, client: Client) -> None:
    activity(city, "周六的演出", session("2026-11-21 10:00", venue=city.library))
    for address in ("/", city.library.get_url(), "/regions/350500/", city.culture.get_url()):
        assert "周六的演出" in text_of(client, address), address
    for address in (city.museum.get_url(), city.union.get_url()):
        assert "周六的演出" not in text_of(client, address), address


def test_lists_and_page_take_the_same_queries_for_few_and_many(city: City, client: Client) -> None:
    page = activity(city, "演出", session("2026-11-21 10:00", venue=city.library))
    addresses = ["/news/activities/", "/news/activities/?view=month", "/news/activities.ics", page.get_url()]

    def numbers() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    before = numbers()
    for number in range(5):
        activity(
            city, f"演出{number}", session("2026-11-21 10:00", venue=city.museum), session("2026-11-23 10:00")
        )
    page = ActivityPage.objects.get(pk=page.pk)
    page.sessions = [
        *page.sessions.all(),
        *(session(f"2026-11-2{day} 10:00", venue=city.museum, locale=page.locale) for day in range(3, 9)),
    ]
    page.save()
    assert numbers() == before


def test_the_list_is_found_by_itself(city: City, client: Client) -> None:
    content = client.get("/news/activities/?kind=lecture").content.decode()
    address = NewsIndexPage.objects.get().full_exit_url("activities")
    assert f'<link rel="canonical" href="{address}">' in content


def test_a_question_that_cannot_be_understood_leads_back_to_all(city: City, client: Client) -> None:
    page = BeautifulSoup(text_of(client, "/news/activities/?kind=poem", 400), "html.parser")
    assert "poem" in page.select_one("[role=alert]").get_text()
    assert page.select_one("main a.button")["href"] == "/news/activities/"
    assert page.select("main .facets, main .empty-state") == []
