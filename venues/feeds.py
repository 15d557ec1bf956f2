"""Opening hours as calendars to subscribe to (RFC 5545): of a venue, a department, or a question of the finder.

Every opening is an event, and so is a day that a holiday or a notice closes. A feed has no mark of the
moment it was fetched at: while nothing changes it is the same to the byte, and a reader that has it
gets 304. An event keeps its UID through every edit of hours, title and address: code of the venue, area,
business date, and the number of the opening on that date.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_response_headers
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard
from wagtail.models import Page

from openness.core import clock
from openness.core.facets import refused
from venues.enums import Admission, DayStatus, SessionKind, SessionState
from venues.hours import Layer
from venues.models import Interval, PublishedHours, VenueDay, VenueEntry
from venues.openings_told import Told, told_of_department, told_of_question, told_of_venue
from venues.questions import read_question
from venues.wording import phrase, term

DAYS_BACK = 7
# What a reader of the feed takes for one calendar; more venues are more than anyone can look at.
MOST_VENUES = 50
REFRESH = timedelta(hours=1)
EXCEPTIONAL_LAYERS = frozenset(layer.code for layer in (Layer.HOLIDAY, Layer.NOTICE, Layer.EMERGENCY))
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def venue_feed(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the hours of a venue, from a week ago to the end of what is compiled."""
    told = told_of_venue(page, request, days_back=DAYS_BACK)
    return _answer(request, _Feed(told, page, _("Opening hours of %(venue)s") % {"venue": page.title}))


