"""Times in a text: sessions, opening and closing times, parts of the day."""

from dataclasses import replace

from venues.hours.model import DAY_MINUTES, Kind
from venues.hours.parse.entries import AROUND_TIMES, hours_here, last_entry, relative_last_entry
from venues.hours.parse.phrases import read_days
from venues.hours.parse.reader import Opening, Reader
from venues.hours.parse.statements import Action, Span, Statement
from venues.hours.parse.times import Time, read_range, read_time
from venues.hours.parse.words import PERIODS, Word


def read_times(reader: Reader) -> bool:
    """Read a range, a single time with what happens then, or a part of the day."""
    if reader.kind() == Word.ALL_DAY and reader.kind(1) == Word.CLOSED:
        reader.take()
        return True
    if _is_all_day_as_usual(reader):
        token = reader.tokens[reader.place]
        if not reader.source.startswith(("全天", "全日"), token.start) or reader.kind(1) != Word.ADMISSION:
            reader.warn("all_day_unclear", token.start, token.end)
        reader.take()
        return True
    if _is_whole_day_beside_half(reader):
        return True
    found = read_range(reader.source, reader.tokens, reader.place)
    if found:
        start, end = reader.span_of(reader.place, found.end)
        if found.doubt != "next_day_assumed" and found.doubt:
            reader.warn(found.doubt, start, end)
            reader.place = found.end
            return True
        if found.doubt:
            reader.warn(found.doubt, start, end)
        reader.take(found.end)
        _add_span(reader, Span(found.opens, found.closes, start, end))
        return True
    if reader.kind() == Word.PERIOD and _period_alone(reader):
        return True
    return _single_times(reader)


def _is_whole_day_beside_half(reader: Reader) -> bool:
    """Read 周一全天 of 周一全天、周五下午闭馆."""
    days = reader.frame.days
    if reader.kind() != Word.ALL_DAY or reader.kind(1) != Word.AND or not days:
        return False
    if not read_days(reader.tokens, reader.place + 2):
        return False
    reader.frame.halves.append((days, ""))
    reader.frame.days = None
    reader.take(reader.place + 2)
    return True


def _is_all_day_as_usual(reader: Reader) -> bool:
    """每周二全天免费 beside known hours is about those hours."""
    frame = reader.frame
    return (
        reader.kind() == Word.ALL_DAY
        and reader.kind(1) in (Word.ADMISSION, Word.STATE)
        and frame.days is not None
        and frame.days.names_days
        and bool(hours_here(reader))
    )


def _period_alone(reader: Reader) -> bool:
    """Read 上午 before 闭馆: a closing of a part of the day."""
    frame, period = reader.frame, reader.tokens[reader.place].value
    following = reader.skip(reader.place + 1, Word.NOISE)
    if frame.days and following > reader.place + 1 and reader.kind_at(following) == Word.STOP:
        following += 1  # 周五下午业务学习，不对外开放
    if reader.kind_at(following) == Word.CLOSED:
        frame.period = period
        reader.take(following)
        return True
    if frame.days and reader.kind(1) == Word.AND and read_days(reader.tokens, reader.place + 2):
        frame.halves.append((frame.days, period))  # 周六下午及周日闭馆
        frame.days = None
        reader.take(reader.place + 2)
        return True
    if frame.days and reader.kind(1) == Word.OPEN:
        opens, closes = PERIODS[period]
        token = reader.tokens[reader.place]
        reader.take(reader.place + 2)
        outside = [Span(0, opens, token.start, token.end), Span(closes, DAY_MINUTES, token.start, token.end)]
        reader.emit(
            Action.CLOSED,
            token.start,
            token.end,
            spans=[span for span in outside if span.closes > span.opens],
        )
        return True
    return False


