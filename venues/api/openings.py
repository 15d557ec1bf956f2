"""The opening by which a venue answers a question about a time."""

from datetime import datetime

from openness.core import clock
from venues import hours, selectors
from venues.api import schemas
from venues.api.parameters import OpenQuestion
from venues.api.words import Reader, Reasons
from venues.compile import horizon
from venues.enums import DayStatus, SessionKind, SessionState
from venues.models import Interval, VenueDay, VenueEntry
from venues.questions import Window


def group_of(entry: VenueEntry) -> str:
    """Return the group (``selectors.RANKS``) of an entry that ``selectors.find`` has found."""
    return selectors.RANKS[entry.rank]  # type: ignore[attr-defined]


def fits(opening: hours.OpeningRow, window: Window) -> bool:
    """Tell whether one can enter within the window and stay: ``selectors.fitting_intervals`` for one row."""
    arrival = max(opening.opens_at, window.start)
    return (
        opening.opens_at <= window.last_start
        and opening.last_entry_at >= window.start
        and opening.continues_until > window.start
        and opening.continues_until - arrival >= window.stay
    )


def opening_of(
    entry: VenueEntry, found: selectors.Found, window: Window, asked: OpenQuestion
) -> Interval | None:
    """Return the opening that lets one stay longest: of those by which ``selectors.find`` chose the venue."""
    is_open = group_of(entry) == selectors.OPEN
    fitting = [
        opening
        for opening in found.openings.get(entry.venue_id, [])
        if fits(opening, window)
        and (not asked.admission or opening.admission == asked.admission)
        and (not asked.kind or opening.kind == asked.kind)
        and (opening.is_general_public or not is_open)
    ]
    return max(fitting, key=lambda opening: (_minutes(opening, window), opening.area_key), default=None)


def _minutes(opening: Interval, window: Window) -> int:
    return hours.stay(opening, window.start, window.known_end)


def appointment_of(found: selectors.Found, entry: VenueEntry, window: Window) -> VenueDay | None:
    """Return the day on which an appointment lets one in, if there is one within the window."""
    first, last = window.dates
    return next(
        (
            day
            for day in found.days.get(entry.venue_id, [])
            if day.status == DayStatus.BY_APPOINTMENT and first <= day.business_date <= last
        ),
        None,
    )


def open_venue(
    reader: Reader,
    reasons: Reasons,
    entry: VenueEntry,
    found: selectors.Found,
    window: Window,
    by: Interval | VenueDay | None,
) -> schemas.OpenVenue:
    """Return how a venue can be entered: by an opening, or else by an appointment on a day."""
    venue_id = entry.venue_id
    if isinstance(by, Interval):
        return _by_opening(reader, reasons, venue_id, found, window, by)
    return schemas.OpenVenue(
        **reader.brief(venue_id),
        area=by.area_key if by else "",
        area_name=reader.area_name(venue_id, by.area_key) if by else "",
        minutes=None,
        opens_at=None,
        until=None,
        last_entry_at=None,
        state=None,
        kind=None,
        condition="",
        audience="",
        provisional=bool(by and by.provisional),
        because=reasons(venue_id, by.because, status=by.status) if by else None,
    )


def _by_opening(
    reader: Reader, reasons: Reasons, venue_id: int, found: selectors.Found, window: Window, opening: Interval
) -> schemas.OpenVenue:
    until, last_entry_at = _ends(opening, venue_id, found, window)
    return schemas.OpenVenue(
        **(reader.brief(venue_id) | {"admission": opening.admission}),
        area=opening.area_key,
        area_name=reader.area_name(venue_id, opening.area_key),
        minutes=_minutes(opening, window),
        opens_at=opening.opens_at,
        until=until,
        last_entry_at=last_entry_at,
        state=SessionState(opening.state),
        kind=SessionKind(opening.kind),
        condition=reasons.words(venue_id, opening.condition),
        audience=opening.audience_code,
        provisional=opening.provisional,
        because=reasons(venue_id, opening.because, status=DayStatus.OPEN, kind=opening.kind),
    )


def _ends(
    opening: Interval, venue_id: int, found: selectors.Found, window: Window
) -> tuple[datetime | None, datetime | None]:
    """Return until when one can stay and go in; None for a run that goes on to the end of the compiled days."""
    until, last_day = opening.continues_until, horizon()[1]
    day = clock.local(until).date()
    if day >= last_day and until == hours.instant(day, 0):
        return None, None
    arrival = max(opening.opens_at, window.start)
    state = hours.status_at(
        found.openings[venue_id], found.days.get(venue_id, []), arrival, area=opening.area_key
    )
    # Entry may go on from one span to the next; the status function follows it.
    is_same = state.opening is not None and state.opening.continues_until == until
    return until, (state.last_entry_at if is_same else None) or opening.last_entry_at
