"""Days of one venue as rows: openings (spans as instants) and one row per day.

The dataclasses here and the compiled tables have the same attribute names; the protocols say which of
them the answers in `status` read. All instants are aware; city time is Asia/Shanghai.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from venues.hours.model import Area, Because, Day, DayStatus, Kind, Span, State

CITY_TZ = ZoneInfo("Asia/Shanghai")
WALK_IN = frozenset({State.OPEN, State.SELF_SERVICE})


class OpeningRow(Protocol):
    """One span of one area as instants."""

    @property
    def area_key(self) -> str: ...
    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def last_entry_at(self) -> datetime: ...
    @property
    def continues_until(self) -> datetime: ...
    @property
    def state(self) -> str: ...
    @property
    def audience_code(self) -> str: ...
    @property
    def is_general_public(self) -> bool: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def because(self) -> Any: ...


class DayRow(Protocol):
    """What one business date is for one area."""

    @property
    def area_key(self) -> str: ...
    @property
    def business_date(self) -> date: ...
    @property
    def status(self) -> str: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def because(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Opening:
    """A span of a day as instants.

    `continues_until` ends the unbroken run that the span belongs to: a 24-hour room has one span a day and
    no gap. `is_general_public` means that anybody may walk in.
    """

    area_key: str
    business_date: date
    opens_at: datetime
    closes_at: datetime
    last_entry_at: datetime
    continues_until: datetime
    state: State
    kind: Kind
    condition: str
    audience_code: str
    admission: str
    is_general_public: bool
    provisional: bool
    because: Because


@dataclass(frozen=True, slots=True)
class AreaDay:
    """What one business date is for one area."""

    area_key: str
    business_date: date
    status: DayStatus
    provisional: bool
    because: Because


def instant(day: date, minute: int) -> datetime:
    """Return the instant `minute` minutes after 00:00 of `day` in the city."""
    return _midnight(day) + _minutes(minute)


# Venues by the thousand ask for the same few days and minutes.
@lru_cache(maxsize=1024)
def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CITY_TZ)


@lru_cache(maxsize=4096)
def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def area_days(days: Iterable[Day]) -> list[AreaDay]:
    """Return one row for each day, closed and unknown ones too."""
    return [AreaDay(day.area, day.date, day.status, day.provisional, day.because) for day in days]


def openings_of(days: Iterable[Day], areas: Iterable[Area] = ()) -> list[Opening]:
    """Return the spans of `days` as instants, sorted.

    Give all days of a venue at once, so that runs join across midnight. `areas` tells which ones are open
    to the general public; one that it does not name is.
    """
    restricted = {area.key for area in areas if not area.general_public}
    openings = [
        Opening(
            area_key=day.area,
            business_date=day.date,
            opens_at=opens_at,
            closes_at=closes_at,
            last_entry_at=opens_at + _minutes(span.last_entry - span.opens),
            continues_until=end_of_run,
            state=span.state,
            kind=span.kind,
            condition=span.condition,
            audience_code=span.audience,
            admission=span.admission,
            is_general_public=day.area not in restricted and span.state in WALK_IN and not span.audience,
            provisional=day.provisional,
            because=span.because,
        )
        for run in _runs(days)
        for end_of_run in [max(timed.closes_at for timed in run)]
        for _, opens_at, closes_at, day, span in run
    ]
    openings.sort(key=attrgetter("opens_at", "closes_at", "area_key"))
    return openings


_Door = tuple[str, str, str]


class _Timed(NamedTuple):
    """A span of a day, with its instants."""

    door: _Door
    opens_at: datetime
    closes_at: datetime
    day: Day
    span: Span


def _runs(days: Iterable[Day]) -> list[list[_Timed]]:
    """Return the spans in runs of touching ones, through which a visitor can simply stay.

    A run is of one area and one audience. Staffed and self-service hours follow each other in a run; booked
    and members' hours do not continue a walk-in visit.
    """
    timed = [
        _Timed(
            _door(day.area, span), instant(day.date, span.opens), instant(day.date, span.closes), day, span
        )
        for day in days
        for span in day.spans
    ]
    timed.sort(key=attrgetter("door", "opens_at"))
    runs: list[list[_Timed]] = []
    end: datetime | None = None
    for each in timed:
        if end and runs[-1][0].door == each.door and each.opens_at <= end:
            runs[-1].append(each)
            end = max(end, each.closes_at)
        else:
            runs.append([each])
            end = each.closes_at
    return runs


def _door(area: str, span: Span) -> _Door:
    return area, span.audience, "" if span.state in WALK_IN else span.state
