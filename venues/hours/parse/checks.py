"""What contradicts itself, what was left unread, and how far the reading can be trusted."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, combinations

from venues.hours.matching import specificity
from venues.hours.model import Effect, Matcher, MatcherKind, Rule
from venues.hours.parse.periods import Season
from venues.hours.parse.reader import Reader
from venues.hours.parse.result import Confidence, Unread, Warning_
from venues.hours.parse.statements import Action, Statement
from venues.hours.parse.words import Word

# An assumption that the documentation states, and that holds unless the text says otherwise.
NOTES = frozenset({"season_limits_assumed", "tickets_taken_for_entry"})
_JOINS_UNREAD = frozenset(
    {Word.NOISE, Word.AFTERWARDS, Word.MEETS, Word.LABEL, Word.AND, Word.DURING, Word.CONDITION}
)


def check_rules(reader: Reader, rules: Sequence[Rule], statements: Sequence[Statement]) -> None:
    """Warn of two rules of equal rank that want different things of one day, and of sessions that cannot be."""
    start, end = min(each.start for each in statements), max(each.end for each in statements)
    for first, second in contradictions(rules):
        reader.warn("rules_contradict", start, end, first=first, second=second)
    deciding = [rule for rule in rules if rule.effect == Effect.REPLACE]
    daily = next((rule for rule in deciding if rule.matcher == Matcher()), None)
    for rule in deciding:
        if daily and rule.sessions and rule is not daily and _stands_beside(rule, daily):
            reader.warn("adds_or_replaces", start, end, rule=rule.key)
    _check_weekend(reader, rules, statements)
    _check_all_day(reader, rules, statements)
    _check_vacations(reader, rules, statements)


def contradictions(rules: Iterable[Rule]) -> list[tuple[str, str]]:
    """Return the keys of rules of equal rank that can meet on a day and want different things of it."""
    deciding = [rule for rule in rules if rule.effect == Effect.REPLACE]
    return [
        (one.key, other.key)
        for one, other in combinations(deciding, 2)
        if specificity(one.matcher) == specificity(other.matcher)
        and one.sessions != other.sessions
        and may_meet(one.matcher, other.matcher)
    ]


def _stands_beside(rule: Rule, daily: Rule) -> bool:
    """Hours of some days after those of every day: they may be meant beside them."""
    if not daily.sessions or not rule.matcher.weekdays:
        return False
    ends = max(session.closes for session in daily.sessions)
    return all(session.opens >= ends for session in rule.sessions)


def _check_all_day(reader: Reader, rules: Sequence[Rule], statements: Sequence[Statement]) -> None:
    """全天 beside hours with a break may mean: without the break."""
    if not any(len(rule.sessions) > 1 for rule in rules):
        return
    for span in (span for statement in statements for span in statement.spans):
        if reader.source[span.start : span.end] in ("全天", "全日"):
            reader.warn("all_day_unclear", span.start, span.end)


def _check_vacations(reader: Reader, rules: Sequence[Rule], statements: Sequence[Statement]) -> None:
    """暑假9:00-20:00 beside 周一闭馆: whether Mondays of the vacation are open is not said."""
    closes_weekly = any(rule.matcher.kind == MatcherKind.WEEKDAYS and not rule.sessions for rule in rules)
    for statement in statements:
        days = statement.days
        if not closes_weekly or statement.action != Action.HOURS or days is None or days.each_day:
            continue
        school = {MatcherKind.VACATION, MatcherKind.TERM}
        if any(each.kind in school and not each.weekdays for each in days.matchers):
            reader.warn("closing_in_vacation", statement.start, statement.end)


def _check_weekend(reader: Reader, rules: Sequence[Rule], statements: Sequence[Statement]) -> None:
    """工作日 … 节假日 …: without 法定, 节假日 may mean the weekends too."""
    kinds = {rule.matcher.kind: rule for rule in rules}
    workday = any("workday" in rule.matcher.day_types for rule in rules)
    if not workday or MatcherKind.HOLIDAY not in kinds:
        return
    if MatcherKind.WEEKDAYS in kinds or MatcherKind.EVERY_DAY in kinds:
        return
    if any("day_off" in rule.matcher.day_types for rule in rules):
        return
    for statement in statements:
        days = statement.days
        if days and reader.source[days.start : days.end].startswith(("节假日", "節假日")):
            reader.warn("weekend_not_named", days.start, days.end)


def may_meet(one: Matcher, other: Matcher) -> bool:
    """Tell whether two matchers of the same rank can match the same day."""
    narrowed = one.kind != MatcherKind.EVERY_DAY and one.weekdays and other.weekdays
    if narrowed and set(one.weekdays).isdisjoint(other.weekdays):
        return False
    if one.kind != other.kind:
        return True
    match one.kind:
        case MatcherKind.DATES:
            return _dates_meet(one, other)
        case MatcherKind.HOLIDAY:
            return not one.holidays or not other.holidays or not set(one.holidays).isdisjoint(other.holidays)
        case MatcherKind.DAY_TYPE:
            return not set(one.day_types).isdisjoint(other.day_types) or _differ_in_kind(one, other)
        case MatcherKind.NTH_WEEKDAY:
            return not set(one.nth).isdisjoint(other.nth) or (
                -1 in (*one.nth, *other.nth) and one.nth != other.nth
            )
        case MatcherKind.LUNAR_DAY:
            return _lunar_days_meet(one, other)
        case MatcherKind.VACATION:
            return (
                not one.vacations or not other.vacations or not set(one.vacations).isdisjoint(other.vacations)
            )
        case _:
            return True


def _dates_meet(one: Matcher, other: Matcher) -> bool:
    if one.first is None or other.first is None:
        return False
    first, second = (one, other) if one.first <= other.first else (other, one)
    return first.last is None or (second.first is not None and second.first <= first.last)


def _differ_in_kind(one: Matcher, other: Matcher) -> bool:
    """Eves, days after, make-up days can fall together; a workday is no day off."""
    whole = {"workday", "day_off"}
    return not (set(one.day_types) <= whole and set(other.day_types) <= whole)


def _lunar_days_meet(one: Matcher, other: Matcher) -> bool:
    if one.lunar_month and other.lunar_month and one.lunar_month != other.lunar_month:
        return False
    if one.lunar_new_years_eve and other.lunar_new_years_eve:
        return True
    return not set(one.lunar_days).isdisjoint(other.lunar_days)


def check_seasons(
    reader: Reader, seasonal: Mapping[Season, list[Statement]], always: Sequence[Statement]
) -> None:
    """Warn when one season has a closing that another, which names no days of its own, has not."""
    shared = {_closing(each) for each in always if each.action == Action.CLOSED}
    closings = {
        season: {_closing(each) for each in statements if each.action == Action.CLOSED} | shared
        for season, statements in seasonal.items()
    }
    every = set().union(*closings.values()) if closings else set()
    for season, statements in seasonal.items():
        hours = [each for each in statements if each.action == Action.HOURS]
        if hours and any(each.days is None for each in hours) and closings[season] != every:
            reader.warn("closing_of_which_season", hours[0].start, hours[0].end)


def _closing(statement: Statement) -> tuple[Matcher, ...]:
    return statement.days.matchers if statement.days else ()


def unread_of(reader: Reader) -> tuple[Unread, ...]:
    """Return the stretches that nothing was made of, neighbours as one.

    A filler inside or right beside unknown words belongs to them: 考试周, 视活动安排.
    """
    tokens = reader.tokens
    rejected = _rejected(reader)
    unread = [not taken or back for taken, back in zip(reader.taken, rejected, strict=True)]
    for order in (range(len(tokens)), range(len(tokens) - 1, -1, -1)):
        step = 1 if order.step > 0 else -1
        for index in order:
            neighbour = index - step
            if not unread[index] and tokens[index].kind in _JOINS_UNREAD and 0 <= neighbour < len(tokens):
                first, second = sorted((index, neighbour))
                unread[index] = (
                    unread[neighbour]
                    and tokens[first].end == tokens[second].start
                    and (tokens[neighbour].kind in (Word.UNKNOWN, *_JOINS_UNREAD))
                )
    return _stretches(reader, unread)


def _rejected(reader: Reader) -> list[bool]:
    """Tell for each token whether it lies in a stretch that was given back."""
    depth = [0] * (len(reader.source) + 1)
    for start, end in set(reader.rejected):
        depth[start] += 1
        depth[end] -= 1
    inside = list(accumulate(depth))
    return [bool(inside[token.start]) for token in reader.tokens]


_NO_WORDS = frozenset({Word.STOP, Word.COLON, Word.AND, Word.OPENING, Word.CLOSING})


def _stretches(reader: Reader, unread: Sequence[bool]) -> tuple[Unread, ...]:
    found: list[tuple[int, int]] = []
    follows = False
    for token, is_unread in zip(reader.tokens, unread, strict=True):
        if token.kind in _NO_WORDS:
            continue
        if is_unread and follows:
            found[-1] = (found[-1][0], token.end)
        elif is_unread:
            found.append((token.start, token.end))
        follows = is_unread
    return tuple(Unread(start, end, reader.source[start:end]) for start, end in found)


def confidence_of(
    rules: Iterable[object], unread: Sequence[Unread], warnings: Iterable[Warning_]
) -> Confidence:
    """Return how far the reading can be trusted; `rules` is what came out of it."""
    if not any(True for _ in rules):
        return Confidence.NONE
    doubts = [warning for warning in warnings if warning.code not in NOTES]
    return Confidence.PARTIAL if unread or doubts else Confidence.COMPLETE
