"""The engine of opening hours: plain values in, plain values out.

`model` holds the values, `resolve` works out days, `openings` and `status` answer at an instant,
`validate` finds mistakes, `notices` turns effects of notices into schedules, `serialise` stores and
compares, `describe` puts hours into words. Nothing here reads a clock or a database; the calendar comes as
a value (`day_facts`).
"""

from venues.hours.day_facts import Calendar, DayFacts
from venues.hours.describe import Passage, describe, passages
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
from venues.hours.parse import (
    DEFAULT_SEASONS,
    Confidence,
    ParsedArea,
    ParseResult,
    Seasons,
    Unread,
    Warning_,
    parse,
)
from venues.hours.resolve import Plan, resolve_day, resolve_days
from venues.hours.serialise import digest, from_dict, to_dict
from venues.hours.status import Status, fits, status_at, stay
from venues.hours.validate import Problem, Severity, problems

__all__ = [
    "DAY_MINUTES",
    "DEFAULT_SEASONS",
    "LAST_MINUTE",
    "WHOLE_VENUE",
    "Area",
    "AreaDay",
    "Because",
    "Calendar",
    "Confidence",
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
    "ParseResult",
    "ParsedArea",
    "Passage",
    "Plan",
    "Problem",
    "PutOff",
    "Rule",
    "Schedule",
    "Seasons",
    "Session",
    "Severity",
    "Span",
    "State",
    "Status",
    "Unread",
    "VenueHours",
    "Warning_",
    "area_days",
    "describe",
    "digest",
    "effect_schedule",
    "fits",
    "from_dict",
    "instant",
    "openings_of",
    "parse",
    "passages",
    "problems",
    "resolve_day",
    "resolve_days",
    "status_at",
    "stay",
    "to_dict",
]
