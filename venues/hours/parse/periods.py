"""Parts of the year and dates: 夏季, 春、夏、秋季, 5月—10月, 11月1日至次年3月15日, 2026年10月1日至8日."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from venues.hours.model import Matcher, MatcherKind
from venues.hours.parse.result import MonthDay
from venues.hours.parse.tokens import Token, kind_at
from venues.hours.parse.words import Word

_MONTHS = 12
_METEOROLOGICAL = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}


class YearDays(NamedTuple):
    """Days that come back every year, both included; they may wrap the year."""

    first: MonthDay
    last: MonthDay


@dataclass(frozen=True, slots=True)
class Season:
    """A part of the year as the text names it.

    `spans` is empty while only names are known. `is_certain` is false for days without a year, of which
    the text does not say that they come back: 1月20日至2月5日. `is_rest` is 其他季节.
    """

    names: tuple[str, ...] = ()
    spans: tuple[YearDays, ...] = ()
    is_certain: bool = True
    is_rest: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


def read_season(tokens: Sequence[Token], place: int) -> tuple[Season, int] | None:
    """Return the part of the year named at `place`, and the place after it."""
    start = place
    if kind_at(tokens, place) == Word.REST_OF_YEAR:
        season, place = Season(is_rest=True), place + 1
    elif kind_at(tokens, place) == Word.SEASON:
        season, place = _named(tokens, place)
    else:
        found = _months(tokens, place)
        if not found:
            return None
        season, place = found
    while kind_at(tokens, place) == Word.DURING:
        place += 1
    return replace(season, start=tokens[start].start, end=tokens[place - 1].end), place


def _named(tokens: Sequence[Token], place: int) -> tuple[Season, int]:
    names = list(tokens[place].value)
    place += 1
    while kind_at(tokens, place) == Word.AND and kind_at(tokens, place + 1) == Word.SEASON:
        names += tokens[place + 1].value
        place += 2
    return Season(names=tuple(dict.fromkeys(names))), place


def _months(tokens: Sequence[Token], place: int) -> tuple[Season, int] | None:
    """Read months and days without a year; what has a year is dates."""
    each_year = kind_at(tokens, place) == Word.EVERY_YEAR
    spans: list[YearDays] = []
    certain = True
    place += each_year
    while True:
        found = _range(tokens, place)
        if not found:
            break
        span, has_days, end = found
        if has_days and span.first == span.last:
            break  # a single day is no season
        spans.append(span)
        certain = certain and (each_year or not has_days)
        place = end
        if len(spans) == _MONTHS or kind_at(tokens, place) != Word.AND or not _range(tokens, place + 1):
            break
        place += 1
    return (Season(spans=_joined(spans), is_certain=certain), place) if spans else None


def _range(tokens: Sequence[Token], place: int) -> tuple[YearDays, bool, int] | None:
    """Return the days from the first to the last named, whether days of months are named, and the end."""
    if kind_at(tokens, place) == Word.YEAR_DAYS:
        span = YearDays(*tokens[place].value)
        return (span, True, place + 1) if _exists(span.first) and _exists(span.last) else None
    first = _month_and_day(tokens, place, None)
    if not first:
        return None
    month, day, end = first
    last_month, last_day, has_days = month, day, bool(day)
    if kind_at(tokens, end) == Word.DASH:
        following = end + 1
        following += kind_at(tokens, following) == Word.NEXT_YEAR
        last = _month_and_day(tokens, following, month)
        if not last:
            return None
        last_month, last_day, end = last
        has_days = has_days or bool(last_day)
    elif tokens[place].kind == Word.NUMBER:
        return None
    span = YearDays((month, day or 1), (last_month, last_day or _length(last_month)))
    return (span, has_days, end) if _exists(span.first) and _exists(span.last) else None


def _month_and_day(tokens: Sequence[Token], place: int, month: int | None) -> tuple[int, int, int] | None:
    """Return month, day (0 = none) and end. 5-10月 begins with a bare number, 10月1日至8日 ends with a day."""
    kind = kind_at(tokens, place)
    if kind == Word.MONTH:
        if kind_at(tokens, place + 1) == Word.MONTH_DAY:
            return tokens[place].value, tokens[place + 1].value, place + 2
        return tokens[place].value, 0, place + 1
    if kind == Word.MONTH_DAY and month is not None:
        return month, tokens[place].value, place + 1
    if kind == Word.NUMBER and month is None and 1 <= tokens[place].value <= 12:
        closes = kind_at(tokens, place + 1) == Word.DASH and kind_at(tokens, place + 2) == Word.MONTH
        return (tokens[place].value, 0, place + 1) if closes else None
    return None


def _length(month: int) -> int:
    return calendar.monthrange(2024, month)[1]


def _exists(day: MonthDay) -> bool:
    return 1 <= day[1] <= _length(day[0])


def _joined(spans: list[YearDays]) -> tuple[YearDays, ...]:
    """Make one of spans that follow each other: 12月 and 1-2月, 7月 and 8月."""
    left = list(spans)
    joined: list[YearDays] = []
    while left:
        span = left.pop(0)
        for other in (*left, *joined):
            if day_after(span.last) == other.first or day_after(other.last) == span.first:
                (left if other in left else joined).remove(other)
                first, last = (span, other) if day_after(span.last) == other.first else (other, span)
                left.insert(0, YearDays(first.first, last.last))
                break
        else:
            joined.append(span)
    return tuple(joined)


def day_after(day: MonthDay) -> MonthDay:
    """Return the next day of the year; 28 and 29 February both lead to 1 March."""
    month, number = day
    if number < _length(month) and day != (2, 28):
        return month, number + 1
    return month % 12 + 1, 1


def day_before(day: MonthDay) -> MonthDay:
    """Return the day before."""
    month, number = day
    if number > 1:
        return month, number - 1
    return (month - 2) % 12 + 1, _length((month - 2) % 12 + 1)


def months_of(names: Sequence[str]) -> tuple[YearDays, ...]:
    """Return the meteorological seasons of `names`, joined where they follow each other."""
    months = [_METEOROLOGICAL[name] for name in names]
    return _joined([YearDays((first, 1), (last, _length(last))) for first, last in months])


def rest_of_year(spans: Sequence[YearDays]) -> tuple[YearDays, ...]:
    """Return what `spans`, which do not overlap, leave of the year; nothing when they leave nothing."""
    ordered = sorted(spans)
    gaps = []
    for index, span in enumerate(ordered):
        following = ordered[(index + 1) % len(ordered)]
        if day_after(span.last) != following.first:
            gaps.append(YearDays(day_after(span.last), day_before(following.first)))
    return tuple(gaps)


def is_in(day: MonthDay, span: YearDays) -> bool:
    """Tell whether the span has the day."""
    if span.first <= span.last:
        return span.first <= day <= span.last
    return day >= span.first or day <= span.last


# ---------------------------------------------------------------------------------------------------
# Dates


def is_dated(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a date with its year begins at `place`."""
    return kind_at(tokens, place) in (Word.YEAR, Word.DATE)


