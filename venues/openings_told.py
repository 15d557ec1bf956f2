"""The openings of some venues with the words for them: what calendar feeds and exports are made from.

A fixed number of queries, whatever the number of venues, openings, rules and notices.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest
from wagtail.models import Locale

from venues import selectors
from venues.api import schemas
from venues.api.words import Reader, Reasons
from venues.enums import SessionKind
from venues.models import Interval, VenueDay, VenueEntry, VenuePage
from venues.published import horizon
from venues.questions import Question

ROWS_AT_A_TIME = 2000


@dataclass(frozen=True)
class Told:
    """Venues (entries in one language), the openings asked for, and the days from ``first`` to ``last``."""

    request: HttpRequest
    locale: Locale
    entries: Sequence[VenueEntry]
    venues: Any  # what `venue__in` takes: the keys of their source-language pages, or a query for them
    first: date
    last: date
    chosen: Q = Q()
    _told: dict[tuple[int, str, str, str], schemas.Because] = field(default_factory=dict)

    @cached_property
    def by_venue(self) -> dict[int, VenueEntry]:
        """The entries by the key of their source-language page."""
        return {entry.venue_id: entry for entry in self.entries}

    @property
    def _on_days(self) -> dict[str, Any]:
        return {"venue__in": self.venues, "business_date__range": (self.first, self.last)}

    @cached_property
    def _openings(self) -> QuerySet[Interval]:
        chosen = Interval.objects.filter(self.chosen, **self._on_days)
        return chosen.order_by("venue_id", "business_date", "area_key", "opens_at", "closes_at", "pk")

    def openings(self) -> Iterator[Interval]:
        """Yield the openings, venue by venue and day by day, without holding them all. One query."""
        return self._openings.iterator(chunk_size=ROWS_AT_A_TIME)

    def days(self) -> Iterator[VenueDay]:
        """Yield the days, venue by venue. One query."""
        rows = VenueDay.objects.filter(**self._on_days).order_by("venue_id", "business_date", "area_key")
        return rows.iterator(chunk_size=ROWS_AT_A_TIME)

    @cached_property
    def reader(self) -> Reader:
        """Names, areas and addresses of the venues."""
        return Reader(self.request, self.entries, self.locale.language_code)

    def because(self, row: Interval | VenueDay, *, status: str) -> schemas.Because:
        """Return why a row is as it is, in words; rows with one reason share one answer."""
        kind = row.kind if isinstance(row, Interval) else SessionKind.REGULAR
        key = (row.venue_id, status, kind, json.dumps(row.because, sort_keys=True))
        if key not in self._told:
            self._told[key] = self.reasons(row.venue_id, row.because or {}, status=status, kind=kind)
        return self._told[key]

    @cached_property
    def reasons(self) -> Reasons:
        """The sentences behind openings and days; the notices that they rest on are looked up once."""
        # As text: an id that JSON keeps as "77" would come back as a number.
        notices = {
            notice
            for model in (Interval, VenueDay)
            for notice in model.objects.filter(**self._on_days)
            .order_by()
            .values_list(KT("because__notice"), flat=True)
            .distinct()
            if notice
        }
        return Reasons(self.reader, ({"notice": notice} for notice in notices))


def told_of_venue(page: VenuePage, request: HttpRequest, *, days_back: int = 0) -> Told:
    """Return the openings of one public venue over the compiled days. Raises Http404 where it has no entry."""
    told = _told(
        selectors.public_entries(locale=page.locale).filter(page=page), request, page.locale, days_back
    )
    if not told.entries:
        raise Http404
    return told


def told_of_department(code: str, request: HttpRequest, *, locale: Locale, days_back: int = 0) -> Told:
    """Return the openings of all venues of a department over the compiled days."""
    entries = selectors.matching_entries(Question(department=code), locale=locale)
    return _told(entries, request, locale, days_back)


def told_of_question(question: Question, request: HttpRequest, *, locale: Locale, days_back: int = 0) -> Told:
    """Return the openings that answer a question of the finder.

    Its filters choose the venues; admission and kind choose among their sessions too. A question about a
    time has the openings that fit into it, one about no time those of all compiled days.
    """
    chosen = Q()
    for name in selectors.OF_SESSIONS:
        if value := getattr(question, name):
            chosen &= Q(**{name: value})
    if question.window:
        chosen &= Q(pk__in=selectors.fitting_intervals(question.window).order_by().values("pk"))
    entries = selectors.matching_entries(question, locale=locale)
    return _told(entries, request, locale, days_back, chosen)


def _told(
    entries: QuerySet[VenueEntry],
    request: HttpRequest,
    locale: Locale,
    days_back: int,
    chosen: Q | None = None,
) -> Told:
    first, last = horizon()
    return Told(
        request=request,
        locale=locale,
        entries=list(entries.order_by("title", "pk")),
        venues=entries.order_by().values("venue"),
        first=first - timedelta(days=days_back),
        last=last,
        chosen=chosen or Q(),
    )
