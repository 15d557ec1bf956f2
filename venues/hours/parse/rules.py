"""The statements of one schedule as rules: opening first, then what is said in relation to it."""

from collections.abc import Sequence
from dataclasses import replace

from venues.hours.model import (
    DAY_MINUTES,
    DayType,
    Effect,
    Matcher,
    MatcherKind,
    Rule,
    Session,
)
from venues.hours.parse import changes
from venues.hours.parse.days import Days
from venues.hours.parse.reader import Reader
from venues.hours.parse.ruleset import RuleSet, days_off
from venues.hours.parse.sessions import cut, has_noon_gap
from venues.hours.parse.statements import Action, Statement
from venues.hours.parse.usual import Sessions, ordinary_weekdays

_MAKEUP = (DayType.MAKEUP_WORKDAY,)
_MOST_CLOSED_WEEKDAYS = 1
_EVENING = 1080


def work_out(reader: Reader, statements: Sequence[Statement]) -> RuleSet:
    """Return the rules of the statements of one schedule."""
    rules = RuleSet(reader, statements)
    # What is said of all hours comes last, when they are all there.
    for statement in sorted(statements, key=_is_of_all):
        _relate(rules, statement)
    rules.settle()
    return rules


def _is_of_all(statement: Statement) -> bool:
    return statement.action == Action.PRICED and statement.days is None


def _relate(rules: RuleSet, statement: Statement) -> None:
    if statement.excepted and statement.action not in (Action.HOURS, Action.CLOSED):
        if statement.action == Action.PRICED and statement.days:
            changes.priced(rules, statement)
        elif statement.action in (Action.OPEN, Action.NO_REST) and not statement.names_days:
            for excepted in statement.excepted:  # 除周一外每天开放
                _except_hours(rules, statement, excepted)
        else:
            rules.reject("exception_unclear", statement)
        return
    match statement.action:
        case Action.HOURS:
            if rules.is_extra(statement):
                changes.add(rules, statement)
            for excepted in statement.excepted:
                _except_hours(rules, statement, excepted)
        case Action.CLOSED:
            _close(rules, statement)
        case Action.AS_USUAL:
            _as_usual(rules, statement, statement.days)
        case Action.OPEN:
            _open_days(rules, statement)
        case Action.PUT_OFF:
            changes.put_off(rules, statement)
        case Action.BEGINS | Action.ENDS | Action.EXTENDED:
            changes.until(rules, statement)
        case Action.PRICED:
            changes.priced(rules, statement)
        case Action.NO_BREAK:
            if any(map(has_noon_gap, _said_of(rules, statement))):
                rules.warn("noon_break_contradicts", statement)
        case Action.NO_REST:
            closes = any(rule.effect == Effect.REPLACE and not rule.sessions for rule in rules.rules)
            if closes or len(rules.usual.closed_weekdays) not in (0, 7):
                rules.warn("days_contradict", statement)


def _said_of(rules: RuleSet, statement: Statement) -> list[Sessions]:
    """The hours that a remark is about: in brackets those right before it, else all."""
    before = [
        each for each in rules.statements if each.action == Action.HOURS and each.start < statement.start
    ]
    if statement.in_brackets and before:
        return [tuple(span.session() for span in before[-1].spans)]
    return [rule.sessions for rule in rules.rules]


def _close(rules: RuleSet, statement: Statement) -> None:
    days = statement.days
    if days is None:
        if statement.spans:
            days = Days((Matcher(),))
        elif any(rule.sessions for rule in rules.rules):
            rules.reject("closing_without_days", statement)
            return
        else:
            rules.put(Matcher(), ())
            return
    if days.rest and not days.names_days and not statement.spans:
        return  # 其余时间不开放: no rule names them
    if days.matchers or days.every or statement.spans:
        for matcher in days.matchers or (Matcher(),):
            _close_days(rules, matcher, statement)
    rules.yearly += [(each, ()) for each in days.yearly]


def _close_days(rules: RuleSet, matcher: Matcher, statement: Statement) -> None:
    excepted = [each for days in statement.excepted for each in days.matchers]
    if any(each.day_types == _MAKEUP for each in excepted) and matcher.weekdays:
        rules.makeup_days(matcher.weekdays)
        matcher = days_off(matcher)
        excepted = [each for each in excepted if each.day_types != _MAKEUP]
    windows = [(span.opens, span.closes) for span in statement.spans]
    if not windows:
        weekdays = set(ordinary_weekdays(matcher))
        opened = rules.opened_weekdays()
        if opened and weekdays >= opened:
            rules.reject("days_contradict", statement)
            return
        rules.put(matcher, ())
    elif excepted:
        for each, sessions in rules.usual.groups(matcher):
            rules.put(each, cut(sessions, windows))
    else:
        _subtract(rules, matcher, statement, windows)
    for each in excepted:
        rules.reopen(each, matcher, statement)


