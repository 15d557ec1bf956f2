"""Answers worked out from the sourced facts of the demo city, venue by venue, without the engine.

Tests compare the engine, the finder and the API with what stands here. The facts are in
demo/quanzhou/venues.json and notices.json; the days are those of the 2026 calendar. Times are local
(Asia/Shanghai, +08:00). Changing a fact means working its answer out anew, not copying what a run printed.

Seasons: winter is 1 October to 31 May, summer is 1 June to 30 September.
"""

from dataclasses import dataclass
from datetime import date

# The clock of the browser journeys: a Thursday.
FROZEN_NOW = "2026-11-19T10:00:00+08:00"

# ---------------------------------------------------------------------------------------------------
# "Free venues on Saturday 21 November 2026, 19:00-21:00, at least 60 minutes, for everyone"

SATURDAY_EVENING = ("2026-11-21T19:00:00+08:00", "2026-11-21T21:00:00+08:00")
MINUTES_WANTED = 60

# code: (area, minutes of the window that are left to somebody who comes when it begins)
FREE_SATURDAY_EVENING_STAYS = {
    # Ground floor open daily 9:00-21:00; the halls have closed at 18:00.
    "qz-library-donghai": ("ground-floor", 120),
    # Six of the eight reading rooms are open daily 9:00-21:00.
    "baixing-liyuan": ("", 120),
    "baixing-yingbinguan": ("", 120),
    "baixing-fuwenmiao": ("", 120),
    "baixing-dejimen": ("", 120),
    "baixing-donghujie": ("", 120),
    "baixing-sunjiang": ("", 120),
    # The reading room on the ground floor is open round the clock.
    "fz-library": ("reading-24h", 120),
    # November is winter: 14:30-20:30. (In summer until 21:00.)
    "fz-culture": ("", 90),
    # Outdoor grounds, free and round the clock; the hall beside them is not free.
    "qiaoxiang-outdoor": ("", 120),
    # November is winter: 17:30-20:00, so exactly the 60 minutes asked for.
    "chenyankui": ("", 60),
    # Daily 16:00-22:00.
    "haixia-track": ("", 120),
}
FREE_SATURDAY_EVENING = tuple(FREE_SATURDAY_EVENING_STAYS)

# Free or open, yet not in that list, each for a reason of its own.
NOT_FREE_SATURDAY_EVENING = {
    "qz-library-children": "closes at 17:30",
    "baixing-haisi": "closes at 17:30",
    "baixing-renbao": "closes at 17:00",
    "qz-art-centre": "evening sessions on Monday, Wednesday and Sunday only; Saturday ends at 18:00",
    "lc-library": "closes at 17:30",
    "haijiao": "closes at 17:00",
    "guchuan": "closes at 17:00, and its admission is not known, which is not free",
    "gucheng-youth": "Saturday 15:00-17:00",
    "qiaoxiang-indoor": "open until 20:00 (winter), for a low fee",
    "mintaiyuan": "closed since 2024-01-15, no end announced",
    "qz-museum": "closed since 2025-06-24, no end announced",
}

# Free venues of which no hours were found: listed last, as unknown.
UNKNOWN_FREE_SATURDAY_EVENING = tuple(f"pilot-{number:02d}" for number in range(1, 14))

# ---------------------------------------------------------------------------------------------------
# Thursday 19 November 2026, 10:00, any admission

OPEN_AT_FROZEN_NOW = (
    "qz-library-donghai",  # both areas from 9:00
    "qz-library-children",  # 8:00-12:00
    "baixing-liyuan",
    "baixing-yingbinguan",
    "baixing-fuwenmiao",
    "baixing-dejimen",
    "baixing-donghujie",
    "baixing-sunjiang",
    "baixing-haisi",
    "baixing-renbao",  # all eight reading rooms from 9:00
    "qz-art-centre",  # 8:00-12:00
    "lc-library",  # 8:00-17:30; Tuesday is the short day
    "fz-library",
    "fz-culture",  # 9:00-12:00
    "haijiao",  # Tuesday to Sunday
    "guchuan",  # the lunar day is 10/11, not a 26th
    "qiaoxiang-indoor",  # 8:00-11:30
    "qiaoxiang-outdoor",
)
CLOSED_AT_FROZEN_NOW = (
    "mintaiyuan",  # by its notice; Thursday would be open
    "qz-museum",  # by its notice
    "chenyankui",  # from 17:30
    "haixia-track",  # from 16:00
    "gucheng-youth",  # from 17:00
)
UNKNOWN_AT_FROZEN_NOW_COUNT = 48 - 18 - 5

