"""Calendar years proposed from two packages, and their confirmation by a person.

The packages follow the State Council's yearly notice (usually of November) by some days. What they say is a
proposal: a person compares it with the notice, names the notice, and confirms.
"""

from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from openness.core import clock
from openness.core.calendars.days import WEEKEND
from openness.core.calendars.entries import Entry
from openness.core.calendars.models import CalendarDay, CalendarYear, DayKind, Holiday, YearStatus
from openness.core.calendars.packages import (
    CHINESECALENDAR,
    HOLIDAYS,
    announced_days,
    days_by_holidays,
    is_announced,
    release,
    statutory_by_holidays,
)


class Difference(NamedTuple):
    """A day on which the stored year and the packages do not say the same; None is what the weekday says."""

    date: date
    here: Entry | None
    chinesecalendar: Entry | None
    holidays: Entry | None


@transaction.atomic
def propose_year(year: int) -> CalendarYear:
    """Enter a year from the packages as a proposal, unless the year is there already.

    A year that is announced is proposed as chinesecalendar has it, for only that package knows the blocks;
    of another only the statutory days are proposed, which the regulation fixes. ``differences`` shows
    where the packages disagree.

    A year that exists, confirmed or not, comes back as it is: to have an untouched proposal again,
    delete the old one first. Raises YearNotAnnounced for a year outside the calendar's range.
    """
    known = is_announced(year)
    entries = announced_days(year) if known else statutory_by_holidays(year)
    sources = (CHINESECALENDAR, HOLIDAYS) if known else (HOLIDAYS,)
    calendar_year, is_new = CalendarYear.objects.get_or_create(
        year=year, defaults={"source_title": ", ".join(map(release, sources))}
    )
    if is_new:
        enter_days(calendar_year, entries)
    return calendar_year


def enter_days(calendar_year: CalendarYear, entries: list[Entry] | tuple[Entry, ...]) -> None:
    """Store the days of a year that has none yet, and tell who computes from it."""
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar_year=calendar_year, **entry._asdict()) for entry in entries
    )
    calendar_year.record_change()


@transaction.atomic
def confirm_year(year: int, *, source_title: str, source_url: str, by: Any = None) -> CalendarYear:
    """Confirm a year on the strength of a notice, and tell who computes from it.

    ``by`` is the user who confirms; None stands for the installation itself. Raises ValidationError for
    a year without days and for one without a source; CalendarYear.DoesNotExist for one nobody entered.
    """
    calendar_year = CalendarYear.objects.select_for_update().get(year=year)
    if not calendar_year.days.exists():
        raise ValidationError(_("A year without any day off cannot be confirmed."), "empty")
    calendar_year.status = YearStatus.CONFIRMED
    calendar_year.source_title = source_title
    calendar_year.source_url = source_url
    calendar_year.confirmed_by = by
    calendar_year.confirmed_at = clock.now()
    calendar_year.full_clean()
    calendar_year.save()
    calendar_year.record_change()
    return calendar_year


def stored_days(calendar_year: CalendarYear) -> list[Entry]:
    """Return the stored days of a year, in their order."""
    return [
        Entry(row.date, row.kind, row.is_statutory, row.holiday, row.name)
        for row in calendar_year.days.order_by("date")
    ]


def differences(calendar_year: CalendarYear) -> list[Difference]:
    """Compare a stored year with both packages, day by day; with ``holidays`` alone if it is not announced.

    Compared is whether a day is off and whether it is statutory; with chinesecalendar also to which
    holiday it belongs. A local day is the city's own, and no package needs to know it. The notice for a year
    may also move days at the end of the year before, which is confirmed by then: this is where it shows.
    """
    year = calendar_year.year
    here = {day.date: day for day in stored_days(calendar_year)}
    blocks = {day.date: day for day in announced_days(year)} if is_announced(year) else None
    statutory = {day.date: day for day in days_by_holidays(year)}
    found = []
    for day in sorted(here.keys() | statutory.keys() | (blocks or {}).keys()):
        own, block, by_holidays = here.get(day), (blocks or {}).get(day), statutory.get(day)
        if _holiday(own) == Holiday.LOCAL and not (block or by_holidays):
            continue
        differs = _kind(own, day) != _kind(by_holidays, day)
        if blocks is not None:
            differs |= _holiday(own) != _holiday(block) or _kind(own, day) != _kind(block, day)
        if differs:
            found.append(Difference(day, own, block, by_holidays))
    return found


def _holiday(entry: Entry | None) -> str:
    return entry.holiday if entry else ""


def _kind(entry: Entry | None, day: date) -> tuple[bool, bool]:
    """Whether the day is off, and whether it is statutory."""
    if entry is None:
        return day.weekday() in WEEKEND, False
    return entry.kind == DayKind.OFF, entry.is_statutory
