"""The days and openings of one venue: compiled where they are, else computed now."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from openness.core import clock
from openness.core.calendars.days import days_between
from venues import hours
from venues.api import schemas
from venues.api.words import LIFE, Reader, Reasons
from venues.compile import HORIZON_DAYS, resolve
from venues.enums import DayStatus, Life, SessionKind, SessionState
from venues.models import Interval, VenueDay, VenuePage

# So many days ahead must be compiled for a status; else it is computed, as far ahead as lists are compiled.
DAYS_AHEAD = 31


Days = Sequence[hours.AreaDay | VenueDay]
Openings = Sequence[hours.Opening | Interval]


def hours_around(venue: VenuePage, at: datetime) -> tuple[Days, Openings]:
    """Return the days and openings that tell a venue's state at ``at``: compiled where they are, else computed now."""
    day = clock.local(at).date()
    first, last = day - timedelta(days=1), day + timedelta(days=HORIZON_DAYS)
    days, openings = _compiled(venue, first, last)
    if not {*days_between(first, day + timedelta(days=DAYS_AHEAD))} <= {row.business_date for row in days}:
        # Never both: the runs of compiled openings end where the compiled days do.
        days, openings = resolve(venue, first, last)
    return _until_its_end(venue, days, openings)


def hours_on(venue: VenuePage, first: date, last: date) -> tuple[Days, Openings]:
    """Return the days and openings from ``first`` to ``last``: what was compiled, and for other days what holds now."""
    days, openings = _compiled(venue, first, last)
    compiled = {row.business_date for row in days}
    if not {*days_between(first, last)} <= compiled:
        computed_days, computed_openings = resolve(venue, first, last)
        days = [*days, *(row for row in computed_days if row.business_date not in compiled)]
        openings = [*openings, *(row for row in computed_openings if row.business_date not in compiled)]
    return _until_its_end(venue, days, openings)


def _compiled(venue: VenuePage, first: date, last: date) -> tuple[Days, Openings]:
    days = VenueDay.objects.filter(venue=venue, business_date__range=(first, last))
    return list(days), list(Interval.objects.filter(venue=venue, business_date__range=(first, last)))


def _until_its_end(venue: VenuePage, days: Days, openings: Openings) -> tuple[Days, Openings]:
    """Close the days on which the venue is no more, or not yet."""
    if venue.life == Life.PLANNED:
        end = date.min
    elif venue.has_ended:
        end = venue.life_since or clock.today()
    else:
        return days, openings
    because = hours.Because(layer=LIFE, schedule=LIFE, rule=venue.life, label=venue.life_note)
    known = [
        row
        if row.business_date < end
        else hours.AreaDay(row.area_key, row.business_date, hours.DayStatus.CLOSED, False, because)
        for row in days
    ]
    return known, [row for row in openings if row.business_date < end]


def status(
    reader: Reader,
    reasons: Reasons,
    venue_id: int,
    found: hours.Status,
    at: datetime,
    days: Days,
) -> schemas.Status:
    """Return the status function's answer as it is published; ``days`` are those it was found from."""
    opening = found.opening or found.restricted
    explained: str = found.state
    if found.state == DayStatus.CLOSED:
        # Outside its hours a day is explained by the rule that sets these hours.
        today = clock.local(at).date()
        rows = (day for day in days if day.area_key == found.area and day.business_date == today)
        explained = next((day.status for day in rows), explained)
    return schemas.Status(
        at=at,
        state=DayStatus(found.state),
        area=found.area,
        area_name=reader.area_name(venue_id, found.area),
        can_enter=found.can_enter,
        until=found.until,
        last_entry_at=found.last_entry_at,
        next_opens_at=found.next_opens_at,
        provisional=found.provisional,
        because=reasons.or_none(
            venue_id, found.because, status=explained, kind=opening.kind if opening else "regular"
        ),
    )


def business_day(
    reasons: Reasons, venue: VenuePage, day: hours.AreaDay | VenueDay, openings: Openings
) -> schemas.BusinessDay:
    """Return a day of one area with the openings that began on it."""
    return schemas.BusinessDay(
        date=day.business_date,
        area=day.area_key,
        status=DayStatus(day.status),
        provisional=day.provisional,
        because=reasons(venue.pk, day.because, status=day.status),
        intervals=[
            schemas.Interval(
                opens_at=row.opens_at,
                closes_at=row.closes_at,
                last_entry_at=row.last_entry_at,
                state=SessionState(row.state),
                kind=SessionKind(row.kind),
                condition=reasons.words(venue.pk, row.condition),
                audience=row.audience_code,
                admission=row.admission or venue.admission,
                is_general_public=row.is_general_public,
                because=reasons(venue.pk, row.because, status=DayStatus.OPEN, kind=row.kind),
            )
            for row in openings
            if row.business_date == day.business_date and row.area_key == day.area_key
        ],
    )
