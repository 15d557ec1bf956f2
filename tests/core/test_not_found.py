"""A wrong address says so (404), gives its words to the search and names public pages only."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.models import HomePage
from tests.factories.pages import NewsPageFactory, VenuePageFactory


@pytest.fixture
def city(small_city: HomePage) -> HomePage:
    return small_city


def missing(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 404
    return BeautifulSoup(response.content, "html.parser")


def suggested(page: BeautifulSoup) -> list[str]:
    return [link["href"] for link in page.select(".error-page__found a")]


def asked(page: BeautifulSoup) -> str:
    return page.select_one("main input[name=q]")["value"]


def test_a_page_that_moved_is_suggested(city: HomePage, client: Client) -> None:
    venue = VenuePageFactory(title="市图书馆东海馆", slug="shi-tu-shu-guan-dong-hai-guan")
    page = missing(client, "/library/shi-tu-shu-guan-dong-hai-guan.html")
    assert suggested(page) == [venue.get_url()]
    assert page.select_one(".error-page__found .row-list__meta span").get_text() == "场馆"
    assert asked(page) == "shi tu shu guan dong hai guan"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


def test_most_of_the_words_are_enough(city: HomePage, client: Client) -> None:
    venue = VenuePageFactory(title="市图书馆", slug="shi-tu-shu-guan")
    assert suggested(missing(client, "/shi-tu-shu-guan-xin/")) == [venue.get_url()]
    assert suggested(missing(client, "/quan-shi-tu-shu-guan/")) == [venue.get_url()]
    assert suggested(missing(client, "/wen-hua-guan/")) == []


def test_chinese_in_the_address_is_searched_in_titles(city: HomePage, client: Client) -> None:
    venue = VenuePageFactory(title="泉州市图书馆", slug="shi-tu-shu-guan")
    page = missing(client, "/泉州市图书馆/")
    assert (suggested(page), asked(page)) == ([venue.get_url()], "泉州市图书馆")


def test_what_is_hidden_is_not_named(city: HomePage, client: Client) -> None:
    draft = VenuePageFactory(slug="shi-tu-shu-guan")
    draft.unpublish()
    restricted = NewsPageFactory(slug="shi-tu-shu-guan-tong-zhi")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    page = missing(client, draft.get_url())
    assert suggested(page) == []
    assert draft.title not in page.get_text()


def test_the_languages_do_not_mix(city: HomePage, client: Client) -> None:
    VenuePageFactory(slug="shi-tu-shu-guan")
    page = missing(client, "/en/venues/shi-tu-shu-guan-xin/")
    assert page.html["lang"] == "en"
    assert suggested(page) == []
    assert asked(page) == "shi tu shu guan xin"
    assert page.select_one("main form")["action"] == "/en/search/"


@pytest.mark.parametrize(
    "path", ["/wp-login.php", "/.env", "/%00/", "/a/", "/" + "x-" * 300 + "/", "/%27%22%3Cscript%3E/"]
)
def test_machines_get_a_plain_answer(city: HomePage, client: Client, path: str) -> None:
    VenuePageFactory(slug="shi-tu-shu-guan")
    page = missing(client, path)
    assert suggested(page) == []
    assert not page.select("main script")


def test_what_asks_for_a_file_costs_no_look_up(city: HomePage, client: Client) -> None:
    missing(client, "/nowhere/")
    with CaptureQueriesContext(connection) as captured:
        missing(client, "/img/logo.png")
    assert not [query for query in captured if "LIKE" in query["sql"]]
