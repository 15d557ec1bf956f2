"""Taking to an engine (or to the rows themselves) what waits for it: many at once, and nothing is lost on the way.

What waits stays in the outbox until it is done. An engine that does not answer is tried again after half a
minute, and again, until it does; then everything goes out at once. A row that an engine refuses does not hold up the
others: it is tried again later and later.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Min, QuerySet
from elasticsearch.helpers import BulkIndexError

from openness.core import clock
from openness.core.outbox import OutboxEntry
from search import engines
from search.entries import CHUNK, refresh, settle
from search.models import SearchEntry
from search.sending import ROWS, kind_of, send

logger = logging.getLogger(__name__)

# What is taken at once. While the database writes its own index it holds a lock: these are few.
BATCH = {ROWS: CHUNK, engines.DATABASE: 20, engines.ELASTICSEARCH: 200}
# An engine that is down is asked as often as readers ask it; a row that it refuses, less and less often.
TRY_AGAIN = timedelta(seconds=engines.OPEN_SECONDS)
LAST_RETRY = timedelta(hours=1)
LOOK_AGAIN = timedelta(seconds=10)


class Delivered(NamedTuple):
    """How many rows an engine took and how many it refused, and when to come back; None where nothing waits."""

    done: int
    failed: int
    again_at: datetime | None


class EngineDownError(Exception):
    """The engine does not answer, or has no index yet: everything waits."""


def waiting(name: str) -> QuerySet[OutboxEntry]:
    """Return what an engine has not got yet."""
    return OutboxEntry.objects.pending().filter(kind=kind_of(name))


def deliver(name: str, *, limit: int = 2000) -> Delivered:
    """Take what is due to an engine, at most some ``limit`` rows. Its errors are recorded and never raised."""
    done = failed = 0
    while done + failed < limit:
        due = waiting(name).filter(due_at__lte=clock.wall_now()).order_by("due_at", "pk")
        keys = list(dict.fromkeys(due.values_list("key", flat=True)[: BATCH[name]]))
        if not keys:
            break
        try:
            took, refused = _deliver_together(name, keys)
        except EngineDownError as error:
            return Delivered(done, failed, _postpone(name, error))
        done, failed = done + took, failed + refused
        if not took and not refused:
            # Somebody else holds all of them at this moment.
            return Delivered(done, failed, clock.wall_now() + LOOK_AGAIN)
    else:
        return Delivered(done, failed, clock.wall_now())
    # What waits for later was put off by somebody who comes back for it.
    return Delivered(done, failed, waiting(name).aggregate(due=Min("due_at"))["due"] if failed else None)


def _deliver_together(name: str, keys: Sequence[str]) -> tuple[int, int]:
    """Deliver keys at once; where that fails, one after the other, so that the engine refuses only what is bad."""
    try:
        return TAKE[name](keys), 0
    except EngineDownError:
        raise
    except Exception as error:
        # Whatever a row makes an engine raise is kept with the row: the others go on.
        if len(keys) == 1:
            logger.exception("%s does not take page %s", name, keys[0])
            _refused(name, keys[0], error)
            return 0, 1
    counts = [_deliver_together(name, [key]) for key in keys]
    return sum(took for took, __ in counts), sum(refused for __, refused in counts)


def _take_to_rows(keys: Sequence[str]) -> int:
    """Look at rows again, in one transaction; return how many keys are done."""
    with transaction.atomic():
        held = _held(ROWS, keys)
        refresh(map(int, held.values()))
        _mark_done(held)
    return len(set(held.values()))


def _take_to_database(keys: Sequence[str]) -> int:
    """Write the database's own index, in one transaction with what it rests on; return how many keys are done."""
    with transaction.atomic():
        # One at a time: of two that write the same row, the later has to have read the later state.
        list(
            ContentType.objects.filter(app_label="site_search", model="searchentry").select_for_update(
                no_key=True
            )
        )
        held = _held(engines.DATABASE, keys)
        pages = [int(key) for key in held.values()]
        if changed := settle(pages):
            send(sorted(changed), to=set(engines.names()) - {engines.DATABASE})
        _write_index(pages)
        SearchEntry.objects.filter(page__in=pages).update(indexed=F("digest"))
        _mark_done(held)
    return len(set(held.values()))


