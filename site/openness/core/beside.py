"""What a later room tells on a page of an earlier one: the news about a venue, the activities at it.

The page's room knows none of those rooms. Each registers a reader for a type of page when the site starts; the
page's context asks :func:`beside`, and ``components/beside.html`` shows what comes back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from openness.core.models.base import BasePage


@dataclass(frozen=True, slots=True)
class BesideSection:
    """A section of a page: ``key`` is unique on it, ``template`` gets ``rows``, ``icon`` is a template, too."""

    key: str
    title: str
    icon: str
    rows: Iterable[Any]
    template: str = "components/row_list.html"
    more_url: str = ""
    more_label: str = ""


Reader = Callable[[BasePage, HttpRequest], BesideSection | None]
_readers: dict[str, dict[str, tuple[int, Reader]]] = {}


def tell_beside(model: str, key: str, reader: Reader, *, order: int) -> None:
    """Ask ``reader`` for the section ``key`` on every page of a type (``"venues.VenuePage"``), in this order.

    A reader makes a fixed number of queries, shows what the public may see and returns None where it has nothing.
    """
    _readers.setdefault(model.lower(), {})[key] = order, reader


def beside(page: BasePage, request: HttpRequest) -> list[BesideSection]:
    """Return the sections that later rooms have for this page, in their order."""
    readers = _readers.get(page._meta.label_lower, {}).values()
    found = [reader(page, request) for __, reader in sorted(readers, key=lambda each: each[0])]
    return [section for section in found if section is not None]
