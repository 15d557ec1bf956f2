"""A day of a calendar year as a value, whoever it comes from: the database, a package or a file."""

from datetime import date
from typing import NamedTuple


class Entry(NamedTuple):
    """A day that is not what its weekday says; the codes are those of DayKind and Holiday."""

    date: date
    kind: str
    is_statutory: bool
    holiday: str
    name: str
