"""The engines as a whole: how they stand, bringing them up to date, building them anew, comparing them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, F, Min
from django.db.models.functions import Cast
from wagtail.search.index import get_indexed_models
from wagtail.search.models import IndexEntry

from openness.core import clock
from search import engines
from search.delivery import deliver, waiting
from search.entries import all_pages, chunks, refresh, refresh_all, untrue
from search.models import SearchEntry
from search.sending import ROWS, send

# Objects that the database's index takes in one transaction.
AT_ONCE = 50
AT_ONCE_COMPARED = 5000
Tell = Callable[[str], Any]


class Status(NamedTuple):
    """How an engine stands. ``indexed`` is None where it has no index, ``problem`` empty where there is none."""

    name: str
    rows: int
    indexed: int | None
    waiting: int
    waiting_since: datetime | None
    problem: str
    details: str = ""


class Comparison(NamedTuple):
    """Pages whose rows an engine has not, has in another state, or has though they are gone (keys)."""

    missing: list[int]
    outdated: list[int]
    extra: list[int]

    def keys(self) -> list[int]:
        """Return all of them."""
        return [*self.missing, *self.outdated, *self.extra]


def status() -> list[Status]:
    """Return how each engine of the site stands. One that does not answer is told, not raised."""
    rows = SearchEntry.objects.count()
    found = []
    for name in engines.names():
        left = waiting(name)
        refused = left.exclude(last_error="").order_by("-pk").values_list("last_error", flat=True).first()
        since = left.aggregate(since=Min("created_at"))["since"]
        indexed, details, problem = None, "", refused or ""
        if name == engines.DATABASE:
            indexed = SearchEntry.objects.filter(indexed=F("digest")).count()
        else:
            try:
                indexed, details = _state(name)
                problem = problem or ("" if indexed is not None else "There is no index yet.")
            except engines.ENGINE_ERRORS as error:
                problem = f"{type(error).__name__}: {error}"
        found.append(Status(name, rows, indexed, left.count(), since, problem, details))
    return found


def catch_up() -> int:
    """Take to the rows and to every engine all that waits for them, now; return how much was taken."""
    taken = 0
    for place in (ROWS, *engines.names()):
        waiting(place).update(due_at=clock.wall_now())
        while (delivered := deliver(place)).done:
            taken += delivered.done
    return taken


def rebuild(name: str, tell: Tell = print) -> int:
    """Build the index of an engine anew, of the rows as they stand; return how many objects it holds.

    Searches go on meanwhile, and no change that is made meanwhile is lost. ``tell`` gets a line now and then.
    Raises what the engine raises.
    """
    if name == engines.DATABASE:
        number = _rebuild_database(tell)
    else:
        number = engines.engine(name).backend.rebuild(SearchEntry.objects.all())
        engines.succeeded(engines.engine(name))
    catch_up()
    tell(f"{name}: {number} objects")
    return number


def rewrite_rows(tell: Tell = print) -> None:
    """Make the rows of all pages what these say."""
    done = 0
    for done in refresh_all():
        if done % 1000 == 0:
            tell(f"rows: {done} pages")
    tell(f"rows: {done} pages, of which {SearchEntry.objects.count()} can be found")


def verify(name: str, *, repair: bool = False) -> Comparison:
    """Compare an engine with the rows by their digests; what waits for it already is no difference.

    ``repair`` sends it what differs and returns what still does. Memory does not grow with the number of rows.
    Raises what the engine raises.
    """
    compared = _compare(name)
    if repair and compared.keys():
        for chunk in chunks(compared.keys(), 1000):
            with transaction.atomic():
                send(chunk, to=[name])
        catch_up()
        return _compare(name)
    return compared


def verify_rows(*, repair: bool = False) -> list[int]:
    """Compare the rows with what the pages say; return the keys of those that differ, with ``repair`` still."""
    found = list(untrue(all_pages()))
    if repair and found:
        refresh(found)
        catch_up()
        return list(untrue(found))
    return found


def _state(name: str) -> tuple[int | None, str]:
    backend = engines.engine(name).backend
    state = backend.state(SearchEntry)
    if state is None:
        return None, ""
    making = ", another index is in making" if state.is_rebuilding else ""
    return state.documents, f"cluster {backend.health()}, {state.bytes // 1024} KiB{making}"


def _rebuild_database(tell: Tell) -> int:
    """Write the index entries of all models that Wagtail searches, row by row over the old ones."""
    backend = engines.engine(engines.DATABASE).backend
    index = backend.get_index_for_model(SearchEntry)
    number = 0
    for model in get_indexed_models():
        of_model = 0
        for batch in _batches(model):
            with transaction.atomic():
                fresh = list(model.get_indexed_objects().filter(pk__in=batch))
                index.add_items(model, fresh)
                if model is SearchEntry:
                    SearchEntry.objects.filter(pk__in=[row.pk for row in fresh]).update(indexed=F("digest"))
            of_model += len(batch)
        if of_model:
            tell(f"database: {of_model} × {model._meta.verbose_name}")
        number += of_model
    index.delete_stale_entries()
    return number


def _batches(model: Any) -> Iterator[list[Any]]:
    """Yield the keys of all objects of a model, a batch at a time, by keys and not by offsets."""
    keys = model.get_indexed_objects().order_by("pk").values_list("pk", flat=True)
    batch = list(keys[:AT_ONCE])
    while batch:
        yield batch
        batch = list(keys.filter(pk__gt=batch[-1])[:AT_ONCE])


def _compare(name: str) -> Comparison:
    wanted = (
        SearchEntry.objects.order_by("pk").values_list("pk", "digest").iterator(chunk_size=AT_ONCE_COMPARED)
    )
    compared = Comparison([], [], [])
    for kind, key in _differences(wanted, _held(name)):
        getattr(compared, kind).append(key)
    known = {int(key) for key in waiting(name).values_list("key", flat=True)} if compared.keys() else set()
    return Comparison(*([key for key in keys if key not in known] for keys in compared))


def _held(name: str) -> Iterable[tuple[int, str]]:
    """Yield key and digest of all that an engine holds, by key."""
    if name == engines.ELASTICSEARCH:
        return ((int(key), digest) for key, digest in engines.engine(name).backend.digests(SearchEntry))
    return _held_by_database()


def _held_by_database() -> Iterator[tuple[int, str]]:
    """The database's index has no digests of its own; the rows keep those with which it was written."""
    here = ContentType.objects.get_for_model(SearchEntry)
    keys = IndexEntry._default_manager.filter(content_type=here).annotate(
        key=Cast("object_id", BigIntegerField())
    )
    indexed = SearchEntry.objects.values_list("pk", "indexed")
    ordered = keys.order_by("key").values_list("key", flat=True)
    for batch in chunks(ordered.iterator(chunk_size=AT_ONCE_COMPARED), AT_ONCE_COMPARED):
        digests = dict(indexed.filter(pk__in=batch))
        yield from ((key, digests.get(key, "")) for key in batch)


def _differences(
    wanted: Iterator[tuple[int, str]], held: Iterable[tuple[int, str]]
) -> Iterator[tuple[str, int]]:
    """Walk both lists side by side, and yield what they differ in."""
    there = iter(held)
    key, digest = next(there, (None, ""))
    for row, row_digest in wanted:
        while key is not None and key < row:
            yield "extra", key
            key, digest = next(there, (None, ""))
        if key != row:
            yield "missing", row
            continue
        if digest != row_digest:
            yield "outdated", row
        key, digest = next(there, (None, ""))
    while key is not None:
        yield "extra", key
        key, digest = next(there, (None, ""))
