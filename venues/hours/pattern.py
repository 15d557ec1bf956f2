"""Hours as a weekly pattern by season and the dates that differ from it: what other formats can say.

The pattern is what the venue's lasting rules make of a year without holidays; it says nothing of lunar
days, vacations, notices or make-up workdays. Whoever writes it down compares it with the truth, day by
day, and adds the dates that differ. So a format is exact for the days compared, whatever the rules are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from venues.hours.matching import is_nth_in_month
from venues.hours.model import (
    DAY_MINUTES,
    Area,
    Day,
    DayStatus,
    Layer,
    MatcherKind,
    Schedule,
    Span,
    State,
    VenueHours,
)
from venues.hours.openings import WALK_IN
from venues.hours.resolve import Plan

ONE_DAY = timedelta(days=1)
A_YEAR = 366

MonthDay = tuple[int, int]
Season = tuple[MonthDay, MonthDay]  # first and last day of every year, both included; it may wrap the year


class Access(IntEnum):
    """Who may come in, the most welcoming first. `LIMITED` is for members or one group of people."""

    OPEN = 0
    BOOKING = 1
    LIMITED = 2
    APPOINTMENT = 3
    UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch `[opens, closes)` of a day in which one may enter alike; `audience` is a code."""

    opens: int
    closes: int
    access: Access = Access.OPEN
    audience: str = ""


Cells = tuple[Cell, ...]  # sorted, no two overlap; empty = closed


@dataclass(frozen=True, slots=True)
class Weekly:
    """What weekdays are like in a season (None = all year); `nth` counts them in the month (0 = all of them)."""

    season: Season | None
    weekdays: tuple[int, ...]
    plan: Cells
    nth: int = 0

    def is_about(self, day: date) -> bool:
        """Tell whether `day` is one of its days."""
        return (
            day.weekday() in self.weekdays
            and (self.season is None or is_in(self.season, day))
            and (not self.nth or is_nth_in_month(day, (self.nth,)))
        )


@dataclass(frozen=True, slots=True)
class Dated:
    """What the days from `first` to `last` (both included) are like, those of `weekdays` only where it names some."""

    first: date
    last: date
    weekdays: tuple[int, ...]
    plan: Cells


# ---------------------------------------------------------------------------------------------------
# What a day is like


def plan_of(day: Day, area: Area) -> Cells:
    """Return who may come in when on the business date; a span past midnight stays with its date."""
    cells = [_cell(span, area) for span in day.spans]
    if day.status == DayStatus.UNKNOWN:
        cells.append(Cell(0, DAY_MINUTES, Access.UNKNOWN))
    elif day.status == DayStatus.BY_APPOINTMENT:
        cells.append(Cell(0, DAY_MINUTES, Access.APPOINTMENT))
    return painted(cells)


def _cell(span: Span, area: Area) -> Cell:
    if span.audience or not area.general_public or span.state == State.MEMBERS:
        return Cell(span.opens, span.closes, Access.LIMITED, span.audience)
    return Cell(span.opens, span.closes, Access.OPEN if span.state in WALK_IN else Access.BOOKING)


def painted(cells: Iterable[Cell]) -> Cells:
    """Return the cells without overlaps: where there are several, the most welcoming one; equal ones joined."""
    cells = sorted(cells, key=lambda cell: (cell.access, cell.audience))
    result: list[Cell] = []
    edges = sorted({edge for cell in cells for edge in (cell.opens, cell.closes)})
    for start, end in pairwise(edges):
        best = next((cell for cell in cells if cell.opens <= start and end <= cell.closes), None)
        if best is None:
            continue
        piece = replace(best, opens=start, closes=end)
        if result and result[-1] == replace(best, opens=result[-1].opens, closes=start):
            piece = replace(best, opens=result.pop().opens, closes=end)
        result.append(piece)
    return tuple(result)


