"""The compiled days of one venue, with the words to tell them in: what its page, month and poster share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from openness.core import clock
from openness.departments.models import AudienceGroup
from openness.departments.selectors import term_names
from venues.models import Interval, Schedule, VenueDay, VenuePage
from venues.presentation.reader import Reader, notice_refs
from venues.presentation.week import VenueDays, holiday_names
from venues.wording import Season
from venues.wordings import Words


@dataclass(frozen=True)
class Record:
    """Rows of the compiled tables from the day ``first`` on, and who reads them."""

    first: date
    days: list[VenueDay]
    openings: list[Interval]
    reader: Reader

    def told(self, *, last: date) -> VenueDays:
        """Return the days ready to be told, with the names of the calendar's days up to ``last``. One query."""
        return VenueDays.of(
            self.days,
            self.openings,
            reader=self.reader,
            today=clock.today(),
            holidays=holiday_names(self.first, last, self.reader.language),
        )


def record_of(page: VenuePage, request: HttpRequest, *, first: date, last: date | None = None) -> Record:
    """Return what is compiled of the venue from ``first`` to ``last`` (both included, None = to the end).

    Six queries. ``page`` is in the reader's language.
    """
    source = page.source_page
    on_days = {"venue": source, "business_date__gte": first}
    if last:
        on_days["business_date__lte"] = last
    days, openings = list(VenueDay.objects.filter(**on_days)), list(Interval.objects.filter(**on_days))
    return Record(first, days, openings, _reader(page, source, [*days, *openings], request))


def _reader(page: VenuePage, source: VenuePage, rows: list[Any], request: HttpRequest) -> Reader:
    areas = list(page.areas.all())
    seasons = Schedule.objects.filter(page=source).exclude(annual_from="").exclude(annual_to="")
    notices = {(row.because or {}).get("notice", "") for row in rows}
    return Reader(
        language=page.locale.language_code,
        words=Words(page),
        areas={area.key: area.name for area in areas},
        restricted_areas=frozenset(area.key for area in areas if not area.is_general_public),
        notices=notice_refs(notices, locale=page.locale, request=request),
        audiences=term_names(AudienceGroup, language=page.locale.language_code),
        seasons={
            key: Season(_month_day(first), _month_day(last))
            for key, first, last in seasons.values_list("key", "annual_from", "annual_to")
        },
    )


def _month_day(text: str) -> tuple[int, int]:
    month, __, day = text.partition("-")
    return int(month), int(day)
