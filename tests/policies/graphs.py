"""Random libraries: documents, what they do to each other, clearances; and a slow, plain way to tell what follows."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from policies.enums import Outcome, Relation, Validity
from policies.validity import ACTING, KEEPS, Act, Decision, DocumentDates, months_before

FIRST = date(2026, 1, 1)
DAYS = 40
ALL_DAYS = [FIRST + timedelta(days=number) for number in range(-2, DAYS + 2)]
days = st.integers(0, DAYS - 1).map(lambda number: FIRST + timedelta(days=number))
ENDING_STATE = {
    Relation.REPLACES: Validity.REPLACED,
    Relation.REPEALS: Validity.REPEALED,
    Outcome.REPEALED: Validity.REPEALED,
    Outcome.EXPIRED: Validity.EXPIRED,
}


@dataclass(frozen=True)
class Graph:
    """Documents by number, the later ones acting on earlier ones."""

    documents: tuple[DocumentDates, ...]
    acts: tuple[Act, ...]
    decisions: tuple[Decision, ...]


@st.composite
def graphs(draw: st.DrawFn, largest: int = 7) -> Graph:
    """Draw a library without circles: who acts has the higher number."""
    count = draw(st.integers(1, largest))
    documents = []
    for key in range(1, count + 1):
        begins, end = draw(st.none() | days), draw(st.none() | days)
        written = draw(st.none() | days)
        if begins and end and end < begins:
            begins, end = end, begins
        documents.append(DocumentDates(key, begins, written, end))
    acts = []
    if count > 1:
        for __ in range(draw(st.integers(0, 2 * count))):
            source = draw(st.integers(2, count))
            target = draw(st.integers(1, source - 1))
            acts.append(Act(draw(st.sampled_from(Relation)), source, target, draw(st.none() | days)))
    decisions = [
        Decision(
            1000 + draw(st.integers(1, 3)),
            draw(st.integers(1, count)),
            draw(st.sampled_from(Outcome)),
            draw(days),
        )
        for __ in range(draw(st.integers(0, count)))
    ]
    return Graph(tuple(documents), tuple(acts), tuple(decisions))


def told_day_by_day(graph: Graph) -> dict[date, dict[int, Validity]]:
    """Return the state of every document on every day, by living through the days one after another."""
    documents = {each.key: each for each in graph.documents}
    ended: dict[int, Validity] = {}
    marks: dict[int, set[Relation]] = {key: set() for key in documents}
    kept: set[int] = set()
    told = {}
    # What has no date at all happened before everything else.
    for day in [date.min, *ALL_DAYS]:
        had_ended = set(ended)
        today: dict[int, list[Validity]] = {}
        for act in graph.acts:
            source = documents[act.source]
            begins = source.effective_on or source.written_on or date.min
            if (
                act.kind in ACTING
                and max(act.holds_from or date.min, begins) == day
                and act.source not in had_ended
            ):
                if act.kind in ENDING_STATE:
                    today.setdefault(act.target, []).append(ENDING_STATE[act.kind])
                else:
                    marks[act.target].add(act.kind)
        for decision in graph.decisions:
            if decision.holds_from == day:
                end = documents[decision.target].valid_until
                if decision.outcome not in KEEPS:
                    today.setdefault(decision.target, []).append(ENDING_STATE[decision.outcome])
                elif end is not None and day >= months_before(end, 6):
                    kept.add(decision.target)
        for key, states in today.items():
            told_first = [Validity.REPLACED, Validity.REPEALED, Validity.EXPIRED]
            ended.setdefault(key, min(states, key=told_first.index))
        told[day] = {key: _state(documents[key], day, ended, marks[key], kept) for key in documents}
    return told


def _state(
    document: DocumentDates, day: date, ended: dict[int, Validity], marks: set[Relation], kept: set[int]
) -> Validity:
    if document.key in ended:
        return ended[document.key]
    begins = document.effective_on or document.written_on
    if begins and day < begins:
        return Validity.NOT_YET
    if document.valid_until and day > document.valid_until and document.key not in kept:
        return Validity.AWAITING_CLEARANCE
    if Relation.PARTLY_REPEALS in marks:
        return Validity.PARTLY_REPEALED
    return Validity.AMENDED if Relation.AMENDS in marks else Validity.IN_FORCE
