"""What happens on the days named: closed, open, as usual, put off, and in what way people come in."""

from dataclasses import replace

from venues.hours.model import DAY_MINUTES, Kind, MatcherKind, State
from venues.hours.parse.phrases import read_days
from venues.hours.parse.reader import Frame, Reader
from venues.hours.parse.scopes import settle_days
from venues.hours.parse.statements import Action, Span
from venues.hours.parse.times import read_time
from venues.hours.parse.words import PERIODS, Word

_LONGEST_CONDITION = 120


def read_closed(reader: Reader) -> bool:
    """Read 闭馆: of the days before it, of a part of those days, or 闭馆：周一."""
    token, frame = reader.tokens[reader.place], reader.frame
    if frame.days is None and not frame.period and _days_follow(reader):
        reader.modify("closing_days", True)
        return True
    reader.take()
    spans = []
    if frame.period:
        opens, closes = PERIODS[frame.period]
        spans = [Span(opens, closes, token.start, token.end)]
        if (
            frame.days
            and len(frame.days.weekdays) > 1
            and "、" in reader.source[frame.days.start : frame.days.end]
        ):
            reader.warn("half_day_of_which", frame.days.start, token.end)
    frame.is_postfix = False
    for days, period in frame.halves:
        opens, closes = PERIODS[period]
        waiting, frame.days = frame.days, days
        reader.emit(Action.CLOSED, days.start, days.end, spans=[Span(opens, closes, days.start, days.end)])
        frame = reader.frame
        frame.days = waiting
    reader.emit(Action.CLOSED, token.start, token.end, spans=spans)
    return True


def _days_follow(reader: Reader) -> bool:
    """Tell whether the days of a closing stand after it: 闭馆：周一, 休馆日：周一、除夕."""
    following = reader.skip(reader.place + 1, Word.NOISE)
    return reader.kind_at(following) == Word.COLON and read_days(reader.tokens, following + 1) is not None


def read_closing_days(reader: Reader) -> bool:
    """Read 休馆日：周一."""
    if reader.frame.days:
        return read_closed(reader)  # 周一为休馆日
    reader.modify("closing_days", True)
    return True


def read_open(reader: Reader) -> bool:
    """Read 开放: of days, when no times follow; a filler beside times."""
    reader.take()
    if reader.frame.days:
        reader.frame.is_open = True
    return True


def read_as_usual(reader: Reader) -> bool:
    """Read 照常开放 and 不休: the days before it have the usual times."""
    token = reader.tokens[reader.place]
    if not reader.frame.days:
        reader.leave()
        return True
    reader.take()
    reader.emit(Action.AS_USUAL, token.start, token.end)
    return True


def read_no_rest(reader: Reader) -> bool:
    """Read 全年无休."""
    token = reader.tokens[reader.place]
    reader.take()
    waiting, reader.frame.days = reader.frame.days, None
    reader.emit(Action.NO_REST, token.start, token.end)
    reader.frame.days = waiting
    return True


def read_no_break(reader: Reader) -> bool:
    """Read 中午不休."""
    token = reader.tokens[reader.place]
    reader.take()
    reader.emit(Action.NO_BREAK, token.start, token.end)
    return True


def read_put_off(reader: Reader) -> bool:
    """Read 顺延一天闭馆, 次日闭馆, 顺延."""
    token = reader.tokens[reader.place]
    reader.take()
    if reader.kind() == Word.CLOSED:
        reader.take()
    reader.emit(Action.PUT_OFF, token.start, token.end, put_off_to=token.value)
    return True


def read_later(reader: Reader) -> bool:
    """Read 另行通知: what it is said of is not known."""
    token, frame = reader.tokens[reader.place], reader.frame
    start = frame.days.start if frame.days and not frame.is_postfix else token.start
    is_holiday = frame.days is not None and any(
        matcher.kind == MatcherKind.HOLIDAY for matcher in frame.days.matchers
    )
    reader.reject("holidays_to_be_announced" if is_holiday else "to_be_announced", start, token.end)
    reader.leave()
    frame.days, frame.is_open = None, False
    return True


def read_extended_to(reader: Reader) -> bool:
    """Read 延长至21:00 and 开放至21:00."""
    place = reader.place
    is_extended = reader.kind() == Word.EXTENDED_TO
    if reader.kind() == Word.KIND:
        place += 1  # 延时开放 … 至21:00
        is_extended = True
    time = read_time(reader.source, reader.tokens, place + 1)
    if not time or (not is_extended and not reader.frame.days):
        reader.leave()
        return True
    start = reader.tokens[reader.place].start
    reader.take(time.end)
    end = reader.tokens[time.end - 1].end
    minute = time.minutes + (DAY_MINUTES if time.is_next_day and time.minutes < DAY_MINUTES else 0)
    reader.emit(Action.EXTENDED if is_extended else Action.ENDS, start, end, minute=minute)
    return True


# ---------------------------------------------------------------------------------------------------
# In what way


