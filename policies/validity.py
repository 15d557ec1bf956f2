"""What documents do to each other and what follows for each on a day. Plain values, no database.

The rules, and where they come from, stand in ``docs/features/validity.md``. In short:

* A document is in force from the day it names, else from the day it was written (``begins``).
* An act (amends, repeals parts, repeals, replaces) holds from its own day, at the earliest when the acting
  document begins, and only where that document had not ended before. Acts of one day hold together.
* Whoever is repealed or replaced stays so. Repealing the document that repealed it later brings nothing back:
  a repeal is spent in the moment in which it takes effect.
* The end of a term repeals nothing (自动废止 does not exist here); it asks for a clearance. What a clearance
  keeps is in force again, what it repeals or declares invalid has ended.
"""

from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from policies.enums import Outcome, Relation, Validity

ONE_DAY = timedelta(days=1)
# When the term of a document is about to end, its department is reminded this many months before (longest first).
REMINDED_MONTHS = (6, 3)
ENDINGS = {
    Relation.REPLACES: Validity.REPLACED,
    Relation.REPEALS: Validity.REPEALED,
    Outcome.REPEALED: Validity.REPEALED,
    Outcome.EXPIRED: Validity.EXPIRED,
}
# Kinds of relations that change the state of their target; the others only tell where a document comes from.
ACTING = (Relation.AMENDS, Relation.PARTLY_REPEALS, Relation.REPEALS, Relation.REPLACES)
KEEPS = (Outcome.CONTINUES, Outcome.TO_AMEND)
ENDED = frozenset({Validity.EXPIRED, Validity.REPLACED, Validity.REPEALED})
RANKS = {state: rank for rank, state in enumerate(Validity)}
# Which of several endings of one day is told: the one that says most.
_PRECEDENCE = {
    state: rank for rank, state in enumerate((Validity.REPLACED, Validity.REPEALED, Validity.EXPIRED))
}


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """A document by its key, with the dates it carries; ``valid_until`` is its last day."""

    key: int
    effective_on: date | None = None
    written_on: date | None = None
    valid_until: date | None = None

    @property
    def begins(self) -> date | None:
        """The first day on which it is in force; None where no date is known, which counts as always."""
        return self.effective_on or self.written_on


@dataclass(frozen=True, slots=True)
class Act:
    """What the public document ``source`` does to ``target``; from ``holds_from``, or as soon as it is in force."""

    kind: Relation
    source: int
    target: int
    holds_from: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the public clearance ``page`` decides on ``target``, from ``holds_from`` on."""

    page: int
    target: int
    outcome: Outcome
    holds_from: date


@dataclass(frozen=True, slots=True)
class Standing:
    """The one state of a document on a day.

    ``since`` is the first day of the state (None where unknown, and before a document begins), ``because`` the
    key of the page that brought it about, ``successor`` that of the document in its place. On ``changes_on``,
    the next day on which anything happens to it, the standing has to be asked for again; None means never.
    """

    state: Validity
    since: date | None = None
    because: int | None = None
    successor: int | None = None
    changes_on: date | None = None

    @property
    def rank(self) -> int:
        """The place of the state in lists: what holds comes first."""
        return RANKS[self.state]

    @property
    def has_ended(self) -> bool:
        """Whether the document is no longer in force, for good."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True, order=True)
class _Event:
    """An act or decision on its day, in the order in which they count. ``day`` is date.min where it is unknown."""

    day: date
    precedence: int
    page: int
    kind: Relation | Outcome


