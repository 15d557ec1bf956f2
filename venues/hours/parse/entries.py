"""When people are let in for the last time, and to which hours that belongs."""

from venues.hours.model import DAY_MINUTES
from venues.hours.parse.reader import Reader
from venues.hours.parse.statements import Action, Statement
from venues.hours.parse.times import read_time
from venues.hours.parse.words import Word

_NOON = 720
AROUND_TIMES = (Word.NOISE, Word.AFTERWARDS, Word.LABEL, Word.COLON, Word.FROM_THEN)


def read_last_entry(reader: Reader) -> bool:
    """Read 停止入馆16:00, 最晚入馆时间：16:20, 最后入馆时间为闭馆前半个小时."""
    is_ticket = reader.kind() == Word.NO_TICKETS
    start = reader.tokens[reader.place].start
    following = reader.skip(reader.place + 1, *AROUND_TIMES)
    if reader.kind_at(following) == Word.BEFORE_CLOSING and reader.kind_at(following + 1) == Word.DURATION:
        minutes = reader.tokens[following + 1].value
        reader.take(following + 2)
        relative_last_entry(reader, minutes, is_ticket=is_ticket)
        return True
    time = read_time(reader.source, reader.tokens, following)
    if not time:
        reader.leave()
        return True
    end = (
        reader.skip(time.end, Word.BEFORE, Word.NOISE)
        if reader.kind_at(time.end) == Word.BEFORE
        else time.end
    )
    reader.take(end)
    last_entry(reader, time.minutes, start, is_ticket=is_ticket)
    return True


def read_clearing(reader: Reader) -> bool:
    """Read 清场时间16:45: when people are asked to leave is neither last entry nor closing."""
    following = reader.skip(reader.place + 1, *AROUND_TIMES)
    time = read_time(reader.source, reader.tokens, following)
    reader.take(time.end if time else reader.place + 1)
    return True


def _is_of_days(reader: Reader) -> bool:
    """A last entry of certain days or of a season only has no place in the hours of all: it is unread, with them."""
    days, season = reader.frame.days, reader.unused_season
    if season:
        reader.settle_season()
        reader.reject("last_entry_of_which", season.start, reader.tokens[reader.place - 1].end)
        reader.season = reader.last.season if reader.last else None
        reader.frame.season_is_new = False
        return True
    if days is None or not days.names_days or reader.frame.is_postfix or reader.frame.opening:
        return False
    reader.reject("last_entry_of_which", days.start, reader.tokens[reader.place - 1].end)
    reader.frame.days = None
    return True


def hours_here(reader: Reader) -> list[Statement]:
    """The hours that a last entry may be about: those of this part of the venue."""
    return [each for each in reader.statements if each.action == Action.HOURS and each.area == reader.area]


def relative_last_entry(reader: Reader, minutes: int, *, is_ticket: bool) -> None:
    """Give it to all hours of this part that have none; in brackets to those it stands at."""
    if _is_of_days(reader):
        return
    targets = hours_here(reader)
    for statement in targets:
        for span in statement.spans:
            if (
                span.last_entry is None
                and span.before_closing is None
                and span.closes - minutes >= span.opens
            ):
                span.before_closing = minutes
    if not targets or not (reader.outer or reader.area):
        reader.entry_ahead = (minutes, *reader.span_of(reader.place - 1, reader.place))
    if not targets:
        return
    if is_ticket:
        _warn_ticket(reader)


def settle_ahead(reader: Reader) -> None:
    """Give 闭馆前30分钟停止入馆 to the hours that stand behind it."""
    if reader.entry_ahead is None:
        return
    minutes, start, end = reader.entry_ahead
    hours = [each for each in reader.statements if each.action == Action.HOURS]
    before = [each for each in hours if each.start < start]
    after = [each for each in hours if each.start > end and not _has_entry(each)]
    if not hours or (after and reader.areas):
        reader.reject("last_entry_of_nothing", start, end)
        return
    if after and before and after[0].season != before[-1].season:
        reader.warn("last_entry_of_which", start, end)
    for span in (span for each in after for span in each.spans):
        if span.closes - minutes >= span.opens:
            span.before_closing = minutes


def _has_entry(statement: Statement) -> bool:
    return any(span.last_entry is not None or span.before_closing is not None for span in statement.spans)


def last_entry(reader: Reader, minute: int, start: int, *, is_ticket: bool) -> None:
    """Give it to the session of the last hours that has this time."""
    end = reader.tokens[reader.place - 1].end
    if _is_of_days(reader):
        return
    targets = hours_here(reader)
    if reader.frame.opening:
        reader.frame.last_entry = minute  # 9:00开馆，16:30停止入馆，17:00闭馆
        return
    spans = targets[-1].spans if targets else []
    holding = [span for span in spans if span.opens <= minute <= span.closes]
    if not holding:
        holding = [span for span in spans if span.opens <= minute + DAY_MINUTES <= span.closes]
        minute += DAY_MINUTES if holding else 0
    if not holding and minute < _NOON:  # 上午九点至下午四点半（四点停止入馆）
        holding = [span for span in spans if span.opens <= minute + _NOON <= span.closes]
        minute += _NOON if holding else 0
    if not holding:
        reader.reject("last_entry_outside", start, end)
        return
    span = holding[-1]
    if is_ticket and span.last_entry is not None:
        return  # when entry stops is known already
    span.last_entry, span.before_closing = minute, None
    if is_ticket:
        _warn_ticket(reader)
    others = [
        each
        for each in targets[:-1]
        if each.spans[-1].last_entry is None and each.season == targets[-1].season
    ]
    if others and not reader.outer and reader.strength:
        reader.warn("last_entry_of_which", start, end)


def _warn_ticket(reader: Reader) -> None:
    start, end = reader.span_of(reader.place - 1, reader.place)
    reader.warn("tickets_taken_for_entry", start, end)
