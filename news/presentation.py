"""What the public pages of news print, and what other rooms' pages tell of news."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale

from news import selectors
from news.enums import Origin
from news.models import NewsIndexPage, NewsPage
from openness.core.beside import BesideSection
from openness.core.listing import listing_rows
from openness.core.models import BasePage
from openness.core.models.addresses import index_page_for
from openness.departments.models import Topic
from openness.departments.selectors import publisher_of, term_names
from policies.links import public_links
from policies.measures import carried_out_by
from venues.presentation import Chip

# A page tells the latest; the rest is found through the list.
TOLD_BESIDE = 5


def channel_tabs(page: NewsIndexPage, request: HttpRequest, *, chosen: str) -> list[Chip]:
    """Return the two lists of the channel, ``news`` and ``activities``, the chosen one marked."""
    tabs = (
        ("news", _("News"), page.get_url(request) or ""),
        ("activities", _("Activities"), page.exit_url("activities", request)),
    )
    return [Chip(label=label, url=url, is_selected=name == chosen) for name, label, url in tabs]


def news_context(page: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a news item shows. The number of queries is the same whatever it is about."""
    source, locale = page.source_page, page.locale
    venues = [row.venue.translation_key for row in source.venues.select_related("venue")]
    policies = [row.policy.translation_key for row in source.policies.select_related("policy")]
    activities = [row.activity.translation_key for row in source.activities.select_related("activity")]
    links = public_links([*venues, *policies, *activities], locale=locale, request=request)
    return {
        "publisher": publisher_of(page, locale=locale, request=request),
        "is_reprint": page.origin == Origin.REPRINT,
        "topics": _topics(source, locale=locale, request=request),
        "venues": [links[key] for key in venues if key in links],
        "policies": [links[key] for key in policies if key in links],
        "activities": [links[key] for key in activities if key in links],
        "measures": carried_out_by(page, locale=locale, request=request),
    }


def news_beside(field: str) -> Callable[[BasePage, HttpRequest], BesideSection | None]:
    """Return a reader of the news about a page, for :func:`openness.core.beside.tell_beside`."""

    def reader(page: BasePage, request: HttpRequest) -> BesideSection | None:
        found = selectors.news_about(field, page, locale=page.locale)
        rows = listing_rows(found[:TOLD_BESIDE], request)
        return BesideSection("news", _("News"), "icons/news.svg", rows) if rows else None

    return reader


def _topics(source: NewsPage, *, locale: Locale, request: HttpRequest) -> list[Chip]:
    """Return the topics as ways into the list."""
    names = term_names(Topic, language=locale.language_code)
    index = index_page_for(source.address_kind, locale.pk, request)
    address = index.get_url(request) if index else ""
    codes = source.topics.values_list("topic__code", flat=True)
    return [
        Chip(label=names.get(code, code), url=f"{address}?topic={code}" if address else "") for code in codes
    ]
