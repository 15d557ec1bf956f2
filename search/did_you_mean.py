"""What somebody meant who typed something else: words of the public pages that sound or look like it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import islice
from operator import or_

import rjieba
from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from wagtail.models import Locale

from openness.core import clock
from search.analysis import LONGEST_QUERY, fold, loose_sound, pinyin_of, prefix_terms
from search.analysis.cutting import RUNS
from search.analysis.wording import han_words
from search.corrections import (
    LONGEST_MISTYPED,
    LONGEST_SOUND,
    LONGEST_WORD,
    KnownWord,
    Reading,
    Vocabulary,
    is_one_character_away,
    likeliest,
    one_letter_away,
    read_han,
    read_pinyin,
    spans,
    with_unknown,
)
from search.matching import gated
from search.models import SearchEntry, SearchWord

# A longer run of Chinese is a sentence, not words somebody looks for.
LONGEST_RUN = 24
# Up to this length one wrong character is looked for by its shape, which reads the whole list of words.
LONGEST_BY_SHAPE = 8
SHORTEST_LATIN = 4
# Characters of a page's text whose words are kept; long documents repeat theirs.
READ_OF_TEXT = 20_000
# A word of a text (no title, no name) that is on fewer pages may be a typing error itself.
FEWEST_ENTRIES = 2
# Two characters that the common dictionary knows are right (几点 is no 基点), unless what sounds like them is on
# this share of all pages, and on that many (开房, 开放).
COMMON_SHARE, FEWEST_COMMON = 0.02, 4
WRITTEN_AT_ONCE = 1000


def did_you_mean(text: str, language: str) -> str | None:
    """Return a question as it was probably meant, or None when it is right or nothing comes near.

    To be asked when a question found little. Pinyin becomes the words it spells; the parts that are right stay
    as typed. Up to three queries for each run of letters or characters.
    """
    text = text[:LONGEST_QUERY]
    if meant := _as_spaced_pinyin(text, language):
        return meant
    folded, parts, end = fold(text), [], 0
    for run in RUNS.finditer(folded):
        meant = _han_meant(run[1], language) if run[1] else _latin_meant(run[2], language)
        parts += [text[end : run.start()], meant or text[run.start() : run.end()]]
        end = run.end()
    result = "".join([*parts, text[end:]])
    return result if fold(result) != folded else None


def _as_spaced_pinyin(text: str, language: str) -> str | None:
    """Return the words that syllables with spaces between them spell: ``tu shu guan``."""
    letters = prefix_terms(text)
    pieces = RUNS.findall(fold(text))
    if len(letters) != 1 or len(pieces) < 2 or any(han for han, __ in pieces):
        return None
    return _spelt("".join(other for __, other in pieces), language)


def _han_meant(run: str, language: str) -> str | None:
    if not 2 <= len(run) <= LONGEST_RUN:
        return None
    parts = set(spans(run))
    sounds = {pinyin_of(part) for part in parts}
    loose = {loose_sound(sound) for sound in sounds}
    vocabulary = Vocabulary(
        _known(language, Q(word__in=parts), Q(pinyin__in=sounds), Q(loose__in=loose)),
        right={part for part in parts if rjieba.has_word(part)},
        common=max(FEWEST_COMMON, int(COMMON_SHARE * SearchEntry.objects.count())),
    )
    reading = read_han(run, vocabulary, {})
    if reading.unknown and len(run) <= LONGEST_BY_SHAPE:
        doubtful = [part for part in with_unknown(reading, run) if not rjieba.has_word(part)]
        reading = read_han(run, vocabulary, _misshapen(doubtful, language)) if doubtful else reading
    return _unless_gone(reading, language)


def _misshapen(doubtful: list[str], language: str) -> dict[str, KnownWord]:
    """Return the known words one character away from parts of a run, by these parts. One query."""
    halves = [
        Q(length=len(part)) & (Q(word__startswith=part[:middle]) | Q(word__endswith=part[middle:]))
        for part in doubtful
        for middle in (len(part) // 2,)
    ]
    words = _known(language, reduce(or_, halves))
    near = {
        part: likeliest(each for each in words if is_one_character_away(part, each.word)) for part in doubtful
    }
    return {part: known for part, known in near.items() if known}


def _latin_meant(word: str, language: str) -> str | None:
    if len(word) < SHORTEST_LATIN or not (word.isascii() and word.isalpha()):
        return None
    if _words(language).filter(word=word).exists():
        return None
    if meant := _spelt(word, language):
        return meant
    if len(word) > LONGEST_MISTYPED:
        return None
    near = one_letter_away(word)
    known = likeliest(_known(language, Q(word__in=near), Q(pinyin__in=near)))
    return _unless_gone(Reading(0, known.word, (known,)), language) if known else None


def _spelt(letters: str, language: str) -> str | None:
    """Return the words that pinyin without spaces spells. One query, or two."""
    if len(letters) > LONGEST_SOUND:
        return None
    sounds = set(spans(letters, LONGEST_SOUND))
    loose = {loose_sound(sound) for sound in sounds}
    vocabulary = Vocabulary(_known(language, Q(pinyin__in=sounds), Q(loose__in=loose)))
    reading = read_pinyin(letters, vocabulary)
    return _unless_gone(reading, language) if reading else None


def _unless_gone(reading: Reading, language: str) -> str | None:
    """Return the text of a reading with new words, unless one was on a single page that is public no longer."""
    if not reading.words:
        return None
    for known in reading.words:
        if known.entries < FEWEST_ENTRIES:
            holds = Q(title__icontains=known.word) | Q(names__icontains=known.word)
            if not _public(_languages(language)).filter(holds).exists():
                return None
    return reading.text


def _known(language: str, *conditions: Q) -> list[KnownWord]:
    """Return the known words that meet one of the conditions, those on more pages last. One query."""
    words = _words(language).annotate(length=Length("word")).values_list("word", "pinyin", "loose", "entries")
    # A union, since each condition has an index of its own, which SQLite does not use under OR.
    first, *others = (words.filter(condition) for condition in conditions)
    rows = first.union(*others) if others else first
    return sorted((KnownWord(*row) for row in rows), key=lambda known: known.entries)


def _words(language: str) -> QuerySet[SearchWord]:
    return SearchWord.objects.filter(language__in=_languages(language))


def _languages(language: str) -> set[str]:
    # Pages without a translation are found in the language they have.
    return {language, settings.LANGUAGE_CODE}


def _public(languages: Iterable[str]) -> QuerySet[SearchEntry]:
    lasting = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    return gated(SearchEntry.objects.filter(lasting, language__in=languages))


def rebuild_all_words() -> int:
    """Bring the words of all languages up to date; return how many there are."""
    return sum(rebuild_words(language) for language in Locale.objects.values_list("language_code", flat=True))


def rebuild_words(language: str) -> int:
    """Bring the words of one language in line with its public pages; return how many there are.

    Only what differs is written, in pieces, so that others can write meanwhile.
    """
    counted = _counted(language)
    there = {row.word: row for row in SearchWord.objects.filter(language=language)}
    changed = []
    for word, row in there.items():
        if word in counted and counted[word] != row.entries:
            row.entries = counted[word]
            changed.append(row)
    for rows in _pieces(changed):
        SearchWord.objects.bulk_update(rows, ["entries"])
    for words in _pieces(counted.keys() - there.keys()):
        SearchWord.objects.bulk_create(
            [_row(language, word, counted[word]) for word in words], ignore_conflicts=True
        )
    for words in _pieces(there.keys() - counted.keys()):
        SearchWord.objects.filter(language=language, word__in=words).delete()
    return len(counted)


def _counted(language: str) -> dict[str, int]:
    """Return how many public pages hold each word of a language."""
    entries: Counter[str] = Counter()
    named: set[str] = set()
    texts = _public([language]).values_list("title", "names", "summary", "text")
    for title, names, summary, text in texts.iterator(chunk_size=200):
        own = _words_in(f"{title}\n{names}")
        named |= own
        entries.update(own | _words_in(f"{summary}\n{text[:READ_OF_TEXT]}"))
    return {word: count for word, count in entries.items() if count >= FEWEST_ENTRIES or word in named}


def _words_in(text: str) -> set[str]:
    found: set[str] = set()
    for han, other in RUNS.findall(fold(text)):
        if han:
            # A name as a whole, the words it is made of, and longer words inside those (图书馆 in 市图书馆).
            inside = (word for word in rjieba.cut_for_search(han) if len(word) > 2)
            found.update((*han_words(han), *rjieba.cut(han), *inside))
        elif SHORTEST_LATIN <= len(other) <= LONGEST_MISTYPED and other.isascii() and other.isalpha():
            found.add(other)
    return {word for word in found if word.isascii() or 2 <= len(word) <= LONGEST_WORD}


def _row(language: str, word: str, entries: int) -> SearchWord:
    pinyin = "" if word.isascii() else pinyin_of(word)
    return SearchWord(language=language, word=word, pinyin=pinyin, loose=loose_sound(pinyin), entries=entries)


def _pieces(items: Iterable) -> Iterator[list]:
    remaining = iter(items)
    while piece := list(islice(remaining, WRITTEN_AT_ONCE)):
        yield piece
