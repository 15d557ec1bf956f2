"""A month of one venue as a calendar: what the tables hold of it, past days included."""

import calendar as months
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Min
from django.http import HttpRequest

from openness.core import clock
from openness.core.dates import month_title, weekday_label
from venues.models import VenueDay, VenuePage
from venues.presentation.record import record_of
from venues.presentation.values import DayRow
from venues.presentation.week import VenueDays, monday_of

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One field of the calendar; ``rows`` has a row for each area, none where nothing is on record."""

    date: date
    is_today: bool
    is_in_month: bool
    holiday_name: str
    rows: tuple[DayRow, ...]

    @property
    def is_open(self) -> bool:
        """Whether any area opens."""
        return any(row.bars for row in self.rows)

    @property
    def is_closed(self) -> bool:
        """Whether all areas are known to be closed."""
        return bool(self.rows) and all(row.status == "closed" for row in self.rows)


def month_context(page: VenuePage, request: HttpRequest) -> dict[str, Any]:
    """Return the month that ``?month=2026-12`` asks for, or the present one. Eight queries.

    A month that is not on record shows the nearest one that is, and ``is_elsewhere`` says so.
    """
    language, today = page.locale.language_code, clock.today()
    known = VenueDay.objects.filter(venue=page.source_page).aggregate(
        first=Min("business_date"), last=Max("business_date")
    )
    earliest, latest = (_first_of(known[name] or today) for name in ("first", "last"))
    asked = MONTH.fullmatch(request.GET.get("month", ""))
    wanted = date(int(asked[1]), int(asked[2]), 1) if asked else _first_of(today)
    first = min(max(wanted, earliest), latest)
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    start = monday_of(first)
    told = record_of(page, request, first=start - timedelta(days=1), last=last + timedelta(days=6)).told(
        last=last + timedelta(days=6)
    )
    days = [_day(told, start + timedelta(days=number), first) for number in range(42)]
    weeks = [days[index : index + 7] for index in range(0, 42, 7)]
    return {
        "month_label": month_title(first, language),
        "weekdays": [weekday_label(day.date, language) for day in weeks[0]],
        "weeks": [week for week in weeks if any(day.is_in_month for day in week)],
        "listed": [day for day in days if day.is_in_month and day.rows],
        "has_areas": len(told.areas) > 1,
        "has_provisional": any(row.provisional for day in days if day.is_in_month for row in day.rows),
        "is_elsewhere": request.GET.get("month", "") not in ("", f"{first:%Y-%m}"),
        "previous": _link(first - timedelta(days=1), earliest, latest),
        "next": _link(last + timedelta(days=1), earliest, latest),
    }


def _first_of(day: date) -> date:
    return day.replace(day=1)


def _link(day: date, earliest: date, latest: date) -> str:
    """Return the query of the month of ``day``; empty where nothing is on record."""
    return f"?month={day:%Y-%m}" if earliest <= _first_of(day) <= latest else ""


def _day(told: VenueDays, day: date, first: date) -> MonthDay:
    recorded = [area for area in told.areas if (area, day) in told.days]
    return MonthDay(
        date=day,
        is_today=day == told.today,
        is_in_month=(day.year, day.month) == (first.year, first.month),
        holiday_name=told.holidays.get(day, ""),
        rows=tuple(told.drawn_row(area, day) for area in recorded),
    )
