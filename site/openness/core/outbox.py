"""The one way to act after a commit.

``publish()`` writes an entry inside the caller's transaction, so that the entry exists exactly when
the change does. After the commit a task drains: it runs the handlers of each entry, keeps count of
the attempts, and tries failed ones again, later and later::

    @handler("venues.changed")
    def index_venue(key: str) -> None: ...        # in a room's tasks.py

    with transaction.atomic():
        venue.save()
        publish("venues.changed", venue.code)

An entry means "what this key names has changed", never what it became: handlers read the present
state, may run more than once, and several waiting entries of one kind and key are one run. A handler
runs in the transaction that holds its entries, so its own writes stand or fall with their being
done; on SQLite it holds the only write lock, and has to be brief. What it publishes of its own kind
and key is part of the run. Entries of a kind without any handler wait until there is one.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import ClassVar, NamedTuple, TypeVar

from django.db import models, transaction
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from openness.core import clock

logger = logging.getLogger(__name__)

FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=6)
# When to look again at due entries that are left: somebody else holds them, or the limit was reached.
LOOK_AGAIN = timedelta(seconds=10)

Handler = TypeVar("Handler", bound=Callable[[str], None])
_handlers: dict[str, list[Callable[[str], None]]] = defaultdict(list)


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    """Selections of outbox entries."""

    def pending(self) -> "OutboxQuerySet":
        """Entries that are not done, due or not."""
        return self.filter(done_at=None)

    def due(self) -> "OutboxQuerySet":
        """Entries to run now: pending, not waiting for a retry, and of a kind that has a handler."""
        return self.pending().filter(due_at__lte=clock.wall_now(), kind__in=_registered_kinds())

    def failing(self) -> "OutboxQuerySet":
        """Entries whose last attempt failed."""
        return self.pending().exclude(last_error="")


class OutboxEntry(models.Model):
    """Something that was committed and has still to be acted on."""

    kind = models.CharField(_("kind"), max_length=64)
    key = models.CharField(_("key"), max_length=255)
    created_at = models.DateTimeField(_("created at"), default=clock.wall_now, editable=False)
    due_at = models.DateTimeField(_("due at"), default=clock.wall_now)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        app_label = "core"
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(name="core_outbox_due", fields=["due_at"], condition=models.Q(done_at=None)),
            models.Index(
                name="core_outbox_pending", fields=["kind", "key"], condition=models.Q(done_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Drained(NamedTuple):
    """What a drain did: keys that are done and keys that failed, and when it is worth coming back."""

    done: int
    failed: int
    retry_at: datetime | None


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register a function of the key for entries of this kind. A kind may have several; they run in order."""

    def register(function: Handler) -> Handler:
        _handlers[kind].append(function)
        return function

    return register


def publish(kind: str, key: str) -> None:
    """Write, in the caller's transaction, that what ``key`` names has changed.

    Raises TransactionManagementError outside a transaction: an entry that is not committed together
    with its change can be lost, or speak of a change that never was.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("outbox.publish() needs a transaction.")
    # A waiting entry serves this change too, unless somebody holds it: a drain that is running its
    # handlers may have read the state before this change. Holding it keeps drains off until the commit.
    waiting = (
        OutboxEntry.objects.pending().filter(kind=kind, key=key).select_for_update(skip_locked=True).first()
    )
    if waiting:
        OutboxEntry.objects.filter(pk=waiting.pk).update(due_at=clock.wall_now())
    else:
        OutboxEntry.objects.create(kind=kind, key=key)
    _drain_after_commit()


def publish_all(kind: str, keys: Iterable[str]) -> None:
    """Do as :func:`publish` for many keys of one kind. Three queries."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("outbox.publish_all() needs a transaction.")
    wanted = dict.fromkeys(keys)
    pending = OutboxEntry.objects.pending().filter(kind=kind, key__in=wanted)
    waiting = dict(pending.select_for_update(skip_locked=True).order_by("-pk").values_list("key", "pk"))
    OutboxEntry.objects.filter(pk__in=waiting.values()).update(due_at=clock.wall_now())
    OutboxEntry.objects.bulk_create(OutboxEntry(kind=kind, key=key) for key in wanted if key not in waiting)
    _drain_after_commit()


def drain(limit: int | None = None) -> Drained:
    """Run the handlers of all due entries, or for at most ``limit`` keys.

    Any number of drains may run at once. On PostgreSQL each locks the entries it runs and passes over
    those that another holds; on SQLite writing transactions take turns. A failure is recorded at its
    entries and never raised.
    """
    done = failed = 0
    retries: list[datetime] = []
    held_by_others: set[int] = set()
    while limit is None or done + failed < limit:
        with transaction.atomic():
            due = OutboxEntry.objects.due().exclude(pk__in=held_by_others)
            entry = due.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
            if entry is None:
                break
            same = OutboxEntry.objects.pending().filter(kind=entry.kind, key=entry.key)
            seen = set(same.values_list("pk", flat=True))
            entries = list(same.select_for_update(skip_locked=True).order_by("pk"))
            if not seen <= {each.pk for each in entries}:
                # Another drain runs this key: two at once could finish in the wrong order.
                held_by_others |= seen
                continue
            retry_at = _run(entries)
            if retry_at is None:
                done += 1
            else:
                failed += 1
                retries.append(retry_at)
    if OutboxEntry.objects.due().exists():
        retries.append(clock.wall_now() + LOOK_AGAIN)
    return Drained(done, failed, min(retries, default=None))


def prune(keep: timedelta = timedelta(days=30)) -> int:
    """Delete entries that were done longer ago than ``keep``; return how many."""
    deleted, _details = OutboxEntry.objects.filter(done_at__lt=clock.wall_now() - keep).delete()
    return deleted


def _run(entries: list[OutboxEntry]) -> datetime | None:
    """Run the handlers once for locked entries of one kind and key; return when to try again, or None."""
    entry = max(entries, key=lambda each: each.attempts)
    rows = OutboxEntry.objects.filter(pk__in=[each.pk for each in entries])
    attempts = entry.attempts + 1
    try:
        with transaction.atomic():
            for function in _handlers[entry.kind]:
                function(entry.key)
    except Exception as error:
        # Whatever a handler raises is kept and tried again: the other entries go on.
        logger.exception("Outbox entry %s failed (attempt %s)", entry, attempts)
        retry_at = clock.wall_now() + min(FIRST_RETRY * 2 ** min(attempts - 1, 16), LAST_RETRY)
        rows.update(attempts=attempts, due_at=retry_at, last_error=_readable(error))
        return retry_at
    rows.update(attempts=attempts, done_at=clock.wall_now(), last_error="")
    return None


def _readable(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]


def _drain_after_commit() -> None:
    """Enqueue one drain for the whole transaction, however much it publishes."""
    connection = transaction.get_connection()
    if not any(function is _enqueue_drain for _sids, function, _robust in connection.run_on_commit):
        # Robust: a queue that is down must not turn a change that is committed into an error.
        transaction.on_commit(_enqueue_drain, robust=True)


def _enqueue_drain() -> None:
    # tasks.py imports this module.
    from openness.core.tasks import drain_outbox

    drain_outbox.enqueue()


def _registered_kinds() -> list[str]:
    _discover_handlers()
    return list(_handlers)


@cache
def _discover_handlers() -> None:
    """Import every room's tasks.py, where handlers are registered."""
    autodiscover_modules("tasks")
