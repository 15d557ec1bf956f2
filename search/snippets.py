"""What a result shows of its text: whole sentences where they fit, with the words of the question marked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Query, fold
from search.analysis.cutting import RUNS, is_han, word_token
from search.analysis.numbering import found_in
from search.models import SearchEntry

_SENTENCE_END = re.compile(r"[。！？；!?;]+[”’」』）)]*|\n+|\.(?=\s)")
_CLAUSE_END = re.compile(r"[，、：,:]|\s")
_SPACES = re.compile(r"\s+")
# Characters of one text that are looked through, around where the longest word first stands: attachments may be
# books, and a page of results shows ten.
LOOKED_THROUGH = 40_000
# Hits among which the best place is chosen.
MOST_HITS = 300
# A second place is shown where it adds words, and both then are this much of the width.
SHARE_OF_TWO = 0.6


@dataclass(frozen=True, slots=True)
class Snippet:
    """The text below the title of a result, safe to show. ``attachment_title``: where it is from; "" for the page."""

    html: SafeString
    attachment_title: str = ""


class Hit(NamedTuple):
    """A place in a text, and the word of the question that stands there."""

    start: int
    end: int
    word: str


class Place(NamedTuple):
    """A piece of text to show, with the words it holds."""

    start: int
    end: int
    words: frozenset[str]


def highlight(text: str, query: Query) -> SafeString:
    """Return ``text`` escaped, with the words of the question in ``<mark>``."""
    return _marked(text, 0, len(text), hits_in(text, query))


def snippet(entry: SearchEntry, query: Query, width: int = 90) -> Snippet:
    """Return the place of an entry that answers best, about ``width`` characters (twice that for Latin letters).

    The page comes first; an attachment is shown when it holds words of the question that the page does not.
    """
    known = {hit.word for text in (entry.title, entry.number, entry.names) for hit in hits_in(text, query)}
    best_html, best = SafeString(""), 0
    for text in (entry.summary, entry.text):
        html, words = _best_of(text, query, width)
        known |= words
        if not best_html or _weight(words) > best:
            best_html, best = html or best_html, _weight(words)
    best_title = ""
    for attachment in entry.attachments:
        html, words = _best_of(attachment["text"], query, width)
        words |= {hit.word for hit in hits_in(attachment["title"], query)}
        if not words <= known and (not best_title or _weight(words) > best):
            best_html, best_title, best = html, attachment["title"], _weight(words)
    return Snippet(best_html, best_title)


def hits_in(text: str, query: Query) -> list[Hit]:
    """Return where the words and document numbers of a question stand in a text, in order and apart."""
    folded = fold(text)
    numbers = list(_numbers(folded, query)) if query.numbers else []
    han, others = _sought(query)
    found = chain(numbers, _hits(folded, han, others)) if query.words else numbers
    hits: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not hits or hit.start >= hits[-1].end:
            hits.append(hit)
    return hits


def _numbers(folded: str, query: Query) -> Iterator[Hit]:
    for found in found_in(folded):
        for asked in query.numbers:
            # What stands before a number in a sentence may have been taken for its mark.
            if found.standard.endswith(asked):
                yield Hit(found.start + len(found.standard) - len(asked), found.end, asked)


def _hits(folded: str, han: re.Pattern[str] | None, others: frozenset[str]) -> Iterator[Hit]:
    if han:
        for match in han.finditer(folded):
            yield Hit(match.start(), match.end(), match[0])
    if others:
        for match in RUNS.finditer(folded):
            if match[2] and (token := word_token(match[2])) in others:
                yield Hit(match.start(), match.end(), token)


@lru_cache(64)
def _sought(query: Query) -> tuple[re.Pattern[str] | None, frozenset[str]]:
    """Return a pattern of the Chinese words of a question, and its other words."""
    han = [word for word in query.words if is_han(word)]
    pattern = re.compile("|".join(map(re.escape, han))) if han else None
    return pattern, frozenset(word for word in query.words if not is_han(word))


def _best_of(text: str, query: Query, width: int) -> tuple[SafeString, set[str]]:
    """Return the best place of a text, marked, and all words of the question in it; its beginning if there is none."""
    text = _around(text, query)
    if not text.strip():
        return SafeString(""), set()
    if _is_latin(text):
        width *= 2
    hits = hits_in(text, query)[:MOST_HITS]
    words = {hit.word for hit in hits}
    places = _places(text, hits, width)
    pieces = []
    for place in places:
        start_mark = "" if _is_start(text, place.start) else "…"
        end_mark = "" if _is_end(text, place.end) else "…"
        pieces.append(f"{start_mark}{_marked(text, place.start, place.end, hits)}{end_mark}")
    return mark_safe(" ".join(pieces)), words  # noqa: S308 escaped piece by piece in _marked


def _around(text: str, query: Query) -> str:
    """Return the part of a long text to look through; most texts are short and stay whole."""
    if len(text) <= LOOKED_THROUGH:
        return text
    for word in (*query.numbers, *query.words):
        # As it is typed: to fold a book for each result would take longer than to find it.
        if (at := text.find(word)) >= 0:
            start = max(0, at - LOOKED_THROUGH // 2)
            return text[start : start + LOOKED_THROUGH]
    return text[:LOOKED_THROUGH]


def _places(text: str, hits: list[Hit], width: int) -> list[Place]:
    """Return one place, or two that hold more words together, in the order of the text."""
    if not hits:
        start = len(text) - len(text.lstrip())
        return [Place(start, _end(text, start, width), frozenset())]
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    first = _best_place(text, hits, ends, width, frozenset())
    if {hit.word for hit in hits} <= first.words:
        return [first]
    narrow = int(width * SHARE_OF_TWO)
    shorter = _best_place(text, hits, ends, narrow, frozenset())
    apart = [hit for hit in hits if hit.end <= shorter.start or hit.start >= shorter.end]
    if not apart:
        return [first]
    second = _best_place(text, apart, ends, narrow, shorter.words)
    overlap = second.start < shorter.end and shorter.start < second.end
    if overlap or _weight(shorter.words | second.words) <= _weight(first.words):
        return [first]
    return sorted([shorter, second])


def _best_place(text: str, hits: list[Hit], ends: list[int], width: int, known: frozenset[str]) -> Place:
    """Return the place that holds the most of the question that is not ``known``; the earliest of equal ones."""
    best, best_weight = None, -1
    borders = iter([*ends[1:], len(text) + 1])
    sentence, following = 0, next(borders)
    for at, hit in enumerate(hits):
        while following <= hit.start:
            sentence, following = following, next(borders)
        start = _start(text, sentence, hit.start, width)
        words = set()
        for later in hits[at:]:
            if later.end > start + width:
                break
            words.add(later.word)
        if (weight := _weight(words - known)) > best_weight:
            best, best_weight = (start, words), weight
    assert best is not None  # noqa: S101 hits are never empty
    start, words = best
    return Place(start, _end(text, start, width), frozenset(words))


def _start(text: str, sentence: int, hit: int, width: int) -> int:
    """Return where to begin before a hit: at its sentence; if that is too far, at a clause or a little before."""
    begin = sentence
    if hit - sentence > width // 2:
        begin = max(sentence, hit - width // 3)
        clauses = [match.end() for match in _CLAUSE_END.finditer(text, begin, hit)]
        begin = clauses[0] if clauses else begin
    while begin < hit and text[begin].isspace():
        begin += 1
    return begin


def _end(text: str, start: int, width: int) -> int:
    """Return where to stop: at the last sentence that fits, else at a clause, else when the width is used up."""
    if len(text) - start <= width:
        return len(text)
    for border, least in ((_SENTENCE_END, width // 2), (_CLAUSE_END, width * 2 // 3)):
        ends = [match.end() for match in border.finditer(text, start + least, start + width)]
        if ends:
            return ends[-1]
    return start + width


def _marked(text: str, start: int, end: int, hits: Iterable[Hit]) -> SafeString:
    parts, at = [], start
    for hit in hits:
        if hit.start >= at and hit.end <= end:
            parts += [_plain(text[at : hit.start]), "<mark>", _plain(text[hit.start : hit.end]), "</mark>"]
            at = hit.end
    parts.append(_plain(text[at:end]))
    return mark_safe("".join(parts).strip())  # noqa: S308 each part is escaped


def _plain(text: str) -> str:
    return escape(_SPACES.sub(" ", text))


def _weight(words: Iterable[str]) -> int:
    """Return how much of a question stands in a place: a long word says more than its parts."""
    return sum(len(word) ** 2 for word in words)


def _is_latin(text: str) -> bool:
    beginning = text[:200]
    return sum(character < "\u0250" for character in beginning) * 2 > len(beginning)


def _is_start(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\u3000")
    return not before or _SENTENCE_END.search(before[-3:] + " ") is not None


def _is_end(text: str, at: int) -> bool:
    return not text[at:].strip() or _SENTENCE_END.search(text[:at][-3:] + " ") is not None
