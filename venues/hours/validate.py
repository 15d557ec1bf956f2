"""What is wrong with hours as entered: each problem has a code, the place of it, and what to tell.

The engine survives every one of these; a page is not published with an error among them.
"""

import calendar as months
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

from venues.hours.day_facts import Calendar
from venues.hours.model import (
    LAST_MINUTE,
    Day,
    DayType,
    Effect,
    Matcher,
    MatcherKind,
    Rule,
    Schedule,
    Session,
    VenueHours,
)
from venues.hours.resolve import resolve_day

Path = tuple[str | int, ...]


class Severity(StrEnum):
    """Errors keep hours from being published; warnings ask the editor to look again, hints may be left."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `path` leads to the field: schedule and rule by key, session by its place in the rule.

    ("schedules", "base", "rules", "daily", "sessions", 0, "last_entry")
    """

    code: str
    path: Path
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR


def problems(hours: VenueHours, calendar: Calendar, days: Iterable[date]) -> list[Problem]:
    """Return every problem of `hours`: of its fields first, then the conflicts on any of `days`.

    A conflict between the same two rules is told once, with its first day and the number of days.
    """
    return field_problems(hours) + _conflicts(hours, calendar, days)


def field_problems(hours: VenueHours) -> list[Problem]:
    """Return what is wrong with the fields of `hours`, whatever the calendar."""
    found = list(_duplicates("duplicate_area", ("areas",), [area.key for area in hours.areas]))
    found += _duplicates("duplicate_schedule", ("schedules",), [schedule.key for schedule in hours.schedules])
    area_keys = {"", *(area.key for area in hours.areas)}
    for schedule in hours.schedules:
        found += _of_schedule(schedule, area_keys)
    return found


def _duplicates(code: str, path: Path, keys: Sequence[str]) -> Iterator[Problem]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield Problem(code, (*path, key), {"key": key})


def _of_schedule(schedule: Schedule, area_keys: set[str]) -> Iterator[Problem]:
    path: Path = ("schedules", schedule.key)
    if schedule.area not in area_keys:
        yield Problem("unknown_area", (*path, "area"), {"area": schedule.area})
    if schedule.valid_from and schedule.valid_to and schedule.valid_to < schedule.valid_from:
        yield Problem("dates_reversed", (*path, "valid_to"))
    yield from _of_season(schedule, path)
    if not schedule.rules:
        yield Problem("rules_missing", (*path, "rules"), severity=Severity.WARNING)
    yield from _duplicates("duplicate_rule", (*path, "rules"), [rule.key for rule in schedule.rules])
    for rule in schedule.rules:
        yield from _of_rule(rule, (*path, "rules", rule.key))


def _of_season(schedule: Schedule, path: Path) -> Iterator[Problem]:
    if bool(schedule.annual_from) != bool(schedule.annual_to):
        yield Problem("season_incomplete", (*path, "annual_to" if schedule.annual_from else "annual_from"))
    for name, month_day in (("annual_from", schedule.annual_from), ("annual_to", schedule.annual_to)):
        if month_day and not _exists(*month_day):
            yield Problem("no_such_day", (*path, name), {"month": month_day[0], "day": month_day[1]})


def _exists(month: int, day: int) -> bool:
    """29 February counts: a season may end on it."""
    return 1 <= month <= 12 and 1 <= day <= months.monthrange(2024, month)[1]


def _of_rule(rule: Rule, path: Path) -> Iterator[Problem]:
    yield from _of_matcher(rule.matcher, (*path, "matcher"))
    if not rule.sessions and rule.effect != Effect.REPLACE:
        yield Problem(f"no_sessions_for_{rule.effect}", (*path, "sessions"))
    for index, session in enumerate(rule.sessions):
        yield from _of_session(session, (*path, "sessions", index))
    for (_, one), (index, other) in combinations(enumerate(rule.sessions), 2):
        if _overlap(one, other):
            params = {"first": [one.opens, one.closes], "second": [other.opens, other.closes]}
            yield Problem("overlapping_sessions", (*path, "sessions", index, "opens"), params)


def _of_session(session: Session, path: Path) -> Iterator[Problem]:
    params = {"opens": session.opens, "closes": session.closes, "last_entry": session.last_entry}
    if not 0 <= session.opens < LAST_MINUTE:
        yield Problem("time_out_of_range", (*path, "opens"), params)
    if not 0 < session.closes <= LAST_MINUTE:
        yield Problem("time_out_of_range", (*path, "closes"), params)
    if session.closes <= session.opens:
        yield Problem("end_before_start", (*path, "closes"), params)
    elif session.last_entry is not None and not session.opens <= session.last_entry <= session.closes:
        yield Problem("last_entry_outside", (*path, "last_entry"), params)


