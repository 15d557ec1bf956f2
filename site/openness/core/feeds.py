"""Feeds to subscribe to (Atom, RFC 4287): one entry for each page of a list, with what was corrected on it since.

A feed has no mark of the moment it was fetched at: while nothing changes it is the same to the byte, and a
reader that has it gets 304. An entry keeps its id through every edit of title, text and address.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby, islice

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_response_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Site

from openness.core import clock
from openness.core.dates import minute_label
from openness.core.models import BasePage, ChangeNote, SiteIdentity

MOST_ENTRIES = 50
CACHED_FOR = 60  # seconds
# A tag names a day on which its authority held the name of the site (RFC 4151); any fixed one serves.
TAG_YEAR = "2026"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold, however it is written; pasted text brings it along.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(
    request: HttpRequest,
    *,
    title: str,
    url: str,
    pages: Iterable[BasePage],
    subtitle: str = "",
    texts: Mapping[int, str] | None = None,
) -> HttpResponse:
    """Return a feed of the first 50 ``pages``, or 304 to a reader who has it.

    ``pages`` have passed the gate and are of one language; ``url`` is the address of the list they are from.
    ``texts`` holds what is said instead of a page's summary, by its key. One query for the change notes and
    those of the types' ``feed_prefetch``, none for each page.
    """
    shown = list(islice(pages, MOST_ENTRIES))
    for model in {type(page) for page in shown}:
        prefetch_related_objects([page for page in shown if type(page) is model], *model.feed_prefetch)
    identity, site = SiteIdentity.for_request(request), Site.find_for_request(request)
    tag = f"tag:{site.hostname if site else 'openness'},{TAG_YEAR}"
    feed = _Feed(
        title=_plain(title),
        link=request.build_absolute_uri(url),
        description=None,
        subtitle=_plain(subtitle) or None,
        feed_url=request.build_absolute_uri(),
        # Each list of pages is a feed of its own; the name that the site was asked under is no part of it.
        feed_guid=f"{tag}:{request.get_full_path()}",
        language=translation.get_language(),
        author_name=_plain(identity.organiser or identity.site_name),
    )
    notes = _notes_of(shown)
    for page in shown:
        address = page.get_url(request)
        if address:
            text = _text((texts or {}).get(page.pk, page.summary), notes.get(page.pk, []))
            _add(feed, page, request.build_absolute_uri(address), text, notes.get(page.pk, []), tag)
    return _answer(request, feed)


class _Feed(Atom1Feed):
    """An Atom feed that never asks for the time: an empty one was last changed before the site began."""

    def latest_post_date(self) -> datetime:
        """Return when the latest entry was published or corrected."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


def _add(
    feed: _Feed, page: BasePage, address: str, text: SafeString, notes: list[ChangeNote], tag: str
) -> None:
    published = page.first_public_at or NEVER
    changed = page.feed_changed_at or published
    feed.add_item(
        title=_plain(page.title),
        link=address,
        description=_plain(text),
        unique_id=f"{tag}:{page.translation_key}/{translation.get_language()}",
        pubdate=clock.local(published),
        updateddate=clock.local(max([published, changed, *(note.noted_at for note in notes)])),
        author_name=_plain(page.feed_author) or None,
        categories=[_plain(name) for name in page.feed_categories()],
    )


def _text(summary: str, notes: list[ChangeNote]) -> SafeString:
    """Return the summary, and what was corrected, the latest first, as HTML."""
    lead = format_html("<p>{}</p>", summary) if summary else SafeString("")
    if not notes:
        return lead
    lines = ((minute_label(note.noted_at), note.text) for note in notes)
    corrected = format_html_join("", "<li>{} {}</li>", lines)
    return format_html("{}<p>{}</p><ul>{}</ul>", lead, _("Corrections"), corrected)


def _notes_of(pages: list[BasePage]) -> dict[int, list[ChangeNote]]:
    """Return what was corrected on each page up to now, the latest first. One query."""
    notes = ChangeNote.objects.filter(page__in=[page.pk for page in pages], noted_at__lte=clock.now())
    notes = notes.order_by("page_id", "-noted_at", "-pk")
    return {pk: list(of_page) for pk, of_page in groupby(notes, key=lambda note: note.page_id)}


def _plain(text: str) -> str:
    return NOT_IN_XML.sub("", str(text))


def _answer(request: HttpRequest, feed: _Feed) -> HttpResponse:
    body = feed.writeString("utf-8").encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=feed.content_type)
    response.headers["ETag"] = etag
    patch_response_headers(response, cache_timeout=CACHED_FOR)
    return get_conditional_response(request, etag=etag, response=response) or response
