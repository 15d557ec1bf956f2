"""What waits for an engine goes out to it, whatever happens on the way."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.search.models import IndexEntry

from home.models import HomePage
from openness.core import clock
from openness.core.outbox import OutboxEntry
from search import engines, indexing
from search.delivery import deliver, waiting
from search.engines import Circuit
from search.models import SearchEntry
from tests.engines.elasticsearch import _free_ports
from tests.factories.pages import NewsPageFactory, PolicyPageFactory


@pytest.fixture(autouse=True)
def city(small_city: HomePage, monkeypatch: pytest.MonkeyPatch) -> HomePage:
    monkeypatch.setattr(engines, "circuit", Circuit())
    return small_city


def said_by(*command: str) -> tuple[int, str]:
    """Return exit code and output of ``manage.py search …``."""
    output = StringIO()
    try:
        call_command("search", *command, stdout=output, stderr=output)
    except SystemExit as end:
        return int(str(end.code)), output.getvalue()
    return 0, output.getvalue()


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr("search.engines.time.monotonic", lambda: self.now)


def test_an_open_circuit_lets_one_through_in_thirty_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds, circuit = Clock(monkeypatch), Circuit()
    assert circuit.allows()
    circuit.failed()
    assert not circuit.allows()
    seconds.now += 29
    assert not circuit.allows()
    seconds.now += 2
    assert [circuit.allows(), circuit.allows()] == [True, False]
    circuit.failed()
    seconds.now += 31
    assert circuit.allows()
    assert circuit.succeeded()
    assert [circuit.allows(), circuit.allows()] == [True, True]
    assert not circuit.succeeded()


def test_a_row_that_the_index_refuses_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    index_class = engines.engine("database").backend.index_class
    good, bad, other = (NewsPageFactory() for __ in range(3))
    write = index_class.add_items

    def refuse(self: Any, model: Any, objs: Any) -> None:
        if bad.pk in {each.pk for each in objs}:
            raise ValueError("too long")
        write(self, model, objs)

    with monkeypatch.context() as patch:
        patch.setattr(index_class, "add_items", refuse)
        indexing.catch_up()
    (left,) = waiting("database")
    assert (left.key, left.last_error, left.attempts) == (str(bad.pk), "ValueError: too long", 1)
    assert left.due_at > clock.wall_now()
    assert indexing.verify("database").keys() == []
    code, said = said_by("status", "--engine=database")
    assert (code, "1 waiting since" in said, "too long" in said) == (1, True, True)
    indexing.catch_up()
    assert not waiting("database").exists()
    assert said_by("status", "--engine=database")[0] == 0
    assert {good.pk, other.pk} <= set(SearchEntry.objects.values_list("pk", flat=True))


def test_verify_finds_every_difference_and_repairs_it() -> None:
    missing, outdated, untrue = (NewsPageFactory() for __ in range(3))
    indexing.catch_up()
    index = IndexEntry.objects.filter(content_type__app_label="site_search")
    index.filter(object_id=str(missing.pk)).delete()
    SearchEntry.objects.filter(pk=outdated.pk).update(indexed="older")
    content_type = index.first().content_type
    IndexEntry.objects.create(
        content_type=content_type, object_id="987654", title="", body="", autocomplete=""
    )
    SearchEntry.objects.filter(pk=untrue.pk).update(digest="another", indexed="another")
    code, said = said_by("verify", "--engine=database")
    assert code == 1
    assert said.splitlines() == [
        f"rows: 1 differ from their pages ({untrue.pk})",
        f"database: 1 missing ({missing.pk}), 1 outdated ({outdated.pk}), 1 left over (987654)",
    ]
    code, said = said_by("verify", "--engine=database", "--repair")
    assert (code, said.splitlines()[0]) == (0, "rows: 0 differ from their pages")
    assert said_by("verify", "--engine=database") == (0, said)


def test_rebuild_writes_rows_and_index() -> None:
    page = PolicyPageFactory()
    SearchEntry.objects.all().delete()
    IndexEntry.objects.all().delete()
    code, said = said_by("rebuild", "--engine=database")
    assert code == 0
    assert "rows: " in said
    assert indexing.verify("database").keys() == []
    assert indexing.verify_rows() == []
    # The administration searches the pages themselves.
    assert page.pk in {found.pk for found in type(page).objects.search("草庵", backend="default")}


def test_an_engine_that_the_site_has_not_is_refused(settings: Any) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"default": settings.WAGTAILSEARCH_BACKENDS["default"]}
    with pytest.raises(CommandError, match="no engine elasticsearch"):
        call_command("search", "status", "--engine=elasticsearch")


def test_an_engine_that_is_away_keeps_nobody_and_loses_nothing(use_elasticsearch: Callable[..., Any]) -> None:
    (port,) = _free_ports(1)
    use_elasticsearch(f"http://127.0.0.1:{port}")
    page = NewsPageFactory()
    assert engines.answering().name == "elasticsearch"
    delivered = deliver("elasticsearch")
    assert (delivered.done, delivered.failed) == (0, 0)
    assert delivered.again_at is not None
    assert engines.answering().name == "database"
    assert engines.answering().is_simplified
    # Whoever comes next leaves it to the one who comes back already.
    assert deliver("elasticsearch") == (0, 0, None)
    NewsPageFactory()
    assert deliver("elasticsearch") == (0, 0, None)
    assert waiting("elasticsearch").values("due_at").distinct().count() == 1
    code, said = said_by("status")
    assert code == 1
    assert "elasticsearch: no index" in said
    assert said_by("verify", "--engine=elasticsearch")[0] == 1
    assert said_by("rebuild", "--engine=elasticsearch")[0] == 1
    assert str(page.pk) in set(waiting("elasticsearch").values_list("key", flat=True))


def test_a_question_falls_back_to_the_database(use_elasticsearch: Callable[..., Any]) -> None:
    (port,) = _free_ports(1)
    use_elasticsearch(f"http://127.0.0.1:{port}")
    page = NewsPageFactory()
    indexing.catch_up()
    engines.circuit.succeeded()
    asked: list[str] = []

    def question(engine: engines.Engine) -> tuple[list[int], bool]:
        asked.append(engine.name)
        return [
            hit.pk for hit in engine.backend.search("草庵", SearchEntry.objects.all())
        ], engine.is_simplified

    assert engines.ask(question) == ([page.pk], True)
    assert asked == ["elasticsearch", "database"]
    engines.ask(question)
    assert asked[2:] == ["database"], "from then on nobody waits"


@pytest.mark.elasticsearch
class TestElasticsearch:
    """On the server of the run."""

    def test_every_change_arrives(self, elastic: Any) -> None:
        changed, gone, hidden = (NewsPageFactory() for __ in range(3))
        indexing.catch_up()
        assert indexing.verify("elasticsearch").keys() == []
        changed.title = "刺桐城"
        changed.save()
        hidden.unpublish()
        key = gone.pk
        gone.delete()
        compared = indexing.verify("elasticsearch")
        assert compared.keys() == [], "what waits is no difference"
        indexing.catch_up()
        held = dict(elastic.digests(SearchEntry))
        assert held == dict(SearchEntry.objects.values_list("pk", "digest"))
        assert changed.pk in held
        assert not {hidden.pk, key} & set(held)

    def test_what_waited_while_there_was_no_index_goes_out_with_it(self, elastic: Any) -> None:
        elastic.get_index_for_model(SearchEntry).delete()
        NewsPageFactory()
        assert deliver("elasticsearch").done == 0
        assert waiting("elasticsearch").exists()
        code, said = said_by("rebuild", "--engine=elasticsearch")
        assert code == 0, said
        assert not waiting("elasticsearch").exists()
        code, said = said_by("status", "--engine=elasticsearch")
        assert code == 0, said
        assert said.startswith(f"elasticsearch: {SearchEntry.objects.count()} of ")

    def test_verify_repairs(self, elastic: Any) -> None:
        missing, outdated = NewsPageFactory(), NewsPageFactory()
        indexing.catch_up()
        index = elastic.get_index_for_model(SearchEntry)
        index.delete_item(SearchEntry(pk=missing.pk))
        index.add_item(SearchEntry(pk=outdated.pk, digest="older"))
        index.add_item(SearchEntry(pk=987654, digest="orphan"))
        found = indexing.verify("elasticsearch")
        assert found == ([missing.pk], [outdated.pk], [987654])
        assert indexing.verify("elasticsearch", repair=True).keys() == []
        assert not OutboxEntry.objects.pending().filter(kind="search.elasticsearch").exists()
