"""What the engine asks of a calendar: any object of this shape will do, so none is imported."""

from datetime import date
from typing import Protocol


class DayFacts(Protocol):
    """What the city calendar knows about one date."""

    @property
    def date(self) -> date: ...

    @property
    def weekday(self) -> int:
        """0 is Monday."""

    @property
    def day_type(self) -> str:
        """`workday` or `day_off`: a weekend or holiday that is not a make-up workday is a day off."""

    @property
    def is_statutory(self) -> bool:
        """A statutory holiday itself, not a day that was moved to lengthen the block."""

    @property
    def is_makeup_workday(self) -> bool:
        """A weekend day worked in exchange for a longer holiday (调休)."""

    @property
    def holiday(self) -> str:
        """Code of the block of days off that the date belongs to, or empty."""

    @property
    def lunar_month(self) -> int: ...

    @property
    def lunar_day(self) -> int: ...

    @property
    def lunar_is_leap(self) -> bool: ...

    @property
    def is_lunar_new_years_eve(self) -> bool: ...

    @property
    def is_eve_of_day_off(self) -> bool:
        """A workday before a day off."""

    @property
    def is_eve_of_holiday(self) -> bool:
        """The last day before a block of days off."""

    @property
    def follows_holiday(self) -> bool:
        """The day before belongs to a block of days off."""

    @property
    def ended_holiday(self) -> tuple[int, ...]:
        """The weekdays of the block of days off that ended the day before, else empty."""

    @property
    def vacations(self) -> tuple[tuple[str, str], ...]:
        """Kind (`winter`, `summer`) and level of the schools that have vacation; level empty = all schools."""

    @property
    def unknown_vacations(self) -> tuple[str, ...]:
        """The levels of the schools whose vacations nobody has entered for this part of the school year."""

    @property
    def is_confirmed(self) -> bool:
        """Whether the office has confirmed the holidays of this year."""


class Calendar(Protocol):
    """A calendar as a value: the same date always has the same facts."""

    def facts(self, day: date) -> DayFacts: ...
