"""The list and the calendar of activities, below the address of the news."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from news.activity_list import activity_list_context


def activities(request: HttpRequest, page: Any) -> HttpResponse:
    """Answer the question in the address; one that cannot be understood gets its messages and status 400."""
    context = {**page.get_context(request), **activity_list_context(page, request)}
    is_calendar = context["is_valid"] and context["asked"].is_calendar
    template = "news/activity_month.html" if is_calendar else "news/activity_list.html"
    return TemplateResponse(request, template, context, status=200 if context["is_valid"] else 400)
