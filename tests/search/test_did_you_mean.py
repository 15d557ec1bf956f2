"""What was meant: by sound, by shape, by pinyin; and nothing where the question is right."""

import pytest
from django.core.cache import cache
from wagtail.models import Page

from home.models import HomePage
from openness.departments.models import Region
from search import local_names
from search.analysis import words
from search.did_you_mean import did_you_mean, rebuild_all_words, rebuild_words
from search.enums import SearchKind
from search.models import SearchEntry, SearchWord
from tests.factories.pages import NewsPageFactory

TEXTS = [
    "泉州市图书馆免费开放时间，未成年人可以办理读者证",
    "市图书馆与博物馆免费开放，养老服务和残疾人保障",
    "公积金提取与户籍办理，食品安全和劳动合同",
    "食品安全抽检公告，公积金缴存，户籍迁移，劳动合同，范本，养老服务补贴",
    "残疾人保障金，未成年人保护，文化馆公益培训开放，文化馆活动，museum",
    "文化馆与博物馆的免费开放，开放开放，museum guide",
]


@pytest.fixture
def vocabulary(small_city: HomePage) -> HomePage:
    pages = [NewsPageFactory() for __ in TEXTS]
    SearchEntry.objects.all().delete()
    for number, (page, text) in enumerate(zip(pages, TEXTS, strict=True)):
        SearchEntry.objects.create(
            page_id=page.pk, kind=SearchKind.NEWS, language="zh-hans", title=f"消息{number}", text=text
        )
    rebuild_words("zh-hans")
    return small_city


def test_what_was_meant(vocabulary: HomePage) -> None:
    meant = {
        "图书管": "图书馆",
        "圖書管": "图书馆",
        "未乘年人": "未成年人",
        "文化官": "文化馆",
        "博物管": "博物馆",
        "免费开房": "免费开放",
        "劳懂合同": "劳动合同",
        "食品安权": "食品安全",
        "残及人保障": "残疾人保障",
        "养劳服务": "养老服务",
        "户藉": "户籍",
        "公积斤": "公积金",
        "图韦馆": "图书馆",
        "图书管 免费": "图书馆 免费",
        "tushuguan": "图书馆",
        "tu shu guan": "图书馆",
        "bowuguan": "博物馆",
        "tushuguankaifang": "图书馆开放",
        "tusuguan": "图书馆",
        "tushugaun": "图书馆",
        "musuem": "museum",
    }
    assert {typed: did_you_mean(typed, "zh-hans") for typed in meant} == meant
    assert did_you_mean("tushuguan", "en") == "图书馆", "pages without a translation are found, too"


def test_what_is_right_or_unknown_stays(vocabulary: HomePage) -> None:
    right = [
        "图书馆",
        "圖書館",
        "图书馆免费开放",
        "museum",
        "食品 安全",
        "馆",
        "",
        "2025",
        "龘龘",
        "qqqq",
        "\0\ud800",
        "国庆哪些图书馆开",
        "泉政办〔2020〕15号",
        "x" * 999,
    ]
    assert {typed: meant for typed in right if (meant := did_you_mean(typed, "zh-hans"))} == {}


def test_a_word_of_the_dictionary_is_no_mistake(vocabulary: HomePage) -> None:
    SearchWord.objects.create(language="zh-hans", word="基点", pinyin="jidian", loose="jidian", entries=3)
    assert did_you_mean("图书馆几点", "zh-hans") is None


def test_words_follow_the_pages(vocabulary: HomePage) -> None:
    before = set(SearchWord.objects.values_list("pk", "word"))
    assert {"图书馆", "museum"} <= {word for __, word in before}
    assert "范本" not in {word for __, word in before}, "on one page only, and in no title"
    SearchEntry.objects.filter(text__contains="museum").delete()
    rebuild_all_words()
    after = dict(SearchWord.objects.values_list("word", "entries"))
    assert "museum" not in after
    assert after["图书馆"] == 2
    assert set(SearchWord.objects.values_list("pk", "word")) < before, (
        "what did not change is not written anew"
    )


def test_words_of_a_page_that_was_taken_down_are_not_suggested(vocabulary: HomePage) -> None:
    entry = SearchEntry.objects.filter(text__contains="museum").first()
    SearchEntry.objects.filter(pk=entry.pk).update(title="木偶戏传习所")
    rebuild_words("zh-hans")
    assert did_you_mean("木偶系", "zh-hans") == "木偶戏"
    Page.objects.filter(pk=entry.pk).update(live=False)
    assert did_you_mean("木偶系", "zh-hans") is None


def test_number_of_queries_does_not_grow_with_the_question(
    vocabulary: HomePage, django_assert_max_num_queries
) -> None:
    did_you_mean("图书馆", "zh-hans")
    with django_assert_max_num_queries(6):
        did_you_mean("养劳服务免费开房图书管文化官", "zh-hans")


def test_local_names_stay_whole_and_are_learnt_without_a_restart(small_city: HomePage) -> None:
    assert words("蟳埔街道开放") != ["蟳埔街道", "开放"]
    Region.objects.create(
        code="350503", name="蟳埔街道", level="township", parent_code="350500", locale=small_city.locale
    )
    cache.clear()
    assert words("蟳埔街道开放") == ["蟳埔街道", "开放"]
    assert words("在蟳埔开放") == ["在", "蟳埔", "开放"]
    assert "市文旅局" in local_names.current()


def test_local_names_cost_nothing_once_read(small_city: HomePage, django_assert_num_queries) -> None:
    words("图书馆")
    with django_assert_num_queries(0):
        words("泉州市图书馆免费开放")
