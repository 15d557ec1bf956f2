"""What a statement is about: the part of the year, the days."""

from dataclasses import replace

from venues.hours.model import DayType, Matcher, MatcherKind
from venues.hours.parse.days import Days
from venues.hours.parse.periods import Season, read_season
from venues.hours.parse.phrases import explained_by, read_days
from venues.hours.parse.reader import Reader
from venues.hours.parse.statements import Action
from venues.hours.parse.usual import ordinary_weekdays
from venues.hours.parse.words import Word


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
    is_explaining = reader.kind(-1) == Word.OPENING and reader.outer
    explained = reader.outer[-1].days if is_explaining else None
    found = read_days(reader.tokens, reader.place, explained or _eve_before(reader))
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


def _eve_before(reader: Reader) -> Days | None:
    """除夕14:00闭馆，初一闭馆: the first day after the eve, and not of every month."""
    days = reader.last.days if reader.last else None
    is_alone = reader.kind() == Word.LUNAR_DAY and reader.kind(1) != Word.AND
    is_eve = days is not None and any(each.lunar_new_years_eve for each in days.matchers[-1:])
    return days if is_alone and is_eve else None


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
    else:
        _attach(reader, days)


def _attach(reader: Reader, days: Days) -> None:
    earlier = [each for each in reader.statements if each.area == reader.area]
    target = next((each for each in reversed(earlier) if each.action in (Action.CLOSED, Action.HOURS)), None)
    closings = [each for each in earlier if each.action == Action.CLOSED and each.names_days]
    special = reader.outer[-1].after if reader.outer else reader.last
    if special is not None and special.action in (Action.PRICED, Action.NO_REST, Action.EXTENDED):
        special.excepted.append(days)  # 每周二免费（法定节假日除外）, 全年无休（除夕除外）
    elif target is None:
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
    if not is_marked:
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
