"""The holidays of the coming year, venue by venue: what is decided, what rules or notices say, what nobody has said.

Decisions are a plan of the department (``HolidayDecision``); "as usual" holds at once, the others when the
department's notice tells them (``venues/holiday_notice.py``).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from openness.core import clock
from openness.core.calendars.days import CityCalendar
from openness.departments.models import Department
from openness.departments.selectors import paths_of
from venues import hours
from venues.compliance import check_venues, year_ahead
from venues.enums import ENDED, DayStatus, HolidayChoice
from venues.finding_words import holiday_text
from venues.hours import codec
from venues.hours.findings import HolidayBlock, holiday_blocks, is_named
from venues.hours.weekly import public_days
from venues.hours_problems import clock_text
from venues.models import HolidayDecision, OpeningNoticePage, VenuePage
from venues.notice_form import usable_venues
from venues.published import published_hours_of

Key = tuple[int, str, int]  # venue, holiday code, year

_SPAN = re.compile(r"^(\d{1,2})[:：.](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：.](\d{2})$")
_BETWEEN = re.compile(r"[,，、;；]")


class UnreadableTimes(ValueError):
    """A text that holds no opening hours; the message says how to write them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A holiday: its block of days off, and its name and days in words."""

    block: HolidayBlock
    name: str
    days: str

    @property
    def code(self) -> str:
        """How fields of the form name the holiday: ``spring_festival-2027``."""
        return f"{self.block.code}-{self.block.year}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One venue on one holiday. ``state``: undecided, ruled (a rule or notice names it), planned or public.

    One that a public notice has told (``is_bound``) can be changed and not forgotten.
    """

    name: str
    column: Column
    choice: str
    times: str
    state: str
    holds: str
    is_bound: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One venue with its cells, in the order of the columns."""

    venue: VenuePage
    cells: tuple[Cell, ...]

    @property
    def undecided(self) -> int:
        """How many of its holidays nobody has decided."""
        return sum(1 for cell in self.cells if cell.state == "undecided")


@dataclass(frozen=True, slots=True)
class Entered:
    """What a cell of the posted form says."""

    choice: str
    sessions: tuple[hours.Session, ...] = ()


def read_times(text: str) -> tuple[hours.Session, ...]:
    """Return the sessions of a text like ``9:00-12:00, 14:30-17:30``; raise UnreadableTimes for any other."""
    found = []
    for part in filter(None, (each.strip() for each in _BETWEEN.split(text))):
        match = _SPAN.match(part)
        if match is None:
            raise UnreadableTimes(_how_to_write())
        opens, closes = (int(match[n]) * 60 + int(match[n + 1]) for n in (1, 3))
        if int(match[2]) > 59 or int(match[4]) > 59 or not opens < closes <= hours.LAST_MINUTE:
            raise UnreadableTimes(_how_to_write())
        found.append(hours.Session(opens, closes))
    if not found:
        raise UnreadableTimes(_how_to_write())
    found.sort(key=lambda session: session.opens)
    if any(one.closes > other.opens for one, other in zip(found, found[1:], strict=False)):
        raise UnreadableTimes(gettext("These hours overlap."))
    return tuple(found)


def _how_to_write() -> str:
    return gettext("Write hours like 9:00-12:00, 14:30-17:30.")


def times_text(sessions: Iterable[hours.Session | hours.Span]) -> str:
    """Return hours as ``read_times`` reads them."""
    return ", ".join(f"{clock_text(each.opens)}-{clock_text(each.closes)}" for each in sessions)


def sessions_of(decision: HolidayDecision) -> tuple[hours.Session, ...]:
    """Return the hours that a decision keeps."""
    return tuple(codec.decode(hours.Session, each) for each in decision.sessions)


def venues_of(department: Department, user: Any) -> QuerySet[VenuePage]:
    """Return the department's public venues for which the person may decide, by name."""
    paths = paths_of([department])
    venues = usable_venues(user).filter(live=True).exclude(life__in=ENDED)
    return venues.filter(path__startswith=paths[0]).order_by("title") if paths else venues.none()


def columns(calendar: CityCalendar, today: date) -> tuple[Column, ...]:
    """Return the holidays that begin within a year, those of a proposed year included."""
    return tuple(
        Column(block, holiday_text(*block.key), _days_text(block))
        for block in holiday_blocks(calendar, today)
    )


def _days_text(block: HolidayBlock) -> str:
    """Return the days off: 2/5–2/12."""
    return ", ".join(
        "–".join(f"{day.month}/{day.day}" for day in dict.fromkeys(stretch)) for stretch in block.stretches
    )


def years_missing(calendar: CityCalendar, today: date) -> list[int]:
    """Return the years of the coming twelve months of which the calendar has nothing at all."""
    return [year for year in (today.year, today.year + 1) if year not in calendar.versions]


def rows(
    venues: Sequence[VenuePage],
    found: Sequence[Column],
    calendar: CityCalendar,
    *,
    posted: Mapping[str, tuple[str, str, str]] | None = None,
) -> list[Row]:
    """Return the table. ``posted`` holds choice, times and error of cells that could not be read. About 15 queries."""
    value = published_hours_of(venues)
    decisions = decisions_of(venues)
    posted = posted or {}
    return [
        Row(
            venue,
            tuple(
                _cell(
                    venue,
                    column,
                    value[venue.pk],
                    decisions.get((venue.pk, *column.block.key)),
                    calendar,
                    posted,
                )
                for column in found
            ),
        )
        for venue in venues
    ]


