"""Every type of public page in every state: what is public renders with its tags, what is not leaks nowhere."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage
from news.models import NewsPage
from openness.core import clock
from openness.core.models import BasePage, ChangeNote
from openness.core.page_tags import ColumnType
from search import entries
from search.models import SearchEntry
from tests.factories.pages import FOUNDED, PAGE_FACTORIES

TITLE = "晋江草庵"
BODY = "草庵正文"
SLUG = "cao-an-"
NOTE = "原文误作八时，现更正为九时"
# Where a page is named that nobody may see: lists, search, the map of the site, the page for a wrong address.
PLACES = (
    "/",
    "/venues/",
    "/venues/notices/",
    "/policies/",
    "/news/",
    "/departments/",
    "/search/?q=草庵",
    "/sitemap/",
    "/cao-an/",
)
ALL = pytest.mark.parametrize("model", PAGE_FACTORIES, ids=lambda model: model.__name__)
CONTENT = pytest.mark.parametrize(
    "model", [model for model in PAGE_FACTORIES if model not in FOUNDED], ids=lambda model: model.__name__
)


@pytest.fixture
def city(small_city: HomePage) -> HomePage:
    return small_city


def made(model: type[BasePage], **fields: Any) -> Any:
    """Return a live page of this type, with the words by which it would be recognised."""
    page = PAGE_FACTORIES[model](**fields)
    return model.objects.get(pk=page.pk)


def soup(client: Client, url: str, status: int = 200) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == status, url
    return BeautifulSoup(response.content, "html.parser")


def tags_of(page: BeautifulSoup) -> dict[str, str]:
    """Return the named tags of a page; each stands once."""
    found = [(tag["name"], tag["content"]) for tag in page.select("meta[name]")]
    assert len(dict(found)) == len(found), found
    return dict(found)


def made_of_all() -> list[Any]:
    """Return a live page of every type that can be hidden, and of which one city has many."""
    return [made(model) for model in PAGE_FACTORIES if model not in FOUNDED]


def assert_hidden(client: Client, urls: dict[str, str], status: int = 404) -> None:
    """Assert that neither the pages' own addresses nor any list says a word of them; ``urls`` by type."""
    answers = {name: client.get(url) for name, url in urls.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(urls, status)
    for path, response in [*answers.items(), *((path, client.get(path)) for path in PLACES)]:
        said = BeautifulSoup(response.content, "html.parser").get_text()
        assert TITLE not in said, path
        assert BODY not in said, path
    index = BeautifulSoup(client.get("/sitemap.xml").content, "xml")
    for part in index.select("sitemap > loc"):
        assert SLUG not in b"".join(client.get(part.get_text())).decode(), part


def assert_not_searched(pages: list[Any]) -> None:
    """Assert that the search has no row of any of these pages."""
    assert not SearchEntry.objects.filter(page__in=[page.pk for page in pages]).exists()


@ALL
def test_live_page_carries_its_tags(city: HomePage, client: Client, model: Any) -> None:
    page = made(model)
    assert SearchEntry.objects.filter(page=page.pk).exists() == model.search_decision.is_searched
    shown = soup(client, page.get_url())
    tags = tags_of(shown)
    assert len(shown.select("h1")) == 1
    assert tags["SiteName"] == "泉州市公共文化开放"
    assert tags["SiteDomain"] == "testserver"
    column = page.column_page()
    assert column.is_column
    assert tags["ColumnName"] == column.column_name
    assert tags["ColumnDescription"]
    assert tags["ColumnKeywords"].split(",")[0] == column.column_name
    assert tags["ColumnType"] in set(ColumnType)
    assert tags["Url"] == shown.select_one("link[rel=canonical]")["href"] == page.get_full_url()
    graph = {tag["property"]: tag["content"] for tag in shown.select("meta[property]")}
    assert graph["og:title"] == ("泉州市公共文化开放" if model is HomePage else page.title)
    assert graph["og:locale"] == "zh_CN"
    assert graph["og:type"] == ("website" if page.is_column else "article")
    if page.is_column:
        assert not {"ArticleTitle", "PubDate", "ContentSource"} & set(tags)
    else:
        assert tags["ArticleTitle"] == page.title
        assert tags["PubDate"] == "2026-11-19 10:00"
        assert tags["ContentSource"] == "泉州晚报"
        assert tags["Description"] == "草庵一句话摘要"
        assert graph["article:published_time"] == "2026-11-19T10:00:00+08:00"
    for script in shown.select("script[type='application/ld+json']"):
        assert json.loads(script.get_text())["@context"] == "https://schema.org"
    row = page.listing_row()
    assert (row.title, row.url, row.summary) == (page.title, page.get_url(), page.summary)
    assert row.kind_label
    assert row.date_label == "" or row.date_label.startswith("20")


def test_drafts_are_hidden(city: HomePage, client: Client) -> None:
    pages = made_of_all()
    for page in pages:
        page.unpublish()
    assert_not_searched(pages)
    assert_hidden(client, urls_of(pages))


def test_scheduled_pages_are_hidden_until_their_time(city: HomePage, client: Client) -> None:
    pages = made_of_all()
    for page in pages:
        page.unpublish()
        # Wagtail goes by the real clock.
        page.go_live_at = clock.wall_now() + timedelta(days=1)
        page.save_revision().publish()
    assert {page.pk for page in Page.objects.filter(live=False)} >= {page.pk for page in pages}
    assert_not_searched(pages)
    assert_hidden(client, urls_of(pages))


def test_expired_pages_are_hidden_before_the_worker_comes(city: HomePage, client: Client) -> None:
    pages = made_of_all()
    keys = [page.pk for page in pages]
    Page.objects.filter(pk__in=keys).update(expire_at=clock.now() - timedelta(minutes=1))
    assert_hidden(client, urls_of(pages))
    entries.refresh(keys)
    assert_not_searched(pages)


@pytest.mark.parametrize(("kind", "status"), [("login", 302), ("password", 200)])
def test_restricted_pages_ask_who_is_there(city: HomePage, client: Client, kind: str, status: int) -> None:
    pages = made_of_all()
    for page in pages:
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="1234")
    assert_not_searched(pages)
    assert_hidden(client, urls_of(pages), status)


