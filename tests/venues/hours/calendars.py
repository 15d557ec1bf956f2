"""A small city calendar for the engine's tests: 2026 as the State Council announced it.

It is written apart from `openness.core.calendars`, so that the engine is tested without Django.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from lunardate import LunarDate

# First and last day of each block of days off in 2026, and its statutory days.
BLOCKS = {
    "new_year": ("2026-01-01", "2026-01-03", ["2026-01-01"]),
    "spring_festival": (
        "2026-02-15",
        "2026-02-23",
        ["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19"],
    ),
    "qingming": ("2026-04-04", "2026-04-06", ["2026-04-05"]),
    "labour_day": ("2026-05-01", "2026-05-05", ["2026-05-01", "2026-05-02"]),
    "dragon_boat": ("2026-06-19", "2026-06-21", ["2026-06-19"]),
    "mid_autumn": ("2026-09-25", "2026-09-27", ["2026-09-25"]),
    "national_day": ("2026-10-01", "2026-10-07", ["2026-10-01", "2026-10-02", "2026-10-03"]),
}
MAKEUP_WORKDAYS = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
# Universities begin their summer earlier than the schools do.
VACATIONS = [
    ("winter", "", "2026-02-02", "2026-03-01"),
    ("summer", "primary", "2026-07-06", "2026-08-31"),
    ("summer", "junior", "2026-07-06", "2026-08-31"),
    ("summer", "senior", "2026-07-13", "2026-08-23"),
    ("summer", "university", "2026-06-29", "2026-08-31"),
]
LEVELS = ("primary", "junior", "senior", "university")


@dataclass(frozen=True)
class Facts:
    """The attributes of `venues.hours.DayFacts`."""

    date: date
    weekday: int
    day_type: str
    is_statutory: bool
    is_makeup_workday: bool
    holiday: str
    lunar_month: int
    lunar_day: int
    lunar_is_leap: bool
    is_lunar_new_years_eve: bool
    is_eve_of_day_off: bool
    is_eve_of_holiday: bool
    follows_holiday: bool
    ended_holiday: tuple[int, ...]
    vacations: tuple[tuple[str, str], ...]
    unknown_vacations: tuple[str, ...]
    is_confirmed: bool


@dataclass(frozen=True)
class City:
    """A calendar whose holidays are known for 2026 only; in other years the weekday decides."""

    confirmed: frozenset[int] = frozenset({2026})
    schools_entered: frozenset[int] = frozenset({2026})
    _known: dict[date, Facts] = field(default_factory=dict, compare=False)

    def facts(self, day: date) -> Facts:
        if day not in self._known:
            self._known[day] = self._work_out(day)
        return self._known[day]

    def _work_out(self, day: date) -> Facts:
        text = day.isoformat()
        holiday = _holiday(day)
        is_makeup = text in MAKEUP_WORKDAYS
        is_off = _is_off(day)
        yesterday, tomorrow = day - timedelta(days=1), day + timedelta(days=1)
        ended = [each for each in _block_of(yesterday) if not holiday]
        lunar, next_lunar = _lunar(day), _lunar(day + timedelta(days=1))
        return Facts(
            date=day,
            weekday=day.weekday(),
            day_type="day_off" if is_off else "workday",
            is_statutory=any(text in statutory for *_, statutory in BLOCKS.values()),
            is_makeup_workday=is_makeup,
            holiday=holiday,
            lunar_month=lunar.month,
            lunar_day=lunar.day,
            lunar_is_leap=bool(lunar.is_leap_month),
            is_lunar_new_years_eve=(next_lunar.month, next_lunar.day) == (1, 1),
            is_eve_of_day_off=not is_off and _is_off(tomorrow),
            is_eve_of_holiday=not holiday and _holiday(tomorrow) != "",
            follows_holiday=_holiday(yesterday) != "",
            ended_holiday=tuple(each.weekday() for each in ended),
            vacations=tuple((kind, level) for kind, level, first, last in VACATIONS if first <= text <= last),
            unknown_vacations=() if day.year in self.schools_entered else LEVELS,
            is_confirmed=day.year in self.confirmed,
        )


def _holiday(day: date) -> str:
    text = day.isoformat()
    return next((code for code, (first, last, _) in BLOCKS.items() if first <= text <= last), "")


def _is_off(day: date) -> bool:
    is_weekend_off = day.weekday() >= 5 and day.isoformat() not in MAKEUP_WORKDAYS
    return _holiday(day) != "" or is_weekend_off


def _block_of(day: date) -> list[date]:
    """The block of days off that `day` belongs to."""
    code = _holiday(day)
    if not code:
        return []
    first, last, _ = BLOCKS[code]
    start = date.fromisoformat(first)
    return [start + timedelta(days=n) for n in range((date.fromisoformat(last) - start).days + 1)]


def _lunar(day: date) -> LunarDate:
    return LunarDate.from_solar_date(day.year, day.month, day.day)


CITY = City()
