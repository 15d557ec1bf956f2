"""Filters as links: values with counts, what has been chosen, orders, and the steps through a long list.

Every list of the site that can be filtered says its question in its address, so that it can be shared.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict

# An address is typed, too: more digits than this are no number of a page.
_MOST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value of a filter, with how many results it leaves and the address that chooses it or takes it back."""

    value: str
    label: str
    count: int
    url: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter."""

    name: str
    label: str
    options: list[FacetOption]


@dataclass(frozen=True)
class Links:
    """Addresses of a list that differ from the present one in some parameters."""

    address: str
    query: QueryDict

    def with_(self, **changes: str) -> str:
        """Return the address with these parameters changed; an empty value leaves one out. It starts at page one."""
        query = self.query.copy()
        for name in {"page", *changes}:
            query.pop(name, None)
        for name, value in changes.items():
            if value:
                query[name] = value
        encoded = query.urlencode()
        return f"{self.address}?{encoded}" if encoded else self.address


def facet_options(
    name: str, chosen: str, counts: Mapping[str, int], names: Mapping[str, str], links: Links
) -> list[FacetOption]:
    """Return the values that leave something, in the order of ``names``, and the chosen one; none where only one is."""
    options = [
        FacetOption(
            value=code,
            label=label,
            count=counts.get(code, 0),
            url=links.with_(**{name: "" if code == chosen else code}),
            is_selected=code == chosen,
        )
        for code, label in names.items()
        if counts.get(code) or code == chosen
    ]
    # A single value that cannot be chosen apart tells nothing.
    return options if len(options) > 1 or chosen else []


def facets_of(
    labels: Mapping[str, str],
    chosen: Mapping[str, str],
    counts: Mapping[str, Mapping[str, int]],
    names: Mapping[str, Mapping[str, str]],
    links: Links,
) -> list[Facet]:
    """Return the filters in the order of ``labels``; the other mappings are by the filter's name, too."""
    return [
        Facet(name, label, facet_options(name, chosen[name], counts[name], names[name], links))
        for name, label in labels.items()
    ]


def active_filters(chosen: Iterable[tuple[str, str]], links: Links) -> list[dict[str, str]]:
    """Return what has been chosen, as name and words, each with the address that takes it back."""
    return [{"label": label, "remove_url": links.with_(**{name: ""})} for name, label in chosen]


def order_links(labels: Mapping[str, str], chosen: str, links: Links) -> list[dict[str, object]]:
    """Return the orders with the address of each; the first goes without saying, and stands in no address."""
    first = next(iter(labels))
    return [
        {
            "label": label,
            "url": links.with_(order="" if order == first else order),
            "is_selected": order == chosen,
        }
        for order, label in labels.items()
    ]


def messages_of(form: BaseForm, *, without: Collection[str] = ()) -> list[str]:
    """Return what is wrong with the question in an address, field by field, but for the fields ``without``."""
    return [
        str(message) for name, messages in form.errors.items() if name not in without for message in messages
    ]


def refused(form: BaseForm) -> HttpResponse:
    """Return what is wrong with the question in an address, as plain text for whoever wrote the program."""
    lines = [f"{name}: {message}" for name, messages in form.errors.items() for message in messages]
    return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")


def page_number(query: QueryDict) -> int:
    """Return the number of the page an address asks for, from 1; 1 for what is no number."""
    text = query.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return max(int(text), 1) if is_number else 1


def page_within(query: QueryDict, total: int, *, per_page: int) -> int:
    """Return the number of the page an address asks for; that of the last one for an old address beyond it."""
    return min(page_number(query), max(ceil(total / per_page), 1))


def page_steps(total: int, number: int, links: Links, *, per_page: int) -> dict[str, Any]:
    """Return what ``components/pagination.html`` shows of page ``number`` of ``total`` results."""
    paginator = Paginator(range(total), per_page)
    page = paginator.get_page(number)
    return {
        "pages": [
            {
                "label": str(each),
                "url": links.with_(page=str(each)) if isinstance(each, int) else "",
                "is_current": each == page.number,
            }
            for each in paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        ],
        "previous_url": links.with_(page=str(page.previous_page_number())) if page.has_previous() else "",
        "next_url": links.with_(page=str(page.next_page_number())) if page.has_next() else "",
    }