def test_pages_below_a_hidden_one_are_hidden(city: HomePage, client: Client) -> None:
    pages = made_of_all()
    parents = [page.get_parent().pk for page in pages]
    Page.objects.filter(pk__in=parents).update(live=False)
    assert_hidden(client, urls_of(pages))
    entries.refresh([page.pk for page in pages])
    assert_not_searched(pages)


def test_nothing_is_public_below_a_hidden_home_page(city: HomePage, client: Client) -> None:
    urls = urls_of(made_of_all())
    HomePage.objects.filter(locale__language_code="zh-hans").update(live=False)
    answers = {name: client.get(url).status_code for name, url in urls.items()}
    assert answers == dict.fromkeys(urls, 404)


def urls_of(pages: list[Any]) -> dict[str, str]:
    """Return the public addresses of pages by the name of their type."""
    return {type(page).__name__: page.get_url() for page in pages}


def _takes_change_notes(model: Any) -> bool:
    def relations(panels: Any) -> Iterator[str]:
        for panel in panels:
            yield getattr(panel, "relation_name", "")
            yield from relations(getattr(panel, "children", []))

    return "change_notes" in set(relations(model.content_panels))


def test_documents_notices_news_and_activities_take_change_notes() -> None:
    names = {model.__name__ for model in PAGE_FACTORIES if _takes_change_notes(model)}
    assert {"PolicyPage", "OpeningNoticePage", "NewsPage", "ActivityPage", "InterpretationPage"} <= names


@pytest.mark.parametrize(
    "model",
    [model for model in PAGE_FACTORIES if _takes_change_notes(model)],
    ids=lambda model: model.__name__,
)
def test_change_notes_stand_on_the_page_the_latest_first(city: HomePage, client: Client, model: Any) -> None:
    page = made(model)
    assert NOTE not in soup(client, page.get_url()).get_text()
    for days, text in ((2, "较早的更正"), (1, NOTE)):
        page.change_notes.add(
            ChangeNote(text=text, noted_at=clock.now() - timedelta(days=days), locale=page.locale)
        )
    page.change_notes.add(
        ChangeNote(text="还没有发生", noted_at=clock.now() + timedelta(days=1), locale=page.locale)
    )
    page.save_revision().publish()
    lines = [
        line.get_text(" ", strip=True) for line in soup(client, page.get_url()).select(".change-notes li")
    ]
    assert lines == [f"2026-11-18 10:00 {NOTE}", "2026-11-17 10:00 较早的更正"]


@CONTENT
def test_page_with_nothing_but_what_it_must_have(city: HomePage, client: Client, model: Any) -> None:
    fields: dict[str, Any] = {"summary": "", "source": ""}
    if any(field.name == "body" for field in model._meta.get_fields()):
        fields["body"] = ""
    page = made(model, **fields)
    shown = soup(client, page.get_url())
    assert "None" not in shown.get_text()
    tags = tags_of(shown)
    assert "" not in tags.values()
    assert tags["ContentSource"] == "泉州市公共文化开放"
    assert "Description" not in tags


@pytest.mark.parametrize(
    ("model", "language", "locale_tag"),
    [
        *((model, "en", "en_US") for model in PAGE_FACTORIES if model not in FOUNDED),
        (NewsPage, "zh-hant", "zh_HK"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_translated_page_speaks_its_language(
    city: HomePage, client: Client, model: Any, language: str, locale_tag: str
) -> None:
    source = made(model)
    locale = Locale.objects.get(language_code=language)
    copy = source.copy_for_translation(locale, copy_parents=True)
    column = source.column_page()
    index = column.get_translation_or_none(locale) or column.copy_for_translation(locale, copy_parents=True)
    assert client.get(f"/{language}{source.get_url()}").status_code == 404
    for page in (HomePage.objects.get(locale=locale), index, copy):
        if not page.alias_of_id:
            page.save_revision().publish()
    copy = model.objects.get(pk=copy.pk)
    assert copy.get_url() == f"/{language}{source.get_url()}"
    shown = soup(client, copy.get_url())
    assert shown.html["lang"].lower() == language
    assert {link["hreflang"] for link in shown.select("link[rel=alternate][hreflang]")} == {
        "zh-hans",
        "x-default",
        language,
    }
    assert shown.select_one("meta[property='og:locale']")["content"] == locale_tag
    assert tags_of(shown)["ColumnType"] in set(ColumnType)
