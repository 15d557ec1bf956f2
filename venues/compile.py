"""From rules, notices and the calendar to what the public reads. The only writer of the compiled tables.

One venue is compiled at a time, under a lock on its row, inside the transaction of the change that
made it necessary: page, intervals, days, entry, history and outbox stand or fall together. What was
compiled for past days is never written again.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Locale, Page

from openness.core import clock, outbox
from openness.core.calendars.days import CityCalendar, city_calendar, version_of
from openness.core.gate import visible
from openness.departments.selectors import paths_of
from venues import hours
from venues.entries import refresh_entries
from venues.enums import HoursMode, NoticeScope
from venues.models import Interval, NoticeVenue, OpeningNoticePage, PublishedHours, VenueDay, VenuePage
from venues.schedules import hours_of, line_of_hours, notice_schedules

logger = logging.getLogger(__name__)

HORIZON_DAYS = 90


def horizon() -> tuple[date, date]:
    """Return the first and last business date that lists can answer for: today and 90 days on (Asia/Shanghai)."""
    today = clock.today()
    return today, today + timedelta(days=HORIZON_DAYS)


# ---------------------------------------------------------------------------------------------------
# What holds


def published_hours(
    venue: VenuePage, *, drop: OpeningNoticePage | None = None, extra: Iterable[hours.Schedule] = ()
) -> hours.VenueHours:
    """Return the venue's hours with the public notices on top, as the engine reads them.

    ``drop`` leaves a notice out and ``extra`` adds schedules: how a form asks what would be.
    """
    own = hours_of(venue)
    notices = [notice for notice in notices_on(venue) if drop is None or notice.pk != drop.pk]
    later = _superseding(notices)
    if drop is not None:
        later = [notice for notice in later if notice.pk != drop.pk]
    schedules = [
        schedule
        for notice in notices
        for schedule in notice_schedules(notice, until=_last_day_of(notice, later))
    ]
    return hours.VenueHours(mode=own.mode, areas=own.areas, schedules=(*own.schedules, *schedules, *extra))


def notices_on(venue: VenuePage) -> list[OpeningNoticePage]:
    """Return the public notices that concern the venue, or a parent whose hours it has, earliest first."""
    concerned = [each.pk for each in line_of_hours(venue)]
    notices = OpeningNoticePage.objects.filter(concerned__venue__in=concerned).distinct()
    return list(visible(notices).order_by("first_public_at", "pk").prefetch_related("effects__sessions"))


def _superseding(notices: list[OpeningNoticePage]) -> list[OpeningNoticePage]:
    """Return the public notices that replace or end one of these; they may be about fewer or other venues."""
    if not notices:
        return []
    later = OpeningNoticePage.objects.filter(supersedes__in=notices, withdrawn_at=None)
    return list(visible(later, Locale.get_default()).prefetch_related("effects"))


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


def resolve(venue: VenuePage, first: date, last: date) -> tuple[list[hours.AreaDay], list[hours.Opening]]:
    """Return every area's days and openings from ``first`` to ``last`` (business dates, both included), computed now.

    For the compiled days this is what the tables hold; outside of them it is the only answer. ``venue``
    is the source-language page.
    """
    own = published_hours(venue)
    days = _resolve(own, first, last, city_calendar(first, last))
    return hours.area_days(days), hours.openings_of(days, own.areas)


def _resolve(own: hours.VenueHours, first: date, last: date, calendar: CityCalendar) -> list[hours.Day]:
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
    if is_known and not is_dated and not calendar.facts(day.date).is_confirmed:
        return replace(day, provisional=True)
    return day


# ---------------------------------------------------------------------------------------------------
# Writing it down


@transaction.atomic
def compile_venue(page: VenuePage, *, cause: str) -> None:
    """Bring all compiled rows of a venue up to date with its published page and the notices on it.

    ``page`` may be the venue's page in any language. ``cause`` says in the history why: ``page``,
    ``notice``, ``calendar``, ``daily``.
    """
    venue = page.source_page
    # Two editors who publish at once take turns from here on.
    venue = VenuePage.objects.select_for_update().get(pk=venue.pk)
    first, last = horizon()
    if not VenueDay.objects.filter(venue=venue, business_date__lt=first).exists():
        # A new venue begins with this week, and with yesterday, whose hours may run past midnight.
        first -= timedelta(days=max(first.weekday(), 1))
    VenueDay.objects.filter(venue=venue, business_date__gte=first).delete()
    Interval.objects.filter(venue=venue, business_date__gte=first).delete()
    if venue.live and not venue.has_ended:
        own, calendar = published_hours(venue), city_calendar(first, last)
        days = _resolve(own, first, last, calendar)
        VenueDay.objects.bulk_create(_day_row(venue, day) for day in hours.area_days(days))
        Interval.objects.bulk_create(
            _interval_row(venue, each) for each in hours.openings_of(days, own.areas)
        )
        _append_history(venue, own, version_of(calendar), cause)
    # Last, since an entry tells which kinds of hours there are.
    refresh_entries(venue)
    outbox.publish("venue", venue.code)
    branches = venue.branches.filter(hours_mode=HoursMode.SAME_AS_PARENT, locale=venue.locale)
    for branch in branches.order_by("pk"):
        compile_venue(branch, cause=cause)


@transaction.atomic
def compile_notice(notice: OpeningNoticePage, *, superseded_before: int | None = None) -> None:
    """Recompile every venue that the notice concerns, or did before this change, or whose notice it supersedes.

    ``superseded_before`` is the key of the notice that it superseded before this change.
    """
    now_concerned = set(concerned_venues(notice).values_list("pk", flat=True)) if notice.live else set()
    before = set(notice.concerned.values_list("venue_id", flat=True))
    NoticeVenue.objects.filter(notice=notice, venue_id__in=before - now_concerned).delete()
    NoticeVenue.objects.bulk_create(
        NoticeVenue(notice=notice, venue_id=pk) for pk in sorted(now_concerned - before)
    )
    earlier = NoticeVenue.objects.filter(notice__in=[notice.supersedes_id, superseded_before])
    superseded = set(earlier.values_list("venue_id", flat=True))
    # In the order of their keys, so that two notices never wait for each other.
    for venue in VenuePage.objects.filter(pk__in=before | now_concerned | superseded).order_by("pk"):
        compile_venue(venue, cause="notice")
    outbox.publish("notice", str(notice.pk))


@transaction.atomic
def compile_below(page: Page) -> None:
    """Recompile the venues of the notices below a page that was hidden, shown or moved."""
    notices = OpeningNoticePage.objects.filter(path__startswith=page.path)
    for venue in VenuePage.objects.filter(notices__notice__in=notices).distinct().order_by("pk"):
        compile_venue(venue, cause="notice")


def compile_all(*, cause: str) -> int:
    """Compile every venue, each in a transaction of its own; return how many. Daily, and when the calendar changes.

    One that fails keeps none from it: its error is raised after the others, in an ExceptionGroup.
    """
    venues = VenuePage.objects.filter(locale=Locale.get_default(), live=True).order_by("pk")
    count, errors = 0, []
    for venue in venues.iterator(chunk_size=200):
        try:
            compile_venue(venue, cause=cause)
            count += 1
        except Exception as error:
            logger.exception("Venue %s could not be compiled", venue.code)
            errors.append(error)
    if errors:
        raise ExceptionGroup(f"{len(errors)} venues could not be compiled", errors)
    return count


def concerned_venues(notice: OpeningNoticePage) -> "QuerySet[VenuePage]":
    """Return the venues (source-language pages) that a notice is about, by name or by selection."""
    venues = VenuePage.objects.filter(locale=Locale.get_default())
    if notice.scope == NoticeScope.NAMED:
        return venues.filter(pk__in=[target.venue_id for target in notice.targets.all()])
    venues = venues.filter(live=True)
    if notice.scope_region:
        venues = venues.filter(region__lineage__startswith=notice.scope_region.lineage)
    if types := [row.venue_type.lineage for row in notice.target_types.all()]:
        venues = venues.filter(_any_prefix("venue_type__lineage", types))
    if departments := [row.department for row in notice.target_departments.all()]:
        venues = venues.filter(_any_prefix("path", paths_of(departments)))
    return venues


def _any_prefix(field: str, prefixes: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{f"{field}__startswith": prefix}) for prefix in prefixes), Q(pk__in=[]))


def _day_row(venue: VenuePage, day: hours.AreaDay) -> VenueDay:
    return VenueDay(
        venue=venue,
        area_key=day.area_key,
        business_date=day.business_date,
        status=day.status,
        provisional=day.provisional,
        because=day.because.to_dict(),
    )


def _interval_row(venue: VenuePage, opening: hours.Opening) -> Interval:
    return Interval(
        venue=venue,
        area_key=opening.area_key,
        business_date=opening.business_date,
        opens_at=opening.opens_at,
        closes_at=opening.closes_at,
        last_entry_at=opening.last_entry_at,
        continues_until=opening.continues_until,
        state=opening.state,
        kind=opening.kind,
        condition=opening.condition,
        audience_code=opening.audience_code,
        is_general_public=opening.is_general_public,
        admission=opening.admission or venue.admission,
        provisional=opening.provisional,
        because=opening.because.to_dict(),
    )


def _append_history(venue: VenuePage, own: hours.VenueHours, calendar_version: str, cause: str) -> None:
    digest = hours.digest(own)
    latest = PublishedHours.objects.filter(venue=venue).first()
    if latest and latest.digest == digest:
        return
    PublishedHours.objects.create(
        venue=venue,
        digest=digest,
        rules=hours.to_dict(own),
        notices=sorted({schedule.notice for schedule in own.schedules if schedule.notice}),
        calendar_version=calendar_version,
        published_at=clock.now(),
        cause=cause,
    )