class Library:
    """Documents with all that public pages do to them. The order in which any of it is given makes no difference."""

    def __init__(
        self, documents: Iterable[DocumentDates], acts: Iterable[Act], decisions: Iterable[Decision]
    ) -> None:
        self._documents: Mapping[int, DocumentDates] = {each.key: each for each in documents}
        self._events: dict[int, list[_Event]] = defaultdict(list)
        self._ends: dict[int, _Event] = {}
        self._sweep([*self._acts(acts), *self._decisions(decisions)])

    def _acts(self, acts: Iterable[Act]) -> Iterable[tuple[int, _Event]]:
        for act in acts:
            source = self._documents.get(act.source)
            if source is not None and act.kind in ACTING and act.target in self._documents:
                yield act.target, _event(day_of(act, source) or date.min, act.source, act.kind)

    def _decisions(self, decisions: Iterable[Decision]) -> Iterable[tuple[int, _Event]]:
        for each in decisions:
            if each.target in self._documents:
                yield each.target, _event(each.holds_from, each.page, each.outcome)

    def _sweep(self, events: Iterable[tuple[int, _Event]]) -> None:
        """Let everything happen, day by day, so that whoever has ended before a day does nothing on it."""
        for target, event in sorted(set(events), key=lambda each: (each[1], each[0])):
            end = self._ends.get(event.page) if isinstance(event.kind, Relation) else None
            if end is not None and end.day < event.day:
                continue
            self._events[target].append(event)
            if event.kind in ENDINGS:
                self._ends.setdefault(target, event)

    def standing(self, key: int, *, on: date) -> Standing:
        """Return how a document stands on a day. KeyError for a document that is not here."""
        document, events = self._documents[key], self._events.get(key, [])
        past = [each for each in events if each.day <= on]
        state, since, because = self._state(document, past, on)
        replaced = (each.page for each in past if each.kind == Relation.REPLACES)
        return Standing(
            state=state,
            since=since,
            because=because,
            successor=next(replaced, None),
            changes_on=_next_day(document, events, on, has_ended=state in ENDED),
        )

    def _state(
        self, document: DocumentDates, past: list[_Event], on: date
    ) -> tuple[Validity, date | None, int | None]:
        """Return state, first day and cause. The order of the questions is the precedence of the states."""
        end = self._ends.get(document.key)
        if end is not None and end.day <= on:
            return ENDINGS[end.kind], _known(end.day), end.page
        begins = document.begins
        if begins is not None and on < begins:
            return Validity.NOT_YET, None, None
        if document.valid_until is not None and on > document.valid_until:
            over = max(document.valid_until + ONE_DAY, begins or date.min)
            kept = next((each for each in past if _answers(each, document.valid_until)), None)
            if kept is None:
                return Validity.AWAITING_CLEARANCE, over, None
            begins, kept_by = (kept.day if kept.day > over else begins), kept.page
        else:
            kept_by = None
        for kind, state in (
            (Relation.PARTLY_REPEALS, Validity.PARTLY_REPEALED),
            (Relation.AMENDS, Validity.AMENDED),
        ):
            first = next((each for each in past if each.kind == kind), None)
            if first is not None:
                return state, _known(max(first.day, begins or date.min)), first.page
        return Validity.IN_FORCE, begins, kept_by


def standings(
    documents: Iterable[DocumentDates], acts: Iterable[Act], decisions: Iterable[Decision], *, on: date
) -> dict[int, Standing]:
    """Return the standing of every document on a day, by key."""
    documents = list(documents)
    library = Library(documents, acts, decisions)
    return {each.key: library.standing(each.key, on=on) for each in documents}


def day_of(act: Act, source: DocumentDates) -> date | None:
    """Return the day from which an act holds: never before its document is in force. None where no day is known."""
    days = [day for day in (act.holds_from, source.begins) if day is not None]
    return max(days, default=None)


def months_before(day: date, months: int) -> date:
    """Return the same day of the month so many months earlier, or that month's last day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def find_cycle(edges: Iterable[tuple[int, int]]) -> list[int] | None:
    """Return documents of which each acts on, or rests on, the next and the last on the first; None if there are none.

    ``edges`` lead from a document to the earlier one. No document can be earlier than itself.
    """
    targets: dict[int, list[int]] = defaultdict(list)
    for source, target in sorted(set(edges)):
        targets[source].append(target)
    done: set[int] = set()
    for start in sorted(targets):
        # The same keys twice: in their order, and to look one up.
        line: list[int] = []
        on_line: set[int] = set()
        waiting = [iter([start])]
        while waiting:
            key = next(waiting[-1], None)
            if key is None:
                waiting.pop()
                if line:
                    left = line.pop()
                    on_line.remove(left)
                    done.add(left)
            elif key in on_line:
                return line[line.index(key) :]
            elif key not in done:
                line.append(key)
                on_line.add(key)
                waiting.append(iter(targets.get(key, [])))
    return None


def is_too_early(source: DocumentDates, target: DocumentDates) -> bool:
    """Whether ``source`` is older than ``target``, so that it can neither act on it nor rest on it."""
    older = source.written_on or source.effective_on
    return older is not None and target.written_on is not None and older < target.written_on


def _event(day: date, page: int, kind: Relation | Outcome) -> _Event:
    ending = ENDINGS.get(kind)
    return _Event(day, _PRECEDENCE[ending] if ending else len(_PRECEDENCE), page, kind)


def _known(day: date) -> date | None:
    return None if day == date.min else day


def _answers(event: _Event, valid_until: date) -> bool:
    """Whether a clearance keeps a document beyond its term: it decided after that, or had been reminded of it."""
    return event.kind in KEEPS and event.day >= months_before(valid_until, REMINDED_MONTHS[0])


def _next_day(document: DocumentDates, events: list[_Event], on: date, *, has_ended: bool) -> date | None:
    days = [each.day for each in events]
    if not has_ended:
        days += [
            day for day in (document.begins, document.valid_until and document.valid_until + ONE_DAY) if day
        ]
    days.sort()
    after = bisect_left(days, on + ONE_DAY)
    return days[after] if after < len(days) else None
