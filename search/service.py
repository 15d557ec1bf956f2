"""One question, one answer, the same on every engine.

Words are looked for in one run, then all of them anywhere; where nothing holds all, what holds most of them. Only
public pages of the reader's language answer, and those of the source language that have no translation. The number
of queries is fixed: it depends on the engine and on what is asked, never on how much there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from modelsearch.query import PlainText
from wagtail.models import Locale, Page

from openness.core import clock
from openness.core.gate import visible_below_parents
from policies.numbers import parse_number
from search import engines
from search.analysis import Query, document_numbers, parse
from search.answers import Answer, Hit, Promoted, Step
from search.counting import Counts, count_by_engine, count_rows
from search.did_you_mean import did_you_mean
from search.matching import Narrowing, entries_in, gated, newest_first
from search.models import SearchEntry
from search.promoted import Recommendation, recommended_for
from search.questions import NEWEST, SearchQuestion
from search.ranking import rerank
from search.snippets import highlight, snippet

__all__ = ["Answer", "Hit", "Promoted", "Step", "search"]

# Nobody reads further; who wants to sees narrowing offered instead. The total stays exact.
MOST_REACHED = 1000
# How many of the first hits are put in order anew.
RERANKED = 100
# Fewer results than this, and perhaps something else was meant.
FEW = 3
# How the words are joined, in the order in which it is tried.
OPERATORS = {Step.ALL: "and", Step.MOST: "or"}


def search(question: SearchQuestion, *, locale: Locale, first: int, count: int) -> Answer:
    """Answer a question in one language: results ``first`` … ``first + count``, and the numbers of all.

    Where Elasticsearch does not answer the database does, and ``is_simplified`` says so. Beyond the thousandth
    result there are none.
    """
    if question.is_empty:
        return Answer()
    asked = _Asked(question, locale.language_code, first, min(count, MOST_REACHED - first))
    if not question.q:
        return asked.browse()
    return engines.ask(asked.answer)


@dataclass(frozen=True)
class _Lead:
    """What stands before the engine's hits, wherever it would rank it."""

    promoted: tuple[tuple[SearchEntry, Recommendation], ...] = ()
    # Documents whose number is asked for.
    numbered: tuple[SearchEntry, ...] = ()

    @property
    def entries(self) -> list[SearchEntry]:
        return [*(entry for entry, __ in self.promoted), *self.numbered]


@dataclass(frozen=True)
class _Asked:
    """A question with what is shown of its answer."""

    question: SearchQuestion
    language: str
    first: int
    count: int

    def browse(self) -> Answer:
        """Answer a question without words: all that its filters leave, by date."""
        public, narrowing = gated(entries_in(self.language)), Narrowing(self.language)
        counts = count_rows(public, self.question, narrowing)
        found = newest_first(narrowing.of(public, self.question))
        entries = list(found[self.first : self.first + self.count]) if self.count > 0 else []
        return self._complete(counts, Step.BROWSE, self._hits(entries, parse("")))

    def answer(self, engine: engines.Engine) -> Answer:
        """Answer a question with words by one engine; raises what the engine raises."""
        query = parse(self.question.q)
        narrowing = Narrowing(self.language)
        lead = self._lead(narrowing)
        for step in OPERATORS if len(query.terms) > 1 and not lead.numbered else [Step.ALL]:
            looked_up = _Looked(self, engine, step, lead)
            counts = looked_up.counts()
            if counts.total:
                break
        if lead.entries:
            before = gated(entries_in(self.language)).filter(pk__in=[entry.pk for entry in lead.entries])
            counts.add(count_rows(before, self.question, narrowing))
        answer = self._page(looked_up, lead, counts, query)
        return replace(answer, is_simplified=engine.is_simplified)

    def _lead(self, narrowing: Narrowing) -> _Lead:
        """Return what stands first for these words and passes the filters. One query, where there is any such thing."""
        recommended = recommended_for(self.question.q)
        numbers = {
            spelling
            for text in document_numbers(self.question.q)
            if (number := parse_number(text))
            for spelling in number.spellings
        }
        if not recommended and not numbers:
            return _Lead()
        keys = {each.translation_key: each for each in reversed(recommended)}
        asked_for = Q(page__translation_key__in=keys) | Q(number__in=numbers)
        found = narrowing.of(gated(entries_in(self.language)).filter(asked_for), self.question)
        entries = list(newest_first(found).select_related("page"))
        places = {key: place for place, key in enumerate(dict.fromkeys(each[0] for each in recommended))}
        promoted = sorted(
            (entry for entry in entries if entry.page.translation_key in keys),
            key=lambda entry: places[entry.page.translation_key],
        )
        return _Lead(
            promoted=tuple((entry, keys[entry.page.translation_key]) for entry in promoted),
            numbered=tuple(entry for entry in entries if entry.page.translation_key not in keys),
        )

    def _page(self, looked_up: "_Looked", lead: _Lead, counts: Counts, query: Query) -> Answer:
        """Put together what is shown: what leads, then the engine's hits."""
        shown = lead.entries[self.first : self.first + max(self.count, 0)]
        promoted = tuple(
            Promoted(entry, highlight(entry.title, query), recommendation.note)
            for entry, recommendation in lead.promoted
            if entry in shown
        )
        entries = [entry for entry in shown if entry in lead.numbered]
        if (left := self.count - len(shown)) > 0 and counts.total > len(lead.entries):
            entries += looked_up.entries(max(self.first - len(lead.entries), 0), left, query)
        answer = self._complete(counts, looked_up.step, self._hits(entries, query), promoted)
        is_little = counts.total < FEW or looked_up.step == Step.MOST
        if self.first or not is_little or lead.entries:
            return answer
        return replace(answer, did_you_mean=did_you_mean(self.question.q, self.language) or "")

    def _hits(self, entries: Sequence[SearchEntry], query: Query) -> tuple[Hit, ...]:
        """Return entries with their titles and snippets; their long texts are loaded for these only. One query."""
        if not entries:
            return ()
        texts = {
            entry.pk: entry
            for entry in SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries]).only(
                "text", "attachments"
            )
        }
        hits = []
        for entry in entries:
            if (texted := texts.get(entry.pk)) is None:
                continue
            entry.text, entry.attachments = texted.text, texted.attachments
            part = snippet(entry, query)
            score = getattr(entry, "score", 0.0)
            hits.append(Hit(entry, highlight(entry.title, query), part.html, part.attachment_title, score))
        return tuple(hits)

    def _complete(
        self, counts: Counts, step: Step, hits: tuple[Hit, ...], promoted: tuple[Promoted, ...] = ()
    ) -> Answer:
        return Answer(
            hits=hits,
            total=counts.total,
            reachable=min(counts.total, MOST_REACHED),
            facets=counts.facets,
            step=step,
            promoted=promoted,
        )