def dated_days(tokens: Sequence[Token], place: int) -> tuple[Matcher, int] | None:
    """Read 2026年10月1日, 2026年10月1日至8日, 2026-10-01至2026-10-08, 2026年10月1日起, 2026年7月."""
    first = _date(tokens, place, None)
    if not first:
        return None
    (start, start_of_month_end), place = first
    end: date | None = start_of_month_end
    if kind_at(tokens, place) == Word.DASH:
        last = _date(tokens, place + 1, start)
        if not last:
            return None
        (_, end), place = last
        if end < start:
            return None
    elif kind_at(tokens, place) == Word.FROM_THEN:
        end, place = None, place + 1
    while kind_at(tokens, place) == Word.DURING:
        place += 1
    return Matcher(MatcherKind.DATES, first=start, last=end), place


def _date(tokens: Sequence[Token], place: int, before: date | None) -> tuple[tuple[date, date], int] | None:
    """Return the first and last day of what is named (a month has two), and the end."""
    if kind_at(tokens, place) == Word.DATE:
        year, month, day = tokens[place].value
        return _days_of(year, month, day, place + 1)
    if kind_at(tokens, place) == Word.YEAR:
        year, place = tokens[place].value, place + 1
    elif before:
        year = before.year + (kind_at(tokens, place) == Word.NEXT_YEAR)
        place += kind_at(tokens, place) == Word.NEXT_YEAR
    else:
        return None
    found = _month_and_day(tokens, place, before.month if before else None)
    return _days_of(year, *found) if found else None


def _days_of(year: int, month: int, day: int, end: int) -> tuple[tuple[date, date], int] | None:
    length = calendar.monthrange(year, month)[1]
    if not 0 <= day <= length:
        return None
    return (date(year, month, day or 1), date(year, month, day or length)), end


def yearly_day(tokens: Sequence[Token], place: int) -> tuple[YearDays, int] | None:
    """Read 每年8月8日; a range of days is a season."""
    if kind_at(tokens, place) != Word.EVERY_YEAR or kind_at(tokens, place + 1) != Word.MONTH:
        return None
    if kind_at(tokens, place + 2) != Word.MONTH_DAY or kind_at(tokens, place + 3) == Word.DASH:
        return None
    day = (tokens[place + 1].value, tokens[place + 2].value)
    return (YearDays(day, day), place + 3) if _exists(day) else None
