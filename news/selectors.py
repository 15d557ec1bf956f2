"""Reads of the news room: public, and of one language."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import QuerySet
from wagtail.models import Locale

from openness.core.gate import visible
from venues.models import VenuePage

if TYPE_CHECKING:
    from news.models import NewsPage


def public_news(*, locale: Locale) -> "QuerySet[NewsPage]":
    """Return the public news in one language, newest first."""
    return visible(apps.get_model("news", "NewsPage").objects.all(), locale).order_by(
        "-first_public_at", "title"
    )


def venues_of(page: "NewsPage", *, locale: Locale) -> "QuerySet[VenuePage]":
    """Return the public venues that a news item is about, in the reader's language."""
    keys = page.source_page.venues.values_list("venue__translation_key", flat=True)
    return visible(VenuePage.objects.filter(translation_key__in=keys), locale)