def read_kind(reader: Reader) -> bool:
    """Read 错时开放 and 延时开放, before or after the times that are so."""
    kind = reader.tokens[reader.place].value
    if reader.kind(1) == Word.DASH:
        return read_extended_to(reader)
    if reader.kind(1) in (Word.CLOSED, Word.CLOSING_DAYS):
        reader.occasion = reader.tokens[reader.place].start  # 延时不开放 is denied
        reader.leave()
        return True
    following = reader.skip(reader.place + 1, Word.NOISE, Word.COLON, Word.LABEL)
    if reader.after_span and not _begins_hours(reader, following):
        for span in reader.clause_spans:
            span.kind = kind
    else:
        settle_days(reader)
        reader.modify("kind", kind)
        return True
    reader.take()
    return True


def _begins_hours(reader: Reader, place: int) -> bool:
    kinds = (Word.TIME, Word.PERIOD, Word.ALL_DAY, Word.WEEKDAYS, Word.DAYS, Word.EVERY_DAY)
    return reader.kind_at(place) in kinds


def _remark(reader: Reader, name: str, value: object) -> None:
    """Give the times of the clause a price or a state; times before a comma may or may not share it."""
    token = reader.tokens[reader.place]
    for span in reader.clause_spans:
        setattr(span, name, value)
    earlier = reader.last.spans if reader.last is not None and reader.last.action == Action.HOURS else []
    if any(span not in reader.clause_spans and not getattr(span, name) for span in earlier):
        reader.warn("remark_of_which", token.start, token.end)
    reader.remarked = True
    reader.take()


def read_also(reader: Reader) -> bool:
    """Read 另开放, 加开: times beside the usual ones."""
    if reader.after_span and reader.last is not None:
        reader.last.adds = True
        reader.take()
    else:
        reader.modify("also", True)
    return True


def read_admission(reader: Reader) -> bool:
    """Read 免费 or 收费: of the times around it, of days, or of the venue."""
    token = reader.tokens[reader.place]
    following = reader.skip(reader.place + 1, Word.NOISE, Word.COLON, Word.LABEL)
    if reader.after_span:
        _remark(reader, "admission", token.value)
    elif _is_time(reader, following):
        reader.modify("admission", token.value)
    elif _is_of_others(reader):
        reader.leave()
    else:
        reader.take()
        _of_days(reader, token.start, token.end, admission=token.value)
    return True


def read_state(reader: Reader) -> bool:
    """Read 预约, 自助, 会员: of the times around it, of days, or of the venue."""
    token = reader.tokens[reader.place]
    following = reader.skip(reader.place + 1, Word.NOISE, Word.COLON, Word.LABEL)
    if reader.after_span:
        _remark(reader, "state", token.value)
    elif _is_time(reader, following):
        reader.modify("state", token.value)
    elif _is_of_others(reader):
        reader.leave()
    else:
        reader.take()
        _of_days(reader, token.start, token.end, state=token.value)
    return True


def _is_of_others(reader: Reader) -> bool:
    """老年人免费 and 团体预约 are about people that are not understood, not about everybody."""
    before = reader.place - 1
    return (
        before >= 0 and reader.tokens[before].kind in (Word.UNKNOWN, Word.LEVEL) and not reader.taken[before]
    )


def _of_days(
    reader: Reader, start: int, end: int, *, admission: str = "", state: State | None = None
) -> None:
    frame = reader.frame
    if frame.days and frame.days.names_days and not frame.is_postfix and not _named_before(reader):
        following = reader.skip(reader.place, Word.OPEN, Word.NOISE)
        times = reader.skip(following + 1, Word.LABEL, Word.COLON)
        if reader.kind_at(following) == Word.STOP and not _has_hours(reader) and _is_time(reader, times):
            # 周二至周日免费开放，9:00-17:00: open days, whose times follow
            reader.emit(Action.OPEN, start, end)
            reader.emit(Action.PRICED, start, end, admission=admission, state=state)
            return
        reader.emit(Action.PRICED, start, end, admission=admission, state=state)
        return
    waiting, is_postfix = frame.days, frame.is_postfix
    frame.days = None
    reader.emit(Action.PRICED, start, end, days=None, admission=admission, state=state)
    reader.frame.days, reader.frame.is_postfix = waiting, is_postfix


def _has_hours(reader: Reader) -> bool:
    return any(each.action == Action.HOURS and each.area == reader.area for each in reader.statements)


def _named_before(reader: Reader) -> bool:
    """Tell whether times follow in this clause, so that the days are theirs."""
    return _is_time(reader, reader.place)


def _is_time(reader: Reader, place: int) -> bool:
    return reader.kind_at(place) in (Word.TIME, Word.PERIOD, Word.ALL_DAY)


# ---------------------------------------------------------------------------------------------------
# Brackets


def read_opening(reader: Reader) -> bool:
    """Read an opening bracket: a condition of the times before it, or statements of their own."""
    if reader.after_span and _condition(reader):
        return True
    reader.take()
    reader.frame.after = reader.last
    opened_at = reader.place - 1
    reader.outer.append(reader.frame)
    reader.frame = Frame(kind=reader.frame.kind, opened_at=opened_at)
    return True


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
        outer.days = inner.days  # 春节（除夕至正月初六）
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
