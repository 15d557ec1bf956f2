"""What was understood of hours that somebody wrote as text, or gave as the JSON of a schedule.

The engine's parser does the reading. Here its answer becomes one value for the screens that show it, and
for the import that stores it until somebody has looked at it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext

from openness.core.calendars.days import CityCalendar
from openness.core.dates import short_date_label
from venues import hours
from venues.enums import DayStatus
from venues.hours import codec
from venues.hours.describe import describe
from venues.hours.matching import is_valid_on
from venues.hours.parse import parse
from venues.hours_problems import shape_problem
from venues.reading_words import warning_text
from venues.wording import sessions_text

MAX_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class Remark:
    """A stretch of the text, ``start`` to ``end``, and what there is to say of it: a warning's code."""

    start: int
    end: int
    code: str = ""
    params: tuple[tuple[str, Any], ...] = ()

    @property
    def text(self) -> str:
        """The warning in words."""
        return warning_text(self.code, dict(self.params))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text as it is shown; ``is_unread`` marks what was not understood."""

    text: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text says. ``areas`` are the names of parts of the venue with their own schedules.

    confidence  ``complete``: all of the text is in the schedules; ``partial``: ``unread`` is not; ``none``
    problem     why a text that is JSON cannot be taken, else empty
    """

    text: str
    confidence: str
    mode: hours.Mode = hours.Mode.OWN
    schedules: tuple[hours.Schedule, ...] = ()
    areas: tuple[tuple[str, tuple[hours.Schedule, ...]], ...] = ()
    unread: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    problem: str = ""

    @property
    def has_hours(self) -> bool:
        """Whether there is anything to use."""
        return bool(self.schedules or self.areas) or self.mode == hours.Mode.BY_APPOINTMENT

    @property
    def warning_texts(self) -> list[str]:
        """What to look at, in words, each once."""
        return list(dict.fromkeys(each.text for each in self.warnings))

    @property
    def pieces(self) -> list[Piece]:
        """The text with the stretches marked that were not understood."""
        found, position = [], 0
        for each in sorted(self.unread, key=lambda remark: remark.start):
            start = max(each.start, position)
            found += [Piece(self.text[position:start], False), Piece(self.text[start : each.end], True)]
            position = max(position, each.end)
        found.append(Piece(self.text[position:], False))
        return [piece for piece in found if piece.text]

    def value(self, keys: Mapping[str, str]) -> hours.VenueHours:
        """Return the hours with their areas; ``keys`` gives the key of each area by its name."""
        schedules: list[hours.Schedule] = []
        for area, own in [("", self.schedules), *((keys[name], own) for name, own in self.areas)]:
            used = {schedule.key for schedule in schedules}
            for schedule in own:
                key = _unused(f"{area}-{schedule.key}" if area else schedule.key, used)
                used.add(key)
                schedules.append(replace(schedule, key=key, area=area))
        areas = tuple(hours.Area(key) for key in dict.fromkeys(keys[name] for name, __ in self.areas))
        return hours.VenueHours(mode=self.mode, areas=areas, schedules=tuple(schedules))

    def to_dict(self) -> dict[str, Any]:
        """Return all but the text as JSON-safe data."""
        return codec.encode(replace(self, text=""))

    @classmethod
    def from_dict(cls, text: str, data: Mapping[str, Any]) -> "Understanding":
        """Rebuild from ``to_dict`` and the text."""
        stored = {**data, "text": text}
        for name in ("unread", "warnings"):
            stored.pop(name, None)
        areas = tuple(
            (name, codec.decode(tuple[hours.Schedule, ...], own)) for name, own in stored.pop("areas", ())
        )
        value = codec.decode(_Stored, stored)
        return cls(
            text=text,
            confidence=value.confidence,
            mode=value.mode,
            schedules=value.schedules,
            areas=areas,
            unread=_remarks(data.get("unread", ())),
            warnings=_remarks(data.get("warnings", ())),
            problem=value.problem,
        )


@dataclass(frozen=True, slots=True)
class _Stored:
    text: str
    confidence: str
    mode: hours.Mode = hours.Mode.OWN
    schedules: tuple[hours.Schedule, ...] = ()
    problem: str = ""


def _remarks(rows: Sequence[Mapping[str, Any]]) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            row["start"],
            row["end"],
            row.get("code", ""),
            tuple((name, value) for name, value in row.get("params", ())),
        )
        for row in rows
    )


def _unused(key: str, used: set[str]) -> str:
    """Return the key, with a number where it is taken; keys have 40 characters at most."""
    found, number = key[:40], 2
    while found in used:
        found, number = f"{key[:36]}-{number}", number + 1
    return found


# ---------------------------------------------------------------------------------------------------
# Reading


def understand(text: str, *, names: Mapping[str, str] | None = None) -> Understanding:
    """Return what the text says: words as a venue writes them, or the JSON of a schedule.

    ``names`` are the names of the venue's areas by key, for JSON that names areas by their keys.
    """
    if text.lstrip().startswith("{"):
        return _from_json(text, names or {})
    result = parse(text)
    return Understanding(
        text=text,
        confidence=str(result.confidence),
        # Areas with hours make hours of the venue's own, whatever is known of the rest.
        mode=hours.Mode.OWN if result.areas else result.hours.mode,
        schedules=result.hours.schedules,
        areas=tuple((area.name, area.hours.schedules) for area in result.areas),
        unread=tuple(Remark(each.start, each.end) for each in result.unread),
        warnings=tuple(
            Remark(each.start, each.end, each.code, tuple(dict(each.params).items()))
            for each in result.warnings
        ),
    )


