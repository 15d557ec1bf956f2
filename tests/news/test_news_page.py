"""A news item: what it has to say before it is published, and what its page shows and leads to."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import DepartmentPage
from news.models import ActivityPage, NewsActivity, NewsPage, NewsPolicy
from policies.models import PolicyPage
from tests.factories.media import ImageFactory
from tests.news.items import found_newsroom, item, topic
from tests.venues.editors import NOW, City, form_of, member, signed_in


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_newsroom()


def soup(client: Client, page: Any) -> BeautifulSoup:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


# ---------------------------------------------------------------------------------------------------
# What has to be said


def entered(client: Client, city: City, **fields: str) -> QueryDict:
    data = form_of(client, reverse("wagtailadmin_pages:add", args=["news", "newspage", city.culture.pk]))
    data.update({"title": "开放日", "slug": "kai-fang-ri", "summary": "周末开放。"})
    data.update({"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "heading"})
    data.update({"body-0-value": "时间", **fields})
    return data


def post(client: Client, city: City, action: str = "action-publish", **fields: str) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", city.culture.pk])
    return client.post(address, {**entered(client, city, **fields).dict(), action: "1"})


@pytest.fixture
def publisher(city: City) -> Client:
    return signed_in(member("publisher", city.culture))


def test_a_department_is_the_source_of_what_it_writes(city: City, publisher: Client) -> None:
    assert post(publisher, city).status_code == 302
    page = NewsPage.objects.get(title="开放日")
    assert page.live
    assert page.source == "市文旅局"
    assert page.first_public_at is not None


def test_what_is_incomplete_is_not_published(city: City, publisher: Client) -> None:
    for field, fields in {
        "source_url": {"origin": "reprint", "source": "泉州晚报"},
        "source": {"origin": "reprint", "source_url": "https://news.example/1"},
        "summary": {"summary": " "},
        "body": {"body-count": "0"},
    }.items():
        response = post(publisher, city, **fields)
        assert response.status_code == 200, field
        assert list(response.context["form"].errors) == [field]
    for source in ("网络整理", " 互联网 "):
        response = post(publisher, city, source=source)
        assert list(response.context["form"].errors) == ["source"]
    assert not NewsPage.objects.exists()


def test_a_draft_may_be_incomplete(city: City, publisher: Client) -> None:
    assert post(publisher, city, "action-save", origin="reprint", summary="").status_code == 302
    assert not NewsPage.objects.get().live


def test_a_reprint_with_its_origin_is_published(city: City, publisher: Client, client: Client) -> None:
    fields = {"origin": "reprint", "source": "泉州晚报", "source_url": "https://news.example/1"}
    assert post(publisher, city, **fields).status_code == 302
    line = soup(client, NewsPage.objects.get()).select_one(".article__meta")
    assert line.select_one("a[rel=external]")["href"] == "https://news.example/1"
    assert line.select_one(".badge")


def test_a_picture_needs_words(city: City, publisher: Client) -> None:
    image = ImageFactory()
    picture = {"body-0-type": "image", "body-0-value-image": str(image.pk)}
    refused = post(publisher, city, **picture, **{"body-0-value-alt_text": ""})
    assert list(refused.context["form"].errors) == ["body"]
    assert post(publisher, city, **picture, **{"body-0-value-alt_text": "开放日的人群"}).status_code == 302


# ---------------------------------------------------------------------------------------------------
# What is shown


def test_a_page_says_who_and_when(city: City, client: Client) -> None:
    page = item(
        city.culture,
        "开放日",
        summary="周末开放。",
        source="泉州晚报",
        author="林海",
        editor="陈石",
        reviewers="苏桐、王岸",
        public_at="2026-11-18T01:30:00Z",
    )
    text = soup(client, page).select_one("article").get_text(" ", strip=True)
    for said in ("2026-11-18 09:30", "泉州晚报", "林海", "陈石", "苏桐、王岸", "周末开放。", "市文旅局"):
        assert said in text


def test_every_block_is_shown_and_none_can_do_harm(city: City, client: Client) -> None:
    image = ImageFactory(credit="市图书馆")
    image.contextual_alt_text, image.decorative = "开放日的人群", False
    bad = "<script>alert(1)</script>"
    body = [
        ("heading", f"时间{bad}"),
        ("paragraph", "<p>周六</p>"),
        ("image", image),
        ("quote", {"text": f"欢迎。{bad}", "speaker": "馆长"}),
        ("video", {"title": "看一看", "url": "https://video.example/1", "text": "馆内一圈。"}),
    ]
    page = soup(client, item(city.culture, "开放日", body=body))
    article = page.select_one("article")
    assert not article.select("script")
    assert article.select_one("img")["alt"] == "开放日的人群"
    assert article.select_one("figcaption").get_text(strip=True) == "市图书馆"
    assert "欢迎。" in article.select_one("blockquote").get_text()
    assert article.select_one("a[href='https://video.example/1']")["rel"] == ["external", "noopener"]


def test_only_public_pages_are_linked(city: City, client: Client) -> None:
    culture = DepartmentPage.objects.get(pk=city.culture.pk)
    policy = culture.add_child(instance=PolicyPage(title="实施方案", locale=culture.locale))
    draft = culture.add_child(instance=PolicyPage(title="未发布文件", locale=culture.locale, live=False))
    activity = culture.add_child(instance=ActivityPage(title="读书会", kind="reading", locale=culture.locale))
    page = item(city.culture, "开放日", city.library, city.palace, topics=(topic("reading", "阅读"),))
    page.policies = [NewsPolicy(policy=policy), NewsPolicy(policy=draft)]
    page.activities = [NewsActivity(activity=activity)]
    page.save()
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=city.union.pk), restriction_type=PageViewRestriction.LOGIN
    )
    shown = soup(client, page)
    links = {link["href"] for link in shown.select("article a")}
    assert {city.library.get_url(), policy.get_url(), activity.get_url(), "/news/?topic=reading"} <= links
    assert "工人文化宫" not in shown.get_text()
    assert "未发布文件" not in shown.get_text()


def test_what_it_is_about_links_back(city: City, client: Client) -> None:
    page = item(city.culture, "开放日", city.library)
    item(city.culture, "草稿", city.library, live=False)
    back = soup(client, city.library).select_one("[aria-labelledby=beside-news]")
    assert [link["href"] for link in back.select("a")] == [page.get_url()]
    assert not soup(client, city.museum).select("[aria-labelledby=beside-news]")


def test_a_venue_tells_the_latest_five(city: City, client: Client) -> None:
    for number in range(6):
        item(city.culture, f"第{number}条", city.library, public_at=f"2026-11-0{number + 1}T10:00:00+08:00")
    links = soup(client, city.library).select("[aria-labelledby=beside-news] .row-list__title a")
    assert [link.get_text() for link in links] == ["第5条", "第4条", "第3条", "第2条", "第1条"]


def test_a_translation_is_about_what_its_source_is_about(city: City, client: Client) -> None:
    from news.presentation import news_context

    page = item(city.culture, "开放日", city.library, topics=(topic("reading", "阅读"),))
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = page.copy_for_translation(english, copy_parents=True)
    request = client.get(page.get_url()).wsgi_request
    context = news_context(NewsPage.objects.get(pk=copy.pk), request)
    # The venue is not translated: its page in the source language is better than none.
    assert [link.title for link in context["venues"]] == ["市图书馆"]
    assert [chip.label for chip in context["topics"]] == ["阅读"]
