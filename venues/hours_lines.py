"""Questions about opening hours as JSON Lines: one object in, one object out, without a database.

Each function here answers one object; `answered` reads and writes the lines. The shapes are those of
docs/features/opening-hours.md.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from openness.core.calendars.days import CityCalendar
from venues import hours
from venues.hours import Because, DayStatus, Kind, codec
from venues.hours.describe import describe
from venues.hours.openings import CITY_TZ
from venues.hours.parse import Seasons, parse
from venues.published import resolved_days

logger = logging.getLogger(__name__)

Record = dict[str, Any]

ONE_DAY = timedelta(days=1)
# Lunar days are known for these years; a calendar says itself which of them it has holidays of.
FIRST_DAY, LAST_DAY = date(1900, 1, 31), date(2099, 12, 31)
LONGEST_DAYS = 3660
LOOK_AHEAD = timedelta(days=60)
# What the engine reads in one way only, although nobody should enter it.
_HARMLESS = frozenset({"duplicate_area", "duplicate_schedule", "duplicate_rule", "overlapping_sessions"})


class LineError(ValueError):
    """A line that cannot be answered; the message is for who wrote it."""


def answered(lines: Iterable[bytes], answer: Callable[[Record], Record]) -> Iterator[str]:
    """Return the answer to each line as a line, blank ones left out.

    A line that cannot be answered gives `{"error", "line"}`, its number counted from 1, and the next one
    is read.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = answer(_record(line))
        except LineError as error:
            found = {"error": f"line {number}: {error}", "line": number}
        except Exception as error:
            logger.exception("Line %s could not be answered", number)
            found = {"error": f"line {number}: {type(error).__name__}: {error}", "line": number}
        yield _written(found)


def parse_line(record: Record) -> Record:
    """`{"text"}` → what `parse` read; `summer` may give the first and last day of summer hours as `MM-DD`."""
    text = _text(record, "text")
    result = parse(text, seasons=_seasons(record["summer"]) if "summer" in record else Seasons())
    return {
        "text": text,
        "confidence": str(result.confidence),
        "schedule": hours.to_dict(result.hours),
        "areas": [{"name": area.name, "schedule": hours.to_dict(area.hours)} for area in result.areas],
        "unread": [{"start": each.start, "end": each.end, "text": each.text} for each in result.unread],
        "warnings": [
            {
                "code": str(each.code),
                "start": each.start,
                "end": each.end,
                "text": text[each.start : each.end],
            }
            for each in result.warnings
        ],
    }


def describe_line(record: Record, calendar: CityCalendar) -> Record:
    """`{"schedule", "language"}` → `{"text"}`."""
    own, language = _hours(record, calendar), _text(record, "language")
    try:
        return {"text": describe(own, language)}
    except ValueError as error:
        raise LineError(str(error)) from error


def intervals_line(record: Record, calendar: CityCalendar) -> Record:
    """`{"schedule", "from", "to"}` → the intervals of these business dates, both included.

    `unknown` and `provisional` are ranges of dates on which some area is so; `by_appointment` is there
    where a date is.
    """
    own, first, last = _hours(record, calendar), _day(record, "from"), _day(record, "to")
    if last < first:
        raise LineError(f"to: {last} lies before {first}")
    if (last - first).days >= LONGEST_DAYS:
        raise LineError(f"to: at most {LONGEST_DAYS} days can be asked for at once")
    days = resolved_days(own, first, last, calendar)
    answer = {
        "intervals": [_interval(each) for each in hours.openings_of(days, own.areas)],
        "unknown": _ranges(day.date for day in days if day.status == DayStatus.UNKNOWN),
        "provisional": _ranges(day.date for day in days if day.provisional),
    }
    if by_appointment := _ranges(day.date for day in days if day.status == DayStatus.BY_APPOINTMENT):
        answer["by_appointment"] = by_appointment
    return answer


def status_line(record: Record, calendar: CityCalendar) -> Record:
    """`{"schedule", "at"}` → the state at that instant, for the general public."""
    own, at = _hours(record, calendar), _instant(record, "at")
    today = at.date()
    days = resolved_days(own, today - ONE_DAY, today + LOOK_AHEAD, calendar)
    found = hours.status_at(
        hours.openings_of(days, own.areas),
        hours.area_days(days),
        at,
        restricted_areas=[area.key for area in own.areas if not area.general_public],
    )
    opening = found.opening or (found.restricted if found.state == DayStatus.BY_APPOINTMENT else None)
    answer = {
        "state": str(found.state),
        "until": _iso(found.until),
        "last_entry_at": _iso(found.last_entry_at),
        "provisional": found.provisional,
        "because": _because(found.because, opening.business_date if opening else today),
    }
    return answer | ({"area": found.area} if found.area else {})


