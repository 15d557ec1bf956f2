"""The days and openings of venues in the compiled tables: which rows they get, and which can stay."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef

from openness.core.calendars.days import CityCalendar
from venues import hours
from venues.models import Interval, VenueDay, VenuePage
from venues.published import resolved_days
from venues.rows import delete_rows, insert_rows

ONE_DAY = timedelta(days=1)
DAY_COLUMNS = ("venue_id", "area_key", "business_date", "status", "provisional", "because")
INTERVAL_COLUMNS = (
    *("venue_id", "area_key", "business_date", "opens_at", "closes_at", "last_entry_at", "continues_until"),
    *("state", "kind", "condition", "audience_code", "is_general_public", "admission", "provisional"),
    "because",
)


def write_hours(
    venues: Sequence[VenuePage],
    public: Mapping[int, hours.VenueHours],
    calendar: CityCalendar,
    period: tuple[date, date],
    *,
    unchanged: Collection[int] = (),
) -> None:
    """Make the rows of the period's days what the hours say; venues that are not in ``public`` get none.

    At most eight queries. The rows of ``unchanged`` venues, whose hours and calendar are those they were
    compiled with, are right already: only the days after them are written.
    """
    first, last = period
    shown = [venue for venue in venues if venue.pk in public]
    begun = _begun(shown, before=first)
    standing = _Standing.of([venue for venue in shown if venue.pk in unchanged], first)
    days: list[tuple[Any, ...]] = []
    intervals: list[tuple[Any, ...]] = []
    kept = set()
    for venue in shown:
        own = public[venue.pk]
        # A new venue begins with this week, and with yesterday, whose hours may run past midnight.
        since = first if venue.pk in begun else first - timedelta(days=max(first.weekday(), 1))
        known = standing.last_day(venue.pk, own) if venue.pk in begun else None
        if known:
            resolved = resolved_days(own, known + ONE_DAY, last, calendar)
            openings = hours.openings_of(resolved, own.areas)
            if not standing.runs_into(venue.pk, openings):
                kept.add(venue.pk)
        if venue.pk not in kept:
            resolved = resolved_days(own, since, last, calendar)
            openings = hours.openings_of(resolved, own.areas)
        days += [_day_row(venue, day) for day in hours.area_days(resolved)]
        intervals += [_interval_row(venue, opening) for opening in openings]
    replaced = [venue.pk for venue in venues if venue.pk not in kept]
    for model in (VenueDay, Interval):
        delete_rows(model._default_manager.filter(venue__in=replaced, business_date__gte=first))
    insert_rows(VenueDay, DAY_COLUMNS, days)
    insert_rows(Interval, INTERVAL_COLUMNS, intervals)


def _begun(venues: Sequence[VenuePage], *, before: date) -> set[int]:
    """Return the keys of the venues that have days before the day ``before``."""
    earlier = VenueDay.objects.filter(venue=OuterRef("pk"), business_date__lt=before)
    keys = [venue.pk for venue in venues]
    return set(VenuePage.objects.filter(Exists(earlier), pk__in=keys).values_list("pk", flat=True))


class _Standing:
    """Which rows venues have from a day on."""

    def __init__(self, first: date) -> None:
        self._first = first
        # The first and last day of each area, and how many there are.
        self._areas: dict[int, dict[str, tuple[date, date, int]]] = defaultdict(dict)
        self._ends: dict[int, datetime] = {}

    @classmethod
    def of(cls, venues: Sequence[VenuePage], first: date) -> "_Standing":
        """Look them up. Two queries, none without venues."""
        found = cls(first)
        if venues:
            rows: dict[str, Any] = {"venue__in": venues, "business_date__gte": first}
            days = VenueDay.objects.filter(**rows).order_by().values_list("venue", "area_key")
            for venue, area, *span in days.annotate(
                earliest=Min("business_date"), latest=Max("business_date"), number=Count("pk")
            ):
                found._areas[venue][area] = (span[0], span[1], span[2])
            intervals = Interval.objects.filter(**rows).order_by().values_list("venue")
            found._ends = dict(intervals.annotate(end=Max("closes_at")))
        return found

    def last_day(self, venue: int, own: hours.VenueHours) -> date | None:
        """Return the day up to which every area of the venue has all its days; None where it does not."""
        areas = self._areas.get(venue, {})
        if areas.keys() != {area.key for area in own.areas_in_use} or len(set(areas.values())) != 1:
            return None
        earliest, latest, number = next(iter(areas.values()))
        is_whole = earliest == self._first and (latest - earliest).days + 1 == number
        return latest if is_whole else None

    def runs_into(self, venue: int, openings: Sequence[hours.Opening]) -> bool:
        """Tell whether hours that are written down already run on into these: their end lies further ahead now."""
        return bool(openings) and venue in self._ends and openings[0].opens_at <= self._ends[venue]


def _day_row(venue: VenuePage, day: hours.AreaDay) -> tuple[Any, ...]:
    """Return the values of DAY_COLUMNS."""
    because = day.because.to_dict()
    return venue.pk, day.area_key, day.business_date, day.status, day.provisional, because


def _interval_row(venue: VenuePage, opening: hours.Opening) -> tuple[Any, ...]:
    """Return the values of INTERVAL_COLUMNS."""
    return (
        venue.pk,
        opening.area_key,
        opening.business_date,
        opening.opens_at,
        opening.closes_at,
        opening.last_entry_at,
        opening.continues_until,
        opening.state,
        opening.kind,
        opening.condition,
        opening.audience_code,
        opening.is_general_public,
        opening.admission or venue.admission,
        opening.provisional,
        opening.because.to_dict(),
    )
