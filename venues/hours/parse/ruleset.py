"""The rules of one schedule in the making: what opens, and what is usual by that."""

from collections.abc import Iterator, Sequence
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
            said = [other.days for other in self.statements if self._tells_days(other, statement)]
            if said and days is None and said[0] and not statement.is_closed:
                days = said[0]
            else:
                return [Matcher()]
        return [each for matcher in days.matchers for each in self._without_exceptions(matcher, statement)]

    def _tells_days(self, other: Statement, hours: Statement) -> bool:
        """周二至周日开放 tells the days of hours; 遇法定节假日开放 behind them tells more days."""
        if other.action != Action.OPEN or other.days is None or not other.names_days:
            return False
        return other.start < hours.start or any(map(ordinary_weekdays, other.days.matchers))

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
        """Set the sessions of the days of `matcher` anew; other rules of weekdays keep their other days."""
        kept = []
        for rule in self.rules:
            left = _without(rule.matcher, matcher) if rule.effect == Effect.REPLACE else rule.matcher
            if left:
                kept.append(replace(rule, matcher=left))
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

    def settle(self) -> None:
        """Let what is narrower in the text be so for the engine, which takes workdays before weekdays."""
        classes = [rule for rule in self.rules if _is_whole_class(rule.matcher)]
        self.rules = [each for rule in self.rules for each in self._settled(rule, classes)]

    def _settled(self, rule: Rule, classes: Sequence[Rule]) -> Iterator[Rule]:
        """Yield 周三 of 工作日9:00-17:00，周三闭馆 as the workdays among Wednesdays, 寒暑假 as all its days."""
        matcher = rule.matcher
        if rule.effect != Effect.REPLACE:
            yield rule
        elif matcher.kind == MatcherKind.WEEKDAYS:
            named = set(matcher.weekdays)
            for each in classes:
                among = set(ordinary_weekdays(each.matcher))
                if named & among and not among <= set(matcher.weekdays):
                    narrowed = replace(each.matcher, weekdays=tuple(sorted(among & set(matcher.weekdays))))
                    yield replace(rule, matcher=narrowed)
                    named -= among
            is_changed = named != set(matcher.weekdays)
            if is_changed and not any(each.matcher == Matcher() for each in self.rules):
                kept = tuple(day for day in matcher.weekdays if day in named)
                matcher = replace(matcher, weekdays=kept)
            if matcher.weekdays:
                yield replace(rule, matcher=matcher)
        elif matcher.kind == MatcherKind.VACATION and not matcher.weekdays and _is_over(rule, classes):
            yield replace(rule, matcher=replace(matcher, weekdays=tuple(range(7))))
        else:
            yield rule

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
        if self.usual.is_of_classes:
            self.warn("exception_unclear", statement)  # a holiday is no workday, open or not
            return
        is_whole_week = set(weekdays) | set(self.usual.of_weekday) == set(range(7))
        if shared and is_whole_week and not self._names_rare_days() and not excepted.weekdays and weekdays:
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

    def _names_rare_days(self) -> bool:
        """Whether some days are as rare as holidays: an exception for Mondays says nothing of every 廿六."""
        named = [rule.matcher for rule in self.rules]
        for statement in self.statements:
            lunar = statement.days.matchers if statement.days else ()
            named += [matcher for matcher in lunar if matcher.kind == MatcherKind.LUNAR_DAY]
        return any(
            specificity(matcher) == _HOLIDAY_RANK and matcher.kind != MatcherKind.HOLIDAY for matcher in named
        )


def _is_whole_class(matcher: Matcher) -> bool:
    whole = ((DayType.WORKDAY,), (DayType.DAY_OFF,))
    return matcher.kind == MatcherKind.DAY_TYPE and matcher.day_types in whole and not matcher.weekdays


def _is_over(vacation: Rule, classes: Sequence[Rule]) -> bool:
    """工作日18:00-20:00，寒暑假8:00-20:00: a vacation has its hours on workdays too."""
    others = [each for each in classes if each.sessions != vacation.sessions]
    return bool(others) and all(each.matcher.day_types == (DayType.WORKDAY,) for each in others)


def _without(matcher: Matcher, taken: Matcher) -> Matcher | None:
    """Return what is left of the days of `matcher`: 周二至周日 without 周五 is 周二至周四、周六、周日."""
    if matcher == taken:
        return None
    if matcher.kind == taken.kind == MatcherKind.WEEKDAYS:
        left = tuple(day for day in matcher.weekdays if day not in taken.weekdays)
        return replace(matcher, weekdays=left) if left else None
    return matcher


def days_off(matcher: Matcher) -> Matcher:
    """Return those of the weekdays that are days off: 双休日 but no make-up workday."""
    return Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.DAY_OFF,), weekdays=matcher.weekdays)
