"""Data for search engines: what documents, news, activities, departments and the site say of themselves."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.models import DepartmentPage, HomePage
from news.models import ActivityOrganiser, ActivitySession
from openness.core import clock
from policies.models import PolicyRelation
from tests.factories.pages import (
    ActivityPageFactory,
    NewsPageFactory,
    PolicyPageFactory,
    VenuePageFactory,
)


@pytest.fixture
def city(small_city: HomePage) -> HomePage:
    return small_city


def data(client: Client, url: str) -> dict[str, Any]:
    """Return the data of a page by type."""
    response = client.get(url)
    assert response.status_code == 200
    scripts = BeautifulSoup(response.content, "html.parser").select("script[type='application/ld+json']")
    found = [json.loads(script.get_text()) for script in scripts]
    assert {each["@context"] for each in found} == {"https://schema.org"}
    return {each.get("@type", "@graph"): each for each in found}


def test_the_home_page_is_a_site_that_can_be_searched(city: HomePage, client: Client) -> None:
    (site,) = data(client, "/").values()
    assert site["@type"] == "WebSite"
    assert site["name"] == "泉州市公共文化开放"
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("/search/?q={search_term_string}")


def test_a_department_is_an_organization(city: HomePage, client: Client) -> None:
    page = DepartmentPage.objects.get(slug="culture")
    page.phone = "0595-12345"
    page.save()
    said = data(client, page.get_url())["GovernmentOrganization"]
    assert (said["name"], said["alternateName"], said["telephone"]) == ("市文旅局", "文旅局", "0595-12345")
    assert said["areaServed"]["name"] == "泉州市"


def test_a_document_is_legislation(city: HomePage, client: Client) -> None:
    page = PolicyPageFactory(
        number="泉政规〔2026〕3号", document_kind="opinion", valid_until=date(2031, 6, 30)
    )
    said = data(client, page.get_url())["Legislation"]
    assert said["legislationIdentifier"] == "泉政规〔2026〕3号"
    assert (said["legislationDate"], said["legislationDateOfApplicability"]) == ("2026-06-30", "2026-07-01")
    assert said["expires"] == "2031-06-30"
    assert said["legislationLegalForce"] == "https://schema.org/InForce"
    assert [body["name"] for body in said["legislationPassedBy"]] == ["市文旅局"]


def test_a_document_names_what_it_acts_on_as_far_as_that_is_public(city: HomePage, client: Client) -> None:
    old = PolicyPageFactory(title="旧办法", written_on=date(2020, 1, 1), effective_on=date(2020, 1, 1))
    hidden = PolicyPageFactory(title="内部草稿", written_on=date(2020, 1, 1), effective_on=date(2020, 1, 1))
    page = PolicyPageFactory(title="新办法")
    page.relations = [
        PolicyRelation(kind="replaces", target=old),
        PolicyRelation(kind="amends", target=hidden),
        PolicyRelation(kind="based_on", target_title="中华人民共和国公共文化服务保障法"),
    ]
    page.save()
    hidden.unpublish()
    said = data(client, page.get_url())["Legislation"]
    assert said["legislationRepeals"] == [
        {"@type": "Legislation", "name": "旧办法", "url": f"http://testserver{old.get_url()}"}
    ]
    assert said["isBasedOn"] == [{"@type": "Legislation", "name": "中华人民共和国公共文化服务保障法"}]
    assert "legislationAmends" not in said
    assert (
        data(client, old.get_url())["Legislation"]["legislationLegalForce"] == "https://schema.org/NotInForce"
    )


def test_news_is_an_article(city: HomePage, client: Client) -> None:
    page = NewsPageFactory(author="陈记者", origin="reprint", source_url="https://example.org/news/1")
    said = data(client, page.get_url())["NewsArticle"]
    assert said["headline"] == page.title
    assert said["datePublished"] == "2026-11-19T02:00:00+00:00"
    assert said["author"] == {"@type": "Person", "name": "陈记者"}
    assert said["isBasedOn"] == "https://example.org/news/1"


def test_each_session_is_an_event(city: HomePage, client: Client) -> None:
    venue = VenuePageFactory(title="市图书馆", slug="shi-tu-shu-guan")
    hidden = VenuePageFactory(title="未公开的馆")
    page = ActivityPageFactory()
    starts = clock.now() + timedelta(days=2)
    page.sessions = [
        ActivitySession(
            starts_at=starts + timedelta(days=number),
            ends_at=starts + timedelta(days=number, hours=2),
            locale=page.locale,
            **fields,
        )
        for number, fields in enumerate(
            [{"venue": venue}, {"place": "府文庙", "state": "cancelled"}, {"venue": hidden, "state": "moved"}]
        )
    ]
    page.organisers = [ActivityOrganiser(name="市作家协会")]
    page.save()
    hidden.unpublish()
    events = data(client, page.get_url())["@graph"]["@graph"]
    assert [event["eventStatus"].rpartition("/")[2] for event in events] == [
        "EventScheduled",
        "EventCancelled",
        "EventRescheduled",
    ]
    assert events[0]["startDate"] == "2026-11-21T10:00:00+08:00"
    assert events[0]["location"]["name"] == "市图书馆"
    assert events[0]["location"]["url"] == f"http://testserver{venue.get_url()}"
    assert events[1]["location"]["name"] == "府文庙"
    assert "location" not in events[2]
    assert {event["organizer"][0]["name"] for event in events} == {"市作家协会"}
    assert len({event["@id"] for event in events}) == 3


def test_the_way_from_home_is_told(city: HomePage, client: Client) -> None:
    page = NewsPageFactory()
    steps = data(client, page.get_url())["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [
        (1, "泉州市公共文化开放"),
        (2, "新闻动态"),
        (3, page.title),
    ]
    assert steps[2]["item"] == f"http://testserver{page.get_url()}"


def test_words_cannot_end_the_script(city: HomePage, client: Client) -> None:
    page = NewsPageFactory(title="</script><script>alert(1)</script>")
    response = client.get(page.get_url())
    assert b"<script>alert" not in response.content
    assert data(client, page.get_url())["NewsArticle"]["headline"] == page.title
