"""The opening by which a venue answers a question about a time."""

from venues import hours, selectors
from venues.api import schemas
from venues.api.parameters import OpenQuestion
from venues.api.words import Reader, Reasons
from venues.enums import DayStatus
from venues.models import Interval, VenueDay, VenueEntry
from venues.questions import Window


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
    is_open = selectors.RANKS[entry.rank] == selectors.OPEN
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
    venue_id: int,
    opening: Interval | None,
    day: VenueDay | None,
    window: Window,
) -> schemas.OpenVenue:
    """Return how a venue can be entered: by an opening, or else by an appointment on a day."""
    brief = reader.brief(venue_id)
    if opening is None:
        return schemas.OpenVenue(
            **brief,
            area=day.area_key if day else "",
            area_name=reader.area_name(venue_id, day.area_key) if day else "",
            minutes=None,
            opens_at=None,
            until=None,
            last_entry_at=None,
            state=None,
            kind=None,
            condition="",
            audience="",
            provisional=bool(day and day.provisional),
            because=reasons(venue_id, day.because, status=day.status) if day else None,
        )
    return schemas.OpenVenue(
        **(brief | {"admission": opening.admission}),
        area=opening.area_key,
        area_name=reader.area_name(venue_id, opening.area_key),
        minutes=_minutes(opening, window),
        opens_at=opening.opens_at,
        until=opening.continues_until,
        last_entry_at=opening.last_entry_at,
        state=opening.state,
        kind=opening.kind,
        condition=reasons.words(venue_id, opening.condition),
        audience=opening.audience_code,
        provisional=opening.provisional,
        because=reasons(venue_id, opening.because, status=DayStatus.OPEN, kind=opening.kind),
    )
