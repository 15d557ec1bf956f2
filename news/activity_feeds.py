"""Activities to subscribe to: as a calendar (RFC 5545) of one activity or of a question, and as an Atom feed.

A session keeps its UID through every edit of time, place and title. What is cancelled or moved stays, with the
status CANCELLED, so that it leaves the calendars it stands in. The feed has no mark of the moment it was
fetched at: while nothing changes it is the same to the byte, and a reader that has it gets 304.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_response_headers
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from wagtail.models import Page

from news.activity_presentation import SessionView, session_views
from news.enums import SessionState
from news.models import ActivityPage
from news.occasion_cards import OccasionCard, cards_of
from news.occasion_questions import Asked, read_occasion_question
from news.occasions import matching, not_over, occasions, within
from openness.core import clock
from openness.core.facets import refused
from openness.core.feeds import MOST_ENTRIES, atom
from openness.core.gate import visible
from venues.feeds import NEVER, REFRESH, city_time
from venues.presentation.reader import page_url

# What a calendar program takes for one calendar; more sessions are more than anyone looks at.
MOST_SESSIONS = 500
# A calendar that was fetched yesterday is told of what was cancelled since, and keeps the past week.
DAYS_BACK = timedelta(days=7)


def session_feed(request: HttpRequest, page: ActivityPage) -> HttpResponse:
    """Return all sessions of one activity."""
    sessions = session_views(page, page.source_page, locale=page.locale, request=request)
    url, host = page.get_full_url(request) or "", _host(page)
    events = [_event(each, page, url, host) for each in sessions]
    return _answer(request, page, page.title, events)


def activities_calendar(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the sessions that answer the question in the address, from a week ago; 400 with what is wrong with it."""
    asked, form = read_occasion_question(request.GET)
    if not form.is_valid():
        return refused(form)
    entries = list(_entries(asked, page)[:MOST_SESSIONS])
    keys = {entry.translation_key for entry in entries}
    pages = visible(ActivityPage.objects.filter(translation_key__in=keys).defer_streamfields(), page.locale)
    by_url = {page_url("news", each.locale_id, each.slug, request): each for each in pages}
    cards, host = cards_of(entries, locale=page.locale, request=request), _host(page)
    events = [
        _event(card, by_url[card.url], request.build_absolute_uri(card.url), host)
        for card in cards
        if card.url in by_url
    ]
    return _answer(request, page, _("Activities"), events)


def activities_feed(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the activities that answer the question, the latest published first; 400 with what is wrong with it."""
    asked, form = read_occasion_question(request.GET)
    if not form.is_valid():
        return refused(form)
    keys = _entries(asked, page).order_by().values("translation_key")
    pages = visible(ActivityPage.objects.filter(translation_key__in=keys), page.locale)
    return atom(
        request,
        title=_("Activities"),
        url=page.exit_url("activities", request),
        pages=pages.order_by("-first_public_at", "-pk")[:MOST_ENTRIES],
    )


def _entries(asked: Asked, page: Any) -> Any:
    if asked.month and asked.last:
        return within(asked.month, asked.last, asked.filters, locale=page.locale)
    if asked.window:
        return occasions(asked.window, asked.filters, locale=page.locale)
    return matching(asked.filters, locale=page.locale).filter(not_over(clock.now() - DAYS_BACK))


def _event(session: SessionView | OccasionCard, page: ActivityPage, url: str, host: str) -> Event:
    event, takes_place = Event(), session.state == SessionState.SCHEDULED
    changed = (page.last_published_at or page.first_public_at or NEVER).replace(microsecond=0)
    first = page.first_published_at or page.first_public_at or changed
    event.add("uid", f"{page.translation_key}-{session.key}@{host}")
    # Every publication counts up, and nothing else does.
    event.add("sequence", max(int((changed - first).total_seconds()) // 60, 0))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", " ".join(filter(None, [session.state_label, page.title])))
    event.add("location", " ".join(filter(None, [session.place.label, session.place.address])))
    event.add("url", url)
    event.add("description", "\n".join(filter(None, [session.state_note, page.summary, url])))
    event.add("class", "PUBLIC")
    event.add("status", "CONFIRMED" if takes_place else "CANCELLED")
    return event


def _host(page: Page) -> str:
    """Return the site's own name, whatever name it was asked under: it is part of what never changes."""
    site = page.get_site()
    return site.hostname if site else "openness"


def _answer(request: HttpRequest, page: Page, name: str, events: Iterable[Event]) -> HttpResponse:
    calendar = Calendar()
    calendar.add("prodid", "-//Openness//Activities//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", clock.CITY_TZ.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(city_time())
    for event in events:
        calendar.add_component(event)
    body = calendar.to_ical()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{page.slug}.ics"'
    response.headers["ETag"] = etag
    patch_response_headers(response, cache_timeout=60)
    return get_conditional_response(request, etag=etag, response=response) or response
