"""Rebuilding under traffic: no change is lost, nothing is left behind, and an old write undoes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import QuerySet
from elasticsearch import NotFoundError

from search.backends.elasticsearch_index import version_now
from search.models import SearchEntry
from tests.search.rows import row, rows

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


def held(elastic: Any) -> dict[int, str]:
    return dict(elastic.digests(SearchEntry))


def indices(elastic: Any) -> list[str]:
    return list(elastic.es.indices.get(index=f"{elastic.get_index_for_model(SearchEntry).name}*"))


def edit(elastic: Any, entry: SearchEntry, digest: str) -> None:
    SearchEntry.objects.filter(pk=entry.pk).update(digest=digest)
    elastic.sync(SearchEntry, [entry.pk])


def remove(elastic: Any, entry: SearchEntry) -> None:
    SearchEntry.objects.filter(pk=entry.pk).delete()
    elastic.sync(SearchEntry, [entry.pk])


def test_a_rebuild_replaces_the_index_and_leaves_one(elastic: Any) -> None:
    entries = rows(*({"title": f"通告{number}"} for number in range(7)))
    before = indices(elastic)
    assert elastic.rebuild(SearchEntry.objects.all(), batch_size=3) == 7
    assert held(elastic) == {entry.pk: entry.digest for entry in entries}
    after = indices(elastic)
    assert len(after) == 1
    assert after != before


def test_what_changes_during_a_rebuild_is_not_lost(elastic: Any) -> None:
    """Its rows are read before the changes and written after them: the worst order."""
    kept, changed, gone, late = rows(*({"title": f"通告{number}"} for number in range(4)))
    elastic.sync(SearchEntry, [kept.pk, changed.pk, gone.pk])
    in_making = elastic.get_index_for_model(SearchEntry).begin()
    in_making.add_model(SearchEntry)
    as_read = list(SearchEntry.objects.exclude(pk=late.pk))
    in_making.add_items(SearchEntry, as_read[:1])
    edit(elastic, changed, "changed")
    remove(elastic, gone)
    elastic.sync(SearchEntry, [late.pk])
    true = {kept.pk: kept.digest, changed.pk: "changed", late.pk: late.digest}
    assert held(elastic) == true, "the present index goes on being true"
    in_making.add_items(SearchEntry, as_read)
    in_making.finish()
    assert held(elastic) == true
    edit(elastic, kept, "after")
    assert held(elastic) == {**true, kept.pk: "after"}


def test_a_rebuild_that_fails_changes_nothing(elastic: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = row("通告")
    elastic.sync(SearchEntry, [entry.pk])
    before = indices(elastic)

    def break_off(rows: QuerySet[Any], size: int) -> Iterator[list[Any]]:
        yield list(rows)
        raise KeyboardInterrupt

    monkeypatch.setattr("search.backends.elasticsearch._batches", break_off)
    with pytest.raises(KeyboardInterrupt):
        elastic.rebuild(SearchEntry.objects.all())
    assert indices(elastic) == before
    assert held(elastic) == {entry.pk: entry.digest}
    edit(elastic, entry, "later")
    assert held(elastic) == {entry.pk: "later"}


def test_what_a_crash_leaves_is_cleaned_up_by_the_next_rebuild(elastic: Any) -> None:
    entry = row("通告")
    index = elastic.get_index_for_model(SearchEntry)
    for __ in range(2):
        index.begin().add_model(SearchEntry)
    assert elastic.state(SearchEntry).is_rebuilding
    edit(elastic, entry, "between")
    elastic.rebuild(SearchEntry.objects.all())
    assert len(indices(elastic)) == 1
    assert held(elastic) == {entry.pk: "between"}
    assert not elastic.state(SearchEntry).is_rebuilding


def test_the_later_of_two_rebuilds_wins(elastic: Any) -> None:
    entry = row("通告")
    index = elastic.get_index_for_model(SearchEntry)
    first = index.begin()
    first.add_model(SearchEntry)
    second = index.begin()
    second.add_model(SearchEntry)
    first.add_items(SearchEntry, [entry])
    with pytest.raises(NotFoundError):
        first.finish()
    second.add_items(SearchEntry, [entry])
    second.finish()
    assert held(elastic) == {entry.pk: entry.digest}
    assert len(indices(elastic)) == 1


def test_a_write_that_was_stuck_on_the_way_undoes_nothing(elastic: Any) -> None:
    entry, other = rows({"title": "一"}, {"title": "二"})
    index = elastic.get_index_for_model(SearchEntry)
    read_at = version_now()
    edit(elastic, entry, "new")
    remove(elastic, other)
    index.write(SearchEntry, [entry, other], version=read_at)
    index.write(SearchEntry, gone=[entry], version=read_at)
    assert held(elastic) == {entry.pk: "new"}


def test_an_index_that_something_else_made_gives_way(elastic: Any) -> None:
    """A tool that writes under the very name makes an index of guesses, in the place of the alias."""
    index = elastic.get_index_for_model(SearchEntry)
    index.delete()
    elastic.es.index(index=index.name, document={"title": "guessed"})
    entry = row("通告")
    elastic.rebuild(SearchEntry.objects.all())
    assert held(elastic) == {entry.pk: entry.digest}
    assert len(indices(elastic)) == 1


def test_indices_of_other_sites_and_models_stay(elastic: Any) -> None:
    name = elastic.get_index_for_model(SearchEntry).name
    others = [f"{name}s_1234567890123456", f"{name}_other"]
    for other in others:
        elastic.es.indices.create(index=other)
    try:
        elastic.rebuild(SearchEntry.objects.all())
        elastic.get_index_for_model(SearchEntry).delete()
        assert sorted(indices(elastic)) == sorted(others)
    finally:
        for other in others:
            elastic.es.indices.delete(index=other)
