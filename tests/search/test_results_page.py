"""The page of results: one box for everything that finds what is public, and no input breaks it."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from environs import Env
from wagtail.models import Locale, Page, PageViewRestriction

from openness.settings.search import search_backends
from search import engines, query_log
from search.did_you_mean import rebuild_words
from search.models import AskedQuestion, PromotedResult, SearchEntry
from tests.factories.pages import OpeningNoticePageFactory, VenuePageFactory
from tests.search.test_service_leaks import HIDINGS
from tests.search.town import Indexed, news, policy
from tests.venues.test_translations import translated

pytestmark = pytest.mark.usefixtures("small_city")
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NUMBER = "泉文旅规〔2020〕15号"


def shown(client: Client, q: str = "", *, prefix: str = "", **parameters: Any) -> BeautifulSoup:
    """Return the page for a question; it is there whatever is asked."""
    response = client.get(f"{prefix}/search/", {"q": q, **parameters})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [each.get_text() for each in page.select(".search-results h3 a")]


def links_of(page: BeautifulSoup, selector: str) -> dict[str, str]:
    """Return the addresses of links by their words, with spaces in order."""
    return {" ".join(each.get_text(" ").split()): str(each["href"]) for each in page.select(selector)}


def text_of(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    return " ".join(found.get_text(" ").split()) if found else ""


def test_each_kind_is_shown_as_it_is_known(client: Client, indexed: Indexed) -> None:
    venue: Any = VenuePageFactory(title="夜读图书馆", slug="library", admission="free")
    notice: Any = OpeningNoticePageFactory(title="夜读图书馆闭馆通知", slug="closed")
    policy("夜读补贴办法", "夜读", number=NUMBER, written_on=date(2020, 5, 6))
    news("夜读开始了", "欢迎来夜读。")
    indexed()
    page = shown(client, "夜读")
    results = page.select(".search-results > li")
    assert len(results) == 4
    card = page.select_one(".search-results .venue-card")
    assert card
    assert card.select_one("h3 a")["href"] == venue.get_url()  # type: ignore[index]
    # The same words as on the venue's own page: open from 9 to 17.
    assert "17:00" in card.get_text()
    told = page.select_one(".search-results .notice-card")
    assert told
    assert told.select_one("h3 a")["href"] == notice.get_url()  # type: ignore[index]
    document = next(each for each in results if "夜读补贴办法" in each.get_text())
    assert document.select_one(".validity--in_force")
    assert NUMBER in document.get_text()
    assert "2020-05-06" in document.get_text()
    assert "文旅局" in document.get_text()
    item = next(each for each in results if "夜读开始了" in each.get_text())
    assert [mark.get_text() for mark in item.select("h3 mark")] == ["夜读"]
    assert [mark.get_text() for mark in item.select(".search-row__text mark")] == ["夜读"]


def test_all_words_are_looked_for_in_any_order(client: Client, indexed: Indexed) -> None:
    VenuePageFactory(title="城西书房", slug="west")
    news("书房新闻")
    indexed()
    # The region of a venue is one of its names.
    assert titles(shown(client, "书房 图书馆")) == titles(shown(client, "图书馆 书房")) == ["城西书房"]
    assert len(titles(shown(client, "书房"))) == 2


def test_what_has_ended_says_so(client: Client, indexed: Indexed) -> None:
    old = policy("停车补贴办法", written_on=date(2019, 1, 1))
    old.entry.validity = "repealed"
    old.entry.save()
    indexed()
    page = shown(client, "停车补贴")
    assert page.select_one(".search-row--ended .validity--repealed")


def test_a_hit_in_an_attachment_names_it(client: Client, indexed: Indexed) -> None:
    page = policy("开放目录")
    indexed()
    attachments = [{"document": 1, "title": "附件<i>一", "text": "泳池每周三闭池消毒。"}]
    SearchEntry.objects.filter(pk=page.pk).update(attachments=attachments)
    entry = SearchEntry.objects.get(pk=page.pk)
    for name in engines.names():
        engines.engine(name).backend.add_bulk(SearchEntry, [entry])
    if engines.ELASTICSEARCH in engines.names():
        list(engines.engine(engines.ELASTICSEARCH).backend.digests(SearchEntry))
    found = shown(client, "闭池消毒")
    assert titles(found) == ["开放目录"]
    assert "附件<i>一" in text_of(found, ".search-row__file")
    assert text_of(found, ".search-row__text mark") == "闭池消毒"


def test_tabs_filters_and_orders_are_addresses(client: Client, indexed: Indexed) -> None:
    policy("讲座办法甲", written_on=date(2024, 3, 1))
    policy("讲座办法乙", written_on=date(2025, 3, 1))
    news("讲座新闻")
    indexed()
    page = shown(client, "讲座")
    tabs = links_of(page, ".search-tabs a")
    assert list(tabs) == ["全部 3", "政策文件 2", "新闻动态 1"]
    assert text_of(page, ".search-tabs [aria-current]") == "全部 3"
    chosen = BeautifulSoup(client.get(tabs["政策文件 2"]).content, "html.parser")
    assert sorted(titles(chosen)) == ["讲座办法乙", "讲座办法甲"]
    assert text_of(chosen, ".search-tabs [aria-current]") == "政策文件 2"
    assert "2 条结果" in text_of(chosen, ".finder__sentence")
    years = {words: url for words, url in links_of(chosen, ".facet__option").items() if words[:2] == "20"}
    assert list(years) == ["2025 1", "2024 1"]
    narrowed = BeautifulSoup(client.get(years["2024 1"]).content, "html.parser")
    assert titles(narrowed) == ["讲座办法甲"]
    # The box keeps what was chosen, for other words.
    kept = {each["name"]: each["value"] for each in narrowed.select("main .question-box input[type=hidden]")}
    assert kept == {"kind": "policy", "year": "2024"}
    removed = client.get(narrowed.select_one(".active-filters a")["href"])  # type: ignore[index, arg-type]
    assert sorted(titles(BeautifulSoup(removed.content, "html.parser"))) == ["讲座办法乙", "讲座办法甲"]
    orders = links_of(page, ".toolbar__order")
    newest = BeautifulSoup(client.get(list(orders.values())[1]).content, "html.parser")
    assert titles(newest) == ["讲座新闻", "讲座办法乙", "讲座办法甲"]


def test_venues_that_are_open_now_are_one_choice_away(client: Client, indexed: Indexed) -> None:
    VenuePageFactory(title="城西书房", slug="west")
    news("书房新闻")
    indexed()
    choice = links_of(shown(client, "书房"), ".facet__option")
    (url,) = [url for url in choice.values() if "open_now=1" in url]
    assert titles(BeautifulSoup(client.get(url).content, "html.parser")) == ["城西书房"]


def test_long_answers_go_page_by_page(client: Client, indexed: Indexed) -> None:
    for number in range(23):
        news(f"讲座第{number}场")
    indexed()
    first = shown(client, "讲座")
    assert len(titles(first)) == 20
    second = BeautifulSoup(client.get(first.select_one("a[rel=next]")["href"]).content, "html.parser")  # type: ignore[index, arg-type]
    assert len(titles(second)) == 3
    assert not set(titles(first)) & set(titles(second))
    # An old address beyond the last page leads to that.
    assert titles(shown(client, "讲座", page="99999")) == titles(second)
    assert titles(shown(client, "讲座", page="x")) == titles(first)


def test_recommended_pages_stand_apart(client: Client, indexed: Indexed) -> None:
    card = news("读者证办理指南", "带身份证到服务台。")
    news("办证须知", "办证")
    indexed()
    PromotedResult.objects.create(questions="办证", page=card, note="一分钟<b>看懂", position=1)
    page = shown(client, "办证")
    assert text_of(page, ".search-promoted h3") == "读者证办理指南"
    assert "一分钟<b>看懂" in text_of(page, ".search-promoted")
    assert titles(page) == ["办证须知"]
    # Alone it is an answer, too.
    alone = shown(client, "办证", kind="news", year=str(card.first_public_at.year))
    assert alone.select_one(".search-promoted")
    assert not alone.select_one(".empty-state")


def test_what_may_have_been_meant_is_a_link(client: Client, indexed: Indexed) -> None:
    for number in range(4):
        news(f"图书馆第{number}则", "图书馆里的图书馆")
    indexed()
    rebuild_words("zh-hans")
    page = shown(client, "图书管", kind="news")
    (words, url), *_more = links_of(page, ".search-meant a").items()
    assert words == "图书馆"
    assert len(titles(BeautifulSoup(client.get(url).content, "html.parser"))) == 4
    assert "kind=news" in url
    assert not shown(client, "图书馆").select_one(".search-meant")


def test_it_is_said_when_not_all_words_are_found(client: Client, indexed: Indexed) -> None:
    news("图书馆延长开放", "晚间到九点。")
    indexed()
    page = shown(client, "图书馆 开放 停车券")
    assert titles(page) == ["图书馆延长开放"]
    assert page.select_one(".search-note")
    assert not shown(client, "图书馆 开放").select_one(".search-note")


def test_it_is_said_when_the_search_is_simplified(
    client: Client, indexed: Indexed, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    news("图书馆新闻")
    indexed()
    assert not shown(client, "图书馆").select_one("main .message")
    # Nobody listens there.
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9")
    settings.WAGTAILSEARCH_BACKENDS = search_backends(Env())
    try:
        page = shown(client, "图书馆")
    finally:
        engines.circuit.succeeded()
    assert page.select_one("main .message")
    assert titles(page) == ["图书馆新闻"]


def test_what_is_not_there_is_said_kindly(client: Client, indexed: Indexed) -> None:
    news("图书馆新闻")
    indexed()
    page = shown(client, "qwertz")
    assert page.select_one(".empty-state a")["href"].endswith("/venues/")  # type: ignore[index, union-attr]
    page = shown(client, "图书馆", validity="repealed")
    (url,) = links_of(page, ".empty-state a").values()
    assert titles(BeautifulSoup(client.get(url).content, "html.parser")) == ["图书馆新闻"]
    assert not shown(client, "图书馆").select_one(".empty-state")
    assert links_of(shown(client, validity="repealed"), ".empty-state a") == {"清除全部筛选": "/search/"}


def test_an_empty_question_asks_nothing(client: Client) -> None:
    for q in ("", "   "):
        page = shown(client, q)
        assert page.select_one("main .question-box")
        assert page.select_one(".empty-state")
        assert not page.select_one(".search-results, .facets, .finder__sentence")


def test_what_cannot_be_understood_is_said_and_the_rest_answered(client: Client, indexed: Indexed) -> None:
    news("图书馆新闻")
    policy("图书馆办法")
    indexed()
    page = shown(client, "图书馆", year="22", region="nowhere", kind="news")
    assert len(page.select("main [role=alert]")) == 2
    assert titles(page) == ["图书馆新闻"]
    assert page.select_one("#search-q")["value"] == "图书馆"  # type: ignore[index]
    # Links lead away from the mistake.
    assert not [url for url in links_of(page, "main a").values() if "nowhere" in url or "year=22&" in url]


def test_no_engine_is_led_here(client: Client) -> None:
    robots = shown(client, "图书馆").select_one("meta[name=robots]")
    assert robots
    assert robots["content"] == "noindex, follow"


# ---------------------------------------------------------------------------------------------------
# Other languages


def test_readers_of_another_language_get_what_it_has_not_in_the_source(
    client: Client, indexed: Indexed
) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    both: Any = news("市图书馆新闻", "Library 图书馆")
    news("图书馆通知", "Library 图书馆")
    VenuePageFactory(title="市图书馆", slug="library")
    page = translated(both, english)
    page.title = "Library news"
    page.save()
    indexed()
    found = shown(client, "图书馆", prefix="/en")
    assert sorted(titles(found)) == ["Library news", "图书馆通知", "市图书馆"]
    assert [each["lang"] for each in found.select(".search-row__title a[lang]")] == ["zh-hans"]


# ---------------------------------------------------------------------------------------------------
# What is kept and what is not told


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what was counted; nothing of a test before is waiting."""
    query_log.write_waiting()
    AskedQuestion.objects.all().delete()
    # The response itself writes nothing, so that the test reads it all.
    monkeypatch.setattr(query_log, "WRITTEN_EVERY", float("inf"))

    def rows() -> list[tuple[str, int, int]]:
        query_log.write_waiting()
        return list(AskedQuestion.objects.values_list("words", "times", "found"))

    return rows


