"""Days and times in words, in the three languages of the site.

Times are those of the city's clocks, days its dates. No sentence here says "in 20 minutes": what is
printed stays true for as long as the page lives.
"""

from datetime import date, datetime, time

from openness.core.clock import local

ENGLISH, SIMPLIFIED, TRADITIONAL = "en", "zh-hans", "zh-hant"
DAY_MINUTES = 1440

_WEEKDAYS = {
    SIMPLIFIED: ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    TRADITIONAL: ("週一", "週二", "週三", "週四", "週五", "週六", "週日"),
    ENGLISH: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def known_language(code: str | None) -> str:
    """Return the language of the site that ``code`` means; the source language for any other."""
    code = (code or "").lower()
    if code.startswith("en"):
        return ENGLISH
    return TRADITIONAL if code in {TRADITIONAL, "zh-tw", "zh-hk", "zh-mo"} else SIMPLIFIED


def weekday_label(day: date, language: str) -> str:
    """Return the day of the week: 周六, 週六, Sat."""
    return _WEEKDAYS[known_language(language)][day.weekday()]


def month_label(month: int, language: str) -> str:
    """Return a month, 1–12: 11月, November."""
    return _MONTHS[month - 1] if known_language(language) == ENGLISH else f"{month}月"


def short_date_label(month: int, day: int, language: str) -> str:
    """Return a day of any year, short: 11月21日, 21 Nov."""
    if known_language(language) == ENGLISH:
        return f"{day} {_MONTHS[month - 1][:3]}"
    return f"{month}月{day}日"


def month_title(day: date, language: str) -> str:
    """Return the month of a day with its year: 2026年11月, November 2026."""
    if known_language(language) == ENGLISH:
        return f"{_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月"


def day_label(day: date, language: str) -> str:
    """Return a day as lists and chips show it: 11月21日 周六, Sat 21 Nov."""
    short = short_date_label(day.month, day.day, language)
    weekday = weekday_label(day, language)
    return f"{weekday} {short}" if known_language(language) == ENGLISH else f"{short} {weekday}"


def date_label(day: date, language: str) -> str:
    """Return a date with its year: 2026年11月21日, 21 November 2026."""
    if known_language(language) == ENGLISH:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def minute_label(instant: datetime | None) -> str:
    """Return an instant as 47号文 wants a publication's, on the city's clocks: 2026-11-19 10:00; empty for none."""
    return f"{local(instant):%Y-%m-%d %H:%M}" if instant else ""


def clock_label(value: datetime | time | int) -> str:
    """Return a time of the city's clocks: 19:00.

    ``value`` is an aware instant, a time of day, or minutes from a day's midnight: 1440 is 24:00, and
    1500 is 01:00 (of the next day, which the caller has to say).
    """
    if isinstance(value, datetime):
        value = local(value).time()
    if isinstance(value, time):
        return f"{value.hour:02}:{value.minute:02}"
    hour, minute = divmod(value if value <= DAY_MINUTES else value - DAY_MINUTES, 60)
    return f"{hour:02}:{minute:02}"
