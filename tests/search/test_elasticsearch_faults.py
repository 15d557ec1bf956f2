"""A server that is away, hangs or loses a node: errors of two known classes, in time, and nothing lost."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from elastic_transport import TransportError
from elasticsearch import ApiError, ConnectionTimeout

from search.models import SearchEntry
from tests.engines.elasticsearch import Node, running
from tests.search.rows import row, rows

pytestmark = [pytest.mark.deep, pytest.mark.django_db]
Use = Callable[..., Any]
# What a reader waits for Elasticsearch at most; the database has the rest of the two seconds.
READER_SECONDS = 1.9


@pytest.fixture
def node(can_run_elasticsearch: None) -> Iterator[Node]:
    with running() as (node,):
        yield node


def questions(backend: Any) -> list[Callable[[], Any]]:
    def search() -> Any:  # anew each time: results keep what they found
        return backend.search("通告", SearchEntry)

    return [
        lambda: search().count(),
        lambda: list(search()[:10]),
        lambda: search().facet("kind"),
        lambda: search().tally("kind"),
        lambda: list(search()),
        lambda: list(backend.autocomplete("tonggao", SearchEntry)[:5]),
    ]


def test_pages_beyond_ten_thousand_are_reached(node: Node, use_elasticsearch: Use) -> None:
    backend = use_elasticsearch(node.url)
    rows(*({"title": "通告", "department_code": f"d{number}"} for number in range(10_050)))
    assert backend.rebuild(SearchEntry.objects.all()) == SearchEntry.objects.count()
    results = backend.search("通告", SearchEntry)
    assert results.count() == results.tally().total == 10_050
    assert len(results.facet("department_code")) == 10_050, "more values than any filter of a site has"
    keys = list(SearchEntry.objects.filter(title="通告").order_by("-pk").values_list("pk", flat=True))
    assert [entry.pk for entry in results[9_995:10_005]] == keys[9_995:10_005]
    assert [entry.pk for entry in results[10_040:10_100]] == keys[10_040:]
    assert [entry.pk for entry in results[10_040:]] == keys[10_040:]


def test_a_server_that_hangs_or_is_gone_is_known_in_time(node: Node, use_elasticsearch: Use) -> None:
    backend = use_elasticsearch(node.url)
    entry = row("通告")
    backend.rebuild(SearchEntry.objects.all())
    asked = questions(backend)
    node.pause()
    for question in asked:
        began = time.monotonic()
        with pytest.raises(ConnectionTimeout) as raised:
            question()
        assert time.monotonic() - began < READER_SECONDS
        assert isinstance(raised.value, TransportError)
    node.resume()
    node.wait()
    for question in asked:
        assert question()
    node.kill()
    for question in [
        *asked,
        backend.health,
        lambda: backend.state(SearchEntry),
        lambda: backend.sync(SearchEntry, [1]),
    ]:
        began = time.monotonic()
        with pytest.raises(TransportError):
            question()
        assert time.monotonic() - began < READER_SECONDS
    node.start()
    while True:  # it listens before it has read its indices: those answers are of the other class
        try:
            assert [found.pk for found in asked[1]()] == [entry.pk]
            break
        except (ApiError, TransportError):
            time.sleep(0.2)


def test_a_write_that_hung_undoes_nothing(node: Node, use_elasticsearch: Use) -> None:
    backend = use_elasticsearch(node.url)
    backend.writer = backend.es.options(request_timeout=1)
    entry = row("通告", digest="old")
    backend.rebuild(SearchEntry.objects.all())
    node.pause()
    SearchEntry.objects.filter(pk=entry.pk).update(digest="hung")
    with pytest.raises(ConnectionTimeout):
        backend.sync(SearchEntry, [entry.pk])
    node.resume()
    SearchEntry.objects.filter(pk=entry.pk).update(digest="new")
    backend.sync(SearchEntry, [entry.pk])
    assert dict(backend.digests(SearchEntry))[entry.pk] == "new"


def test_a_cluster_loses_a_node_and_nothing_else(can_run_elasticsearch: None, use_elasticsearch: Use) -> None:
    """The master is killed, with half of the traffic before and half after."""
    with running(3) as cluster:
        backend = use_elasticsearch(*(node.url for node in cluster))
        entries = rows(*({"title": f"通告{number}"} for number in range(60)))
        backend.rebuild(SearchEntry.objects.all())
        wait_until_green(cluster[0])
        for number, entry in enumerate(entries):
            if number == 30:
                master(cluster).kill()
            SearchEntry.objects.filter(pk=entry.pk).update(digest=f"edit {number}")
            backend.sync(SearchEntry, [entry.pk])
            assert backend.search("通告", SearchEntry).count() == 60
            assert len(backend.search("通告", SearchEntry)[:10]) == 10
        held = dict(backend.digests(SearchEntry))
        assert held == dict(SearchEntry.objects.values_list("pk", "digest"))
        assert backend.rebuild(SearchEntry.objects.all()) == len(held)


def ask(node: Node, path: str) -> Any:
    with urllib.request.urlopen(f"{node.url}/{path}", timeout=60) as answer:
        return json.load(answer)


def wait_until_green(node: Node) -> None:
    assert not ask(node, "_cluster/health?wait_for_status=green&timeout=50s")["timed_out"]


def master(cluster: list[Node]) -> Node:
    (found,) = ask(cluster[0], "_cat/master?format=json")
    return cluster[int(found["node"].removeprefix("node")) - 1]
