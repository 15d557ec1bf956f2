"""The rules of one schedule in the making: what opens, and what is usual by that."""

from collections.abc import Sequence
from dataclasses import replace

from venues.hours.matching import specificity
from venues.hours.model import (
    DayType,
    Effect,
    Kind,
    Matcher,
    MatcherKind,
    Rule,
)
from venues.hours.parse.periods import YearDays
from venues.hours.parse.reader import Reader
from venues.hours.parse.sessions import overlap
from venues.hours.parse.statements import Action, Statement
from venues.hours.parse.usual import Sessions, Usual, ordinary_weekdays

_MAKEUP = (DayType.MAKEUP_WORKDAY,)
_HOLIDAY_RANK = specificity(Matcher(MatcherKind.HOLIDAY))


class RuleSet:
    """The rules of one schedule so far. `rules` has no keys yet, `yearly` the fixed days of every year."""

    def __init__(self, reader: Reader, statements: Sequence[Statement]) -> None:
        self.reader = reader
        self.statements = statements
        self.rules: list[Rule] = []
        self.yearly: list[tuple[YearDays, Sessions]] = []
        self.open()
        self.usual = Usual(self.rules)
        self._close_usual()

    def warn(self, code: str, statement: Statement) -> None:
        """Point to a statement that an editor must look at."""
        self.reader.warn(code, statement.start, statement.end)

    def reject(self, code: str, statement: Statement) -> None:
        """Give a statement back as unread."""
        self.reader.reject(code, statement.start, statement.end)

    def open(self) -> None:
        """Make a rule of every statement of hours that is not an addition to others."""
        for statement in self.statements:
            if statement.action != Action.HOURS or self.is_extra(statement):
                continue
            sessions = tuple(span.session() for span in statement.spans)
            if statement.days is None and self._follows_weekdays(statement):
                self.warn("hours_without_days", statement)
            for matcher in self._opened(statement):
                self.put(matcher, sessions)
            if statement.days:
                self.yearly += [(days, sessions) for days in statement.days.yearly]

    def _follows_weekdays(self, statement: Statement) -> bool:
        """Hours without days after hours of certain weekdays: whose they are is not said."""
        before = self.statements[: self.statements.index(statement)]
        return any(
            any(map(ordinary_weekdays, each.days.matchers))
            for each in before
            if each.action == Action.HOURS and each.days
        )

    def is_extra(self, statement: Statement) -> bool:
        """延时开放 beside usual hours adds to them; alone it is all there is."""
        if statement.adds:
            return True
        if not statement.spans:
            return False
        special = all(span.kind != Kind.REGULAR for span in statement.spans)
        return special and any(
            other.action == Action.HOURS and any(span.kind == Kind.REGULAR for span in other.spans)
            for other in self.statements
        )

    def _opened(self, statement: Statement) -> list[Matcher]:
        """The days of hours: those named with them, or those that are said to be open elsewhere."""
        days = statement.days
        if days is None or not days.names_days:
            said = [
                other.days for other in self.statements if other.action == Action.OPEN and other.names_days
            ]
            if said and days is None and said[0] and not statement.is_closed:
                days = said[0]
            else:
                return [Matcher()]
        return [each for matcher in days.matchers for each in self._without_exceptions(matcher, statement)]

    def _without_exceptions(self, matcher: Matcher, statement: Statement) -> list[Matcher]:
        """双休日（调为工作日除外） are weekend days that are days off; 周一至周五（周三除外） has no Wednesday."""
        for excepted in statement.excepted:
            if any(each.day_types == _MAKEUP for each in excepted.matchers) and matcher.weekdays:
                matcher = days_off(matcher)
            if matcher.kind == MatcherKind.WEEKDAYS:
                kept = tuple(day for day in matcher.weekdays if day not in excepted.weekdays)
                matcher = replace(matcher, weekdays=kept or matcher.weekdays)
        return [matcher]

    def put(self, matcher: Matcher, sessions: Sessions) -> None:
        """Add a rule; sessions for the same days at other times of the day are one rule."""
        for index, rule in enumerate(self.rules):
            if rule.matcher == matcher and rule.effect == Effect.REPLACE:
                if rule.sessions == sessions:
                    return
                if rule.sessions and sessions and not overlap(rule.sessions, sessions):
                    both = tuple(sorted((*rule.sessions, *sessions), key=lambda session: session.opens))
                    self.rules[index] = replace(rule, sessions=both)
                    return
        self.rules.append(Rule("", Effect.REPLACE, matcher, sessions))

    def replace(self, matcher: Matcher, sessions: Sessions) -> None:
        """Set the sessions of the days of `matcher` anew."""
        kept = [rule for rule in self.rules if rule.matcher != matcher or rule.effect != Effect.REPLACE]
        self.rules = [*kept, Rule("", Effect.REPLACE, matcher, sessions)]

    def opened_weekdays(self) -> set[int]:
        """Return the weekdays on which any rule opens."""
        return {day for rule in self.rules if rule.sessions for day in ordinary_weekdays(rule.matcher)}

    def _close_usual(self) -> None:
        for statement in self.statements:
            if statement.action == Action.CLOSED and not statement.spans and statement.days:
                for matcher in statement.days.matchers:
                    if matcher.kind == MatcherKind.WEEKDAYS:
                        self.usual.close(matcher.weekdays)
            if statement.action == Action.HOURS:
                for excepted in statement.excepted:
                    self.usual.close(excepted.weekdays)

    def makeup_days(self, weekdays: tuple[int, ...]) -> None:
        """A weekend day that became a workday has the hours of workdays, unless every day has its own."""
        if all(weekday in self.usual.of_weekday for weekday in weekdays):
            return
        workdays = {self.usual.of_weekday.get(weekday) for weekday in range(5)}
        sessions = next(iter(workdays)) if len(workdays) == 1 else None
        if sessions and not any(rule.matcher == Matcher() for rule in self.rules):
            self.put(Matcher(MatcherKind.DAY_TYPE, day_types=_MAKEUP), sessions)

    def reopen(self, excepted: Matcher, closed: Matcher, statement: Statement) -> None:
        """Open the days of an exception to a closing as usual."""
        if not self.usual.is_known:
            self.warn("hours_missing", statement)
            return
        if any(rule.matcher == excepted and rule.sessions for rule in self.rules):
            return  # its own hours are told
        weekdays = closed.weekdays if closed.kind == MatcherKind.WEEKDAYS else ()
        if excepted.kind == MatcherKind.WEEKDAYS:
            self.reject("exception_unclear", statement)
            return
        shared = self.usual.sessions
        rare = any(
            specificity(rule.matcher) == _HOLIDAY_RANK and rule.matcher.kind != MatcherKind.HOLIDAY
            for rule in self.rules
        )
        if shared and not rare and not excepted.weekdays and weekdays:
            self.put(excepted, shared)
        elif shared:
            only = weekdays or closed.weekdays or tuple(range(7))
            self.put(excepted if excepted.weekdays else replace(excepted, weekdays=only), shared)
        elif not weekdays:
            for each, sessions in self.usual.groups(
                replace(excepted, weekdays=closed.weekdays or tuple(range(7)))
            ):
                self.put(each, sessions)
        else:
            self.warn("usual_hours_differ", statement)


def days_off(matcher: Matcher) -> Matcher:
    """Return those of the weekdays that are days off: 双休日 but no make-up workday."""
    return Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.DAY_OFF,), weekdays=matcher.weekdays)
