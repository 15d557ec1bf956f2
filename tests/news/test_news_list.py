"""The list of news: filters, archive, pages, and what it costs."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from news.news_questions import NewsQuestion
from news.selectors import find_news, news_counts, public_news
from tests.news.items import Offices, at, department_in, district, found_newsroom, found_offices, item, topic
from tests.venues.editors import NOW, City
from venues.models import VenuePage

BAD_MONTHS = ("2026-13", "26", "2026-1", "0000", "٢٠٢٦")


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_newsroom()


@pytest.fixture
def offices(db: None, settings: Any) -> Offices:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_offices()


def soup(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == status, path
    return BeautifulSoup(response.content, "html.parser")


def titles(client: Client, query: str = "") -> list[str]:
    return [link.get_text() for link in soup(client, f"/news/{query}").select(".row-list__title a")]


def archive(page: BeautifulSoup) -> dict[str, int]:
    """Return the numbers that the archive shows, by month or year."""
    return {
        each["href"].partition("month=")[2]: int(each.select_one(".facet__count").get_text())
        for each in page.select(".facet__option[href*='month=']")
    }


def test_rows_say_minute_and_source(offices: Offices, client: Client) -> None:
    item(offices.culture, "新闻", source="市文旅局", summary="导语", public_at="2026-11-18T01:30:00Z")
    row = soup(client, "/news/").select_one(".row-list li").get_text(" ", strip=True)
    assert row == "新闻 导语 市文旅局 2026-11-18 09:30"


def test_each_filter_leaves_what_it_names(offices: Offices, client: Client) -> None:
    reading, sport = topic("reading", "阅读"), topic("sport", "健身")
    item(offices.culture, "读书", topics=(reading,), public_at="2026-11-01T00:00:00+08:00")
    item(offices.culture, "跑步", topics=(sport, reading), public_at="2026-10-31T23:59:00+08:00")
    item(offices.union, "合唱", public_at="2025-05-01T12:00:00+08:00")
    assert titles(client) == ["读书", "跑步", "合唱"]
    assert titles(client, "?topic=reading") == ["读书", "跑步"]
    assert titles(client, "?topic=sport") == ["跑步"]
    assert titles(client, "?department=union") == ["合唱"]
    assert titles(client, "?month=2026-11") == ["读书"]
    assert titles(client, "?month=2026-10") == ["跑步"]
    assert titles(client, "?month=2026-12") == []
    assert titles(client, "?month=2026") == ["读书", "跑步"]
    assert titles(client, "?topic=reading&department=union") == []
    assert soup(client, "/news/?topic=reading&department=union").select_one(".empty-state a[href='/news/']")


def test_a_region_has_the_news_of_its_departments_and_about_its_venues(city: City, client: Client) -> None:
    fengze = district("350503", "丰泽区")
    library = VenuePage.objects.get(pk=city.library.pk)
    library.region = fengze
    library.save()
    item(department_in(fengze, "fz", "丰泽区文旅局"), "区里的事")
    item(city.culture, "馆里的事", library, city.museum)
    item(city.culture, "市里的事", city.museum)
    assert set(titles(client, "?region=350503")) == {"区里的事", "馆里的事"}
    assert len(titles(client, "?region=350500")) == 3


def test_numbers_are_those_of_the_lists_behind_them(offices: Offices, client: Client) -> None:
    reading, sport = topic("reading", "阅读"), topic("sport", "健身")
    fengze, licheng = district("350503", "丰泽区"), district("350502", "鲤城区")
    fz, lc = department_in(fengze, "fz", "丰泽文旅"), department_in(licheng, "lc", "鲤城文旅")
    for number, parent in enumerate((offices.culture, offices.culture, offices.union, fz, lc)):
        item(
            parent,
            f"第{number}条",
            topics=(reading, sport)[: number % 3],
            public_at=f"202{5 + number % 2}-1{number % 3}-01T00:00:00+08:00",
        )
    item(offices.culture, "草稿", topics=(reading,), live=False)
    for query in ("", "?month=2026"):
        page = soup(client, f"/news/{query}")
        for option in page.select(".facet__option:not([aria-current])"):
            count = int(option.select_one(".facet__count").get_text())
            assert count == len(titles(client, option["href"].removeprefix("/news/"))), option["href"]


def test_the_archive_opens_a_year(offices: Offices, client: Client) -> None:
    for instant in ("2026-11-01T00:30:00+08:00", "2026-03-01T12:00:00+08:00", "2025-05-01T12:00:00+08:00"):
        item(offices.culture, instant, public_at=instant)
    assert archive(soup(client, "/news/")) == {"2026-11": 1, "2026-03": 1, "2026": 2, "2025": 1}
    assert list(archive(soup(client, "/news/?month=2025"))) == ["2025-05", "2026"]


def test_a_bad_parameter_is_explained(offices: Offices, client: Client) -> None:
    item(offices.culture, "新闻")
    for query in ("topic=nowhere", "department=%00", "region=%27", *(f"month={text}" for text in BAD_MONTHS)):
        page = soup(client, f"/news/?{query}", status=400)
        assert page.select_one(".message[role=alert]").get_text(strip=True), query
        assert not page.select(".row-list")
        assert client.get(f"/news/feed.atom?{query}").status_code == 400


def test_other_parameters_do_no_harm(offices: Offices, client: Client) -> None:
    item(offices.culture, "新闻")
    for query in ("page=abc", "page=-1", "page=99999999", "page=2", "foo=bar"):
        assert titles(client, f"?{query}") == ["新闻"], query


def test_an_empty_list_says_what_to_do(offices: Offices, client: Client) -> None:
    assert soup(client, "/news/").select_one(".empty-state a")["href"] == "/admin/"


def test_pages_hold_twenty(offices: Offices, client: Client) -> None:
    for number in range(21):
        item(offices.culture, f"第{number:02}条", public_at=f"2026-11-01T10:{number:02}:00+08:00")
    assert titles(client)[0] == "第20条"
    assert len(titles(client)) == 20
    assert titles(client, "?page=2") == ["第00条"]
    assert (
        soup(client, "/news/?month=2026-11").select_one("a[rel=next]")["href"]
        == "/news/?month=2026-11&page=2"
    )


def test_the_gate_is_that_of_the_page_itself(offices: Offices) -> None:
    locale = Locale.get_default()
    shown = item(offices.culture, "公开")
    item(offices.culture, "草稿", live=False)
    item(offices.culture, "过期", expire_at=at("2026-11-01T00:00:00+08:00"))
    hidden = item(offices.union, "下线的部门")
    type(offices.union).objects.get(pk=offices.union.pk).unpublish()
    assert list(find_news(NewsQuestion(), locale=locale)) == list(public_news(locale=locale)) == [shown]
    counts = news_counts(NewsQuestion(), locale=locale)
    assert counts["department"] == {"culture": 1}
    assert sum(number for month, number in counts["month"].items() if len(month) == 4) == 1
    assert hidden.pk


def test_the_cost_does_not_grow(city: City, client: Client) -> None:
    reading = topic("reading", "阅读")

    def cost(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    for number in range(2):
        item(city.culture, f"甲{number}", city.library, topics=(reading,))
    few = cost("/news/"), cost("/news/feed.atom")
    for number in range(10):
        item(city.union, f"乙{number}", city.palace, topics=(reading,))
    assert (cost("/news/"), cost("/news/feed.atom")) == few
    assert max(few) < 40
