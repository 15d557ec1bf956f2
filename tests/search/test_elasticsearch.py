"""What Elasticsearch finds, counts and refuses; asked on a real server."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from elasticsearch import ApiError, BadRequestError, NotFoundError
from elasticsearch.helpers import BulkIndexError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modelsearch.backends.base import FilterFieldError
from modelsearch.query import MATCH_ALL, Phrase, PlainText

from home.models import HomePage
from search.models import SearchEntry, SynonymGroup
from tests.factories.pages import NewsPageFactory
from tests.search.rows import row, rows

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


def fill(elastic: Any) -> None:
    elastic.sync(SearchEntry, list(SearchEntry.objects.values_list("pk", flat=True)))
    elastic.refresh_indexes()


def found(elastic: Any, text: str, operator: str = "and", **filters: Any) -> list[str]:
    results = elastic.search(PlainText(text, operator=operator), SearchEntry.objects.filter(**filters))
    return [entry.title for entry in results]


def test_all_words_or_most_and_the_exact_run_first(elastic: Any) -> None:
    row("图书馆条例", text="免费开放的图书馆，由市文旅局管理")
    row("公告", text="图书馆免费开放")
    row("博物馆", text="开放时间")
    fill(elastic)
    assert found(elastic, "图书馆免费开放")[0] == "公告"
    assert found(elastic, "图书馆 免费开放") == ["公告", "图书馆条例"]
    assert sorted(found(elastic, "图书馆 博物馆", operator="or")) == ["公告", "博物馆", "图书馆条例"]
    assert found(elastic, "图书馆 博物馆") == []
    assert found(elastic, "圖書館") == found(elastic, "图书馆") == ["图书馆条例", "公告"], (
        "titles count twice"
    )
    assert len(found(elastic, "馆")) == 3, "one character is the beginning of a pair, or stands last"
    exact = elastic.search(Phrase("图书馆免费"), SearchEntry)
    assert [entry.title for entry in exact] == ["公告"]


def test_words_may_stand_in_different_columns(elastic: Any) -> None:
    row("图书馆", names="晋江", number="晋政办〔2020〕15号", summary="免费", text="自习")
    row("书店", attachments=[{"document": 1, "title": "附件", "text": "阅览室规则"}])
    fill(elastic)
    assert found(elastic, "图书馆 晋江 免费 自习") == found(elastic, "晋政办[2020]15号") == ["图书馆"]
    assert found(elastic, "阅览室 附件") == ["书店"]


def test_synonyms_of_the_office_are_found(elastic: Any) -> None:
    SynonymGroup.objects.create(words="群艺馆 文化馆")
    row("丰泽区文化馆开放时间")
    row("丰泽区群艺馆开放时间")
    row("丰泽区图书馆开放时间")
    fill(elastic)
    assert len(found(elastic, "丰泽 群艺馆")) == len(found(elastic, "群艺馆")) == 2


def test_suggestions_know_characters_sound_and_initials(elastic: Any) -> None:
    row("泉州市图书馆")
    row("泉州市博物馆")
    fill(elastic)
    for typed in ("图", "图书", "tushu", "tsg", "tu shu g", "泉州市图书馆"):
        results = elastic.autocomplete(typed, SearchEntry, fields=["title"])
        assert [entry.title for entry in results] == ["泉州市图书馆"], typed
    assert len(elastic.autocomplete("quanzhoushi", SearchEntry)) == 2
    assert len(elastic.autocomplete("quanzhoushitushuguanxyz", SearchEntry)) == 0


def test_filters_and_orders(elastic: Any) -> None:
    expires = datetime(2026, 9, 1, tzinfo=UTC)
    row("通告一", region_lineage="/35/3505/", dated=date(2020, 1, 1), year=2020, expires_at=expires)
    row("通告二", region_lineage="/35/3502/", dated=date(2024, 1, 1), year=2024, language="en")
    row("通告三")
    fill(elastic)
    assert found(elastic, "通告", region_lineage__startswith="/35/3505/") == ["通告一"]
    assert found(elastic, "通告", expires_at__gt=datetime(2026, 8, 31, tzinfo=UTC)) == ["通告一"]
    assert len(found(elastic, "通告", expires_at=None)) == 2
    assert found(elastic, "通告", language__in=["en", "zh-hant"]) == ["通告二"]
    assert found(elastic, "通告", year__gte=2024) == ["通告二"]
    assert found(elastic, "通告", kind="\ud800") == []
    pages = list(SearchEntry.objects.filter(title="通告三").values_list("page_id", flat=True))
    assert found(elastic, "通告", page_id__in=pages) == ["通告三"]
    newest = elastic.search(
        "通告", SearchEntry.objects.order_by("-dated", "-page_id"), order_by_relevance=False
    )
    assert [entry.title for entry in newest] == ["通告二", "通告一", "通告三"], "no date comes last"


def test_facets_have_all_their_values(elastic: Any) -> None:
    rows(
        *(
            {"title": "通告", "department_code": f"d{number % 40:02}", "year": 2000 + number % 3 or None}
            for number in range(100)
        ),
        {"title": "通告", "dated": date(2024, 2, 29), "expires_at": datetime(2026, 1, 1, 12, tzinfo=UTC)},
    )
    fill(elastic)
    results = elastic.search("通告", SearchEntry)
    departments = results.facet("department_code")
    assert departments == Counter(SearchEntry.objects.values_list("department_code", flat=True))
    assert len(departments) == 41
    assert list(departments.values()) == sorted(departments.values(), reverse=True)
    assert results.facet("year") == {2000: 34, 2001: 33, 2002: 33, None: 1}
    assert results.facet("dated") == {None: 100, date(2024, 2, 29): 1}
    assert results.facet("expires_at") == {None: 100, datetime(2026, 1, 1, 12, tzinfo=UTC): 1}
    tally = results.tally("department_code", "year")
    assert tally.total == results.count() == 101
    assert tally.facets == {"department_code": departments, "year": results.facet("year")}
    assert results.tally().total == 101
    with pytest.raises(FilterFieldError):
        results.facet("text")


def test_pages_follow_each_other_without_gap(elastic: Any) -> None:
    rows(*({"title": "通告"} for __ in range(25)))
    fill(elastic)
    results = elastic.search("通告", SearchEntry)
    seen = [entry.pk for first in range(0, 30, 7) for entry in results[first : first + 7]]
    assert seen == sorted(SearchEntry.objects.values_list("pk", flat=True), reverse=True)
    assert [entry.pk for entry in results] == seen
    assert [entry.pk for entry in elastic.search(MATCH_ALL, SearchEntry)[20:]] == seen[20:]
    assert results[3:3].count() == 0
    assert list(results[30:40]) == []
    scored = results.annotate_score("score")[0]
    assert scored.score > 0


def test_what_is_not_in_the_mapping_is_refused(elastic: Any) -> None:
    name = elastic.get_index_for_model(SearchEntry).name
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        elastic.es.index(index=name, id="1", document={"pk": 1, "surprise": "x"})


def test_nothing_is_made_by_a_write_before_the_first_rebuild(elastic: Any) -> None:
    index = elastic.get_index_for_model(SearchEntry)
    index.delete()
    entry = row("通告")
    for write in (
        lambda: elastic.sync(SearchEntry, [entry.pk]),
        lambda: elastic.add(entry),
        lambda: elastic.delete(entry),
    ):
        with pytest.raises(BulkIndexError) as raised:
            write()
        assert {result["status"] for each in raised.value.errors for result in each.values()} == {404}
    assert elastic.state(SearchEntry) is None
    assert not elastic.es.indices.get(index=f"{index.name}*")
    with pytest.raises(NotFoundError):
        found(elastic, "通告")


def test_wagtail_writes_no_page_here(elastic: Any, small_city: HomePage) -> None:
    NewsPageFactory(parent=small_city, title="草稿里的消息", live=False)
    row("通告")
    call_command("update_index", backend_name="elasticsearch", verbosity=0)
    elastic.refresh_indexes()
    held = elastic.es.indices.get(index=f"{elastic.index_prefix}*")
    assert len(held) == 1
    assert dict(elastic.digests(SearchEntry)) == dict(SearchEntry.objects.values_list("pk", "digest"))


def test_digests_and_state_tell_what_is_held(elastic: Any) -> None:
    rows(*({"title": f"通告{number}"} for number in range(12)))
    fill(elastic)
    held = dict(elastic.digests(SearchEntry))
    assert held == dict(SearchEntry.objects.values_list("pk", "digest"))
    state = elastic.state(SearchEntry)
    assert (state.documents, state.is_rebuilding) == (len(held), False)
    assert state.bytes > 1000
    assert elastic.health() in {"green", "yellow"}, "red is missing data"


def test_long_values_do_not_refuse_their_row(elastic: Any) -> None:
    row("通告", text="字" * 300_000, topic_code="长" * 40, names="x" * 100_000)
    fill(elastic)
    assert found(elastic, "通告 字字") == ["通告"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=40),
        st.text(st.sampled_from('"\\*?~^:(){}[]+-!&|/ \0\ud800图书馆ANDORNOT'), max_size=60),
        st.sampled_from(["图" * 100_000, "图 书 " * 30_000, "a b " * 30_000, "_exists_:title", "%s", " "]),
    )
)
def test_no_question_breaks_it(elastic: Any, text: str) -> None:
    for operator in ("and", "or"):
        assert elastic.search(PlainText(text, operator=operator), SearchEntry).count() == 0
    list(elastic.autocomplete(text, SearchEntry))
    list(elastic.search(~PlainText(text) & (Phrase(text) | PlainText(text)), SearchEntry))


def test_an_error_of_the_server_is_one_that_is_caught(elastic: Any) -> None:
    with pytest.raises(ApiError):
        elastic.reader.search(index=elastic.get_index_for_model(SearchEntry).name, query={"nonsense": {}})
