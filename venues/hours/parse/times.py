"""Times of day in a text: the 12-hour clock, ranges, and what runs past midnight."""

from collections.abc import Sequence
from typing import NamedTuple

from venues.hours.model import DAY_MINUTES
from venues.hours.parse.tokens import Token, kind_at
from venues.hours.parse.words import Word

_NOON = 720
_MOST_WORDS = 3  # before a time: 次日凌晨
_BEFORE_DAWN = 300  # 2:30–5:30 is a range of the night, or the afternoon of the 12-hour clock
_LATEST_END = 360  # no venue closes later the next morning without saying so


class Time(NamedTuple):
    """A time as it is written: minutes, the part of the day said with it, and the token after it."""

    minutes: int
    period: str
    is_next_day: bool
    has_leading_zero: bool
    end: int


class Range(NamedTuple):
    """From when to when; `doubt` is the code of a warning, and of a mistake when there are no minutes."""

    opens: int
    closes: int
    doubt: str
    end: int


def read_time(source: str, tokens: Sequence[Token], place: int, inherited: str = "") -> Time | None:
    """Return the time at `place`: 9:00, 下午2点, 次日凌晨1:30, 上午：8:30, 5:00 pm.

    `inherited` is the part of the day of the time before, for 下午2:00-5:30.
    """
    next_day, period, start = False, "", place
    while place - start < _MOST_WORDS and kind_at(tokens, place) in (Word.NEXT_DAY, Word.PERIOD):
        if tokens[place].kind == Word.PERIOD:
            period = tokens[place].value
        else:
            next_day = True
        place += 1
    place += bool(period) and kind_at(tokens, place) == Word.COLON
    if kind_at(tokens, place) != Word.TIME:
        return None
    token, place = tokens[place], place + 1
    if not period and kind_at(tokens, place) == Word.PERIOD and source[tokens[place].start].isascii():
        period, place = tokens[place].value, place + 1  # 5:00 pm
    minutes = in_24_hours(token.value, period or inherited)
    return Time(minutes, period or inherited, next_day, source[token.start] in "0０", place)


def in_24_hours(minutes: int, period: str) -> int:
    """Return the minutes of a time of the part of the day `period`; beyond 12:59 they are right already.

    晚上12点 is midnight, 凌晨12点 the beginning of the day.
    """
    if minutes >= 780:
        return minutes
    if period == "afternoon" and minutes < _NOON:
        return minutes + _NOON
    if period == "noon" and minutes < 600:
        return minutes + _NOON
    if period == "evening":
        return minutes + _NOON if minutes >= _BEFORE_DAWN else minutes + DAY_MINUTES
    if period == "dawn" and minutes >= _NOON:
        return minutes - _NOON
    return minutes


def read_range(source: str, tokens: Sequence[Token], place: int) -> Range | None:
    """Return the range at `place`, or None when there is none (a single time is none)."""
    if kind_at(tokens, place) == Word.ALL_DAY:
        return Range(0, DAY_MINUTES, "", place + 1)
    first = read_time(source, tokens, place)
    if not first or kind_at(tokens, first.end) not in (Word.DASH, Word.UNTIL):
        return None
    last = read_time(source, tokens, first.end + 1, first.period)
    if not last:
        return None
    if first.is_next_day:
        return Range(0, 0, "end_before_start", last.end)  # the next day after what?
    opens = first.minutes
    closes = last.minutes
    runs_over = last.is_next_day or (last.period == "dawn" and first.period != "dawn")
    if runs_over and closes < DAY_MINUTES:
        closes += DAY_MINUTES
    if closes <= opens:
        if closes <= _LATEST_END and (last.has_leading_zero or opens >= 1020):
            return Range(opens, closes + DAY_MINUTES, "next_day_assumed", last.end)
        return Range(0, 0, "end_before_start", last.end)
    if closes > 2 * DAY_MINUTES:
        return Range(0, 0, "end_before_start", last.end)
    is_vague = (
        not first.period and not first.has_leading_zero and 60 <= opens < _BEFORE_DAWN and closes <= _NOON
    )
    return Range(opens, closes, "twelve_hour_clock" if is_vague else "", last.end)