def civil(own: Callable[[date], Cells], day: date) -> Cells:
    """Return the calendar date as the clock has it, 00:00 to 24:00: its own hours and what runs over into it."""
    before = [
        replace(cell, opens=max(cell.opens - DAY_MINUTES, 0), closes=cell.closes - DAY_MINUTES)
        for cell in own(day - ONE_DAY)
        if cell.closes > DAY_MINUTES
    ]
    today = [
        replace(cell, closes=min(cell.closes, DAY_MINUTES)) for cell in own(day) if cell.opens < DAY_MINUTES
    ]
    return painted([*before, *today])


# ---------------------------------------------------------------------------------------------------
# The pattern


@dataclass(frozen=True, slots=True)
class _PlainDay:
    """A day of a year without holidays, vacations and lunar days."""

    date: date
    is_statutory: bool = False
    is_makeup_workday: bool = False
    holiday: str = ""
    lunar_month: int = 0
    lunar_day: int = 0
    lunar_is_leap: bool = False
    is_lunar_new_years_eve: bool = False
    is_eve_of_holiday: bool = False
    follows_holiday: bool = False
    ended_holiday: tuple[int, ...] = ()
    vacations: tuple[tuple[str, str], ...] = ()
    unknown_vacations: tuple[str, ...] = ()
    is_confirmed: bool = True

    @property
    def weekday(self) -> int:
        return self.date.weekday()

    @property
    def day_type(self) -> str:
        return "day_off" if self.weekday >= 5 else "workday"

    @property
    def is_eve_of_day_off(self) -> bool:
        return self.weekday == 4


class _PlainYear:
    """The calendar of such a year."""

    def facts(self, day: date) -> _PlainDay:
        return _PlainDay(day)


_PLAIN_YEAR = _PlainYear()


def own_plans(hours: VenueHours, area: Area) -> Callable[[date], Cells]:
    """Return what the lasting rules make of a plain day: ordinary hours and seasons, no dates and no notices."""
    lasting = replace(
        hours,
        schedules=tuple(
            replace(
                schedule,
                valid_from=None,
                valid_to=None,
                rules=tuple(rule for rule in schedule.rules if rule.matcher.kind != MatcherKind.DATES),
            )
            for schedule in hours.schedules
        ),
    )
    plan = Plan(lasting, area.key)
    return lru_cache(maxsize=None)(lambda day: plan_of(plan.day(day, _PLAIN_YEAR), area))


def lasting_hours(hours: VenueHours, last: date) -> VenueHours:
    """Return the hours without notices and without schedules that do not hold on `last`, the end of what is asked."""
    return replace(
        hours,
        schedules=tuple(
            schedule
            for schedule in hours.schedules
            if schedule.layer <= Layer.HOLIDAY
            and (schedule.valid_from is None or schedule.valid_from <= last)
            and (schedule.valid_to is None or schedule.valid_to >= last)
        ),
    )


def seasons_of(schedules: Iterable[Schedule]) -> list[Season | None]:
    """Return the parts of the year between the first and last days of all seasons; [None] for a year without."""
    starts = {
        edge
        for schedule in schedules
        if schedule.annual_from and schedule.annual_to
        for edge in (schedule.annual_from, _after(schedule.annual_to))
    }
    if len(starts) < 2:
        return [None]
    ordered = sorted(starts)
    return [(start, _before(following)) for start, following in pairwise([*ordered, ordered[0]])]


def nth_of(schedules: Iterable[Schedule]) -> list[tuple[int, int]]:
    """Return the pairs of weekday and its count in the month that rules name."""
    return sorted(
        {
            (weekday, nth)
            for schedule in schedules
            for rule in schedule.rules
            if rule.matcher.kind == MatcherKind.NTH_WEEKDAY
            for weekday in rule.matcher.weekdays
            for nth in rule.matcher.nth
        }
    )