# ---------------------------------------------------------------------------------------------------
# Hours per week: (code, area, Monday of the week, hours). Neither week has a holiday in it.

WINTER_WEEK = date(2026, 11, 16)
SUMMER_WEEK = date(2026, 7, 6)
WEEKLY_HOURS = (
    ("qz-library-donghai", "main", WINTER_WEEK, 63.0),  # 9 x 7
    ("qz-library-donghai", "ground-floor", WINTER_WEEK, 84.0),  # 12 x 7
    ("qz-library-children", "", WINTER_WEEK, 49.0),  # (4 + 3) x 7
    ("qz-art-centre", "", WINTER_WEEK, 56.5),  # (4 + 3) x 7 + 2.5 x 3
    ("lc-library", "", WINTER_WEEK, 61.0),  # 9.5 x 6 + 4
    ("fz-library", "reading-24h", WINTER_WEEK, 168.0),  # 24 x 7
    ("fz-culture", "", WINTER_WEEK, 63.0),  # (3 + 6) x 7
    ("fz-culture", "", SUMMER_WEEK, 63.0),  # (3 + 6) x 7, half an hour later
    ("haijiao", "", WINTER_WEEK, 48.0),  # 8 x 6
    ("qiaoxiang-indoor", "", WINTER_WEEK, 63.0),  # (3.5 + 5.5) x 7
    ("qiaoxiang-indoor", "", SUMMER_WEEK, 63.0),  # (3.5 + 5.5) x 7, half an hour later
    ("chenyankui", "", WINTER_WEEK, 17.5),  # 2.5 x 7
    ("chenyankui", "", SUMMER_WEEK, 21.0),  # 3 x 7
    ("haixia-track", "", WINTER_WEEK, 42.0),  # 6 x 7
    ("gucheng-youth", "", WINTER_WEEK, 9.0),  # 1 x 5 + 2 x 2
)

# ---------------------------------------------------------------------------------------------------
# The maritime museum around Spring Festival 2026: date -> (opens, closes, last entry), None = closed

HAIJIAO_SPRING_FESTIVAL = {
    date(2026, 2, 13): ("09:00", "17:00", "16:30"),  # Friday
    date(2026, 2, 14): ("09:00", "17:00", "16:30"),  # Saturday worked; the museum goes by weekdays
    date(2026, 2, 15): None,  # notice
    date(2026, 2, 16): None,  # New Year's Eve, notice (and a Monday)
    date(2026, 2, 17): ("09:00", "19:00", "18:30"),  # New Year's Day, notice from here on
    date(2026, 2, 18): ("09:00", "19:00", "18:30"),
    date(2026, 2, 19): ("09:00", "19:00", "18:30"),
    date(2026, 2, 20): ("09:00", "19:00", "18:30"),
    date(2026, 2, 21): ("09:00", "19:00", "18:30"),
    date(2026, 2, 22): ("09:00", "19:00", "18:30"),
    date(2026, 2, 23): ("09:00", "19:00", "18:30"),  # a Monday, yet open
    date(2026, 2, 24): None,  # a Tuesday, yet closed: the day after the holiday
    date(2026, 2, 25): ("09:00", "17:00", "16:30"),  # as usual again
    date(2026, 3, 2): None,  # an ordinary Monday
    date(2026, 4, 6): ("09:00", "17:00", "16:30"),  # Monday in the days off of Qingming
}

# Lunar 26ths of 2026. Lunar New Year is 17 February; months have 29 or 30 days, so the steps are too.
LUNAR_26THS = (
    date(2026, 1, 14),
    date(2026, 2, 13),
    date(2026, 3, 14),
    date(2026, 4, 13),
    date(2026, 5, 12),
    date(2026, 6, 11),
    date(2026, 7, 10),
    date(2026, 8, 8),
    date(2026, 9, 7),
    date(2026, 10, 6),
    date(2026, 11, 4),
    date(2026, 12, 4),
)

# ---------------------------------------------------------------------------------------------------
# Single instants


@dataclass(frozen=True)
class Expected:
    """What a venue (or one of its areas) is at an instant; None = this case says nothing of it."""

    code: str
    at: str
    state: str
    why: str
    area: str | None = None
    until: str | None = None
    last_entry_at: str | None = None
    next_opens_at: str | None = None
    can_enter: bool | None = None


