"""Open or not at an instant, until when, and whether there is time enough to go.

Works on the openings and day rows of one venue (`openings`), computed or read from the compiled tables.
Give at least the day before the instant asked about, because a session may run past midnight, and as many
days after it as an answer may look ahead. What lies beyond the given days is not known.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from venues.hours.model import DayStatus, State
from venues.hours.openings import CITY_TZ, DayRow, OpeningRow, instant

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a venue, or of one area, at an instant, for the general public.

    area           the area that speaks for the venue
    until          end of that state: for `open` the end of the unbroken run, for `closed` the next opening;
                   None where it lies beyond what is known
    can_enter      whether one may still go in; False when closed, and between last entry and closing
    last_entry_at  when entry stops without a break before it, equal to `until` where no last entry is
                   named; None when closed or beyond what is known
    next_opens_at  when one can next go in, if not now; None where a day before it is not known
    changes_at     the next instant at which any of this may read differently
    opening        the opening in force that anybody may walk into
    restricted     an opening in force that is for members, by booking or for one audience only
    """

    state: DayStatus
    area: str = ""
    until: datetime | None = None
    can_enter: bool = False
    last_entry_at: datetime | None = None
    next_opens_at: datetime | None = None
    changes_at: datetime | None = None
    provisional: bool = False
    because: Any = None
    opening: Any = None
    restricted: Any = None


def status_at(
    openings: Iterable[OpeningRow],
    days: Iterable[DayRow],
    at: datetime,
    *,
    area: str | None = None,
    restricted_areas: Collection[str] = (),
) -> Status:
    """Return the state at the instant `at` of the venue, or of `area` alone.

    A venue is open when anybody can walk into some area of it; of several, the one that can still be
    entered and then the one that is open longest speaks for it. By booking and by appointment come next, then
    unknown: closed is said only when every area is known to be closed. `restricted_areas` are not for
    the general public; they speak only where a venue has no others.
    """
    rows = [row for row in openings if area is None or row.area_key == area]
    known = _KnownDays(day for day in days if area is None or day.area_key == area)
    in_force = [row for row in rows if row.opens_at <= at < row.closes_at]
    public = [row for row in in_force if row.is_general_public]
    restricted = max((row for row in in_force if row not in public), key=_longest, default=None)
    changes_at = _next_change(rows, known, at)
    next_opens_at = _next_entry(rows, known, at)
    if public:
        opening = max(public, key=lambda row: (at <= row.last_entry_at, *_longest(row)))
        can_enter = at <= opening.last_entry_at
        until = known.end_of(opening)
        return Status(
            state=DayStatus.OPEN,
            area=opening.area_key,
            until=until,
            can_enter=can_enter,
            last_entry_at=_end_of_entry(opening, rows) if until else None,
            next_opens_at=None if can_enter else next_opens_at,
            changes_at=changes_at,
            provisional=opening.provisional,
            because=opening.because,
            opening=opening,
            restricted=restricted,
        )
    booked = [row for row in in_force if _can_be_booked(row) and row.area_key not in restricted_areas]
    if booked:
        opening = max(booked, key=_longest)
        return Status(
            state=DayStatus.BY_APPOINTMENT,
            area=opening.area_key,
            until=known.end_of(opening),
            next_opens_at=next_opens_at,
            changes_at=changes_at,
            provisional=opening.provisional,
            because=opening.because,
            restricted=opening,
        )
    state, day = known.state_on(_date_of(at), restricted_areas)
    return Status(
        state=state,
        area=day.area_key if day else "",
        until=next_opens_at if state == DayStatus.CLOSED else None,
        next_opens_at=next_opens_at,
        changes_at=changes_at,
        provisional=bool(day and day.provisional),
        because=day.because if day else None,
        restricted=restricted,
    )


