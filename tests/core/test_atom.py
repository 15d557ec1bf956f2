"""Atom feeds of pages: what RFC 4287 asks for, what stays the same, and what no text can break."""

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from news.models import NewsPage
from openness.core import clock
from openness.core.feeds import MOST_ENTRIES, atom
from openness.core.models import ChangeNote
from tests.news.items import Offices, at, found_offices, item
from tests.venues.editors import NOW

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def city(db: None, settings: Any) -> Offices:
    settings.OPENNESS_FROZEN_NOW = NOW
    translation.activate("zh-hans")
    return found_offices()


def answer(pages: Any, path: str = "/news/feed.atom", etag: str = "", **names: str) -> HttpResponse:
    request = RequestFactory().get(path, headers={"If-None-Match": etag} if etag else {})
    return atom(request, **{"title": "动态", "url": "/news/", **names}, pages=pages)


def read(response: HttpResponse) -> ElementTree.Element:
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}", default="")


def entries(pages: Any) -> list[ElementTree.Element]:
    return read(answer(pages)).findall(f"{ATOM}entry")


def test_a_feed_has_what_the_standard_asks_for(city: Offices) -> None:
    page = item(
        city.culture,
        "开放日",
        summary="周末开放。",
        source="市文旅局",
        first_public_at=at("2026-11-18T01:30:00Z"),
    )
    feed = read(answer([page], subtitle="各部门的动态"))
    assert feed.get(LANGUAGE) == "zh-hans"
    assert (text(feed, "title"), text(feed, "subtitle")) == ("动态", "各部门的动态")
    assert text(feed, "id") == "tag:localhost,2026:/news/feed.atom"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://testserver/news/", "self": "http://testserver/news/feed.atom"}
    (entry,) = feed.findall(f"{ATOM}entry")
    assert text(entry, "title") == "开放日"
    assert text(entry, "id") == f"tag:localhost,2026:{page.translation_key}/zh-hans"
    assert text(entry, "published") == text(entry, "updated") == "2026-11-18T09:30:00+08:00"
    assert text(feed, "updated") == text(entry, "updated")
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "市文旅局"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{page.get_url()}"
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert text(entry, "summary") == "<p>周末开放。</p>"


def test_a_correction_is_told_and_moves_the_entry(city: Offices) -> None:
    page = item(city.culture, "开放日", summary="周末开放。", first_public_at=at("2026-11-18T01:30:00Z"))
    other = item(city.culture, "讲座", first_public_at=at("2026-11-17T01:30:00Z"))
    before = answer([page, other])
    ChangeNote.objects.create(
        page=page, text="原写周五。", noted_at=at("2026-11-18T03:00:00Z"), locale=page.locale
    )
    ChangeNote.objects.create(
        page=page, text="将来的话", noted_at=at("2026-12-01T00:00:00Z"), locale=page.locale
    )
    after = answer([page, other])
    first, second = entries([page, other])
    assert text(first, "updated") == "2026-11-18T11:00:00+08:00"
    assert text(first, "published") == "2026-11-18T09:30:00+08:00"
    assert "<li>2026-11-18 11:00 原写周五。</li>" in text(first, "summary")
    assert "将来的话" not in text(first, "summary")
    assert text(second, "updated") == "2026-11-17T09:30:00+08:00"
    assert before.headers["ETag"] != after.headers["ETag"]
    ids = [text(entry, "id") for entry in read(before).findall(f"{ATOM}entry")]
    assert ids == [text(first, "id"), text(second, "id")]


def test_who_has_the_feed_gets_304(city: Offices, settings: Any) -> None:
    page = item(city.culture, "开放日")
    first = answer([page])
    settings.OPENNESS_FROZEN_NOW = "2026-11-20T10:00:00+08:00"
    again = answer([page], etag=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    page.title = "开放日改期"
    page.save()
    assert answer([page], etag=first.headers["ETag"]).status_code == 200


def test_an_id_outlives_title_address_and_department(city: Offices) -> None:
    page = item(city.culture, "开放日")
    (before,) = entries([page])
    page.title, page.slug = "开放周", "kai-fang-zhou"
    page.save()
    page.move(city.union, pos="last-child")
    (after,) = entries([NewsPage.objects.get(pk=page.pk)])
    assert text(before, "id") == text(after, "id")
    assert before.find(f"{ATOM}link").get("href") != after.find(f"{ATOM}link").get("href")


def test_a_feed_of_nothing_is_valid_and_never_changes(city: Offices, settings: Any) -> None:
    first = answer([])
    assert text(read(first), "updated") == "2000-01-01T00:00:00+00:00"
    settings.OPENNESS_FROZEN_NOW = "2027-01-01T00:00:00+08:00"
    assert answer([]).content == first.content


def test_no_text_breaks_the_feed(city: Offices) -> None:
    bad = "<script>alert(1)</script> & ]]> \x0b\ufffe\u2028 “引号” 𠮷"
    page = item(city.culture, "好", summary=bad, source=bad, first_public_at=clock.now())
    page.title = bad
    ChangeNote.objects.create(page=page, text="<img src=x onerror=alert(1)>", locale=page.locale)
    feed = read(answer([page], title=bad, subtitle=bad, path="/news/feed.atom?topic=%3Cb%3E%22&x=%0b"))
    (entry,) = feed.findall(f"{ATOM}entry")
    assert text(entry, "title") == "<script>alert(1)</script> & ]]> \u2028 “引号” 𠮷"
    summary = text(entry, "summary")
    assert "<script" not in summary
    assert "<img" not in summary
    assert "&lt;img src=x onerror=alert(1)&gt;" in summary


def test_a_feed_is_not_endless_and_costs_the_same(city: Offices) -> None:
    for number in range(3):
        item(city.culture, f"第{number}条", source="市文旅局")
    answer(NewsPage.objects.all())
    with CaptureQueriesContext(connection) as few:
        answer(NewsPage.objects.all()[:1])
    with CaptureQueriesContext(connection) as many:
        answer(NewsPage.objects.all())
    assert len(few) == len(many)
    pages = list(NewsPage.objects.all())
    assert len(entries(pages * MOST_ENTRIES)) == MOST_ENTRIES


def test_every_page_has_an_instant(city: Offices) -> None:
    page = item(city.culture, "无日期")
    page.first_public_at = None
    (entry,) = entries([page])
    assert datetime.fromisoformat(text(entry, "updated")) < clock.now() - timedelta(days=1)
