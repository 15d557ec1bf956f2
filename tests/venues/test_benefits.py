"""Who pays what: every group finds its own offers, services and rules, and nothing that is not public."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from openness.departments.models import AudienceGroup
from policies.enums import Relation
from policies.models import PolicyBenefit, PolicyPage, PolicyRelation
from tests.policies.documents import found_library, policy
from tests.venues.editors import NOW, City
from venues.benefits import PER_PAGE
from venues.models import Offer, OfferAudience, ServiceItem, VenueIndexPage, VenuePage

OVERVIEW = "/venues/benefits/"
PUPILS = "/venues/benefits/pupils/"


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    for code, name, parent in (
        ("young", "未成年人与学生", ""),
        ("pupils", "中小学生", "young"),
        ("primary", "小学生", "pupils"),
        ("students", "大学生", "young"),
        ("over-60", "60周岁以上老年人", ""),
    ):
        AudienceGroup.objects.create(
            code=code,
            name=name,
            parent_code=parent,
            locale=Locale.objects.get_or_create(language_code="zh-hans")[0],
        )
    return found_library()


def offer(venue: VenuePage, name: str, *groups: str, **fields: Any) -> None:
    page = VenuePage.objects.get(pk=venue.pk)
    row = Offer(name=name, **{"price": Decimal(5), "proof_required": "学生证", **fields})
    row.audiences = [OfferAudience(audience=AudienceGroup.objects.get(code=code)) for code in groups]
    page.offers = [*page.offers.all(), row]
    page.save()


def rule(city: City, title: str, group: str, **fields: Any) -> PolicyPage:
    page = policy(city, title, **fields)
    audience = AudienceGroup.objects.get(code=group)
    page.benefits = [PolicyBenefit(audience=audience, grants=f"{title}：凭证免费", anchor="第二十一条")]
    page.body = [("clause", {"number": "第二十一条", "text": "<p>对中小学生免费。</p>"})]
    page.save()
    return page


def names(client: Client, address: str = PUPILS, kind: str = "offers") -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [line.name for line in response.context[kind]]


def groups(client: Client) -> dict[str, str]:
    wholes = client.get(OVERVIEW).context["groups"]
    return {line["name"]: line["summary"] for whole in wholes for line in [whole, *whole["parts"]]}


def test_a_group_gets_what_wider_groups_get_and_sees_what_its_parts_get(city: City, client: Client) -> None:
    offer(city.museum, "学生票", "pupils", price=Decimal(10), normal_price=Decimal(20))
    offer(city.museum, "少儿票", "young", price=Decimal(8))
    offer(city.palace, "小学生票", "primary", "over-60", price=Decimal(0))
    offer(city.palace, "大学生票", "students")
    offer(city.library, "通票")
    assert names(client) == ["小学生票", "少儿票", "学生票"]
    assert names(client, "/venues/benefits/primary/") == ["小学生票", "少儿票", "学生票"]
    assert names(client, "/venues/benefits/over-60/") == ["小学生票"]
    content = client.get(PUPILS).content.decode()
    assert "小学生、60周岁以上老年人" in content
    assert f'<a href="{city.museum.get_url()}">海交馆</a>' in content
    for text in ("学生证", "10 元", "20 元", "免费"):
        assert text in content
    links = client.get(PUPILS).context
    assert [each["name"] for each in links["wider"]] == ["未成年人与学生"]
    assert [each["name"] for each in links["parts"]] == ["小学生"]


def test_offers_that_are_over_are_gone(city: City, client: Client) -> None:
    offer(city.museum, "旧票", "pupils", valid_to=date(2026, 11, 18))
    offer(city.museum, "今日止", "pupils", valid_to=date(2026, 11, 19))
    offer(city.museum, "来年票", "pupils", valid_from=date(2027, 1, 1))
    assert sorted(names(client)) == ["今日止", "来年票"]


@pytest.mark.parametrize("hide", ["draft", "restricted", "closed for good"])
def test_hidden_and_ended_venues_offer_nothing(city: City, client: Client, hide: str) -> None:
    offer(city.museum, "学生票", "pupils")
    page = VenuePage.objects.get(pk=city.museum.pk)
    page.service_items = [ServiceItem(name="讲解", audience=AudienceGroup.objects.get(code="pupils"))]
    page.save()
    assert groups(client)
    if hide == "draft":
        page.unpublish()
    elif hide == "restricted":
        PageViewRestriction.objects.create(
            page=city.culture.page_ptr, restriction_type=PageViewRestriction.LOGIN
        )
    else:
        page.life = "closed_for_good"
        page.save()
    assert names(client) == names(client, kind="services") == []
    assert groups(client) == {}


def test_services_are_listed(city: City, client: Client) -> None:
    page = VenuePage.objects.get(pk=city.museum.pk)
    pupils = AudienceGroup.objects.get(code="pupils")
    page.service_items = [
        ServiceItem(name="研学", audience=pupils, price_note="每人20元"),
        ServiceItem(name="存包"),
    ]
    page.save()
    assert names(client, kind="services") == ["研学"]
    assert list(groups(client)) == ["未成年人与学生", "中小学生", "小学生"]
    assert all("1" in summary for summary in groups(client).values())


def test_rules_are_linked_at_their_provision(city: City, client: Client) -> None:
    page = rule(city, "博物馆条例", "young", number="国务院令第659号")
    [line] = client.get(PUPILS).context["rules"]
    assert (line.document, line.number, line.place) == ("博物馆条例", "国务院令第659号", "第二十一条")
    assert line.url == f"{page.get_url()}#art-21"
    assert f'id="{line.url.partition("#")[2]}"' in client.get(page.get_url()).content.decode()
    assert client.get("/venues/benefits/over-60/").context["rules"] == []


def test_rules_that_are_not_public_or_no_longer_hold_are_left_out(city: City, client: Client) -> None:
    holds = rule(city, "现行办法", "pupils", written_on=date(2020, 1, 1))
    gone = rule(city, "旧办法办法", "pupils", written_on=date(2010, 1, 1))
    rule(city, "未来办法", "pupils", effective_on=date(2027, 1, 1))
    hidden = rule(city, "草稿办法", "pupils")
    hidden.unpublish()
    holds.relations = [PolicyRelation(kind=Relation.REPEALS, target=gone)]
    holds.save()
    assert [line.document for line in client.get(PUPILS).context["rules"]] == ["现行办法"]


def test_free_venues_are_for_everyone(city: City, client: Client) -> None:
    page = VenuePage.objects.get(pk=city.library.pk)
    page.admission = "free"
    page.save()
    context = client.get(OVERVIEW).context
    assert [each["name"] for each in context["free"]] == ["市图书馆"]
    assert context["free_total"] == 1
    assert client.get(context["free_url"]).status_code == 200


def test_nothing_yet(city: City, client: Client) -> None:
    assert groups(client) == {}
    assert "empty-state" in client.get(OVERVIEW).content.decode()
    assert "empty-state" in client.get(PUPILS).content.decode()
    assert OVERVIEW in client.get("/venues/").content.decode()


def test_addresses(city: City, client: Client) -> None:
    assert client.get("/venues/benefits/nobody/").status_code == 404
    assert client.get("/venues/benefits/pupils/more/").status_code == 404
    assert client.get("/venues/nothing/pupils/").status_code == 404
    # A venue cannot take the address.
    page = VenuePage(title="福利馆", slug="benefits", locale=city.culture.locale)
    assert not page._slug_is_available("benefits", city.culture, page)
    PageViewRestriction.objects.create(
        page=city.library.get_parent().get_parent().get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert client.get(PUPILS).status_code == 404


def test_a_group_is_found_by_itself(city: City, client: Client) -> None:
    page = BeautifulSoup(client.get(PUPILS).content, "html.parser")
    address = f"{VenueIndexPage.objects.get().full_exit_url('benefits')}pupils/"
    assert page.select_one("link[rel=canonical]")["href"] == address
    assert page.select_one("meta[name=Url]")["content"] == address
    assert page.select_one("meta[property='og:title']")["content"] == page.h1.get_text()


def test_an_address_beyond_the_last_page_shows_what_there_is(city: City, client: Client) -> None:
    rule(city, "优待办法", "pupils")
    for query in ("", "?page=9"):
        assert "优待办法：凭证免费" in client.get(f"{PUPILS}{query}").content.decode(), query


def test_long_lists_come_page_by_page(city: City, client: Client) -> None:
    page = VenuePage.objects.get(pk=city.museum.pk)
    pupils = AudienceGroup.objects.get(code="pupils")
    rows = Offer.objects.bulk_create(
        Offer(page=page, name=f"票{number:03}", sort_order=number) for number in range(PER_PAGE + 3)
    )
    OfferAudience.objects.bulk_create(OfferAudience(offer=row, audience=pupils) for row in rows)
    first, second = names(client), names(client, f"{PUPILS}?page=2")
    assert len(first) == PER_PAGE
    assert second == ["票050", "票051", "票052"]
    assert not set(first) & set(second)
    for odd in ("0", "9999", "x", "-1", "²"):
        assert names(client, f"{PUPILS}?page={odd}")


def test_many_venues_take_as_many_queries_as_one(city: City, client: Client) -> None:
    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    offer(city.museum, "学生票", "pupils")
    rule(city, "博物馆条例", "young")
    few = [queries(address) for address in (OVERVIEW, PUPILS)]
    for venue in (city.library, city.palace, city.museum):
        offer(venue, f"{venue.title}票", "pupils", "primary")
        offer(venue, f"{venue.title}老人票", "over-60")
    rule(city, "优惠办法", "pupils")
    rule(city, "敬老办法", "over-60")
    assert [queries(address) for address in (OVERVIEW, PUPILS)] == few
    assert few[0] <= 25
    assert few[1] <= 35
