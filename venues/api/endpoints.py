"""The five addresses of the service."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from wagtail.models import Locale

from openness.core import clock
from openness.departments.models import AudienceGroup, Department, Facility, Region, VenueType
from venues import hours, selectors
from venues.api import examples, readings, schemas
from venues.api.facts import detail_of
from venues.api.openings import appointment_of, group_of, open_venue, opening_of
from venues.api.parameters import DaysQuestion, Filters, OpenQuestion, StatusQuestion, Worded
from venues.api.problems import ParameterError, Problem, RefusedError
from venues.api.words import Reader, Reasons
from venues.compile import horizon
from venues.models import VenueEntry, VenuePage
from venues.questions import Question, Window

MOST_DAYS = 366
A_WEEK = timedelta(days=6)
VOCABULARIES = {
    "region": Region,
    "type": VenueType,
    "department": Department,
    "facility": Facility,
    "audience": AudienceGroup,
}

router = Router()


@router.get(
    "/venues/",
    response={200: schemas.VenueList, 422: Problem},
    tags=["Venues"],
    summary="List venues",
    operation_id="list_venues",
    openapi_extra=examples.of(examples.VENUE_LIST),
)
def list_venues(request: HttpRequest, asked: Query[Filters]) -> schemas.VenueList:
    """Venues that pass all filters, with their state now; those that are open come first.

    A venue that is only planned, or is no more, stays out; its own address tells what became of it. The
    state in a list looks eight days ahead.
    """
    now = clock.now()
    found = _find(asked, None)
    reader = Reader(request, found.entries, asked.words)
    states = {entry.venue_id: _status_in_list(reader, entry, found, now) for entry in found.entries}
    reasons = Reasons(reader, (state.because for state in states.values()))
    return schemas.VenueList(
        **_paging(request, asked, found.total),
        venues=[
            schemas.VenueWithStatus(
                **reader.brief(venue_id),
                status=readings.status(reader, reasons, venue_id, state, now, found.days.get(venue_id, [])),
            )
            for venue_id, state in states.items()
        ],
    )


@router.get(
    "/venues/open/",
    response={200: schemas.OpenVenues, 422: Problem},
    tags=["Opening"],
    summary="List venues that are open at a time",
    operation_id="list_open_venues",
    by_alias=True,
    openapi_extra=examples.of(examples.OPEN_VENUES),
)
def list_open_venues(request: HttpRequest, asked: Query[OpenQuestion]) -> schemas.OpenVenues:
    """Venues that can be entered at an instant, or within a period with enough of it left to stay.

    One arrives when the venue opens or the period begins, not after the last entry, and may stay to the end
    of the unbroken opening. Give `at`, or `from` and `to`, or nothing for now.
    """
    window = _window(asked)
    found = _find(asked, window)
    entries = [entry for entry in found.entries if group_of(entry) in (selectors.OPEN, selectors.RESTRICTED)]
    reader = Reader(request, entries, asked.words)
    by = {
        entry.venue_id: opening_of(entry, found, window, asked) or appointment_of(found, entry, window)
        for entry in entries
    }
    reasons = Reasons(reader, (each.because for each in by.values() if each))
    groups = {
        name: schemas.OpenGroup(
            total=found.totals[name],
            venues=[
                open_venue(reader, reasons, entry, found, window, by[entry.venue_id])
                for entry in entries
                if group_of(entry) == name
            ],
        )
        for name in (selectors.OPEN, selectors.RESTRICTED)
    }
    total = sum(group.total for group in groups.values())
    return schemas.OpenVenues(
        from_=window.start,
        to=window.end,
        minutes=window.stay // timedelta(minutes=1) if window.end else None,
        unknown=found.totals[selectors.UNKNOWN],
        groups=schemas.OpenGroups(**groups),
        **_paging(request, asked, total),
    )


@router.get(
    "/venues/{slug:code}/",
    response={200: schemas.VenueDetail, 404: Problem, 422: Problem},
    tags=["Venues"],
    summary="Show a venue",
    operation_id="show_venue",
)
def show_venue(request: HttpRequest, code: str, asked: Query[Worded]) -> schemas.VenueDetail:
    """Everything that is known of a venue, with its state now.

    A venue that is no more tells what became of it and where to go instead.
    """
    entry, venue = _venue(code)
    return detail_of(request, entry, venue, asked.words)


@router.get(
    "/venues/{slug:code}/status",
    response={200: schemas.Status, 404: Problem, 422: Problem},
    tags=["Opening"],
    summary="Tell whether a venue is open",
    operation_id="show_status",
    openapi_extra=examples.of(examples.STATUS),
)
def show_status(request: HttpRequest, code: str, asked: Query[StatusQuestion]) -> schemas.Status:
    """The state of a venue at an instant: until when, whether one can still go in, and why.

    Of several areas, the one that can still be entered and is open longest speaks for the venue.
    """
    entry, venue = _venue(code)
    at = asked.at or clock.now()
    days, openings = readings.hours_around(venue, at)
    reader = Reader(request, [entry], asked.words)
    _check_area(asked.area, days)
    found = hours.status_at(
        openings, days, at, area=asked.area or None, restricted_areas=reader.restricted_areas(venue.pk)
    )
    return readings.status(reader, Reasons(reader, [found.because]), venue.pk, found, at, days)


@router.get(
    "/venues/{slug:code}/intervals",
    response={200: schemas.Days, 404: Problem, 422: Problem},
    tags=["Opening"],
    summary="List the days and openings of a venue",
    operation_id="list_intervals",
    by_alias=True,
    openapi_extra=examples.of(examples.DAYS),
)
def list_intervals(request: HttpRequest, code: str, asked: Query[DaysQuestion]) -> schemas.Days:
    """What each business date from `from` to `to` (both included, 366 days at most) is, area by area.

    Closed and unknown days are listed too, with the reason. Past days are as they were published.
    """
    entry, venue = _venue(code)
    first, last = _days(asked)
    days, openings = readings.hours_on(venue, first, last)
    reader = Reader(request, [entry], asked.words)
    _check_area(asked.area, days)
    reasons = Reasons(reader, [row.because for row in (*days, *openings)])
    return schemas.Days(
        code=entry.code,
        from_=first,
        to=last,
        areas=reader.areas(venue.pk),
        days=[
            readings.business_day(reasons, venue, day, openings)
            for day in sorted(days, key=lambda day: (day.business_date, day.area_key))
            if not asked.area or day.area_key == asked.area
        ],
    )


# ---------------------------------------------------------------------------------------------------
# Reading the question


def _find(asked: Filters, window: Window | None) -> selectors.Found:
    """Return one page of the answer. Raises RefusedError for codes that do not exist."""
    errors = [
        ParameterError(name, "unknown", {"code": code})
        for name, model in VOCABULARIES.items()
        if (code := getattr(asked, name)) and not model._default_manager.filter(code=code).exists()
    ]
    if errors:
        raise RefusedError(*errors)
    question = Question(
        window=window,
        order=asked.order or "fit",
        **{name: getattr(asked, name) for name in (*selectors.FACETS, "q")},
    )
    return selectors.find(
        question, locale=Locale.get_default(), first=(asked.page - 1) * asked.size, count=asked.size
    )


def _window(asked: OpenQuestion) -> Window:
    """Return the time asked about. Raises RefusedError where it is none, or outside of what is compiled."""
    start, end = asked.from_, asked.to
    is_period = bool(start or end)
    if asked.at and is_period:
        raise RefusedError(ParameterError("at", "either"))
    if start and end:
        if end <= start:
            raise RefusedError(ParameterError("to", "reversed"))
        window = Window(start, end, asked.minutes)
    elif is_period:
        raise RefusedError(ParameterError("to" if start else "from", "incomplete"))
    else:
        window = Window(asked.at or clock.now(), None)
    (begins, ends), (first, last) = window.dates, horizon()
    outside = [
        ParameterError(name, "outside", {"first": first.isoformat(), "last": last.isoformat()})
        for name, day in (("from" if is_period else "at", begins), ("to", ends))
        if not first <= day <= last and (is_period or name == "at")
    ]
    if outside:
        raise RefusedError(*outside)
    return window


def _days(asked: DaysQuestion) -> tuple[date, date]:
    """Return the first and last day asked about. Raises RefusedError for days that run backwards, and for too many."""
    first = asked.from_ or min(asked.to or clock.today(), clock.today())
    last = asked.to or first + A_WEEK
    if last < first:
        raise RefusedError(ParameterError("to", "reversed"))
    if (last - first).days >= MOST_DAYS:
        latest = first + timedelta(days=MOST_DAYS - 1)
        raise RefusedError(
            ParameterError(
                "to", "too_long", {"days": MOST_DAYS, "first": first.isoformat(), "last": latest.isoformat()}
            )
        )
    return first, last


def _venue(code: str) -> tuple[VenueEntry, VenuePage]:
    """Return the public venue with this code (source-language page), with all its rows. Raises Http404."""
    entry = selectors.public_entries(locale=Locale.get_default()).filter(code=code).first()
    if entry is None:
        raise Http404(_("There is no venue with the code “%(code)s”.") % {"code": code})
    rows = ("areas", "schedules__rules__sessions")
    pages = VenuePage.objects.select_related("parent_venue", "supervising_department")
    return entry, pages.prefetch_related(*rows, *(f"parent_venue__{name}" for name in rows)).get(
        pk=entry.venue_id
    )


def _check_area(area: str, days: Iterable[hours.DayRow]) -> None:
    if area and area not in (keys := sorted({day.area_key for day in days})):
        raise RefusedError(
            ParameterError("area", "choice", {"choices": ", ".join(filter(None, keys)) or "-"})
        )


def _paging(request: HttpRequest, asked: Filters, total: int) -> dict[str, Any]:
    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    return {
        "total": total,
        "page": asked.page,
        "size": asked.size,
        "next": address(asked.page + 1) if asked.page * asked.size < total else None,
        "previous": address(asked.page - 1) if asked.page > 1 else None,
    }


def _status_in_list(reader: Reader, entry: VenueEntry, found: selectors.Found, at: datetime) -> hours.Status:
    venue_id = entry.venue_id
    return hours.status_at(
        found.openings.get(venue_id, []),
        found.days.get(venue_id, []),
        at,
        restricted_areas=reader.restricted_areas(venue_id),
    )