def _add_span(reader: Reader, span: Span) -> None:
    frame, last = reader.frame, reader.last
    if reader.kind() == Word.CLOSED and span.closes - span.opens < DAY_MINUTES:
        reader.take()
        reader.emit(Action.CLOSED, span.start, reader.tokens[reader.place - 1].end, spans=[span])
        return
    if frame.closing_days:
        frame.unused.pop("closing_days", None)
        reader.emit(Action.CLOSED, span.start, span.end, spans=[span])
        return
    span.kind, span.admission, span.state = frame.kind, frame.admission, frame.state
    frame.unused.clear()
    if frame.last_entry is not None and span.opens <= frame.last_entry <= span.closes:
        span.last_entry = frame.last_entry
    if last is not None and _is_part_in_brackets(reader, last) and _carve(reader, last, span):
        return
    if last is not None and _continues(reader, last):
        if any(span.opens < other.closes and other.opens < span.closes for other in last.spans):
            if not _carve(reader, last, span):
                reader.reject("hours_contradict", span.start, span.end)
            return
        last.spans.append(span)
        last.end = span.end
    else:
        reader.emit(Action.HOURS, span.start, span.end, spans=[span], adds=frame.also)
    reader.after_span = True
    reader.strength = 0
    if reader.remarked:
        reader.clause_spans, reader.remarked = [], False
    reader.carved = False
    reader.clause_spans.append(span)


def _is_part_in_brackets(reader: Reader, last: Statement) -> bool:
    """9:00-21:00（其中18:00-21:00须预约）."""
    after = reader.outer[-1].after if reader.outer else None
    return after is last and last.action == Action.HOURS and reader.frame.days is None


def _carve(reader: Reader, statement: Statement, part: Span) -> bool:
    """Cut a part that is free, or by booking, out of the hours around it: 9:00-21:00，其中18:00-21:00须预约."""
    following = reader.skip(reader.place, Word.NOISE, Word.MEETS, Word.CONDITION, Word.OPENING)
    around = next(
        (span for span in statement.spans if span.opens <= part.opens and part.closes <= span.closes), None
    )
    if around is None or reader.kind_at(following) not in (Word.STATE, Word.ADMISSION, Word.KIND):
        return False
    pieces = [
        replace(around, closes=part.opens),
        replace(around, opens=part.opens, closes=part.closes),
        replace(around, opens=part.closes),
    ]
    kept = [piece for piece in pieces if piece.opens < piece.closes]
    for piece in kept[:-1]:
        piece.last_entry = piece.before_closing = None
    index = statement.spans.index(around)
    statement.spans[index : index + 1] = kept
    reader.clause_spans = [piece for piece in kept if piece.opens == part.opens]
    reader.carved = True
    reader.after_span = True
    return True


def _continues(reader: Reader, last: Statement) -> bool:
    """Tell whether a range is one more session of the hours before it."""
    frame = reader.frame
    return (
        last.action == Action.HOURS
        and not last.is_closed
        and reader.occasion is None
        and frame.days is None
        and not frame.season_is_new
        and not frame.excepted
        and last.area == reader.area
        and last.adds == frame.also
        and last.in_brackets == bool(reader.outer)
        and (frame.kind == Kind.REGULAR) == (last.spans[-1].kind == Kind.REGULAR or not frame.kind)
    )


def _single_times(reader: Reader) -> bool:
    """Read 16:30停止入馆, 9:00开馆, 17:00闭馆, 16:15静场."""
    times: list[Time] = []
    place = reader.place
    while True:
        time = read_time(reader.source, reader.tokens, place)
        if not time:
            break
        times.append(time)
        place = time.end
        following = place + (reader.kind_at(place) == Word.AND)
        if following == place:
            break
        place = following
    if not times:
        reader.leave()
        return True
    end = times[-1].end
    verb = reader.skip(end, Word.NOISE, Word.AFTERWARDS, Word.FROM_THEN)
    verb += reader.kind_at(verb) == Word.CLEARING and reader.kind_at(verb + 1) == Word.CLOSED  # 清场闭馆
    minutes = [time.minutes + DAY_MINUTES * time.is_next_day for time in times]
    start = reader.tokens[reader.place].start
    match reader.kind_at(verb):
        case Word.NO_ENTRY | Word.NO_TICKETS as kind:
            reader.take(verb + 1)
            for each in minutes:
                last_entry(reader, each, start, is_ticket=kind == Word.NO_TICKETS)
        case Word.CLEARING:
            reader.take(verb + 1)
        case Word.CLOSED if len(minutes) == 1:
            reader.take(verb + 1)
            _closes(reader, minutes[0], start)
        case Word.OPEN | Word.OPENS_AT if len(minutes) == 1:
            reader.frame.opening = Opening(minutes[0], reader.place, verb + 1)
            reader.place = verb + 1
        case Word.BEFORE if (
            reader.kind_at(verb + 1) == Word.CLOSED and reader.frame.days and len(minutes) == 1
        ):
            reader.take(verb + 2)
            _closed_until(reader, minutes[0], start)
        case Word.ADMISSION | Word.STATE if verb > end and _carve_from(reader, minutes[0], verb):
            pass
        case _:
            reader.place = end
    return True


