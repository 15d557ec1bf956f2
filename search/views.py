"""The page of results: one box for everything that the site knows."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Locale

from search import query_log
from search.presentation import results_context


def results(request: HttpRequest) -> HttpResponse:
    """Show what answers the question in the address, and count the question where a person seems to ask it."""
    locale = Locale.get_active()
    context = results_context(request, locale=locale)
    if query_log.is_counted(request):
        query_log.record(context["question"], context["total"], locale.language_code)
    return TemplateResponse(request, "search/results.html", context)
