"""The days that a phrase names, as matchers of the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from venues.hours.model import Matcher, MatcherKind
from venues.hours.parse.periods import YearDays


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a phrase names: any of `matchers`, and fixed days of every year.

    `every` is 每天 and its like, `rest` is 其余时间: both name no days of their own. `each_day` says that 每天
    stands with days that are named: 暑假每天. `doubt` is the code of the
    warning when the phrase can be read in two ways.
    """

    matchers: tuple[Matcher, ...] = ()
    yearly: tuple[YearDays, ...] = ()
    every: bool = False
    each_day: bool = False
    rest: bool = False
    doubt: str = ""
    start: int = 0
    end: int = 0

    def joined(self, other: "Days") -> "Days":
        """Return the days of both, in the order of the text."""
        return Days(
            matchers=_merged((*self.matchers, *other.matchers)),
            yearly=(*self.yearly, *other.yearly),
            every=self.every or other.every,
            each_day=self.each_day and other.each_day,
            rest=self.rest or other.rest,
            doubt=self.doubt or other.doubt,
            start=self.start,
            end=other.end,
        )

    @property
    def names_days(self) -> bool:
        """Whether it singles out days, and does not only say: every day, the rest."""
        return bool(self.matchers or self.yearly)

    def explained_by(self, other: "Days") -> "Days":
        """Return the days with the last of them put as `other` does: 除夕及春节（初一至初三）."""
        if self.yearly:
            return other
        *kept_whole, last = self.matchers or (Matcher(),)
        others = (replace(last, holidays=last.holidays[:-1]),) if len(last.holidays) > 1 else ()
        if not kept_whole and not others:
            return other
        kept = replace(self, matchers=(*kept_whole, *others))
        return kept.joined(other)

    @property
    def are_named_holidays(self) -> bool:
        """Whether it names holidays, and nothing else: 春节、国庆节."""
        return bool(self.matchers) and all(each.holidays for each in self.matchers) and not self.yearly

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays that it names as such."""
        return tuple(
            day for each in self.matchers if each.kind == MatcherKind.WEEKDAYS for day in each.weekdays
        )


def _merged(matchers: Sequence[Matcher]) -> tuple[Matcher, ...]:
    """Make one matcher of neighbours of the same kind: 周三、周五 is one rule, and so is 春节、国庆."""
    merged: list[Matcher] = []
    for matcher in matchers:
        last = merged[-1] if merged else None
        if last == matcher:
            continue
        joined = _as_one(last, matcher) if last else None
        if joined:
            merged[-1] = joined
        else:
            merged.append(matcher)
    return tuple(merged)


def _as_one(one: Matcher, other: Matcher) -> Matcher | None:
    if one.kind != other.kind:
        return None
    if one.kind == MatcherKind.WEEKDAYS:
        return replace(one, weekdays=tuple(dict.fromkeys((*one.weekdays, *other.weekdays))))
    if one.weekdays != other.weekdays:
        return None
    if one.kind == MatcherKind.HOLIDAY and one.holidays and other.holidays:
        return replace(one, holidays=tuple(dict.fromkeys((*one.holidays, *other.holidays))))
    if one.kind == MatcherKind.DAY_TYPE:
        return replace(one, day_types=tuple(dict.fromkeys((*one.day_types, *other.day_types))))
    if one.kind == MatcherKind.VACATION and one.levels == other.levels and one.vacations and other.vacations:
        return replace(one, vacations=tuple(dict.fromkeys((*one.vacations, *other.vacations))))
    return None


def each_matcher(days: Days) -> Iterator[Matcher]:
    """Yield the matchers, 每天 as the one of every day."""
    if days.every or days.rest:
        yield Matcher()
    yield from days.matchers