def _from_json(text: str, names: Mapping[str, str]) -> Understanding:
    everything = (Remark(0, len(text)),)
    try:
        data = json.loads(text)
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        problem = gettext("This begins like JSON and is none.")
        return Understanding(text, "none", unread=everything, problem=problem)
    try:
        value = hours.from_dict(data)
    except ValueError as error:
        return Understanding(text, "none", unread=everything, problem=shape_problem(str(error), data))
    if any(schedule.notice or schedule.layer > hours.Layer.HOLIDAY for schedule in value.schedules):
        problem = gettext("Notices have a page of their own; these are the hours of the venue.")
        return Understanding(text, "none", unread=everything, problem=problem)
    by_area: dict[str, list[hours.Schedule]] = {}
    for schedule in value.schedules:
        by_area.setdefault(schedule.area, []).append(replace(schedule, area=""))
    return Understanding(
        text=text,
        confidence="complete",
        mode=value.mode,
        schedules=tuple(by_area.pop("", ())),
        areas=tuple((names.get(key, key), tuple(own)) for key, own in by_area.items()),
    )


def area_keys(found: Understanding, existing: Mapping[str, str]) -> dict[str, str]:
    """Return a key for each area of the text: that of an existing area with its name (or key), else a new one.

    ``existing`` are the names of the venue's areas by key.
    """
    by_name = {_plain(name): key for key, name in existing.items() if key}
    used, keys = set(existing), {}
    for name, __ in found.areas:
        key = name if name in existing else by_name.get(_plain(name))
        number = 1
        while key is None or (key in used and key not in existing):
            key = f"area-{number}"
            key, number = (None if key in used else key), number + 1
        used.add(key)
        keys[name] = key
    return keys


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


# ---------------------------------------------------------------------------------------------------
# Telling


def in_words(value: hours.VenueHours, language: str, names: Mapping[str, str]) -> list[str]:
    """Return the hours as a careful editor would write them, one line for each schedule."""
    if not value.schedules and value.mode == hours.Mode.OWN:
        return []
    written = "en" if language == "en" else "zh-hans"
    return [line for line in describe(value, written, names=names).splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of an ordinary week: its hours in words, and as bars in minutes of the day."""

    weekday: int
    status: str
    text: str
    bars: tuple[tuple[int, int, str], ...]

    @property
    def name(self) -> str:
        """The day of the week, short."""
        return str(WEEKDAYS_ABBR[self.weekday])


@dataclass(frozen=True, slots=True)
class Week:
    """An ordinary week, without holidays, of one area in one season."""

    area: str
    season: str
    days: tuple[WeekDay, ...]


def ordinary_weeks(
    value: hours.VenueHours, language: str, names: Mapping[str, str], today: date
) -> list[Week]:
    """Return a week without holidays of each area, for each of its seasons. No queries.

    Nothing is off, made up or vacation in it: what follows the calendar stands in the words beside it.
    """
    weeks = []
    for area in value.areas_in_use:
        own = [schedule for schedule in value.schedules if schedule.area == area.key]
        usual = [each for each in own or value.schedules if each.layer < hours.Layer.HOLIDAY]
        seasons = {(each.annual_from, each.annual_to): each for each in usual if each.annual_from}
        rows = [(_season_text(each, language), _monday_in(each, today)) for each in seasons.values()]
        if not seasons or len(seasons) < len(usual):
            rows.insert(0, ("", _plain_monday(usual, today)))
        for season, monday in rows:
            days = tuple(_week_day(value, area.key, monday + timedelta(days=n), language) for n in range(7))
            weeks.append(Week(names.get(area.key, area.key), season, days))
    return weeks


def _plain_monday(schedules: Sequence[hours.Schedule], today: date) -> date:
    """Return a Monday outside of every season, or the coming one where seasons fill the year."""
    start = today - timedelta(days=today.weekday())
    mondays = (start + timedelta(weeks=number) for number in range(53))
    seasons = [each for each in schedules if each.annual_from]
    return next((day for day in mondays if not any(is_valid_on(each, day) for each in seasons)), start)


def _monday_in(season: hours.Schedule, today: date) -> date:
    """Return a Monday whose week lies in the season, or at least its Monday does."""
    start = today - timedelta(days=today.weekday())
    mondays = [start + timedelta(weeks=number) for number in range(53)]
    inside = [day for day in mondays if is_valid_on(season, day)]
    whole = [day for day in inside if is_valid_on(season, day + timedelta(days=6))]
    return (whole or inside or [start])[0]


def _season_text(season: hours.Schedule, language: str) -> str:
    ends = [short_date_label(*each, language) for each in (season.annual_from, season.annual_to) if each]
    return f"{season.label} {'—'.join(ends)}".strip()


def _week_day(value: hours.VenueHours, area: str, day: date, language: str) -> WeekDay:
    resolved = hours.resolve_day(value, area, day, ORDINARY)
    bars = tuple(
        (span.opens, min(span.closes, hours.DAY_MINUTES) - span.opens, str(span.kind))
        for span in resolved.spans
        if span.opens < hours.DAY_MINUTES
    )
    status = str(resolved.status)
    text = sessions_text(resolved.spans, language) if resolved.spans else str(DayStatus(status).label)
    return WeekDay(day.weekday(), status, text, bars)


# A year in which nothing happens.
ORDINARY = CityCalendar(date(1900, 1, 1), date(2099, 12, 31), {}, (), frozenset(), {})
