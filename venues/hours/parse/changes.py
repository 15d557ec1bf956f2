"""What a text says in relation to the usual hours: put off, longer, also, at another price."""

from collections.abc import Iterator
from dataclasses import replace

from venues.hours.model import (
    DAY_MINUTES,
    Effect,
    Kind,
    Matcher,
    MatcherKind,
    PutOff,
    Rule,
)
from venues.hours.parse.days import each_matcher
from venues.hours.parse.ruleset import RuleSet
from venues.hours.parse.sessions import cut, in_way
from venues.hours.parse.statements import Action, Statement
from venues.hours.parse.usual import Sessions, narrowed, ordinary_weekdays


def put_off(rules: RuleSet, statement: Statement) -> None:
    """Close the day to which a weekly closing on a holiday is put off, and open the holiday."""
    closings = [
        matcher.weekdays
        for other in rules.statements
        if other.action == Action.CLOSED and not other.spans and other.days
        for matcher in other.days.matchers
        if matcher.kind == MatcherKind.WEEKDAYS
    ]
    named = [matcher.weekdays for matcher in statement.days.matchers] if statement.days else []
    weekdays = next((each for each in (*named, *closings) if each), ())
    if not weekdays or not rules.usual.is_known:
        rules.reject("put_off_unclear", statement)
        return
    if not closings and not set(weekdays) <= set(rules.usual.closed_weekdays):
        rules.warn("put_off_unclear", statement)
    if not any(each.is_about_holidays for each in rules.statements):
        rules.warn("put_off_unclear", statement)
    if statement.put_off_to is None:
        rules.warn("put_off_day_assumed", statement)
    rules.reopen(
        Matcher(MatcherKind.HOLIDAY, weekdays=weekdays),
        Matcher(MatcherKind.WEEKDAYS, weekdays=weekdays),
        statement,
    )
    instead = Matcher(
        MatcherKind.PUT_OFF, weekdays=weekdays, put_off_to=statement.put_off_to or PutOff.AFTER_HOLIDAY
    )
    rules.put(instead, ())


def until(rules: RuleSet, statement: Statement) -> None:
    """Let the usual hours of the days begin or end at the minute that is told; longer ones are extended."""
    extends = statement.action == Action.EXTENDED
    if not rules.usual.is_known or (statement.days and statement.days.yearly):
        rules.reject("hours_missing", statement)
        return
    for matcher, sessions in list(_related(rules, statement)):
        last = max(sessions, key=lambda session: session.closes)
        if statement.action == Action.BEGINS:
            _begin(rules, matcher, sessions, statement)
            continue
        if extends and statement.minute > last.closes:
            longer = replace(
                last, opens=last.closes, closes=statement.minute, last_entry=None, kind=Kind.EXTENDED
            )
            longer = in_way(longer, statement, only_open=False)
            rules.replace(matcher, (*sessions, longer))
            if last.last_entry is not None:
                rules.warn("last_entry_unclear", statement)
        elif not extends and statement.minute > last.closes:
            rules.replace(matcher, (*sessions[:-1], replace(last, closes=statement.minute, last_entry=None)))
        elif extends or statement.minute <= min(session.opens for session in sessions):
            rules.reject("hours_contradict", statement)
        else:
            if last.last_entry is not None:
                rules.warn("last_entry_unclear", statement)
            rules.replace(matcher, cut(sessions, [(statement.minute, 2 * DAY_MINUTES)]))


def _related(rules: RuleSet, statement: Statement) -> Iterator[tuple[Matcher, Sessions]]:
    """Yield the days of a statement by their usual hours; a statement without days is about every day."""
    for matcher in each_matcher(statement.days) if statement.days else (Matcher(),):
        special = [
            rule.sessions for rule in rules.rules if rule.matcher == matcher and rule.effect == Effect.REPLACE
        ]
        if special and special[0]:
            yield matcher, special[0]
            continue
        found = rules.usual.groups(matcher)
        if not found and rules.usual.sessions:
            found = [(matcher, rules.usual.sessions)]
            rules.warn("usual_hours_missing", statement)
        if not found or (matcher.kind != MatcherKind.EVERY_DAY and not _covers(rules, found, matcher)):
            rules.warn("usual_hours_missing", statement)
        yield from found


