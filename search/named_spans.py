"""Known words found inside runs of Chinese, the longest first."""

from collections import defaultdict
from collections.abc import Iterable


class NamedSpans:
    """A set of words of two characters and more that can be found inside a text, in time that does not grow with it."""

    def __init__(self, words: Iterable[str]) -> None:
        lengths: dict[str, set[int]] = defaultdict(set)
        self._words = frozenset(word for word in words if len(word) > 1)
        for word in self._words:
            lengths[word[:2]].add(len(word))
        # By the first two characters, the longest first.
        self._lengths = {head: sorted(each, reverse=True) for head, each in lengths.items()}

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __len__(self) -> int:
        return len(self._words)

    def spans(self, run: str) -> list[tuple[int, int]]:
        """Return the start and end of each known word in ``run``, left to right; none touches another's inside."""
        found, at = [], 0
        while at < len(run) - 1:
            for length in self._lengths.get(run[at : at + 2], ()):
                # A slice past the end would be a shorter word, taken for a long one.
                if at + length <= len(run) and run[at : at + length] in self._words:
                    found.append((at, at + length))
                    at += length
                    break
            else:
                at += 1
        return found
