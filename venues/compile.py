"""From rules, notices and the calendar to what the public reads. The only writer of the compiled tables.

Venues are compiled under a lock on their rows, inside the transaction of the change that made it
necessary: page, intervals, days, entry, history and outbox stand or fall together. What was compiled
for past days is never written again. One venue and a hundred thousand take the same path, in chunks of
a constant number of queries.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial, reduce
from multiprocessing import get_context
from operator import or_

from django.db import connections, transaction
from django.db.models import Q, QuerySet
from wagtail.models import Locale, Page

from openness.core import outbox
from openness.core.calendars.days import CityCalendar, city_calendar
from openness.core.calendars.kept import calendar_of_years
from openness.departments.selectors import paths_of
from venues import hours
from venues.compiled_rows import write_hours
from venues.entries import refresh_entries
from venues.enums import HoursMode, NoticeScope
from venues.history import record
from venues.models import NoticeVenue, OpeningNoticePage, VenuePage
from venues.published import HORIZON_DAYS, horizon, published_hours, published_hours_of, resolved_days

__all__ = [
    "HORIZON_DAYS",
    "compile_all",
    "compile_below",
    "compile_notice",
    "compile_venue",
    "compile_venues",
    "concerned_venues",
    "horizon",
    "published_hours",
    "resolve",
]

logger = logging.getLogger(__name__)

CHUNK = 200
ONE_WEEK = timedelta(days=7)
DAILY = "daily"


class NotCompiledError(RuntimeError):
    """A venue, named by its code, whose hours could not be worked out or written."""


def resolve(venue: VenuePage, first: date, last: date) -> tuple[list[hours.AreaDay], list[hours.Opening]]:
    """Return every area's days and openings from ``first`` to ``last`` (business dates, both included), computed now.

    For the compiled days this is what the tables hold; outside of them it is the only answer. ``venue``
    is the source-language page.
    """
    own = published_hours(venue)
    days = resolved_days(own, first, last, city_calendar(first, last))
    return hours.area_days(days), hours.openings_of(days, own.areas)


# ---------------------------------------------------------------------------------------------------
# After a change


def compile_venue(page: VenuePage, *, cause: str) -> None:
    """Bring all compiled rows of a venue up to date with its published page and the notices on it.

    ``page`` may be the venue's page in any language. ``cause`` says in the history why: ``page``,
    ``notice``, ``calendar``, ``daily``.
    """
    compile_venues([page.source_page.pk], cause=cause)


@transaction.atomic
def compile_venues(keys: Iterable[int], *, cause: str) -> None:
    """Do the same for source-language pages by key, and for the branches that have their hours; all or none."""
    # In the order of their keys, so that two who publish at once take turns and never wait for each other.
    ordered = sorted(_with_branches(keys))
    calendar = _calendar()
    for chunk in _chunks(ordered):
        _compile(chunk, calendar, cause=cause)


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
    compile_venues(before | now_concerned | superseded, cause="notice")
    outbox.publish("notice", str(notice.pk))


def compile_below(page: Page) -> None:
    """Recompile the venues of the notices below a page that was hidden, shown or moved."""
    notices = OpeningNoticePage.objects.filter(path__startswith=page.path)
    concerned = NoticeVenue.objects.filter(notice__in=notices)
    compile_venues(concerned.values_list("venue_id", flat=True).distinct(), cause="notice")


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


def _with_branches(keys: Iterable[int]) -> set[int]:
    """Return the keys, and those of all venues whose hours come from them. One query per generation."""
    known = generation = set(keys)
    while generation:
        branches = VenuePage.objects.filter(
            parent_venue__in=generation, hours_mode=HoursMode.SAME_AS_PARENT, locale=Locale.get_default()
        )
        generation = set(branches.values_list("pk", flat=True)) - known
        known = known | generation
    return known


# ---------------------------------------------------------------------------------------------------
# All venues


def compile_all(*, cause: str, processes: int = 1) -> int:
    """Compile every venue, each chunk in a transaction of its own; return how many.

    One that fails keeps none from it: a NotCompiledError for it is raised after the others, in an
    ExceptionGroup. ``daily`` only adds the days that are new where neither hours nor calendar have changed;
    every other cause writes all days anew. ``processes`` of the machine work side by side, on PostgreSQL.
    """
    venues = VenuePage.objects.filter(locale=Locale.get_default(), live=True).order_by("pk")
    chunks = _chunks(list(venues.values_list("pk", flat=True)))
    work = partial(_compile_apart, calendar=_calendar(), cause=cause)
    if processes > 1:
        # A connection belongs to one process.
        connections.close_all()
        with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
            results = list(pool.map(work, chunks))
    else:
        results = [work(chunk) for chunk in chunks]
    errors = [error for __, of_chunk in results for error in of_chunk]
    if errors:
        raise ExceptionGroup(f"{len(errors)} venues could not be compiled", errors)
    return sum(count for count, __ in results)


def _compile_apart(
    keys: Sequence[int], *, calendar: CityCalendar, cause: str
) -> tuple[int, list[NotCompiledError]]:
    """Compile venues in a transaction of their own, one by one where that fails; return how many, and the errors."""
    try:
        with transaction.atomic():
            _compile(keys, calendar, cause=cause)
    except Exception as error:
        if len(keys) == 1:
            code = VenuePage.objects.filter(pk=keys[0]).values_list("code", flat=True).first()
            logger.exception("Venue %s could not be compiled", code)
            return 0, [NotCompiledError(f"{code}: {type(error).__name__}: {error}")]
        parts = [_compile_apart([key], calendar=calendar, cause=cause) for key in keys]
        return sum(count for count, __ in parts), [error for __, errors in parts for error in errors]
    return len(keys), []


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _calendar() -> CityCalendar:
    """Return the calendar of all years that days are compiled for; a new venue begins with its week."""
    first, last = horizon()
    return calendar_of_years(first - ONE_WEEK, last)


# ---------------------------------------------------------------------------------------------------
# One chunk


def _compile(keys: Sequence[int], calendar: CityCalendar, *, cause: str) -> None:
    """Compile venues (source-language pages, by key in their order) in the caller's transaction."""
    locked = VenuePage.objects.select_for_update().filter(pk__in=keys)
    venues = list(locked.order_by("pk").defer_streamfields())
    period = horizon()
    public = published_hours_of([venue for venue in venues if venue.live and not venue.has_ended])
    unchanged = record(venues, public, calendar, period, cause=cause)
    write_hours(venues, public, calendar, period, unchanged=unchanged if cause == DAILY else ())
    # Last, since an entry tells which kinds of hours there are.
    refresh_entries(venues)
    outbox.publish_all("venue", [venue.code for venue in venues])
