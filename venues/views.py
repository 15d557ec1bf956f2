"""Answers of the venues room that are no pages of their own."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from wagtail.models import Page

from openness.core.beside import beside
from openness.core.gate import visible
from venues.benefits import EXIT as BENEFITS
from venues.benefits import benefits_context, group_context
from venues.finder import finder_context
from venues.models import VenueIndexPage, VenuePage
from venues.presentation.exports import export_links
from venues.presentation.history import history_context
from venues.presentation.message import message_context
from venues.presentation.month import month_context
from venues.presentation.poster import poster_context
from venues.presentation.today import today_context
from venues.selectors import FACETS


def finder(request: HttpRequest, page: VenueIndexPage) -> HttpResponse:
    """Answer the question in the address; one that cannot be understood gets its messages and status 400."""
    context = page.get_context(request)
    context.update(finder_context(request, locale=page.locale, address=page.get_url(request) or ""))
    query = request.GET.copy()
    for name in ("page", "order"):
        query.pop(name, None)
    files = {"ics": "search.ics", "csv": "openings.csv", "json": "openings.json"}
    context["exports"] = export_links(page, request, query=query.urlencode(), **files)
    filters = {name: query[name] for name in FACETS if query.get(name)}
    context["beside"] = beside(page, request)
    context["today_url"] = page.exit_url("today", request) + (f"?{urlencode(filters)}" if filters else "")
    context["benefits_url"] = page.exit_url(BENEFITS, request)
    return TemplateResponse(
        request, page.get_template(request), context, status=200 if context["is_valid"] else 400
    )


def venue_month(request: HttpRequest, page: VenuePage) -> HttpResponse:
    """Show a month of the venue as a calendar."""
    return _shown(request, page, "venues/venue_month.html", month_context(page, request))


def venue_poster(request: HttpRequest, page: VenuePage) -> HttpResponse:
    """Show the door poster of the venue, to be printed on A4."""
    return _shown(request, page, "venues/venue_poster.html", poster_context(page, request))


def venue_messages(request: HttpRequest, page: VenuePage) -> HttpResponse:
    """Show the venue's hours and notices as short texts to be copied."""
    return _shown(request, page, "venues/venue_messages.html", message_context(page, request))


def venue_history(request: HttpRequest, page: VenuePage) -> HttpResponse:
    """Show what was published for a day; one that cannot be read gets a message and status 400."""
    context = history_context(page, request)
    response = _shown(request, page, "venues/history.html", context)
    response.status_code = 200 if context["form"].is_valid() else 400
    return response


def today_list(request: HttpRequest, page: VenueIndexPage) -> HttpResponse:
    """Show what is open today in a district, in large type; a filter that is not understood is a 400."""
    context = today_context(page, request)
    response = _shown(request, page, "venues/today.html", context)
    response.status_code = 200 if context["is_valid"] else 400
    return response


def benefits(request: HttpRequest, page: VenueIndexPage) -> HttpResponse:
    """Show the groups of people that pay less, get a service or are named in a rule."""
    return _shown(request, page, "venues/benefits.html", benefits_context(page, request))


def benefits_of(request: HttpRequest, page: VenueIndexPage, code: str) -> HttpResponse:
    """Show what one group gets, at all venues; 404 for a group that there is not."""
    return _shown(request, page, "venues/benefits_of.html", group_context(page, request, code))


def _shown(request: HttpRequest, page: Page, template: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, template, {**page.get_context(request), **context})


def door_poster(request: HttpRequest, code: str) -> HttpResponse:
    """Lead the short address on a door poster to the venue's page, wherever that is by now."""
    venue = visible(VenuePage.objects.filter(code=code)).first()
    if venue is None:
        raise Http404
    return HttpResponseRedirect(venue.get_url(request))
