"""Which entries an answer is made of: those of one language, public, and as the filters of the question want them.

The conditions are such as every engine understands: equality, ranges, prefixes and lists.
"""

from functools import cached_property
from itertools import combinations

from django.conf import settings
from django.db.models import F, Q, QuerySet
from wagtail.models import Locale, Page

from openness.core import clock
from openness.core.gate import visible_below_parents
from openness.departments.models import Region, Topic
from openness.departments.selectors import SOURCE_LANGUAGE
from search.models import SearchEntry
from search.questions import SearchQuestion
from venues import selectors
from venues.questions import Question, Window

# The filters that compare one column with one code.
PLAIN = {
    "kind": "kind",
    "department": "department_code",
    "year": "year",
    "validity": "validity",
    "admission": "admission",
}


def entries_in(language: str) -> QuerySet[SearchEntry]:
    """Return the entries that readers of a language get: its own, and those of the source language that it has not.

    What is no longer public is not among them, whether or not somebody has taken it down yet. The long texts are
    loaded where they are asked for.
    """
    own = Q(language=language)
    if language != SOURCE_LANGUAGE:
        own |= Q(language=SOURCE_LANGUAGE, untranslated__in=_untranslated(language))
    lasting = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    return SearchEntry.objects.filter(own, lasting).defer("text", "attachments")


def _untranslated(language: str) -> list[str]:
    """Return all that the column ``untranslated`` can hold when this language is among it."""
    others = [code for code, __ in settings.LANGUAGES if code != SOURCE_LANGUAGE]
    lists = (chosen for size in range(1, len(others) + 1) for chosen in combinations(others, size))
    return [" ".join(chosen) for chosen in lists if language in chosen]


def gated(entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """Narrow entries to pages that the public may see at this moment; for engines that live in the database."""
    return entries.filter(page_id__in=visible_below_parents(Page.objects.order_by()).values("pk"))


class Narrowing:
    """The filters of questions in one language. What it looks up, it looks up once: regions, topics, open venues."""

    def __init__(self, language: str, *, in_database: bool = True) -> None:
        self.language = language
        self._in_database = in_database
        self._region_lines: dict[str, str] = {}

    def of(self, entries: QuerySet[SearchEntry], question: SearchQuestion) -> QuerySet[SearchEntry]:
        """Return the entries that pass all filters. A region or topic holds what lies below it, too."""
        for name, column in PLAIN.items():
            if value := getattr(question, name):
                entries = entries.filter(**{column: value})
        if question.region:
            line = self._region_line(question.region)
            entries = entries.filter(region_lineage__startswith=line) if line else entries.none()
        if question.topic:
            mark = f"/{question.topic}/"
            below = sorted(code for code, line in self.topic_lines.items() if mark in line)
            entries = entries.filter(topic_code__in=below)
        return entries.filter(self.is_open_now) if question.open_now else entries

    @cached_property
    def topic_lines(self) -> dict[str, str]:
        """The lineages of all topics by code."""
        topics = Topic.objects.filter(locale__language_code=SOURCE_LANGUAGE)
        return dict(topics.values_list("code", "lineage"))

    @cached_property
    def is_open_now(self) -> Q:
        """The condition that an entry is a venue that somebody may enter now, if only by booking.

        In SQL, or as a list for an engine outside the database.
        """
        question = Question(when="now", window=Window(clock.now(), None))
        condition = Q()
        # The page of a venue that is shown in the source language is that of the source language.
        for code in dict.fromkeys((self.language, SOURCE_LANGUAGE)):
            locale = Locale.objects.get_for_language(code)
            venues = selectors.ranked(selectors.matching_entries(question, locale=locale), question)
            can_enter = venues.filter(rank__lt=selectors.RANKS.index(selectors.UNKNOWN)).order_by()
            pages = can_enter.values_list("page", flat=True)
            condition |= Q(page_id__in=pages if self._in_database else sorted(pages))
        return condition

    def _region_line(self, code: str) -> str:
        if code not in self._region_lines:
            lines = Region.objects.filter(code=code).values_list("lineage", flat=True)
            self._region_lines[code] = lines.first() or ""
        return self._region_lines[code]


def newest_first(entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """Order entries by the date by which people know them; those without one come last."""
    return entries.order_by(F("dated").desc(nulls_last=True), "-page_id")
