"""The database backend on SQLite: full text by FTS5, ranked by BM25."""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.query import SearchQuery
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from search.backends.cut import column_text, pieces_of
from search.backends.expressions import Dialect, Leaf, read_beginnings
from search.backends.results import HitCompiler, HitResults

# How many times a word of the title counts as one of the body, for each unit of the title's boost.
TITLE_WEIGHT = 3.0
# How many times the exact run counts as one of its words.
RUN_WEIGHT = 3
ENTRIES = stock.IndexEntry._meta.db_table
FULL_TEXT = stock.SQLiteFTSIndexEntry._meta.db_table


class FTS5(Dialect):
    """Every token stands in quotes; as it holds letters and digits only, nothing a reader types is syntax."""

    def token(self, token: str, *, is_prefix: bool = False) -> str:
        return f'"{token}" *' if is_prefix else f'"{token}"'

    def run(self, tokens: Sequence[str]) -> str:
        return self.token(" ".join(tokens))

    def all_of(self, parts: Sequence[str]) -> str:
        return parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})"

    def any_of(self, parts: Sequence[str]) -> str:
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"

    def without(self, wanted: str, unwanted: str) -> str:
        return f"({wanted} NOT {unwanted})"

    def leaf(self, leaf: Leaf) -> str:
        """What holds the run holds all words: as one more word to be found it only adds to the score."""
        words = super().leaf(leaf)
        return self.any_of([words, *[leaf.run] * RUN_WEIGHT]) if leaf.run else words


class SQLiteCompiler(HitCompiler, stock.SQLiteSearchQueryCompiler):
    dialect = FTS5()

    def find_hits(self) -> list[tuple[str, float]]:
        """One query to the full text; where parts of the question are boosted, one union of them."""
        leaves = self.match.leaves
        if not self.match.is_negated and any(leaf.boost != 1 for leaf in leaves):
            parts = [(self.dialect.leaf(leaf), leaf.boost) for leaf in leaves]
        else:
            parts = [(self.match.expression, 1.0)]
        columns = " ".join(self.columns)
        # BM25 of FTS5 is the better the lower it is.
        score = f"-bm25({FULL_TEXT}, 1.0, 1.0, {TITLE_WEIGHT * self.title_boost})"
        scored = " UNION ALL ".join(
            f"SELECT rowid AS id, {score} * %s AS score FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH %s"
            for _ in parts
        )
        parameters: list[Any] = [
            value for expression, boost in parts for value in (boost, f"{{{columns}}} : {expression}")
        ]
        if len(parts) > 1:
            # A hit of a part is not yet one of the whole question.
            scored = (
                f"SELECT id, sum(score) AS score FROM ({scored}) WHERE id IN "
                f"(SELECT rowid FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH %s) GROUP BY id"
            )
            parameters.append(f"{{{columns}}} : {self.match.expression}")
        types = get_descendants_content_types_pks(self.queryset.model)
        # CROSS JOIN: the hits first, then the entry of each.
        sql = (
            f"SELECT entry.object_id, hit.score FROM ({scored}) AS hit "
            f"CROSS JOIN {ENTRIES} AS entry ON entry.id = hit.id "
            f"WHERE entry.content_type_id IN ({', '.join(['%s'] * len(types))}) "
            "ORDER BY hit.score DESC, entry.id DESC"
        )
        with connections[self.queryset.db].cursor() as cursor:
            cursor.execute(sql, [*parameters, *types])
            return cursor.fetchall()


class SQLiteCompletionCompiler(SQLiteCompiler, stock.SQLiteAutocompleteQueryCompiler):
    def read(self, query: SearchQuery, boost: float, dialect: Dialect) -> Leaf | None:
        """Read a leaf of the question as beginnings."""
        return read_beginnings(query, boost, dialect)


class SQLiteIndex(stock.SQLiteIndex):
    """The table of entries, whose triggers write the full text."""

    def add_items(self, model: Any, objs: Sequence[Any]) -> None:
        """Write the entries of objects of one model, each field cut once."""
        content_type = get_content_type_pk(model)
        rows = []
        for instance in objs:
            pieces = pieces_of(instance)
            rows.append(
                stock.IndexEntry(
                    content_type_id=content_type,
                    object_id=str(instance.pk),
                    title=column_text(pieces, "title"),
                    body=column_text(pieces, "body"),
                    autocomplete=column_text(pieces, "autocomplete"),
                )
            )
        written = ["title", "body", "autocomplete"]
        self.entries.bulk_create(
            rows, update_conflicts=True, update_fields=written, unique_fields=["content_type", "object_id"]
        )

    def _refresh_title_norms(self, full: bool = False) -> None:
        """The rank does not ask for them; refreshing them would read the whole table at every save."""


class SQLiteBackend(stock.SQLiteSearchBackend):
    query_compiler_class = SQLiteCompiler
    autocomplete_query_compiler_class = SQLiteCompletionCompiler
    index_class = SQLiteIndex
    results_class = HitResults


SearchBackend = SQLiteBackend
