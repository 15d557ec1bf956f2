"""An address that leads nowhere: the words in it are offered to the search, and pages with such an address."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Locale, Page

from openness.core.gate import visible
from openness.core.listing import ListingRow
from openness.core.models import BasePage

SUGGESTED = 5
LONGEST_PART = 80
MOST_WORDS = 8
SHORTEST_PART = 3
# Names of files are asked for by machines; nobody who mistyped the address of a page ends it so.
FILE = re.compile(r"\.(?!html?$)\w{1,5}$")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say so (404), and help on; nothing is named that the public may not see. Up to three queries for that."""
    part = _last_part(request.path_info)
    words = _words(part)
    context: dict[str, Any] = {"words": " ".join(words), "suggestions": _suggestions(part, words, request)}
    return HttpResponseNotFound(render_to_string("404.html", context, request))


def _last_part(path: str) -> str:
    parts = [part for part in path.replace("\0", "").split("/") if part]
    return parts[-1][:LONGEST_PART].lower() if parts else ""


def _words(part: str) -> list[str]:
    """Return the words of a part of an address: those of a slug, or Chinese as it was typed."""
    if FILE.search(part):
        return []
    return [word for word in re.split(r"[\W_]+", part.removesuffix(".html").removesuffix(".htm")) if word][
        :MOST_WORDS
    ]


def _suggestions(part: str, words: list[str], request: HttpRequest) -> list[ListingRow]:
    """Return public pages whose address holds the words, in the reader's language: all of them, else most."""
    joined = "-".join(words)
    if len(joined) < SHORTEST_PART or request.method != "GET":
        return []
    locale = Locale.objects.filter(language_code=translation.get_language()).first()
    if locale is None:
        return []
    attempts = [joined] if len(words) < SHORTEST_PART else [joined, "-".join(words[:-1]), "-".join(words[1:])]
    pages: Any = visible(Page.objects.all(), locale).order_by("title", "pk")
    for attempt in attempts:
        lookup = "slug__contains" if attempt.isascii() else "title__contains"
        text = attempt if attempt.isascii() else attempt.replace("-", "")
        found = list(pages.filter(**{lookup: text}).specific()[:SUGGESTED])
        if found:
            return [page.listing_row(request) for page in found if isinstance(page, BasePage)]
    return []
