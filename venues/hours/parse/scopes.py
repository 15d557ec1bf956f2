"""What a statement is about: the part of the venue, the part of the year, the days."""

from dataclasses import replace

from venues.hours.model import DayType, Matcher, MatcherKind
from venues.hours.parse.days import Days
from venues.hours.parse.periods import Season, read_season
from venues.hours.parse.phrases import explained_by, read_days
from venues.hours.parse.reader import Frame, Reader
from venues.hours.parse.statements import Action
from venues.hours.parse.usual import ordinary_weekdays
from venues.hours.parse.words import Word

_NAME_ENDS = frozenset("厅馆室区楼层部园场池塔亭廊店屋房堂处院站吧")
_NOT_IN_NAMES = frozenset("因不除未已将请如若仅只限需须可凭遇按视周日月年号")
_REMAINING = ("其他", "其余", "其它", "其餘")
_NO_NAMES = ("专场", "现场", "早场", "日场", "一场", "本场")
_SHORTEST_NAME, _LONGEST_NAME = 2, 20
_AFTER_NAME = frozenset(
    {
        Word.COLON,
        Word.LABEL,
        Word.TIME,
        Word.PERIOD,
        Word.ALL_DAY,
        Word.WEEKDAYS,
        Word.EVERY_DAY,
        Word.DAYS,
        Word.SEASON,
        Word.MONTH,
        Word.OPENS_AT,
        Word.CLOSED,
        Word.CLOSING,
        Word.OPEN,
        Word.STATE,
        Word.ADMISSION,
        Word.NOISE,
        Word.OPENING,
        Word.KIND,
        Word.MEETS,
    }
)


def read_area(reader: Reader) -> bool:
    """Read the name of a part of the venue where one begins: 一楼自习区, 儿童馆：, 【展厅】."""
    if not _begins_clause(reader):
        return False
    place = reader.place
    if reader.kind() == Word.ALL_DAY and reader.kind(1) not in (
        Word.STATE,
        Word.PART,
        Word.VENUE,
        Word.UNKNOWN,
    ):
        return False
    kinds = {Word.UNKNOWN, Word.PART, Word.VENUE, Word.NUMBER, Word.THE_REST}
    while (
        reader.kind_at(place) in kinds
        or (place == reader.place and reader.kind_at(place) == Word.ALL_DAY)
        or (place > reader.place - 1 and _is_self_service(reader, place))
    ):
        if place > reader.place and reader.tokens[place].start != reader.tokens[place - 1].end:
            break
        place += 1
    if place == reader.place or reader.kind_at(place) not in _AFTER_NAME:
        return False
    start, end = reader.span_of(reader.place, place)
    name = reader.source[start:end]
    if name.startswith(_REMAINING) and not reader.areas:
        return False
    last = reader.tokens[place - 1].kind
    is_name = last in (Word.PART, Word.VENUE) or (
        last == Word.UNKNOWN and name[-1] in _NAME_ENDS and not name.endswith(_NO_NAMES)
    )
    if not is_name or not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME or not _NOT_IN_NAMES.isdisjoint(name):
        return False
    reader.take(place)
    reader.area = "" if name.startswith(_REMAINING) else name
    if last == Word.VENUE:
        reader.venue_names.add(name)
    if reader.area:
        reader.areas.setdefault(name, (start, end))
    reader.season = None
    reader.frame = Frame(kind=reader.frame.kind, also=reader.frame.also, area_is_new=True)
    return True


def _is_self_service(reader: Reader, place: int) -> bool:
    """自助 belongs to a name when the name goes on: 24小时自助图书馆."""
    return reader.kind_at(place) == Word.STATE and reader.kind_at(place + 1) in (Word.PART, Word.VENUE)


def _begins_clause(reader: Reader) -> bool:
    if reader.place == 0:
        return True
    before = reader.tokens[reader.place - 1]
    return before.kind in (Word.STOP, Word.OPENING, Word.CLOSING)


def read_season_scope(reader: Reader) -> bool:
    """Read a part of the year: it holds for the statements after it, or for the hours right before it."""
    found = read_season(reader.tokens, reader.place)
    if not found:
        return False
    season, end = found
    if _explains_holiday(reader):
        reader.take(end)
        return True
    outer_days = reader.outer[-1].days if reader.outer else None
    if outer_days and [matcher.kind for matcher in outer_days.matchers] == [MatcherKind.VACATION]:
        reader.take(end)  # 暑期（7-8月） is a season
        reader.outer[-1].days = None
        reader.name_season(replace(season, is_certain=True))
        return True
    if reader.outer and reader.frame.season_is_new and reader.season:
        season = _refined(reader.season, season)  # 夏季（5月1日至9月30日）
        reader.unused_season = None
    elif reader.outer and reader.outer[-1].season_is_new and reader.season and not reader.frame.season_is_new:
        season = _refined(reader.season, season)
        reader.take(end)
        reader.season = reader.unused_season = season
        return True
    last = reader.last
    is_after_hours = last is not None and reader.strength == 0 and not reader.frame.days
    if (
        last is not None
        and is_after_hours
        and last.action == Action.HOURS
        and reader.kind_at(end) in (Word.CLOSING, None)
        and not last.introduces_season
    ):
        last.season, last.introduces_season, last.is_closed = season, True, True  # 8:30-17:30（夏季）
        reader.take(end)
        return True
    before = reader.kind(-1)
    reader.take(end)
    if before not in _BEFORE_SEASON and reader.kind() in (Word.STOP, Word.CLOSING, None):
        reader.reject("season_without_hours", season.start, season.end)
        return True
    reader.name_season(season)
    return True