EXPECTED = (
    # Maritime museum
    Expected(
        "haijiao",
        "2026-02-14T16:15",
        "open",
        "usual Saturday",
        until="2026-02-14T17:00",
        last_entry_at="2026-02-14T16:30",
        can_enter=True,
    ),
    Expected(
        "haijiao", "2026-02-14T16:45", "open", "after last entry", until="2026-02-14T17:00", can_enter=False
    ),
    Expected(
        "haijiao",
        "2026-02-14T17:00",
        "closed",
        "half-open: closed at closing time",
        next_opens_at="2026-02-17T09:00",
    ),
    Expected("haijiao", "2026-02-15T10:00", "closed", "notice", next_opens_at="2026-02-17T09:00"),
    Expected(
        "haijiao",
        "2026-02-23T18:00",
        "open",
        "holiday Monday",
        until="2026-02-23T19:00",
        last_entry_at="2026-02-23T18:30",
        can_enter=True,
    ),
    Expected(
        "haijiao", "2026-02-24T10:00", "closed", "day after the holiday", next_opens_at="2026-02-25T09:00"
    ),
    Expected("haijiao", "2026-11-23T10:00", "closed", "ordinary Monday", next_opens_at="2026-11-24T09:00"),
    Expected("haijiao", "2022-01-31T10:00", "closed", "notice of 2022"),
    # Ancient ship hall
    Expected("guchuan", "2026-11-04T10:00", "closed", "lunar 26th", next_opens_at="2026-11-05T09:00"),
    Expected(
        "guchuan",
        "2026-10-06T10:00",
        "closed",
        "lunar 26th in the National Day holiday",
        next_opens_at="2026-10-07T09:00",
    ),
    Expected(
        "guchuan",
        "2026-11-02T10:00",
        "open",
        "Mondays are open here",
        until="2026-11-02T17:00",
        last_entry_at="2026-11-02T16:30",
    ),
    Expected("guchuan", "2022-01-28T10:00", "closed", "lunar 26th by the rule, and by the notice"),
    Expected(
        "guchuan",
        "2022-01-29T10:00",
        "open",
        "between the two closures of the notice",
        until="2022-01-29T17:00",
    ),
    Expected("guchuan", "2022-01-30T10:00", "closed", "notice"),
    # Art centre
    Expected(
        "qz-art-centre", "2026-11-17T13:30", "closed", "midday gap, Tuesday", next_opens_at="2026-11-17T15:00"
    ),
    Expected("qz-art-centre", "2026-11-17T12:00", "closed", "half-open", next_opens_at="2026-11-17T15:00"),
    Expected(
        "qz-art-centre",
        "2026-11-17T19:30",
        "closed",
        "no evening session on Tuesday",
        next_opens_at="2026-11-18T08:00",
    ),
    Expected("qz-art-centre", "2026-11-16T19:30", "open", "Monday evening", until="2026-11-16T21:30"),
    Expected("qz-art-centre", "2026-11-18T19:30", "open", "Wednesday evening", until="2026-11-18T21:30"),
    Expected("qz-art-centre", "2026-11-22T19:30", "open", "Sunday evening", until="2026-11-22T21:30"),
    Expected(
        "qz-art-centre",
        "2026-11-16T18:30",
        "closed",
        "between afternoon and evening",
        next_opens_at="2026-11-16T19:00",
    ),
    # Licheng library
    Expected("lc-library", "2026-11-17T11:59", "open", "Tuesday morning", until="2026-11-17T12:00"),
    Expected(
        "lc-library", "2026-11-17T13:00", "closed", "Tuesday afternoon", next_opens_at="2026-11-18T08:00"
    ),
    Expected(
        "lc-library", "2026-11-18T13:00", "open", "no midday break on Wednesday", until="2026-11-18T17:30"
    ),
    # Fengze library across midnight
    Expected("fz-library", "2026-11-21T23:59", "open", "24 hours", area="reading-24h", can_enter=True),
    Expected(
        "fz-library",
        "2026-11-22T00:00",
        "open",
        "24 hours, midnight itself",
        area="reading-24h",
        can_enter=True,
    ),
    Expected("fz-library", "2026-11-22T00:01", "open", "24 hours", area="reading-24h", can_enter=True),
    # City library and its evening area
    Expected(
        "qz-library-donghai",
        "2026-11-21T18:30",
        "closed",
        "halls close at 18:00",
        area="main",
        next_opens_at="2026-11-22T09:00",
    ),
    Expected(
        "qz-library-donghai",
        "2026-11-21T18:30",
        "open",
        "ground floor",
        area="ground-floor",
        until="2026-11-21T21:00",
    ),
    Expected(
        "qz-library-donghai",
        "2020-01-24T10:00",
        "closed",
        "notice of 2020, whole venue",
        next_opens_at="2020-01-25T09:00",
    ),
    Expected(
        "qz-library-donghai",
        "2020-01-25T13:00",
        "closed",
        "gap in the notice's hours",
        next_opens_at="2020-01-25T14:00",
    ),
    Expected(
        "qz-library-donghai",
        "2020-01-25T15:00",
        "open",
        "notice reaches the ground floor",
        area="ground-floor",
        until="2020-01-25T16:00",
    ),
    Expected(
        "qz-library-children", "2020-01-24T11:00", "open", "notice: morning only", until="2020-01-24T12:00"
    ),
    # Fengze culture centre and the edges of the seasons
    Expected("fz-culture", "2026-11-21T20:29", "open", "winter", until="2026-11-21T20:30"),
    Expected("fz-culture", "2026-11-21T20:30", "closed", "winter", next_opens_at="2026-11-22T09:00"),
    Expected("fz-culture", "2026-05-31T14:45", "open", "last day of winter", until="2026-05-31T20:30"),
    Expected(
        "fz-culture", "2026-06-01T14:45", "closed", "first day of summer", next_opens_at="2026-06-01T15:00"
    ),
    Expected("fz-culture", "2026-09-30T20:45", "open", "last day of summer", until="2026-09-30T21:00"),
    Expected(
        "fz-culture", "2026-10-01T20:45", "closed", "first day of winter", next_opens_at="2026-10-02T09:00"
    ),
    # Closed since a date, no end: closed, not unknown
    Expected("qz-museum", "2026-11-21T14:00", "closed", "closed since 2025-06-24"),
    Expected("qz-museum", "2025-06-24T00:00", "closed", "from the first minute of the first day"),
    Expected("qz-museum", "2025-06-23T14:00", "unknown", "no hours found for the time before"),
    Expected("mintaiyuan", "2026-11-21T14:00", "closed", "closed since 2024-01-15"),
    Expected(
        "mintaiyuan",
        "2024-01-14T14:00",
        "open",
        "the Sunday before",
        until="2024-01-14T17:00",
        last_entry_at="2024-01-14T16:30",
    ),
    # Unknown is neither open nor closed
    Expected("qz-science", "2026-11-21T10:00", "unknown", "no hours found"),
    Expected("qz-science", "2026-11-21T03:00", "unknown", "at night too"),
    Expected("pilot-01", "2026-11-21T10:00", "unknown", "no hours found"),
    Expected("feiyi", "2026-11-21T10:00", "unknown", "only the festival is known"),
    Expected("feiyi", "2026-02-15T10:00", "closed", "notice", next_opens_at="2026-02-17T09:00"),
    Expected(
        "feiyi",
        "2026-02-17T18:00",
        "open",
        "notice",
        until="2026-02-17T19:00",
        last_entry_at="2026-02-17T18:30",
    ),
    Expected(
        "huaqiao", "2026-02-23T16:45", "open", "after last entry", until="2026-02-23T17:00", can_enter=False
    ),
    Expected("huaqiao", "2026-02-24T10:00", "unknown", "the notice does not name this day"),
    # A rule that only closes leaves the other days unknown
    Expected("qingjing", "2026-11-20T10:00", "closed", "Fridays"),
    Expected("qingjing", "2026-11-21T10:00", "unknown", "no hours found for other days"),
    Expected("qingjing", "2026-02-20T10:00", "closed", "Friday in Ramadan"),
    Expected("qingjing", "2026-02-21T10:00", "open", "Ramadan", until="2026-02-21T16:00"),
    Expected("qingjing", "2026-03-21T10:00", "closed", "Eid"),
    # Youth centre in a school
    Expected("gucheng-youth", "2026-11-20T17:30", "open", "Friday after school", until="2026-11-20T18:00"),
    Expected(
        "gucheng-youth",
        "2026-11-21T17:30",
        "closed",
        "Saturday ends at 17:00",
        next_opens_at="2026-11-22T15:00",
    ),
)
