"""What a word can be: the kinds of tokens, and what their values mean."""

from enum import StrEnum
from typing import Any

Value = Any  # see `Word`


class Word(StrEnum):
    """What a token is. The comment says what its value is."""

    # Time of day
    TIME = "time"  # minutes since 00:00
    PERIOD = "period"  # the name of a part of the day, a key of `PERIODS`
    NEXT_DAY = "next_day"
    ALL_DAY = "all_day"
    DURATION = "duration"  # minutes
    # Days
    EVERY_DAY = "every_day"
    WEEKDAYS = "weekdays"  # tuple of weekdays
    DAYS = "days"  # a Matcher
    SUCH = "such"  # a Matcher: 等法定节假日 after the names of some
    LUNAR = "lunar"  # the lunar calendar is meant
    LUNAR_MONTH = "lunar_month"  # its number
    LUNAR_DAY = "lunar_day"  # its number, written 初一 or 廿六
    NEW_YEARS_EVE = "new_years_eve"
    EVERY_MONTH = "every_month"
    EVERY_YEAR = "every_year"
    NTH = "nth"  # tuple of 1–5, -1 = last
    LEVEL = "level"  # tuple of school levels
    ON_THE_DAY = "on_the_day"
    DURING = "during"
    MEETS = "meets"
    THE_REST = "the_rest"
    REST_OF_YEAR = "rest_of_year"
    YEAR = "year"  # its number
    NEXT_YEAR = "next_year"
    MONTH = "month"  # its number
    MONTH_DAY = "month_day"  # its number
    YEAR_DAYS = "year_days"  # ((month, day), (month, day))
    DATE = "date"  # (year, month, day)
    SINCE = "since"
    FROM_THEN = "from_then"
    SEASON = "season"  # tuple of names: spring, summer, autumn, winter, high, low
    # What happens
    OPEN = "open"
    CLOSED = "closed"
    AS_USUAL = "as_usual"
    NO_REST = "no_rest"
    NO_BREAK = "no_break"
    PUT_OFF = "put_off"  # where to, or None where the text does not tell
    LATER = "later"  # to be announced
    EXCEPT = "except"
    BESIDES = "besides"
    OUTSIDE = "outside"
    ONLY = "only"
    INCLUDING = "including"
    OPENS_AT = "opens_at"
    CLOSES_AT = "closes_at"
    CLOSING_DAYS = "closing_days"
    NO_ENTRY = "no_entry"
    NO_TICKETS = "no_tickets"
    CLEARING = "clearing"
    BEFORE = "before"
    BEFORE_CLOSING = "before_closing"
    AFTERWARDS = "afterwards"
    UNTIL = "until"
    # In what way
    KIND = "kind"  # a Kind
    ALSO = "also"
    EXTENDED_TO = "extended_to"
    STATE = "state"  # a State
    ADMISSION = "admission"  # a code of admission
    CONDITION = "condition"
    SOME = "some"  # 部分, 单周: not all of what is named after it
    CAUSE = "cause"  # 因: why, which changes nothing
    # Parts of the venue
    PART = "part"
    VENUE = "venue"
    # The rest
    LABEL = "label"
    NOISE = "noise"
    REMARK = "remark"
    AND = "and"
    DASH = "dash"
    COLON = "colon"
    STOP = "stop"  # how strongly it separates: 1 comma, 2 semicolon, 3 full stop or new line
    OPENING = "opening"
    CLOSING = "closing"
    NUMBER = "number"
    UNKNOWN = "unknown"


Found = tuple[Word, Value, int]  # kind, value, where it ends


# Part of the day: (from, to) as a closing of it means them, in minutes.
PERIODS = {
    "dawn": (0, 360),
    "morning": (0, 720),
    "noon": (660, 840),
    "afternoon": (720, 1080),
    "evening": (1080, 1440),
}
