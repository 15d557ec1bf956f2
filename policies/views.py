"""Answers of the policies room that are no pages of their own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from policies.presentation.catalogue import catalogue_context
from policies.presentation.library import library_context
from policies.presentation.reports import reports_context


def library(request: HttpRequest, page: Any) -> HttpResponse:
    """Answer the question in the address; one that cannot be understood gets its messages and status 400."""
    return _shown(request, page, page.get_template(request), library_context(page, request))


def catalogue(request: HttpRequest, page: Any) -> HttpResponse:
    """Show the catalogue of government information (政府信息公开目录), filtered as the library is."""
    return _shown(request, page, "policies/catalogue.html", catalogue_context(page, request))


def annual_reports(request: HttpRequest, page: Any) -> HttpResponse:
    """Show the annual reports on disclosure, year by year."""
    return _shown(request, page, "policies/annual_reports.html", reports_context(page, request))


def _shown(request: HttpRequest, page: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 200 if context.get("is_valid", True) else 400
    return TemplateResponse(request, template, {**page.get_context(request), **context}, status=status)
