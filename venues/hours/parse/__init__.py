"""Opening hours as venues write them, in Chinese, to the rules of the engine.

    text ─ fold ─► characters ─ tokens ─► words ─ grammar ─► statements ─ build ─► hours + what is unread

Nothing is guessed silently: what has no reading comes back with its place, what has two with a warning, and
`confidence` is `complete` only where neither happened.
"""

from collections.abc import Mapping
from types import MappingProxyType

from venues.hours.model import Mode, VenueHours
from venues.hours.parse import checks
from venues.hours.parse.build import build
from venues.hours.parse.described import read_described
from venues.hours.parse.grammar import read
from venues.hours.parse.result import (
    DEFAULT_SEASONS,
    Confidence,
    ParsedArea,
    ParseResult,
    Seasons,
    Unread,
    Warning_,
)

__all__ = [
    "DEFAULT_SEASONS",
    "Confidence",
    "ParseResult",
    "ParsedArea",
    "Seasons",
    "Unread",
    "Warning_",
    "parse",
]


_NO_CODES: Mapping[str, str] = MappingProxyType({})


def parse(
    text: str, *, seasons: Seasons = DEFAULT_SEASONS, audiences: Mapping[str, str] = _NO_CODES
) -> ParseResult:
    """Return what the text says about when a venue is open; never raises, whatever the text.

    `seasons` are the limits of summer hours where the text names 夏季 and 冬季 without months, `audiences` the
    codes of audiences by the names they have in the text.
    """
    described = read_described(text, audiences)
    if described:
        return _as_described(*described)
    reader = read(text)
    hours, areas = build(reader, seasons)
    unread = checks.unread_of(reader)
    warnings = tuple({(each.code, each.start, each.end): each for each in reader.warnings}.values())
    found = [
        outcome
        for each in (hours, *(area.hours for area in areas))
        for outcome in (*each.schedules, *([each.mode] if each.mode == Mode.BY_APPOINTMENT else []))
    ]
    return ParseResult(hours, areas, unread, warnings, checks.confidence_of(found, unread, warnings))


def _as_described(hours: VenueHours, areas: tuple[ParsedArea, ...]) -> ParseResult:
    """Return hours that were read word for word; they may still contradict themselves."""
    schedules = [schedule for each in (hours, *(area.hours for area in areas)) for schedule in each.schedules]
    warnings = tuple(
        Warning_("rules_contradict", {"first": first, "second": second})
        for schedule in schedules
        for first, second in checks.contradictions(schedule.rules)
    )
    found = [*schedules, *([hours.mode] if hours.mode == Mode.BY_APPOINTMENT else [])]
    return ParseResult(hours, areas, (), warnings, checks.confidence_of(found, (), warnings))
