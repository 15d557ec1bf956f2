"""One question, one answer: what is found, in which order, and how it is counted."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from environs import Env
from wagtail.models import Locale

from openness.departments.models import Department, Region
from openness.settings.search import search_backends
from search import engines
from search.answers import Step
from search.did_you_mean import rebuild_words
from search.models import PromotedResult
from search.questions import SearchQuestion
from search.service import MOST_REACHED, search
from tests.factories.pages import DepartmentPageFactory, VenuePageFactory
from tests.search.town import Indexed, ask, news, policy, titles, topic
from tests.venues.hours.builders import ALL_WEEK, rule, schedule
from venues.schedules import set_schedules

pytestmark = pytest.mark.usefixtures("small_city")


def test_all_words_are_looked_for_and_the_exact_run_comes_first(indexed: Indexed) -> None:
    news("馆长谈图书", "少儿阅读室明天开放，欢迎少儿来室阅读。")
    news("通知", "少儿阅读室明天起开放。")
    news("游泳馆", "泳池开放。")
    indexed()
    answer = ask("少儿阅读室 开放")
    assert sorted(titles(answer)) == ["通知", "馆长谈图书"]
    assert (answer.total, answer.step) == (2, Step.ALL)
    assert titles(ask("少儿阅读室明天起开放"))[0] == "通知"


def test_most_words_answer_where_nothing_holds_all(indexed: Indexed) -> None:
    news("图书馆延长开放", "晚间到九点。")
    news("游泳馆", "泳池开放。")
    news("别的")
    indexed()
    answer = ask("图书馆 开放 停车券")
    assert titles(answer) == ["图书馆延长开放", "游泳馆"]
    assert (answer.total, answer.step) == (2, Step.MOST)
    assert ask("停车券月票").total == 0


def test_words_and_snippets_are_marked(indexed: Indexed) -> None:
    news("圖書館的<b>夜</b>", "图书馆夜间开放到九点。")
    indexed()
    (hit,) = ask("图书馆").hits
    assert "<mark>圖書館</mark>的&lt;b&gt;" in hit.title_html
    assert "<mark>图书馆</mark>" in hit.snippet_html
    assert hit.attachment == ""


def test_a_document_stands_first_where_its_number_is_asked(indexed: Indexed) -> None:
    policy("补贴办法", "正文", number="泉文旅规〔2020〕15号")
    news("一图读懂泉文旅规〔2020〕15号", "泉文旅规〔2020〕15号 泉文旅规〔2020〕15号说明")
    news("泉文旅规〔2020〕15号的补贴", "补贴 泉文旅规〔2020〕15号")
    indexed()
    for number in ("泉文旅规〔2020〕15号", "泉文旅规[2020]15号", "泉文旅规（２０２０）第15号"):
        answer = ask(number)
        assert titles(answer)[0] == "补贴办法"
        assert answer.total == 3
        assert sorted(titles(answer)) == sorted(set(titles(answer)))
    assert titles(ask("泉文旅规〔2020〕15号 补贴"))[0] == "补贴办法"
    assert ask("泉文旅规〔2020〕15号", kind="news").total == 2
    assert titles(ask("泉文旅规〔2020〕15号", first=1, count=2)) == titles(ask("泉文旅规〔2020〕15号"))[1:]


def test_a_recommended_page_stands_above_and_is_not_repeated(indexed: Indexed) -> None:
    card = news("读者证办理指南", "带身份证到服务台。")
    other = news("办证须知", "读者证 办证")
    news("读者证 办证 三日内取", "读者证 办证")
    indexed()
    PromotedResult.objects.create(questions="办证, 读者證", page=card, note="一分钟看懂", position=2)
    PromotedResult.objects.create(questions="办证", page=other, position=1)
    answer = ask("　办证 ")
    assert [(each.entry.title, each.note) for each in answer.promoted] == [
        ("办证须知", ""),
        ("读者证办理指南", "一分钟看懂"),
    ]
    assert titles(answer) == ["读者证 办证 三日内取"]
    assert answer.total == answer.kinds["news"] == 3
    assert [each.entry.title for each in ask("读者证").promoted] == ["读者证办理指南"]
    assert not ask("怎么办证").promoted
    # It is a result like others: a filter that it does not pass leaves it out.
    assert not ask("办证", kind="policy").promoted
    assert ask("办证", kind="policy").total == 0


def test_pages_of_an_answer_show_everything_once(indexed: Indexed) -> None:
    pages = [news(f"讲座第{number}场", "讲座") for number in range(11)]
    indexed()
    PromotedResult.objects.create(questions="讲座", page=pages[7])
    seen: list[Any] = []
    for first in range(0, 12, 4):
        answer = ask("讲座", first=first, count=4)
        assert answer.total == answer.reachable == 11
        shown: list[Any] = [*answer.promoted, *answer.hits]
        assert len(shown) == (3 if first == 8 else 4)
        seen += [each.entry.pk for each in shown]
    assert sorted(seen) == sorted(page.pk for page in pages)
    assert not ask("讲座", first=MOST_REACHED).hits
    assert not ask("讲座", first=10**9).hits
    assert not ask("", kind="news", first=10**9).hits


def test_every_filter_narrows_and_is_counted_without_itself(indexed: Indexed) -> None:
    for code, parent in (("culture-topic", ""), ("libraries", "culture-topic"), ("sport", "")):
        topic(code, parent=parent)
    district = Region.objects.get(code="350500")
    Region.objects.create(
        code="350503", name="丰泽区", parent_code="350500", level="county", locale=district.locale
    )
    office = DepartmentPageFactory(
        title="丰泽区文旅局",
        slug="fengze",
        department=Department.objects.create(
            code="fengze", name="丰泽区文旅局", short_name="丰泽", region=Region.objects.get(code="350503")
        ),
    )
    policy("图书补贴甲", topics=("libraries",), written_on=date(2024, 3, 1))
    policy("图书补贴乙", topics=("culture-topic",), written_on=date(2025, 3, 1), parent=office)
    policy("图书补贴丙", topics=("sport",), written_on=date(2025, 5, 1), effective_on=date(2030, 1, 1))
    news("图书补贴新闻")
    indexed()
    answer = ask("图书补贴")
    assert answer.total == 4
    assert answer.kinds == {"policy": 3, "news": 1}
    assert answer.facets["year"] == {"2024": 1, "2025": 2, "2026": 1}
    assert answer.facets["region"] == {"350500": 4, "350503": 1}
    assert answer.facets["department"] == {"culture": 3, "fengze": 1}
    assert answer.facets["topic"] == {"culture-topic": 2, "libraries": 1, "sport": 1}
    assert answer.facets["validity"] == {"in_force": 2, "not_yet": 1}
    chosen = ask("图书补贴", year="2025")
    assert sorted(titles(chosen)) == ["图书补贴丙", "图书补贴乙"]
    assert chosen.total == 2
    assert chosen.facets["year"] == answer.facets["year"]
    assert chosen.kinds == {"policy": 2}
    assert chosen.facets["department"] == {"culture": 1, "fengze": 1}
    assert titles(ask("图书补贴", region="350503")) == ["图书补贴乙"]
    assert ask("图书补贴", region="350500", kind="policy").total == 3
    assert sorted(titles(ask("图书补贴", topic="culture-topic"))) == ["图书补贴乙", "图书补贴甲"]
    assert titles(ask("图书补贴", topic="libraries")) == ["图书补贴甲"]
    assert titles(ask("图书补贴", validity="not_yet")) == ["图书补贴丙"]
    assert titles(ask("图书补贴", department="fengze")) == ["图书补贴乙"]
    assert ask("图书补贴", kind="policy", year="2025", department="culture").facets["year"] == {
        "2024": 1,
        "2025": 1,
    }


def test_venues_that_are_open_now_are_found_and_counted(indexed: Indexed) -> None:
    VenuePageFactory(title="市图书馆", slug="library", admission="free")
    late: Any = VenuePageFactory(title="夜间图书馆", slug="late", admission="paid")
    set_schedules(late, (schedule("base", rule("daily", ALL_WEEK, "18:00-22:00")),))
    late.save()
    news("图书馆新闻")
    indexed()
    answer = ask("图书馆")
    assert answer.total == 3
    assert answer.facets["open_now"] == {"1": 1}
    assert answer.facets["admission"] == {"free": 1, "paid": 1}
    answer = ask("图书馆", open_now=True)
    assert titles(answer) == ["市图书馆"]
    assert answer.total == 1
    # What one gets by giving the filter up is in its own count only.
    assert answer.kinds == {"venue": 1}
    assert ask("图书馆", admission="paid").facets["open_now"] == {"1": 0}
    assert titles(ask(open_now=True)) == ["市图书馆"]


def test_without_words_the_filters_are_a_list_by_date(indexed: Indexed) -> None:
    policy("旧文件", written_on=date(2020, 1, 1))
    policy("新文件", written_on=date(2025, 1, 1))
    news("新闻")
    indexed()
    answer = ask(kind="policy")
    assert titles(answer) == ["新文件", "旧文件"]
    assert (answer.total, answer.step) == (2, Step.BROWSE)
    assert answer.kinds["news"] == 1
    assert "<mark>" not in "".join(hit.title_html + hit.snippet_html for hit in answer.hits)
    assert titles(ask(kind="policy", first=1)) == ["旧文件"]


def test_nothing_asked_is_nothing_answered(indexed: Indexed) -> None:
    news("新闻")
    indexed()
    answer = ask()
    assert (answer.total, answer.hits, answer.step) == (0, (), Step.NOTHING)


def test_results_can_be_ordered_by_date(indexed: Indexed) -> None:
    policy("补贴 补贴 补贴", "补贴", written_on=date(2020, 1, 1))
    policy("补贴细则", "说明", written_on=date(2025, 1, 1))
    VenuePageFactory(title="补贴窗口", slug="window")
    indexed()
    assert titles(ask("补贴", order="newest", kind="policy")) == ["补贴细则", "补贴 补贴 补贴"]
    assert len(titles(ask("补贴", order="newest"))) == 3


def test_what_was_repealed_stands_below_what_is_in_force(indexed: Indexed) -> None:
    old = policy(
        "市民文化补贴办法", "市民文化补贴", number="泉文旅规〔2019〕1号", written_on=date(2019, 1, 1)
    )
    policy("市民文化补贴办法的实施说明", "补贴", written_on=date(2024, 1, 1))
    indexed()
    assert titles(ask("市民文化补贴办法"))[0] == "市民文化补贴办法"
    old.entry.validity = "repealed"
    old.entry.save()
    indexed()
    assert titles(ask("市民文化补贴办法"))[-1] == "市民文化补贴办法"


@pytest.mark.parametrize(
    "query",
    [
        "，",
        '"图书',
        "图书馆 AND NOT (",
        "*",
        "title:图书",
        "图书\\",
        "馆" * 200,
        "a OR b",
        "^{}[]",
        "🏛️",
        "\u202e\ufeff",
        "%_",
    ],
    ids=lambda query: repr(query[:12]),
)
def test_no_words_break_it(indexed: Indexed, query: str) -> None:
    news("市图书馆新闻", "正文")
    indexed()
    answer = ask(query)
    assert answer.total in (0, 1)


def test_the_database_answers_where_elasticsearch_does_not(
    indexed: Indexed, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    news("图书馆新闻")
    indexed()
    locale = Locale.objects.get(language_code="zh-hans")
    # Nobody listens there.
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9")
    settings.WAGTAILSEARCH_BACKENDS = search_backends(Env())
    try:
        answer = search(SearchQuestion(q="图书馆"), locale=locale, first=0, count=10)
    finally:
        engines.circuit.succeeded()
    assert answer.is_simplified
    assert titles(answer) == ["图书馆新闻"]
    assert answer.kinds == {"news": 1}


def test_little_found_asks_what_was_meant(indexed: Indexed) -> None:
    for number in range(4):
        news(f"图书馆第{number}则", "图书馆里的图书馆")
    indexed()
    rebuild_words("zh-hans")
    assert ask("图书管").did_you_mean == "图书馆"
    assert ask("图书馆").did_you_mean == ""


def queries_of(*args: Any, **kwargs: Any) -> int:
    ask(*args, **kwargs)
    with CaptureQueriesContext(connection) as queries:
        ask(*args, **kwargs)
    return len(queries)


@pytest.mark.parametrize(
    ("asked", "most"),
    [
        ({"q": "讲座"}, 16),
        ({"q": "讲座 缺少"}, 24),
        ({"q": "讲座", "kind": "news", "year": "2026", "region": "350500", "open_now": True}, 20),
        ({"kind": "news"}, 8),
    ],
    ids=["words", "most words", "filters", "browse"],
)
def test_the_number_of_queries_does_not_grow(indexed: Indexed, asked: dict[str, Any], most: int) -> None:
    for number in range(3):
        news(f"讲座预告{number}", "讲座")
    VenuePageFactory(title="讲座中心", slug="centre")
    indexed()
    few = queries_of(**asked)
    for number in range(6):
        news(f"讲座第{number}场", "讲座")
    indexed()
    assert queries_of(**asked) == few
    assert few <= most
