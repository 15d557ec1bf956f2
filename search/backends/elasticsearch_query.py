"""Questions in Elasticsearch's language, of the tokens that ``search.analysis`` makes of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from modelsearch.backends.elasticsearch9 import (
    Elasticsearch9AutocompleteQueryCompiler,
    Elasticsearch9SearchQueryCompiler,
)
from modelsearch.backends.elasticsearchbase import Field
from modelsearch.index import get_indexed_models
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

from search.analysis import Term, is_one_han, parse, prefix_terms
from search.backends.elasticsearch_mapping import BODY, Mapping

Body = dict[str, Any]
# How much more the exact run counts than its words; between 1 and 8 the order is the same.
RUN_BOOST = 2.0


class _InOrder:
    """Sorting that leaves nothing to chance: equal results follow each other in the same way on every page."""

    order_by_relevance: bool

    def get_sort(self) -> list[Body]:
        """Return the columns to sort by, the key last."""
        if self.order_by_relevance:
            return [{"_score": "desc"}, {"pk": "desc"}]
        in_order: list[Body] = super().get_sort()  # type: ignore[misc]
        return in_order if "pk" in in_order[-1] else [*in_order, {"pk": "desc"}]


class SearchQueryCompiler(_InOrder, Elasticsearch9SearchQueryCompiler):
    """All words of a question anywhere in the document (or most: ``operator="or"``), the exact run first."""

    mapping_class = Mapping
    DEFAULT_OPERATOR = "and"  # as in the databases

    def _remap_fields(self, fields: Sequence[str] | None) -> list[Field]:
        if fields:
            return super()._remap_fields(fields)
        boosted = {}
        for model in get_indexed_models():
            if issubclass(model, self.queryset.model):
                mapping = self.mapping_class(model)
                for field in model.get_searchable_search_fields():
                    if field.boost:
                        boosted[mapping.get_field_column_name(field)] = float(field.boost)
        return [Field(BODY), *(Field(name, boost) for name, boost in boosted.items())]

    def get_inner_query(self) -> Body:
        """Return the question itself, without the filters."""
        return self._tree(self.query, self.remapped_fields)

    def _tree(self, query: SearchQuery, fields: list[Field], boost: float = 1.0) -> Body:
        """Compile a question whose every part sees all columns: ``Not`` then means nowhere."""
        match query:
            case And() | Or():
                parts = [self._tree(part, fields, boost) for part in query.subqueries]
                return {"bool": {"must" if isinstance(query, And) else "should": parts}}
            case Not():
                return {"bool": {"must_not": self._tree(query.subquery, fields)}}
            case Boost():
                return self._tree(query.subquery, fields, boost * query.boost)
            case PlainText():
                return self._compile_plaintext_query(query, fields, boost)
            case Phrase():
                found = self._compile_phrase_query(query, fields)
            case Fuzzy():
                found = self._compile_fuzzy_query(query, fields)
            case _:
                return self._compile_query(query, fields[0], boost)
        return {"bool": {"must": found, "boost": boost}}

    def _compile_plaintext_query(self, query: PlainText, fields: list[Field], boost: float = 1.0) -> Body:
        asked = parse(query.query_string)
        if not asked.terms:
            return self._process_match_none()
        words = {
            "must" if query.operator == "and" else "should": self._terms(asked.terms, query.operator, fields)
        }
        if len(asked.run) == 1:
            return {"bool": {**words, "boost": boost}}
        run = self._match(asked.run, fields, type="phrase", boost=RUN_BOOST)
        return {"bool": {"must": {"bool": words}, "should": run, "boost": boost}}

    def _compile_phrase_query(self, query: Phrase, fields: list[Field]) -> Body:
        run = parse(query.query_string).run
        if len(run) > 1:
            return self._match(run, fields, type="phrase")
        return self._all_of(run, fields) if run else self._process_match_none()

    def _compile_fuzzy_query(self, query: Fuzzy, fields: list[Field]) -> Body:
        run = parse(query.query_string).run
        return self._match(run, fields, fuzziness="AUTO", operator=query.operator)

    def _terms(self, terms: Iterable[Term], operator: str, fields: list[Field]) -> list[Body]:
        """Compile terms. Those of one token go together: the server then weighs each over all columns."""
        together: list[str] = []
        parts: list[Body] = []
        for term in terms:
            first, *others = term.alternatives
            if len(first) == 1 and not others and not is_one_han(first[0]):
                together.append(first[0])
            else:
                alternatives = [self._all_of(tokens, fields) for tokens in term.alternatives]
                parts.append({"dis_max": {"queries": alternatives}})
        if together:
            parts.append(self._match(together, fields, type="cross_fields", operator=operator))
        return parts

    def _all_of(self, tokens: Iterable[str], fields: list[Field]) -> Body:
        """Compile tokens that must all stand; one Chinese character is the beginning of its pairs."""
        whole = []
        parts: list[Body] = []
        for token in tokens:
            if is_one_han(token):
                parts.append(_beginning(token, fields))
            else:
                whole.append(token)
        if whole:
            parts.append(self._match(whole, fields, type="cross_fields", operator="and"))
        return parts[0] if len(parts) == 1 else {"bool": {"must": parts}}

    def _match(self, tokens: Iterable[str], fields: list[Field], **options: Any) -> Body:
        names = [field.field_name_with_boost for field in fields]
        return {"multi_match": {"query": " ".join(tokens), "fields": names, **options}}


class AutocompleteQueryCompiler(_InOrder, Elasticsearch9AutocompleteQueryCompiler):
    """What somebody types, as beginnings of names: by characters, sound or initials."""

    mapping_class = Mapping

    def _compile_plaintext_query(self, query: PlainText, fields: list[Field], boost: float = 1.0) -> Body:
        typed = prefix_terms(query.query_string)
        if not typed:
            return self._process_match_none()
        return {"bool": {"must": [_beginning(term, fields) for term in typed], "boost": boost}}


def _beginning(text: str, fields: list[Field]) -> Body:
    found = [{"prefix": {field.field_name: {"value": text, "boost": float(field.boost)}}} for field in fields]
    return {"dis_max": {"queries": found}}
