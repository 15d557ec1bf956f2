"""The openings of venues as tables for spreadsheets (CSV) and for programs (JSON).

Rows are streamed as the database yields them. There are never more than the compiled days hold: today and
the days of the horizon. The JSON of an opening has the fields that it has in the API, and says which venue,
area and business date it is of.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from openness.core.csv_stream import csv_response, kept
from openness.core.dates import minute_label
from openness.core.facets import refused
from venues.api import schemas
from venues.enums import Admission, DayStatus, SessionKind, SessionState
from venues.models import Interval
from venues.openings_told import Told, told_of_question, told_of_venue
from venues.questions import read_question


def venue_csv(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the openings of a venue as CSV."""
    return _csv(told_of_venue(page, request), page.slug)


def venue_json(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the openings of a venue as JSON."""
    return _json(told_of_venue(page, request))


def search_csv(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the openings that answer the question in the address as CSV; 400 with what is wrong with it."""
    return _asked(request, page, lambda told: _csv(told, "openings"))


def search_json(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the openings that answer the question in the address as JSON; 400 with what is wrong with it."""
    return _asked(request, page, _json)


def _asked(request: HttpRequest, page: Any, answer: Callable[[Told], HttpResponse]) -> HttpResponse:
    question, form = read_question(request.GET)
    if not form.is_valid():
        return refused(form)
    return answer(told_of_question(question, request, locale=page.locale))


# ---------------------------------------------------------------------------------------------------
# CSV


def _csv(told: Told, name: str) -> HttpResponse:
    columns = [
        _("Venue code"),
        _("Venue"),
        _("Area"),
        _("Date"),
        _("Opens"),
        _("Closes"),
        _("Last entry"),
        _("How to get in"),
        _("Kind of hours"),
        _("What it costs"),
        _("For whom"),
        _("Provisional"),
        _("Why"),
        _("Notice"),
    ]
    yes, no = _("yes"), _("no")
    labels = {
        "state": {value: str(label) for value, label in SessionState.choices},
        "kind": {value: str(label) for value, label in SessionKind.choices},
        "admission": {value: str(label) for value, label in Admission.choices},
    }

    def rows() -> Iterator[list[str]]:
        for row in told.openings():
            because = told.because(row, status=DayStatus.OPEN)
            yield [
                told.by_venue[row.venue_id].code,
                told.by_venue[row.venue_id].title,
                told.reader.area_name(row.venue_id, row.area_key),
                row.business_date.isoformat(),
                *(minute_label(at) for at in (row.opens_at, row.closes_at, row.last_entry_at)),
                *(labels[name].get(getattr(row, name), getattr(row, name)) for name in labels),
                told.reader.named("audience", row.audience_code).name if row.audience_code else "",
                yes if row.provisional else no,
                because.text,
                because.notice.url if because.notice else "",
            ]

    return kept(csv_response(name, columns, rows()))


# ---------------------------------------------------------------------------------------------------
# JSON


def _json(told: Told) -> HttpResponse:
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    head = {"from": told.first, "to": told.last, "venues": len(told.entries)}

    def parts() -> Iterator[str]:
        yield encoder.encode(head)[:-1] + ', "intervals": ['
        separator = "\n"
        for row in told.openings():
            yield separator + encoder.encode(_fields(told, row))
            separator = ",\n"
        yield "\n]}\n"

    return kept(StreamingHttpResponse(parts(), content_type="application/json; charset=utf-8"))


def _fields(told: Told, row: Interval) -> dict[str, Any]:
    entry = told.by_venue[row.venue_id]
    interval = schemas.Interval(
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        last_entry_at=row.last_entry_at,
        state=SessionState(row.state),
        kind=SessionKind(row.kind),
        condition=told.reasons.words(row.venue_id, row.condition),
        audience=row.audience_code,
        admission=row.admission,
        is_general_public=row.is_general_public,
        because=told.because(row, status=DayStatus.OPEN),
    )
    return {
        "code": entry.code,
        "title": entry.title,
        "area": row.area_key,
        "area_name": told.reader.area_name(row.venue_id, row.area_key),
        "business_date": row.business_date,
        "provisional": row.provisional,
        **interval.model_dump(mode="json"),
    }
