"""What the search answers."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.safestring import SafeString

from search.models import SearchEntry


class Step(StrEnum):
    """How far the search had to go for what it found."""

    # Nothing was asked.
    NOTHING = "nothing"
    # No words: all that the filters leave, the newest first.
    BROWSE = "browse"
    # All words; what holds them in one run stands before the rest.
    ALL = "all"
    # Nothing holds all words: what holds most of them stands first.
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. ``attachment`` is the title of the file that the snippet is from; empty for the page's own text."""

    entry: SearchEntry
    title_html: SafeString
    snippet_html: SafeString
    attachment: str
    # The engine's; it compares within one answer of one engine only.
    score: float


@dataclass(frozen=True, slots=True)
class Promoted:
    """A page that the office recommends for just this question, with what it says about it."""

    entry: SearchEntry
    title_html: SafeString
    note: str


@dataclass(frozen=True)
class Answer:
    """One page of an answer.

    ``total`` counts everything, recommended pages among it; ``reachable`` is how far one can page. ``facets`` holds,
    for each filter, the number of results behind each code beside the other filters; ``kinds`` is that of the tabs.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    reachable: int = 0
    facets: dict[str, Counter[str]] = field(default_factory=dict)
    step: Step = Step.NOTHING
    did_you_mean: str = ""
    promoted: tuple[Promoted, ...] = ()
    # The engine that should answer does not; the database stands in for it.
    is_simplified: bool = False

    @property
    def kinds(self) -> Counter[str]:
        """How many results there are of each kind, whichever is chosen."""
        return self.facets.get("kind", Counter())
