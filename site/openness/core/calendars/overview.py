"""A year of the calendar as a person looks at it: twelve months, the holidays as a notice words them, the schools."""

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from openness.core.calendars.days import LEVELS, ONE_DAY, WEEKEND, city_calendar, days_between
from openness.core.calendars.entries import Entry
from openness.core.calendars.models import CalendarYear, DayKind, SchoolLevel, SchoolVacation
from openness.core.calendars.proposals import stored_days
from openness.core.dates import month_label

# A colour alone says nothing to many people, so each kind of day has a word as well.
MARKS = {
    "off": pgettext_lazy("mark of a day in a calendar", "off"),
    "statutory": pgettext_lazy("mark of a day in a calendar", "hol."),
    "makeup": pgettext_lazy("mark of a day in a calendar", "work"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month; ``kind`` is off, statutory, makeup, weekend or empty."""

    date: date
    kind: str
    name: str

    @property
    def mark(self) -> Promise | str:
        return MARKS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks that begin on Monday; None stands for days of its neighbours."""

    title: str
    weeks: list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Block:
    """A holiday in the form of a notice: days off from ``first`` to ``last``, and the weekend days worked for them."""

    holiday: str
    name: str
    first: date
    last: date
    statutory: int
    worked: list[date]

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The vacations of 1 September to 31 August, and the levels of which one or both are missing."""

    first: date
    last: date
    vacations: list[SchoolVacation]
    missing: list[str]


def months_of(calendar_year: CalendarYear, language: str) -> list[Month]:
    """Return the twelve months of a year as it is stored."""
    days = {day.date: day for day in stored_days(calendar_year)}
    year = calendar_year.year
    return [_month(year, month, days, language) for month in range(1, 13)]


def blocks_of(calendar_year: CalendarYear) -> list[Block]:
    """Return the holidays of a year as it is stored, earliest first."""
    days = stored_days(calendar_year)
    runs: list[list[Entry]] = []
    for day in days:
        if day.kind != DayKind.OFF:
            continue
        if runs and runs[-1][-1].date + ONE_DAY == day.date and runs[-1][-1].holiday == day.holiday:
            runs[-1].append(day)
        else:
            runs.append([day])
    worked: dict[int, list[date]] = {}
    for day in days:
        if day.kind == DayKind.MAKEUP_WORKDAY and runs:
            worked.setdefault(_run_of(day, runs), []).append(day.date)
    return [
        Block(
            holiday=run[0].holiday,
            name=run[0].name,
            first=run[0].date,
            last=run[-1].date,
            statutory=sum(day.is_statutory for day in run),
            worked=worked.get(number, []),
        )
        for number, run in enumerate(runs)
    ]


def school_years_of(year: int) -> list[SchoolYear]:
    """Return the two school years that a calendar year touches."""
    return [_school_year(first) for first in (year - 1, year)]


def _month(year: int, month: int, days: dict[date, Entry], language: str) -> Month:
    weeks = months.Calendar().monthdatescalendar(year, month)
    return Month(
        title=month_label(month, language),
        weeks=[[_cell(day, days.get(day)) if day.month == month else None for day in week] for week in weeks],
    )


def _cell(day: date, entry: Entry | None) -> Cell:
    if entry is None:
        return Cell(day, "weekend" if day.weekday() in WEEKEND else "", "")
    if entry.kind == DayKind.MAKEUP_WORKDAY:
        return Cell(day, "makeup", entry.name)
    return Cell(day, "statutory" if entry.is_statutory else "off", entry.name)


def _run_of(day: Entry, runs: list[list[Entry]]) -> int:
    """Return which days off are made up for: the nearest of the same holiday, else the nearest."""
    candidates = [number for number, run in enumerate(runs) if run[0].holiday == day.holiday]
    return min(candidates or range(len(runs)), key=lambda number: abs(runs[number][0].date - day.date))


def _school_year(year: int) -> SchoolYear:
    first, last = date(year, 9, 1), date(year + 1, 8, 31)
    calendar = city_calendar(first, last)
    unknown = {level for day in days_between(first, last) for level in calendar.facts(day).unknown_vacations}
    return SchoolYear(
        first=first,
        last=last,
        vacations=list(SchoolVacation.objects.filter(starts_on__range=(first, last)).order_by("starts_on")),
        missing=_level_names(level for level in LEVELS if level in unknown),
    )


def _level_names(levels: Iterable[str]) -> list[str]:
    named = [str(SchoolLevel(level).label) for level in levels]
    return [str(SchoolLevel.ALL.label)] if len(named) == len(LEVELS) else named
