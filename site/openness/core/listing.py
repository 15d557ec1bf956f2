"""How a page stands in lists of pages of all kinds, and whether the public search looks into it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest

from openness.core.clock import local

if TYPE_CHECKING:
    from openness.core.models import BasePage


@dataclass(frozen=True)
class ListingRow:
    """A page as one row of a list, in the words of its own language; what is not known stays empty."""

    title: str
    url: str
    date_label: str
    kind_label: str
    summary: str


@dataclass(frozen=True)
class SearchDecision:
    """Whether the public search looks into a type of pages, and why it does not."""

    is_searched: bool
    reason: str = ""


SEARCHED = SearchDecision(is_searched=True)


def not_searched(reason: str) -> SearchDecision:
    """Return the decision to leave a type of pages out of the public search; it gives its reason."""
    return SearchDecision(is_searched=False, reason=reason)


def listing_rows(pages: Iterable["BasePage"], request: HttpRequest) -> list[ListingRow]:
    """Return pages as rows of a list, in their order."""
    return [page.listing_row(request) for page in pages]


def listing_date_label(value: date | datetime | None) -> str:
    """Return a date for lists: 2026-11-19, of the city for an instant; empty for none."""
    if value is None:
        return ""
    return (local(value).date() if isinstance(value, datetime) else value).isoformat()
