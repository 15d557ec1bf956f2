"""Phrases that name days: 周二至周日, 法定节假日的周一, 每月最后一个周五, 2026年10月1日至8日."""

from collections.abc import Sequence
from dataclasses import replace

from venues.hours.model import Matcher, MatcherKind
from venues.hours.parse.days import Days
from venues.hours.parse.lunar import read_lunar
from venues.hours.parse.periods import YearDays, dated_days, is_dated, is_in, read_season, yearly_day
from venues.hours.parse.tokens import MOST_FILLERS, Token, kind_at, skip
from venues.hours.parse.weekdays import weekdays_between
from venues.hours.parse.words import Word

_STATUTORY_DAYS: dict[str, YearDays | Matcher] = {
    "new_year": YearDays((1, 1), (1, 1)),
    "labour_day": YearDays((5, 1), (5, 1)),
    "national_day": YearDays((10, 1), (10, 1)),
    "spring_festival": Matcher(MatcherKind.LUNAR_DAY, lunar_month=1, lunar_days=(1,)),
    "dragon_boat": Matcher(MatcherKind.LUNAR_DAY, lunar_month=5, lunar_days=(5,)),
    "mid_autumn": Matcher(MatcherKind.LUNAR_DAY, lunar_month=8, lunar_days=(15,)),
}

Read = tuple[Days, int]  # and the place of the token after it


def read_days(tokens: Sequence[Token], place: int, before: Days | None = None) -> Read | None:
    """Return the days named from `place` on, as far as 、 and 和 carry them; None when no phrase begins there.

    `before` are days that they explain: 春节（初一至初三）.
    """
    found = _item(tokens, place, before)
    if not found:
        return None
    days, place = found
    for _ in range(_MOST_ITEMS):
        following = place + (kind_at(tokens, place) == Word.AND)
        more = _item(tokens, following, days)
        if not more or (following == place and not _may_follow_directly(tokens, place, days, more[0])):
            return days, place
        days, place = days.joined(more[0]), more[1]
    return days, place


def _may_follow_directly(tokens: Sequence[Token], place: int, days: Days, more: Days) -> bool:
    """周六周日, 双休日节假日, 国庆节等节假日 need no mark; 每天 follows nothing, and no day comes twice."""
    is_next = 0 < place < len(tokens) and tokens[place].start == tokens[place - 1].end
    if is_next and days.are_named_holidays and tokens[place].kind == Word.SUCH:
        return True
    if not is_next or not days.weekdays or tokens[place].kind not in (Word.WEEKDAYS, Word.DAYS):
        return False
    return set(more.weekdays).isdisjoint(days.weekdays)


_LONGEST_LIST = 7
_MOST_ITEMS = 40


_LEADING = (Word.MEETS, Word.NOISE)


def _item(tokens: Sequence[Token], place: int, before: Days | None) -> Read | None:
    start = place
    place = skip(tokens, place, *_LEADING)
    each_month = place > start and any(_is_each(token) for token in tokens[start:place])
    kind = kind_at(tokens, place)
    read = _READERS.get(kind) if kind else None
    found = read(tokens, place, before, each_month) if read else None
    if not found:
        return None
    days, end = found
    if days.weekdays and any(token.value == "if" for token in tokens[start:place]):
        return None  # 如周一闭馆 is a condition, 如周一为节假日 are days
    return replace(days, start=tokens[place].start, end=tokens[end - 1].end), end


def _is_each(token: Token) -> bool:
    return token.kind == Word.MEETS or token.value == "each"


def _general(tokens: Sequence[Token], place: int, before: Days | None, each: bool) -> Read:
    """每天, 其余时间: what follows directly says it more precisely (平时周二至周日)."""
    general = Days(every=True) if tokens[place].kind == Word.EVERY_DAY else Days(rest=True)
    following = skip(tokens, place + 1, Word.EVERY_DAY)
    if kind_at(tokens, following) in (Word.WEEKDAYS, Word.DAYS):
        found = read_days(tokens, following)
        if found:
            return replace(found[0], rest=general.rest and not found[0].names_days), found[1]
    return general, following