def _covers(rules: RuleSet, found: list[tuple[Matcher, Sessions]], matcher: Matcher) -> bool:
    if matcher.kind != MatcherKind.WEEKDAYS:
        return bool(found)
    return {day for each, _ in found for day in ordinary_weekdays(each)} >= set(matcher.weekdays)


def _begin(rules: RuleSet, matcher: Matcher, sessions: Sessions, statement: Statement) -> None:
    first, *others = sessions
    if statement.minute >= first.closes:
        rules.reject("hours_contradict", statement)
        return
    rules.replace(matcher, (replace(first, opens=statement.minute), *others))


def add(rules: RuleSet, statement: Statement) -> None:
    """Add sessions to the usual ones of their days; where those are not known, the engine adds them."""
    added = tuple(span.session() for span in statement.spans)
    for matcher in each_matcher(statement.days) if statement.days else (Matcher(),):
        if not rules.usual.is_known:
            rules.rules.append(Rule("", Effect.ADD, matcher, added))
            continue
        weekdays = set(ordinary_weekdays(matcher))
        if weekdays and not weekdays & set(rules.usual.of_weekday):
            rules.put(matcher, added)  # hours when others rest, on days without usual ones
            continue
        for each, sessions in _groups_with_rest(rules, matcher):
            windows = [(session.opens, session.closes) for session in sessions]
            more = [piece for session in added for piece in cut((session,), windows)]
            if not more:
                rules.reject("hours_contradict", statement)
                continue
            together = tuple(sorted((*sessions, *more), key=lambda session: session.opens))
            rules.replace(each, together)


def _groups_with_rest(rules: RuleSet, matcher: Matcher) -> list[tuple[Matcher, Sessions]]:
    """The days of `matcher` by their usual hours, weekdays without any among them too."""
    existing = [rule.sessions for rule in rules.rules if rule.matcher == matcher]
    if existing:
        return [(matcher, existing[0])]
    found = rules.usual.groups(matcher)
    named = matcher.weekdays if matcher.kind == MatcherKind.WEEKDAYS else ()
    without = tuple(day for day in named if day not in rules.usual.of_weekday)
    return [*found, (narrowed(Matcher(), without), ())] if without else found


def _as_before(
    rules: RuleSet, excepted: Matcher, matcher: Matcher, sessions: Sessions, statement: Statement
) -> None:
    """Keep the way of the usual hours on an exception: 每周二免费（法定节假日除外）."""
    if excepted.kind != MatcherKind.HOLIDAY or matcher.kind != MatcherKind.WEEKDAYS or excepted.weekdays:
        rules.reject("exception_unclear", statement)
    else:
        rules.put(replace(excepted, weekdays=matcher.weekdays), sessions)


def priced(rules: RuleSet, statement: Statement) -> None:
    """Give the usual hours a price or a state: on the days named, or all of them."""
    days = statement.days
    if days is None:
        rules.rules = [
            replace(rule, sessions=tuple(in_way(each, statement, only_open=True) for each in rule.sessions))
            if rule.effect == Effect.REPLACE
            else rule
            for rule in rules.rules
        ]
        return
    if not rules.usual.is_known:
        rules.reject("hours_missing", statement)
        return
    for matcher, sessions in list(_related(rules, replace(statement, days=replace(days, yearly=())))):
        if days.names_days and not days.matchers:
            break
        rules.replace(matcher, tuple(in_way(each, statement, only_open=False) for each in sessions))
        for excepted in (each for days in statement.excepted for each in days.matchers):
            _as_before(rules, excepted, matcher, sessions, statement)
    if days.yearly and rules.usual.sessions and not rules.usual.closed_weekdays:
        sessions = tuple(in_way(each, statement, only_open=False) for each in rules.usual.sessions)
        rules.yearly += [(each, sessions) for each in days.yearly]
    elif days.yearly:
        rules.reject("usual_hours_differ", statement)
