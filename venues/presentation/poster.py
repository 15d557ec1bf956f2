"""The door poster of a venue: one sheet of A4 with the hours of the week, days that differ, and a QR code."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import segno
from django.http import HttpRequest

from openness.core import clock
from openness.core.dates import date_label
from venues.enums import DayStatus
from venues.hours import Layer, VenueHours
from venues.models import VenuePage
from venues.presentation.message import short_address
from venues.presentation.notices import notice_cards
from venues.presentation.record import record_of
from venues.presentation.venue import notices_on_page, source_line
from venues.schedules import hours_of
from venues.wording import hours_passages, term

NOTICES = 2
QUIET_ZONE = 4  # modules of white around a QR code


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as a picture: its side in modules, and the path of the dark ones."""

    side: int
    path: str


def poster_context(page: VenuePage, request: HttpRequest) -> dict[str, Any]:
    """Return what the poster shows: the hours, the coming days that differ, notices, the short address as QR code."""
    language, today = page.locale.language_code, clock.today()
    record = record_of(page, request, first=today)
    told = record.told(last=today + timedelta(days=100))
    notices = notices_on_page(page.source_page, page.locale)[:NOTICES]
    link = short_address(page, request)
    names = {**record.reader.areas, **record.reader.audiences}
    hours, exceptions = _without_remarks(hours_of(page.source_page)), told.exceptions(with_today=True)
    is_closed_until_further_notice = any(
        day.date == today and day.last is None and day.status == DayStatus.CLOSED for day in exceptions
    )
    return {
        # Without notices: these pass while the poster hangs, and stand below.
        # Of a venue without hours that is closed until further notice, the closing is all there is to say.
        "passages": (
            hours_passages(hours, language, names=names)
            if hours.schedules or not is_closed_until_further_notice
            else []
        ),
        "exceptions": exceptions,
        "notices": notice_cards(notices, locale=page.locale, request=request),
        "admission_label": term(f"admission.{page.admission}", language) if page.admission else "",
        "source_line": source_line(page, language),
        "printed_on": date_label(today, language),
        "short_address": link,
        "qr_code": qr_code(link),
    }


def _without_remarks(hours: VenueHours) -> VenueHours:
    """Return the hours without what editors wrote beside the rules and the usual hours.

    Pages tell it as the reason of a day; beside the rule itself it says the same again.
    """
    return replace(
        hours,
        schedules=tuple(
            replace(
                schedule,
                label="" if schedule.layer == Layer.BASE else schedule.label,
                rules=tuple(replace(rule, label="") for rule in schedule.rules),
            )
            for schedule in hours.schedules
        ),
    )


def qr_code(text: str) -> QrCode:
    """Return ``text`` as a QR code of medium error correction (ISO/IEC 18004), for an SVG path."""
    code = segno.make(text, error="m", micro=False)
    dark = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.matrix_iter(border=QUIET_ZONE))
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return QrCode(int(code.symbol_size(border=QUIET_ZONE)[0]), "".join(dark))
