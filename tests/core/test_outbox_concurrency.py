"""Several drains and publishers at once, each in its own connection."""

import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from openness.core import outbox
from openness.core.outbox import OutboxEntry, drain, handler, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _only_the_tests_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    outbox._discover_handlers()
    monkeypatch.setattr(outbox, "_handlers", type(outbox._handlers)(list))
    # Drains run where the test says so.
    monkeypatch.setattr(outbox, "_enqueue_drain", lambda: None)


def _in_thread(function: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            function()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_concurrent_drains_run_every_entry_once():
    ran: Counter[str] = Counter()
    lock = threading.Lock()

    @handler("venue")
    def count(key: str) -> None:
        time.sleep(0.002)
        with lock:
            ran[key] += 1

    OutboxEntry.objects.bulk_create(OutboxEntry(kind="venue", key=str(number)) for number in range(60))
    for thread in [_in_thread(drain) for _drain in range(4)]:
        thread.join()
    assert ran == Counter({str(number): 1 for number in range(60)})
    assert not OutboxEntry.objects.pending().exists()


def test_change_made_while_its_handler_runs_is_not_lost_nor_run_beside_it():
    started, go_on = threading.Event(), threading.Event()
    running = most = runs = 0

    @handler("venue")
    def slow(key: str) -> None:
        nonlocal running, most, runs
        running += 1
        runs += 1
        most = max(most, running)
        started.set()
        go_on.wait(10)
        running -= 1

    with transaction.atomic():
        publish("venue", "gym")
    first = _in_thread(drain)
    assert started.wait(10)
    with transaction.atomic():
        publish("venue", "gym")
    assert OutboxEntry.objects.pending().count() == 2
    second = drain()
    assert (second.done, second.failed) == (0, 0)
    assert second.retry_at is not None
    go_on.set()
    first.join()
    assert (runs, most) == (2, 1)
    assert not OutboxEntry.objects.pending().exists()


def test_drain_waits_for_a_transaction_that_joined_a_waiting_entry():
    """An entry that a second transaction relies on is not run before that transaction commits."""
    ran: list[str] = []
    handler("venue")(ran.append)
    with transaction.atomic():
        publish("venue", "gym")
    joined, commit = threading.Event(), threading.Event()

    def second_change() -> None:
        with transaction.atomic():
            publish("venue", "gym")
            joined.set()
            commit.wait(10)

    thread = _in_thread(second_change)
    assert joined.wait(10)
    waiting = drain()
    assert ran == []
    assert waiting.retry_at is not None
    commit.set()
    thread.join()
    assert OutboxEntry.objects.count() == 1
    drain()
    assert ran == ["gym"]
