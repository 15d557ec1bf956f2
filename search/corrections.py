"""Which known words somebody may have meant: by sound, or one character or letter away. Plain functions."""

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.analysis import loose_sound, pinyin_of

# Characters of a word of Chinese; longer ones are cut into such.
LONGEST_WORD = 8
# Letters of a word of pinyin, and of a Latin word that may be mistyped.
LONGEST_SOUND = 40
LONGEST_MISTYPED = 20
# One character away by its shape: of two, the other half says too little.
SHORTEST_MISSHAPEN, LONGEST_MISSHAPEN = 3, 6
# Characters that questions hold between words; they are no part of a mistyped one.
WORDS_BY_THEMSELVES = frozenset(
    "的了吗呢吧啊在从到去和与及或是有没不能会可要请问我你他这那哪几开关上下里外后前"
)


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word of the public pages, how it sounds, and how many pages hold it."""

    word: str
    pinyin: str
    loose: str
    entries: int


class Vocabulary:
    """Known words by how they are written and how they sound.

    ``right``: parts of the question that the common dictionary knows. Two characters stay, unless a word on
    ``common`` pages sounds like them.
    """

    def __init__(self, words: Iterable[KnownWord], *, right: Iterable[str] = (), common: int = 0) -> None:
        self.right, self.common = frozenset(right), common
        self.by_word: dict[str, KnownWord] = {}
        self.by_pinyin: dict[str, list[KnownWord]] = {}
        self.by_loose: dict[str, list[KnownWord]] = {}
        for known in words:
            self.by_word[known.word] = known
            if known.pinyin:
                self.by_pinyin.setdefault(known.pinyin, []).append(known)
                self.by_loose.setdefault(known.loose, []).append(known)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as known words. ``score``: higher is likelier. ``words``: those that are not as typed."""

    score: float
    text: str
    words: tuple[KnownWord, ...] = ()
    # Places of characters that belong to no known word.
    unknown: tuple[int, ...] = ()

    def with_word(self, known: KnownWord, score: float, *, is_typed: bool) -> "Reading":
        """Return the reading that goes on with a known word."""
        words = self.words if is_typed else (*self.words, known)
        return Reading(self.score + score, self.text + known.word, words, self.unknown)

    def with_right(self, typed: str) -> "Reading":
        """Return the reading that goes on with a word as typed that no page holds."""
        return Reading(self.score + len(typed), self.text + typed, self.words, self.unknown)

    def with_unknown(self, character: str, at: int) -> "Reading":
        """Return the reading that goes on with a character as typed."""
        return Reading(self.score - 3, self.text + character, self.words, (*self.unknown, at))


def spans(run: str, longest: int = LONGEST_WORD) -> Iterator[str]:
    """Yield the parts of a run that may be words."""
    for start in range(len(run)):
        for end in range(start + 2, min(len(run), start + longest) + 1):
            yield run[start:end]


def read_han(run: str, vocabulary: Vocabulary, misshapen: Mapping[str, KnownWord]) -> Reading:
    """Return the likeliest reading of a run of Chinese.

    What is typed as a known word stays. ``misshapen``: known words by what was typed in their place.
    """
    best: list[Reading | None] = [Reading(0, ""), *[None] * len(run)]
    for start in range(len(run)):
        here = best[start]
        assert here is not None  # noqa: S101 a character as typed always leads on
        _keep(best, start + 1, here.with_unknown(run[start], start))
        for end in range(start + 2, min(len(run), start + LONGEST_WORD) + 1):
            typed = run[start:end]
            if known := vocabulary.by_word.get(typed):
                _keep(best, end, here.with_word(known, 2 * len(typed), is_typed=True))
            elif meant := _by_sound(typed, vocabulary):
                _keep(best, end, here.with_word(meant, 2 * len(typed) - 1.5, is_typed=False))
            elif meant := misshapen.get(typed):
                _keep(best, end, here.with_word(meant, 2 * len(typed) - 2, is_typed=False))
            if typed in vocabulary.right:
                _keep(best, end, here.with_right(typed))
    reading = best[-1]
    assert reading is not None  # noqa: S101 as above
    return reading


def read_pinyin(letters: str, vocabulary: Vocabulary) -> Reading | None:
    """Return the words that letters spell as pinyin, all of them; None if they spell none."""
    best: list[Reading | None] = [Reading(0, ""), *[None] * len(letters)]
    for start in range(len(letters)):
        here = best[start]
        if here is None:
            continue
        for end in range(start + 2, len(letters) + 1):
            sound = letters[start:end]
            exact = vocabulary.by_pinyin.get(sound, [])
            for known in exact or vocabulary.by_loose.get(loose_sound(sound), []):
                # Few long words are likelier than many short ones; what is on more pages breaks ties.
                score = len(known.word) ** 2 - (0 if exact else 1) + _tie(known)
                _keep(best, end, here.with_word(known, score, is_typed=False))
    return best[-1]


def one_letter_away(word: str) -> set[str]:
    """Return all that a Latin word may have been before one letter was added, lost, swapped or mistaken."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = string.ascii_lowercase
    found = {left + right[1:] for left, right in halves if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in halves if right for letter in letters}
    found |= {left + letter + right for left, right in halves for letter in letters}
    return found - {word}


def is_one_character_away(one: str, other: str) -> bool:
    """Tell whether two words of one length differ in one character only."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def likeliest(words: Iterable[KnownWord]) -> KnownWord | None:
    """Return the word that most pages hold."""
    return max(words, key=lambda known: (known.entries, known.word), default=None)


def with_unknown(reading: Reading, run: str) -> list[str]:
    """Return the parts of ``run`` that hold unknown characters and may be words with one wrong character."""
    starts = range(len(run) - SHORTEST_MISSHAPEN + 1)
    return [
        run[start:end]
        for start in starts
        for end in range(start + SHORTEST_MISSHAPEN, min(len(run), start + LONGEST_MISSHAPEN) + 1)
        if any(start <= at < end and run[at] not in WORDS_BY_THEMSELVES for at in reading.unknown)
    ]


def _by_sound(typed: str, vocabulary: Vocabulary) -> KnownWord | None:
    sound = pinyin_of(typed)
    alike = vocabulary.by_pinyin.get(sound) or vocabulary.by_loose.get(loose_sound(sound), [])
    fewest = vocabulary.common if len(typed) == 2 and typed in vocabulary.right else 0
    # Words that share no character are words of their own, however alike they sound.
    return likeliest(
        known
        for known in alike
        if known.entries >= fewest
        and len(known.word) == len(typed)
        and sum(a != b for a, b in zip(known.word, typed, strict=True)) <= max(1, len(typed) // 2)
    )


def _keep(best: list[Reading | None], at: int, reading: Reading) -> None:
    there = best[at]
    if there is None or reading.score > there.score:
        best[at] = reading


def _tie(known: KnownWord) -> float:
    return 1 - 1 / (1 + known.entries)
