"""News of all departments, and the venues they are about."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from news.models import NewsIndexPage, NewsPage, NewsVenue
from news.selectors import public_news
from tests.venues.editors import NOW, City, found_city
from venues.models import VenuePage


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    city = found_city()
    home = Page.objects.get(depth=2).specific
    home.add_child(instance=NewsIndexPage(title="动态", slug="news", locale=home.locale))
    return city


def item(city: City, title: str, *venues: VenuePage, **fields: Any) -> NewsPage:
    page = NewsPage(title=title, locale=city.culture.locale, **fields)
    page.venues = [NewsVenue(venue=venue) for venue in venues]
    return type(city.culture).objects.get(pk=city.culture.pk).add_child(instance=page)


def test_news_are_listed_newest_first(city: City, client: Client) -> None:
    item(city, "旧闻", first_public_at=datetime(2020, 1, 1, tzinfo=UTC))
    item(city, "新闻", first_public_at=datetime(2026, 1, 1, tzinfo=UTC))
    item(city, "草稿", live=False)
    assert [page.title for page in public_news(locale=Locale.get_default())] == ["新闻", "旧闻"]
    content = client.get("/news/").content.decode()
    assert content.index("新闻") < content.index("旧闻")
    assert "草稿" not in content
    assert client.get("/news/xin-wen/").status_code == 200
    assert client.get("/news/cao-gao/").status_code == 404


def test_news_go_through_the_gate(city: City) -> None:
    item(city, "新闻")
    PageViewRestriction.objects.create(page=city.culture.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    assert not public_news(locale=Locale.get_default())


def test_only_public_venues_are_named(city: City, client: Client) -> None:
    page = item(city, "两馆开放日", city.library, city.palace)
    assert "工人文化宫" in client.get(page.get_url()).content.decode()
    VenuePage.objects.get(pk=city.palace.pk).unpublish()
    content = client.get(page.get_url()).content.decode()
    assert "市图书馆" in content
    assert "工人文化宫" not in content


def test_rows_stay_on_the_source_page(city: City) -> None:
    page = item(city, "开放日", city.library)
    copy = page.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0], copy_parents=True)
    assert not copy.venues.exists()
