"""The flat rows that engines index: one for each public page of a searched type, and none for anything else.

They are written in the transaction of the change, so that nothing hidden can be found, counted or suggested once it is
hidden. What changed goes on to the engines after the commit (``search.sending``).
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page

from openness.core.gate import visible
from openness.media.models import Document
from search.facts.entries import Found, entries_of
from search.models import EntryFile, SearchEntry
from search.sending import send

# Pages that are read at once: their texts, and those of their files, stand in memory together.
CHUNK = 50
WRITTEN = [field.name for field in SearchEntry._meta.concrete_fields if field.name not in {"page", "indexed"}]


def refresh(page_ids: Iterable[int]) -> int:
    """Make the rows of pages and of all their translations what they say to the public; return how many changed.

    A page that is not public, or of a type that is not searched, has none. Each chunk is one transaction (inside
    that of the caller), of a number of queries that does not depend on how many pages there are.
    """
    return sum(_refresh(chunk) for chunk in chunks(dict.fromkeys(page_ids), CHUNK))


def refresh_all() -> Iterator[int]:
    """Refresh every page of the site, and yield after each chunk how many are done."""
    done = 0
    for chunk in chunks(all_pages(), CHUNK):
        refresh(chunk)
        done += len(chunk)
        yield done


def all_pages() -> list[int]:
    """Return the keys of all pages of the site, translations side by side."""
    pages = Page.objects.filter(depth__gt=1).order_by("translation_key", "pk")
    return list(pages.values_list("pk", flat=True))


def settle(page_ids: Collection[int]) -> set[int]:
    """Write the rows of exactly these pages from what is committed by now; return the keys of those that changed.

    Two transactions that ran side by side did not see each other's change. Nothing is sent.
    """
    return _write(_difference(_with_translations(page_ids), only=set(page_ids)))


def chunks(keys: Iterable[int], size: int) -> Iterator[list[int]]:
    """Yield keys in lots of at most ``size``."""
    rest = iter(keys)
    while chunk := list(islice(rest, size)):
        yield chunk


class Difference(NamedTuple):
    """Rows that are not what their pages say: to be written, and (keys) to be deleted. ``found`` is all they say."""

    changed: list[SearchEntry]
    gone: set[int]
    found: dict[int, Found]

    def keys(self) -> set[int]:
        """Return the keys of all pages whose rows differ."""
        return {*(entry.page_id for entry in self.changed), *self.gone}


def untrue(page_ids: Iterable[int]) -> Iterator[int]:
    """Yield the keys of pages (and of their translations) whose rows are not what they say. Nothing is written."""
    for chunk in chunks(page_ids, CHUNK):
        yield from sorted(_difference(_with_translations(chunk)).keys())


@transaction.atomic
def _refresh(page_ids: list[int]) -> int:
    changed = _write(_difference(_with_translations(page_ids)))
    send(sorted(changed))
    return len(changed)


def _with_translations(page_ids: Collection[int]) -> QuerySet[Page]:
    same = Page.objects.filter(pk__in=page_ids).order_by()
    keys = set(same.values_list("translation_key", flat=True))
    return Page.objects.filter(translation_key__in=keys).order_by()


def _difference(pages: QuerySet[Page], only: set[int] | None = None) -> Difference:
    """Compare the rows of pages, which are all translations of each other, or of some among them."""
    stored = dict(SearchEntry.objects.filter(page__in=pages.values("pk")).values_list("page", "digest"))
    found = {each.entry.page_id: each for each in entries_of(visible(pages).order_by("pk"))}
    if only is not None:
        stored = {key: digest for key, digest in stored.items() if key in only}
        found = {key: each for key, each in found.items() if key in only}
    changed = [each.entry for key, each in found.items() if stored.get(key) != each.entry.digest]
    return Difference(changed, stored.keys() - found.keys(), found)


def _write(difference: Difference) -> set[int]:
    """Write what differs; return the keys of the pages concerned."""
    SearchEntry.objects.filter(page__in=difference.gone).delete()
    SearchEntry.objects.bulk_create(
        difference.changed, update_conflicts=True, unique_fields=["page"], update_fields=WRITTEN
    )
    found = difference.found
    _write_files({(key, document) for key, each in found.items() for document in each.documents}, found)
    return difference.keys()


def _write_files(wanted: set[tuple[int, int]], entries: Collection[int]) -> None:
    """Note which files belong to rows. A text may name one that is gone."""
    rows = EntryFile.objects.filter(entry__in=list(entries))
    known = {(entry, document): pk for pk, entry, document in rows.values_list("pk", "entry", "document")}
    there = Document.objects.in_bulk({document for __, document in wanted - known.keys()})
    EntryFile.objects.filter(pk__in=[known[pair] for pair in known.keys() - wanted]).delete()
    EntryFile.objects.bulk_create(
        [
            EntryFile(entry_id=entry, document_id=document)
            for entry, document in sorted(wanted - known.keys())
            if document in there
        ],
        ignore_conflicts=True,
    )
