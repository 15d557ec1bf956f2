"""What is open today in a district, in large type: a list to print and pin up for people without a phone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from wagtail.models import Locale

from openness.core import clock
from openness.core.dates import date_label, weekday_label
from openness.core.facets import messages_of
from openness.departments.models import Region
from openness.departments.selectors import term_names
from venues import selectors
from venues.models import Interval, VenueDay, VenueEntry, VenueIndexPage
from venues.presentation.reader import Reader, names_in, page_url, readers_for
from venues.presentation.week import VenueDays, holiday_names
from venues.questions import read_question
from venues.wording import phrase, term

MOST = 300


@dataclass(frozen=True, slots=True)
class TodayLine:
    """A venue: its hours of today, one text for each area."""

    title: str
    url: str
    hours: tuple[str, ...]
    address: str
    phone: str
    admission_label: str
    is_open: bool
    provisional: bool


def today_context(page: VenueIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the list for the filters in the address. Eleven queries, whatever the number of venues."""
    locale, today = page.locale, clock.today()
    language = locale.language_code
    question, form = read_question(request.GET)
    is_valid = form.is_valid()
    entries = selectors.matching_entries(question, locale=locale).order_by("type_lineage", "title", "pk")
    shown = list(entries[: MOST + 1]) if is_valid else []
    regions = term_names(Region, language=language)
    counts = selectors.facet_counts(question.without("region"), locale=locale, names=["region"])["region"]
    return {
        "date_label": date_label(today, language),
        "weekday_label": weekday_label(today, language),
        "holiday_name": holiday_names(today, today, language).get(today, ""),
        "region_name": regions.get(question.region, ""),
        "regions": [
            {"code": code, "name": name, "is_selected": code == question.region}
            for code, name in regions.items()
            if counts.get(code)
        ],
        "errors": messages_of(form),
        "is_valid": is_valid,
        "groups": _groups(shown[:MOST], locale=locale, request=request),
        "is_cut": len(shown) > MOST,
        "most": MOST,
    }


def _groups(entries: list[VenueEntry], *, locale: Locale, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the venues by type, those that open today first."""
    today = clock.today()
    ids = [entry.venue_id for entry in entries]
    days: dict[int, list[VenueDay]] = defaultdict(list)
    openings: dict[int, list[Interval]] = defaultdict(list)
    rows: list[Any] = []
    for day in VenueDay.objects.filter(venue__in=ids, business_date=today):
        days[day.venue_id].append(day)
        rows.append(day)
    for opening in Interval.objects.filter(venue__in=ids, business_date=today):
        openings[opening.venue_id].append(opening)
        rows.append(opening)
    readers = readers_for(entries, rows, locale=locale, request=request)
    names = names_in(locale.language_code)
    lines = [
        (
            names.types.get(entry.type_code, ""),
            _line(
                entry,
                days[entry.venue_id],
                openings[entry.venue_id],
                reader=readers[entry.page_id],
                url=page_url("venues", entry.locale_id, entry.slug, request),
            ),
        )
        for entry in entries
    ]
    return [
        {"name": name, "lines": sorted((line for __, line in same), key=lambda line: not line.is_open)}
        for name, same in groupby(lines, key=lambda pair: pair[0])
    ]


def _line(
    entry: VenueEntry, days: Iterable[VenueDay], openings: Iterable[Interval], *, reader: Reader, url: str
) -> TodayLine:
    language, today = reader.language, clock.today()
    told = VenueDays.of(days, openings, reader=reader, today=today, holidays={})
    rows = [told.row(area, today) for area in told.areas]
    named = [
        phrase("of_area", language, area=row.area_name or term("area.whole", language), text=row.text)
        if len(rows) > 1
        else row.text
        for row in rows
    ]
    return TodayLine(
        title=entry.title,
        url=url,
        hours=tuple(named) or (term("day.missing", language),),
        address=entry.address_text,
        phone=entry.phone,
        admission_label=term(f"admission.{entry.admission}", language) if entry.admission else "",
        is_open=bool(told.openings),
        provisional=any(row.provisional for row in rows),
    )
