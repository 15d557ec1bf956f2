"""Days of the lunar calendar: 每逢农历廿六, 除夕, 正月初一至初三, 腊月廿八至正月初六."""

from collections.abc import Sequence
from dataclasses import dataclass

from venues.hours.model import Matcher, MatcherKind
from venues.hours.parse.days import Days
from venues.hours.parse.tokens import Token, kind_at, skip
from venues.hours.parse.words import Word

_LAST_LUNAR_DAY = 30


@dataclass(frozen=True, slots=True)
class _LunarDay:
    """Month 0 is not told, day 0 is the eve of the new year."""

    month: int
    day: int


def read_lunar(
    tokens: Sequence[Token], place: int, before: Days | None, each: bool
) -> tuple[Days, int] | None:
    """每逢农历廿六, 农历初一、十五, 除夕, 正月初一至初三, 腊月廿八至正月初六."""
    said_lunar = kind_at(tokens, place) == Word.LUNAR
    known = _month_before(before)
    first = _lunar_day(tokens, place, known if not said_lunar or known else 0, said_lunar or bool(before))
    if not first:
        return None
    day, place = first
    if kind_at(tokens, place) == Word.DASH:
        month = day.month or (1 if not day.day else 0)
        last = _lunar_day(tokens, place + 1, month, True)
        if last and _comes_after(last[0], day):
            return _lunar_range(day, last[0]), last[1]
    days, doubt = [day], ""
    while kind_at(tokens, place) == Word.AND:
        more = _lunar_day(tokens, place + 1, days[-1].month or (0 if days[-1].day else 1), True)
        if not more or (more[0].month and more[0].month != days[-1].month and days[-1].day):
            break
        days.append(more[0])
        place = more[1]
    month = next((each_day.month for each_day in days if each_day.day), 0)
    numbers = tuple(each_day.day for each_day in days if each_day.day)
    is_monthly = each or (set(numbers) <= {1, 15} and (said_lunar or 15 in numbers))
    if numbers and not month and not is_monthly:
        doubt = "lunar_month_missing"
    matcher = Matcher(
        MatcherKind.LUNAR_DAY,
        lunar_month=month or None,
        lunar_days=numbers,
        lunar_new_years_eve=any(
            not each_day.day or (each_day.month, each_day.day) == (12, _LAST_LUNAR_DAY) for each_day in days
        ),
    )
    return Days((matcher,), doubt=doubt), place


def _month_before(before: Days | None) -> int:
    """初一 after 除夕 or 春节 is the first day of the year."""
    last = before.matchers[-1] if before and before.matchers else None
    if last and (last.lunar_new_years_eve or last.holidays[-1:] == ("spring_festival",)):
        return 1
    return last.lunar_month or 0 if last else 0


def _lunar_day(
    tokens: Sequence[Token], place: int, month: int, is_lunar: bool
) -> tuple[_LunarDay, int] | None:
    place = skip(tokens, place, Word.LUNAR) if is_lunar or kind_at(tokens, place) == Word.LUNAR else place
    if kind_at(tokens, place) == Word.NEW_YEARS_EVE:
        return _LunarDay(0, 0), skip(tokens, place + 1, Word.ON_THE_DAY)
    if kind_at(tokens, place) == Word.LUNAR_MONTH or (is_lunar and kind_at(tokens, place) == Word.MONTH):
        month, place = tokens[place].value, place + 1
        is_lunar = True
    kind = kind_at(tokens, place)
    if kind == Word.LUNAR_DAY or (is_lunar and kind in (Word.NUMBER, Word.MONTH_DAY)):
        day = tokens[place].value
        if 1 <= day <= _LAST_LUNAR_DAY:
            return _LunarDay(month, day), skip(tokens, place + 1, Word.ON_THE_DAY)
    return None


def _lunar_range(first: _LunarDay, last: _LunarDay) -> Days:
    if not first.day:  # from the eve on
        return Days((_lunar_matcher(1, 1, last.day, eve=True),))
    if first.month and last.month and first.month != last.month:
        return Days(
            (_lunar_matcher(first.month, first.day, _LAST_LUNAR_DAY), _lunar_matcher(last.month, 1, last.day))
        )
    if not last.day:
        return Days((_lunar_matcher(12, first.day, _LAST_LUNAR_DAY),))
    return Days(
        (_lunar_matcher(first.month, first.day, last.day),),
        doubt="" if first.month else "lunar_month_missing",
    )


def _comes_after(last: _LunarDay, first: _LunarDay) -> bool:
    is_same = not last.month or not first.month or last.month == first.month
    return not is_same or not first.day or not last.day or last.day > first.day


def _lunar_matcher(month: int, first: int, last: int, *, eve: bool = False) -> Matcher:
    days = tuple(range(first, last + 1))
    eve = eve or (month == 12 and last == _LAST_LUNAR_DAY)  # 腊月三十 is the eve, in short months too
    return Matcher(MatcherKind.LUNAR_DAY, lunar_month=month or None, lunar_days=days, lunar_new_years_eve=eve)