def decisions_of(venues: Sequence[VenuePage]) -> dict[Key, HolidayDecision]:
    """Return the decisions of some venues by venue, holiday and year. One query."""
    found = HolidayDecision.objects.filter(venue__in=[venue.pk for venue in venues]).select_related(
        "notice__supersedes"
    )
    return {(each.venue_id, each.holiday, each.year): each for each in found}


def cell_name(venue: VenuePage, column: Column) -> str:
    """Return the name of a cell's fields: ``12-spring_festival-2027``."""
    return f"{venue.pk}-{column.code}"


def _cell(
    venue: VenuePage,
    column: Column,
    value: hours.VenueHours,
    decision: HolidayDecision | None,
    calendar: CityCalendar,
    posted: Mapping[str, tuple[str, str, str]],
) -> Cell:
    name = cell_name(venue, column)
    choice = decision.choice if decision else ""
    times = times_text(sessions_of(decision)) if decision else ""
    error = ""
    if name in posted:
        choice, times, error = posted[name]
    return Cell(
        name=name,
        column=column,
        choice=choice,
        times=times,
        state=_state(decision, is_named(value, column.block, calendar)),
        holds=_holds(value, column.block, calendar),
        is_bound=decision is not None and notice_in_force(decision) is not None,
        error=error,
    )


def _state(decision: HolidayDecision | None, is_ruled: bool) -> str:
    if decision is None:
        return "ruled" if is_ruled else "undecided"
    return "public" if is_public(decision) else "planned"


def is_public(decision: HolidayDecision) -> bool:
    """Whether the decision holds for the public: its notice tells it, or it is "as usual" and none says otherwise."""
    notice = notice_in_force(decision)
    if notice is None:
        return decision.choice == HolidayChoice.AS_USUAL
    return decision.is_told and notice == decision.notice


def notice_in_force(decision: HolidayDecision) -> OpeningNoticePage | None:
    """Return the public notice that told the decision or the one before it; None where there is none."""
    notice = decision.notice
    if notice is not None and not notice.live:
        # A draft that would take its place.
        notice = notice.supersedes
    return notice if notice is not None and notice.live and notice.withdrawn_at is None else None


def _holds(value: hours.VenueHours, block: HolidayBlock, calendar: CityCalendar) -> str:
    """Return what holds on the days as things stand, each answer once."""
    days = public_days(value, block.days[0], block.days[-1], calendar)
    texts = [
        times_text(day.spans) if day.spans else str(DayStatus(day.status).label)
        for each in block.days
        for day in days[each]
    ]
    return " / ".join(dict.fromkeys(texts))


# ---------------------------------------------------------------------------------------------------
# What is posted


def read_cell(choice: str, times: str) -> Entered | None:
    """Return what a cell says, None for undecided; raise UnreadableTimes when its hours cannot be read."""
    if choice not in HolidayChoice.values:
        return None
    return Entered(choice, read_times(times) if choice == HolidayChoice.HOURS else ())


def keep(
    venues: Sequence[VenuePage],
    found: Sequence[Column],
    entered: Mapping[Key, Entered | None],
    *,
    user: Any,
) -> int:
    """Write the decisions that differ from those kept, and check the venues anew; return how many differed.

    A changed decision is a plan again, until a notice tells it. Call it in a transaction.
    """
    kept = decisions_of(venues)
    changed = set()
    for venue in venues:
        for column in found:
            key = (venue.pk, *column.block.key)
            if key in entered and _write(key, entered[key], kept.get(key), user):
                changed.add(venue.pk)
    check_venues([venue for venue in venues if venue.pk in changed], year_ahead(clock.today()))
    return len(changed)


def _write(key: Key, entered: Entered | None, before: HolidayDecision | None, user: Any) -> bool:
    if entered is None:
        # What the public has been told is changed, not forgotten.
        if before is None or notice_in_force(before):
            return False
        before.delete()
        return True
    if before and (before.choice, sessions_of(before)) == (entered.choice, entered.sessions):
        return False
    venue, holiday, year = key
    HolidayDecision.objects.update_or_create(
        venue_id=venue,
        holiday=holiday,
        year=year,
        defaults={
            "choice": entered.choice,
            "sessions": [codec.encode(each) for each in entered.sessions],
            "decided_by": user,
            "decided_at": clock.now(),
            "is_told": False,
        },
    )
    return True


def fill(
    venues: Sequence[VenuePage],
    found: Sequence[Column],
    calendar: CityCalendar,
    what: Entered | None,
    *,
    user: Any,
) -> int:
    """Give all undecided cells of these venues and holidays one decision; return how many got it.

    With None, take the decisions of these cells back instead, those excepted that a notice has told.
    """
    value, kept = published_hours_of(venues), decisions_of(venues)
    entered: dict[Key, Entered | None] = {}
    for venue in venues:
        for column in found:
            key = (venue.pk, *column.block.key)
            decision = kept.get(key)
            if what is None:
                if decision is not None and not notice_in_force(decision):
                    entered[key] = None
            elif decision is None and not is_named(value[venue.pk], column.block, calendar):
                entered[key] = what
    keep(venues, found, entered, user=user)
    return len(entered)
