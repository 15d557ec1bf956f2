"""One box for everything: venues, notices, policies and news by the words they hold."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from home.context_processors import channel_links
from home.views import rows_of
from news.selectors import public_news
from openness.core.gate import visible
from policies.selectors import public_policies
from venues import selectors
from venues.models import OpeningNoticePage
from venues.presentation import cards_of, notice_cards
from venues.questions import Question

SHOWN = 10
LONGEST_QUERY = 100


def results(request: HttpRequest) -> HttpResponse:
    """Show what holds all words of ``q``; each kind with its first ten and a way to more."""
    query = " ".join(request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY].split())
    locale = Locale.get_active()
    context: dict[str, Any] = {"title": _("Search"), "query": query, "total": 0}
    if query:
        question = Question(q=query)
        found = selectors.find(question, locale=locale, first=0, count=SHOWN)
        notices = _holding(
            visible(OpeningNoticePage.objects.all(), locale).order_by("-first_public_at", "-pk"), query
        )
        context |= {
            "cards": cards_of(found, question, locale=locale, request=request),
            "venues_total": found.total,
            "venues_url": f"{channel_links(request).get('venues', '')}?{urlencode({'q': query})}",
            "notices": notice_cards(notices[:SHOWN], locale=locale, request=request),
            "policies": rows_of(_holding(public_policies(locale=locale), query)[:SHOWN], request),
            "news": rows_of(_holding(public_news(locale=locale), query)[:SHOWN], request),
        }
        context["total"] = found.total + sum(len(context[name]) for name in ("notices", "policies", "news"))
    return TemplateResponse(request, "search/results.html", context)


def _holding(pages: QuerySet[Page], query: str) -> QuerySet[Page]:
    for word in query.split():
        pages = pages.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return pages