def test_people_are_counted_and_programs_are_not(client: Client, indexed: Indexed, asked: Any) -> None:
    news("图书馆新闻")
    indexed()
    for headers in (
        {"User-Agent": "examplebot/1.0"},
        {"User-Agent": BROWSER, "Sec-Purpose": "prefetch"},
        {},
    ):
        client.get("/search/", {"q": "图书馆"}, headers=headers)
    client.get("/search/", {"q": "图书馆", "page": "2"}, headers={"User-Agent": BROWSER})
    assert asked() == []
    client.get("/search/", {"q": "图書馆"}, headers={"User-Agent": BROWSER})
    assert asked() == [("图书馆", 1, 1)]


@pytest.mark.parametrize("hide", HIDINGS, ids=lambda hide: hide.__name__)
def test_what_is_hidden_is_nowhere_on_the_page(client: Client, indexed: Indexed, hide: Any) -> None:
    page = policy("秘密书库管理办法", "秘密书库的正文", number=NUMBER)
    PromotedResult.objects.create(questions="秘密书库", page=page, note="机密说明")
    indexed()
    assert "管理办法" in text_of(shown(client, "秘密书库"), ".search-promoted")
    assert titles(shown(client, NUMBER)) == ["秘密书库管理办法"]
    hide(page)
    for parameters in ({"q": "秘密书库"}, {"q": NUMBER}, {"kind": "policy"}, {"q": "秘密书库 不存在"}):
        answer = client.get("/search/", parameters).content.decode()
        for secret in ("管理办法", "的正文", "机密说明", page.get_url()):
            assert secret not in answer, parameters


