"""Whatever is asked, the database backend answers, without an error."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modelsearch.query import MATCH_ALL, MATCH_NONE, Boost, Fuzzy, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.utils import parse_query_string

from search.models import SearchEntry

pytestmark = pytest.mark.django_db

# What FTS5, tsquery, Elasticsearch and SQL take for syntax, what ends strings, and what is no character at all.
PIECES = [
    *"\"'()[]{}*:^~-+|&!<>\\/%_;?.,，。「」〔〕 \t\n",
    *("AND", "OR", "NOT", "NEAR(", "NEAR/2", "title:", "{title} :", "body : ", "rowid:", "<->", ":*", "':A"),
    *("_exists_:x", "[* TO *]", "/.*/", "--", "/*", "%s", "%(x)s", "{}", "\0", "\ud800", "\udfff", "\ufffe"),
    *(
        "图",
        "图书馆",
        "免费开放",
        "泉政办〔2020〕15号",
        "〔",
        "2020",
        "tsg",
        "a",
        "İ",
        "é",
        "ß",
        "𠮷",
        "々",
        "👍",
        "‮",
    ),
]
ODD = [
    *(
        '"',
        '""',
        'a"b',
        '图书馆 "',
        "'",
        "   ",
        "，",
        "\0",
        "图\0书",
        "\ud800",
        "a\ud800图书",
        "*",
        "^a",
        "a*",
        "-a",
        "a:b",
    ),
    *(
        "title:x* NEAR",
        "NEAR(a b, 2)",
        "AND",
        "a AND",
        "(a",
        "a)",
        "{title} : a",
        "\\",
        "%",
        "%s",
        "a'; DROP TABLE x",
    ),
    *("图" * 100_000, "a" * 100_000, "a " * 50_000, "(" * 5_000, '"' * 999, "图书 " * 3_000, "\0" * 100),
]


@pytest.fixture(scope="module")
def backend():
    return get_search_backend("default")


@pytest.fixture(autouse=True)
def _entry(backend, db):
    page = Page.objects.get(depth=1).add_child(instance=Page(title="odd", slug="odd"))
    entry = SearchEntry.objects.create(
        page=page,
        kind="venue",
        language="zh-hans",
        title="泉州市图书馆 a b tsg 2020",
        text="免费开放 x AND y NOT z",
    )
    backend.add(entry)


def answers(backend, text):
    """Ask in every way there is; a failed statement would also break the transaction of the test."""
    _filters, parsed = parse_query_string(text, operator="or")
    plain, either = PlainText(text), PlainText(text, operator="or")
    queries = [
        plain,
        either,
        Phrase(text),
        Fuzzy(text),
        parsed,
        Boost(plain, 2.0) | ~either,
        plain & Phrase(text),
    ]
    for query in queries:
        results = backend.search(query, SearchEntry).annotate_score("score")
        assert len(results) == results.count() == sum(results.facet("kind").values())
    for query in (plain, either, Fuzzy(text)):
        assert len(backend.autocomplete(query, SearchEntry)) <= 1
    assert len(backend.search(text, SearchEntry, fields=["number"])) <= 1


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_questions(backend, text):
    answers(backend, text)


def test_what_holds_no_word_finds_nothing(backend):
    for text in ("", " ", '"', "，。", "\0", "\ud800"):
        assert list(backend.search(text, SearchEntry)) == []
        assert list(backend.autocomplete(text, SearchEntry)) == []
    assert backend.search(MATCH_ALL, SearchEntry).count() == 1
    assert backend.search(MATCH_NONE, SearchEntry).count() == 0


QUESTIONS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map("".join)
GENERATED = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
    "database": None,
}


@settings(max_examples=150, **GENERATED)
@given(QUESTIONS)
def test_generated_questions(backend, text):
    answers(backend, text)
    assert connection.is_usable()


@pytest.mark.deep
@settings(max_examples=10_000, **GENERATED)
@given(QUESTIONS)
def test_ten_thousand_generated_questions(backend, text):
    answers(backend, text)
    assert connection.is_usable()
