"""What a notice says in words, as the effects that its form holds.

A text about the hours of a venue becomes rules; a notice is about dates. So every rule is laid on the dates
that it names, and one that names none is left for the editor, who sees it beside the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from openness.core.calendars.days import CityCalendar, city_calendar, days_between
from venues import hours
from venues.form_fields import Effect
from venues.hours.matching import is_valid_on, matches
from venues.understanding import Understanding

# How far ahead a holiday or a date without its year is looked for.
LOOKED_AHEAD = timedelta(days=400)
# More stretches than this are a weekly rule and no notice.
MAX_STRETCHES = 31
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """The effects, and the hours of the text that are none because they name no dates.

    ``areas`` are names of parts of the venue that none of the chosen venues has.
    """

    effects: tuple[Effect, ...]
    left: tuple[hours.VenueHours, ...]
    areas: tuple[str, ...]


def effects_in(found: Understanding, areas: Mapping[str, str], today: date) -> Reading:
    """Return what the text does to which dates. ``areas`` are names by key, of the chosen venues. Three queries."""
    calendar = city_calendar(today, today + LOOKED_AHEAD)
    keys = {"".join(name.split()): key for key, name in areas.items()}
    effects: list[Effect] = []
    left: list[hours.VenueHours] = []
    strangers: list[str] = []
    for name, schedules in [("", found.schedules), *found.areas]:
        key = keys.get("".join(name.split())) if name else ""
        if key is None:
            strangers.append(name)
            continue
        for schedule in schedules:
            for rule in schedule.rules:
                stretches = _stretches(schedule, rule.matcher, calendar, today)
                if not stretches:
                    left.append(hours.VenueHours(schedules=(replace(schedule, rules=(rule,)),)))
                for first, last in stretches:
                    effects += _effects(rule, first, last, key)
    return Reading(tuple(effects), tuple(left), tuple(strangers))


def _effects(rule: hours.Rule, first: date, last: date | None, area: str) -> Iterator[Effect]:
    if rule.effect == hours.Effect.SUBTRACT:
        for session in rule.sessions:
            yield Effect(
                hours.EffectKind.CLOSE,
                first,
                last,
                area,
                window_opens=session.opens,
                window_closes=session.closes,
            )
    elif rule.effect == hours.Effect.ADD:
        yield Effect(hours.EffectKind.EXTEND, first, last, area, sessions=rule.sessions)
    else:
        kind = hours.EffectKind.CHANGE if rule.sessions else hours.EffectKind.CLOSE
        yield Effect(kind, first, last, area, sessions=rule.sessions)


def _stretches(
    schedule: hours.Schedule, matcher: hours.Matcher, calendar: CityCalendar, today: date
) -> list[tuple[date, date | None]]:
    """Return the days of a rule as stretches of dates; none for a rule that goes on week after week."""
    first, last = schedule.valid_from, schedule.valid_to
    if matcher.kind == hours.MatcherKind.DATES:
        first, last = matcher.first or first, matcher.last or last
    is_endless = first is not None and last is None and not matcher.weekdays
    if is_endless and matcher.kind in {hours.MatcherKind.DATES, hours.MatcherKind.EVERY_DAY}:
        return [(first, None)] if first else []
    if first is not None and last is not None:
        if last - first > LOOKED_AHEAD:
            return []
        runs = _runs(schedule, matcher, city_calendar(first, last), first, last)
        return [*runs] if len(runs) <= MAX_STRETCHES else []
    names_a_time = bool(schedule.annual_from) or (
        matcher.kind in {hours.MatcherKind.HOLIDAY, hours.MatcherKind.LUNAR_DAY} and _is_named(matcher)
    )
    if first is not None or last is not None or not names_a_time:
        return []
    # A time of the year without its year is the coming one.
    runs = _runs(schedule, matcher, calendar, today, today + LOOKED_AHEAD)
    return [*runs[:1]]


def _is_named(matcher: hours.Matcher) -> bool:
    return bool(matcher.holidays or matcher.lunar_month or matcher.lunar_new_years_eve)


def _runs(
    schedule: hours.Schedule, matcher: hours.Matcher, calendar: CityCalendar, first: date, last: date
) -> list[tuple[date, date]]:
    """Return the days from ``first`` to ``last`` that a rule is about, days in a row as one."""
    runs: list[tuple[date, date]] = []
    for day in days_between(first, last):
        if not (is_valid_on(schedule, day) and matches(matcher, calendar.facts(day))):
            continue
        if runs and runs[-1][1] + ONE_DAY == day:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
