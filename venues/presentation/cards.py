"""Cards of venues in lists. What they show is loaded for a whole list at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from wagtail.models import Locale

from openness.core import clock
from venues import selectors
from venues.models import VenueEntry
from venues.presentation.reader import Names, Reader, names_in, page_url, readers_for
from venues.presentation.status import kinds_of, opening_view, status_view
from venues.presentation.values import StatusView, VenueCard
from venues.questions import Question
from venues.wording import phrase, term

# A fact that nobody has looked at for half a year may no longer be one.
STALE_AFTER = timedelta(days=180)


def cards_of(found: Any, question: Question, *, locale: Locale, request: HttpRequest) -> list[VenueCard]:
    """Return the card of each entry of an answer (``selectors.Found``), in its order.

    A question about a time to come gets that time's opening, everything else the status of now. Five
    queries at most whatever the number of entries, one more for translated words; names are cached.
    """
    rows = [row for of_venue in (*found.openings.values(), *found.days.values()) for row in of_venue]
    readers = readers_for(found.entries, rows, locale=locale, request=request)
    names, now = names_in(locale.language_code), clock.now()
    cards = []
    for entry in found.entries:
        openings, days = found.openings.get(entry.venue_id, []), found.days.get(entry.venue_id, [])
        reader = readers[entry.page_id]
        status, opening, minutes = _answer(entry, openings, days, question, now=now, reader=reader)
        if not question.window and not status.kinds:
            status = replace(status, kinds=kinds_of(entry.kinds.strip("|").split("|"), reader.language))
        url = page_url("venues", entry.locale_id, entry.slug, request)
        cards.append(
            card(
                entry,
                status=status,
                url=url,
                names=names,
                language=reader.language,
                opening=opening,
                minutes=minutes,
            )
        )
    return cards


def _answer(
    entry: VenueEntry,
    openings: Sequence[Any],
    days: Sequence[Any],
    question: Question,
    *,
    now: datetime,
    reader: Reader,
) -> tuple[StatusView, Any, int | None]:
    """Return what to say of a venue: its status, the opening that answers the question, and the minutes of stay."""
    window = question.window
    if not window:
        return status_view(openings, days, at=now, reader=reader, life=entry.life), None, None
    public = [row for row in openings if row.is_general_public and _is_wanted(row, question)]
    best = selectors.best_opening(public, window)
    apart = (
        None
        if best
        else selectors.best_opening([row for row in openings if not row.is_general_public], window)
    )
    opening, minutes = best or apart or (None, None)
    if opening is None:
        at = max(window.start, now)
        return status_view(openings, days, at=at, reader=reader, life=entry.life), None, None
    minutes = minutes if window.end else None
    if best and opening.opens_at <= now < opening.closes_at:
        status = status_view(openings, days, at=now, reader=reader, area=opening.area_key)
    else:
        status = opening_view(opening, at=now, reader=reader)
    return status, opening, minutes


def _is_wanted(opening: Any, question: Question) -> bool:
    """Tell whether an opening passes the filters that are about hours, as in ``selectors.ranked``."""
    return (not question.admission or opening.admission == question.admission) and (
        not question.kind or opening.kind == question.kind
    )


def card(
    entry: VenueEntry,
    *,
    status: StatusView,
    url: str,
    names: Names,
    language: str,
    opening: Any = None,
    minutes: int | None = None,
) -> VenueCard:
    """Return a card from data that is already there: no query.

    ``opening`` is the one that the card is about, if any: its price may differ from the venue's.
    """
    admission = (opening.admission if opening else "") or entry.admission
    codes = [code for code in entry.facility_codes.split("|") if code]
    return VenueCard(
        title=entry.title,
        url=url,
        code=entry.code,
        type_name=names.types.get(entry.type_code, ""),
        region_name=names.regions.get(entry.region_code, ""),
        department_name=names.departments.get(entry.department_code, ""),
        address=entry.address_text,
        phone=entry.phone,
        admission=admission,
        admission_label=term(f"admission.{admission}", language) if admission else "",
        minutes_label=phrase("minutes", language, minutes=minutes) if minutes else "",
        longitude=entry.longitude,
        latitude=entry.latitude,
        status=status,
        facility_names=tuple(names.facilities[code] for code in codes if code in names.facilities),
        checked_on=entry.checked_on,
        is_stale=is_stale(entry.checked_on),
    )


def is_stale(checked_on) -> bool:
    """Tell whether nobody has checked the facts for half a year, or ever."""
    return checked_on is None or clock.today() - checked_on > STALE_AFTER
