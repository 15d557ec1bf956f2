"""What holds at a venue: its own hours, the public notices on top, and what the engine makes of both.

Everything here is asked of many venues at once; one venue is a list of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import prefetch_related_objects
from wagtail.models import Locale

from openness.core import clock
from openness.core.calendars.days import CityCalendar
from openness.core.gate import visible
from venues import hours
from venues.enums import HoursMode
from venues.models import NoticeVenue, OpeningNoticePage, VenuePage
from venues.schedules import effects_told, hours_of, line_of_hours

HORIZON_DAYS = 90
ROWS_OF_HOURS = ("areas", "schedules__rules__sessions")


def horizon() -> tuple[date, date]:
    """Return the first and last business date that lists can answer for: today and 90 days on (Asia/Shanghai)."""
    today = clock.today()
    return today, today + timedelta(days=HORIZON_DAYS)


def published_hours(
    venue: VenuePage, *, drop: OpeningNoticePage | None = None, extra: Iterable[hours.Schedule] = ()
) -> hours.VenueHours:
    """Return the venue's hours with the public notices on top, as the engine reads them.

    ``venue`` may be a page in memory with rows nobody has saved. ``drop`` leaves a notice out and ``extra``
    adds schedules: how a form asks what would be.
    """
    line = [each.pk for each in line_of_hours(venue)]
    own = _with_notices(hours_of(venue), PublicNotices(line, drop=drop).schedules(line))
    return replace(own, schedules=(*own.schedules, *extra))


def published_hours_of(venues: Sequence[VenuePage]) -> dict[int, hours.VenueHours]:
    """Return the same for many venues, by key: in one set of queries, and one more per generation of parents."""
    _load_rows(venues)
    lines = {venue.pk: [each.pk for each in line_of_hours(venue)] for venue in venues}
    notices = PublicNotices({pk for line in lines.values() for pk in line})
    return {venue.pk: _with_notices(hours_of(venue), notices.schedules(lines[venue.pk])) for venue in venues}


def _with_notices(own: hours.VenueHours, schedules: Iterable[hours.Schedule]) -> hours.VenueHours:
    return replace(own, schedules=(*own.schedules, *schedules))


def _load_rows(venues: Sequence[VenuePage]) -> None:
    """Load the parents that hours come from, a generation at a time, and the rows of hours of all of them."""
    known = {venue.pk: venue for venue in venues}
    generation: Iterable[VenuePage] = venues
    while missing := _parents_of(generation) - known.keys():
        generation = list(VenuePage.objects.filter(pk__in=missing).defer_streamfields())
        known.update((parent.pk, parent) for parent in generation)
    for venue in known.values():
        if venue.parent_venue_id in known:
            venue.parent_venue = known[venue.parent_venue_id]
    prefetch_related_objects(list(known.values()), *ROWS_OF_HOURS)


def _parents_of(venues: Iterable[VenuePage]) -> set[int]:
    return {
        venue.parent_venue_id
        for venue in venues
        if venue.hours_mode == HoursMode.SAME_AS_PARENT and venue.parent_venue_id
    }


class PublicNotices:
    """The public notices on some venues (source-language pages), and what each does to the hours. Five queries."""

    def __init__(self, venue_ids: Iterable[int], *, drop: OpeningNoticePage | None = None) -> None:
        self._by_venue: dict[int, set[int]] = defaultdict(set)
        concerned = NoticeVenue.objects.filter(venue__in=list(venue_ids))
        for venue_id, notice_id in concerned.values_list("venue_id", "notice_id"):
            self._by_venue[venue_id].add(notice_id)
        wanted = {pk for pks in self._by_venue.values() for pk in pks} - {drop.pk if drop else None}
        notices = _public_notices(wanted)
        later = _superseding(notices, drop)
        # Once for all its venues; an effect that is about some of them comes with their keys.
        self._told = {
            notice.pk: effects_told(notice, until=_last_day_of(notice, later)) for notice in notices
        }

    def schedules(self, line: Iterable[int]) -> list[hours.Schedule]:
        """Return what the notices on these venues do, each notice once, the earliest first.

        ``line`` is a venue and the parents whose hours it has, by key.
        """
        keys = set(line)
        concerned = set().union(*(self._by_venue.get(pk, set()) for pk in keys))
        return [
            schedule
            for pk, told in self._told.items()
            if pk in concerned
            for venue_keys, schedule in told
            if not venue_keys or venue_keys & keys
        ]


def _public_notices(keys: set[int]) -> list[OpeningNoticePage]:
    """Return those notices that are public, earliest first, with their effects."""
    if not keys:
        return []
    notices = visible(OpeningNoticePage.objects.filter(pk__in=keys))
    return list(notices.order_by("first_public_at", "pk").prefetch_related("effects__sessions"))


def _superseding(notices: list[OpeningNoticePage], drop: OpeningNoticePage | None) -> list[OpeningNoticePage]:
    """Return the public notices that replace or end one of these; they may be about fewer or other venues."""
    if not notices:
        return []
    later = OpeningNoticePage.objects.filter(supersedes__in=notices, withdrawn_at=None)
    if drop is not None:
        later = later.exclude(pk=drop.pk)
    later = visible(later, Locale.get_default()).select_related("locale")
    return list(later.prefetch_related("effects"))


def _last_day_of(notice: OpeningNoticePage, later_notices: list[OpeningNoticePage]) -> date | None:
    """Return the day after which a withdrawal or a later notice takes this one's effect away; None for never."""
    ends = []
    if notice.withdrawn_at:
        ends.append(clock.local(notice.withdrawn_at).date() - timedelta(days=1))
    for later in later_notices:
        if later.supersedes_id == notice.pk:
            begins = later.first_day or clock.local(later.first_public_at or clock.now()).date()
            ends.append(begins - timedelta(days=1))
    return min(ends, default=None)


# ---------------------------------------------------------------------------------------------------
# Its days


def resolved_days(own: hours.VenueHours, first: date, last: date, calendar: CityCalendar) -> list[hours.Day]:
    """Return the days of every area in use, from ``first`` to ``last``, both included."""
    return [
        _said_with_its_doubt(day, calendar)
        for area in own.areas_in_use
        for day in hours.resolve_days(own, area.key, first, last, calendar)
    ]


def _said_with_its_doubt(day: hours.Day, calendar: CityCalendar) -> hours.Day:
    """Mark a day of a year without confirmed holidays: even plain weekly hours may be changed by one of them.

    What names its dates itself, a notice, and what is not known at all needs no such mark.
    """
    is_known = day.status in {hours.DayStatus.OPEN, hours.DayStatus.CLOSED}
    is_dated = day.because.matcher is not None and day.because.matcher.kind == hours.MatcherKind.DATES
    if is_known and not is_dated and not day.provisional and not calendar.facts(day.date).is_confirmed:
        return replace(day, provisional=True)
    return day
