"""The index of a model in Elasticsearch: a name (an alias) that points to one index, and sometimes a second, in making.

Every write carries the instant at which its row was read, and the server refuses what is older than what it has. So
neither a write that was stuck on the way nor a rebuild, however long it runs, can undo a later change. While a rebuild
runs, writes go to both indices. Nothing ever creates an index but ``reset`` and ``begin``: writes name an alias, and
fail where there is none.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError
from elasticsearch.helpers import BulkIndexError, streaming_bulk
from modelsearch.backends.base import BaseIndex
from modelsearch.backends.elasticsearch9 import Elasticsearch9Index
from modelsearch.index import class_is_indexed

from openness.core import clock

# Bytes that go out in one request; documents of many attachments have some of their own.
_REQUEST_BYTES = 8 * 1024 * 1024
_OUTDATED = 409
_NOT_FOUND = 404
# For how long a page of a long list stays as it was when the reading began.
_KEPT = "1m"


def version_now() -> int:
    """Return the version of what is read from now on: microseconds. Take it before reading."""
    return int(clock.wall_now().timestamp() * 1_000_000)


class Nothing(BaseIndex):
    """The index of models that are not kept here: it takes everything and holds nothing."""

    def begin(self) -> "Nothing":
        """Return what a rebuild writes to."""
        return self

    def finish(self) -> None:
        """End a rebuild."""

    def abandon(self) -> None:
        """Break off a rebuild."""

    def __str__(self) -> str:
        return "nothing"


class Index(Elasticsearch9Index):
    """What stands behind an alias. Its methods raise ApiError and TransportError."""

    def __init__(self, backend: Any, name: str) -> None:
        super().__init__(backend, name)
        # Points to the index in making, while there is one.
        self.next = f"{name}_next"

    def put(self) -> None:
        """Create the index, empty, and let the name point to it."""
        self._create(self.name)

    def delete(self) -> None:
        """Delete all that belongs to the name."""
        self._drop(self._all())

    def refresh(self) -> None:
        """Let searches see all that was written."""
        self.backend.admin.indices.refresh(index=self.name)

    def add_model(self, model: type) -> None:
        """Tell the server the columns of a model."""
        columns = self.mapping_class(model).get_mapping()
        self.backend.admin.indices.put_mapping(index=self.name, **columns)

    def exists(self) -> bool:
        """Return whether the name points to an index."""
        return bool(self.es.indices.exists_alias(name=self.name))

    def is_rebuilding(self) -> bool:
        """Return whether an index is in making; one whose rebuild has died counts too, until the next."""
        return bool(self.backend.writer.indices.exists_alias(name=self.next))

    def add_item(self, item: Any) -> None:
        """Write one object."""
        self.add_items(type(item), [item])

    def add_items(self, model: type, items: Iterable[Any]) -> None:
        """Write objects of one model; raises BulkIndexError when the server refuses some."""
        if class_is_indexed(model):
            self.write(model, items)

    def delete_item(self, item: Any) -> None:
        """Delete one object; it need not be there."""
        if class_is_indexed(type(item)):
            self.write(type(item), gone=[item])

    def write(
        self, model: type, items: Iterable[Any] = (), *, gone: Iterable[Any] = (), version: int | None = None
    ) -> None:
        """Write some objects and empty others, as they were at ``version`` (now, when it is not given).

        Raises BulkIndexError when the server refuses some, with status 404 where the index does not exist.
        """
        stamp = {"version": version_now() if version is None else version, "version_type": "external_gte"}
        mapping = self.mapping_class(model)

        def actions() -> Iterator[dict[str, Any]]:
            for target in targets:
                for item in items:
                    key = {"_index": target, "_id": mapping.get_document_id(item)}
                    yield {**key, **stamp, "_source": mapping.get_document(item)}
                for item in gone:
                    # Of no model, so nothing finds it; but it keeps the version. (A deletion would be forgotten
                    # after a minute, and one with a version even makes the index that is missing.)
                    key = {"_index": target, "_id": mapping.get_document_id(item)}
                    yield {**key, **stamp, "_source": {"pk": str(item.pk)}}

        items, gone, targets = list(items), list(gone), self._targets()
        answers = streaming_bulk(
            self.backend.writer,
            actions(),
            max_chunk_bytes=_REQUEST_BYTES,
            raise_on_error=False,
            require_alias=True,
        )
        refused = [
            answer for is_done, answer in answers if not is_done and not self._is_fine(answer["index"])
        ]
        if refused:
            raise BulkIndexError(f"{self.name} refused {len(refused)} documents: {refused[0]}", refused)

    def pages(self, body: dict[str, Any], *, size: int, client: Any = None) -> Iterator[list[Any]]:
        """Read all hits of a sorted search, ``size`` at a time, as they are at the beginning.

        ``client`` is the reader's, who does not wait for long, or another one of the backend.
        """
        reader = client or self.backend.reader
        moment = reader.open_point_in_time(index=self.name, keep_alive=_KEPT)["id"]
        try:
            after = {}
            while True:
                pit = {"id": moment, "keep_alive": _KEPT}
                answer = reader.search(**body, **after, pit=pit, size=size, track_total_hits=False)
                hits = answer["hits"]["hits"]
                if hits:
                    yield hits
                if len(hits) < size:
                    return
                moment, after = answer["pit_id"], {"search_after": hits[-1]["sort"]}
        except (ApiError, TransportError):
            moment = None  # nobody waits a second time: the server forgets it by itself
            raise
        finally:
            if moment:
                reader.close_point_in_time(id=moment)

    def begin(self) -> "IndexInMaking":
        """Create an index that shall replace the present one, and from now on write to both.

        What an earlier rebuild left behind is deleted. If that rebuild is still running, it fails at its end.
        """
        self._drop(
            name for name, aliases in self._all().items() if self.name not in aliases and name != self.name
        )
        return IndexInMaking(self, self._create(self.next))

    def _targets(self) -> list[str]:
        # Whoever begins a rebuild after this look reads the rows after it, too.
        return [self.name, self.next] if self.is_rebuilding() else [self.name]

    def _is_fine(self, refusal: dict[str, Any]) -> bool:
        """Return whether something newer is there already, or the rebuild ended at this very moment."""
        is_gone = refusal["status"] == _NOT_FOUND and refusal["_index"] == self.next
        return refusal["status"] == _OUTDATED or is_gone

    def _create(self, alias: str) -> str:
        name = f"{self.name}_{version_now()}"
        self.backend.admin.indices.create(
            index=name,
            # What is not in the mapping is refused, never guessed. The database holds the originals.
            mappings={"dynamic": "strict", "_source": {"enabled": False}},
            aliases={alias: {}},
            **self.backend.settings,
        )
        return name

    def _all(self) -> dict[str, set[str]]:
        """Return the indices of this name with their aliases, also one that something else made under the very name."""
        found = self.backend.admin.indices.get(index=f"{self.name}*", features="aliases")
        own = re.compile(re.escape(self.name) + r"(_\d{16})?")
        return {name: set(each["aliases"]) for name, each in found.items() if own.fullmatch(name)}

    def _drop(self, names: Iterable[str]) -> None:
        for name in list(names):
            self.backend.admin.options(ignore_status=_NOT_FOUND).indices.delete(index=name)


class IndexInMaking(Index):
    """An index that a rebuild fills. All its rows count as read when it began: whatever changed since is newer."""

    def __init__(self, present: Index, name: str) -> None:
        super().__init__(present.backend, name)
        self._present = present
        self._version = version_now()

    def write(
        self, model: type, items: Iterable[Any] = (), *, gone: Iterable[Any] = (), version: int | None = None
    ) -> None:
        """Write rows of the rebuild."""
        super().write(model, items, gone=gone, version=self._version)

    def finish(self) -> None:
        """Let the name point here, and delete what it pointed to; all at once.

        Raises NotFoundError when a later rebuild has taken over.
        """
        self.refresh()
        present = self._present
        replaced = [name for name, aliases in present._all().items() if present.name in aliases | {name}]
        self.backend.admin.indices.update_aliases(
            actions=[
                {"remove": {"index": self.name, "alias": present.next, "must_exist": True}},
                *({"remove_index": {"index": name}} for name in replaced),
                {"add": {"index": self.name, "alias": present.name}},
            ]
        )

    def abandon(self) -> None:
        """Delete what was made, unless the name points to it already (the server swapped, its answer got lost)."""
        if self._present.name not in self._all()[self.name]:
            self.delete()

    def _targets(self) -> list[str]:
        return [self._present.next]


class Rebuilder:
    """A rebuild in the steps of Wagtail's ``update_index``."""

    def __init__(self, index: Index | Nothing) -> None:
        self._index = index

    def start(self) -> IndexInMaking | Nothing:
        """Return the index to fill."""
        self._in_making = self._index.begin()
        return self._in_making

    def finish(self) -> None:
        """Put it in the place of the present one."""
        self._in_making.finish()
