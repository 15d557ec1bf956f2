"""Flat rows without their pages' content, for tests of what engines do with them."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

from search.models import SearchEntry

# Where paths of these pages begin, of four digits in base 36; no test adds so many siblings.
_FIRST_PATH = 0xA000


def rows(*entries: dict[str, Any]) -> list[SearchEntry]:
    """Write a row, and an empty page for it, for each set of fields; all in four queries."""
    root = Page.get_first_root_node()
    taken = Page.objects.filter(path__gte=f"{root.path}{_FIRST_PATH:04X}").count()
    kind, locale = ContentType.objects.get_for_model(Page), Locale.objects.first()
    pages = Page.objects.bulk_create(
        Page(
            title="x",
            slug=f"row-{number}",
            path=f"{root.path}{_FIRST_PATH + number:04X}",
            depth=2,
            content_type=kind,
            locale=locale,
            first_published_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for number in range(taken, taken + len(entries))
    )
    plain = {"kind": "policy", "language": "zh-hans"}
    return SearchEntry.objects.bulk_create(
        SearchEntry(**{**plain, "page_id": page.pk, "digest": f"d{page.pk}", **fields})
        for page, fields in zip(pages, entries, strict=True)
    )


def row(title: str, **fields: Any) -> SearchEntry:
    """Write one row."""
    (entry,) = rows({"title": title, **fields})
    return entry