def test_signing_in_does_not_open_what_is_restricted(
    client: Client, indexed: Indexed, admin_user: Any
) -> None:
    page = news("内部通讯")
    indexed()
    PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")
    client.force_login(admin_user)
    assert titles(shown(client, "内部通讯")) == []


# ---------------------------------------------------------------------------------------------------
# The number of queries


def queries_of(client: Client, **parameters: str) -> int:
    client.get("/search/", parameters)
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/", parameters)
    return len(queries)


def town_with(first: int, last: int) -> None:
    """Publish a page of each kind for each number."""
    for number in range(first, last):
        VenuePageFactory(title=f"夜读书房{number}", slug=f"room-{number}")
        OpeningNoticePageFactory(title=f"夜读书房{number}闭馆通知", slug=f"closed-{number}")
        policy(f"夜读办法{number}", "夜读", number=f"泉文旅规〔2020〕{number}号")
        news(f"夜读新闻{number}", "夜读")


def test_the_number_of_queries_does_not_grow(client: Client, indexed: Indexed) -> None:
    town_with(1, 2)
    indexed()
    few = queries_of(client, q="夜读")
    town_with(2, 5)
    indexed()
    assert len(titles(shown(client, "夜读"))) == 16
    assert queries_of(client, q="夜读") == few
