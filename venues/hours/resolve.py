"""What holds on a business date for one area.

Whatever is the same for many days is worked out once. A `Plan` puts the rules of an area in order; cuts a
stretch of dates into runs of days on which the same rules are in force, by what is known ahead (validity,
seasons, dates of notices); and keeps for each of them what became of the days of each kind. One more day
costs a look-up by the few facts that these rules read. `decide` says what becomes of a day.

The answer for a date depends on that date alone, never on the stretch of dates somebody asks for.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from venues.hours.day_facts import Calendar, DayFacts
from venues.hours.decide import Outcome, Placed, Question, outcome_of
from venues.hours.matching import (
    ONE_DAY,
    Period,
    announced,
    attributes_read,
    is_known_ahead,
    known_ahead,
    matches,
    specificity,
    valid_periods,
)
from venues.hours.model import Conflict, Day, Effect, Layer, Mode, Schedule, VenueHours


def resolve_day(hours: VenueHours, area: str, day: date, calendar: Calendar) -> Day:
    """Return what holds in `area` ("" = the venue as a whole) on the business date `day`."""
    return Plan(hours, area).day(day, calendar)


def resolve_days(
    hours: VenueHours, area: str, first: date, last: date, calendar: Calendar
) -> tuple[Day, ...]:
    """Return the days from `first` to `last`, both included; none when `last` lies before `first`."""
    return Plan(hours, area).days(first, last, calendar)


def schedules_for(hours: VenueHours, area: str) -> list[Schedule]:
    """Return the schedules that apply to `area`, whenever they are valid, in the order of their keys.

    An area with ordinary hours of its own (base or season) does not take the venue's; the same holds for
    holidays by themselves. Notices and emergencies for the whole venue reach every area. A venue whose
    hours are unknown or by appointment has no ordinary hours, whatever was once entered.
    """
    own = {_tier(schedule) for schedule in hours.schedules if schedule.area == area} - {_NOTICES}
    applicable = [
        schedule
        for schedule in hours.schedules
        if schedule.area == area or (not schedule.area and _tier(schedule) not in own)
        if hours.mode == Mode.OWN or _tier(schedule) != _ORDINARY
    ]
    return sorted(applicable, key=attrgetter("key"))


_ORDINARY, _HOLIDAYS, _NOTICES = range(3)


def _tier(schedule: Schedule) -> int:
    if schedule.layer <= Layer.SEASON:
        return _ORDINARY
    return _HOLIDAYS if schedule.layer == Layer.HOLIDAY else _NOTICES


def _tells_ordinary_hours(schedule: Schedule) -> bool:
    return _tier(schedule) == _ORDINARY and any(rule.effect != Effect.SUBTRACT for rule in schedule.rules)


class Plan:
    """The hours of one area of a venue, laid out for as many questions as there are.

    Days that come out alike share their spans and their reasons.
    """

    def __init__(self, hours: VenueHours, area: str) -> None:
        self.area = area
        self._mode = hours.mode
        # What may be in force on a day: each rule, and each schedule that tells the ordinary hours.
        self._items: list[Placed | Schedule] = []
        self._always: list[int] = []
        self._at_times: list[tuple[Schedule, list[int]]] = []
        self._in_force: dict[tuple[int, ...], _InForce] = {}
        for schedule in schedules_for(hours, area):
            self._lay_out(schedule)

    def day(self, day: date, calendar: Calendar) -> Day:
        """Return what holds on the business date `day`."""
        return self.days(day, day, calendar)[0]

    def days(self, first: date, last: date, calendar: Calendar) -> tuple[Day, ...]:
        """Return the days from `first` to `last`, both included; none when `last` lies before `first`."""
        found = []
        for begins, ends, in_force in self._runs(first, last):
            day = begins
            while day <= ends:
                status, spans, provisional, because, pairs = in_force.outcome(day, calendar)
                conflicts = tuple(Conflict(day, self.area, *pair) for pair in pairs) if pairs else ()
                found.append(Day(day, self.area, status, spans, provisional, because, conflicts))
                day += ONE_DAY
        return tuple(found)

    def _lay_out(self, schedule: Schedule) -> None:
        rules = sorted(schedule.rules, key=attrgetter("key"))
        items: list[Placed | Schedule] = [
            Placed(schedule, rule, (schedule.layer, specificity(rule.matcher))) for rule in rules
        ]
        if _tells_ordinary_hours(schedule):
            items.append(schedule)
        is_limited = schedule.valid_from or schedule.valid_to or schedule.annual_from
        at_times = []
        for index, item in enumerate(items, start=len(self._items)):
            is_dated = isinstance(item, Placed) and is_known_ahead(item.rule.matcher)
            (at_times if is_limited or is_dated else self._always).append(index)
        self._items += items
        if at_times:
            self._at_times.append((schedule, at_times))

    def _runs(self, first: date, last: date) -> "Iterator[tuple[date, date, _InForce]]":
        """Cut the days into runs in which the same items are in force: each begins where one begins or ends."""
        changes: dict[date, list[int]] = {first: [*self._always]}
        for schedule, indexes in self._at_times:
            for valid_from, valid_to in valid_periods(schedule, first, last):
                for index in indexes:
                    for begins, ends in self._periods(index, valid_from, valid_to):
                        changes.setdefault(begins, []).append(index)
                        changes.setdefault(ends + ONE_DAY, []).append(index)
        active: set[int] = set()
        boundaries = sorted(day for day in changes if day <= last)
        for begins, next_begins in zip(boundaries, [*boundaries[1:], last + ONE_DAY], strict=False):
            for index in changes[begins]:
                active ^= {index}
            yield begins, next_begins - ONE_DAY, self._all_in_force(tuple(sorted(active)))

    def _periods(self, index: int, first: date, last: date) -> Sequence[Period]:
        item = self._items[index]
        return known_ahead(item.rule.matcher, first, last) if isinstance(item, Placed) else [(first, last)]

    def _all_in_force(self, indexes: tuple[int, ...]) -> "_InForce":
        if indexes not in self._in_force:
            self._in_force[indexes] = _InForce(self._mode, [self._items[index] for index in indexes])
        return self._in_force[indexes]


class _InForce:
    """What is in force on a run of days, and what became of those days of it that were asked for.

    Days of which the rules read the same facts come out the same, and so do days which the same rules name.
    """

    def __init__(self, mode: Mode, items: Sequence[Placed | Schedule]) -> None:
        self._mode = mode
        self._rules = [item for item in items if isinstance(item, Placed)]
        self._ordinary = [item for item in items if isinstance(item, Schedule)]
        matchers = [placed.rule.matcher for placed in self._rules]
        read = {name for matcher in matchers for name in attributes_read(matcher)}
        self._read = attrgetter("weekday", "is_confirmed", *sorted(read))
        self._looks_around = any(announced(matcher) & {-1, 1} for matcher in matchers)
        self._by_facts: dict[Any, Outcome] = {}
        self._by_names: dict[Any, Outcome] = {}

    def outcome(self, day: date, calendar: Calendar) -> Outcome:
        """Return what becomes of `day`."""
        facts = calendar.facts(day)
        key = self._read(facts)
        if self._looks_around:
            key = key, _unconfirmed(facts, calendar)
        outcome = self._by_facts.get(key)
        if outcome is None:
            outcome = self._by_facts[key] = self._work_out(facts, calendar)
        return outcome

    def _work_out(self, facts: DayFacts, calendar: Calendar) -> Outcome:
        named = [placed for placed in self._rules if matches(placed.rule.matcher, facts)]
        unconfirmed = _unconfirmed(facts, calendar)
        key = tuple(map(id, named)), unconfirmed
        if key not in self._by_names:
            question = Question(self._rules, named, self._ordinary, self._mode, unconfirmed)
            self._by_names[key] = outcome_of(question)
        return self._by_names[key]


def _unconfirmed(facts: DayFacts, calendar: Calendar) -> frozenset[int | str]:
    """Return which of the day before (-1), the day (0) and the day after (1) lie in an unconfirmed year.

    With them the levels of the schools whose vacations nobody has entered.
    """

    def is_confirmed(number: int) -> bool:
        day = facts.date + number * ONE_DAY
        return (facts if day.year == facts.date.year else calendar.facts(day)).is_confirmed

    days = (number for number in (-1, 0, 1) if not is_confirmed(number))
    return frozenset([*days, *facts.unknown_vacations])
