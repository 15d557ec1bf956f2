"""What holds on one business date for one area: the heart of the engine.

Read top-down. The highest layer in which a REPLACE rule names the day sets it; inside that layer the most
specific matcher decides (dates before holidays, lunar days and nth weekdays, before day types and
vacations, before weekdays, before every day). Then ADD and SUBTRACT rules of that layer and of the higher
ones apply in the order of the layers, inside a layer first what is added, then what is taken away.

Two rules of equal rank that want different things are a conflict: the day is unknown and names both, there
is no silent winner. Unknown is never closed: a day is closed when a rule says so, or when the venue's
ordinary hours are known and none of their rules names the day.

The answer for a date depends on that date alone, never on the stretch of dates somebody asks for.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from venues.hours import pieces
from venues.hours.day_facts import Calendar, DayFacts
from venues.hours.matching import ANNOUNCED_YEARLY, is_valid_on, matches, specificity
from venues.hours.model import (
    Because,
    Conflict,
    Day,
    DayStatus,
    Effect,
    Layer,
    Mode,
    Rule,
    Schedule,
    Span,
    VenueHours,
)


def resolve_day(hours: VenueHours, area: str, day: date, calendar: Calendar) -> Day:
    """Return what holds in `area` ("" = the venue as a whole) on the business date `day`."""
    schedules = [schedule for schedule in schedules_for(hours, area) if is_valid_on(schedule, day)]
    reading = _Reading(calendar.facts(day))
    decision = _decide(schedules, reading)
    if decision.conflicts:
        return _unknown_by_conflict(area, day, decision, reading)
    status, spans, because = _start_of_day(hours, schedules, decision)
    spans, because = _with_changes(spans, because, schedules, decision, reading)
    if status in (DayStatus.OPEN, DayStatus.CLOSED):
        status = DayStatus.OPEN if spans else DayStatus.CLOSED
    return Day(day, area, status, spans, reading.provisional, because)


def resolve_days(
    hours: VenueHours, area: str, first: date, last: date, calendar: Calendar
) -> tuple[Day, ...]:
    """Return the days from `first` to `last`, both included; none when `last` lies before `first`."""
    count = (last - first).days + 1
    return tuple(resolve_day(hours, area, first + timedelta(days=index), calendar) for index in range(count))


def schedules_for(hours: VenueHours, area: str) -> list[Schedule]:
    """Return the schedules that apply to `area`, whenever they are valid, in the order of their keys.

    An area with ordinary hours of its own (base or season) does not take the venue's; the same holds for
    holidays by themselves. Notices and emergencies for the whole venue reach every area. A venue whose
    hours are unknown or by appointment has no ordinary hours, whatever was once entered.
    """
    own = {_tier(schedule) for schedule in hours.schedules if schedule.area == area}
    return sorted(
        (
            schedule
            for schedule in hours.schedules
            if schedule.area == area or (not schedule.area and _tier(schedule) not in own - {_NOTICES})
            if hours.mode == Mode.OWN or _tier(schedule) != _ORDINARY
        ),
        key=lambda schedule: schedule.key,
    )


_ORDINARY, _HOLIDAYS, _NOTICES = range(3)


def _tier(schedule: Schedule) -> int:
    if schedule.layer <= Layer.SEASON:
        return _ORDINARY
    return _HOLIDAYS if schedule.layer == Layer.HOLIDAY else _NOTICES


class _Reading:
    """The facts of the day, and whether an answer rested on a year that is not confirmed."""

    def __init__(self, facts: DayFacts) -> None:
        self.facts = facts
        self.provisional = False

    def names_today(self, rule: Rule) -> bool:
        if rule.matcher.kind in ANNOUNCED_YEARLY and not self.facts.is_confirmed:
            self.provisional = True
        return matches(rule.matcher, self.facts)


class _Placed(NamedTuple):
    """A rule in its schedule."""

    schedule: Schedule
    rule: Rule

    def because(self, overrode: tuple[str, ...] = ()) -> Because:
        return Because(
            layer=self.schedule.layer.code,
            schedule=self.schedule.key,
            rule=self.rule.key,
            notice=self.schedule.notice,
            matcher=self.rule.matcher,
            label=self.rule.label or self.schedule.label,
            overrode=overrode,
            announced_on=self.schedule.announced_on,
        )


class _Decision(NamedTuple):
    """The REPLACE rule that sets the day, from which layer on changes count, and what it beat."""

    winner: _Placed | None = None
    layer: Layer = Layer.BASE
    overrode: tuple[str, ...] = ()
    conflicts: tuple[tuple[_Placed, _Placed], ...] = ()


# ---------------------------------------------------------------------------------------------------
# Which rule sets the day


def _decide(schedules: list[Schedule], reading: _Reading) -> _Decision:
    """Return the REPLACE rule of the highest rank that names the day, or the conflict there."""
    ranks: dict[tuple[Layer, int], list[_Placed]] = {}
    for placed in _rules(schedules, Effect.REPLACE):
        rank = (placed.schedule.layer, specificity(placed.rule.matcher))
        ranks.setdefault(rank, []).append(placed)
    ordered = sorted(ranks, reverse=True)
    for index, rank in enumerate(ordered):
        named = [placed for placed in ranks[rank] if reading.names_today(placed.rule)]
        if not named:
            continue
        equals = _without_excepted(named)
        beaten = [placed for placed in named if placed not in equals]
        for lower in ordered[index + 1 :]:
            beaten += [placed for placed in ranks[lower] if matches(placed.rule.matcher, reading.facts)]
        return _Decision(
            winner=equals[0],
            layer=rank[0],
            overrode=tuple(placed.because().name for placed in beaten),
            conflicts=tuple(
                (one, other) for one, other in combinations(equals, 2) if _result(one) != _result(other)
            ),
        )
    return _Decision()


def _rules(schedules: Iterable[Schedule], effect: Effect) -> list[_Placed]:
    return [
        _Placed(schedule, rule)
        for schedule in schedules
        for rule in sorted(schedule.rules, key=lambda rule: rule.key)
        if rule.effect == effect
    ]


def _without_excepted(equals: list[_Placed]) -> list[_Placed]:
    """Inside one notice, what it says about an area is an exception to what it says about the venue.

    "The library is closed; its 24-hour room stays open" is one statement and no conflict.
    """
    excepting = {placed.schedule.notice for placed in equals if placed.schedule.area} - {""}
    return [placed for placed in equals if placed.schedule.area or placed.schedule.notice not in excepting]


def _result(placed: _Placed) -> tuple[Span, ...]:
    """What the rule makes of a day, whatever way it was written in sessions."""
    return _spans_of(placed.rule, Because())


def _spans_of(rule: Rule, because: Because) -> tuple[Span, ...]:
    spans = (pieces.span_of(session, because) for session in rule.sessions)
    return pieces.merged(piece for span in spans for piece in pieces.cut(span, ()))


# ---------------------------------------------------------------------------------------------------
# The day as that rule leaves it, and what changes it


def _start_of_day(
    hours: VenueHours, schedules: list[Schedule], decision: _Decision
) -> tuple[DayStatus, tuple[Span, ...], Because]:
    """Return the day before anything is added or taken away."""
    if decision.winner:
        because = decision.winner.because(decision.overrode)
        return DayStatus.OPEN, _spans_of(decision.winner.rule, because), because
    if hours.mode == Mode.BY_APPOINTMENT:
        return DayStatus.BY_APPOINTMENT, (), Because()
    telling = [schedule for schedule in schedules if _tells_ordinary_hours(schedule)]
    if telling:
        known = min(telling, key=lambda schedule: schedule.layer)
        return DayStatus.CLOSED, (), Because(known.layer.code, known.key, label=known.label)
    return DayStatus.UNKNOWN, (), Because()


def _tells_ordinary_hours(schedule: Schedule) -> bool:
    return _tier(schedule) == _ORDINARY and any(rule.effect != Effect.SUBTRACT for rule in schedule.rules)


def _with_changes(
    spans: tuple[Span, ...],
    because: Because,
    schedules: list[Schedule],
    decision: _Decision,
    reading: _Reading,
) -> tuple[tuple[Span, ...], Because]:
    """Apply ADD and SUBTRACT of the deciding layer and above; the day rests on what last changed it."""
    changing = [schedule for schedule in schedules if schedule.layer >= decision.layer]
    for layer in sorted({schedule.layer for schedule in changing}):
        of_layer = [schedule for schedule in changing if schedule.layer == layer]
        added = [
            pieces.span_of(session, placed.because())
            for placed in _rules(of_layer, Effect.ADD)
            if reading.names_today(placed.rule)
            for session in placed.rule.sessions
        ]
        adding = {span.because for span in added}
        if added:
            spans = pieces.merged(pieces.add(spans, added))
            because = _last_changed([span.because for span in spans if span.because in adding], because)
        for placed in _rules(of_layer, Effect.SUBTRACT):
            if not reading.names_today(placed.rule):
                continue
            windows = [(session.opens, session.closes) for session in placed.rule.sessions]
            left = pieces.merged(pieces.subtract(spans, windows, placed.because()))
            if left != spans:
                spans, because = left, _last_changed([placed.because()], because)
    return spans, because


def _last_changed(changed_by: list[Because], before: Because) -> Because:
    if not changed_by:
        return before
    beaten = (before.name, *before.overrode) if before.rule else before.overrode
    return replace(changed_by[-1], overrode=beaten)


def _unknown_by_conflict(area: str, day: date, decision: _Decision, reading: _Reading) -> Day:
    conflicts = tuple(
        Conflict(day, area, *sorted((one.because(), other.because()), key=lambda because: because.name))
        for one, other in decision.conflicts
    )
    because = Because(layer=decision.layer.code)
    return Day(day, area, DayStatus.UNKNOWN, (), reading.provisional, because, conflicts)
