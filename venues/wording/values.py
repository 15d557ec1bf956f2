"""What sentences are made from: plain values, so that words need no database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from venues.hours import Because

Words = Callable[[str], str]


class Stretch(Protocol):
    """A stretch of hours: a span of the engine, a session of a form, or ``Hours``. Minutes of the business date."""

    @property
    def opens(self) -> int: ...
    @property
    def closes(self) -> int: ...
    @property
    def last_entry(self) -> int | None: ...
    @property
    def state(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of hours; ``audience`` is the name of the group that it is for, empty for everyone."""

    opens: int
    closes: int
    last_entry: int | None = None
    state: str = "open"
    kind: str = "regular"
    audience: str = ""


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """A venue at the instant ``at``, as ``venues.hours.status`` found it.

    ends_at             end of the state; for hours by booking or of a group, the end of these
    last_entry_at       when entry stops, if that is before ``ends_at``
    opens_at            when one can next go in, if not now
    is_round_the_clock  open, and for at least a day to come
    is_closed_all_day   closed on the whole date; else only outside of its hours
    was_open_today      there were hours earlier on this date
    closed_until        last day of a closure that is known to end
    is_until_notice     closed without an end (另行通知)
    only_for            the group that alone may enter now ("members" for members), empty otherwise
    """

    state: str
    at: datetime
    ends_at: datetime | None = None
    can_enter: bool = False
    last_entry_at: datetime | None = None
    opens_at: datetime | None = None
    is_round_the_clock: bool = False
    is_closed_all_day: bool = False
    was_open_today: bool = False
    closed_until: date | None = None
    is_until_notice: bool = False
    only_for: str = ""


@dataclass(frozen=True, slots=True)
class Season:
    """When a season is: from and to a (month, day) of every year, both included."""

    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is open or closed: the rule, and what it leads to.

    ``label`` is the rule's own word in the language of the reader; ``status`` what the day is.
    """

    because: Because
    status: str
    kind: str = "regular"
    label: str = ""
    notice_title: str = ""
    season: Season | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about: venues by name (``total`` of them), or a selection of all venues."""

    venues: tuple[str, ...] = ()
    total: int = 0
    is_selection: bool = False
    region: str = ""
    types: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EffectFacts:
    """One effect of a notice; ``last`` None means until further notice, ``area`` empty the whole venue.

    ``subject`` names those of the notice's venues that it is about, where it is not about all of them.
    """

    kind: str
    first: date
    last: date | None = None
    area: str = ""
    window: tuple[int, int] | None = None
    sessions: Sequence[Stretch] = ()
    subject: Subject | None = None


def grouped(effects: Sequence[EffectFacts]) -> list[tuple[EffectFacts, list[tuple[date, date | None]]]]:
    """Return effects that do the same to the same area as one, with all their days, so that it is said once.

    An effect without an end stays alone, because its end is told with it.
    """
    groups: dict[Any, tuple[EffectFacts, list[tuple[date, date | None]]]] = {}
    for position, effect in enumerate(effects):
        key = (
            effect.kind,
            effect.area,
            effect.subject,
            effect.window,
            tuple(effect.sessions),
            position if effect.last is None else None,
        )
        groups.setdefault(key, (effect, []))[1].append((effect.first, effect.last))
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice, in the words of one language. ``urgent_kind`` says why it was not announced seven days ahead."""

    reason: str
    subject: Subject
    effects: tuple[EffectFacts, ...]
    urgent_kind: str = ""
    urgent_reason: str = ""


class Language(Protocol):
    """What every language can say. Texts have no final stop, sentences have one."""

    code: str

    def period(self, first: date, last: date | None) -> str:
        """Days from the first to the last, both included; ``last`` None has no end."""

    def short_period(self, first: date, last: date | None, *, year: int) -> str:
        """The same for tables, without the year where it is ``year``."""

    def sessions(self, spans: Sequence[Stretch]) -> str:
        """The hours of a day, with last entries and conditions of entry."""

    def status(self, facts: StatusFacts) -> str:
        """The state of a venue and its next change, in absolute times."""

    def last_entry(self, facts: StatusFacts) -> str:
        """When entry stops or stopped; nothing where that is the closing time."""

    def because(self, reason: Reason) -> str:
        """The rule or notice that decides, named."""

    def effect(self, facts: EffectFacts, days: Sequence[tuple[date, date | None]] = ()) -> str:
        """What an effect of a notice does and when, without its subject; ``days`` are all its periods."""

    def effects(self, facts: NoticeFacts) -> tuple[str, ...]:
        """Each effect of a notice with its area."""

    def notice(self, facts: NoticeFacts) -> str:
        """The whole public sentence of a notice."""

    def term(self, name: str) -> str:
        """A fixed word, by the names of ``terms.TERMS``."""

    def phrase(self, name: str, **data: object) -> str:
        """A fixed phrase with places for data."""
