"""What templates print: every value is ready to be shown, no template computes or looks anything up."""

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class StatusView:
    """The opening status of a venue.

    boundary   the instant (ISO) at which this reading ends: the next change, or midnight, when 明日 turns false
    closes_at  the end of the opening in force (ISO), empty otherwise
    """

    state: str
    label: str
    last_entry_label: str = ""
    area_name: str = ""
    because: str = ""
    notice_url: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    condition: str = ""
    provisional: bool = False
    boundary: str = ""
    closes_at: str = ""


@dataclass(frozen=True, slots=True)
class VenueCard:
    """A venue in a list."""

    title: str
    url: str
    code: str
    type_name: str
    region_name: str
    department_name: str
    address: str
    phone: str
    admission: str
    admission_label: str
    longitude: Decimal | None
    latitude: Decimal | None
    status: StatusView
    minutes_label: str = ""
    facility_names: tuple[str, ...] = ()
    checked_on: datetime.date | None = None
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch in the picture of a day: minutes from its midnight, within 0 … 1440."""

    x: int
    width: int
    state: str
    kind: str
    area_name: str
    label: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of one area in words and as bars; an exception may stand for several days (``date`` … ``last``)."""

    date: datetime.date
    weekday_label: str
    date_label: str
    status: str
    text: str
    because: str
    is_today: bool = False
    holiday_name: str = ""
    provisional: bool = False
    notice_url: str = ""
    area_name: str = ""
    bars: tuple[Bar, ...] = ()
    last: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class WeekView:
    """The current week, Monday to Sunday, of one area."""

    title: str
    area_name: str
    rows: tuple[DayRow, ...]
    hours: tuple[int, ...] = (0, 6, 12, 18, 24)


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """An opening notice in a list; ``state`` is in_force, coming, over or withdrawn."""

    title: str
    url: str
    sentence: str
    period_label: str
    state: str
    state_label: str
    department_name: str
    announced_label: str
    reason: str = ""
    is_emergency: bool = False
    effects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A short plain text to be copied; ``name`` tells the texts of a page apart."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A quick choice."""

    label: str
    url: str
    is_selected: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """Venues of one kind of answer: ``code`` is open, restricted, unknown or closed."""

    code: str
    label: str
    cards: list[VenueCard]
    total: int
