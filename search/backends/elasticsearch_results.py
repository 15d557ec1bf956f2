"""Results of Elasticsearch: exact numbers, filters with all their values, and pages however far down."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from modelsearch.backends.base import FilterFieldError
from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchResults

# Results that one request reaches (the server's index.max_result_window). Beyond, pages follow each other.
WINDOW = 10_000
_PAGE = 1000
# Values of a filter: more than any has, and what the server counts in one request at most.
_MOST_VALUES = 65_536


class Tally(NamedTuple):
    """The number of all results, and for each filter the number behind each value, the most frequent first."""

    total: int
    facets: dict[str, OrderedDict[Any, int]]


class SearchResults(Elasticsearch9SearchResults):
    """Lazy results. Every method that asks raises ApiError or TransportError when the server does not answer."""

    def tally(self, *field_names: str) -> Tally:
        """Count all results, and those behind each value of these filters. One request.

        None stands for those without a value. Raises FilterFieldError for a field that is no filter.
        """
        fields = {name: self._filter_field(name) for name in field_names}
        body = self._get_es_body(for_count=True)
        body["aggregations"] = {}
        for name, field in fields.items():
            column = self.query_compiler.mapping.get_field_column_name(field)
            body["aggregations"][name] = {"terms": {"field": column, "size": _MOST_VALUES}}
            body["aggregations"][f"no {name}"] = {"missing": {"field": column}}
        answer = self._backend_do_search(body, index=self._index.name, size=0, track_total_hits=True)
        counted = answer.get("aggregations", {})
        return Tally(
            answer["hits"]["total"]["value"],
            {
                name: _by_number(
                    self._kind(field), counted[name]["buckets"], counted[f"no {name}"]["doc_count"]
                )
                for name, field in fields.items()
            },
        )

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """Return the number of results behind each value of a filter, the most frequent first."""
        return self.tally(field_name).facets[field_name]

    @property
    def _index(self) -> Any:
        return self.backend.get_index_for_model(self.query_compiler.queryset.model)

    def _filter_field(self, name: str) -> Any:
        field = self.query_compiler._get_filterable_field(name)
        if field is None:
            model = self.query_compiler.queryset.model.__name__
            raise FilterFieldError(f"{model}.search_fields has no FilterField('{name}')", field_name=name)
        return field

    def _kind(self, field: Any) -> str:
        return field.get_type(self.query_compiler.queryset.model)

    def _backend_do_search(self, body: dict[str, Any], **options: Any) -> Any:
        # Half of the results would be a wrong answer; an error is answered by the database.
        return self.backend.reader.search(**body, **options, allow_partial_search_results=False)

    def _do_count(self) -> int:
        found = self.backend.reader.count(index=self._index.name, **self._get_es_body(for_count=True))[
            "count"
        ]
        last = found if self.stop is None else min(found, self.stop)
        return max(last - self.start, 0)

    def _do_search(self) -> Iterator[Any]:
        if self.stop is not None and self.stop <= WINDOW:
            if (size := self.stop - self.start) > 0:
                yield from self._get_results_from_hits(self._hits(self.start, size))
            return
        skip, left = self.start, None if self.stop is None else max(self.stop - self.start, 0)
        body = self._get_es_body() | {"stored_fields": ["pk"]}
        for page in self._index.pages(body, size=_PAGE):
            wanted = page[skip:] if left is None else page[skip:][:left]
            skip = max(skip - len(page), 0)
            yield from self._get_results_from_hits(wanted)
            if left is not None and (left := left - len(wanted)) == 0:
                return

    def _hits(self, first: int, size: int) -> list[Any]:
        body = self._get_es_body() | {"stored_fields": ["pk"], "from_": first, "size": size}
        return self._backend_do_search(body, index=self._index.name)["hits"]["hits"]


def _by_number(kind: str, buckets: list[dict[str, Any]], without: int) -> OrderedDict[Any, int]:
    counted = [(_value(kind, bucket), bucket["doc_count"]) for bucket in buckets]
    if without:
        counted.append((None, without))
    return OrderedDict(sorted(counted, key=lambda pair: -pair[1]))


def _value(kind: str, bucket: dict[str, Any]) -> Any:
    """Return the value of a bucket as the database has it: the server knows dates as milliseconds, and 0 and 1."""
    key = bucket["key"]
    match kind:
        case "DateField":
            return datetime.fromtimestamp(key / 1000, UTC).date()
        case "DateTimeField":
            return datetime.fromtimestamp(key / 1000, UTC)
        case "BooleanField":
            return bool(key)
        case _:
            return key
