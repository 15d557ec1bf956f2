"""What the engine reads and what it answers: frozen, hashable values without any behaviour of a database.

Times are whole minutes counted from 00:00 (Asia/Shanghai) of the *business date*, the date on which a
session starts. A session may run past midnight (up to 2880); that part still belongs to its business
date. Every span is half-open: a venue that closes at 17:00 is closed at 17:00.

    Mon 18:00 ────────────── Tue 02:00      Session(opens=1080, closes=1560), business date Monday
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Any

from venues.hours import codec

DAY_MINUTES = 1440
LAST_MINUTE = 2 * DAY_MINUTES


class Layer(IntEnum):
    """How strong a schedule is: a higher layer replaces a lower one on the days where its rules match."""

    BASE = 0
    SEASON = 1
    HOLIDAY = 2
    NOTICE = 3
    EMERGENCY = 4

    @property
    def code(self) -> str:
        """The name as it is stored and shown in a `Because`: `base`, `season`, …"""
        return self.name.lower()


class Effect(StrEnum):
    """What a rule does to a day: sets it anew, adds to it, or takes away from it."""

    REPLACE = "replace"
    ADD = "add"
    SUBTRACT = "subtract"


class State(StrEnum):
    """In which way people can enter during a session."""

    OPEN = "open"
    BY_BOOKING = "by_booking"
    SELF_SERVICE = "self_service"
    MEMBERS = "members"


class Kind(StrEnum):
    """Regular hours, hours when others rest (错时), or hours longer than usual (延时)."""

    REGULAR = "regular"
    STAGGERED = "staggered"
    EXTENDED = "extended"


class MatcherKind(StrEnum):
    """By what a rule recognises its days."""

    EVERY_DAY = "every_day"
    WEEKDAYS = "weekdays"
    DAY_TYPE = "day_type"
    HOLIDAY = "holiday"
    DATES = "dates"
    NTH_WEEKDAY = "nth_weekday"
    LUNAR_DAY = "lunar_day"
    VACATION = "vacation"
    TERM = "term"
    PUT_OFF = "put_off"


class DayType(StrEnum):
    """What the city calendar says a date is; a date can be several of them (a statutory day is a day off)."""

    WORKDAY = "workday"
    DAY_OFF = "day_off"
    STATUTORY = "statutory"
    MAKEUP_WORKDAY = "makeup_workday"
    EVE_OF_DAY_OFF = "eve_of_day_off"  # a workday before a day off
    EVE_OF_HOLIDAY = "eve_of_holiday"  # the last day before a block of days off
    AFTER_HOLIDAY = "after_holiday"  # the first day after one


class PutOff(StrEnum):
    """To which day a weekly closing goes that fell on a holiday (顺延)."""

    NEXT_DAY = "next_day"
    AFTER_HOLIDAY = "after_holiday"


class Mode(StrEnum):
    """Where a venue's hours come from: its own schedules, an appointment, or nobody has told."""

    OWN = "own"
    BY_APPOINTMENT = "by_appointment"
    UNKNOWN = "unknown"


class DayStatus(StrEnum):
    """What is known of a business date as a whole."""

    OPEN = "open"
    CLOSED = "closed"
    BY_APPOINTMENT = "by_appointment"
    UNKNOWN = "unknown"


