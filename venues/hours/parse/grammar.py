"""Tokens to statements: one pass over the text, each word read by what stands around it."""

from collections.abc import Callable

from venues.hours.parse import brackets, entries, hours, parts, scopes, verbs
from venues.hours.parse.phrases import read_days
from venues.hours.parse.reader import Reader
from venues.hours.parse.tokens import Token
from venues.hours.parse.words import Word

# A text that says more is no text of opening hours; the rest of it is unread.
_MOST_STATEMENTS = 150
_SEASONS = frozenset(
    {Word.SEASON, Word.REST_OF_YEAR, Word.MONTH, Word.YEAR_DAYS, Word.EVERY_YEAR, Word.NUMBER}
)
_HARMLESS = frozenset({Word.NOISE, Word.LABEL, Word.REMARK, Word.COLON, Word.AND, Word.MEETS})


def read(source: str) -> Reader:
    """Return the reader at the end of `source`, with its statements and what it could not take."""
    reader = Reader(source)
    while reader.place < len(reader.tokens) and len(reader.statements) < _MOST_STATEMENTS:
        before = reader.place
        _step(reader)
        if reader.place <= before:
            reader.place = before + 1
    _end(reader)
    return reader


def _step(reader: Reader) -> None:
    kind = reader.kind()
    if parts.read_area(reader):
        reader.after_span = False
        return
    if kind in _SEASONS and scopes.read_season_scope(reader):
        reader.after_span = False
        return
    if kind == Word.STOP:
        _stop(reader)
        return
    if kind not in _KEEPS_SPAN and scopes.read_days_scope(reader):
        reader.after_span = False
        return
    read_word = _READERS.get(kind) if kind else None
    if read_word:
        read_word(reader)
        if kind not in _KEEPS_SPAN:
            reader.after_span = False
    elif kind in _HARMLESS and reader.tokens[reader.place].value != "if":
        _harmless(reader)
    else:
        _unknown(reader)


def _unknown(reader: Reader) -> None:
    """Go past what is not understood; an occasion like 斋月期间 takes what is said of it along."""
    token = reader.tokens[reader.place]
    is_occasion = token.kind in (
        Word.EVERY_MONTH,
        Word.NTH,
        Word.LEVEL,
        Word.MONTH,
        Word.MONTH_DAY,
        Word.SOME,
        Word.MEETS,
    ) or (token.kind == Word.UNKNOWN and (reader.kind(1) == Word.DURING or _is_day(reader, token)))
    if is_occasion and reader.occasion is None:
        reader.occasion = token.start
    reader.leave()


def _is_day(reader: Reader, token: Token) -> bool:
    """赶集日9:00-15:00 is about days that are not known."""
    return reader.source[token.end - 1] == "日" and _reads_times(reader.kind(1))


def _reads_times(kind: Word | None) -> bool:
    return kind in (Word.TIME, Word.PERIOD, Word.COLON, Word.OPEN, Word.CLOSED)


def _cause(reader: Reader) -> None:
    """Go past 因馆舍维修: why it is closed changes nothing, unless it names what else is meant."""
    end = reader.place + 1
    while reader.kind_at(end) in (Word.UNKNOWN, Word.NOISE, Word.VENUE):
        end += 1
    if end > reader.place + 1 and reader.kind_at(end) in (Word.STOP, Word.CLOSED):
        reader.take(end)
    else:
        reader.leave()


_KEEPS_SPAN = frozenset(
    {
        Word.TIME,
        Word.PERIOD,
        Word.NEXT_DAY,
        Word.ALL_DAY,
        Word.AND,
        Word.OPEN,
        Word.OPENING,
        Word.CLOSING,
        Word.ADMISSION,
        Word.STATE,
        Word.KIND,
        Word.NO_ENTRY,
        Word.NO_TICKETS,
        Word.ALSO,
    }
)


