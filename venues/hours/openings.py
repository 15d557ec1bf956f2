"""Days of one venue as rows: openings (spans as instants) and one row per day.

The dataclasses here and the compiled tables have the same attribute names; the protocols say which of
them the answers in `status` read. All instants are aware; city time is Asia/Shanghai.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from venues.hours.model import Area, Because, Day, DayStatus, Kind, State

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
    return datetime.combine(day, time(), CITY_TZ) + timedelta(minutes=minute)


def area_days(days: Iterable[Day]) -> list[AreaDay]:
    """Return one row for each day, closed and unknown ones too."""
    return [AreaDay(day.area, day.date, day.status, day.provisional, day.because) for day in days]


def openings_of(days: Iterable[Day], areas: Iterable[Area] = ()) -> list[Opening]:
    """Return the spans of `days` as instants, sorted.

    Give all days of a venue at once, so that runs join across midnight. `areas` tells which ones are open
    to the general public; one that it does not name is.
    """
    restricted = {area.key for area in areas if not area.general_public}
    found = [
        Opening(
            area_key=day.area,
            business_date=day.date,
            opens_at=instant(day.date, span.opens),
            closes_at=instant(day.date, span.closes),
            last_entry_at=instant(day.date, span.last_entry),
            continues_until=instant(day.date, span.closes),
            state=span.state,
            kind=span.kind,
            condition=span.condition,
            audience_code=span.audience,
            admission=span.admission,
            is_general_public=day.area not in restricted and span.state in WALK_IN and not span.audience,
            provisional=day.provisional,
            because=span.because,
        )
        for day in days
        for span in day.spans
    ]
    continued = [
        replace(opening, continues_until=max(member.closes_at for member in run))
        for run in _runs(found)
        for opening in run
    ]
    return sorted(continued, key=lambda opening: (opening.opens_at, opening.closes_at, opening.area_key))


def _runs(openings: Sequence[Opening]) -> list[list[Opening]]:
    """Return the openings in runs of touching ones, through which a visitor can simply stay.

    A run is of one area and one audience. Staffed and self-service hours follow each other in a run; booked
    and members' hours do not continue a walk-in visit.
    """
    runs: list[list[Opening]] = []
    end: datetime | None = None
    for opening in sorted(openings, key=lambda opening: (_door(opening), opening.opens_at)):
        if end and _door(runs[-1][0]) == _door(opening) and opening.opens_at <= end:
            runs[-1].append(opening)
            end = max(end, opening.closes_at)
        else:
            runs.append([opening])
            end = opening.closes_at
    return runs


def _door(opening: Opening) -> tuple[str, str, str]:
    return opening.area_key, opening.audience_code, "" if opening.state in WALK_IN else opening.state
