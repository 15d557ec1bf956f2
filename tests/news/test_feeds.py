"""Feeds of the news, the notices and the departments: whose entries, what never stands in them, what is told later."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from home.models import DepartmentPage
from openness.core.models import ChangeNote
from policies.models import PolicyPage
from tests.news.items import at, district, found_newsroom, item, topic
from tests.venues.editors import NOW, City, notice
from venues.models import OpeningNoticePage, VenuePage

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_newsroom()


def feed(client: Client, path: str) -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(client: Client, path: str) -> dict[str, ElementTree.Element]:
    found = feed(client, path).findall(f"{ATOM}entry")
    ids = [each.findtext(f"{ATOM}id") for each in found]
    assert len(set(ids)) == len(ids)
    return {each.findtext(f"{ATOM}title", ""): each for each in found}


def test_the_list_names_the_feed_of_its_own_question(city: City, client: Client) -> None:
    reading = topic("reading", "阅读")
    item(city.culture, "读书", topics=(reading,), public_at="2026-11-02T09:00:00+08:00")
    item(city.culture, "跑步", public_at="2026-11-01T09:00:00+08:00")
    page = BeautifulSoup(client.get("/news/?topic=reading&month=2026-11&page=1").content, "html.parser")
    link = page.select_one("link[type='application/atom+xml']")
    assert link["href"] == "/news/feed.atom?topic=reading&month=2026-11"
    assert page.select_one("main a[type='application/atom+xml']")["href"] == link["href"]
    assert list(entries(client, link["href"])) == ["读书"]
    assert list(entries(client, "/news/feed.atom")) == ["读书", "跑步"]
    root = feed(client, link["href"])
    assert (
        root.find(f"{ATOM}link[@rel='alternate']").get("href").endswith("/news/?topic=reading&month=2026-11")
    )
    assert [each.get("term") for each in root.iter(f"{ATOM}category")] == ["阅读"]


def test_only_what_the_public_may_see_is_in_a_feed(city: City, client: Client) -> None:
    item(city.culture, "公开")
    item(city.culture, "草稿", live=False)
    item(city.culture, "过期", expire_at=at("2026-11-01T00:00:00+08:00"))
    item(city.union, "内部")
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=city.union.pk), restriction_type=PageViewRestriction.LOGIN
    )
    secret = PolicyPage(title="依申请公开的文件", locale=city.culture.locale, live=False)
    DepartmentPage.objects.get(pk=city.culture.pk).add_child(instance=secret)
    assert set(entries(client, "/news/feed.atom")) == {"公开"}
    assert set(entries(client, "/departments/culture/feed.atom")) == {"公开"}
    assert client.get("/departments/union/feed.atom").status_code == 404


def test_a_correction_moves_an_entry_forward_and_keeps_its_id(city: City, client: Client) -> None:
    page = item(city.culture, "开放日", summary="周末。", public_at="2026-11-01T09:00:00+08:00")
    before = entries(client, "/news/feed.atom")["开放日"]
    page.change_notes.add(ChangeNote(text="原写周五，应为周六。", noted_at=at("2026-11-02T08:00:00+08:00")))
    page.save_revision().publish()
    after = entries(client, "/news/feed.atom")["开放日"]
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert before.findtext(f"{ATOM}updated") == "2026-11-01T09:00:00+08:00"
    assert after.findtext(f"{ATOM}updated") == "2026-11-02T08:00:00+08:00"
    assert "2026-11-02 08:00 原写周五，应为周六。" in after.findtext(f"{ATOM}summary")


def test_a_department_tells_all_it_publishes(city: City, client: Client) -> None:
    item(city.culture, "新闻", public_at="2026-11-01T09:00:00+08:00")
    item(city.union, "别家的新闻")
    policy = PolicyPage(
        title="文件", locale=city.culture.locale, first_public_at=at("2026-11-03T09:00:00+08:00")
    )
    DepartmentPage.objects.get(pk=city.culture.pk).add_child(instance=policy)
    notice(
        DepartmentPage.objects.get(pk=city.culture.pk),
        city.library,
        title="闭馆",
        first_public_at=at("2026-11-02T09:00:00+08:00"),
    )
    found = entries(client, "/departments/culture/feed.atom")
    assert list(found) == ["文件", "闭馆", "新闻"]
    assert "市图书馆" in found["闭馆"].findtext(f"{ATOM}summary")
    page = BeautifulSoup(client.get("/departments/culture/").content, "html.parser")
    assert page.select_one("link[type='application/atom+xml']")["href"] == "/departments/culture/feed.atom"


def test_notices_have_a_feed_by_department_and_region(city: City, client: Client) -> None:
    fengze = district("350503", "丰泽区")
    museum = VenuePage.objects.get(pk=city.museum.pk)
    museum.region = fengze
    museum.save()
    culture = DepartmentPage.objects.get(pk=city.culture.pk)
    notice(culture, city.library, title="图书馆闭馆")
    notice(DepartmentPage.objects.get(pk=culture.pk), museum, title="海交馆闭馆")
    notice(DepartmentPage.objects.get(pk=city.union.pk), city.palace, title="文化宫闭馆")
    path = "/venues/notices/feed.atom"
    assert set(entries(client, path)) == {"图书馆闭馆", "海交馆闭馆", "文化宫闭馆"}
    assert set(entries(client, f"{path}?department=union")) == {"文化宫闭馆"}
    assert set(entries(client, f"{path}?region=350503")) == {"海交馆闭馆"}
    assert set(entries(client, f"{path}?region=350503&department=union")) == set()
    assert client.get(f"{path}?region=nowhere").status_code == 400
    page = BeautifulSoup(client.get("/venues/notices/").content, "html.parser")
    assert page.select_one("link[type='application/atom+xml']")["href"] == path


def test_a_withdrawn_notice_says_so(city: City, client: Client) -> None:
    page = notice(
        DepartmentPage.objects.get(pk=city.culture.pk),
        city.library,
        title="闭馆",
        first_public_at=at("2026-11-02T09:00:00+08:00"),
    )
    OpeningNoticePage.objects.filter(pk=page.pk).update(withdrawn_at=at("2026-11-05T09:00:00+08:00"))
    entry = entries(client, "/venues/notices/feed.atom")["闭馆"]
    assert entry.findtext(f"{ATOM}updated") == "2026-11-05T09:00:00+08:00"
    assert entry.findtext(f"{ATOM}summary").startswith("<p>已撤回")


def test_notices_that_are_over_are_listed_last_end_first(city: City, client: Client) -> None:
    for title, first, last in (
        ("一月", date(2026, 1, 1), date(2026, 1, 9)),
        ("长期", date(2025, 12, 1), date(2026, 6, 1)),
        ("三月", date(2026, 3, 1), date(2026, 3, 2)),
    ):
        notice(
            DepartmentPage.objects.get(pk=city.culture.pk), city.library, title=title, first=first, last=last
        )
    page = BeautifulSoup(client.get("/venues/notices/").content, "html.parser")
    shown = [card.get_text(" ", strip=True) for card in page.select(".card-list .notice-card")]
    assert [next(name for name in ("一月", "长期", "三月") if name in card) for card in shown] == [
        "长期",
        "三月",
        "一月",
    ]
