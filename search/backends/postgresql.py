"""The database backend on PostgreSQL: full text by tsvector and GIN, ranked by nearness and by how rare words are.

``ts_rank`` and ``ts_rank_cd`` count what stands in a document and do not ask how common it is elsewhere. Where all
words must stand, ``ts_rank_cd`` puts those first that hold them close together. Where any word will do, the rare
ones decide: they alone are looked for, each counts by its inverse document frequency.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import log
from typing import Any

from django.db import connections
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.query import SearchQuery
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from search.backends.cut import pieces_of
from search.backends.expressions import Dialect, Leaf, read_beginnings, read_words
from search.backends.results import HitCompiler, HitResults
from search.backends.tsvector import TSQuery, tsvector

ENTRIES = stock.IndexEntry._meta.db_table
COLUMNS = ("title", "body", "autocomplete")
# Weights of tsvector labels D, C, B and A: A is the title.
WEIGHTS = "{0.1, 0.25, 0.5, 1.0}"
# ts_rank divides by 1 + the logarithm of the document's length.
BY_LENGTH = 1
# Of a question that any word answers, the rarest so many are looked for.
RAREST = 16
# Up to here the documents that hold a word are counted; more common ones count alike.
COUNTED = 5_000
# So many hits are ranked by their whole text, chosen by their title; more would keep readers waiting.
RANKED = 200


class PostgreSQLCompiler(HitCompiler, stock.PostgresSearchQueryCompiler):
    dialect = TSQuery()

    @property
    def vector(self) -> str:
        """The column, or the columns as the index of 0003_full_text_index joins them."""
        return f"({' || '.join(self.columns)})"

    def read(self, query: SearchQuery, boost: float, dialect: Dialect) -> Leaf | None:
        """Read a leaf of the question; of many words of which any will do, the rarest."""
        leaf = read_words(query, boost, dialect)
        if leaf is None or not leaf.is_any or len(leaf.terms) == 1:
            return leaf
        rarest = sorted(self._rarity(list(dict.fromkeys(leaf.terms))), reverse=True)[:RAREST]
        if not rarest:
            return None
        rarity, terms = zip(*rarest, strict=True)
        return replace(leaf, terms=terms, rarity=rarity)

    def find_hits(self) -> list[tuple[str, float]]:
        """One query: all hits by what their titles and the index say, the best of them by all their text."""
        leaves = self.match.leaves
        if self.match.is_negated:
            return self._unranked()
        any_word = self.dialect.any_of([term for leaf in leaves for term in leaf.terms])
        counted = [
            (term, weight * leaf.boost)
            for leaf in leaves
            for term, weight in zip(leaf.terms, leaf.rarity, strict=False)
        ]
        ranks = [rank for leaf in leaves for rank in self._ranks(leaf)]
        # OFFSET 0 keeps a part from being merged into the next: the planner takes the index for a question that it
        # does not see, and else all texts; and the whole vector is joined once for each entry, not for each rank.
        sql = f"""
            WITH held AS MATERIALIZED (
                SELECT id, sum(weight) AS weight
                FROM unnest(%s::text[], %s::float8[]) AS asked (term, weight)
                CROSS JOIN LATERAL (SELECT id FROM {ENTRIES} WHERE {self.vector} @@ asked.term::tsquery) AS holding
                GROUP BY id
            ), hit AS MATERIALIZED (
                SELECT id, object_id,
                       ts_rank('{WEIGHTS}', {self.columns[0]}, %s::tsquery) + coalesce(weight, 0) AS first
                FROM (SELECT %s::tsquery AS query OFFSET 0) AS question
                JOIN {ENTRIES} ON {self.vector} @@ question.query LEFT JOIN held USING (id)
                WHERE content_type_id = ANY(%s)
            ), chosen AS MATERIALIZED (
                SELECT id FROM hit ORDER BY first DESC, id DESC LIMIT {RANKED}
            ), ranked AS MATERIALIZED (
                SELECT id, {" + ".join(sql for sql, *_ in ranks)} AS score
                FROM (SELECT id, {self.vector} AS vector FROM {ENTRIES} JOIN chosen USING (id) OFFSET 0) AS whole
            )
            SELECT object_id, coalesce(score, 0) FROM hit LEFT JOIN ranked USING (id)
            ORDER BY score DESC NULLS LAST, first DESC, id DESC
        """
        parameters: list[Any] = [
            [term for term, _rarity in counted],
            [rarity for _term, rarity in counted],
            any_word,
            self.match.expression,
            self._content_types,
        ]
        for _sql, weight, expression in ranks:
            parameters += [weight, expression]
        return self._rows(sql, parameters)

    def _ranks(self, leaf: Leaf) -> list[tuple[str, float, str]]:
        """Return what a leaf adds to the score: SQL with two parameters, and these."""
        one = f"%s * ts_rank('{WEIGHTS}', vector, %s::tsquery, {BY_LENGTH})"
        near = f"%s * ts_rank_cd('{WEIGHTS}', vector, %s::tsquery, {BY_LENGTH})"
        if leaf.rarity:
            weighed = zip(leaf.rarity, leaf.terms, strict=True)
            ranks = [(one, leaf.boost * rarity, term) for rarity, term in weighed]
        else:
            ranks = [(near, leaf.boost, self.dialect.leaf(leaf))]
        return [*ranks, (near, leaf.boost, leaf.run)] if leaf.run else ranks

    def _unranked(self) -> list[tuple[str, float]]:
        sql = f"SELECT object_id, 0.0 FROM {ENTRIES} WHERE content_type_id = ANY(%s) AND {self.vector} @@ %s::tsquery"
        return self._rows(sql, [self._content_types, self.match.expression])

    def _rarity(self, terms: Sequence[str]) -> list[tuple[float, str]]:
        """Return the inverse document frequency of each expression that any entry holds, as BM25 has it."""
        sql = f"""
            SELECT term, (
                SELECT count(*) FROM (
                    SELECT FROM {ENTRIES} WHERE {self.vector} @@ term::tsquery LIMIT {COUNTED}
                ) AS holding
            ), (SELECT count(*) FROM {ENTRIES})
            FROM unnest(%s) AS term
        """
        return [
            (log(1 + (entries - holding + 0.5) / (holding + 0.5)), term)
            for term, holding, entries in self._rows(sql, [list(terms)])
            if holding
        ]

    @property
    def _content_types(self) -> list[int]:
        return get_descendants_content_types_pks(self.queryset.model)

    def _rows(self, sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        with connections[self.queryset.db].cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()


class PostgreSQLCompletionCompiler(PostgreSQLCompiler, stock.PostgresAutocompleteQueryCompiler):
    def read(self, query: SearchQuery, boost: float, dialect: Dialect) -> Leaf | None:
        """Read a leaf of the question as beginnings."""
        return read_beginnings(query, boost, dialect)


class PostgreSQLIndex(stock.PostgresIndex):
    """The table of entries."""

    def add_items(self, model: Any, objs: Sequence[Any]) -> None:
        """Write the entries of objects of one model, each field cut once."""
        content_type = get_content_type_pk(model)
        rows = {}
        for instance in objs:
            pieces = pieces_of(instance)
            vectors = (tsvector(pieces, column) for column in COLUMNS)
            rows[str(instance.pk)] = (content_type, str(instance.pk), *vectors)
        if not rows:
            return
        values = ", ".join(["(%s, %s, %s::tsvector, %s::tsvector, %s::tsvector, 1, '', '')"] * len(rows))
        with self.write_connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO {ENTRIES} (content_type_id, object_id, {", ".join(COLUMNS)},
                                       title_norm, title_text, body_text)
                VALUES {values}
                ON CONFLICT (content_type_id, object_id)
                DO UPDATE SET {", ".join(f"{column} = EXCLUDED.{column}" for column in COLUMNS)}
                """,
                [value for row in rows.values() for value in row],
            )

    def _refresh_title_norms(self, full: bool = False) -> None:
        """The rank does not ask for them; refreshing them would read the whole table at every save."""


class PostgreSQLBackend(stock.PostgresSearchBackend):
    query_compiler_class = PostgreSQLCompiler
    autocomplete_query_compiler_class = PostgreSQLCompletionCompiler
    index_class = PostgreSQLIndex
    results_class = HitResults


SearchBackend = PostgreSQLBackend