def _weekdays(tokens: Sequence[Token], place: int, before: Days | None, each: bool) -> Read:
    days, place = _weekday_names(tokens, place)
    meets = skip(tokens, place, Word.MEETS)
    if meets > place and kind_at(tokens, meets) == Word.DAYS and tokens[meets].value.kind in _HOLIDAY_KINDS:
        narrowed = replace(tokens[meets].value, weekdays=days)
        return Days((narrowed,)), skip(tokens, meets + 1, Word.DURING)
    return Days((Matcher(MatcherKind.WEEKDAYS, weekdays=days),)), place


_HOLIDAY_KINDS = (MatcherKind.HOLIDAY, MatcherKind.DAY_TYPE, MatcherKind.VACATION)


def _weekday_names(tokens: Sequence[Token], place: int) -> tuple[tuple[int, ...], int]:
    """Return the weekdays of 周二 or 周二至周五, and where they end; lists are for `read_days`."""
    days = list(tokens[place].value)
    place += 1
    following = skip(tokens, place + 1, Word.NOISE)
    if kind_at(tokens, place) == Word.DASH and kind_at(tokens, following) == Word.WEEKDAYS:
        last, *more = tokens[following].value
        days += [*weekdays_between(days[-1], last), *more]
        place = following + 1
    return tuple(dict.fromkeys(days)), place


def _named(tokens: Sequence[Token], place: int, before: Days | None, each: bool) -> Read | None:
    """法定节假日, 春节期间, 元旦当天, 暑假的周六."""
    matcher, place = tokens[place].value, place + 1
    if kind_at(tokens, place) == Word.ON_THE_DAY and matcher.holidays:
        day = _STATUTORY_DAYS.get(matcher.holidays[0])
        if day is None:
            return None
        return _fixed_day(day), place + 1
    if matcher.kind == MatcherKind.TERM and matcher.weekdays:
        return Days((matcher,), doubt="class_days_assumed"), place
    span = explained_by(matcher, tokens, place)
    if span:
        return Days(yearly=(span[0],), doubt="year_missing"), span[1]
    place = skip(tokens, place, Word.DURING)
    return _narrowed((matcher,), tokens, place)


def _fixed_day(day: YearDays | Matcher) -> Days:
    return Days((day,)) if isinstance(day, Matcher) else Days(yearly=(day,))


def explained_by(matcher: Matcher, tokens: Sequence[Token], place: int) -> tuple[YearDays, int] | None:
    """Return the days of the year at `place` when they lie about the holiday: 国庆节10月1日至3日."""
    found = read_season(tokens, place) if kind_at(tokens, place) == Word.MONTH else None
    if not found or len(matcher.holidays) != 1:
        return None
    spans, around = found[0].spans, _ABOUT.get(matcher.holidays[0])
    if not around or len(spans) != 1 or not all(is_in(day, around) for day in spans[0]):
        return None
    return spans[0], found[1]


# Days that a holiday of a fixed date may be given off with it.
_ABOUT = {
    "new_year": YearDays((12, 28), (1, 5)),
    "labour_day": YearDays((4, 27), (5, 7)),
    "national_day": YearDays((9, 27), (10, 9)),
}


def _narrowed(matchers: tuple[Matcher, ...], tokens: Sequence[Token], place: int) -> Read:
    """Take the weekdays that follow directly, or after 的 or 逢, as those among the days named."""
    following = place
    while following - place < MOST_FILLERS and (
        kind_at(tokens, following) == Word.MEETS or _leads_to_weekdays(tokens, following, matchers[0])
    ):
        following += 1
    if kind_at(tokens, following) != Word.WEEKDAYS:
        if kind_at(tokens, following) == Word.EVERY_DAY:
            return Days(matchers, each_day=True), following + 1
        return Days(matchers), place
    days: tuple[int, ...] = ()
    while True:
        more, following = _weekday_names(tokens, following)
        days = (*days, *more)
        is_list = kind_at(tokens, following) == Word.AND
        if not is_list or kind_at(tokens, following + 1) != Word.WEEKDAYS:
            return Days(tuple(replace(each, weekdays=days) for each in matchers)), following
        following += 1


