"""What becomes of a day, once it is known which rules name it: the heart of the engine.

Read top-down. The highest layer in which a REPLACE rule names the day sets it; inside that layer the most
specific matcher decides (`matching.specificity`). Then ADD and SUBTRACT rules of that layer and of the
higher ones apply in the order of the layers, inside a layer first what is added, then what is taken away.

Two rules of equal rank that want different things are a conflict: the day is unknown and names both, there
is no silent winner. Unknown is never closed: a day is closed when a rule says so, or when the venue's
ordinary hours are known and none of their rules names the day.

Dates do not occur here: days on which the same rules are in force, and which the same of them name, come
out the same.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from typing import NamedTuple

from venues.hours import pieces
from venues.hours.matching import announced
from venues.hours.model import Because, DayStatus, Effect, Layer, Mode, Rule, Schedule, Span

Rank = tuple[Layer, int]
_LOWEST: Rank = (Layer.BASE, -1)


class Placed(NamedTuple):
    """A rule in its schedule. Layers come before what is specific: both make its rank."""

    schedule: Schedule
    rule: Rule
    rank: Rank

    @property
    def layer(self) -> Layer:
        return self.schedule.layer

    @property
    def name(self) -> str:
        return f"{self.schedule.key}/{self.rule.key}"

    def because(self, overrode: tuple[str, ...] = ()) -> Because:
        return Because(
            layer=self.layer.code,
            schedule=self.schedule.key,
            rule=self.rule.key,
            notice=self.schedule.notice,
            matcher=self.rule.matcher,
            label=self.rule.label or self.schedule.label,
            overrode=overrode,
            announced_on=self.schedule.announced_on,
            first_day=self.schedule.first_day,
        )


class Question(NamedTuple):
    """All that the answer for a day rests on.

    in_force     the rules that may name the day, by schedule and key
    named        those of them that do
    ordinary     the schedules that tell ordinary hours of the day, by key
    mode         where the venue's hours come from
    unconfirmed  which of the day before (-1), the day (0) and the day after (1) nobody has confirmed, and
                 the levels of the schools whose vacations nobody has entered
    """

    in_force: Sequence[Placed]
    named: Sequence[Placed]
    ordinary: Sequence[Schedule]
    mode: Mode
    unconfirmed: frozenset[int | str]


class Outcome(NamedTuple):
    """A day without its date."""

    status: DayStatus
    spans: tuple[Span, ...]
    provisional: bool
    because: Because
    conflicts: tuple[tuple[Because, Because], ...] = ()


def outcome_of(question: Question) -> Outcome:
    """Return what becomes of a day."""
    decision = _decide(question.named)
    if decision.conflicts:
        because = Because(layer=decision.rank[0].code)
        provisional = _is_provisional(question, decision)
        return Outcome(DayStatus.UNKNOWN, (), provisional, because, decision.conflicts)
    status, spans, because = _start_of_day(question, decision)
    for _, rules in groupby(_changes(question.named, decision), key=lambda placed: placed.layer):
        spans, because = _with_changes(spans, because, list(rules))
    if status in (DayStatus.OPEN, DayStatus.CLOSED):
        status = DayStatus.OPEN if spans else DayStatus.CLOSED
    return Outcome(status, spans, _is_provisional(question, decision), because)


# ---------------------------------------------------------------------------------------------------
# Which rule sets the day


class _Decision(NamedTuple):
    """The REPLACE rule that sets the day, its rank, and what it beat."""

    winner: Placed | None = None
    rank: Rank = _LOWEST
    overrode: tuple[str, ...] = ()
    conflicts: tuple[tuple[Because, Because], ...] = ()


def _decide(named: Sequence[Placed]) -> _Decision:
    """Return the REPLACE rule of the highest rank, or the conflict there."""
    claims = [placed for placed in named if placed.rule.effect == Effect.REPLACE]
    if not claims:
        return _Decision()
    rank = max(placed.rank for placed in claims)
    strongest = [placed for placed in claims if placed.rank == rank]
    equals = _without_excepted(strongest)
    return _Decision(
        winner=equals[0],
        rank=rank,
        overrode=tuple(placed.name for placed in _beaten(named, strongest, equals)),
        conflicts=tuple(_conflicts(equals)) if len(equals) > 1 else (),
    )


def _without_excepted(equals: list[Placed]) -> list[Placed]:
    """Inside one notice, what it says about an area is an exception to what it says about the venue.

    "The library is closed; its 24-hour room stays open" is one statement and no conflict.
    """
    excepting = {placed.schedule.notice for placed in equals if placed.schedule.area} - {""}
    return [placed for placed in equals if placed.schedule.area or placed.schedule.notice not in excepting]


def _beaten(named: Sequence[Placed], strongest: list[Placed], equals: list[Placed]) -> list[Placed]:
    """Return what the deciding rule takes the effect from, strongest first.

    Rules that would have set the day, and what was to change the day that they would have set.
    """
    rank = equals[0].rank
    lower = [
        placed
        for placed in named
        if (placed.rank < rank if placed.rule.effect == Effect.REPLACE else placed.layer < rank[0])
    ]
    lower.sort(
        key=lambda placed: (placed.layer, placed.rule.effect == Effect.REPLACE, placed.rank), reverse=True
    )
    return [placed for placed in strongest if placed not in equals] + lower


def _conflicts(equals: list[Placed]) -> Iterator[tuple[Because, Because]]:
    """Yield the pairs that want different things, each and all of them by their names."""
    ordered = sorted(equals, key=lambda placed: placed.name)
    results = [_result(placed.rule) for placed in ordered]
    for (one, result), (other, other_result) in combinations(zip(ordered, results, strict=True), 2):
        if result != other_result:
            yield one.because(), other.because()


def _result(rule: Rule) -> tuple[Span, ...]:
    """What the rule makes of a day, whatever way it was written in sessions."""
    return _spans_of(rule, Because())


def _spans_of(rule: Rule, because: Because) -> tuple[Span, ...]:
    spans = (pieces.span_of(session, because) for session in rule.sessions)
    return pieces.merged(piece for span in spans for piece in pieces.cut(span, ()))


# ---------------------------------------------------------------------------------------------------
# The day as that rule leaves it, and what changes it


def _start_of_day(question: Question, decision: _Decision) -> tuple[DayStatus, tuple[Span, ...], Because]:
    """Return the day before anything is added or taken away."""
    if decision.winner:
        because = decision.winner.because(decision.overrode)
        return DayStatus.OPEN, _spans_of(decision.winner.rule, because), because
    if question.mode == Mode.BY_APPOINTMENT:
        return DayStatus.BY_APPOINTMENT, (), Because()
    if question.ordinary:
        known = min(question.ordinary, key=lambda schedule: schedule.layer)
        return DayStatus.CLOSED, (), Because(known.layer.code, known.key, label=known.label)
    return DayStatus.UNKNOWN, (), Because()


def _changes(rules: Sequence[Placed], decision: _Decision) -> list[Placed]:
    """Return the ADD and SUBTRACT rules of the deciding layer and of higher ones, layer by layer."""
    changing = [
        placed
        for placed in rules
        if placed.rule.effect != Effect.REPLACE and placed.layer >= decision.rank[0]
    ]
    return sorted(changing, key=lambda placed: placed.layer)


def _with_changes(
    spans: tuple[Span, ...], because: Because, rules: list[Placed]
) -> tuple[tuple[Span, ...], Because]:
    """Apply the changes of one layer; the day rests on what last changed it."""
    adding = [placed for placed in rules if placed.rule.effect == Effect.ADD]
    added = [
        pieces.span_of(session, placed.because(because.names))
        for placed in adding
        for session in placed.rule.sessions
    ]
    if added:
        together = pieces.add(spans, added)
        spans, contributing = pieces.merged(together), {span.because.name for span in together}
        for placed in adding:
            if placed.name in contributing:
                because = placed.because(because.names)
    for placed in rules:
        if placed.rule.effect == Effect.SUBTRACT:
            windows = [(session.opens, session.closes) for session in placed.rule.sessions]
            left = pieces.merged(pieces.subtract(spans, windows, placed.because()))
            if left != spans:
                spans, because = left, placed.because(because.names)
    return spans, because


def _is_provisional(question: Question, decision: _Decision) -> bool:
    """Tell whether a rule was asked whose days nobody has confirmed, also where it did not name this one.

    A rule that the deciding one beats was not asked.
    """
    if not question.unconfirmed:
        return False
    asked = [
        placed
        for placed in question.in_force
        if placed.rule.effect == Effect.REPLACE and placed.rank >= decision.rank
    ]
    if not decision.conflicts:
        asked += _changes(question.in_force, decision)
    return any(not question.unconfirmed.isdisjoint(announced(placed.rule.matcher)) for placed in asked)
