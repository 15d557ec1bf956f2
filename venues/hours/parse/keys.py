"""Short stable names for rules and schedules: daily, tue-sun, holiday, season-05-01-09-30."""

from collections.abc import Iterable
from dataclasses import replace

from venues.hours.model import Effect, Matcher, MatcherKind, Rule

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_LONGEST = 36


def with_keys(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules, each with a key of its own."""
    taken: set[str] = set()
    keyed = []
    for rule in rules:
        key = unique(_key(rule), taken)
        keyed.append(replace(rule, key=key))
    return tuple(keyed)


def unique(key: str, taken: set[str]) -> str:
    """Return `key`, with a number when it is taken already, and take it."""
    key = key[:_LONGEST].rstrip("-")
    chosen, number = key, 1
    while chosen in taken:
        number += 1
        chosen = f"{key}-{number}"
    taken.add(chosen)
    return chosen


def _key(rule: Rule) -> str:
    days = _days(rule.matcher)
    if rule.effect == Effect.ADD:
        return f"extra-{days}"
    if rule.effect == Effect.SUBTRACT:
        return f"without-{days}"
    return days


def _days(matcher: Matcher) -> str:
    weekdays = _weekdays(matcher.weekdays)
    match matcher.kind:
        case MatcherKind.EVERY_DAY:
            return "daily"
        case MatcherKind.WEEKDAYS:
            return weekdays
        case MatcherKind.NTH_WEEKDAY:
            return "-".join([*(_ORDINALS[number] for number in matcher.nth), weekdays])
        case MatcherKind.PUT_OFF:
            return f"put-off-{weekdays}"
        case _:
            return f"{_special(matcher)}-{weekdays}".rstrip("-")


def _special(matcher: Matcher) -> str:
    match matcher.kind:
        case MatcherKind.DAY_TYPE:
            return "-".join(matcher.day_types).replace("_", "-")
        case MatcherKind.HOLIDAY:
            return "-".join(matcher.holidays).replace("_", "-") or "holiday"
        case MatcherKind.DATES:
            ends = [day for day in (matcher.first, matcher.last) if day]
            return "-".join(dict.fromkeys(day.strftime("%Y%m%d") for day in ends))
        case MatcherKind.LUNAR_DAY:
            eve = ["new-years-eve"] if matcher.lunar_new_years_eve else []
            days = [str(day) for day in dict.fromkeys((*matcher.lunar_days[:1], *matcher.lunar_days[-1:]))]
            month = [str(matcher.lunar_month)] if matcher.lunar_month else []
            return "-".join([*eve, *(["lunar", *month, *days] if days else [])])
        case _:
            kinds = matcher.vacations if matcher.kind == MatcherKind.VACATION else ()
            return "-".join([*kinds, matcher.kind.value, *matcher.levels])


def _weekdays(weekdays: tuple[int, ...]) -> str:
    """Return tue-sun for days in a row, mon-wed-fri for others."""
    follows = all((one + 1) % 7 == other for one, other in zip(weekdays, weekdays[1:], strict=False))
    if len(weekdays) > 2 and follows:
        return f"{_WEEKDAYS[weekdays[0]]}-{_WEEKDAYS[weekdays[-1]]}"
    return "-".join(_WEEKDAYS[day] for day in weekdays)