def _leads_to_weekdays(tokens: Sequence[Token], place: int, matcher: Matcher) -> bool:
    """暑假每周五 are its Fridays; 节假日每周一 are two things."""
    if kind_at(tokens, place) != Word.NOISE:
        return False
    return tokens[place].value == "of" or (
        tokens[place].value == "each" and matcher.kind != MatcherKind.HOLIDAY
    )


def _levels(tokens: Sequence[Token], place: int, before: Days | None, each: bool) -> Read | None:
    """中小学暑假, 小学、初中暑假, 高校学期中."""
    levels: list[str] = []
    while kind_at(tokens, place) == Word.LEVEL and len(levels) < _LONGEST_LIST:
        levels += tokens[place].value
        place += 1
        place += kind_at(tokens, place) == Word.AND and kind_at(tokens, place + 1) == Word.LEVEL
    if kind_at(tokens, place) != Word.DAYS or tokens[place].value.kind not in _SCHOOL_KINDS:
        return None
    matcher = replace(tokens[place].value, levels=tuple(dict.fromkeys(levels)))
    return _narrowed((matcher,), tokens, skip(tokens, place + 1, Word.DURING))


_SCHOOL_KINDS = (MatcherKind.VACATION, MatcherKind.TERM)


def _each_month(tokens: Sequence[Token], place: int, before: Days | None, each: bool) -> Read | None:
    place = skip(tokens, place + 1, Word.NOISE, Word.MEETS)
    if kind_at(tokens, place) == Word.NTH:
        return _nth(tokens, place)
    if kind_at(tokens, place) in (Word.LUNAR, Word.LUNAR_DAY):
        return read_lunar(tokens, place, before, True)
    return None


def _nth(tokens: Sequence[Token], place: int) -> Read | None:
    numbers: list[int] = []
    while kind_at(tokens, place) == Word.NTH and len(numbers) < _LONGEST_LIST:
        numbers += tokens[place].value
        place += 1
        place += kind_at(tokens, place) == Word.AND and kind_at(tokens, place + 1) == Word.NTH
    if kind_at(tokens, place) != Word.WEEKDAYS:
        return None
    days, place = _weekday_names(tokens, place)
    while kind_at(tokens, place) == Word.AND and kind_at(tokens, place + 1) == Word.WEEKDAYS:
        more, place = _weekday_names(tokens, place + 1)
        days = (*days, *more)
    return Days((Matcher(MatcherKind.NTH_WEEKDAY, weekdays=days, nth=tuple(dict.fromkeys(numbers))),)), place


def _dated(tokens: Sequence[Token], place: int, before: Days | None, each: bool) -> Read | None:
    if is_dated(tokens, place):
        found = dated_days(tokens, place)
        return _narrowed((found[0],), tokens, found[1]) if found else None
    single = yearly_day(tokens, place)
    return (Days(yearly=(single[0],)), skip(tokens, single[1], Word.ON_THE_DAY)) if single else None


_READERS = {
    Word.EVERY_DAY: _general,
    Word.THE_REST: _general,
    Word.WEEKDAYS: _weekdays,
    Word.DAYS: _named,
    Word.SUCH: _named,
    Word.LEVEL: _levels,
    Word.EVERY_MONTH: _each_month,
    Word.LUNAR: read_lunar,
    Word.LUNAR_MONTH: read_lunar,
    Word.LUNAR_DAY: read_lunar,
    Word.NEW_YEARS_EVE: read_lunar,
    Word.YEAR: _dated,
    Word.DATE: _dated,
    Word.EVERY_YEAR: _dated,
}
