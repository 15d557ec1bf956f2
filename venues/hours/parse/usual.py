"""The usual hours of each weekday, for whatever is said in relation to them: 照常开放, 延长至21:00, 除外."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from venues.hours.matching import specificity
from venues.hours.model import DayType, Effect, Matcher, MatcherKind, Rule, Session

Sessions = tuple[Session, ...]
_WEEKEND = (5, 6)


class Usual:
    """What the rules of a schedule open on an ordinary Monday, Tuesday, …; special days left out."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        ordered = sorted(
            (rule for rule in rules if rule.effect == Effect.REPLACE and rule.sessions),
            key=lambda rule: specificity(rule.matcher),
        )
        self.of_weekday: dict[int, Sessions] = {}
        self._source: dict[int, Matcher] = {}
        for rule in ordered:
            for weekday in ordinary_weekdays(rule.matcher):
                self.of_weekday[weekday] = rule.sessions
                self._source[weekday] = rule.matcher

    @property
    def is_known(self) -> bool:
        """Whether any weekday has hours."""
        return bool(self.of_weekday)

    @property
    def is_of_classes(self) -> bool:
        """Whether its hours are those of workdays or days off, and not of weekdays."""
        return any(source.kind == MatcherKind.DAY_TYPE for source in self._source.values())

    def close(self, weekdays: Iterable[int]) -> None:
        """Note weekdays that a rule closes."""
        for weekday in weekdays:
            self.of_weekday.pop(weekday, None)

    @property
    def sessions(self) -> Sessions | None:
        """The hours that all open weekdays share, None when they differ or there are none."""
        different = set(self.of_weekday.values())
        return next(iter(different)) if len(different) == 1 else None

    @property
    def closed_weekdays(self) -> tuple[int, ...]:
        """The weekdays without hours."""
        return tuple(weekday for weekday in range(7) if weekday not in self.of_weekday)

    def groups(self, matcher: Matcher) -> list[tuple[Matcher, Sessions]]:
        """Return the days of `matcher` by their usual hours; days of weekdays without hours are left out."""
        weekdays = matcher.weekdays or tuple(range(7))
        if matcher.kind in (MatcherKind.EVERY_DAY, MatcherKind.WEEKDAYS) or not self._are_same(weekdays):
            return self._by_weekday(matcher, weekdays)
        shared = self.of_weekday.get(weekdays[0])
        return [(matcher, shared)] if shared else []

    def _are_same(self, weekdays: Sequence[int]) -> bool:
        return len({self.of_weekday.get(weekday) for weekday in weekdays}) == 1

    def _by_weekday(self, matcher: Matcher, weekdays: Sequence[int]) -> list[tuple[Matcher, Sessions]]:
        groups: dict[tuple[Sessions, Matcher | None], list[int]] = {}
        for weekday in weekdays:
            if weekday in self.of_weekday:
                group = (self.of_weekday[weekday], self._class_of(matcher, weekday))
                groups.setdefault(group, []).append(weekday)
        return [
            (_of_class(source, tuple(days)) if source else narrowed(matcher, tuple(days)), sessions)
            for (sessions, source), days in groups.items()
        ]

    def _class_of(self, matcher: Matcher, weekday: int) -> Matcher | None:
        """The workdays or days off by which a weekday has its hours, where they are asked by the weekday."""
        source = self._source[weekday]
        is_ordinary = matcher.kind in (MatcherKind.EVERY_DAY, MatcherKind.WEEKDAYS)
        return source if is_ordinary and source.kind == MatcherKind.DAY_TYPE else None


def _of_class(source: Matcher, weekdays: tuple[int, ...]) -> Matcher:
    """Return 工作日的周五, or 工作日 when the weekdays are all it has."""
    return source if set(weekdays) == set(ordinary_weekdays(source)) else replace(source, weekdays=weekdays)


def narrowed(matcher: Matcher, weekdays: tuple[int, ...]) -> Matcher:
    """Return the days of `matcher` that are one of `weekdays`."""
    if matcher.kind == MatcherKind.EVERY_DAY:
        return matcher if len(weekdays) == 7 else Matcher(MatcherKind.WEEKDAYS, weekdays=weekdays)
    return replace(matcher, weekdays=weekdays)


def ordinary_weekdays(matcher: Matcher) -> tuple[int, ...]:
    """Return the weekdays on which the matcher ordinarily matches; none for special days."""
    match matcher.kind:
        case MatcherKind.EVERY_DAY:
            return tuple(range(7))
        case MatcherKind.WEEKDAYS:
            return matcher.weekdays
        case MatcherKind.DAY_TYPE:
            days: tuple[int, ...] = ()
            if DayType.WORKDAY in matcher.day_types:
                days = (0, 1, 2, 3, 4)
            if DayType.DAY_OFF in matcher.day_types:
                days = (*days, *_WEEKEND)
            return tuple(day for day in days if not matcher.weekdays or day in matcher.weekdays)
        case _:
            return ()
