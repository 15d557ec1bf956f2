"""The database backend on the engine at hand: what is found, in which order, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.query import MATCH_ALL, And, Boost, Fuzzy, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from search.backends.results import Among
from search.models import SearchEntry

pytestmark = pytest.mark.django_db

TITLES = {
    "library": ("泉州市图书馆免费开放", "周一至周日开放，节假日不闭馆。读者凭身份证入馆，存包免费。"),
    "culture": ("晋江市文化馆", "设有舞蹈室、图书角和群艺活动室，每天免费开放。"),
    "museum": ("泉州海外交通史博物馆", "陈列古船。周一闭馆。图书由资料室保管，不外借。"),
    "rule": (
        "泉州市公共图书馆管理办法",
        "本办法所称公共图书馆，是指向社会公众免费开放的图书馆。图书馆应当每周开放。",
    ),
}


@pytest.fixture
def backend():
    return get_search_backend("default")


@pytest.fixture
def entries(backend):
    """Four entries by name, indexed."""
    return add_entries(backend, TITLES)


def add_entries(backend, titles):
    root = Page.objects.get(depth=1)
    found = {}
    for name, (title, text) in titles.items():
        page = root.add_child(instance=Page(title=title, slug=f"searched-{Page.objects.count()}"))
        found[name] = SearchEntry.objects.create(
            page=page,
            kind="policy" if name == "rule" else "venue",
            language="zh-hans",
            title=title,
            text=text,
        )
    backend.add_bulk(SearchEntry, list(found.values()))
    return found


def titles(results):
    return [entry.title for entry in results]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("图书馆", {"library", "rule"}),
        ("圖書館", {"library", "rule"}),
        ("图书馆免", {"library"}),
        ("图书 开放", {"library", "culture", "rule"}),
        ("船", {"museum"}),
        ("馆", set(TITLES)),
        ("图书馆 古船", set()),
        ("体育馆", set()),
        ("，。", set()),
    ],
)
def test_all_words_must_stand(backend, entries, question, names):
    assert set(titles(backend.search(question, SearchEntry))) == {TITLES[name][0] for name in names}


def test_any_word_will_do(backend, entries):
    results = backend.search(PlainText("古船 舞蹈 体育", operator="or"), SearchEntry)

    assert set(titles(results)) == {TITLES["museum"][0], TITLES["culture"][0]}


def test_the_title_counts_more_and_the_exact_run_more_than_its_parts(backend, entries):
    assert titles(backend.search("图书馆", SearchEntry))[-1] != TITLES["museum"][0]
    assert titles(backend.search("公共图书馆管理办法", SearchEntry)) == [TITLES["rule"][0]]
    assert (
        titles(backend.search(PlainText("泉州海外交通史", operator="or"), SearchEntry))[0]
        == TITLES["museum"][0]
    )


def test_words_joined_by_and_rank_like_words_of_one_question(backend, entries):
    together = titles(backend.search(PlainText("图书 开放"), SearchEntry))
    joined = titles(backend.search(PlainText("图书") & PlainText("开放"), SearchEntry))

    assert joined[0] == together[0]
    assert joined[-1] == together[-1] == TITLES["culture"][0]


def test_what_is_boosted_comes_first(backend, entries):
    either = [PlainText("舞蹈室"), PlainText("古船")]
    for first, boosted in enumerate(either):
        results = backend.search(Boost(boosted, 20.0) | either[1 - first], SearchEntry)
        assert titles(results)[0] == TITLES[("culture", "museum")[first]][0]


def test_questions_combine(backend, entries):
    def found(query):
        return set(titles(backend.search(query, SearchEntry)))

    def named(*names):
        return {TITLES[name][0] for name in names}

    assert found(Phrase("免费开放")) == named("library", "culture", "rule")
    assert found(Phrase("开放免费")) == set()
    assert found(PlainText("图书") & ~PlainText("古船")) == named("library", "culture", "rule")
    assert found(~PlainText("图书馆")) == named("culture", "museum")
    assert found(~PlainText("图书馆") | PlainText("办法")) == named("culture", "museum", "rule")
    assert found(~(PlainText("图书馆") & PlainText("办法"))) == named("library", "culture", "museum")
    assert found(And([MATCH_ALL, ~PlainText("图书馆"), ~PlainText("古船")])) == named("culture")
    assert found(PlainText("，") | PlainText("古船")) == named("museum")
    assert found(Fuzzy("古船馆")) == named("museum")


def test_letters_may_be_mistyped_where_the_question_says_so(backend):
    add_entries(backend, {"wifi": ("Badminton courts", "Wireless network")})

    assert titles(backend.search(Fuzzy("badmintom"), SearchEntry)) == ["Badminton courts"]
    assert titles(backend.search("badmintom", SearchEntry)) == []


@pytest.mark.parametrize("typed", ["图书", "tushu", "tsg", "qzstsg", "泉州 tsg", "TuShuGuan"])
def test_completion_by_characters_sound_and_initials(backend, entries, typed):
    assert TITLES["library"][0] in titles(backend.autocomplete(typed, SearchEntry))


def test_fields_narrow_to_their_column(backend, entries):
    assert set(titles(backend.search("图书", SearchEntry, fields=["title"]))) == {
        TITLES["library"][0],
        TITLES["rule"][0],
    }
    assert TITLES["museum"][0] in titles(backend.search("古船", SearchEntry, fields=["text"]))
    assert titles(backend.search("海外交通", SearchEntry, fields=["text", "summary"])) == []
    assert titles(backend.autocomplete("tsg", SearchEntry, fields=["title"]))


def test_results_are_counted_paged_and_scored_from_the_same_hits(backend, entries):
    results = backend.search("图书", SearchEntry).annotate_score("score")
    first, *others = list(results)

    assert results.count() == 4
    assert results.facet("kind") == {"venue": 3, "policy": 1}
    assert [each.pk for each in results[1:3]] == [each.pk for each in others[:2]]
    assert results[1:3].count() == 2
    assert all(first.score >= each.score > 0 for each in others)
    assert dict(results.matches().values_list("kind", "title").filter(kind="policy")) == {
        "policy": TITLES["rule"][0]
    }


def test_filters_and_order_of_the_queryset_hold(backend, entries):
    venues = SearchEntry.objects.filter(kind="venue").defer("text").order_by("-page_id")
    results = backend.search("图书", venues, order_by_relevance=False)

    assert titles(results) == [TITLES[name][0] for name in ("museum", "culture", "library")]
    assert "text" in results[0].get_deferred_fields()
    assert backend.search("图书", SearchEntry.objects.none()).count() == 0


def test_an_entry_that_is_gone_is_neither_shown_nor_counted(backend, entries):
    SearchEntry.objects.filter(pk=entries["library"].pk).delete()
    results = backend.search("图书馆", SearchEntry)

    assert titles(results) == [TITLES["rule"][0]]
    assert results.count() == 1


def test_the_full_text_is_asked_once(backend, entries):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        results = backend.search("图书", SearchEntry)
        assert len(results[:2]) == 2
        assert results.count() == 4
        assert results.facet("kind")
        assert results.facet("language")

    asked = [query["sql"] for query in captured if " MATCH " in query["sql"] or "@@" in query["sql"]]
    assert len(asked) == 1
    # The hits, those let through, the page and two facets; the synonyms at most once.
    assert len(captured) <= 6


def test_a_save_costs_the_same_however_much_is_indexed(backend, entries):
    with CaptureQueriesContext(connection) as captured:
        backend.add(entries["library"])

    statements = [query["sql"] for query in captured if "wagtailsearch_indexentry" in query["sql"]]
    assert len(statements) == 1
    assert statements[0].lstrip().startswith("INSERT")


def test_a_changed_entry_replaces_the_old_one(backend, entries):
    entry = entries["museum"]
    entry.text = "陈列瓷器。"
    backend.add(entry)

    assert titles(backend.search("古船", SearchEntry)) == []
    assert titles(backend.search("瓷器", SearchEntry)) == [entry.title]
    backend.delete(entry)
    assert titles(backend.search("瓷器", SearchEntry)) == []


def test_more_hits_than_the_database_takes_parameters(backend, entries):
    keys = [*range(10**6, 10**6 + 40_000), entries["library"].pk]

    assert SearchEntry.objects.filter(pk__in=Among(keys, SearchEntry._meta.pk)).count() == 1
