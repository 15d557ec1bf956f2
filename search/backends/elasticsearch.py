"""Elasticsearch 9 as a search backend, of any number of nodes.

The server gets tokens and splits them on spaces: it needs no plugin and no analyser of its own, and every engine of
the site has the same words. Stock settings of modelsearch are replaced, not added to.

Settings: ``URLS`` (all nodes), ``INDEX_PREFIX``, ``TIMEOUT`` (seconds), ``MODELS`` (labels of what is kept here; all
indexed models without it), ``INDEX_SETTINGS`` (shards, replicas).
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchBackend

from search.backends.elasticsearch_index import Index, Nothing, Rebuilder, version_now
from search.backends.elasticsearch_mapping import Mapping
from search.backends.elasticsearch_query import AutocompleteQueryCompiler, SearchQueryCompiler
from search.backends.elasticsearch_results import SearchResults

# Seconds. A reader gets the database's answer within two seconds of the question, so the server has less.
READ_SECONDS = 1.5
# Nobody waits for writes, and a document of many attachments takes its time.
WRITE_SECONDS = 10
# A new index is there when all nodes know of it.
ADMIN_SECONDS = 60
# Rows that a rebuild holds in memory at once.
BATCH = 200
_DIGESTS = 5000


class IndexState(NamedTuple):
    """An index as the server has it. ``is_rebuilding``: another one is in making."""

    documents: int
    bytes: int
    is_rebuilding: bool


@cache
def _client(configuration: str) -> Elasticsearch:
    return Elasticsearch(**json.loads(configuration))


def shared_client(**options: Any) -> Elasticsearch:
    """Return the process's client for these nodes: Wagtail makes a backend for each question.

    It keeps connections open, and remembers which nodes did not answer.
    """
    return _client(json.dumps(options, sort_keys=True))


class SearchBackend(Elasticsearch9SearchBackend):
    """All that asks or writes raises ApiError (the server's answer) or TransportError (no answer); they are unrelated.

    A write that the server refuses raises BulkIndexError.
    """

    client_class = staticmethod(shared_client)
    mapping_class = Mapping
    index_class = Index
    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    results_class = SearchResults
    basic_rebuilder_class = atomic_rebuilder_class = Rebuilder
    settings: dict[str, Any] = {}

    def __init__(self, params: dict[str, Any]) -> None:
        self._models: list[str] | None = params.pop("MODELS", None)
        super().__init__(params)
        self.reader = self.es.options(request_timeout=min(READ_SECONDS, self.timeout))
        self.writer = self.es.options(request_timeout=WRITE_SECONDS)
        self.admin = self.es.options(request_timeout=ADMIN_SECONDS)

    def get_index_for_model(self, model: type[Model]) -> Index | Nothing:
        """Return the index of a model; of one that is not kept here, one that holds nothing."""
        if self._models is not None and model._meta.label not in self._models:
            return Nothing(self)
        return super().get_index_for_model(model)

    def sync(self, model: Any, keys: Iterable[Any]) -> None:
        """Bring the documents of these rows up to date: written where the row exists, else deleted.

        Raises BulkIndexError when the server refuses some, with status 404 where there is no index yet.
        """
        version = version_now()
        wanted = set(keys)
        rows = model.get_indexed_objects().in_bulk(wanted)
        gone = [model(pk=key) for key in wanted - rows.keys()]
        self.get_index_for_model(model).write(model, rows.values(), gone=gone, version=version)

    def rebuild(self, rows: QuerySet[Any], *, batch_size: int = BATCH) -> int:
        """Index these rows anew, beside the present index, and put the new one in its place; return their number.

        Searches go on meanwhile, and what changes is written to both. When it fails the present index stays.
        Raises NotFoundError at its end if another rebuild began after it.
        """
        index = self.get_index_for_model(rows.model).begin()
        try:
            index.add_model(rows.model)
            number = 0
            for batch in _batches(rows.order_by("pk"), batch_size):
                index.add_items(rows.model, batch)
                number += len(batch)
            index.finish()
        except BaseException:
            with suppress(ApiError, TransportError, KeyError):
                index.abandon()
            raise
        return number

    def digests(self, model: type[Model]) -> Iterator[tuple[Any, str]]:
        """Return the key and the field ``digest`` of every document of a model that the server holds."""
        index = self.get_index_for_model(model)
        index.refresh()
        body = {
            "query": self._all_of(model),
            "sort": [{"pk": "asc"}],
            "stored_fields": ["pk"],
            "docvalue_fields": ["digest_filter"],
        }
        for page in index.pages(body, size=_DIGESTS, client=self.admin):
            for hit in page:
                yield hit["fields"]["pk"][0], hit["fields"]["digest_filter"][0]

    def state(self, model: type[Model]) -> IndexState | None:
        """Return what the server has of a model; None while there is no index."""
        index = self.get_index_for_model(model)
        try:
            documents = self.es.count(index=index.name, query=self._all_of(model))["count"]
            total = self.es.indices.stats(index=index.name, metric="store")["_all"]["primaries"]
        except NotFoundError:
            return None
        return IndexState(documents, total["store"]["size_in_bytes"], index.is_rebuilding())

    def health(self) -> str:
        """Return how the cluster is: green, yellow (copies are missing) or red (data is missing)."""
        return self.es.cluster.health()["status"]

    def _all_of(self, model: type[Model]) -> dict[str, Any]:
        return {"term": {"_django_content_type": self.mapping_class(model).get_content_type()}}


def _batches(rows: QuerySet[Any], size: int) -> Iterator[list[Any]]:
    """Read rows in the order of their keys, each batch in a query of its own: what is read is never old."""
    batch = list(rows[:size])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:size])
