"""The hours of an area as an OpenStreetMap `opening_hours` string.

    Tu-Su 09:00-17:00; Jul 01-Aug 31 Tu-Su 09:00-20:00; 2026 Oct 05 09:00-17:00; 2026 Oct 08 off

First what is so every week, by season and with the nth weekdays of the month; then, as dates, every day
of the period asked for that differs: public holidays, make-up workdays, lunar days, vacations, closings
that are put off, notices. So nobody needs a calendar of ours to evaluate it, and for that period it says
exactly what the engine says. After it the weekly part goes on.

Evaluators disagree on parts of the format; only what they agree on is written:

* A later rule replaces the earlier ones on its days, and rules joined by a comma add to each other. A day
  that is open to some and by booking to others is written as rules that add.
* What runs past midnight is `Fr 19:00-26:00` where the whole weekly part is made of rules that add, since
  a rule that replaces takes away what runs into its days in one evaluator and not in the other. In every
  other case each date is written from 00:00 to 24:00, with what runs into it.
* A comment alone makes hours uncertain for one evaluator and means nothing to the other. Hours that not
  everybody can use are always `unknown "…"`, and hours for everybody have no comment.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from venues.hours.day_facts import Calendar
from venues.hours.model import DAY_MINUTES, WHOLE_VENUE, VenueHours
from venues.hours.pattern import (
    ONE_DAY,
    Access,
    Cell,
    Cells,
    Dated,
    Season,
    Weekly,
    civil,
    days_in,
    differing,
    lasting_hours,
    nth_of,
    own_plans,
    plan_of,
    seasons_of,
    tables,
    weekdays_alike,
)
from venues.hours.resolve import resolve_days

LONGEST_TAG = 255  # what OpenStreetMap stores as the value of a tag
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ALWAYS: Cells = (Cell(0, DAY_MINUTES),)


def osm_string(hours: VenueHours, area: str, first: date, last: date, calendar: Calendar) -> str:
    """Return the hours of `area` ("" = the venue as a whole) as a string that is exact from `first` to `last`.

    Both days are included. Of the ways to write it down the shortest is taken, so that it fits into a tag
    (`LONGEST_TAG`) where that is possible; a longer one is still exact, and fits if `last` is nearer.
    """
    place = next((each for each in hours.areas if each.key == area), WHOLE_VENUE)
    days = resolve_days(hours, area, first - ONE_DAY, last, calendar)
    own = {day.date: plan_of(day, place) for day in days}
    truth = {day: civil(own.__getitem__, day) for day in own if day >= first}
    written = [_with_dates(weekly, truth) for weekly in _ways(hours, area, first, last)]
    return min(written, key=len)


# ---------------------------------------------------------------------------------------------------
# The weekly part


@dataclass(frozen=True, slots=True)
class _Week:
    """A weekly part: its rules, how they are joined, and what they make of a calendar date."""

    rules: tuple[Weekly, ...]
    joint: str
    means: Callable[[date], Cells]


def _ways(hours: VenueHours, area: str, first: date, last: date) -> Iterable[_Week]:
    """Yield weekly parts to choose from: with all seasons, or with those only that the period touches."""
    lasting = lasting_hours(hours, last)
    place = next((each for each in hours.areas if each.key == area), WHOLE_VENUE)
    own = own_plans(lasting, place)
    relevant = [schedule for schedule in lasting.schedules if schedule.area in ("", area)]
    seasons = seasons_of(relevant)
    named = nth_of(relevant)
    found = list(tables(own, seasons, named, first))
    if all(not special and all(map(_is_plain, week)) for __, week, special in found) and any(
        cell.closes > DAY_MINUTES for __, week, _special in found for plan in week for cell in plan
    ):
        yield _that_add(found)
    yield _that_replace(list(tables(lambda day: civil(own, day), seasons, named, first)))
    if named or seasons != [None]:
        # One table that is right on most days of the period may be shorter than seasons and nth weekdays.
        yield _that_replace(list(tables(lambda day: civil(own, day), [None], [], first)))


def _is_plain(plan: Cells) -> bool:
    """Tell whether the plan can be written past midnight: for everybody, begun on its date, less than a day long."""
    return all(
        cell.access == Access.OPEN and cell.opens < DAY_MINUTES and cell.closes - cell.opens < DAY_MINUTES
        for cell in plan
    )


Table = tuple[Season | None, list[Cells], dict[tuple[int, int], Cells]]


def _that_add(found: Sequence[Table]) -> _Week:
    """Return rules of which at most one is about any date, so that each can run over into the next."""
    rules = tuple(
        Weekly(season, weekdays, plan)
        for season, week, __ in found
        for plan, weekdays in weekdays_alike(week).items()
        if plan
    )
    return _Week(rules, ", ", lambda day: civil(lambda each: _last_of(rules, each), day))


def _that_replace(found: Sequence[Table]) -> _Week:
    """Return rules of which the last one about a date holds: the longest season first, without its name."""
    usual = max(found, key=lambda table: days_in(table[0]))
    rules = [Weekly(None, weekdays, plan) for plan, weekdays in weekdays_alike(usual[1]).items() if plan]
    for season, week, special in found:
        if week != usual[1]:
            differs = {plan for plan, normal in zip(week, usual[1], strict=True) if plan != normal}
            rules += [
                Weekly(season, weekdays, plan)
                for plan, weekdays in weekdays_alike(week).items()
                if plan in differs
            ]
        rules += [Weekly(season, (weekday,), plan, nth) for (weekday, nth), plan in special.items()]
    fixed = tuple(rules)
    return _Week(fixed, "; ", lambda day: _last_of(fixed, day))


def _last_of(rules: Sequence[Weekly], day: date) -> Cells:
    return next((rule.plan for rule in reversed(rules) if rule.is_about(day)), ())


# ---------------------------------------------------------------------------------------------------
# Written down


def _with_dates(weekly: _Week, truth: dict[date, Cells]) -> str:
    dated = differing(truth, weekly.means)
    if not dated and len(weekly.rules) == 1 and weekly.rules[0].plan == ALWAYS:
        only = weekly.rules[0]
        if only.season is None and len(only.weekdays) == len(WEEKDAYS):
            return "24/7"
    leaps = any((day.month, day.day) == (2, 29) for day in truth)
    rules = weekly.joint.join(_rule(_selector(rule, leaps=leaps), rule.plan) for rule in weekly.rules)
    return "; ".join(filter(None, [rules, *_dates(dated)])) or "off"


def _dates(dated: Sequence[Dated]) -> list[str]:
    """Return the rules of the dates that differ, in the order of their first days; equal ones as one rule."""
    alike: dict[tuple[Cells, tuple[int, ...], date | None], list[Dated]] = {}
    for each in dated:
        # Weekdays narrow every date before them: such a run stands alone.
        alike.setdefault((each.plan, each.weekdays, each.first if each.weekdays else None), []).append(each)
    return [
        _rule(
            ",".join(_period(each.first, each.last) for each in same)
            + (f" {_weekdays(weekdays)}" if weekdays else ""),
            plan,
        )
        for (plan, weekdays, __), same in alike.items()
    ]


def _rule(selector: str, plan: Cells) -> str:
    """Return one rule, or several that add to each other where not everybody may come in at all times."""
    if not plan:
        return f"{selector} off"
    groups: dict[str, list[Cell]] = {}
    for cell in plan:
        groups.setdefault(_modifier(cell), []).append(cell)
    return ", ".join(
        f"{selector} {','.join(_time(cell) for cell in cells)}{modifier}"
        for modifier, cells in sorted(groups.items())
    )


def _modifier(cell: Cell) -> str:
    match cell.access:
        case Access.OPEN:
            return ""
        case Access.BOOKING | Access.APPOINTMENT:
            return ' unknown "by appointment"'
        case Access.LIMITED:
            return f' unknown "for {cell.audience} only"' if cell.audience else ' unknown "members only"'
        case Access.UNKNOWN:
            return " unknown"


def _time(cell: Cell) -> str:
    return f"{_clock(cell.opens)}-{_clock(cell.closes)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _selector(rule: Weekly, *, leaps: bool) -> str:
    weekdays = f"{WEEKDAYS[rule.weekdays[0]]}[{rule.nth}]" if rule.nth else _weekdays(rule.weekdays)
    return f"{_season(rule.season, leaps=leaps)} {weekdays}" if rule.season else weekdays


def _season(season: Season, *, leaps: bool) -> str:
    """Return a season. 29 February is named in a period that has one only: elsewhere it is read as 1 March."""
    first, last = season
    if not leaps:
        first = (3, 1) if first == (2, 29) else first
        last = (2, 28) if last == (2, 29) else last
    ends = [f"{MONTHS[month - 1]} {day:02}" for month, day in (first, last)]
    return ends[0] if first == last else "-".join(ends)


def _weekdays(weekdays: Sequence[int]) -> str:
    """Return weekdays, three and more in a row as a range: Mo-Fr, Mo,We,Su."""
    parts: list[str] = []
    rest = list(weekdays)
    while rest:
        run = 1
        while run < len(rest) and rest[run] == rest[0] + run:
            run += 1
        names = [WEEKDAYS[each] for each in rest[:run]]
        parts += [f"{names[0]}-{names[-1]}"] if run > 2 else names
        rest = rest[run:]
    return ",".join(parts)


def _period(first: date, last: date) -> str:
    start = f"{first.year} {MONTHS[first.month - 1]} {first.day:02}"
    if first == last:
        return start
    if (first.year, first.month) == (last.year, last.month):
        return f"{start}-{last.day:02}"
    return f"{start}-{last.year} {MONTHS[last.month - 1]} {last.day:02}"
