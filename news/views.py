"""Answers of the news room that are no pages of their own."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from news.listing import news_list_context
from news.models import NewsIndexPage


def news_list(request: HttpRequest, page: NewsIndexPage) -> HttpResponse:
    """Answer the question in the address; one that cannot be understood gets its messages and status 400."""
    context = {**page.get_context(request), **news_list_context(page, request)}
    status = 200 if context["is_valid"] else 400
    return TemplateResponse(request, page.get_template(request), context, status=status)