_BEFORE_SEASON = (None, Word.STOP, Word.OPENING, Word.CLOSING, Word.COLON, Word.LABEL, Word.NOISE, Word.AND)


def _explains_holiday(reader: Reader) -> bool:
    """国庆节（10月1日至7日） is the holiday."""
    days = reader.outer[-1].days if reader.outer else None
    return bool(days and days.matchers and explained_by(days.matchers[-1], reader.tokens, reader.place))


def _refined(named: Season, dated: Season) -> Season:
    """Put the name and the days of a season together, whichever stands in the brackets."""
    return replace(
        named,
        names=named.names or dated.names,
        spans=dated.spans or named.spans,
        is_certain=True,
        end=max(named.end, dated.end),
    )


def read_days_scope(reader: Reader) -> bool:
    """Read days: they wait for what is said of them, or belong to an exception."""
    found = read_days(reader.tokens, reader.place)
    if not found:
        return False
    days, end = found
    frame = reader.frame
    if reader.kind_at(end) in (Word.AFTERWARDS, Word.BEFORE) and reader.tokens[end].start == days.end:
        reader.place = end + 1  # 春节后 is not 春节
        reader.occasion = days.start
        return True
    if frame.is_postfix:
        settle_days(reader)
    is_marked = reader.kind(-1) in _MARKS
    reader.take(end)
    frame = reader.frame
    following = reader.skip(end, Word.NOISE)
    if reader.kind_at(following) == Word.EXCEPT:
        reader.take(following + 1)
        _except(reader, days)
        return True
    if _only_date_since(days) and reader.kind() != Word.CLOSED:
        reader.valid_from = days.matchers[0].first
        return True
    if _is_heading(reader, days):
        reader.heading = days
        reader.frame.closing_days = _is_day_off(days)
        return True
    days = _under_heading(reader, days)
    if days.rest and not days.names_days:
        _end_scopes(reader)
    last = reader.last
    if frame.days is None:
        frame.is_postfix = (
            last is not None
            and last.action == Action.HOURS
            and last.days is None
            and reader.strength == 0
            and not frame.season_is_new
            and (bool(reader.outer) or all(map(ordinary_weekdays, days.matchers)))
        )
        frame.is_dangling = last is not None and not is_marked and reader.strength == 0
        frame.days = days
    elif not days.names_days:
        pass  # 周二至周日，每日9:00
    elif not frame.days.names_days:
        frame.days = days
    else:
        frame.days = _joined(reader, frame.days, days, is_marked=is_marked)
    return True


_MARKS = (None, Word.STOP, Word.AND, Word.OPENING, Word.CLOSING, Word.COLON, Word.LABEL)


def _is_heading(reader: Reader, days: Days) -> bool:
    """学期中：周一至周五… and 周二至周日：夏季… head the clauses after them; 休息日：周一 tells when it is closed."""
    if reader.kind() != Word.COLON:
        return False
    following = reader.kind(1)
    kinds = {matcher.kind for matcher in days.matchers}
    if following in (Word.WEEKDAYS, Word.EVERY_DAY, Word.NOISE) and len(days.matchers) == 1:
        return kinds.isdisjoint({MatcherKind.WEEKDAYS, MatcherKind.EVERY_DAY})
    return following in (Word.SEASON, Word.MONTH) and days.names_days


def _is_day_off(days: Days) -> bool:
    return days.matchers[0].day_types == (DayType.DAY_OFF,)


def _end_scopes(reader: Reader) -> None:
    """平时 and 其余时间 are about the rest of the year, unless the season had days of its own before."""
    reader.give_back_unused(all_kinds=True)
    last = reader.last
    if last is None or not last.names_days or last.season != reader.season:
        reader.season = None
        reader.frame.season_is_new = False


def _under_heading(reader: Reader, days: Days) -> Days:
    """Return the weekdays as those of the heading: 学期中：周一至周五."""
    heading = reader.heading
    if heading is None or not days.weekdays:
        reader.heading = None if days.names_days else heading
        return days
    if heading.weekdays:
        reader.heading = None
        return days
    if _is_day_off(heading) and reader.frame.closing_days:
        reader.heading = None
        return days
    narrowed = tuple(replace(matcher, weekdays=days.weekdays) for matcher in heading.matchers)
    return replace(days, matchers=narrowed)


