"""The map of the site for people lists what is public, in the language of the reader."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale

from home.models import HomePage
from tests.factories.pages import DisclosureGuidePageFactory, VenuePageFactory


@pytest.fixture
def city(small_city: HomePage) -> HomePage:
    return small_city


def main(client: Client, path: str = "/sitemap/") -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def test_every_channel_and_what_stands_in_it(city: HomePage, client: Client) -> None:
    guide = DisclosureGuidePageFactory()
    page = main(client)
    found = {link["href"] for link in page.select(".site-map a")}
    assert {"/", "/venues/", "/venues/notices/", "/policies/", "/news/", "/departments/"} <= found
    assert page.select_one(".site-map ul a[href='/venues/notices/']")
    assert guide.get_url() in found
    assert page.select_one("a[href='/departments/culture/']")
    guide.unpublish()
    assert guide.get_url() not in {link["href"] for link in main(client).select("a")}


def test_ways_to_venues_appear_with_the_venues(city: HomePage, client: Client) -> None:
    assert not main(client).select("#map-types")
    VenuePageFactory()
    assert main(client).select("a[href='/venues/?type=library']")


def test_a_language_has_a_map_once_its_home_page_is_public(city: HomePage, client: Client) -> None:
    assert client.get("/en/sitemap/").status_code == 404
    HomePage.objects.get(locale=Locale.objects.get(language_code="en")).save_revision().publish()
    assert {link["hreflang"] for link in main(client, "/en/sitemap/").select("a[hreflang]")} == {
        "zh-hans",
        "en",
    }