class _Looked:
    """The results of an engine for a question's words, joined in one way."""

    def __init__(self, asked: _Asked, engine: engines.Engine, step: Step, lead: _Lead) -> None:
        self.step = step
        self._asked = asked
        self._engine = engine
        self._text = PlainText(asked.question.q, operator=OPERATORS[step])
        self._before = [entry.pk for entry in lead.entries]
        self._is_database = engine.name == engines.DATABASE
        self._narrowing = Narrowing(asked.language, in_database=self._is_database)

    def counts(self) -> Counts:
        """Count the results, and what each filter would leave."""
        if self._is_database:
            return count_rows(self._all.matches(), self._asked.question, self._narrowing)
        return count_by_engine(self._filtered, self._asked.question, self._narrowing)

    def entries(self, first: int, count: int, query: Query) -> list[SearchEntry]:
        """Return the entries of one page, in the order of the question."""
        if self._asked.question.order == NEWEST:
            return self._public(self._by_date()[first : first + count])
        results = self._filtered(self._asked.question).annotate_score("score")
        if first >= RERANKED:
            return self._public(results[first : first + count])
        found = self._public(results[: max(RERANKED, first + count)])
        ordered = [*rerank(found[:RERANKED], query, clock.today()), *found[RERANKED:]]
        return ordered[first : first + count]

    @cached_property
    def _all(self) -> Any:
        """What is found in the database without any filter, looked up in its full text once."""
        return self._search(self._entries())

    def _entries(self) -> QuerySet[SearchEntry]:
        """Return what is looked through: public entries of the language, but those that stand before the hits."""
        entries = entries_in(self._asked.language)
        if self._is_database:
            entries = gated(entries)
        return entries.exclude(page_id__in=self._before) if self._before else entries

    def _filtered(self, question: SearchQuestion) -> Any:
        entries = self._narrowing.of(self._entries(), question)
        return self._all.within(entries) if self._is_database else self._search(entries)

    def _by_date(self) -> Any:
        entries = self._narrowing.of(self._entries(), self._asked.question)
        if self._is_database:
            return self._all.within(newest_first(entries), order_by_relevance=False)
        # Elasticsearch puts what has no date last by itself, and takes names of columns only.
        return self._search(entries.order_by("-dated", "-page_id"), order_by_relevance=False)

    def _search(self, entries: QuerySet[SearchEntry], **options: bool) -> Any:
        return self._engine.backend.search(self._text, entries, **options)

    def _public(self, found: Any) -> list[SearchEntry]:
        """Return results of which no page was hidden since the engine heard of it. One query outside the database."""
        entries = list(found)
        if self._is_database:
            return entries
        pages = visible_below_parents(Page.objects.filter(pk__in=[entry.pk for entry in entries]))
        public = set(pages.order_by().values_list("pk", flat=True))
        return [entry for entry in entries if entry.pk in public]
