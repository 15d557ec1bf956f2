"""A venue as schema.org describes places, for search engines and assistants: JSON-LD on its page.

Its hours are those of the page: every day that is compiled and known is said, either by the weekly hours
(`openingHoursSpecification`, one set per season with the dates for which it holds) or, where the day
differs, by `specialOpeningHoursSpecification`. schema.org knows neither "unknown" nor "by appointment": for
such days nothing is said, and the weekly hours are bounded by dates that leave them out.

* A place that is closed all day opens and closes at 00:00; one that is open all day closes at 23:59.
* Hours past midnight are one specification whose closing time comes before its opening time.
* Hours by booking count as open and say so; hours for members or for one group are left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from openness.core import clock
from venues import hours
from venues.enums import ENDED, Admission, Datum, DayStatus, Life
from venues.hours.model import DAY_MINUTES
from venues.hours.pattern import (
    ONE_DAY,
    Access,
    Cell,
    Cells,
    Season,
    civil,
    is_in,
    lasting_hours,
    own_plans,
    painted,
    seasons_of,
    tables,
    weekdays_alike,
)
from venues.models import Interval, PublishedHours, VenueDay, VenuePage
from venues.wording import term

if TYPE_CHECKING:
    from venues.presentation.record import Record

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Type of schema.org by the venue type's code, the narrowest code that stands here; else a public building.
TYPES = {
    "libraries": "Library",
    "library": "Library",
    "museums": "Museum",
    "museum": "Museum",
    "heritage-museum": "Museum",
    "stages": "PerformingArtsTheater",
    "performance-hall": "EventVenue",
    "sports": "SportsActivityLocation",
    "archive": "ArchiveOrganization",
    "religious-site": "PlaceOfWorship",
}
OTHER_TYPE = "CivicStructure"
IS_FREE = {Admission.FREE: True, Admission.LOW_FEE: False, Admission.PAID: False, Admission.DISCOUNT: False}
# The others are shifted on purpose and would put the venue some hundred metres off.
TRUE_DATUMS = frozenset({Datum.WGS84, Datum.CGCS2000})


def published_rules(venue: VenuePage) -> hours.VenueHours | None:
    """Return the hours that are public now, as they were published; None where there are none. One query."""
    version = PublishedHours.objects.filter(venue=venue.source_page).first()
    return hours.from_dict(version.rules) if version and version.is_public else None


def venue_data(
    page: VenuePage, request: HttpRequest, *, record: "Record", locality: str = ""
) -> dict[str, Any]:
    """Return the venue as JSON-LD; ``record`` holds its compiled days from yesterday on. One query.

    ``locality`` is the name of its region in the reader's language.
    """
    url = page.get_full_url(request)
    address = {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressLocality": locality,
        "streetAddress": page.address_text,
    }
    data = {
        "@context": "https://schema.org",
        "@type": _type_of(page),
        "@id": url,
        "url": url,
        "identifier": page.source_page.code,
        "name": page.title,
        "description": page.summary,
        "telephone": page.phone,
        "address": {name: value for name, value in address.items() if value},
        "geo": _place_of(page),
        "isAccessibleForFree": IS_FREE.get(Admission(page.admission)),
    }
    own = published_rules(page)
    if own is not None and page.life not in (*ENDED, Life.PLANNED):
        data |= _hours_of_areas(own, record)
    return {name: value for name, value in data.items() if value not in ("", None, [])}


def _type_of(page: VenuePage) -> str:
    codes = page.venue_type.lineage.strip("/").split("/") if page.venue_type else []
    return next((TYPES[code] for code in reversed(codes) if code in TYPES), OTHER_TYPE)


def _place_of(page: VenuePage) -> dict[str, Any] | None:
    if page.longitude is None or page.latitude is None or page.datum not in TRUE_DATUMS:
        return None
    return {"@type": "GeoCoordinates", "latitude": float(page.latitude), "longitude": float(page.longitude)}


# ---------------------------------------------------------------------------------------------------
# Hours


def _hours_of_areas(own: hours.VenueHours, record: "Record") -> dict[str, Any]:
    """Return the hours of the venue as a whole, and of its areas as places within it."""
    found: dict[str, Any] = {}
    within = []
    for area in own.areas_in_use:
        said = _Hours.of(own, area, record).said(record.reader.language)
        if not area.key:
            found = said
        elif said:
            name = record.reader.areas.get(area.key, area.key)
            within.append({"@type": "Place", "name": name, **said})
    return {**found, "containsPlace": within}


@dataclass(frozen=True)
class _Hours:
    """The days of one area, and the weekly hours of each season that they are compared with."""

    truth: Mapping[date, Cells]
    weeks: Mapping[Season | None, list[Cells]]

    @classmethod
    def of(cls, own: hours.VenueHours, area: hours.Area, record: "Record") -> "_Hours":
        """Return those of ``area``, from today on."""
        today = clock.today()
        openings: dict[date, list[Interval]] = {}
        for opening in record.openings:
            if opening.area_key == area.key:
                openings.setdefault(opening.business_date, []).append(opening)
        plans = {
            row.business_date: _cells(row, openings.get(row.business_date, []))
            for row in record.days
            if row.area_key == area.key
        }
        truth = {day: cells for day, cells in plans.items() if day >= today}
        if not truth:
            return cls({}, {})
        lasting = lasting_hours(own, max(truth))
        usual: Callable[[date], Cells] = own_plans(lasting, area)
        if not all(map(_is_sayable, truth.values())):
            # What opens after midnight of its date, or is longer than a day, is told by the clock.
            truth = {day: civil(lambda each: plans.get(each, ()), day) for day in truth}
            usual = _by_the_clock(usual)
        relevant = [schedule for schedule in lasting.schedules if schedule.area in ("", area.key)]
        found = tables(usual, seasons_of(relevant), [], min(truth))
        return cls(truth, {season: week for season, week, __ in found})

    def said(self, language: str) -> dict[str, Any]:
        """Return the properties that tell the hours; none of a place of which no hours are known."""
        weekly: list[dict[str, Any]] = []
        special: list[dict[str, Any]] = []
        stretches = [stretch for stretch in self._stretches() if stretch.is_known]
        is_endless = len(stretches) == 1 and stretches[0].days == sorted(self.truth)
        for stretch in stretches:
            week = [_open_cells(cells) for cells in self.weeks[stretch.season]]
            bounds = {} if is_endless else _bounds(stretch.days[0], stretch.days[-1])
            weekly += _weekly(week, bounds, language)
            differ = [day for day in stretch.days if week[day.weekday()] != self._open(day)]
            for run in _runs(differ, self._open):
                special += _special(self._open(run[0]), _bounds(run[0], run[-1]), language)
        said = {"openingHoursSpecification": weekly, "specialOpeningHoursSpecification": special}
        return {name: value for name, value in said.items() if value}

    def _open(self, day: date) -> Cells:
        return _open_cells(self.truth[day])

    def _stretches(self) -> "Iterator[_Stretch]":
        """Yield the days in a row that are of one season and either all known or all not."""

        def kind_of(day: date) -> tuple[Season | None, bool]:
            season = next((each for each in self.weeks if each is None or is_in(each, day)), None)
            return season, all(cell.access < Access.APPOINTMENT for cell in self.truth[day])

        for (season, is_known), days in groupby(sorted(self.truth), key=kind_of):
            for run in _runs(list(days), lambda day: ()):
                yield _Stretch(season, is_known, run)


@dataclass(frozen=True)
class _Stretch:
    season: Season | None
    is_known: bool
    days: list[date]


def _cells(row: VenueDay, openings: Iterable[Interval]) -> Cells:
    """Return a compiled day of an area as the page shows it."""
    midnight = hours.instant(row.business_date, 0)
    found = []
    for opening in openings:
        opens, closes = (
            int((at - midnight).total_seconds() // 60) for at in (opening.opens_at, opening.closes_at)
        )
        access = Access.OPEN if opening.is_general_public else Access.LIMITED
        if opening.state == hours.State.BY_BOOKING and not opening.audience_code:
            access = Access.BOOKING
        found.append(Cell(opens, closes, access, opening.audience_code))
    if row.status in (DayStatus.UNKNOWN, DayStatus.BY_APPOINTMENT):
        found.append(Cell(0, DAY_MINUTES, Access.UNKNOWN))
    return painted(found)


def _open_cells(cells: Cells) -> Cells:
    """Return what schema.org can call open: for everybody, walking in or with a booking."""
    return tuple(cell for cell in cells if cell.access <= Access.BOOKING)


def _is_sayable(cells: Cells) -> bool:
    return all(
        cell.opens < DAY_MINUTES and (cell.closes <= DAY_MINUTES or cell.closes - cell.opens < DAY_MINUTES)
        for cell in cells
    )


def _by_the_clock(own: Callable[[date], Cells]) -> Callable[[date], Cells]:
    return lambda day: civil(own, day)


def _runs(days: Iterable[date], key: Callable[[date], Any]) -> list[list[date]]:
    """Return days that follow each other and have the same key, together."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == ONE_DAY and key(day) == key(runs[-1][-1]):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