def _stop(reader: Reader) -> None:
    strength = reader.tokens[reader.place].value
    scopes.settle_days(reader)
    reader.give_back_unused(all_kinds=strength > 1)
    reader.take()
    reader.strength = max(reader.strength, strength)
    reader.after_span = False
    reader.clause_spans = []
    reader.occasion = None
    if strength > 1:
        reader.heading = None
        if reader.frame.days and strength == 3:
            _drop_days(reader)


def _drop_days(reader: Reader) -> None:
    """Days that nothing was said of are unread; a heading like 周二至周日： goes on in the next line."""
    days = reader.frame.days
    place = reader.place - 2
    if days is None or (place >= 0 and reader.tokens[place].kind == Word.COLON):
        return
    if days.names_days:
        reader.reject("days_without_hours", days.start, days.end)
        reader.frame.days = None


def _harmless(reader: Reader) -> None:
    token = reader.tokens[reader.place]
    if token.kind == Word.NOISE and token.value == "all":
        reader.frame.all_areas = True
    reader.take()


def _including(reader: Reader) -> None:
    """全年开放（含节假日）: the days that follow are open as usual."""
    if read_days(reader.tokens, reader.place + 1) is None:
        reader.leave()
        return
    reader.take()
    reader.frame.includes = True


def _besides(reader: Reader) -> None:
    scopes.read_besides(reader)


def _since(reader: Reader) -> None:
    if reader.kind(1) in (Word.YEAR, Word.DATE):
        reader.take()
    else:
        reader.leave()


def _only(reader: Reader) -> None:
    """仅周六、周日开放 says no more than that the other days are not named."""
    following = reader.skip(reader.place + 1, Word.NOISE)
    if reader.kind_at(following) in (Word.WEEKDAYS, Word.DAYS):
        reader.take()
    else:
        reader.leave()


def _end(reader: Reader) -> None:
    scopes.settle_days(reader)
    while reader.outer:  # nobody closed it
        brackets.close_bracket(reader)
    scopes.settle_last_days(reader)
    reader.give_back_unused(all_kinds=True)
    entries.settle_ahead(reader)
    days = reader.frame.days
    if days and days.names_days:
        reader.reject("days_without_hours", days.start, days.end)
    excepted = reader.frame.excepted
    if excepted and reader.statements:
        for each in excepted:
            reader.reject("exception_to_nothing", each.start, each.end)
    reader.settle_season()


_READERS: dict[Word, Callable[[Reader], object]] = {
    Word.TIME: hours.read_times,
    Word.PERIOD: hours.read_times,
    Word.NEXT_DAY: hours.read_times,
    Word.ALL_DAY: hours.read_times,
    Word.OPENS_AT: hours.read_opening_label,
    Word.CLOSES_AT: hours.read_closing_label,
    Word.NO_ENTRY: entries.read_last_entry,
    Word.NO_TICKETS: entries.read_last_entry,
    Word.CLEARING: entries.read_clearing,
    Word.BEFORE_CLOSING: hours.read_before_closing,
    Word.CLOSED: verbs.read_closed,
    Word.CLOSING_DAYS: verbs.read_closing_days,
    Word.OPEN: verbs.read_open,
    Word.AS_USUAL: verbs.read_as_usual,
    Word.NO_REST: verbs.read_no_rest,
    Word.NO_BREAK: verbs.read_no_break,
    Word.PUT_OFF: verbs.read_put_off,
    Word.LATER: verbs.read_later,
    Word.EXTENDED_TO: verbs.read_extended_to,
    Word.UNTIL: verbs.read_extended_to,
    Word.KIND: verbs.read_kind,
    Word.ALSO: verbs.read_also,
    Word.ADMISSION: verbs.read_admission,
    Word.STATE: verbs.read_state,
    Word.OPENING: brackets.read_opening,
    Word.CLOSING: brackets.read_closing,
    Word.CAUSE: _cause,
    Word.BESIDES: _besides,
    Word.INCLUDING: _including,
    Word.ONLY: _only,
    Word.SINCE: _since,
}