def _subtract(rules: RuleSet, matcher: Matcher, statement: Statement, windows: list[tuple[int, int]]) -> None:
    if not rules.rules:
        rules.warn("hours_missing", statement)
    usual = [each for _, found in rules.usual.groups(matcher) for each in found]
    if any(each.opens < _EVENING < each.closes for each in usual):
        # With no break before the evening, an afternoon that is closed ends with the day.
        windows = [(opens, DAY_MINUTES if closes == _EVENING else closes) for opens, closes in windows]
    sessions = tuple(Session(opens, closes) for opens, closes in windows)
    rules.rules.append(Rule("", Effect.SUBTRACT, matcher, sessions))


def _except_hours(rules: RuleSet, statement: Statement, excepted: Days) -> None:
    """Close the exceptions of hours: 每天9:00-17:00（周一除外）. Outside of the open days they are open."""
    for matcher in excepted.matchers:
        if matcher.day_types == _MAKEUP:
            continue
        weekdays = matcher.weekdays
        if (
            matcher.kind == MatcherKind.HOLIDAY
            and weekdays
            and not set(weekdays) & set(rules.usual.of_weekday)
        ):
            rules.reopen(matcher, Matcher(MatcherKind.WEEKDAYS, weekdays=weekdays), statement)
        elif matcher.kind != MatcherKind.WEEKDAYS or not statement.names_days:
            rules.put(_of_these_hours(rules, matcher, statement), ())
    rules.yearly += [(days, ()) for days in excepted.yearly]


def _of_these_hours(rules: RuleSet, excepted: Matcher, statement: Statement) -> Matcher:
    """Beside other hours, an exception is one to the days of its own."""
    others = [each for each in rules.statements if each.action == Action.HOURS and each is not statement]
    weekdays = statement.days.weekdays if statement.days else ()
    if (
        statement.action != Action.HOURS
        or not others
        or excepted.weekdays
        or excepted.kind == MatcherKind.WEEKDAYS
    ):
        return excepted
    rules.warn("exception_unclear", statement)
    return replace(excepted, weekdays=weekdays)


def _as_usual(rules: RuleSet, statement: Statement, days: Days | None) -> None:
    if days is None or not rules.usual.is_known:
        if days and days.names_days:
            rules.reject("hours_missing", statement)
        return
    for matcher in days.matchers:
        if matcher.kind == MatcherKind.WEEKDAYS:
            _usual_weekdays(rules, matcher.weekdays, statement)
        elif not matcher.day_types or matcher.day_types != _MAKEUP:
            _usual_special(rules, matcher, statement)
        else:
            rules.makeup_days((5, 6))
    if days.yearly:
        rules.reject("as_usual_unclear", statement)


def _usual_weekdays(rules: RuleSet, weekdays: tuple[int, ...], statement: Statement) -> None:
    if any(weekday not in rules.usual.of_weekday for weekday in weekdays):
        rules.reject("days_contradict", statement)


def _told_closed(rules: RuleSet) -> set[int]:
    """The weekdays of which the text says that they are closed."""
    closings = [each.days for each in rules.statements if each.action == Action.CLOSED and not each.spans]
    return {day for days in closings if days for day in days.weekdays}


def _usual_special(rules: RuleSet, matcher: Matcher, statement: Statement) -> None:
    shared, closed = rules.usual.sessions, rules.usual.closed_weekdays
    if any(rule.matcher == matcher and rule.sessions for rule in rules.rules):
        return  # its own hours are told
    if shared:
        rules.put(matcher, shared)
        is_told = set(closed) <= _told_closed(rules)
        if len(closed) > _MOST_CLOSED_WEEKDAYS and not matcher.weekdays and not is_told:
            rules.warn("as_usual_unclear", statement)
        return
    for each, sessions in rules.usual.groups(replace(matcher, weekdays=matcher.weekdays or tuple(range(7)))):
        rules.put(each, sessions)
    if closed:
        rules.warn("usual_hours_differ", statement)


def _open_days(rules: RuleSet, statement: Statement) -> None:
    """周二至周日开放 gives its days to the hours; other days that are open have the usual hours."""
    days = statement.days
    if days is None:
        return
    special = tuple(matcher for matcher in days.matchers if not ordinary_weekdays(matcher))
    if special:
        _as_usual(rules, statement, replace(days, matchers=special))
    elif days.names_days and not rules.usual.is_known:
        rules.reject("hours_missing", statement)
    elif any(weekday not in rules.usual.of_weekday for weekday in days.weekdays):
        rules.reject("days_contradict", statement)