# ---------------------------------------------------------------------------------------------------
# Specifications


def _weekly(week: list[Cells], bounds: Mapping[str, str], language: str) -> list[dict[str, Any]]:
    return [
        _specification(cell, {"dayOfWeek": [WEEKDAYS[each] for each in weekdays], **bounds}, language)
        for cells, weekdays in weekdays_alike(week).items()
        for cell in cells
    ]


def _special(cells: Cells, bounds: Mapping[str, str], language: str) -> list[dict[str, Any]]:
    if not cells:
        return [{"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00", **bounds}]
    return [_specification(cell, bounds, language) for cell in cells]


def _specification(cell: Cell, when: Mapping[str, Any], language: str) -> dict[str, Any]:
    is_whole_day = (cell.opens, cell.closes) == (0, DAY_MINUTES)
    specification = {
        "@type": "OpeningHoursSpecification",
        **when,
        "opens": _clock(cell.opens),
        "closes": "23:59" if is_whole_day else _clock(cell.closes),
    }
    if cell.access == Access.BOOKING:
        specification["description"] = term("state.by_booking", language)
    return specification


def _bounds(first: date, last: date) -> dict[str, str]:
    return {"validFrom": first.isoformat(), "validThrough": last.isoformat()}


def _clock(minute: int) -> str:
    return f"{minute % DAY_MINUTES // 60:02}:{minute % 60:02}"
