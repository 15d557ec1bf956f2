"""Activities on the pages of other rooms: at a venue, beside what the finder finds, on the home page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.models import Locale

from news.models import NewsIndexPage, SessionEntry
from news.occasion_cards import OccasionCard, cards_of
from news.occasions import Filters, matching, not_over, occasions
from openness.core import clock
from openness.core.beside import BesideSection
from openness.core.models.addresses import index_page_for
from openness.departments.models import VenueType
from venues.questions import Window, read_question, window_for

MOST = 6
# So many sessions are looked at for that many activities.
LOOKED_AT = 60
TEMPLATE = "components/occasion_list.html"
ICON = "icons/calendar.svg"


def activities_at_venue(page: Any, request: HttpRequest) -> BesideSection | None:
    """Return the sessions to come at a venue, cancelled and moved ones with their state; ``page`` in any language."""
    code = page.source_page.code
    sessions = matching(Filters(), locale=page.locale).filter(
        not_over(clock.now()), venue__translation_key=page.translation_key
    )
    cards = cards_of(sessions[:MOST], locale=page.locale, request=request)
    return section(_("Activities here"), cards, page.locale, request, venue=code)


def activities_for_question(page: Any, request: HttpRequest) -> BesideSection | None:
    """Return what takes place in the window that the finder is asked for; nothing where it asks for no time.

    Filters that activities do not have (kind of hours, facilities, words) are about the venue: with them
    the answer is one of venues alone.
    """
    question, form = read_question(request.GET)
    if not form.is_valid() or question.window is None or question.q or question.facility or question.kind:
        return None
    filters = Filters.of(question)
    sessions = occasions(question.window, filters, locale=page.locale, takes_place=True)
    if question.type:
        types = VenueType.objects.filter(lineage__contains=f"/{question.type}/")
        sessions = sessions.filter(venue__venue_type__in=types.values("pk"))
    cards = cards_of(sessions[:MOST], locale=page.locale, request=request)
    asked = {
        name: request.GET[name]
        for name in ("when", "date", "start", "end", "region", "admission", "department", "audience")
        if request.GET.get(name)
    }
    return section(_("Activities at that time"), cards, page.locale, request, **asked)


def section(
    title: str, cards: list[OccasionCard], locale: Locale, request: HttpRequest, **asked: str
) -> BesideSection | None:
    """Return a section with cards, and the address of the list that asks the same; None without any."""
    if not cards:
        return None
    return BesideSection(
        "activities", title, ICON, cards, TEMPLATE, list_url(locale, request, **asked), _("All activities")
    )


def list_url(locale: Locale, request: HttpRequest, **asked: str) -> str:
    """Return the address of the list of activities for a question; empty where the channel is not live."""
    index = index_page_for("news", locale.pk, request)
    if not isinstance(index, NewsIndexPage):
        return ""
    query = urlencode({name: value for name, value in asked.items() if value})
    address = index.exit_url("activities", request)
    return f"{address}?{query}" if query and address else address


def activities_soon(locale: Locale, request: HttpRequest) -> BesideSection | None:
    """Return what takes place from now to the end of the week's last day, for the home page.

    Until Sunday midnight; on a Sunday evening that may be nothing.
    """
    now, weekend = clock.now(), window_for("weekend", now=clock.now())
    window = Window(now, weekend.end)
    sessions = occasions(window, Filters(), locale=locale, takes_place=True)
    cards = cards_of(_one_of_each(sessions), locale=locale, request=request)
    return section(_("Activities, today to the weekend"), cards, locale, request)


def activities_of(filters: Filters, locale: Locale, request: HttpRequest) -> BesideSection | None:
    """Return the sessions to come of a department or in a region."""
    sessions = occasions(None, filters, locale=locale)
    cards = cards_of(_one_of_each(sessions), locale=locale, request=request)
    return section(
        _("Activities"), cards, locale, request, region=filters.region, department=filters.department
    )


def _one_of_each(sessions: QuerySet[SessionEntry]) -> list[SessionEntry]:
    """Return the first session of each of the first activities: a course of ten evenings is one row."""
    first: dict[int, SessionEntry] = {}
    for entry in sessions[:LOOKED_AT]:
        first.setdefault(entry.activity_id, entry)
    return list(first.values())[:MOST]
