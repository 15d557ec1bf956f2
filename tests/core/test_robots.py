"""What machines are asked to leave alone."""

import pytest
from django.test import Client, RequestFactory
from django.urls import clear_script_prefix, set_script_prefix

from home.models import HomePage
from openness.core.models import SiteIdentity
from openness.core.robots import robots


@pytest.fixture
def city(small_city: HomePage) -> HomePage:
    return small_city


def lines(client: Client) -> list[str]:
    response = client.get("/robots.txt")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    assert "max-age=3600" in response["Cache-Control"]
    return response.content.decode().splitlines()


def test_desk_search_and_filters_are_left_alone(city: HomePage, client: Client) -> None:
    said = lines(client)
    assert said[0] == "User-agent: *"
    assert {
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /en/search/",
        "Disallow: /zh-hant/search/",
        "Disallow: /*?",
        "Allow: /*?page=",
    } <= set(said)
    assert "Disallow: /" not in said
    assert said[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_a_demonstration_keeps_machines_away(city: HomePage, client: Client) -> None:
    SiteIdentity.objects.update(is_demo=True)
    assert lines(client) == ["User-agent: *", "Disallow: /"]


def test_a_site_below_a_path_names_its_own_addresses(city: HomePage, rf: RequestFactory) -> None:
    set_script_prefix("/wenhua/")
    try:
        said = robots(rf.get("/wenhua/robots.txt")).content.decode().splitlines()
    finally:
        clear_script_prefix()
    assert "Disallow: /wenhua/admin/" in said
    assert said[-1] == "Sitemap: http://testserver/wenhua/sitemap.xml"


def test_nobody_posts_to_it(client: Client, db: None) -> None:
    assert client.post("/robots.txt").status_code == 405
