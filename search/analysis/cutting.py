"""Text cut into tokens: Chinese into pairs of characters, everything else into words.

Pairs find any part of a text, whatever words a dictionary would see in it; in comparison with words they lose
nothing (quotations found in the first ten: 100 % with pairs, 62 % with words).
"""

import re
from collections.abc import Iterable
from operator import add

from search.analysis import numbering
from search.analysis.folding import HAN_RANGES, fold

_HAN = "々" + "".join(f"{chr(first)}-{chr(last)}" for first, last in HAN_RANGES)
# A run of Chinese, or of other letters and digits; whatever else there is only separates.
RUNS = re.compile(rf"([{_HAN}]+)|([^\W_{_HAN}]+)")
# Longer "words" are no words: engines refuse tokens of some thousand bytes.
LONGEST_TOKEN = 64


def index_tokens(text: str) -> str:
    """Return the tokens of a document, in order and with spaces between them.

    A run of Chinese gives its pairs and its last character: a question of one character is sent as a prefix, and
    every character begins a token. Document numbers written in another way than the standard's stand once more
    at the end, as questions ask for them.
    """
    folded = fold(text)
    tokens = tokens_of(folded)
    for number in numbering.found_in(folded):
        if tokens_of(number.text) != (standard := tokens_of(number.standard)):
            tokens += standard
    return " ".join(tokens)


def tokens_of(folded: str) -> list[str]:
    """Return the tokens of folded text as they stand, in order."""
    tokens: list[str] = []
    for han, other in RUNS.findall(folded):
        if han:
            tokens.extend(map(add, han, han[1:]))
            tokens.append(han[-1])
        else:
            tokens.append(word_token(other))
    return tokens


def run_tokens(run: str) -> list[str]:
    """Return what must stand in a document that holds ``run``, a run of Chinese or one word."""
    if not is_han(run):
        return [word_token(run)]
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def word_token(word: str) -> str:
    """Return the token of a folded word that is not Chinese: cut to length, an English plural as its singular."""
    if word[-1] == "s" and len(word) > 3 and word.isascii():
        word = _singular(word)
    return word[:LONGEST_TOKEN]


def is_han(run: str) -> bool:
    """Tell whether a run (of ``RUNS``) is Chinese."""
    match = RUNS.match(run)
    return match is not None and match.lastindex == 1


def is_all_han(text: str) -> bool:
    """Tell whether folded text is one run of Chinese and nothing else."""
    match = RUNS.fullmatch(text)
    return match is not None and match.lastindex == 1


def is_one_han(token: str) -> bool:
    """Tell whether a token is a single Chinese character: asked for, it is the beginning of longer tokens."""
    return len(token) == 1 and is_han(token)


def without_open_end(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return the tokens of a question as they stand in a text that goes on after it."""
    kept = list(tokens)
    while len(kept) > 1 and is_one_han(kept[-1]):
        kept.pop()
    return tuple(kept)


def _singular(word: str) -> str:
    # Harman's "S" stemmer (JASIS 42, 1991): it joins plurals and nothing else.
    if word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    return word if word[-2] in "us" else word[:-1]