def department_feed(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the hours of the venues of a department."""
    told = told_of_department(page.department.code, request, locale=page.locale, days_back=DAYS_BACK)
    name = _("Opening hours of the venues of %(department)s") % {"department": page.title}
    return _answer(request, _Feed(_first_of(told), page, name, total=len(told.entries)))


def search_feed(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the openings that answer the question in the address; 400 with what is wrong with it."""
    question, form = read_question(request.GET)
    if not form.is_valid():
        return refused(form)
    told = told_of_question(question, request, locale=page.locale, days_back=DAYS_BACK)
    name = _("Opening hours: %(question)s") % {"question": question.q} if question.q else _("Opening hours")
    closed = question.window is None and not question.admission and not question.kind
    feed = _Feed(_first_of(told), page, name, total=len(told.entries), tells_closed_days=closed)
    return _answer(request, feed)


def _first_of(told: Told) -> Told:
    entries = told.entries[:MOST_VENUES]
    return replace(told, entries=entries, venues=[entry.venue_id for entry in entries])


def _answer(request: HttpRequest, feed: "_Feed") -> HttpResponse:
    body = feed.calendar().to_ical()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{feed.file_name}"'
    response.headers["ETag"] = etag
    patch_response_headers(response, cache_timeout=60)
    return get_conditional_response(request, etag=etag, response=response) or response


@dataclass(frozen=True)
class _Feed:
    """A calendar of some venues, named ``name``, at the address of ``page``; ``total`` is how many there would be."""

    told: Told
    page: Page
    name: str
    total: int = 0
    tells_closed_days: bool = True

    @property
    def file_name(self) -> str:
        return f"{self.page.slug}.ics"

    @property
    def language(self) -> str:
        return self.told.locale.language_code

    def calendar(self) -> Calendar:
        """Return the calendar with its events, in the order of the venues and days."""
        calendar = Calendar()
        calendar.add("prodid", "-//Openness//Opening hours//ZH")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", self.name)
        calendar.add("x-wr-timezone", clock.CITY_TZ.key)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
        if self.total > MOST_VENUES:
            text = _("The first %(number)s of %(total)s venues. Narrow the question to have all of them.")
            calendar.add("x-wr-caldesc", text % {"number": MOST_VENUES, "total": self.total})
        calendar.add_component(city_time())
        stamps = dict(
            PublishedHours.objects.filter(venue__in=self.told.by_venue)
            .order_by()
            .values_list("venue")
            .annotate(latest=Max("published_at"))
        )
        for event in (*self._openings(), *(self._closed_days() if self.tells_closed_days else ())):
            row, made = event
            # When these hours became public: the only clock that an unchanged feed may have.
            stamp = (stamps.get(row.venue_id) or NEVER).replace(microsecond=0)
            made.add("dtstamp", stamp)
            made.add("last-modified", stamp)
            calendar.add_component(made)
        return calendar

    # -----------------------------------------------------------------------------------------------

    def _openings(self) -> Iterator[tuple[Interval, Event]]:
        rows = self.told.openings()
        for __, of_day in groupby(rows, key=lambda row: (row.venue_id, row.business_date, row.area_key)):
            for number, opening in enumerate(of_day, start=1):
                yield opening, self._opening(opening, number)

    def _opening(self, opening: Interval, number: int) -> Event:
        event = self._event(opening, str(number), f"{self._how(opening)} {_times(opening)}")
        event.add("dtstart", clock.local(opening.opens_at))
        event.add("dtend", clock.local(opening.closes_at))
        because = self.told.because(opening, status=DayStatus.OPEN)
        lines = [
            term(f"kind.{opening.kind}", self.language) if opening.kind != SessionKind.REGULAR else "",
            _("Last entry %(time)s") % {"time": f"{clock.local(opening.last_entry_at):%H:%M}"}
            if opening.last_entry_at < opening.closes_at
            else "",
            self.told.reasons.words(opening.venue_id, opening.condition),
            term(f"admission.{opening.admission}", self.language)
            if opening.admission != Admission.UNKNOWN
            else "",
        ]
        self._explain(event, opening, lines, because)
        return event

    def _how(self, opening: Interval) -> str:
        if opening.audience_code:
            name = self.told.reader.named("audience", opening.audience_code).name
            return phrase("only_for", self.language, audience=name)
        return term(f"state.{SessionState(opening.state)}", self.language)

    def _closed_days(self) -> Iterator[tuple[VenueDay, Event]]:
        """Yield the days that a holiday or a notice closes; where it closes every area alike, once."""
        for __, of_day in groupby(self.told.days(), key=lambda row: (row.venue_id, row.business_date)):
            areas = list(of_day)
            closed = [row for row in areas if _is_closed_specially(row)]
            if len(closed) == len(areas) > 1 and len({_rule_behind(row) for row in closed}) == 1:
                closed[0].area_key, closed = "", closed[:1]
            for row in closed:
                yield row, self._closed_day(row)

    def _closed_day(self, row: VenueDay) -> Event:
        event = self._event(row, "closed", term("day.closed", self.language))
        event.add("dtstart", row.business_date)
        event.add("dtend", row.business_date + timedelta(days=1))
        because = self.told.because(row, status=row.status)
        self._explain(event, row, [], because)
        return event

    def _event(self, row: Interval | VenueDay, number: str, what: str) -> Event:
        entry = self.told.by_venue[row.venue_id]
        place = self._place(entry, row.area_key)
        doubt = f" ({_('provisional')})" if row.provisional else ""
        event = Event()
        event.add("uid", self._uid(entry.code, row.area_key, row.business_date, number))
        event.add("summary", f"{what}{doubt} · {place}")
        event.add("location", " ".join(filter(None, [place, entry.address_text])))
        event.add("url", self.told.reader.url(row.venue_id))
        event.add("class", "PUBLIC")
        event.add("transp", "TRANSPARENT")
        event.add("status", "TENTATIVE" if row.provisional else "CONFIRMED")
        return event

    def _place(self, entry: VenueEntry, area: str) -> str:
        name = self.told.reader.area_name(entry.venue_id, area)
        return f"{entry.title} {name}" if name else entry.title

    def _uid(self, code: str, area: str, day: date, number: str) -> str:
        return f"{code}-{area or 'whole'}-{day:%Y%m%d}-{number}@{self._host}"

    @cached_property
    def _host(self) -> str:
        """The site's own name, whatever name it was asked under: it is part of what never changes."""
        site = self.page.get_site()
        return site.hostname if site else "openness"

    def _explain(self, event: Event, row: Interval | VenueDay, lines: list[str], because: Any) -> None:
        notice = because.notice.url if because.notice else ""
        doubt = term("provisional", self.language) if row.provisional else ""
        url = self.told.reader.url(row.venue_id)
        event.add("description", "\n".join(filter(None, [*lines, because.text, doubt, notice, url])))


def _is_closed_specially(row: VenueDay) -> bool:
    return row.status == DayStatus.CLOSED and (row.because or {}).get("layer") in EXCEPTIONAL_LAYERS


def _rule_behind(row: VenueDay) -> tuple[str, str]:
    """Return the rule that closes the day; what it overrode may differ from area to area."""
    return row.because.get("schedule", ""), row.because.get("rule", "")


def _times(opening: Interval) -> str:
    opens, closes = clock.local(opening.opens_at), clock.local(opening.closes_at)
    at_midnight = closes.hour == closes.minute == 0
    return f"{opens:%H:%M}–{'24:00' if at_midnight else f'{closes:%H:%M}'}"


def city_time() -> Timezone:
    """Return the city's time: eight hours ahead of UTC all year."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", clock.CITY_TZ.key)
    standard.add("dtstart", datetime(1992, 1, 1))  # noqa: DTZ001 local time by definition
    standard.add("tzname", "CST")
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    zone.add_component(standard)
    return zone
