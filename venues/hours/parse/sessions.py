"""Arithmetic on the sessions of a day, before they are rules."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from venues.hours.model import Session
from venues.hours.parse.statements import Statement
from venues.hours.parse.usual import Sessions


def in_way(session: Session, statement: Statement, *, only_open: bool) -> Session:
    """Return the session at the price and in the state of a statement; `only_open` keeps what it has."""
    if statement.admission and not (only_open and session.admission):
        session = replace(session, admission=statement.admission)
    if statement.state and not (only_open and session.state != "open"):
        session = replace(session, state=statement.state)
    return session


def overlap(one: Iterable[Session], other: Sequence[Session]) -> bool:
    """Tell whether any two sessions share a minute."""
    return any(
        first.opens < second.closes and second.opens < first.closes for first in one for second in other
    )


def has_noon_gap(sessions: Sequence[Session]) -> bool:
    """Tell whether two sessions leave a break around noon."""
    pairs = zip(sessions, sessions[1:], strict=False)
    return any(660 <= one.closes < other.opens <= 900 for one, other in pairs)


def cut(sessions: Iterable[Session], windows: Iterable[tuple[int, int]]) -> Sessions:
    """Return what the windows leave of the sessions; a piece that ends earlier takes its last entry with it."""
    left = list(sessions)
    for start, end in windows:
        pieces = []
        for session in left:
            if session.opens < start:
                closes = min(session.closes, start)
                entry = session.last_entry
                kept = entry if entry is None or entry < closes or closes == session.closes else None
                pieces.append(replace(session, closes=closes, last_entry=kept))
            if session.closes > end:
                pieces.append(replace(session, opens=max(session.opens, end)))
        left = pieces
    return tuple(left)
