"""Home, departments and regions say what they should, at a cost that does not grow."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home.models import DepartmentPage, HomePage
from openness.core import clock
from tests import facts
from tests.venues.editors import notice
from venues.models import VenueEntry, VenuePage

PAGES = {
    "home": "/",
    "finder": "/venues/",
    "finder, saturday": "/venues/?date=2026-11-21&start=19:00&end=21:00&admission=free",
    "venue": "/venues/quan-zhou-shi-tu-shu-guan-dong-hai-guan/",
    "department": "/departments/culture/",
    "departments": "/departments/",
    "region": "/regions/350503/",
    "notices": "/venues/notices/",
    "search": "/search/?q=图书馆",
}


@pytest.fixture
def pages(demo_city: None) -> dict[str, str]:
    library = VenuePage.objects.get(code="qz-library-donghai")
    return {**PAGES, "venue": library.get_url()}


def soup(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser")


def cards(page: BeautifulSoup) -> list[str]:
    """Return the texts of the venues' cards; those of activities look alike."""
    return [card.get_text(" ", strip=True) for card in page.select(".venue-card:not(.occasion-card)")]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole(pages: dict[str, str], client: Client, name: str) -> None:
    page = soup(client, pages[name])
    assert page.html["lang"].lower() == "zh-hans"
    assert len(page.select("h1")) == 1
    assert page.title.get_text(strip=True)
    # The policy of the site allows neither.
    assert not page.select("style, [style], [onclick]")
    assert not [
        script
        for script in page.select("script")
        if script.get_text(strip=True) and script.get("type") != "application/ld+json"
    ]


def test_home_tells_what_is_open_now(demo_city: None, client: Client) -> None:
    page = soup(client, "/")
    text = page.get_text(" ", strip=True)
    assert str(len(facts.OPEN_AT_FROZEN_NOW)) in page.select_one(".hero__now").get_text()
    assert len(cards(page)) == 6
    assert page.select("a[href*='when=tonight']")
    assert "市文旅局" in text or "泉州市文化广电和旅游局" in text
    assert page.select("a[href='/regions/350503/']")


@pytest.mark.parametrize("name", ["home-news", "home-policies"])
def test_a_list_on_the_home_page_has_the_days_in_whose_order_it_is(
    demo_city: None, client: Client, name: str
) -> None:
    days = [
        row.get_text(strip=True)
        for row in soup(client, "/").select(f"[aria-labelledby={name}] .row-list__meta")
    ]
    assert len(days) > 1
    assert [date.fromisoformat(day).isoformat() for day in days] == sorted(days, reverse=True)


def test_departments_are_listed_with_the_number_of_their_venues(demo_city: None, client: Client) -> None:
    page = soup(client, "/departments/")
    for each in DepartmentPage.objects.filter(locale__language_code="zh-hans"):
        assert page.select_one(f"a[href='/departments/{each.slug}/']"), each.slug
    culture = page.select_one("a[href='/departments/culture/']")
    number = VenuePage.objects.descendant_of(DepartmentPage.objects.get(slug="culture")).count()
    assert str(number) in culture.parent.get_text()


def test_a_department_shows_what_it_runs(demo_city: None, client: Client) -> None:
    page = soup(client, "/departments/culture/")
    titles = {
        venue.title for venue in VenuePage.objects.descendant_of(DepartmentPage.objects.get(slug="culture"))
    }
    shown = cards(page)
    assert len(shown) == len(titles)
    assert all(any(title in card for card in shown) for title in titles)


def test_a_region_shows_everything_below_it(demo_city: None, client: Client) -> None:
    shown = cards(soup(client, "/regions/350503/"))
    inside = VenuePage.objects.filter(region__lineage__contains="/350503/")
    assert len(shown) == inside.count() > 0
    assert len(cards(soup(client, "/regions/350500/"))) == 48


@pytest.mark.parametrize(
    "path", ["/regions/nowhere/", "/regions/%00/", "/en/regions/350503/", "/departments/nowhere/"]
)
def test_what_is_not_there_is_not_found(demo_city: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_home_page_answers_in_its_own_language_only(demo_city: None, client: Client) -> None:
    assert HomePage.objects.filter(live=True).count() == 1
    assert client.get("/en/").status_code == client.get("/zh-hant/").status_code == 404


# ---------------------------------------------------------------------------------------------------
# The cost


def cost(client: Client, path: str) -> int:
    client.get(path)  # names and the site's roots are in the cache afterwards
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def costs(client: Client, pages: dict[str, str]) -> dict[str, int]:
    return {name: cost(client, path) for name, path in pages.items()}


def test_cost_does_not_grow_with_venues(pages: dict[str, str], client: Client) -> None:
    many = costs(client, pages)
    kept = [
        "qz-library-donghai",
        "qz-library-children",
        "fz-library",
        "lc-library",
        "haijiao",
        "mintaiyuan",
        "pilot-01",
    ]
    VenueEntry.objects.exclude(code__in=kept).delete()
    Page.objects.filter(venuepage__isnull=False).exclude(venuepage__code__in=kept).update(live=False)
    few = costs(client, pages)
    # A page on which nothing has a notice, or nothing has words of its own, saves their look-ups.
    assert {name: many[name] - few[name] for name in pages if many[name] > few[name] + 3} == {}
    assert max(many.values()) < 70, many


def test_cost_does_not_grow_with_notices(pages: dict[str, str], client: Client) -> None:
    venue = VenuePage.objects.get(code="qz-library-donghai")
    first = clock.today() + timedelta(days=10)

    def announce(number: int) -> None:
        day = first + timedelta(days=number)
        notice(venue.get_parent().specific, venue, title=f"公告{number}", first=day, last=day)

    announce(0)
    few = costs(client, pages)
    for number in range(1, 20):
        announce(number)
    many = costs(client, pages)
    assert {name: many[name] - few[name] for name in pages} == dict.fromkeys(pages, 0)