# ---------------------------------------------------------------------------------------------------
# What editors enter


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of time, `[opens, closes)`; `last_entry` is the last minute at which one may enter.

    `condition`, `audience` and `admission` are codes or short texts; empty means: none, the general
    public, as for the whole venue.
    """

    opens: int
    closes: int
    last_entry: int | None = None
    state: State = State.OPEN
    kind: Kind = Kind.REGULAR
    condition: str = ""
    audience: str = ""
    admission: str = ""


@dataclass(frozen=True, slots=True)
class Matcher:
    """The days a rule is about. Only the fields of its kind are read.

    `weekdays` (0 = Monday) narrow every kind but `every_day` where they are given: the Saturdays of the summer
    vacation, the Mondays that are holidays.

    weekdays     `weekdays`
    day_type     `day_types`
    holiday      `holidays` (codes of blocks of days off; empty = any)
    dates        `first` to `last`, both included; `last` None = no end
    nth_weekday  `nth` (1–5, -1 = last in the month) of `weekdays`
    lunar_day    `lunar_days` of `lunar_month` (a leap month only when `lunar_month` is None = every
                 month), or the eve of the lunar new year
    vacation     `vacations` (winter, summer; empty = any) of the schools of `levels` (empty = any
                 but universities)
    term         the days on which none of these schools has vacation
    put_off      the day that makes up for a closing on one of `weekdays` which was a holiday: by `put_off_to`
                 the day after it, or the first day after the block of days off
    """

    kind: MatcherKind = MatcherKind.EVERY_DAY
    weekdays: tuple[int, ...] = ()
    day_types: tuple[DayType, ...] = ()
    holidays: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    nth: tuple[int, ...] = ()
    lunar_month: int | None = None
    lunar_days: tuple[int, ...] = ()
    lunar_new_years_eve: bool = False
    vacations: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    put_off_to: PutOff = PutOff.NEXT_DAY


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens on the days of `matcher`. A REPLACE without sessions closes them."""

    key: str
    effect: Effect = Effect.REPLACE
    matcher: Matcher = Matcher()
    sessions: tuple[Session, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Rules of one layer for the venue as a whole (`area` empty) or for one area.

    It holds from `valid_from` to `valid_to` (both included, None = no bound) and, when it is a season
    that comes back every year, from `annual_from` to `annual_to` ((month, day), both included; October
    to May wraps the year). `notice` is the public id of the notice it comes from, which became public on
    `announced_on` (Asia/Shanghai); `first_day` is the first day that the whole of that notice concerns.
    """

    key: str
    layer: Layer = Layer.BASE
    area: str = ""
    rules: tuple[Rule, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    annual_from: tuple[int, int] | None = None
    annual_to: tuple[int, int] | None = None
    notice: str = ""
    announced_on: date | None = None
    first_day: date | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a venue with a door of its own; the empty key is the venue as a whole."""

    key: str
    general_public: bool = True


WHOLE_VENUE = Area("")


@dataclass(frozen=True, slots=True)
class VenueHours:
    """Everything that decides when one venue is open."""

    mode: Mode = Mode.OWN
    areas: tuple[Area, ...] = ()
    schedules: tuple[Schedule, ...] = ()

    @property
    def areas_in_use(self) -> tuple[Area, ...]:
        """The areas to resolve: the named ones, and the venue as a whole where it has hours of its own.

        A venue without named areas is one area, the whole. Beside named areas the whole counts only when
        an ordinary schedule is written for it; a notice for the whole venue reaches every area anyway.
        """
        named = tuple(area for area in self.areas if area.key)
        whole = next((area for area in self.areas if not area.key), WHOLE_VENUE)
        has_own = any(not schedule.area and schedule.layer < Layer.NOTICE for schedule in self.schedules)
        return (whole, *named) if has_own or not named or whole in self.areas else named


# ---------------------------------------------------------------------------------------------------
# What the engine answers


@dataclass(frozen=True, slots=True)
class Because:
    """The rule behind a span or a day: where it stands, what it matched, and what it beat.

    An empty `rule` with a `schedule` means: that schedule holds, and none of its rules names this day.
    An empty `schedule` means: nothing is known. `overrode` lists `schedule/rule` keys, what was changed last
    first: the rules whose hours it replaced, added to or cut, and those which they had replaced, added to
    or cut. `announced_on` is the day (Asia/Shanghai) on which the notice behind it became public, and
    `first_day` the first day which that notice concerns.
    """

    layer: str = ""
    schedule: str = ""
    rule: str = ""
    notice: str = ""
    matcher: Matcher | None = None
    label: str = ""
    overrode: tuple[str, ...] = ()
    announced_on: date | None = None
    first_day: date | None = None

    @property
    def name(self) -> str:
        """`schedule/rule`, the form in which `overrode` and conflicts name rules."""
        return f"{self.schedule}/{self.rule}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the rule, where there is one, and of all it overrode: what overrides it in turn."""
        return (self.name, *self.overrode) if self.rule else self.overrode

    def announced_days_before(self, business_date: date) -> int | None:
        """Return how many whole days before it took effect the notice behind it was public.

        It is counted from `announced_on` to the first day that the notice concerns, whichever of its days is
        asked about; to `business_date` where that day is not known. 0 is the same day, a negative number
        an announcement after the fact. None where no announcement is known.
        """
        if self.announced_on is None:
            return None
        return ((self.first_day or business_date) - self.announced_on).days

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dict for storage beside an interval or a day.

        Equal values share one dict, since a venue has few: copy it before you change it.
        """
        return _stored(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Because":
        """Rebuild from `to_dict`; raises ValueError when the shape is wrong."""
        return codec.decode(cls, data)


@lru_cache(maxsize=4096)
def _stored(because: Because) -> dict[str, Any]:
    return codec.encode(because)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a business date in which the area is open; `last_entry` is `closes` where none is set."""

    opens: int
    closes: int
    last_entry: int
    state: State
    kind: Kind
    condition: str
    audience: str
    admission: str
    because: Because


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rules of equal rank that want different things of one day, in the order of their names."""

    date: date
    area: str
    first: Because
    second: Because


@dataclass(frozen=True, slots=True)
class Day:
    """The answer for one area and one business date.

    Spans are sorted and overlap only where they differ in state, audience, kind or another thing a
    reader sees. An unknown or by-appointment day may carry spans too: what a notice added to a day of
    which the rest is not known. `provisional` says that the answer rests on a calendar year that is not
    confirmed yet.
    """

    date: date
    area: str
    status: DayStatus
    spans: tuple[Span, ...]
    provisional: bool
    because: Because
    conflicts: tuple[Conflict, ...] = ()