def tables(
    own: Callable[[date], Cells],
    seasons: Iterable[Season | None],
    named: list[tuple[int, int]],
    first: date,
) -> Iterator[tuple[Season | None, list[Cells], dict[tuple[int, int], Cells]]]:
    """Yield each season with its seven plans, and with the plans of the `named` (weekday, nth) that differ.

    A weekday that a short season does not have within a year from `first` is like the others.
    """
    year = [first + index * ONE_DAY for index in range(A_YEAR)]
    hits = {
        day: [each for each in named if each[0] == day.weekday() and is_nth_in_month(day, (each[1],))]
        for day in (first - ONE_DAY, *year)
    }
    for season in seasons:
        days = {day for day in year if season is None or is_in(season, day)}
        usual: dict[int, Cells] = {}
        special: dict[tuple[int, int], Cells] = {}
        # What runs into a day from another season, or from an nth weekday, is not so every week.
        for day in sorted(
            days, key=lambda day: (bool(hits[day - ONE_DAY]) or day - ONE_DAY not in days, day)
        ):
            for each in hits[day][:1]:
                if each not in special:
                    special[each] = own(day)
            if not hits[day] and day.weekday() not in usual:
                usual[day.weekday()] = own(day)
        other = next(iter(usual.values()), ())
        week = [usual.get(weekday, other) for weekday in range(7)]
        yield season, week, {each: plan for each, plan in special.items() if plan != week[each[0]]}


def weekdays_alike(week: Iterable[Cells]) -> dict[Cells, tuple[int, ...]]:
    """Return the weekdays of each plan, in the order of the week."""
    alike: dict[Cells, tuple[int, ...]] = {}
    for weekday, plan in enumerate(week):
        alike[plan] = (*alike.get(plan, ()), weekday)
    return alike


def days_in(season: Season | None) -> int:
    """Return how many days a season has."""
    return A_YEAR if season is None else (_number(season[1]) - _number(season[0])) % A_YEAR + 1


def is_in(season: Season, day: date) -> bool:
    """Tell whether `day` is of the season."""
    first, last = season
    month_day = (day.month, day.day)
    if first <= last:
        return first <= month_day <= last
    return month_day >= first or month_day <= last


def _number(month_day: MonthDay) -> int:
    return date(2024, *month_day).timetuple().tm_yday


def _after(month_day: MonthDay) -> MonthDay:
    following = date(2024, *month_day) + ONE_DAY
    return following.month, following.day


def _before(month_day: MonthDay) -> MonthDay:
    earlier = date(2024, *month_day) - ONE_DAY
    return earlier.month, earlier.day


# ---------------------------------------------------------------------------------------------------
# The dates that differ


def differing(truth: Mapping[date, Cells], written: Callable[[date], Cells]) -> list[Dated]:
    """Return the fewest runs that set right every day of `truth` on which `written` says something else.

    A run may be of some weekdays only (the Saturdays of a month); its other days stay as written.
    """
    wrong = [day for day, plan in truth.items() if written(day) != plan]
    found: list[Dated] = []
    while wrong:
        start = min(wrong)
        plan = truth[start]
        alike = [day for day in wrong if truth[day] == plan]
        runs = [_run(truth, alike, start, weekdays) for weekdays in _choices(alike)]
        best, covered = max(runs, key=lambda run: (len(run[1]), not run[0].weekdays))
        found.append(best)
        wrong = [day for day in wrong if day not in covered]
    return found


def _choices(alike: list[date]) -> list[tuple[int, ...]]:
    """Return the sets of weekdays worth trying: any day, the first one's, those of all the days."""
    weekdays = tuple(sorted({day.weekday() for day in alike}))
    return [(), (alike[0].weekday(),), weekdays]


def _run(
    truth: Mapping[date, Cells], alike: list[date], start: date, weekdays: tuple[int, ...]
) -> tuple[Dated, set[date]]:
    """Return the longest run from `start` in which every day (of these weekdays) is alike, and the days it covers."""
    last, day = start, start
    wanted = set(alike)
    while day in truth:
        if not weekdays or day.weekday() in weekdays:
            if truth[day] != truth[start]:
                break
            if day in wanted:
                last = day
        day += ONE_DAY
    covered = {
        each for each in alike if start <= each <= last and (not weekdays or each.weekday() in weekdays)
    }
    run = Dated(start, last, weekdays if len(covered) > 1 else (), truth[start])
    return run, covered
