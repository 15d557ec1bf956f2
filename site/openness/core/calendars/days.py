"""The city's calendar as a value: what any day is, without a query per day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from openness.core.calendars.lunar import lunar_day
from openness.core.calendars.models import CalendarDay, CalendarYear, DayKind, SchoolVacation, YearStatus

WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class DayFacts:
    """All that a rule of opening hours may ask about a day."""

    date: date
    weekday: int  # Monday is 0
    # A day off is a weekend day or a day of a holiday's block, unless it is worked to make up for another.
    day_type: Literal["workday", "day_off"]
    is_statutory: bool  # the holiday itself, not the days around it
    is_makeup_workday: bool
    holiday: str  # the code of the holiday whose block of days off the day belongs to, or ""
    lunar_month: int  # 0 for month and day outside 1900–2099
    lunar_day: int
    lunar_is_leap: bool
    is_lunar_new_years_eve: bool
    vacation: Literal["", "winter", "summer"]
    is_confirmed: bool  # somebody has vouched for this day's year; else the weekday decides alone


@dataclass(frozen=True, slots=True)
class Exceptional:
    """How a day differs from what its weekday says."""

    kind: str
    holiday: str
    is_statutory: bool


@dataclass(frozen=True, slots=True)
class CityCalendar:
    """The days from ``first`` to ``last``, both included; days outside are known by their weekday only."""

    first: date
    last: date
    exceptions: Mapping[date, Exceptional]
    vacations: tuple[tuple[date, date, str], ...]
    confirmed_years: frozenset[int]
    versions: Mapping[int, int]
    _facts: dict[date, DayFacts] = field(default_factory=dict, compare=False, repr=False)

    def facts(self, day: date) -> DayFacts:
        """Return what is known about ``day``."""
        facts = self._facts.get(day)
        if facts is None:
            facts = self._facts[day] = self._look_up(day)
        return facts

    def _look_up(self, day: date) -> DayFacts:
        is_loaded = self.first <= day <= self.last
        exception = self.exceptions.get(day) if is_loaded else None
        is_worked = day.weekday() not in WEEKEND if exception is None else exception.kind != DayKind.OFF
        lunar = lunar_day(day)
        return DayFacts(
            date=day,
            weekday=day.weekday(),
            day_type="workday" if is_worked else "day_off",
            is_statutory=exception is not None and exception.is_statutory,
            is_makeup_workday=exception is not None and exception.kind == DayKind.MAKEUP_WORKDAY,
            holiday=exception.holiday if exception is not None and not is_worked else "",
            lunar_month=lunar.month,
            lunar_day=lunar.day,
            lunar_is_leap=lunar.is_leap,
            is_lunar_new_years_eve=lunar.is_new_years_eve,
            vacation=self._vacation_of(day) if is_loaded else "",
            is_confirmed=is_loaded and day.year in self.confirmed_years,
        )

    def _vacation_of(self, day: date) -> Literal["", "winter", "summer"]:
        for starts_on, ends_on, kind in self.vacations:
            if starts_on <= day <= ends_on:
                return "winter" if kind == "winter" else "summer"
        return ""


def city_calendar(first: date, last: date) -> CityCalendar:
    """Load the city's calendar for the days from ``first`` to ``last``, both included. Three queries.

    The days of a year that is only proposed are used, as the best that is known, and are not confirmed.
    """
    years = list(CalendarYear.objects.filter(year__range=(first.year, last.year)))
    days = CalendarDay.objects.filter(date__range=(first, last))
    vacations = SchoolVacation.objects.filter(starts_on__lte=last, ends_on__gte=first)
    return CityCalendar(
        first=first,
        last=last,
        exceptions={day.date: Exceptional(day.kind, day.holiday, day.is_statutory) for day in days},
        vacations=tuple(vacations.order_by("starts_on").values_list("starts_on", "ends_on", "kind")),
        confirmed_years=frozenset(each.year for each in years if each.status == YearStatus.CONFIRMED),
        versions={each.year: each.version for each in years},
    )


def version_of(calendar: CityCalendar) -> str:
    """Return which data a calendar holds: ``2026v3``, or ``2026v3+2027v0`` with a year nobody entered."""
    years = range(calendar.first.year, calendar.last.year + 1)
    return "+".join(f"{year}v{calendar.versions.get(year, 0)}" for year in years)


def days_between(first: date, last: date) -> list[date]:
    """Return every date from ``first`` to ``last``, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
