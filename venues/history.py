"""What was published for a venue on a day, as it was published then: hours, notices and calendar of that time.

The hours of each version are kept with the calendar they were worked out with, so that the answer stays
the same whatever is edited later. It settles what the page said (《公共文化服务保障法》 Art. 61).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from openness.core import clock
from openness.core.calendars.days import CityCalendar, version_of
from openness.core.calendars.kept import calendar_data, calendar_from, calendar_of_years, says_the_same
from venues import hours
from venues.models import PublishedCalendar, PublishedHours, VenuePage
from venues.published import HORIZON_DAYS, resolved_days


class Standing(StrEnum):
    """Whether there is an answer, and if not, why."""

    PUBLISHED = "published"
    NOT_YET_PUBLIC = "not_yet_public"  # the venue's first hours are younger
    WITHDRAWN = "withdrawn"  # the venue showed no hours at that time
    BEYOND = "beyond"  # further ahead than hours are published


@dataclass(frozen=True)
class PublishedDay:
    """What readers were told at the instant ``asked_on`` (aware) about the business date ``day``.

    ``number`` counts the venue's versions from 1, 0 without one. ``days`` are one per area, ``openings`` what
    they hold; ``admission`` of an opening is empty where the venue's own applied. ``calendar_is_kept`` is false
    for versions older than the keeping of calendars: these are worked out with the calendar of today.
    """

    day: date
    asked_on: datetime
    standing: Standing
    version: PublishedHours | None = None
    number: int = 0
    days: tuple[hours.AreaDay, ...] = ()
    openings: tuple[hours.Opening, ...] = ()
    calendar_is_kept: bool = True

    @property
    def notices(self) -> list[str]:
        """The public ids of the notices that decided the day or an opening of it."""
        reasons = [day.because for day in self.days] + [opening.because for opening in self.openings]
        return sorted({because.notice for because in reasons if because.notice})


def published_on(venue: VenuePage, day: date, *, asked_on: datetime | None = None) -> PublishedDay:
    """Return what was published for the business date ``day`` of a venue. Five queries at most.

    ``venue`` is the source-language page, public or not. Without ``asked_on`` (an aware instant) it is what
    stood there when the day ended, or stands there now. A day that is over does not change any more: asked
    later, it is what stood there at its end.
    """
    end_of_day = hours.instant(day, 0) + timedelta(days=1, microseconds=-1)
    at = min(asked_on or clock.now(), end_of_day)
    earlier = PublishedHours.objects.filter(venue=venue, published_at__lte=at)
    version = earlier.select_related("calendar").first()
    if version is None:
        return PublishedDay(day, at, Standing.NOT_YET_PUBLIC)
    number = earlier.count()
    if not version.is_public:
        return PublishedDay(day, at, Standing.WITHDRAWN, version, number)
    if day > clock.local(at).date() + timedelta(days=HORIZON_DAYS):
        return PublishedDay(day, at, Standing.BEYOND, version, number)
    own = hours.from_dict(version.rules)
    calendar = calendar_from(version.calendar.data) if version.calendar else calendar_of_years(day, day)
    # With the day after it, into which an opening may run on.
    days = resolved_days(own, day, day + timedelta(days=1), calendar)
    return PublishedDay(
        day,
        at,
        Standing.PUBLISHED,
        version,
        number,
        days=tuple(each for each in hours.area_days(days) if each.business_date == day),
        openings=tuple(each for each in hours.openings_of(days, own.areas) if each.business_date == day),
        calendar_is_kept=version.calendar is not None,
    )


def versions_of(venue: VenuePage) -> list[PublishedHours]:
    """Return all versions of a venue's public hours, latest first, without their rules. One query."""
    return list(PublishedHours.objects.filter(venue=venue).defer("rules"))


# ---------------------------------------------------------------------------------------------------
# Writing it down


def record(
    venues: Sequence[VenuePage],
    public: Mapping[int, hours.VenueHours],
    calendar: CityCalendar,
    period: tuple[date, date],
    *,
    cause: str,
) -> set[int]:
    """Append a version for each venue whose public hours or their calendar have changed; return the others' keys.

    ``public`` holds the hours by venue, and nothing for one that shows none; ``period`` is the first and last
    day that hours are worked out for. At most four queries.
    """
    latest = {row.venue_id: row for row in _latest(venues)}
    same_calendar = _same_calendars(latest.values(), calendar, period)
    versions, unchanged = [], set()
    for venue in venues:
        row, own = latest.get(venue.pk), public.get(venue.pk)
        if own is None:
            if row and row.is_public:
                versions.append(_version(venue, None, "", cause))
            continue
        digest = hours.digest(own)
        if row and row.is_public and row.digest == digest and row.calendar_id in same_calendar:
            unchanged.add(venue.pk)
        else:
            versions.append(_version(venue, own, digest, cause))
    shown = [version for version in versions if version.is_public]
    if shown:
        kept = _keep(calendar)
        for version in shown:
            version.calendar, version.calendar_version = kept, version_of(calendar)
    PublishedHours.objects.bulk_create(versions)
    return unchanged


def _version(venue: VenuePage, own: hours.VenueHours | None, digest: str, cause: str) -> PublishedHours:
    return PublishedHours(
        venue=venue,
        is_public=own is not None,
        digest=digest,
        rules=hours.to_dict(own) if own else {},
        notices=sorted({schedule.notice for schedule in own.schedules if schedule.notice}) if own else [],
        published_at=clock.now(),
        cause=cause,
    )


def _latest(venues: Iterable[VenuePage]) -> QuerySet[PublishedHours]:
    """Return the latest version of each venue, without its rules."""
    newest = PublishedHours.objects.filter(venue=OuterRef("pk")).values("pk")[:1]
    keys = VenuePage.objects.filter(pk__in=[venue.pk for venue in venues]).values_list(Subquery(newest))
    return PublishedHours.objects.filter(pk__in=keys).order_by().defer("rules", "notices")


def _same_calendars(
    rows: Iterable[PublishedHours], calendar: CityCalendar, period: tuple[date, date]
) -> set[str | None]:
    """Return the digests of those calendars of ``rows`` that say the same as ``calendar`` in the period's years."""
    kept = PublishedCalendar.objects.in_bulk({row.calendar_id for row in rows if row.calendar_id})
    first, last = date(period[0].year, 1, 1), date(period[1].year, 12, 31)
    return {key for key, row in kept.items() if says_the_same(row.data, calendar, first, last)}


def _keep(calendar: CityCalendar) -> PublishedCalendar:
    """Keep the calendar, once; return it."""
    data: dict[str, Any] = calendar_data(calendar, calendar.first, calendar.last)
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"))
    kept = PublishedCalendar(digest=hashlib.sha256(canonical.encode()).hexdigest(), data=data)
    PublishedCalendar.objects.bulk_create([kept], ignore_conflicts=True)
    return kept
