from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from openness.core import outbox
from openness.core.outbox import OutboxEntry, drain, handler, publish

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)


class Failure(Exception):
    """What the handlers of these tests raise."""


def _publish_and_roll_back(key: str) -> None:
    with transaction.atomic():
        publish("venue", key)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _only_the_tests_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    outbox._discover_handlers()
    monkeypatch.setattr(outbox, "_handlers", type(outbox._handlers)(list))


@pytest.fixture
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ran() -> list[str]:
    """The keys that the handler of "venue" was run for, in order."""
    keys: list[str] = []
    handler("venue")(keys.append)
    return keys


def test_entry_is_gone_with_the_transaction_that_wrote_it():
    _publish_and_roll_back("gym")
    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        publish("venue", "gym")


@pytest.mark.django_db(transaction=True)
def test_commit_runs_the_handlers(ran: list[str]):
    with transaction.atomic():
        publish("venue", "gym")
        publish("venue", "library")
        assert ran == []
    assert ran == ["gym", "library"]
    assert OutboxEntry.objects.pending().count() == 0


@pytest.mark.django_db(transaction=True)
def test_rollback_runs_nothing(ran: list[str]):
    _publish_and_roll_back("gym")
    assert ran == []


def test_one_drain_follows_a_transaction_however_much_it_publishes(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
):
    with django_capture_on_commit_callbacks() as callbacks:
        for number in range(5):
            publish("venue", str(number))
    assert len(callbacks) == 1


def test_drain_still_follows_after_an_inner_rollback(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
):
    with django_capture_on_commit_callbacks() as callbacks:
        _publish_and_roll_back("gym")
        publish("venue", "library")
    assert len(callbacks) == 1


def test_waiting_entries_of_one_kind_and_key_are_one(ran: list[str]):
    for _time in range(3):
        publish("venue", "gym")
    publish("notice", "gym")
    assert OutboxEntry.objects.count() == 2
    assert drain().done == 1
    assert ran == ["gym"]


def test_done_entry_does_not_swallow_a_later_one(ran: list[str]):
    publish("venue", "gym")
    drain()
    publish("venue", "gym")
    drain()
    assert ran == ["gym", "gym"]


def test_duplicate_rows_of_a_key_run_once_and_are_all_done(ran: list[str]):
    """Two transactions that publish at once write a row each."""
    OutboxEntry.objects.bulk_create([OutboxEntry(kind="venue", key="gym") for _row in range(2)])
    assert drain() == (1, 0, None)
    assert ran == ["gym"]
    assert not OutboxEntry.objects.pending().exists()


def test_all_handlers_of_a_kind_run_in_order():
    calls: list[str] = []
    handler("venue")(lambda key: calls.append("index"))
    handler("venue")(lambda key: calls.append("purge"))
    publish("venue", "gym")
    drain()
    assert calls == ["index", "purge"]


def test_entry_without_a_handler_waits_for_one():
    publish("venue", "gym")
    assert drain() == (0, 0, None)
    keys: list[str] = []
    handler("venue")(keys.append)
    drain()
    assert keys == ["gym"]


def test_limit_leaves_the_rest_for_later(ran: list[str]):
    for number in range(3):
        publish("venue", str(number))
    first = drain(limit=2)
    assert first.done == 2
    assert first.retry_at is not None
    assert drain().done == 1
    assert ran == ["0", "1", "2"]


def test_failure_is_kept_readable_and_undoes_what_the_handler_wrote(traveller: time_machine.Traveller):
    @handler("venue")
    def fail(key: str) -> None:
        OutboxEntry.objects.create(kind="written", key=key)
        raise Failure("the index is down")

    publish("venue", "gym")
    assert drain() == (0, 1, START + timedelta(minutes=1))
    entry = OutboxEntry.objects.get()
    assert (entry.attempts, entry.done_at) == (1, None)
    assert entry.last_error == "Failure: the index is down"
    assert list(OutboxEntry.objects.failing()) == [entry]


def test_failure_stops_no_other_entry(ran: list[str]):
    @handler("broken")
    def fail(key: str) -> None:
        raise Failure

    publish("broken", "gym")
    publish("venue", "library")
    assert drain()[:2] == (1, 1)
    assert ran == ["library"]


def test_failed_entry_is_tried_again_later_and_later(traveller: time_machine.Traveller):
    @handler("venue")
    def fail(key: str) -> None:
        raise Failure

    publish("venue", "gym")
    waits = []
    for _attempt in range(11):
        retry_at = drain().retry_at
        assert retry_at is not None
        waits.append(retry_at - datetime.now(UTC))  # noqa: TID251 - the travelled clock itself
        assert drain() == (0, 0, None)
        traveller.move_to(retry_at)
    minutes = [wait / timedelta(minutes=1) for wait in waits]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert OutboxEntry.objects.get().attempts == 11


def test_success_after_a_failure_clears_the_error(traveller: time_machine.Traveller):
    failures = [Failure("once")]

    @handler("venue")
    def fail_once(key: str) -> None:
        if failures:
            raise failures.pop()

    publish("venue", "gym")
    drain()
    traveller.shift(timedelta(minutes=1))
    assert drain() == (1, 0, None)
    entry = OutboxEntry.objects.get()
    assert (entry.attempts, entry.last_error, entry.done_at) == (2, "", START + timedelta(minutes=1))


def test_new_change_does_not_wait_for_the_retry_of_an_old_one(traveller: time_machine.Traveller):
    failures = [Failure()]

    @handler("venue")
    def fail_once(key: str) -> None:
        if failures:
            raise failures.pop()

    publish("venue", "gym")
    drain()
    publish("venue", "gym")
    assert drain().done == 1


@pytest.mark.django_db(transaction=True)
def test_handler_may_publish(ran: list[str]):
    @handler("notice")
    def change_venue(key: str) -> None:
        publish("venue", key)

    with transaction.atomic():
        publish("notice", "gym")
    assert ran == ["gym"]


def test_retry_is_due_in_a_frozen_demonstration_too(settings: Settings, traveller: time_machine.Traveller):
    settings.OPENNESS_FROZEN_NOW = "2020-01-01T00:00:00+08:00"
    failures = [Failure()]

    @handler("venue")
    def fail_once(key: str) -> None:
        if failures:
            raise failures.pop()

    publish("venue", "gym")
    drain()
    traveller.shift(timedelta(minutes=1))
    assert drain().done == 1


def test_pruning_forgets_only_what_was_done_long_ago(ran: list[str], traveller: time_machine.Traveller):
    publish("venue", "gym")
    drain()
    traveller.shift(timedelta(days=31))
    publish("venue", "library")
    drain()
    publish("venue", "pool")
    assert outbox.prune() == 1
    assert {entry.key for entry in OutboxEntry.objects.all()} == {"library", "pool"}


def test_an_empty_outbox_costs_few_queries(
    ran: list[str], django_assert_max_num_queries: DjangoAssertNumQueries
):
    with django_assert_max_num_queries(4):
        drain()


def test_command_retries_and_shows_what_fails(traveller: time_machine.Traveller):
    @handler("venue")
    def fail(key: str) -> None:
        raise Failure("the index is down")

    publish("venue", "gym")
    drain()
    out = StringIO()
    call_command("drain_outbox", stdout=out)
    assert "0 done, 0 failed" in out.getvalue()
    call_command("drain_outbox", "--retry", stdout=out)
    assert "0 done, 1 failed" in out.getvalue()
    assert "venue gym (attempt 2" in out.getvalue()
    assert "the index is down" in out.getvalue()
