"""What somebody asked, as tokens that every engine compares in the same way."""

import re
from dataclasses import dataclass
from functools import cached_property

from policies.numbers import parse_number
from search import synonyms
from search.analysis import numbering
from search.analysis.cutting import (
    RUNS,
    is_han,
    is_one_han,
    run_tokens,
    tokens_of,
    without_open_end,
    word_token,
)
from search.analysis.folding import fold
from search.analysis.wording import borders, subwords

# Characters of a question that are read; the rest is dropped. Longer ones are pasted texts, which their
# beginning finds as well, and engines refuse thousands of terms.
LONGEST_QUERY = 200


# What a question says before the first digit or bracket.
_BEFORE_DIGITS = re.compile(r"[^\d\W]+(?:\s+[^\d\W]+)*")


@dataclass(frozen=True, slots=True)
class Term:
    """Something that should stand in a document.

    ``alternatives``: one of these; each is a tuple of tokens that must all stand. The first is what was asked, the
    others are its synonyms. A token of one Chinese character (``is_one_han``) is the beginning of tokens.
    """

    alternatives: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Query:
    """A question, read.

    ``text``: folded, cut to ``LONGEST_QUERY``, numbers as the standard prints them. ``terms``: what should stand, in
    order; what is said twice stands twice, and weighs twice where most words count; none where the question holds
    no letter or digit. ``run``: the tokens of the whole question as they follow each other in a document that holds
    it word for word. ``numbers``: the document numbers in it, as ``FoundNumber.standard``.
    """

    text: str
    terms: tuple[Term, ...]
    run: tuple[str, ...]
    numbers: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What to mark in a text, folded, the longest first: runs, the words in them, and synonyms.

        Words that are not Chinese stand as their tokens (``word_token``). Single characters are marked only when
        nothing longer was asked.
        """
        found: set[str] = set()
        for run in _runs(self.text):
            if is_han(run):
                found |= {run} | subwords(run)
                for piece in _pieces(run):
                    found.update(piece.meanings)
            else:
                found.add(word_token(run))
                found.update(synonyms.current().of(run))
        longer = {word for word in found if not is_one_han(word)}
        return tuple(sorted(longer or found, key=lambda word: (-len(word), word)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a run: with ``meanings``, a word that has synonyms, itself first; else just characters."""

    text: str
    meanings: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """Read what somebody asked. Never raises: what holds no letter or digit is a query without terms."""
    folded, numbers = _with_standard_numbers(fold(text[:LONGEST_QUERY]))
    terms: list[Term] = []
    for run in _runs(folded):
        if not is_han(run):
            terms.append(_term((run, *synonyms.current().of(run))))
            continue
        for piece in _pieces(run):
            if piece.meanings:
                terms.append(_term(piece.meanings))
            else:
                terms += [Term(((token,),)) for token in run_tokens(piece.text)]
    return Query(folded, tuple(terms), without_open_end(tokens_of(folded)), numbers)


def _term(meanings: tuple[str, ...]) -> Term:
    alternatives = (
        tuple(token for run in _runs(meaning) for token in run_tokens(run)) for meaning in meanings
    )
    return Term(tuple(dict.fromkeys(alternatives)))


def _runs(folded: str) -> list[str]:
    return [run[0] for run in RUNS.finditer(folded)]


def _with_standard_numbers(folded: str) -> tuple[str, tuple[str, ...]]:
    """Return a question with its document numbers as the index knows them, and these numbers."""
    if _is_in_one_piece(folded) and (number := parse_number(folded)):
        whole = numbering.FoundNumber(0, len(folded), folded, number).standard
        return whole, (whole,)
    parts, numbers, end = [], [], 0
    for found in numbering.found_in(folded):
        parts += [folded[end : found.start], found.standard]
        numbers.append(found.standard)
        end = found.end
    return "".join([*parts, folded[end:]]), tuple(numbers)


def _is_in_one_piece(folded: str) -> bool:
    """Whether what stands before the year or serial is one word, or single characters with spaces between them.

    Words before a number are words to look for, not the beginning of its mark.
    """
    before = _BEFORE_DIGITS.match(folded)
    words = before[0].split() if before else []
    return len(words) < 2 or all(len(word) == 1 for word in words)


def _pieces(run: str) -> list[_Piece]:
    """Return a run of Chinese in parts: the words that have synonyms, and what stands between them.

    Pairs across the border of such a word are left out, since its synonym has other ones.
    """
    groups = synonyms.current()
    spans = groups.spans(run)
    if not spans:
        return [_Piece(run)]
    edges = borders(run)
    pieces, end = [], 0
    for start, stop in spans:
        if start < end or start not in edges or stop not in edges:
            continue
        if start > end:
            pieces.append(_Piece(run[end:start]))
        word = run[start:stop]
        pieces.append(_Piece(word, (word, *groups.of(word))))
        end = stop
    return [*pieces, _Piece(run[end:])] if end < len(run) else pieces
