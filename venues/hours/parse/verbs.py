"""What happens on the days named: closed, open, as usual, put off, and in what way people come in."""

from venues.hours.model import DAY_MINUTES, DayType, MatcherKind, PutOff, State
from venues.hours.parse.days import Days
from venues.hours.parse.phrases import read_days
from venues.hours.parse.reader import Reader
from venues.hours.parse.scopes import settle_days
from venues.hours.parse.statements import Action, Span
from venues.hours.parse.times import read_time
from venues.hours.parse.words import PERIODS, Word


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
    if frame.days and _goes_on_with_duration(reader):
        reader.occasion = frame.days.start  # 寒假闭馆两周
    frame.is_postfix = False
    for days, period in frame.halves:
        spans_of_half = _part_of_day(period, days)
        waiting, frame.days = frame.days, days
        reader.emit(Action.CLOSED, days.start, days.end, spans=spans_of_half)
        frame = reader.frame
        frame.days = waiting
    reader.emit(Action.CLOSED, token.start, token.end, spans=spans)
    return True


def _goes_on_with_duration(reader: Reader) -> bool:
    if reader.kind() in (Word.NUMBER, Word.DURATION):
        return True
    return reader.kind() == Word.UNKNOWN and reader.source[reader.tokens[reader.place].start] in "两半数几"


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
    if not reader.frame.days and (reader.after_span or reader.kind(1) == Word.COLON):
        reader.take()  # 8:30-17:30正常开放
        return True
    if not reader.frame.days:
        reader.leave()
        return True
    if reader.kind(1) == Word.UNKNOWN and reader.tokens[reader.place + 1].start == token.end:
        reader.occasion = reader.frame.days.start  # 正常上班时间
        reader.leave()
        return True
    reader.take()
    reader.emit(Action.AS_USUAL, token.start, token.end)
    return True


def _part_of_day(period: str, days: Days) -> list[Span]:
    return [Span(*PERIODS[period], days.start, days.end)] if period else []


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
    put_off_to = token.value or _put_off_to(reader)
    if reader.kind() == Word.CLOSED:
        reader.take()
    end = reader.tokens[reader.place - 1].end
    reader.emit(Action.PUT_OFF, token.start, end, put_off_to=put_off_to)
    return True


def _days_after_closings(reader: Reader) -> list[tuple[int, ...]]:
    """周一闭馆，遇节假日顺延至周二: the weekday after the one that is closed."""
    closings = [
        each.days.weekdays for each in reader.statements if each.action == Action.CLOSED and each.days
    ]
    return [((each[0] + 1) % 7,) for each in closings if len(each) == 1]


def _put_off_to(reader: Reader) -> PutOff | None:
    """Read to which day: 顺延至次日, 顺延到节后第一天."""
    following = reader.skip(reader.place, Word.DASH, Word.NOISE)
    if reader.kind_at(following) == Word.NEXT_DAY:
        reader.take(following + 1)
        return PutOff.NEXT_DAY
    value = reader.tokens[following].value if following < len(reader.tokens) else None
    if reader.kind_at(following) == Word.WEEKDAYS and value in _days_after_closings(reader):
        reader.take(following + 1)
        return PutOff.NEXT_DAY
    if reader.kind_at(following) == Word.PUT_OFF and value:
        reader.take(following + 1)
        return PutOff(value)
    if reader.kind_at(following) == Word.DAYS and value and value.day_types == (DayType.AFTER_HOLIDAY,):
        reader.take(following + 1)
        return PutOff.AFTER_HOLIDAY
    return None


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
    others = [span for span in earlier if span not in reader.clause_spans]
    if not reader.carved and any(not getattr(span, name) for span in others):
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
    elif _heads_days(reader, following):
        reader.headed = "admission"
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
    elif _heads_days(reader, following):
        reader.headed = "state"
        reader.modify("state", token.value)
    elif _is_of_others(reader):
        reader.leave()
    else:
        reader.take()
        _of_days(reader, token.start, token.end, state=token.value)
    return True


def _heads_days(reader: Reader, following: int) -> bool:
    """Tell whether it is a heading: 免费时段：周一至周五9:00-11:00."""
    is_headed = any(reader.kind_at(place) == Word.COLON for place in range(reader.place, following))
    return is_headed and read_days(reader.tokens, following) is not None


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
        if "生" in reader.source[frame.days.start : frame.days.end]:
            reader.warn("remark_of_which", frame.days.start, end)  # 学生寒暑假免费
        is_first = reader.last is None or reader.last.action != Action.PRICED
        is_heading = reader.kind_at(following) == Word.STOP and not _has_hours(reader) and is_first
        if is_heading and _is_time(reader, times):
            # 周二至周日免费开放，9:00-17:00: open days, whose times follow
            reader.emit(Action.OPEN, start, end)
            reader.emit(Action.PRICED, start, end, admission=admission, state=state)
            return
        reader.emit(Action.PRICED, start, end, admission=admission, state=state)
        return
    after = reader.outer[-1].after if reader.outer else None
    if after is not None and after.action == Action.EXTENDED:  # 延时开放至20:00（须预约）
        after.admission, after.state = admission or after.admission, state or after.state
        return
    if reader.last is not None and reader.last.action == Action.EXTENDED and reader.strength < 2:
        reader.warn("remark_of_which", start, end)
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
