"""What a reading of a text is: rules, what was not understood and where, and how far it can be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from venues.hours.model import Rule, VenueHours

MonthDay = tuple[int, int]


class Confidence(StrEnum):
    """How far the rules say what the text says.

    complete  everything with a meaning was read, in the only way it can be read
    partial   there are rules, and something was left out, assumed or can be read in two ways
    none      no rule came out
    """

    COMPLETE = "complete"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch of the original text that was not understood: `source[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something that an editor must look at: a code, its parameters, and the place in the original text."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ParsedArea:
    """A part of the venue with hours of its own, under the name that the text gives it."""

    name: str
    hours: VenueHours


@dataclass(frozen=True, slots=True)
class ParseResult:
    """The hours of the venue as a whole and of its parts, and what the text says beyond them."""

    hours: VenueHours
    areas: tuple[ParsedArea, ...] = ()
    unread: tuple[Unread, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    confidence: Confidence = Confidence.NONE

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules of the whole venue, schedule by schedule."""
        return tuple(rule for schedule in self.hours.schedules for rule in schedule.rules)


@dataclass(frozen=True, slots=True)
class Seasons:
    """The limits of summer hours where a text names none; winter hours are the rest of the year.

    Both days (month, day) are included.
    """

    summer_from: MonthDay = (5, 1)
    summer_to: MonthDay = (9, 30)


DEFAULT_SEASONS = Seasons()
