"""How many results there are, and how many each value of each filter would leave beside the other filters."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet

from search.enums import SearchKind
from search.matching import PLAIN, Narrowing
from search.models import SearchEntry
from search.questions import SearchQuestion

COLUMNS = {**PLAIN, "region": "region_lineage", "topic": "topic_code"}
OPEN_NOW = "open_now"
YES = "1"


@dataclass
class Counts:
    """The number of results, and for each filter the number behind each of its codes."""

    total: int = 0
    facets: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in (*COLUMNS, OPEN_NOW)}
    )

    def add(self, other: "Counts") -> None:
        """Add what was counted elsewhere."""
        self.total += other.total
        for name, counter in other.facets.items():
            self.facets[name].update(counter)


def codes_of(name: str, value: Any, narrowing: Narrowing) -> tuple[str, ...]:
    """Return the codes under which a column's value is counted in its filter: one, a line of them, or none."""
    if not value:
        return ()
    if name == "region":
        return _line(value)
    if name == "topic":
        return _line(narrowing.topic_lines.get(value, value))
    return (str(value),)


@lru_cache(maxsize=4096)
def _line(lineage: str) -> tuple[str, ...]:
    return tuple(filter(None, lineage.split("/")))


def count_rows(matches: QuerySet[SearchEntry], question: SearchQuestion, narrowing: Narrowing) -> Counts:
    """Count entries in the database; ``matches`` are those that no filter has narrowed yet. Two queries."""
    groups = _groups(matches)
    open_groups = _groups(matches.filter(narrowing.is_open_now, kind=SearchKind.VENUE))
    counts = _tallied(open_groups if question.open_now else groups, question, narrowing)
    # Beside the other filters: how many are open among all that these leave.
    counts.facets[OPEN_NOW][YES] = _tallied(open_groups, question, narrowing).total
    return counts


def _groups(matches: QuerySet[SearchEntry]) -> list[tuple[tuple[Any, ...], int]]:
    """Return how many entries there are of each combination of what filters look at."""
    rows = matches.order_by().values_list(*COLUMNS.values()).annotate(number=Count("pk"))
    return [(tuple(values), number) for *values, number in rows]


def _tallied(
    groups: Iterable[tuple[tuple[Any, ...], int]], question: SearchQuestion, narrowing: Narrowing
) -> Counts:
    chosen = {name: code for name in COLUMNS if (code := getattr(question, name))}
    counts = Counts()
    for values, number in groups:
        held = {name: codes_of(name, value, narrowing) for name, value in zip(COLUMNS, values, strict=True)}
        # A value is counted where no other filter than its own keeps the entry out.
        failing = [name for name, code in chosen.items() if code not in held[name]]
        if len(failing) > 1:
            continue
        if not failing:
            counts.total += number
        for name in failing or COLUMNS:
            for code in held[name]:
                counts.facets[name][code] += number
    return counts


def count_by_engine(
    ask: Callable[[SearchQuestion], Any], question: SearchQuestion, narrowing: Narrowing
) -> Counts:
    """Count the results of Elasticsearch: one request, one for each filter that is set, and one for open venues.

    ``ask`` returns the engine's results for a question with its filters.
    """
    tally = ask(question).tally(*COLUMNS.values())
    counts = Counts(total=tally.total)
    for name, column in COLUMNS.items():
        is_set = name in question.filters
        values = ask(question.without(name)).facet(column) if is_set else tally.facets[column]
        for value, number in values.items():
            for code in codes_of(name, value, narrowing):
                counts.facets[name][code] += number
    is_open = tally.total if question.open_now else ask(question.choosing(OPEN_NOW, YES)).count()
    counts.facets[OPEN_NOW][YES] = is_open
    return counts