def _only_date_since(days: Days) -> bool:
    only = days.matchers[0] if len(days.matchers) == 1 else Matcher()
    return only.kind == MatcherKind.DATES and only.last is None


def _except(reader: Reader, days: Days) -> None:
    """Take the days as an exception to what waits, to the bracketed days before, or to the last statement."""
    if reader.frame.days:
        reader.frame.excepted.append(days)  # 周一、法定节假日除外 … of days that still wait
    elif reader.outer and reader.outer[-1].days and not reader.outer[-1].is_postfix:
        reader.outer[-1].excepted.append(days)
    elif reader.outer and reader.outer[-1].after is not None:
        _attach(reader, days, reader.outer[-1].after)
    else:
        _attach(reader, days, reader.last)


def _attach(reader: Reader, days: Days, statement: object) -> None:
    earlier = [each for each in reader.statements if each.area == reader.area]
    target = next((each for each in reversed(earlier) if each.action in (Action.CLOSED, Action.HOURS)), None)
    closings = [each for each in earlier if each.action == Action.CLOSED and each.names_days]
    if target is None:
        reader.reject("exception_to_nothing", days.start, days.end)
    elif target.action == Action.HOURS and closings and _is_holiday(days):
        reader.reject("exception_unclear", days.start, days.end)
    else:
        target.excepted.append(days)


def _is_holiday(days: Days) -> bool:
    return any(matcher.kind == MatcherKind.HOLIDAY for matcher in days.matchers)


def read_besides(reader: Reader) -> bool:
    """Read 除周一外 and 除法定节假日以外: an exception to what follows, or at the end to what went before."""
    found = read_days(reader.tokens, reader.place + 1)
    if not found:
        reader.leave()
        return True
    days, end = found
    if reader.kind_at(end) not in (Word.OUTSIDE, Word.EXCEPT):
        reader.leave()
        return True
    reader.take(end + 1)
    following = reader.skip(reader.place, Word.CLOSING)
    kind = reader.kind_at(following)
    if following > reader.place or kind is None or (kind == Word.STOP and reader.tokens[following].value > 1):
        _except(reader, days)
    else:
        reader.frame.excepted.append(days)
    return True


def _joined(reader: Reader, before: Days, days: Days, *, is_marked: bool) -> Days:
    """Return days that a comma joins; 暑假期间，每周五 are its Fridays, and days without a mark a doubt."""
    kinds = {matcher.kind for matcher in before.matchers}
    if len(before.matchers) == 1 and kinds <= _PERIODS and days.weekdays and not before.matchers[0].weekdays:
        reader.warn("days_unclear", before.start, days.end)
        narrowed = replace(before.matchers[0], weekdays=days.weekdays)
        return replace(before, matchers=(narrowed,), end=days.end)
    if not is_marked and not (kinds == {MatcherKind.HOLIDAY} and _is_holiday(days)):
        reader.warn("days_unclear", before.start, days.end)
    return before.joined(days)


_PERIODS = {MatcherKind.VACATION, MatcherKind.TERM, MatcherKind.DATES}


_MOST_STOPS = 5  # at the end of a text


def settle_last_days(reader: Reader) -> None:
    """Days at the very end are those of the only hours of the text: 9:00-17:00，周一至周五."""
    days, last = reader.frame.days, reader.last
    is_only = last is not None and len(reader.statements) == 1 and last.action == Action.HOURS
    is_end = days is not None and all(
        token.kind == Word.STOP for token in reader.tokens[-_MOST_STOPS:] if token.start >= days.end
    )
    if is_end and days and is_only and last is not None and last.days is None and not reader.frame.excepted:
        last.days, last.is_closed = days, True
        reader.frame.days = None


def settle_days(reader: Reader) -> None:
    """At the end of a clause or bracket, give days that still wait to the hours right before them."""
    frame, last = reader.frame, reader.last
    if frame.days is None:
        return
    if frame.is_open:
        reader.emit(Action.OPEN, frame.days.start, frame.days.end)
    elif frame.includes:
        reader.emit(Action.AS_USUAL, frame.days.start, frame.days.end)
    elif frame.closing_days:
        frame.unused.pop("closing_days", None)
        reader.emit(Action.CLOSED, frame.days.start, frame.days.end)
    elif frame.is_dangling and not frame.is_postfix and reader.kind() == Word.STOP:
        reader.reject("days_without_hours", frame.days.start, frame.days.end)  # 9:00-17:00除夕，…
        frame.days = None
    elif frame.is_postfix and last is not None:
        last.days, last.is_closed = replace(frame.days), True
        frame.days, frame.is_postfix = None, False
