"""News and activities as schema.org describes them (NewsArticle, Event): JSON-LD on their pages.

Each session of an activity is an event of its own. One that is cancelled or moved stays and says so, as it
does on the page.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from news.enums import ActivityKind, Origin, SessionState
from news.models import ActivityPage, ActivitySession, NewsPage
from openness.core.clock import local
from openness.core.json_ld import CONTEXT, known, organization
from openness.core.models import BasePage, SiteIdentity
from openness.core.share import share_rendition
from policies.links import PublicLink, public_links
from venues.enums import Admission
from venues.models import VenuePage

STATES = {
    SessionState.SCHEDULED: "EventScheduled",
    SessionState.MOVED: "EventRescheduled",
    SessionState.CANCELLED: "EventCancelled",
}
KINDS = {
    ActivityKind.PERFORMANCE: "TheaterEvent",
    ActivityKind.EXHIBITION: "ExhibitionEvent",
    ActivityKind.LECTURE: "EducationEvent",
    ActivityKind.TRAINING: "EducationEvent",
    ActivityKind.READING: "LiteraryEvent",
    ActivityKind.SPORT: "SportsEvent",
}


def news_data(page: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """Return the news item as JSON-LD; what was taken over names where it is from."""
    url, identity = page.get_full_url(request), SiteIdentity.for_request(request)
    is_reprint = page.origin == Origin.REPRINT
    return known(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "@id": url,
            "url": url,
            "mainEntityOfPage": url,
            "headline": page.title,
            "description": page.summary,
            "inLanguage": page.locale.language_code,
            "datePublished": page.first_public_at and page.first_public_at.isoformat(timespec="seconds"),
            "dateModified": page.last_changed_at and page.last_changed_at.isoformat(timespec="seconds"),
            "author": {"@type": "Person", "name": page.author} if page.author else "",
            "publisher": organization(identity.organiser or identity.site_name),
            "sourceOrganization": organization(page.source) if page.source else "",
            "isBasedOn": page.source_url if is_reprint else "",
            "image": _image(page, request),
            "keywords": page.feed_categories(),
        }
    )


def activity_data(page: ActivityPage, request: HttpRequest) -> dict[str, Any] | None:
    """Return the sessions of an activity as JSON-LD; None while there are none. A few queries for all of them."""
    sessions = list(page.sessions.select_related("region"))
    ids = {session.venue_id for session in sessions if session.venue_id}
    keys = dict(VenuePage.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    links = public_links(keys.values(), locale=page.locale, request=request)
    shared = _shared(page, request)
    events = [
        known({**shared, **_session(page, each, _link(each, keys, links), request)}) for each in sessions
    ]
    return {"@context": CONTEXT, "@graph": events} if events else None


def _link(
    session: ActivitySession, keys: Mapping[int, UUID], links: Mapping[UUID, PublicLink]
) -> PublicLink | None:
    """Return the venue of a session as far as the public may see it."""
    key = keys.get(session.venue_id) if session.venue_id else None
    return links.get(key) if key else None


def _shared(page: ActivityPage, request: HttpRequest) -> dict[str, Any]:
    """Return what all sessions have in common."""
    source = page.source_page
    names = [row.display_name for row in source.organisers.all()]
    url = page.get_full_url(request)
    return {
        "@type": KINDS.get(ActivityKind(page.kind), "Event") if page.kind in ActivityKind else "Event",
        "url": url,
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.locale.language_code,
        "organizer": [organization(name) for name in names],
        "isAccessibleForFree": True if page.admission == Admission.FREE else None,
        "maximumAttendeeCapacity": page.capacity,
        "offers": known(
            {
                "@type": "Offer",
                "price": str(page.price) if page.price is not None else "",
                "priceCurrency": "CNY" if page.price is not None else "",
                "url": page.registration_url,
            }
        )
        if page.price is not None or page.registration_url
        else "",
        "image": _image(page, request),
    }


def _session(
    page: ActivityPage, session: ActivitySession, venue: PublicLink | None, request: HttpRequest
) -> dict[str, Any]:
    """Return what one session says: when, where, and whether it takes place."""
    place = venue.title if venue else session.place
    region = session.region.name if session.region else ""
    location = known(
        {
            "@type": "Place",
            "name": place or region,
            "url": request.build_absolute_uri(venue.url) if venue else "",
            "address": {"@type": "PostalAddress", "addressCountry": "CN", "addressLocality": region}
            if region
            else "",
        }
    )
    is_online = page.kind == ActivityKind.LIVE and bool(page.live_url)
    mode = "OnlineEventAttendanceMode" if is_online else "OfflineEventAttendanceMode"
    return {
        "@id": f"{page.get_full_url(request)}#{session.key}",
        "startDate": local(session.starts_at).isoformat(timespec="seconds"),
        "endDate": local(session.ends_at).isoformat(timespec="seconds"),
        "eventStatus": f"{CONTEXT}/{STATES[SessionState(session.state)]}",
        "eventAttendanceMode": f"{CONTEXT}/{mode}",
        "location": {"@type": "VirtualLocation", "url": page.live_url}
        if is_online
        else location
        if "name" in location
        else "",
    }


def _image(page: BasePage, request: HttpRequest) -> str:
    rendition = share_rendition(page)
    return request.build_absolute_uri(rendition.url) if rendition is not None else ""
