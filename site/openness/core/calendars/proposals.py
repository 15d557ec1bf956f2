"""Calendar years proposed from the chinesecalendar package, and their confirmation.

The package follows the State Council's yearly notice (usually of November) by some days and cannot be
asked about a year that has not been announced. What it says is a proposal: a person compares it with
the notice, names the notice, and confirms.
"""

from collections.abc import Callable
from datetime import date, timedelta
from importlib.metadata import version
from typing import Any, NamedTuple

import chinese_calendar
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from openness.core import clock
from openness.core.calendars.days import days_between
from openness.core.calendars.lunar import solar_date
from openness.core.calendars.models import (
    FIRST_YEAR,
    LAST_YEAR,
    CalendarDay,
    CalendarYear,
    DayKind,
    Holiday,
    YearStatus,
)

PACKAGE_URL = "https://github.com/LKI/chinese-calendar"

NAMES = {
    "New Year's Day": (Holiday.NEW_YEAR, "元旦"),
    "Spring Festival": (Holiday.SPRING_FESTIVAL, "春节"),
    "Tomb-sweeping Day": (Holiday.QINGMING, "清明节"),
    "Labour Day": (Holiday.LABOUR_DAY, "劳动节"),
    "Dragon Boat Festival": (Holiday.DRAGON_BOAT, "端午节"),
    "Mid-autumn Festival": (Holiday.MID_AUTUMN, "中秋节"),
    "National Day": (Holiday.NATIONAL_DAY, "国庆节"),
    "Anti-Fascist 70th Day": (Holiday.LOCAL, "抗战胜利70周年纪念日"),
}


class YearNotAnnounced(LookupError):
    """Nobody has announced the days off of this year, or the package does not know of it yet."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def __str__(self) -> str:
        return _("The days off of %(year)s are not announced, or chinesecalendar does not know them.") % {
            "year": self.year
        }


class Entry(NamedTuple):
    """A day of a proposal, comparable with a stored one."""

    date: date
    kind: str
    is_statutory: bool
    holiday: str
    name: str


@transaction.atomic
def propose_year(year: int) -> CalendarYear:
    """Enter a year from the package as a proposal, unless the year is there already.

    A year that exists, confirmed or not, comes back as it is: to have an untouched proposal again,
    delete the old one first. Raises YearNotAnnounced.
    """
    entries = announced_days(year)
    calendar_year, is_new = CalendarYear.objects.get_or_create(
        year=year, defaults={"source_title": f"chinesecalendar {_release()}", "source_url": PACKAGE_URL}
    )
    if is_new:
        CalendarDay.objects.bulk_create(
            CalendarDay(calendar_year=calendar_year, **entry._asdict()) for entry in entries
        )
        calendar_year.record_change()
    return calendar_year


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


def announced_days(year: int) -> list[Entry]:
    """Return the days off and make-up workdays of a year as the package has them, in their order.

    Weekend days inside a holiday's block belong to it. Raises YearNotAnnounced.
    """
    # A first of January may be known from the notice for the year before; National Day comes with its own.
    if not FIRST_YEAR <= year <= LAST_YEAR or date(year, 10, 1) not in chinese_calendar.holidays:
        raise YearNotAnnounced(year)
    statutory = statutory_days(year)
    entries = []
    for day in days_between(date(year, 1, 1), date(year, 12, 31)):
        is_off, title = chinese_calendar.get_holiday_detail(day)
        if title is not None:
            holiday, name = NAMES[title]
            kind = DayKind.OFF if is_off else DayKind.MAKEUP_WORKDAY
            entries.append(Entry(day, kind.value, is_off and day in statutory, holiday.value, name))
    return entries


def differences(calendar_year: CalendarYear) -> list[tuple[date, Entry | None, Entry | None]]:
    """Compare a stored year with the package: date, what is stored, what the package says.

    The notice for a year may also move days at the end of the year before, which is confirmed by then:
    this is where it shows. Raises YearNotAnnounced.
    """
    stored = {
        row.date: Entry(row.date, row.kind, row.is_statutory, row.holiday, row.name)
        for row in calendar_year.days.all()
    }
    announced = {entry.date: entry for entry in announced_days(calendar_year.year)}
    return [
        (day, stored.get(day), announced.get(day))
        for day in sorted(stored.keys() | announced.keys())
        if stored.get(day) != announced.get(day)
    ]


def statutory_days(year: int) -> frozenset[date]:
    """Return the holidays themselves, without the days around them.

    By 全国年节及纪念日放假办法 as it stood in that year: 国务院令第644号 from 2014, 第795号 from 2025.
    """
    first_year, rule = next(each for each in STATUTORY_RULES if each[0] <= year)
    return frozenset(rule(year))


def _days(first: date, number: int) -> list[date]:
    return days_between(first, first + timedelta(days=number - 1))


def _spring_festival(year: int, *, from_eve: bool, number: int) -> list[date]:
    new_year = solar_date(year, 1, 1)
    return _days(new_year - timedelta(days=1) if from_eve else new_year, number)


def _qingming(year: int) -> date:
    terms = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 30))
    return next(day for day, name in terms if name == "清明")


def _festivals(year: int) -> list[date]:
    return [_qingming(year), solar_date(year, 5, 5), solar_date(year, 8, 15)]


def _since_2025(year: int) -> list[date]:
    return [
        date(year, 1, 1),
        *_spring_festival(year, from_eve=True, number=4),
        *_festivals(year),
        *_days(date(year, 5, 1), 2),
        *_days(date(year, 10, 1), 3),
    ]


def _since_2014(year: int) -> list[date]:
    return [
        date(year, 1, 1),
        *_spring_festival(year, from_eve=False, number=3),
        *_festivals(year),
        date(year, 5, 1),
        *_days(date(year, 10, 1), 3),
    ]


STATUTORY_RULES: tuple[tuple[int, Callable[[int], list[date]]], ...] = (
    (2025, _since_2025),
    (2014, _since_2014),
)


def _release() -> str:
    return version("chinesecalendar")
