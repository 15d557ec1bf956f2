"""The office's screens about the search, and that nobody else has them."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from openness.departments.enums import Role
from search.models import AskedQuestion, PromotedResult, SynonymGroup
from tests.venues.editors import NOW, City, found_city, member, signed_in

REPORT = reverse("site_search_asked")
HOME = reverse("wagtailadmin_home")
SYNONYMS = "wagtailsnippets_site_search_synonymgroup"
PROMOTED = "wagtailsnippets_site_search_promotedresult"
SCREENS = (
    REPORT,
    f"{REPORT}?format=csv",
    *(reverse(f"{name}:{view}") for name in (SYNONYMS, PROMOTED) for view in ("list", "add")),
)


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    SynonymGroup.objects.all().delete()
    return found_city()


@pytest.fixture
def office(city: City) -> Client:
    return signed_in(member(Role.OFFICE))


def asked(
    words: str, day: int, times: int, found: int = 0, language: str = "zh-hans", month: int = 11
) -> None:
    AskedQuestion.objects.create(
        day=date(2026, month, day), language=language, words=words, times=times, found=found
    )


def lines(client: Client, **query: str) -> list[list[str]]:
    page = BeautifulSoup(client.get(REPORT, query).content, "html.parser")
    rows = page.select(".office-table tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")][:-1] for row in rows]


@pytest.mark.parametrize("address", SCREENS)
def test_the_office_has_the_screens_and_a_department_does_not(city: City, address: str) -> None:
    for role, department in ((Role.OFFICE, None), (Role.ADMINISTRATOR, None)):
        assert signed_in(member(role, department)).get(address).status_code == 200
    for role, department in (
        (Role.MANAGER, city.culture),
        (Role.PUBLISHER, city.culture),
        (Role.AUDITOR, None),
    ):
        response: Any = signed_in(member(role, department)).get(address)
        assert response.status_code == 403 or response.url == HOME
    stranger: Any = Client().get(address)
    assert "/login/" in stranger.url


def test_the_menu_leads_only_the_office_there(city: City, office: Client) -> None:
    assert REPORT in office.get(HOME).content.decode()
    assert REPORT not in signed_in(member(Role.MANAGER, city.culture)).get(HOME).content.decode()


def test_the_report_tells_what_was_not_found_by_week(office: Client) -> None:
    asked("停车券", 19, 2)
    asked("停车券", 10, 3)
    asked("停车券", 5, 1, month=10)
    asked("图书馆", 18, 9, found=4)
    # A synonym has helped since.
    asked("群艺馆", 9, 5)
    asked("群艺馆", 17, 1, found=3)
    asked("parking", 17, 1, language="en")
    parking, ticket = sorted(lines(office))
    assert ticket[1:] == ["0", "0", "0", "0", "3", "2", "5", "2026-11-19"]
    assert parking[1:] == ["0", "0", "0", "0", "0", "1", "1", "2026-11-17"]
    assert lines(office, weeks="13")[0][-2:] == ["6", "2026-11-19"]
    assert len(lines(office, show="all")) == 4
    assert lines(office, show="all")[0][0].startswith("图书馆")
    assert [line[0].split()[0] for line in lines(office, language="en")] == ["parking"]
    assert len(lines(office, weeks="x", language="xx", show="?", page="99")) == 2


def test_the_report_is_a_table_for_spreadsheets_too(office: Client) -> None:
    asked("=停车", 19, 2)
    response: Any = office.get(REPORT, {"format": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert text[1] == "'=停车,zh-hans,0,0,0,0,0,2,2,2026-11-19,0"
    assert text[0].count(",") == text[1].count(",")


def test_an_empty_report_says_so(office: Client) -> None:
    content = office.get(REPORT).content.decode()
    assert "office-table" not in content


def test_words_of_the_report_become_a_synonym(city: City, office: Client) -> None:
    asked("停车券&<b>", 19, 2)
    page = BeautifulSoup(office.get(REPORT).content, "html.parser")
    addresses = [link["href"] for link in page.select(".office-table td a")]
    for address, field in zip(addresses, ("words", "questions"), strict=True):
        form = BeautifulSoup(office.get(str(address)).content, "html.parser")
        assert [each["value"] for each in form.select(f"[name={field}]")] == ["停车券&<b>"]


def test_synonyms_are_kept_in_order_and_apart(city: City, office: Client) -> None:
    add = reverse(f"{SYNONYMS}:add")
    office.post(add, {"words": "群艺馆，文化馆、 群藝館"})
    group = SynonymGroup.objects.get()
    assert group.words == "群艺馆 文化馆"
    for words in ("图书馆", "", "文化館 文化中心"):
        response = office.post(add, {"words": words})
        assert response.status_code == 200
        assert SynonymGroup.objects.count() == 1
    # The group may be saved again as it is.
    assert (
        office.post(reverse(f"{SYNONYMS}:edit", args=[group.pk]), {"words": group.words}).status_code == 302
    )
    assert office.post(reverse(f"{SYNONYMS}:delete", args=[group.pk])).status_code == 302
    assert not SynonymGroup.objects.exists()


def test_a_page_that_readers_find_is_recommended(city: City, office: Client) -> None:
    add = reverse(f"{PROMOTED}:add")
    data = {"questions": "办证， 办読者證；办证", "page": city.library.pk, "note": "", "position": "0"}
    assert office.post(add, data).status_code == 302
    assert PromotedResult.objects.get().questions == "办证, 办読者证"
    Page.objects.filter(pk=city.museum.pk).update(live=False)
    PageViewRestriction.objects.create(page=city.palace.page_ptr, restriction_type="login")
    root = Page.get_first_root_node()
    for page in (city.museum, city.palace, root):
        response = office.post(add, data | {"page": page.pk})
        assert response.status_code == 200
    assert office.post(add, data | {"questions": "，"}).status_code == 200
    assert PromotedResult.objects.count() == 1


def test_a_department_cannot_post_either(city: City) -> None:
    client = signed_in(member(Role.MANAGER, city.culture))
    client.post(reverse(f"{SYNONYMS}:add"), {"words": "群艺馆 文化馆"})
    client.post(
        reverse(f"{PROMOTED}:add"),
        {"questions": "办证", "page": city.library.pk, "note": "", "position": "0"},
    )
    assert not SynonymGroup.objects.exists()
    assert not PromotedResult.objects.exists()
