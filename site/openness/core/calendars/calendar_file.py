"""Calendars as JSON documents; docs/features/calendars.md describes the format."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from openness.core.calendars.days import days_between
from openness.core.calendars.entries import Entry
from openness.core.calendars.models import (
    FIRST_YEAR,
    LAST_YEAR,
    DayKind,
    Holiday,
    SchoolLevel,
    VacationKind,
    YearStatus,
)

FORMAT = 1
LONGEST_DAYS = 92  # a summer vacation; a longer stretch is a slip of the pen

T = TypeVar("T")


class FileYear(NamedTuple):
    """A year of the document; its days are in their order."""

    year: int
    status: str
    source_title: str
    source_url: str
    days: tuple[Entry, ...]


class FileVacation(NamedTuple):
    """A school vacation of the document, first and last day included."""

    first: date
    last: date
    kind: str
    level: str
    source: str


class CalendarFile(NamedTuple):
    """A whole document."""

    years: tuple[FileYear, ...]
    vacations: tuple[FileVacation, ...]


def load(path: Path) -> CalendarFile:
    """Read a document. Raises OSError, and ValueError that names the file, the place in it and the mistake."""
    try:
        return _calendar(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:  # JSONDecodeError and UnicodeDecodeError are ValueErrors
        raise ValueError(f"{path.name}: {error}") from error


def _calendar(data: Any) -> CalendarFile:
    document = _Part(data, "document")
    if document.take("format", int) != FORMAT:
        raise ValueError(f"format: only {FORMAT} is known.")
    years = tuple(_year(part) for part in document.parts("years"))
    vacations = tuple(_vacation(part) for part in document.parts("school_vacations"))
    document.finish()
    _refuse_twice("years", [each.year for each in years])
    return CalendarFile(years, vacations)


def _year(part: "_Part") -> FileYear:
    year = part.take("year", int)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{part.place}: year {year} lies outside {FIRST_YEAR}–{LAST_YEAR}.")
    days = [day for block in part.parts("days_off") for day in _days_off(block, year)]
    days += [_makeup_workday(each, year) for each in part.parts("makeup_workdays")]
    _refuse_twice(part.place, [day.date for day in days])
    read = FileYear(
        year=year,
        status=part.choice("status", YearStatus.values),
        source_title=part.take("source_title", str),
        source_url=part.take("source_url", str, default=""),
        days=tuple(sorted(days)),
    )
    part.finish()
    return read


def _days_off(part: "_Part", year: int) -> Iterator[Entry]:
    days = part.days(year)
    holiday, name = part.choice("holiday", Holiday.values), part.take("name", str)
    statutory = {part.as_day(text, "statutory") for text in part.take("statutory", list, default=[])}
    part.finish()
    if not statutory <= set(days):
        raise ValueError(f"{part.place}: a statutory day lies outside the days off.")
    for day in days:
        yield Entry(day, DayKind.OFF.value, day in statutory, holiday, name)


def _makeup_workday(part: "_Part", year: int) -> Entry:
    day = part.day("date")
    if day.year != year:
        raise ValueError(f"{part.place}: {day} lies outside {year}.")
    holiday, name = part.choice("holiday", Holiday.values), part.take("name", str)
    part.finish()
    return Entry(day, DayKind.MAKEUP_WORKDAY.value, False, holiday, name)


def _vacation(part: "_Part") -> FileVacation:
    days = part.days()
    read = FileVacation(
        first=days[0],
        last=days[-1],
        kind=part.choice("kind", VacationKind.values),
        level=part.choice("level", SchoolLevel.values, default=SchoolLevel.ALL.value),
        source=part.take("source", str, default=""),
    )
    part.finish()
    return read


def _refuse_twice(place: str, values: list[Any]) -> None:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise ValueError(f"{place}: {twice[0]} is there twice.")


class _Part:
    """An object of the document that knows its place and which of its keys were read."""

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, dict):
            raise ValueError(f"{place}: an object is expected.")
        self.data, self.place, self.unread = data, place, set(data)

    def take(self, key: str, kind: type[T], *, default: T | None = None) -> T:
        self.unread.discard(key)
        value = self.data.get(key, default)
        if type(value) is not kind:  # a bool is no number here
            raise ValueError(f"{self.place}: {key} is missing or of the wrong type.")
        return value

    def choice(self, key: str, choices: list[str], *, default: str | None = None) -> str:
        value = self.take(key, str, default=default)
        if value not in choices:
            known = ", ".join(filter(None, choices))
            raise ValueError(f"{self.place}: {key} is “{value}”, not one of {known}.")
        return value

    def parts(self, key: str) -> list["_Part"]:
        rows = self.take(key, list, default=[])
        prefix = key if self.place == "document" else f"{self.place}.{key}"
        return [_Part(row, f"{prefix}[{number}]") for number, row in enumerate(rows)]

    def day(self, key: str) -> date:
        return self.as_day(self.take(key, str), key)

    def as_day(self, text: Any, key: str) -> date:
        try:
            return date.fromisoformat(text)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{self.place}: {key} is “{text}”, not a date like 2026-10-01.") from error

    def days(self, year: int | None = None) -> list[date]:
        """Return the days of `from` to `to`, all in `year` if one is given."""
        first, last = self.day("from"), self.day("to")
        if last < first:
            raise ValueError(f"{self.place}: {last} comes before {first}.")
        if (last - first).days >= LONGEST_DAYS:
            raise ValueError(f"{self.place}: {first} to {last} is more than {LONGEST_DAYS} days.")
        if year is not None and not first.year == last.year == year:
            raise ValueError(f"{self.place}: {first} to {last} does not lie in {year}.")
        return days_between(first, last)

    def finish(self) -> None:
        if self.unread:
            raise ValueError(f"{self.place}: {min(self.unread)} is not part of the format.")
