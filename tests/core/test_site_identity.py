"""The foot of the site shows what is known, hides the rest from readers, and tells the office what is missing."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from home.models import DepartmentPage, HomePage
from openness.accounts.models import User
from openness.core.models import SiteIdentity
from tests.factories.pages import NewsPageFactory
from tests.venues.editors import member, signed_in

KNOWN = {
    "organiser": "泉州市文旅局",
    "site_id_code": "3505000001",
    "icp_number": "闽ICP备12345678号",
    "police_record": "闽公网安备 35050002100001号",
    "mark_url": "https://example.org/mark",
    "state_report_url": "https://example.org/zhaocuo",
    "phone": "0595-12345",
}


@pytest.fixture
def city(small_city: HomePage) -> HomePage:
    return small_city


@pytest.fixture
def office(city: HomePage) -> User:
    return member("office")


def foot(client: Client, path: str = "/") -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one(".site-footer")


def links(page: BeautifulSoup) -> dict[str, str]:
    return {link.get_text(strip=True): link["href"] for link in page.select("a")}


def missing(client: Client) -> str:
    """Return what the first page of the desk says is missing; empty where it says nothing."""
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    link = page.select_one(f"a[href='{edit_url()}']")
    return link.find_parent("p").get_text(" ", strip=True) if link else ""


def edit_url() -> str:
    return reverse("wagtailsettings:edit", args=["core", "siteidentity", Site.objects.get().pk])


def test_what_is_not_known_is_not_printed(city: HomePage, client: Client) -> None:
    page = foot(client)
    assert not page.select(".site-footer__record")
    assert "None" not in page.get_text()
    assert links(page)["找场馆"] == "/venues/"
    assert "/sitemap/" in links(page).values()


def test_what_is_known_leads_to_where_it_can_be_looked_up(city: HomePage, client: Client) -> None:
    SiteIdentity.objects.update(**KNOWN)
    found = links(foot(client))
    assert found["闽ICP备12345678号"] == "https://beian.miit.gov.cn/"
    assert found["闽公网安备 35050002100001号"].endswith("?code=35050002100001")
    assert found["党政机关网站标识"] == KNOWN["mark_url"]
    assert found["我为政府网站找错"] == KNOWN["state_report_url"]
    assert KNOWN["site_id_code"] in foot(client).get_text()


def test_pages_on_copyright_and_privacy_are_linked_while_they_are_public(
    city: HomePage, client: Client
) -> None:
    page = NewsPageFactory(title="版权说明")
    SiteIdentity.objects.update(copyright_page=page, privacy_page=page)
    assert list(links(foot(client)).values()).count(page.get_url()) == 2
    page.unpublish()
    assert page.get_url() not in links(foot(client)).values()
    page.delete()
    assert SiteIdentity.objects.get().copyright_page is None


def test_the_foot_costs_a_few_queries_for_these_pages(city: HomePage, client: Client) -> None:
    def cost() -> int:
        client.get("/sitemap/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/sitemap/")
        return len(captured)

    page = NewsPageFactory()
    without = cost()
    SiteIdentity.objects.update(copyright_page=page, privacy_page=page)
    # The pages, their types, and the index that gives them their address.
    assert cost() - without <= 5


def test_the_office_is_told_what_is_missing(city: HomePage, office: User) -> None:
    client = signed_in(office)
    assert missing(client)
    page = NewsPageFactory()
    SiteIdentity.objects.update(**{**KNOWN, "icp_number": ""}, copyright_page=page, privacy_page=page)
    identity = SiteIdentity.objects.get()
    assert [str(item) for item in identity.missing_items()] == [
        str(SiteIdentity._meta.get_field("icp_number").verbose_name)
    ]
    assert str(identity.missing_items()[0]) in missing(client)
    SiteIdentity.objects.update(**KNOWN)
    assert missing(client) == ""


def test_a_phone_or_an_address_for_mail_is_contact_enough(city: HomePage) -> None:
    identity = SiteIdentity.objects.get()
    before = len(identity.missing_items())
    identity.email = "office@example.org"
    assert len(identity.missing_items()) == before - 1


def test_the_office_enters_it_and_nobody_else(city: HomePage, office: User) -> None:
    assert signed_in(office).get(edit_url()).status_code == 200
    editor = member("publisher", DepartmentPage.objects.get(slug="culture"))
    client = signed_in(editor)
    assert missing(client) == ""
    assert client.get(edit_url()).status_code == 302
    client.post(edit_url(), {"site_name": "别人的网站"})
    assert SiteIdentity.objects.get().site_name == "泉州市公共文化开放"
