"""The sitemaps name every public page and nothing else, in all languages, at a cost that does not grow per page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage
from openness.core import clock, sitemaps
from tests.factories.media import ImageFactory
from tests.factories.pages import (
    NewsPageFactory,
    OpeningNoticePageFactory,
    VenuePageFactory,
)
from venues.models import VenuePhoto

PREFIX = "http://testserver"


@pytest.fixture
def city(small_city: HomePage, settings: Any, tmp_path: Any) -> HomePage:
    settings.MEDIA_ROOT = tmp_path
    return small_city


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    assert response["Content-Type"] == "application/xml"
    assert "public" in response["Cache-Control"]
    return b"".join(response).decode()


def parts(client: Client) -> list[str]:
    index = BeautifulSoup(text(client, "/sitemap.xml"), "xml")
    return [each.get_text().removeprefix(PREFIX) for each in index.select("sitemap > loc")]


def entries(client: Client) -> dict[str, Any]:
    """Return the entries of all parts but the news, by the address without its host; none stands twice."""
    found: list[Any] = []
    for part in parts(client):
        if part != "/sitemap-news.xml":
            found += BeautifulSoup(text(client, part), "xml").select("url")
    by_path = {re.sub(r"^http://[^/]+", "", entry.loc.get_text()): entry for entry in found}
    assert len(by_path) == len(found)
    return by_path


def test_every_public_page_and_nothing_else(city: HomePage, client: Client) -> None:
    shown = [VenuePageFactory(), NewsPageFactory()]
    draft, restricted, expired = VenuePageFactory(), NewsPageFactory(), NewsPageFactory()
    draft.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    Page.objects.filter(pk=expired.pk).update(expire_at=clock.now() - timedelta(hours=1))
    paths = set(entries(client))
    assert {page.get_url() for page in shown} <= paths
    assert {"/", "/venues/", "/venues/notices/", "/policies/", "/news/", "/departments/culture/"} <= paths
    assert not {draft.get_url(), restricted.get_url(), expired.get_url()} & paths
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_an_entry_says_when_it_changed(city: HomePage, client: Client) -> None:
    page = NewsPageFactory(first_public_at=clock.now() - timedelta(days=30))
    assert entries(client)[page.get_url()].lastmod.get_text() == "2026-10-20T10:00:00+08:00"


def test_translations_name_each_other(city: HomePage, client: Client) -> None:
    page = NewsPageFactory()
    assert not entries(client)[page.get_url()].find_all("link")
    english = Locale.objects.get(language_code="en")
    index = page.column_page().copy_for_translation(english)
    copy = page.copy_for_translation(english, copy_parents=True)
    assert not entries(client)[page.get_url()].find_all("link")
    for each in (HomePage.objects.get(locale=english), index, copy):
        each.save_revision().publish()
    found = entries(client)
    for path in (page.get_url(), f"/en{page.get_url()}"):
        links = {link["hreflang"]: link["href"] for link in found[path].find_all("link")}
        assert {code: re.sub(r"^http://[^/]+", "", url) for code, url in links.items()} == {
            "zh-hans": page.get_url(),
            "en": f"/en{page.get_url()}",
        }


def test_a_picture_is_named_once_it_is_ready(city: HomePage, client: Client) -> None:
    venue = VenuePageFactory()
    venue.photos.add(VenuePhoto(image=ImageFactory(), locale=venue.locale))
    venue.save()
    assert not entries(client)[venue.get_url()].find("image")
    client.get(venue.get_url())
    picture = entries(client)[venue.get_url()].find("image").loc.get_text()
    assert picture.startswith(f"{PREFIX}/media/images/")


def test_news_of_the_last_two_days(city: HomePage, client: Client) -> None:
    fresh = NewsPageFactory(title="今天 <新>", first_public_at=clock.now() - timedelta(hours=47))
    NewsPageFactory(title="旧闻", first_public_at=clock.now() - timedelta(hours=49))
    hidden = NewsPageFactory(title="草稿")
    hidden.unpublish()
    notice = OpeningNoticePageFactory(title="闭馆公告")
    found = BeautifulSoup(text(client, "/sitemap-news.xml"), "xml").select("url")
    titles = {entry.find("title").get_text(): entry for entry in found}
    assert set(titles) == {fresh.title, notice.title}
    news = titles[fresh.title]
    assert news.find("publication_date").get_text() == "2026-11-17T11:00:00+08:00"
    assert news.find("language").get_text() == "zh-cn"
    assert news.find("name").get_text() == "泉州市公共文化开放"


def test_many_pages_are_cut_into_parts(
    city: HomePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PAGES_PER_PART", 2)
    monkeypatch.setattr(sitemaps, "CHUNK", 1)
    pages = [NewsPageFactory() for __ in range(5)]
    assert [part for part in parts(client) if "newspage" in part] == [
        f"/sitemap-newspage-{number}.xml" for number in (1, 2, 3)
    ]
    assert {page.get_url() for page in pages} <= set(entries(client))


@pytest.mark.parametrize(
    "path",
    ["/sitemap-newspage-2.xml", "/sitemap-newspage-0.xml", "/sitemap-user-1.xml", "/sitemap-page-1.xml"],
)
def test_a_part_that_is_not_there(city: HomePage, client: Client, path: str) -> None:
    NewsPageFactory()
    assert client.get(path).status_code == 404


def test_the_cost_does_not_grow_with_pages(city: HomePage, client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(client, "/sitemap-newspage-1.xml")
        return len(captured)

    NewsPageFactory()
    cost()
    one = cost()
    for __ in range(10):
        NewsPageFactory()
    assert cost() == one
