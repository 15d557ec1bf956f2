"""What the grammar makes of a text: statements, each about some days of a part of the venue and the year."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from venues.hours.model import Kind, MatcherKind, PutOff, Session, State
from venues.hours.parse.days import Days
from venues.hours.parse.periods import Season


class Action(StrEnum):
    """What a statement says of its days."""

    HOURS = "hours"  # open in its spans
    CLOSED = "closed"  # closed, or closed during its spans
    OPEN = "open"  # open; the times stand elsewhere
    AS_USUAL = "as_usual"  # open at the usual times
    NO_REST = "no_rest"  # open every day
    NO_BREAK = "no_break"  # open at noon
    PUT_OFF = "put_off"  # the weekly closing goes to another day
    BEGINS = "begins"  # opens at `minute`
    ENDS = "ends"  # closes at `minute`
    EXTENDED = "extended"  # open until `minute`, longer than usual
    PRICED = "priced"  # the usual times, at another price or in another way


@dataclass(slots=True)
class Span:
    """A session in the making. `before_closing` is the last entry in minutes before the end."""

    opens: int
    closes: int
    start: int
    end: int
    last_entry: int | None = None
    before_closing: int | None = None
    state: State | None = None
    kind: Kind = Kind.REGULAR
    condition: str = ""
    audience: str = ""
    admission: str = ""

    def session(self) -> Session:
        """Return the session of the model."""
        last_entry = self.last_entry
        if last_entry is None and self.before_closing is not None:
            last_entry = self.closes - self.before_closing
        return Session(
            opens=self.opens,
            closes=self.closes,
            last_entry=last_entry,
            state=self.state or State.OPEN,
            kind=self.kind,
            condition=self.condition,
            audience=self.audience,
            admission=self.admission,
        )


@dataclass(slots=True)
class Statement:
    """One thing that the text says, from `start` to `end`.

    `days` None: it names none. `introduces_season` tells whether the season stands right before it; `strength` is
    that of the mark that separates it from the statement before.
    """

    action: Action
    start: int
    end: int
    days: Days | None = None
    area: str = ""
    season: Season | None = None
    introduces_season: bool = False
    introduces_area: bool = False
    all_areas: bool = False
    valid_from: date | None = None
    spans: list[Span] = field(default_factory=list)
    excepted: list[Days] = field(default_factory=list)
    adds: bool = False
    minute: int = 0
    put_off_to: PutOff | None = None
    admission: str = ""
    state: State | None = None
    strength: int = 0
    in_brackets: bool = False
    is_closed: bool = False  # its days or season stood behind it: what follows is another statement

    @property
    def is_about_holidays(self) -> bool:
        """Whether public holidays are among its days or its exceptions."""
        return any(
            matcher.kind == MatcherKind.HOLIDAY
            for days in (self.days, *self.excepted)
            if days
            for matcher in days.matchers
        )

    @property
    def names_days(self) -> bool:
        """Whether it singles out days."""
        return self.days is not None and self.days.names_days