def stay(opening: OpeningRow, start: datetime, end: datetime) -> int:
    """Return for how many whole minutes of the window `[start, end)` somebody who enters here can stay.

    One arrives when the opening begins or the window does, not after the last entry, and may stay to the
    end of the unbroken run.
    """
    arrival = max(opening.opens_at, start)
    if arrival > opening.last_entry_at:
        return 0
    return max((min(opening.continues_until, end) - arrival) // ONE_MINUTE, 0)


def fits(opening: OpeningRow, start: datetime, end: datetime, minutes: int) -> bool:
    """Tell whether one can enter within `[start, end)` and stay there for at least `minutes` (1 or more)."""
    return stay(opening, start, end) >= max(minutes, 1)


# ---------------------------------------------------------------------------------------------------


class _KnownDays:
    """The day rows by area and date. A date without a row is not known."""

    def __init__(self, days: Iterable[DayRow]) -> None:
        self._rows = {(day.area_key, day.business_date): day for day in days}
        self.areas = sorted({key for key, _ in self._rows})

    def status(self, area: str, day: date) -> str:
        row = self._rows.get((area, day))
        return row.status if row else DayStatus.UNKNOWN

    def state_on(self, day: date, restricted_areas: Collection[str]) -> tuple[DayStatus, DayRow | None]:
        """Return the state outside all openings, and the row that speaks for it."""
        areas = [area for area in self.areas if area not in restricted_areas] or self.areas
        by_status = {self.status(area, day): self._rows.get((area, day)) for area in reversed(areas)}
        for status in (DayStatus.BY_APPOINTMENT, DayStatus.UNKNOWN):
            if status in by_status:
                return status, by_status[status]
        if not by_status:
            return DayStatus.UNKNOWN, None
        return DayStatus.CLOSED, by_status.get(DayStatus.OPEN) or by_status.get(DayStatus.CLOSED)

    def end_of(self, opening: OpeningRow) -> datetime | None:
        """Return the end of its run, or None when the run reaches a midnight after which nothing is known."""
        end = opening.continues_until
        day = _date_of(end)
        if end == instant(day, 0) and self.status(opening.area_key, day) == DayStatus.UNKNOWN:
            return None
        return end

    def are_known(self, area: str, first: date, last: date) -> bool:
        days = (first + index * ONE_DAY for index in range((last - first).days + 1))
        return all(self.status(area, day) != DayStatus.UNKNOWN for day in days)

    def change_at_midnight(self, today: date) -> bool:
        return any(self._reads(area, today) != self._reads(area, today + ONE_DAY) for area in self.areas)

    def _reads(self, area: str, day: date) -> tuple[Any, ...]:
        row = self._rows.get((area, day))
        return (row.status, row.provisional, row.because) if row else ()


def _next_entry(rows: Sequence[OpeningRow], known: _KnownDays, at: datetime) -> datetime | None:
    """Return when one can next walk in somewhere, where no unknown day of that area comes before it."""
    first_of_area: dict[str, datetime] = {}
    for row in rows:
        if row.is_general_public and row.opens_at > at:
            earlier = first_of_area.get(row.area_key, row.opens_at)
            first_of_area[row.area_key] = min(earlier, row.opens_at)
    today = _date_of(at)
    sure = [opens for area, opens in first_of_area.items() if known.are_known(area, today, _date_of(opens))]
    return min(sure, default=None)


def _next_change(rows: Sequence[OpeningRow], known: _KnownDays, at: datetime) -> datetime | None:
    """Return the next edge of any opening, or midnight where it separates days that read differently."""
    edges = {edge for row in rows for edge in (row.opens_at, row.last_entry_at, row.closes_at) if edge > at}
    if known.change_at_midnight(_date_of(at)):
        edges.add(instant(_date_of(at) + ONE_DAY, 0))
    return min(edges, default=None)


def _end_of_entry(opening: OpeningRow, rows: Sequence[OpeningRow]) -> datetime:
    """Follow the openings of the area for as long as entry goes on without a break."""
    end = opening.last_entry_at
    later = [row for row in rows if row.is_general_public and row.opens_at >= opening.opens_at]
    for row in sorted(later, key=lambda row: row.opens_at):
        if row.area_key == opening.area_key and row.opens_at <= end:
            end = max(end, row.last_entry_at)
    return end


def _can_be_booked(row: OpeningRow) -> bool:
    return row.state == State.BY_BOOKING and not row.audience_code


def _longest(row: OpeningRow) -> tuple[datetime, str]:
    return row.continues_until, row.area_key


def _date_of(at: datetime) -> date:
    return at.astimezone(CITY_TZ).date()
