"""The city's calendar as a value: what any day is, without a query per day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from openness.core.calendars.lunar import lunar_day
from openness.core.calendars.models import (
    CalendarDay,
    CalendarYear,
    DayKind,
    SchoolLevel,
    SchoolVacation,
    VacationKind,
    YearStatus,
    school_year,
)

WEEKEND = (5, 6)
LEVELS = tuple(level.value for level in SchoolLevel if level != SchoolLevel.ALL)
ONE_DAY, LONGEST_BLOCK = timedelta(days=1), timedelta(days=31)


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
    is_eve_of_day_off: bool  # a workday before a day off
    is_eve_of_holiday: bool  # the last day before a holiday's block
    follows_holiday: bool  # the day before belongs to a holiday's block
    ended_holiday: tuple[int, ...]  # the weekdays of the block that ended the day before
    vacations: tuple[tuple[str, str], ...]  # kind and level of the schools that have vacation
    unknown_vacations: tuple[str, ...]  # levels of the schools whose vacations nobody has entered
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
    vacations: tuple[tuple[date, date, str, str], ...]
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
        is_worked = self._is_worked(day) if is_loaded else day.weekday() not in WEEKEND
        holiday = self._holiday(day) if is_loaded else ""
        ended = self._block_until(day - ONE_DAY) if is_loaded else ()
        lunar = lunar_day(day)
        return DayFacts(
            date=day,
            weekday=day.weekday(),
            day_type="workday" if is_worked else "day_off",
            is_statutory=exception is not None and exception.is_statutory,
            is_makeup_workday=exception is not None and exception.kind == DayKind.MAKEUP_WORKDAY,
            holiday=holiday,
            lunar_month=lunar.month,
            lunar_day=lunar.day,
            lunar_is_leap=lunar.is_leap,
            is_lunar_new_years_eve=lunar.is_new_years_eve,
            is_eve_of_day_off=is_loaded and is_worked and not self._is_worked(day + ONE_DAY),
            is_eve_of_holiday=is_loaded and not holiday and bool(self._holiday(day + ONE_DAY)),
            follows_holiday=bool(ended),
            ended_holiday=() if holiday else ended,
            vacations=self._vacations_on(day) if is_loaded else (),
            unknown_vacations=self._unknown_vacations(day) if is_loaded else LEVELS,
            # Rules about eves and about days after a holiday ask for the year of the neighbour.
            is_confirmed=self.first - ONE_DAY <= day <= self.last + ONE_DAY
            and day.year in self.confirmed_years,
        )

    def _is_worked(self, day: date) -> bool:
        exception = self.exceptions.get(day)
        return day.weekday() not in WEEKEND if exception is None else exception.kind != DayKind.OFF

    def _holiday(self, day: date) -> str:
        exception = self.exceptions.get(day)
        return exception.holiday if exception is not None and exception.kind == DayKind.OFF else ""

    def _block_until(self, day: date) -> tuple[int, ...]:
        """Return the weekdays of the days off that end with ``day``, earliest first."""
        weekdays: list[int] = []
        while self._holiday(day):
            weekdays.insert(0, day.weekday())
            day -= ONE_DAY
        return tuple(weekdays)

    def _vacations_on(self, day: date) -> tuple[tuple[str, str], ...]:
        return tuple(
            (kind, level) for starts_on, ends_on, kind, level in self.vacations if starts_on <= day <= ends_on
        )

    def _unknown_vacations(self, day: date) -> tuple[str, ...]:
        """Terms lie between vacations: they are known once both vacations of the school year are."""
        opens, closes = school_year(day)
        unknown = []
        for level in LEVELS:
            own = [each for each in self.vacations if each[3] in (SchoolLevel.ALL, level)]
            kinds = {kind for starts_on, _, kind, _ in own if opens <= starts_on <= closes}
            if kinds != set(VacationKind) and not any(each[0] <= day <= each[1] for each in own):
                unknown.append(level)
        return tuple(unknown)


def city_calendar(first: date, last: date) -> CityCalendar:
    """Load the city's calendar for the days from ``first`` to ``last``, both included. Three queries.

    The days of a year that is only proposed are used, as the best that is known, and are not confirmed.
    """
    # The facts of a day tell of the block of days off before it, and of the day after it.
    years = list(CalendarYear.objects.filter(year__range=((first - ONE_DAY).year, (last + ONE_DAY).year)))
    days = CalendarDay.objects.filter(date__range=(first - LONGEST_BLOCK, last + ONE_DAY))
    # Whether the vacations of a school year are known can be told from the whole of it only.
    vacations = SchoolVacation.objects.filter(
        starts_on__lte=school_year(last)[1], ends_on__gte=school_year(first)[0]
    )
    return CityCalendar(
        first=first,
        last=last,
        exceptions={day.date: Exceptional(day.kind, day.holiday, day.is_statutory) for day in days},
        vacations=tuple(
            vacations.order_by("starts_on", "level").values_list("starts_on", "ends_on", "kind", "level")
        ),
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
