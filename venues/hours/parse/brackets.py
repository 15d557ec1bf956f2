"""Brackets: conditions of the times before them, or statements about what stands before them."""

from dataclasses import replace

from venues.hours.model import Kind, State
from venues.hours.parse.reader import Frame, Reader
from venues.hours.parse.scopes import settle_days
from venues.hours.parse.statements import Action
from venues.hours.parse.words import Word

_LONGEST_CONDITION = 120


def read_opening(reader: Reader) -> bool:
    """Read an opening bracket: a condition of the times before it, or statements of their own."""
    if reader.after_span and _condition(reader):
        return True
    reader.take()
    reader.frame.after = reader.last
    opened_at = reader.place - 1
    reader.outer.append(reader.frame)
    reader.frame = Frame(kind=reader.frame.kind, opened_at=opened_at)
    if _is_of_days_before(reader):
        reader.frame.days, reader.outer[-1].days = reader.outer[-1].days, None
    return True


def _is_of_days_before(reader: Reader) -> bool:
    """除夕（14:00闭馆）： a bracket that says what happens on the days before it, and nothing follows it."""
    days, end = reader.outer[-1].days, reader.place
    while reader.kind_at(end) in _WHAT_HAPPENS:
        end += 1
    return (
        days is not None
        and days.names_days
        and not reader.outer[-1].is_postfix
        and reader.kind_at(end - 1) == Word.CLOSED
        and reader.kind_at(end) == Word.CLOSING
        and reader.kind_at(end + 1) in (Word.STOP, Word.AND, None)
    )


_WHAT_HAPPENS = (Word.TIME, Word.PERIOD, Word.DASH, Word.ALL_DAY, Word.CLOSED)


def _condition(reader: Reader) -> bool:
    place = reader.place + 1
    end = place
    while reader.kind_at(end) not in (Word.CLOSING, Word.OPENING, None):
        end += 1
    if reader.kind_at(end) != Word.CLOSING or reader.kind_at(place) not in (Word.CONDITION, Word.UNKNOWN):
        return False
    is_stated = reader.kind_at(place) == Word.CONDITION
    is_special = all(span.kind != Kind.REGULAR for span in reader.clause_spans)
    if not (is_stated or is_special):
        return False
    start, close = reader.span_of(place, end)
    text = reader.source[start:close]
    if len(text) > _LONGEST_CONDITION:
        return False
    booked = any(token.value == State.BY_BOOKING for token in reader.tokens[place:end])
    if any(token.kind in (Word.PART, Word.VENUE) for token in reader.tokens[place:end]):
        reader.warn("condition_names_part", start, close)
    for span in reader.clause_spans:
        span.condition = text
        span.state = State.BY_BOOKING if booked else span.state
    reader.take(end + 1)
    return True


def read_closing(reader: Reader) -> bool:
    """Read a closing bracket."""
    reader.take()
    close_bracket(reader)
    return True


def _stands_alone(reader: Reader, frame: Frame) -> bool:
    """Whether the bracket has its days and nothing before them."""
    first = reader.tokens[frame.opened_at + 1]
    return frame.days is not None and first.start == frame.days.start


def close_bracket(reader: Reader) -> None:
    """Give what waits in the innermost bracket to what waits outside, or to the hours before it."""
    settle_days(reader)
    reader.give_back_unused(all_kinds=False)
    if not reader.outer:
        return
    inner, reader.frame = reader.frame, reader.outer.pop()
    outer, last = reader.frame, reader.last
    if inner.days and outer.days and not outer.is_postfix:
        outer.days = outer.days.explained_by(inner.days)
    elif inner.days and outer.days is None and _stands_alone(reader, inner) and (last is None or last.days):
        outer.days = inner.days  # 【周一】闭馆
    elif inner.days:
        if (
            last is not None
            and last is outer.after
            and last.action in (Action.HOURS, Action.EXTENDED)
            and last.days is None
        ):
            last.days, last.is_closed = replace(inner.days), True
        else:
            reader.reject("days_without_hours", inner.days.start, inner.days.end)
    outer.excepted += inner.excepted
    outer.season_is_new = outer.season_is_new or inner.season_is_new
