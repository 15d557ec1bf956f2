"""Tokens for suggestions as one types: titles and names by their characters, their sound and its initials."""

from bisect import bisect_left
from functools import cache

from search.analysis.cutting import RUNS
from search.analysis.folding import fold
from search.analysis.sound import syllables, syllables_of
from search.analysis.wording import borders, han_words

# Characters of a token: nobody types more before choosing.
LONGEST_PREFIX = 32


def prefix_tokens(text: str) -> str:
    """Return the tokens of a title or name that a typed beginning is compared with, with spaces between them.

    From the start of every word on, the rest in characters, in pinyin and in initials, each cut to
    ``LONGEST_PREFIX``: 晋江图书馆 is found by 晋江, 图书, jinjiang, tushu, jjtsg and tsg.
    """
    tokens: dict[str, None] = {}
    for chunk in _chunks(fold(text)):
        characters, sounds, initials, starts = _read(chunk)
        for start in starts:
            for rest in (characters[start:], sounds[start:], initials[start:]):
                tokens["".join(rest)[:LONGEST_PREFIX]] = None
    return " ".join(tokens)


def prefix_terms(text: str) -> tuple[str, ...]:
    """Return the beginnings that somebody typed; a title that fits has a token of ``prefix_tokens`` for each.

    Pinyin with spaces or apostrophes between the syllables is one beginning: ``tu shu g``, ``xi'an``.
    """
    terms: list[str] = []
    latin: list[str] = []
    for han, other in [*RUNS.findall(fold(text)), ("", "")]:
        if other:
            latin.append(other)
            continue
        terms += ["".join(latin)] if _is_spaced_pinyin(latin) else latin
        latin = []
        if han:
            terms.append(han)
    return tuple(dict.fromkeys(term[:LONGEST_PREFIX] for term in terms))


def _chunks(folded: str) -> list[list[tuple[str, str]]]:
    """Return the runs of a text, those that touch in one list: 源和1916 is one name."""
    chunks: list[list[tuple[str, str]]] = []
    end = -1
    for run in RUNS.finditer(folded):
        if run.start() != end:
            chunks.append([])
        chunks[-1].append((run[1] or "", run[2] or ""))
        end = run.end()
    return chunks


def _read(chunk: list[tuple[str, str]]) -> tuple[list[str], list[str], list[str], list[int]]:
    """Return the characters of a chunk, the sound and the initial of each, and the places where words start."""
    characters: list[str] = []
    sounds: list[str] = []
    initials: list[str] = []
    starts: list[int] = []
    for han, other in chunk:
        at = len(characters)
        if han:
            spoken = [sound for word in han_words(han) for sound in syllables_of(word)]
            starts += [at + border for border in sorted(borders(han)) if border < len(han)]
            characters += han
            sounds += spoken
            initials += [sound[0] for sound in spoken]
        else:
            starts.append(at)
            characters += other
            sounds += other
            initials += other
    return characters, sounds, initials, starts


def _is_spaced_pinyin(pieces: list[str]) -> bool:
    if len(pieces) < 2 or not all(piece.isalpha() for piece in pieces):
        return False
    *whole, last = pieces
    at = bisect_left(_sorted_syllables(), last)
    begins = at < len(_sorted_syllables()) and _sorted_syllables()[at].startswith(last)
    return begins and all(piece in syllables() for piece in whole)


@cache
def _sorted_syllables() -> list[str]:
    return sorted(syllables())