def _overlap(one: Session, other: Session) -> bool:
    """Sessions for different people may overlap; touching is no overlap."""
    same_people = (one.state, one.audience) == (other.state, other.audience)
    return same_people and one.opens < other.closes and other.opens < one.closes


_NEEDS_WEEKDAYS = frozenset({MatcherKind.WEEKDAYS, MatcherKind.NTH_WEEKDAY, MatcherKind.PUT_OFF})


def _of_matcher(matcher: Matcher, path: Path) -> Iterator[Problem]:
    if matcher.weekdays and matcher.kind not in _NEEDS_WEEKDAYS:
        yield from _of_choices("weekdays", matcher.weekdays, range(7), path)
    match matcher.kind:
        case MatcherKind.WEEKDAYS:
            yield from _of_choices("weekdays", matcher.weekdays, range(7), path)
        case MatcherKind.DAY_TYPE:
            yield from _of_choices("day_types", matcher.day_types, list(DayType), path)
        case MatcherKind.DATES:
            if matcher.first is None:
                yield Problem("dates_missing", (*path, "first"))
            elif matcher.last is not None and matcher.last < matcher.first:
                yield Problem("dates_reversed", (*path, "last"))
        case MatcherKind.NTH_WEEKDAY:
            yield from _of_choices("weekdays", matcher.weekdays, range(7), path)
            yield from _of_choices("nth", matcher.nth, (1, 2, 3, 4, 5, -1), path)
        case MatcherKind.PUT_OFF:
            yield from _of_choices("weekdays", matcher.weekdays, range(7), path)
        case MatcherKind.LUNAR_DAY:
            if matcher.lunar_month is not None and not 1 <= matcher.lunar_month <= 12:
                yield Problem("value_unknown", (*path, "lunar_month"), {"value": matcher.lunar_month})
            if matcher.lunar_days or not matcher.lunar_new_years_eve:
                yield from _of_choices("lunar_days", matcher.lunar_days, range(1, 31), path)


def _of_choices(
    name: str, chosen: Sequence[int | str], known: Sequence[int | str], path: Path
) -> Iterator[Problem]:
    if not chosen:
        yield Problem(f"{name}_missing", (*path, name))
    for value in chosen:
        if value not in known:
            yield Problem("value_unknown", (*path, name), {"value": value})


def _conflicts(hours: VenueHours, calendar: Calendar, days: Iterable[date]) -> list[Problem]:
    """Return the conflicts on `days`, and warn where one notice opens what another one closes."""
    rules = {
        f"{schedule.key}/{rule.key}": (schedule, rule)
        for schedule in hours.schedules
        for rule in schedule.rules
    }
    found: dict[tuple[str, str, str, str], list[date]] = {}
    for day in sorted(set(days)):
        for area in hours.areas_in_use:
            resolved = resolve_day(hours, area.key, day, calendar)
            pairs = [("conflict", one.first.name, one.second.name) for one in resolved.conflicts]
            pairs += [("opens_closed_day", *pair) for pair in _reopened(resolved, rules)]
            for code, first, second in pairs:
                found.setdefault((code, area.key, first, second), []).append(day)
    return [
        Problem(
            code,
            ("schedules", rules[second][0].key, "rules", rules[second][1].key),
            {
                "first": first,
                "second": second,
                "area": area,
                "date": dates[0].isoformat(),
                "days": len(dates),
            },
            Severity.ERROR if code == "conflict" else Severity.WARNING,
        )
        for (code, area, first, second), dates in sorted(found.items())
    ]


def _reopened(day: Day, rules: Mapping[str, tuple[Schedule, Rule]]) -> set[tuple[str, str]]:
    """Return pairs of rules: one that closes the day and one, of another notice, that opens hours on it."""
    closing = [
        name
        for name in (day.because.name, *day.because.overrode)
        if name in rules and rules[name][0].notice and _closes(rules[name][1])
    ]
    adding = {span.because.name for span in day.spans if span.because.notice}
    return {
        (closed, added)
        for closed in closing
        for added in adding
        if rules[added][1].effect == Effect.ADD and rules[added][0].notice != rules[closed][0].notice
    }


def _closes(rule: Rule) -> bool:
    return rule.effect == Effect.REPLACE and not rule.sessions
