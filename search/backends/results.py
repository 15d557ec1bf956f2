"""Results of a search in the database: hits from the full text, objects from the ORM."""

import json
from collections import OrderedDict
from copy import copy
from functools import cached_property
from typing import Any

from django.db.models import Count, Expression, QuerySet
from modelsearch.backends.base import BaseSearchQueryCompiler, BaseSearchResults, FilterFieldError
from modelsearch.index import AutocompleteField
from modelsearch.query import SearchQuery

from search.backends.cut import Column, column_of
from search.backends.expressions import EVERYTHING, Dialect, Leaf, Match, compiled, read_words


class Among(Expression):
    """A list of keys as a table, for ``pk__in``: one parameter, however many there are."""

    def __init__(self, keys: list[Any], key_field: Any) -> None:
        super().__init__(output_field=key_field)
        self.keys = keys

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """A JSON list: SQLite takes 32,766 parameters at most."""
        keys = [self.output_field.get_db_prep_value(key, connection) for key in self.keys]
        return "(SELECT value FROM json_each(%s))", [json.dumps(keys)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """An array of the type of the key."""
        keys = [self.output_field.get_db_prep_value(key, connection) for key in self.keys]
        return f"(SELECT unnest(%s::{self.output_field.rel_db_type(connection)}[]))", [keys]


class HitCompiler(BaseSearchQueryCompiler):
    """The part of a query compiler that asks the full text, once per search; slices of its results share the hits.

    An engine says which ``dialect`` it writes and finds keys and scores by ``find_hits``.
    """

    dialect: Dialect
    # The hits that the filters of the queryset let through; None until they are asked for.
    found: list[tuple[Any, float]] | None = None

    @cached_property
    def match(self) -> Match:
        """The question, as an expression of the engine."""
        return compiled(self.query, self.read, self.dialect)

    def read(self, query: SearchQuery, boost: float, dialect: Dialect) -> Leaf | None:
        """Read a leaf of the question."""
        return read_words(query, boost, dialect)

    @cached_property
    def hits(self) -> list[tuple[Any, float]]:
        """Keys and scores of all that the expression finds among the texts of the model, the best first."""
        if not self.match.expression:
            return []
        key_of = self.queryset.model._meta.pk.to_python
        return [(key_of(key), score) for key, score in self.find_hits()]

    @property
    def columns(self) -> list[Column]:
        """The columns that are searched; a field other than the title is found in the body, with all others."""
        if self.TARGET_SEARCH_FIELD_TYPE is AutocompleteField:
            return ["autocomplete"]
        return sorted({column_of(name) for name in self.fields or ("title", "body")}, reverse=True)

    @property
    def title_boost(self) -> float:
        """How much more a word of the title counts, as the model declares it."""
        fields = self.queryset.model.get_searchable_search_fields()
        return max((field.boost or 1.0 for field in fields if field.field_name == "title"), default=1.0)

    def find_hits(self) -> list[tuple[str, float]]:
        """Return the text of the key and the score of all that ``match.expression`` finds, the best first."""
        raise NotImplementedError


class HitResults(BaseSearchResults):
    """Results of a search that asked the full text once; pages, counts and facets all come from those hits."""

    supports_facet = True

    def matches(self) -> QuerySet:
        """Return all that the search finds as a queryset, without order, slice and score: to count it by anything."""
        return self._matching(self.query_compiler.queryset.order_by())

    def within(self, queryset: QuerySet, *, order_by_relevance: bool = True) -> "HitResults":
        """Return the same hits through the filters of another queryset of the model, and in its order if wanted.

        The full text is not asked again.
        """
        compiler = copy(self.query_compiler)
        # What was found belongs to the filters; the hits, once there, do not.
        compiler.queryset, compiler.order_by_relevance, compiler.found = queryset, order_by_relevance, None
        return type(self)(self.backend, compiler)

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """Return how many of all results have each value of a field, the most frequent first."""
        compiler = self.query_compiler
        if compiler._get_filterable_field(field_name) is None:
            model = compiler.queryset.model.__name__
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". '
                f"Please add index.FilterField('{field_name}') to {model}.search_fields.",
                field_name=field_name,
            )
        counts = self.matches().values_list(field_name).annotate(count=Count("pk", distinct=True))
        return OrderedDict(counts.order_by("-count", field_name))

    def _do_count(self) -> int:
        if self.query_compiler.match.is_negated:
            return self.matches()[self.start : self.stop].count()
        return len(self._found()[self.start : self.stop])

    def _do_search(self) -> list[Any]:
        compiler = self.query_compiler
        if compiler.match.is_negated or not compiler.order_by_relevance:
            return self._in_order()
        page = self._found()[self.start : self.stop]
        queryset = compiler.queryset.order_by().filter(pk__in=self._among([key for key, _score in page]))
        found = {instance.pk: instance for instance in queryset}
        return [self._scored(found[key], score) for key, score in page if key in found]

    def _in_order(self) -> list[Any]:
        """Results in the order of the queryset, or the newest first."""
        queryset = self._matching(self.query_compiler.queryset)
        if not queryset.ordered:
            queryset = queryset.order_by("-pk")
        scores = dict(self.query_compiler.hits) if self._score_field else {}
        return [self._scored(each, scores.get(each.pk, 0.0)) for each in queryset[self.start : self.stop]]

    def _found(self) -> list[tuple[Any, float]]:
        """The hits that pass the filters of the queryset, the best first."""
        compiler = self.query_compiler
        if compiler.found is None:
            allowed = set(self.matches().values_list("pk", flat=True)) if compiler.hits else set()
            compiler.found = [hit for hit in compiler.hits if hit[0] in allowed]
        return compiler.found

    def _matching(self, queryset: QuerySet) -> QuerySet:
        match = self.query_compiler.match
        if match == EVERYTHING:
            return queryset
        among = self._among([key for key, _score in self.query_compiler.hits])
        return queryset.exclude(pk__in=among) if match.is_negated else queryset.filter(pk__in=among)

    def _among(self, keys: list[Any]) -> Among:
        return Among(keys, self.query_compiler.queryset.model._meta.pk)

    def _scored(self, instance: Any, score: float) -> Any:
        if self._score_field:
            setattr(instance, self._score_field, score)
        return instance
