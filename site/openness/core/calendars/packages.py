"""What two packages say about the days of a year. Other people make each of them, from the same notices.

``chinesecalendar`` has the blocks of days off and the make-up workdays, and refuses a year that has not been
announced. ``holidays`` tells the statutory days from those around them; of a year that has not been
announced it gives what the regulation alone makes of it, without saying so.
"""

from datetime import date
from importlib.metadata import version

import chinese_calendar
import holidays
from django.utils.translation import gettext as _

from openness.core.calendars.days import days_between
from openness.core.calendars.entries import Entry
from openness.core.calendars.models import FIRST_YEAR, LAST_YEAR, DayKind, Holiday
from openness.core.calendars.statutory import statutory_days

CHINESECALENDAR, HOLIDAYS = "chinesecalendar", "holidays"

_BLOCKS = {
    "New Year's Day": (Holiday.NEW_YEAR, "元旦"),
    "Spring Festival": (Holiday.SPRING_FESTIVAL, "春节"),
    "Tomb-sweeping Day": (Holiday.QINGMING, "清明节"),
    "Labour Day": (Holiday.LABOUR_DAY, "劳动节"),
    "Dragon Boat Festival": (Holiday.DRAGON_BOAT, "端午节"),
    "Mid-autumn Festival": (Holiday.MID_AUTUMN, "中秋节"),
    "National Day": (Holiday.NATIONAL_DAY, "国庆节"),
    "Anti-Fascist 70th Day": (Holiday.LOCAL, "抗战胜利70周年纪念日"),
}
_STATUTORY = {
    "元旦": Holiday.NEW_YEAR,
    "农历除夕": Holiday.SPRING_FESTIVAL,
    "春节": Holiday.SPRING_FESTIVAL,
    "清明节": Holiday.QINGMING,
    "劳动节": Holiday.LABOUR_DAY,
    "端午节": Holiday.DRAGON_BOAT,
    "中秋节": Holiday.MID_AUTUMN,
    "国庆节": Holiday.NATIONAL_DAY,
}
_BLOCK_NAMES = dict(_BLOCKS.values())


class YearNotAnnounced(LookupError):
    """Nobody has announced the days off of this year, or the package does not know of it yet."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def __str__(self) -> str:
        return _("The days off of %(year)s are not announced, or chinesecalendar does not know them.") % {
            "year": self.year
        }


def release(package: str) -> str:
    """Return a package's name and version: ``holidays 0.109``."""
    return f"{package} {version(package)}"


def is_announced(year: int) -> bool:
    """Tell whether chinesecalendar has the year's arrangement."""
    # A first of January may be known from the notice for the year before; National Day comes with its own.
    return FIRST_YEAR <= year <= LAST_YEAR and date(year, 10, 1) in chinese_calendar.holidays


def announced_days(year: int) -> list[Entry]:
    """Return the days off and make-up workdays of a year as chinesecalendar has them, in their order.

    Weekend days inside a holiday's block belong to it. Raises YearNotAnnounced.
    """
    if not is_announced(year):
        raise YearNotAnnounced(year)
    statutory = statutory_days(year)
    entries = []
    for day in days_between(date(year, 1, 1), date(year, 12, 31)):
        is_off, title = chinese_calendar.get_holiday_detail(day)
        if title is not None:
            holiday, name = _BLOCKS[title]
            kind = DayKind.OFF if is_off else DayKind.MAKEUP_WORKDAY
            entries.append(Entry(day, kind.value, is_off and day in statutory, holiday.value, name))
    return entries


def days_by_holidays(year: int) -> list[Entry]:
    """Return the days off and make-up workdays of a year as ``holidays`` has them, in their order.

    Of a year that is not announced these are the statutory days, and the weekdays off in lieu of those
    that fall on a weekend. Weekend days off that are not statutory are not among them; a day that is off
    for another reason than its own holiday has no holiday's code. Raises YearNotAnnounced outside the
    calendar's years.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearNotAnnounced(year)
    found = holidays.country_holidays("CN", years=year, language="zh_CN")
    entries = [_day_off(day, name) for day, name in found.items() if day.year == year]
    entries += [
        Entry(day, DayKind.MAKEUP_WORKDAY.value, False, "", "调休上班")
        for day in found.weekend_workdays
        if day.year == year
    ]
    return sorted(entries)


def statutory_by_holidays(year: int) -> list[Entry]:
    """Return the statutory days of a year as ``holidays`` has them, under the names of their blocks."""
    return [
        day._replace(name=_BLOCK_NAMES[Holiday(day.holiday)])
        for day in days_by_holidays(year)
        if day.is_statutory
    ]


def _day_off(day: date, name: str) -> Entry:
    """Two holidays on one day are joined: the later one is the longer, and gives the block its name."""
    codes = [_STATUTORY[part] for part in name.split("; ") if part in _STATUTORY]
    return Entry(day, DayKind.OFF.value, bool(codes), codes[-1].value if codes else "", name)
