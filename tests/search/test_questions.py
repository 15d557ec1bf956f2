"""What a question holds, and how an address says it."""

import pytest
from django.http import QueryDict

from search.questions import LONGEST_QUERY, SearchQuestion, cleaned_words, read_question


def test_a_question_comes_back_out_of_its_own_address(small_city: None) -> None:
    question = SearchQuestion(
        q="图书馆 开放",
        kind="policy",
        department="culture",
        region="350500",
        year="2022",
        validity="in_force",
        admission="free",
        open_now=True,
        order="newest",
    )
    read, form = read_question(QueryDict(question.query_string()))
    assert form.errors == {}
    assert read == question


def test_an_empty_question_has_an_empty_address() -> None:
    assert SearchQuestion().query_string() == ""
    assert SearchQuestion().is_empty
    assert not SearchQuestion(open_now=True).is_empty


def test_filters_are_set_and_taken_back_one_by_one() -> None:
    question = SearchQuestion(q="x").choosing("year", "2020").choosing("open_now", "1")
    assert question.filters == ("year", "open_now")
    assert question.without("year").without("open_now") == SearchQuestion(q="x")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "20"),
        ("year", "²"),
        ("kind", "cat"),
        ("region", "nowhere"),
        ("region", "x\0"),
        ("department", "'"),
        ("validity", "in-force"),
        ("admission", "\ud800"),
        ("order", "worst"),
    ],
)
def test_what_cannot_be_understood_is_said_and_the_rest_is_kept(db: None, name: str, value: str) -> None:
    query = QueryDict(mutable=True)
    query.update({"q": "图书馆", name: value})
    question, form = read_question(query)
    assert list(form.errors) == [name]
    assert question == SearchQuestion(q="图书馆")
    assert form[name].value() == value


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("  图书馆 \t 开放\n", "图书馆 开放"),
        ("图\0书", "图 书"),
        ("a\ud83d b", "a b"),
        ("x" * 100_000, "x" * LONGEST_QUERY),
        ("x " * 100_000, ("x " * LONGEST_QUERY)[: LONGEST_QUERY - 1]),
        ("\u3000", ""),
    ],
)
def test_whatever_was_typed_can_be_asked(typed: str, asked: str) -> None:
    assert cleaned_words(typed) == asked


def test_nul_in_the_words_is_no_mistake(db: None) -> None:
    question, form = read_question(QueryDict("q=%00%E5%9B%BE"))
    assert not form.errors
    assert question.q == "图"
