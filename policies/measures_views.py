"""The public page of a document's measures: what was promised, and what was done."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from openness.core import clock
from policies.measures import MeasureView, measures_of, summary_of

if TYPE_CHECKING:
    from policies.models import PolicyPage

TEMPLATE = "policies/measures.html"


def measures_page(request: HttpRequest, page: "PolicyPage") -> HttpResponse:
    """Show the measures of a document; one without measures says so."""
    return TemplateResponse(
        request, TEMPLATE, {**page.get_context(request), **measures_context(page, request)}
    )


def measures_context(page: "PolicyPage", request: HttpRequest) -> dict[str, Any]:
    """Return what the page of measures shows: ``groups`` by the document's headings, ``summary``, ``late``."""
    measures = measures_of(page, locale=page.locale, request=request)
    return {
        "title": _("Measures of “%(title)s”") % {"title": page.title},
        # Found by itself where it has something to tell; else the document is what to find.
        "canonical_url": page.full_exit_url("measures", request) if measures else "",
        "measures": measures,
        "groups": [
            {"heading": heading, "measures": list(group)}
            for heading, group in groupby(measures, key=lambda measure: measure.heading)
        ],
        "summary": _with_places(measures),
        "late": sum(measure.is_late for measure in measures),
        "policy_url": page.get_url(request),
        "as_of": clock.now(),
    }


def _with_places(measures: list[MeasureView]) -> list[dict[str, Any]]:
    """Return the summary with the place of each part in a bar as wide as there are measures."""
    start, parts = 0, []
    for part in summary_of(measures):
        parts.append({**part, "start": start})
        start += part["count"]
    return parts
