"""Addresses below a page that are no pages: one form each, and the same gate as the page itself."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.venues.editors import NOW, City, found_city
from venues.urls import DEPARTMENT_EXITS, INDEX_EXITS, VENUE_EXITS


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def addresses(city: City) -> list[str]:
    finder = city.library.get_url().removesuffix(f"{city.library.slug}/")
    found = [f"{city.library.get_url()}{name}" for name in VENUE_EXITS]
    found += [f"{finder}{name}" for name in INDEX_EXITS]
    found += [f"{city.culture.get_url()}{name}" for name in DEPARTMENT_EXITS]
    return [address if "." in address else f"{address}/" for address in found]


def test_every_exit_answers(city: City, client: Client) -> None:
    for address in addresses(city):
        assert client.get(address).status_code == 200, address
        assert client.head(address).status_code == 200, address


def test_the_path_through_the_tree_leads_to_the_one_address(city: City, client: Client) -> None:
    slug = city.library.slug
    response = client.get(f"/departments/culture/{slug}/hours.csv?a=1")
    assert (response.status_code, response.headers["Location"]) == (301, f"/venues/{slug}/hours.csv?a=1")
    response = client.get(f"/venues/{slug}/month?month=2026-12")
    assert response.status_code == 301
    assert response.headers["Location"].startswith(f"/venues/{slug}/month/")


@pytest.mark.parametrize("name", ["unknown.ics", "hours.xlsx", "hours.ics/more", "hours.ics/", "search.ics"])
def test_other_names_are_nowhere(city: City, client: Client, name: str) -> None:
    assert client.get(f"{city.library.get_url()}{name}").status_code == 404


def test_what_is_hidden_has_no_exits(city: City, client: Client) -> None:
    url = city.library.get_url()
    restriction = PageViewRestriction.objects.create(
        page=city.library, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )
    assert {client.get(f"{url}{name}").status_code for name in VENUE_EXITS if "." in name} == {404}
    restriction.delete()
    assert client.get(f"{url}hours.ics").status_code == 200
    city.culture.unpublish()
    assert {client.get(f"{url}{name}").status_code for name in VENUE_EXITS if "." in name} == {404}
    assert client.get(f"{city.culture.get_url()}hours.ics").status_code == 404


def test_no_venue_takes_the_name_of_an_exit(city: City) -> None:
    city.museum.slug = next(name for name in INDEX_EXITS if "." not in name)
    with pytest.raises(ValidationError) as refused:
        city.museum.full_clean()
    assert "slug" in refused.value.message_dict
