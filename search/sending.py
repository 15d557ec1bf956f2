"""What a change has for consequences: noted in its transaction, done after the commit.

The notes are entries of the outbox; the key is that of a page. ``search.database`` and ``search.elasticsearch`` say
that its row is another, new or gone, and has to go out to that engine. ``search.rows`` says that the row itself has to
be looked at again, where a change concerns more pages than its own transaction should write.

They have no handler there: an engine takes many at once, and one that answers slowly must not hold a transaction
open meanwhile. ``search.delivery`` takes them.
"""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from openness.core import outbox
from search import engines

# Beside the engines: the rows themselves.
ROWS = "rows"
# Keys that are noted with one statement.
AT_ONCE = 1000


def kind_of(place: str) -> str:
    """Return the outbox kind of what waits for an engine, or for the rows."""
    return f"search.{place}"


def send(page_ids: Iterable[int], *, to: Iterable[str] | None = None) -> None:
    """Note, in the caller's transaction, that the rows of these pages are others, new or gone.

    For all engines of the site, or for those named. Raises TransactionManagementError outside a transaction.
    """
    keys = list(page_ids)
    for engine in engines.names() if to is None else to:
        _note(engine, keys)


def review(page_ids: Iterable[int]) -> None:
    """Note, in the caller's transaction, that the rows of these pages may have to be others."""
    _note(ROWS, list(page_ids))


def _note(place: str, page_ids: list[int]) -> None:
    keys = [str(key) for key in page_ids]
    for start in range(0, len(keys), AT_ONCE):
        outbox.publish_all(kind_of(place), keys[start : start + AT_ONCE])
    if keys:
        _deliver_after_commit(place)


def _deliver_after_commit(place: str) -> None:
    """Queue one delivery for the whole transaction, however much it notes."""
    waiting = [function for __, function, __ in transaction.get_connection().run_on_commit]
    queued = [each.args for each in waiting if isinstance(each, partial) and each.func is queue]
    if (place,) not in queued:
        # Robust: a queue that is down must not turn a change that is committed into an error.
        transaction.on_commit(partial(queue, place), robust=True)


def queue(place: str) -> None:
    """Have the worker deliver what waits for an engine, or for the rows."""
    # tasks.py imports this module.
    from search.tasks import deliver_waiting

    deliver_waiting.enqueue(place)
