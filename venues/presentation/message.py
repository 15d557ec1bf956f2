"""Short plain texts of a venue's hours and notices, ready to be pasted into WeChat or an SMS."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from openness.core import clock
from venues.models import VenuePage
from venues.presentation.notices import notice_cards, notice_message
from venues.presentation.record import record_of
from venues.presentation.values import DayRow, Message
from venues.presentation.venue import notices_on_page
from venues.presentation.week import VenueDays, monday_of
from venues.wording import day_label, phrase, speak, term


def message_context(page: VenuePage, request: HttpRequest) -> dict[str, Any]:
    """Return the messages of a venue: today, this week, and each notice in force or to come."""
    language, today = page.locale.language_code, clock.today()
    monday = monday_of(today)
    last = monday + timedelta(days=6)
    told = record_of(page, request, first=monday - timedelta(days=1), last=last).told(last=last)
    link = short_address(page, request)
    notices = notice_cards(
        notices_on_page(page.source_page, page.locale), locale=page.locale, request=request
    )
    week = [told.first_from(monday) + timedelta(days=number) for number in range(7)]
    return {
        "messages": [
            Message("today", term("message.today", language), _today(page, told, today, link)),
            Message(
                "week",
                term("message.week", language),
                _week(page, told, [d for d in week if d <= last], link),
            ),
            *(notice_message(notice, number, language, request) for number, notice in enumerate(notices, 1)),
        ]
    }


def short_address(page: VenuePage, request: HttpRequest) -> str:
    """Return the short address that leads to the venue wherever its page is by then."""
    code = page.source_page.code
    return request.build_absolute_uri(
        reverse("venue_by_code", args=[code]) if code else page.get_url(request)
    )


def runs_of_days(told: VenueDays, area: str, days: Sequence[date]) -> list[tuple[str, str]]:
    """Return days that read the same in a row as one: (周二 11月24日 — 周日 11月29日, 09:00—17:00)."""
    runs = []
    rows = [told.row(area, day) for day in days if (area, day) in told.days]
    language = told.reader.language
    for text, same in groupby(rows, key=lambda row: _text(row, language)):
        group = list(same)
        first, last = (day_label(row.date, language) for row in (group[0], group[-1]))
        runs.append((first if len(group) == 1 else f"{first} — {last}", text))
    return runs


def area_name(told: VenueDays, area: str) -> str:
    """Return the name of an area, or what the whole venue is called beside its areas."""
    return told.reader.areas.get(area, area) or term("area.whole", told.reader.language)


def _today(page: VenuePage, told: VenueDays, today: date, link: str) -> str:
    language = told.reader.language
    lines = [_head(page, "message.today", day_label(today, language))]
    for area in told.areas:
        if (area, today) in told.days:
            row = told.row(area, today)
            lines += [_of_area(told, area, _text(row, language)), row.because]
    return "\n".join(filter(None, [*lines, *_foot(page, language, link)]))


def _week(page: VenuePage, told: VenueDays, days: Sequence[date], link: str) -> str:
    language = told.reader.language
    period = speak(language).short_period(days[0], days[-1], year=days[0].year)
    lines = [_head(page, "message.week", period)]
    for area in told.areas:
        if len(told.areas) > 1:
            lines.append(area_name(told, area))
        lines += [f"{label} {text}" for label, text in runs_of_days(told, area, days)]
    return "\n".join(filter(None, [*lines, *_foot(page, language, link)]))


def _head(page: VenuePage, what: str, days: str) -> str:
    language = page.locale.language_code
    return phrase("message.head", language, venue=page.title, what=term(what, language), days=days)


def _of_area(told: VenueDays, area: str, text: str) -> str:
    if len(told.areas) == 1:
        return text
    return phrase("of_area", told.reader.language, area=area_name(told, area), text=text)


def _text(row: DayRow, language: str) -> str:
    return row.text + (term("message.provisional", language) if row.provisional else "")


def _foot(page: VenuePage, language: str, link: str) -> list[str]:
    return [
        _line("message.address", page.address_text, language),
        _line("message.phone", page.phone, language),
        _line("message.more", link, language),
    ]


def _line(label: str, value: str, language: str) -> str:
    return phrase("message.line", language, label=term(label, language), value=value) if value else ""
