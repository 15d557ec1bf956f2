"""The list of news: an address in, everything its page shows out."""

from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from news.models import NewsIndexPage, NewsPage
from news.news_questions import FILTERS, NewsQuestion, read_news_question
from news.presentation import channel_tabs
from news.selectors import find_news, news_counts
from openness.core.dates import minute_label, month_title
from openness.core.facets import Facet, Links, active_filters, facets_of, messages_of, page_steps, page_within
from openness.departments.models import Region, Topic
from openness.departments.selectors import department_names, term_names

PER_PAGE = 20
FEED = "feed.atom"


def news_list_context(page: NewsIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of the list for the question in the request.

    A fixed number of queries: two for the answer, six for the numbers beside the filters, and the cached names.
    """
    question, form = read_news_question(request.GET)
    locale, address = page.locale, page.get_url(request) or ""
    links = Links(address, request.GET)
    is_valid = form.is_valid()
    counts = news_counts(question, locale=locale) if is_valid else {}
    names = _names(counts.get("month", Counter()), question, locale=locale)
    found = find_news(question, locale=locale)
    total = found.count() if is_valid else 0
    number = page_within(request.GET, total, per_page=PER_PAGE)
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE] if total else []
    return {
        "question": question,
        "is_valid": is_valid,
        "errors": messages_of(form),
        "tabs": channel_tabs(page, request, chosen="news"),
        "news": [news_row(each, request) for each in shown],
        "result_label": ngettext("%(number)s news item", "%(number)s news items", total) % {"number": total},
        "sentence": question_text(question, locale=locale),
        "facets": _facets(question, counts, names, links) if is_valid else [],
        "active_filters": active_filters(
            [
                (name, names[name][value])
                for name in FILTERS
                if (value := getattr(question, name)) in names[name]
            ],
            links,
        ),
        "clear_url": address,
        "feed_url": feed_url(page, question, request) if is_valid else "",
        **page_steps(total, number, links, per_page=PER_PAGE),
    }


def feed_url(page: NewsIndexPage, question: NewsQuestion, request: HttpRequest) -> str:
    """Return the address of the feed for a question; the filters stand in it in one order."""
    chosen = {name: getattr(question, name) for name in FILTERS if getattr(question, name)}
    return Links(page.exit_url(FEED, request), QueryDict()).with_(**chosen)


def question_text(question: NewsQuestion, *, locale: Locale) -> str:
    """Return a question in words: each filter's value, as lists and feeds call it."""
    names = _names(Counter(), question, locale=locale)
    values = ((name, getattr(question, name)) for name in FILTERS)
    return " · ".join(names[name].get(value, "") for name, value in values if value)


def news_row(page: NewsPage, request: HttpRequest) -> dict[str, str]:
    """Return a news item as a row of the list: to the minute, and with its source."""
    return {
        "title": page.title,
        "url": page.get_url(request) or "",
        "summary": page.summary,
        "date_label": minute_label(page.first_public_at),
        "label": page.source,
    }


def _names(months: Counter[str], question: NewsQuestion, *, locale: Locale) -> dict[str, dict[str, str]]:
    language = locale.language_code
    return {
        "topic": term_names(Topic, language=language),
        "department": department_names(),
        "region": term_names(Region, language=language),
        "month": {each: _month_label(each, language) for each in _archive(months, question.month)},
    }


def _archive(months: Counter[str], asked: str) -> list[str]:
    """Return what the archive offers: the months of the asked year (or the latest), then the years, latest first."""
    years = sorted(
        {each for each in months if len(each) == 4} | ({asked[:4]} if asked else set()), reverse=True
    )
    if not years:
        return []
    opened = asked[:4] or years[0]
    of_year = {each for each in months if len(each) == 7 and each.startswith(opened)}
    return [*sorted(of_year | ({asked} if len(asked) == 7 else set()), reverse=True), *years]


def _month_label(text: str, language: str) -> str:
    if len(text) == 4:
        return _("All of %(year)s") % {"year": text}
    return month_title(date(int(text[:4]), int(text[5:]), 1), language)


def _facets(
    question: NewsQuestion, counts: dict[str, Counter[str]], names: dict[str, dict[str, str]], links: Links
) -> list[Facet]:
    labels = {
        "topic": _("Topic"),
        "department": _("Department"),
        "region": _("Region"),
        "month": _("Archive"),
    }
    return facets_of(labels, asdict(question), counts, names, links)
