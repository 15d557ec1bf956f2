"""Short ways to write hours and to read days in the engine's tests."""

from datetime import date, datetime
from typing import Any

from tests.venues.hours.calendars import CITY
from venues.hours import (
    Area,
    Day,
    Effect,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    Rule,
    Schedule,
    Session,
    Status,
    VenueHours,
    area_days,
    openings_of,
    resolve_day,
    resolve_days,
    status_at,
)
from venues.hours.openings import CITY_TZ

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
ALL_WEEK = Matcher()


def minute(text: str) -> int:
    """`"26:00"` is 1560."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def session(text: str, last_entry: str | None = None, **fields: Any) -> Session:
    """`session("09:00-17:00", "16:30")`."""
    opens, closes = map(minute, text.split("-"))
    return Session(opens, closes, minute(last_entry) if last_entry else None, **fields)


def on_weekdays(*weekdays: int) -> Matcher:
    return Matcher(MatcherKind.WEEKDAYS, weekdays=weekdays)


def on_dates(first: str, last: str | None = "") -> Matcher:
    """One day, or a range; `last` None has no end."""
    end = None if last is None else date.fromisoformat(last or first)
    return Matcher(MatcherKind.DATES, first=date.fromisoformat(first), last=end)


def rule(key: str, matcher: Matcher, *sessions: Session | str, effect: Effect = Effect.REPLACE) -> Rule:
    made = tuple(session(item) if isinstance(item, str) else item for item in sessions)
    return Rule(key, effect, matcher, made)


def add(key: str, matcher: Matcher, *sessions: Session | str) -> Rule:
    return rule(key, matcher, *sessions, effect=Effect.ADD)


def subtract(key: str, matcher: Matcher, *sessions: Session | str) -> Rule:
    return rule(key, matcher, *sessions, effect=Effect.SUBTRACT)


def schedule(key: str, *rules: Rule, layer: Layer = Layer.BASE, **fields: Any) -> Schedule:
    return Schedule(key, layer, rules=rules, **fields)


def notice(key: str, *rules: Rule, **fields: Any) -> Schedule:
    """A schedule of the notice `key`."""
    return schedule(key, *rules, layer=Layer.NOTICE, notice=key, **fields)


def venue(*schedules: Schedule, areas: tuple[Area, ...] = (), mode: Mode = Mode.OWN) -> VenueHours:
    return VenueHours(mode, areas, schedules)


DAILY = schedule("base", rule("daily", ALL_WEEK, "09:00-17:00"))


def on(hours: VenueHours, day: str, area: str = "", calendar: Any = CITY) -> Day:
    return resolve_day(hours, area, date.fromisoformat(day), calendar)


def clock(at: int) -> str:
    return f"{at // 60:02}:{at % 60:02}"


def shown(day: Day) -> list[str]:
    """The spans of a day as text, the last entry where it is not the end: `09:00-17:00(16:30)`."""
    return [
        f"{clock(span.opens)}-{clock(span.closes)}"
        + (f"({clock(span.last_entry)})" if span.last_entry != span.closes else "")
        for span in day.spans
    ]


def city_time(text: str) -> datetime:
    """`"2026-11-21 19:00"` in Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=CITY_TZ)


def status(hours: VenueHours, at: str, first: str, last: str, **options: Any) -> Status:
    """The status at `at`, when the days from `first` to `last` are compiled."""
    days = [
        day
        for area in hours.areas_in_use
        for day in resolve_days(hours, area.key, date.fromisoformat(first), date.fromisoformat(last), CITY)
    ]
    restricted = [area.key for area in hours.areas if not area.general_public]
    rows = openings_of(days, hours.areas)
    return status_at(rows, area_days(days), city_time(at), restricted_areas=restricted, **options)
