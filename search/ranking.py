"""The order of the first results: what is in force before what was repealed, the new before the old."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from policies.validity import ENDED

# By how many places something falls or rises among the results of an engine. Places compare on every engine;
# scores do not.
ENDED_FALLS = 20.0
NEW_RISES = 3.0
NEW_DAYS = 365


def rerank(hits: Iterable[Any], query: Any, today: date) -> list[Any]:
    """Return the first hits (entries, the best first) in the order in which they are shown.

    ``query`` is what was asked (``search.analysis.Query``). A document that is no longer in force falls behind
    its successors, and what is less than a year old rises a little; the engine's order decides between equals.
    """

    def place(numbered: tuple[int, Any]) -> float:
        number, entry = numbered
        value = float(number)
        if entry.validity in ENDED:
            value += ENDED_FALLS
        if entry.dated is not None and 0 <= (age := (today - entry.dated).days) < NEW_DAYS:
            value -= NEW_RISES * (1 - age / NEW_DAYS)
        return value

    return [entry for __, entry in sorted(enumerate(hits), key=place)]
