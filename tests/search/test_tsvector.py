"""What is written for PostgreSQL's full text: within its limits, and no token taken for syntax."""

import pytest
from django.db import connection

from search.backends.cut import Piece
from search.backends.tsvector import LAST_POSITION, MOST_POSITIONS, TSQuery, tsvector


def body(tokens, boost=1.0):
    return Piece("body", boost, tokens)


def test_tokens_stand_with_their_places_and_weights():
    pieces = [Piece("title", 2.0, "泉州 州市"), body("图书 书馆 图书"), body("b", 0.5), body("c", 0.1)]

    assert tsvector(pieces, "title") == "'泉州':1A '州市':2A"
    assert tsvector(pieces, "body") == "'图书':1B,3B '书馆':2B 'b':4C 'c':5D"
    assert tsvector(pieces, "autocomplete") == ""


def test_places_end_where_postgresql_stops_counting():
    vector = tsvector([body("又 " * 20_000 + "末")], "body")
    often, last = vector.split()

    assert often.count(",") == MOST_POSITIONS - 1
    assert last == f"'末':{LAST_POSITION}B"


def test_nothing_ends_a_lexeme():
    language = TSQuery()

    assert language.token("o'\\'") == "'o''\\\\'''"
    assert language.run(["a", "b"]) == "('a' <-> 'b')"


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_longest_text_fits():
    # More different tokens than a tsvector holds, as a table of two million characters may have them.
    tokens = " ".join(chr(0x4E00 + n // 600) + chr(0x5E00 + n % 600) for n in range(200_000))
    title = tsvector([Piece("title", 2.0, tokens)], "title")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_column_size(%s::tsvector || %s::tsvector)", [title, tsvector([body(tokens)], "body")]
        )
        assert 800_000 < cursor.fetchone()[0] < 2**20


@pytest.mark.postgres
@pytest.mark.django_db
def test_title_and_body_have_one_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'wagtailsearch_title_body_gin'")
        assert "gin (((title || body)))" in cursor.fetchone()[0]