def _closed_until(reader: Reader, minute: int, start: int) -> None:
    """Read 14:00前闭馆."""
    end = reader.tokens[reader.place - 1].end
    reader.emit(Action.CLOSED, start, end, spans=[Span(0, minute, start, end)])


def _carve_from(reader: Reader, minute: int, verb: int) -> bool:
    """Read 17:00以后免费: from then to the end of the hours before."""
    last = reader.last
    if last is None or last.action != Action.HOURS:
        return False
    start, end = reader.span_of(reader.place, verb)
    before = reader.place
    reader.take(verb)
    if _carve(reader, last, Span(minute, last.spans[-1].closes, start, end)):
        return True
    reader.taken[before:verb] = [False] * (verb - before)
    reader.place = before
    return False


def _closes(reader: Reader, minute: int, start: int) -> None:
    """Read a closing time: of hours whose beginning was read, of certain days, or of the hours so far."""
    frame, last = reader.frame, reader.last
    end = reader.tokens[reader.place - 1].end
    opening = frame.opening
    if opening and minute > opening.minute:
        frame.opening = None
        reader.taken[opening.first : opening.end] = [True] * (opening.end - opening.first)
        _add_span(reader, Span(opening.minute, minute, reader.tokens[opening.first].start, end))
    elif frame.days and frame.days.names_days:
        reader.emit(Action.ENDS, start, end, minute=minute)
    elif last is not None and last.action == Action.HOURS and last.spans[-1].closes == minute:
        return
    else:
        reader.reject("closing_time_unclear", start, end)


def read_opening_label(reader: Reader) -> bool:
    """Read 开馆时间: before a single time it is one; before anything else only a heading."""
    following = reader.skip(reader.place + 1, *AROUND_TIMES)
    time = read_time(reader.source, reader.tokens, following)
    if time and not read_range(reader.source, reader.tokens, following):
        reader.frame.opening = Opening(time.minutes, reader.place, time.end)
        reader.place = time.end
    else:
        reader.take()
    return True


def read_closing_label(reader: Reader) -> bool:
    """Read 闭馆时间 17:00, or 闭馆时间：周一."""
    following = reader.skip(reader.place + 1, *AROUND_TIMES)
    time = read_time(reader.source, reader.tokens, following)
    if time and not read_range(reader.source, reader.tokens, following):
        start = reader.tokens[reader.place].start
        reader.take(time.end)
        _closes(reader, time.minutes, start)
    elif reader.frame.days:
        reader.leave()
    else:
        reader.modify("closing_days", True)
    return True


def read_before_closing(reader: Reader) -> bool:
    """Read 闭馆前30分钟停止入馆, 提前半小时停止售票, 提前至15:00闭馆."""
    start = reader.tokens[reader.place].start
    if reader.kind(1) == Word.DURATION:
        verb = reader.skip(reader.place + 2, Word.NOISE, Word.AFTERWARDS)
        if reader.kind_at(verb) in (Word.NO_ENTRY, Word.NO_TICKETS):
            minutes = reader.tokens[reader.place + 1].value
            is_ticket = reader.kind_at(verb) == Word.NO_TICKETS
            reader.take(verb + 1)
            relative_last_entry(reader, minutes, is_ticket=is_ticket)
            return True
        if reader.kind_at(verb) == Word.CLEARING:
            reader.take(verb + 1)
            return True
    if reader.kind(1) == Word.DASH:
        time = read_time(reader.source, reader.tokens, reader.place + 2)
        if time and reader.kind_at(time.end) == Word.OPEN and reader.frame.days:
            reader.take(time.end + 1)
            reader.emit(Action.BEGINS, start, reader.tokens[reader.place - 1].end, minute=time.minutes)
            return True
        if time and reader.kind_at(time.end) == Word.CLOSED:
            reader.take(time.end + 1)
            _closes(reader, time.minutes, start)
            return True
    reader.leave()
    return True
