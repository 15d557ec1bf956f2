"""The engine of opening hours: plain values in, plain values out.

`model` holds the values, `resolve` works out a day, `openings` and `status` answer at an instant,
`validate` finds mistakes, `notices` turns effects of notices into schedules, `serialise` stores and
compares. Nothing here reads a clock or a database; the calendar comes as a value (`day_facts`).
"""

from venues.hours.day_facts import Calendar, DayFacts
from venues.hours.model import (
    DAY_MINUTES,
    LAST_MINUTE,
    WHOLE_VENUE,
    Area,
    Because,
    Conflict,
    Day,
    DayStatus,
    DayType,
    Effect,
    Kind,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    PutOff,
    Rule,
    Schedule,
    Session,
    Span,
    State,
    VenueHours,
)
from venues.hours.notices import EffectKind, effect_schedule
from venues.hours.openings import AreaDay, DayRow, Opening, OpeningRow, area_days, instant, openings_of
from venues.hours.resolve import resolve_day, resolve_days
from venues.hours.serialise import digest, from_dict, to_dict
from venues.hours.status import Status, fits, status_at, stay
from venues.hours.validate import Problem, Severity, problems

__all__ = [
    "DAY_MINUTES",
    "LAST_MINUTE",
    "WHOLE_VENUE",
    "Area",
    "AreaDay",
    "Because",
    "Calendar",
    "Conflict",
    "Day",
    "DayFacts",
    "DayRow",
    "DayStatus",
    "DayType",
    "Effect",
    "EffectKind",
    "Kind",
    "Layer",
    "Matcher",
    "MatcherKind",
    "Mode",
    "Opening",
    "OpeningRow",
    "Problem",
    "PutOff",
    "Rule",
    "Schedule",
    "Session",
    "Severity",
    "Span",
    "State",
    "Status",
    "VenueHours",
    "area_days",
    "digest",
    "effect_schedule",
    "fits",
    "from_dict",
    "instant",
    "openings_of",
    "problems",
    "resolve_day",
    "resolve_days",
    "status_at",
    "stay",
    "to_dict",
]