# ---------------------------------------------------------------------------------------------------
# What a line holds


def _record(line: bytes) -> Record:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LineError("not UTF-8") from error
    except json.JSONDecodeError as error:
        raise LineError(f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets without end
        raise LineError(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise LineError("expected an object")
    return record


def _value(record: Record, name: str) -> Any:
    if name not in record:
        raise LineError(f"{name} is missing")
    return record[name]


def _text(record: Record, name: str) -> str:
    value = _value(record, name)
    if not isinstance(value, str):
        raise LineError(f"{name}: expected a string, not {value!r}")
    return value


def _day(record: Record, name: str) -> date:
    text = _text(record, name)
    try:
        day: date = codec.decode(date, text, name)
    except codec.DecodeError as error:
        raise LineError(str(error)) from error
    return _known(day, name)


def _instant(record: Record, name: str) -> datetime:
    text = _text(record, name)
    try:
        at = datetime.fromisoformat(text) if len(text) > len("2026-11-21") else None
    except ValueError:
        at = None
    if at is None:
        raise LineError(f"{name}: expected an instant like 2026-11-21T19:00, not {text!r}")
    _known(at.date(), name)
    return at.astimezone(CITY_TZ) if at.tzinfo else at.replace(tzinfo=CITY_TZ)


def _known(day: date, name: str) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise LineError(f"{name}: {day} lies outside {FIRST_DAY} to {LAST_DAY}, the days of the calendar")
    return day


def _seasons(value: Any) -> Seasons:
    try:
        first, last = ((int(text[:2]), int(text[3:])) for text in value if date.fromisoformat(f"2024-{text}"))
    except (TypeError, ValueError) as error:
        raise LineError(f'summer: expected two days like ["05-01", "09-30"], not {value!r}') from error
    return Seasons(first, last)


def _hours(record: Record, calendar: CityCalendar) -> hours.VenueHours:
    """Return the hours of a record; what no day could ever match, or no door ever open by, is refused."""
    try:
        own = hours.from_dict(_value(record, "schedule"))
    except codec.DecodeError as error:
        raise LineError(f"schedule: {error}") from error
    for problem in hours.problems(own, calendar, ()):
        if problem.severity == hours.Severity.ERROR and problem.code not in _HARMLESS:
            place = "/".join(str(step) for step in problem.path)
            raise LineError(f"schedule: {place}: {problem.code.replace('_', ' ')}")
    return own


# ---------------------------------------------------------------------------------------------------
# What an answer holds


def _interval(opening: hours.Opening) -> Record:
    found: Record = {
        "opens_at": _iso(opening.opens_at),
        "closes_at": _iso(opening.closes_at),
        "last_entry_at": _iso(opening.last_entry_at),
        "state": str(opening.state),
        "admission": opening.admission,
        "business_date": opening.business_date.isoformat(),
        "because": _because(opening.because, opening.business_date),
    }
    unusual = {
        "area": opening.area_key,
        "kind": str(opening.kind) if opening.kind != Kind.REGULAR else "",
        "condition": opening.condition,
        "audience": opening.audience_code,
    }
    return found | {name: value for name, value in unusual.items() if value}


def _because(because: Because | None, day: date) -> Record | None:
    """`announced_days_before` counts to the business date `day`; negative when it was announced after it."""
    if because is None:
        return None
    matcher, announced_on = because.matcher, because.announced_on
    return {
        "layer": because.layer,
        "schedule": because.schedule,
        "rule": because.rule,
        "notice": because.notice,
        "label": because.label,
        "overrode": list(because.overrode),
        "matcher": matcher and {"kind": str(matcher.kind), **codec.encode(matcher)},
        "announced_on": announced_on and announced_on.isoformat(),
        "announced_days_before": announced_on and (day - announced_on).days,
    }


def _ranges(days: Iterable[date]) -> list[Sequence[str]]:
    """Return the days as ranges [first, last], both included."""
    ranges: list[list[date]] = []
    for day in sorted(set(days)):
        if ranges and ranges[-1][1] == day - ONE_DAY:
            ranges[-1][1] = day
        else:
            ranges.append([day, day])
    return [[first.isoformat(), last.isoformat()] for first, last in ranges]


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _written(answer: Record) -> str:
    """Return JSON in readable characters; half of a surrogate pair, which UTF-8 has not, is escaped."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(answer)
    return line