def _take_to_elasticsearch(keys: Sequence[str]) -> int:
    """Write rows to Elasticsearch while nothing is locked; done are those that did not change meanwhile."""
    if not engines.circuit.allows():
        raise EngineDownError("It did not answer shortly before.")
    pages = [int(key) for key in keys]
    sent = digests(pages)
    try:
        engines.engine(engines.ELASTICSEARCH).backend.sync(SearchEntry, pages)
    except engines.ENGINE_ERRORS as error:
        engines.failed(engines.engine(engines.ELASTICSEARCH), error)
        raise EngineDownError(str(error)) from error
    except BulkIndexError as error:
        # There is no index yet, or the server has no room: that is no fault of these rows.
        if any(result["status"] >= 404 for each in error.errors for result in each.values()):
            raise EngineDownError(str(error)) from error
        raise
    engines.succeeded(engines.engine(engines.ELASTICSEARCH))
    with transaction.atomic():
        held = _held(engines.ELASTICSEARCH, keys)
        now = digests(pages)
        changed = {key for key in pages if sent.get(key) != now.get(key)}
        # What waits with these served their change, too: it goes out once more.
        _mark_done(done := {pk: key for pk, key in held.items() if int(key) not in changed})
    return len(set(done.values()))


TAKE = {
    ROWS: _take_to_rows,
    engines.DATABASE: _take_to_database,
    engines.ELASTICSEARCH: _take_to_elasticsearch,
}


def digests(page_ids: Sequence[int]) -> dict[int, str]:
    """Return the digests of the rows of these pages, as the database holds them; a page without a row has none."""
    return dict(SearchEntry.objects.filter(page__in=page_ids).values_list("page", "digest"))


def _write_index(page_ids: Sequence[int]) -> None:
    backend = engines.engine(engines.DATABASE).backend
    rows = SearchEntry.objects.in_bulk(page_ids)
    backend.add_bulk(SearchEntry, list(rows.values()))
    for key in page_ids:
        if key not in rows:
            backend.delete(SearchEntry(page_id=key))


def _held(name: str, keys: Sequence[str]) -> dict[int, str]:
    """Lock and return the entries that wait with these keys, by their own; without those that a change is writing."""
    entries = waiting(name).filter(key__in=keys).select_for_update(skip_locked=True)
    return dict(entries.values_list("pk", "key"))


def _mark_done(held: dict[int, str]) -> None:
    rows = OutboxEntry.objects.filter(pk__in=held)
    rows.update(done_at=clock.wall_now(), attempts=F("attempts") + 1, last_error="")


def _refused(name: str, key: str, error: Exception) -> None:
    for entry in waiting(name).filter(key=key):
        retry = min(TRY_AGAIN * 2 ** min(entry.attempts, 16), LAST_RETRY)
        OutboxEntry.objects.filter(pk=entry.pk).update(
            attempts=entry.attempts + 1,
            due_at=clock.wall_now() + retry,
            last_error=f"{type(error).__name__}: {error}"[:2000],
        )


def _postpone(name: str, error: Exception) -> datetime | None:
    """Let all that is due wait until one common instant; return it, or None where somebody comes back then anyway."""
    now = clock.wall_now()
    known = waiting(name).filter(due_at__gt=now, due_at__lte=now + TRY_AGAIN)
    again_at = known.aggregate(first=Min("due_at"))["first"]
    due = waiting(name).filter(due_at__lte=now)
    due.update(due_at=again_at or now + TRY_AGAIN, attempts=F("attempts") + 1, last_error=str(error)[:2000])
    return None if again_at else now + TRY_AGAIN
