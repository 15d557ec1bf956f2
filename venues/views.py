"""Answers of the venues room that are no pages of their own."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from openness.core.gate import visible
from venues.finder import finder_context
from venues.models import VenueIndexPage, VenuePage


def finder(request: HttpRequest, page: VenueIndexPage) -> HttpResponse:
    """Answer the question in the address; one that cannot be understood gets its messages and status 400."""
    context = page.get_context(request)
    context.update(finder_context(request, locale=page.locale, address=page.get_url(request)))
    return TemplateResponse(
        request, page.get_template(request), context, status=200 if context["is_valid"] else 400
    )


def door_poster(request: HttpRequest, code: str) -> HttpResponse:
    """Lead the short address on a door poster to the venue's page, wherever that is by now."""
    venue = visible(VenuePage.objects.filter(code=code)).first()
    if venue is None:
        raise Http404
    return HttpResponseRedirect(venue.get_url(request))
