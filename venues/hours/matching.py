"""Which days a matcher and a schedule are about, and which of two matchers is the more specific."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from venues.hours.day_facts import DayFacts
from venues.hours.model import DayType, Matcher, MatcherKind, PutOff, Schedule

Period = tuple[date, date]  # the first and the last day
ONE_DAY = timedelta(days=1)

_SPECIFICITY = {
    MatcherKind.DATES: 9,
    MatcherKind.PUT_OFF: 8,
    MatcherKind.LUNAR_DAY: 5,
    MatcherKind.HOLIDAY: 5,
    MatcherKind.NTH_WEEKDAY: 5,
    MatcherKind.DAY_TYPE: 3,
    MatcherKind.VACATION: 3,
    MatcherKind.TERM: 2,
    MatcherKind.WEEKDAYS: 1,
    MatcherKind.EVERY_DAY: 0,
}
_NAMED_LUNAR_DAY, _NAMED_HOLIDAY, _STATUTORY_DAY, _RARE_DAY = 7, 6, 6, 4
_WHOLE_CLASSES = frozenset({DayType.WORKDAY, DayType.DAY_OFF})


def specificity(matcher: Matcher) -> int:
    """Return how narrow the matcher is: inside a layer the highest number decides, equal ones may conflict.

    dates > a put-off closing > a day of a lunar month (除夕, 初一) > a named holiday, statutory days > any
    holiday, a lunar day of every month, nth weekdays > make-up workdays, eves, days after > workdays, days off,
    vacations > term > weekdays > every day. What is narrowed by weekdays comes before the same without.
    """
    rank = _SPECIFICITY[matcher.kind]
    if matcher.kind == MatcherKind.LUNAR_DAY and (matcher.lunar_month or matcher.lunar_new_years_eve):
        rank = _NAMED_LUNAR_DAY
    elif matcher.kind == MatcherKind.HOLIDAY and matcher.holidays:
        rank = _NAMED_HOLIDAY
    elif matcher.kind == MatcherKind.DAY_TYPE and _WHOLE_CLASSES.isdisjoint(matcher.day_types):
        rank = _STATUTORY_DAY if DayType.STATUTORY in matcher.day_types else _RARE_DAY
    return 2 * rank + (matcher.kind in NARROWED and bool(matcher.weekdays))


# The kinds that `weekdays` narrow; of the others weekdays are the point, or say nothing.
NARROWED = frozenset(
    {
        MatcherKind.DATES,
        MatcherKind.HOLIDAY,
        MatcherKind.DAY_TYPE,
        MatcherKind.LUNAR_DAY,
        MatcherKind.VACATION,
        MatcherKind.TERM,
    }
)


def matches(matcher: Matcher, facts: DayFacts) -> bool:
    """Tell whether the day of `facts` is one of the matcher's days."""
    if matcher.kind in NARROWED and matcher.weekdays and facts.weekday not in matcher.weekdays:
        return False
    match matcher.kind:
        case MatcherKind.EVERY_DAY:
            return True
        case MatcherKind.WEEKDAYS:
            return facts.weekday in matcher.weekdays
        case MatcherKind.DATES:
            return _is_between(facts.date, matcher.first, matcher.last)
        case MatcherKind.DAY_TYPE:
            return any(_is_of_type(facts, day_type) for day_type in matcher.day_types)
        case MatcherKind.HOLIDAY:
            return bool(facts.holiday) and (not matcher.holidays or facts.holiday in matcher.holidays)
        case MatcherKind.NTH_WEEKDAY:
            return facts.weekday in matcher.weekdays and is_nth_in_month(facts.date, matcher.nth)
        case MatcherKind.LUNAR_DAY:
            return _is_lunar_day(matcher, facts)
        case MatcherKind.VACATION:
            return _is_vacation(matcher, facts)
        case MatcherKind.TERM:
            return not _is_vacation(matcher, facts)
        case MatcherKind.PUT_OFF:
            return _makes_up_for_closing(matcher, facts)


def _is_between(day: date, first: date | None, last: date | None) -> bool:
    """A range without a first day is a mistake that validation reports; it matches nothing."""
    return first is not None and first <= day and (last is None or day <= last)


def _is_of_type(facts: DayFacts, day_type: DayType) -> bool:
    match day_type:
        case DayType.STATUTORY:
            return facts.is_statutory
        case DayType.MAKEUP_WORKDAY:
            return facts.is_makeup_workday
        case DayType.EVE_OF_DAY_OFF:
            return facts.is_eve_of_day_off
        case DayType.EVE_OF_HOLIDAY:
            return facts.is_eve_of_holiday
        case DayType.AFTER_HOLIDAY:
            return bool(facts.ended_holiday)
        case _:
            return facts.day_type == day_type


def _is_vacation(matcher: Matcher, facts: DayFacts) -> bool:
    """A vacation without a level is one of all schools; a rule without one is not about universities."""
    return any(
        (not matcher.vacations or kind in matcher.vacations)
        and (not level or (level in matcher.levels if matcher.levels else level != "university"))
        for kind, level in facts.vacations
    )


def _makes_up_for_closing(matcher: Matcher, facts: DayFacts) -> bool:
    if matcher.put_off_to == PutOff.NEXT_DAY:
        return facts.follows_holiday and (facts.weekday - 1) % 7 in matcher.weekdays
    return not set(matcher.weekdays).isdisjoint(facts.ended_holiday)


def is_nth_in_month(day: date, nth: tuple[int, ...]) -> bool:
    """Tell whether the weekday of `day` is one of the `nth` (1–5, -1 = last) of its month."""
    is_last = (day + 7 * ONE_DAY).month != day.month
    return (day.day - 1) // 7 + 1 in nth or (is_last and -1 in nth)


def _is_lunar_day(matcher: Matcher, facts: DayFacts) -> bool:
    """A named month means that month itself; every month includes a leap month."""
    if matcher.lunar_new_years_eve and facts.is_lunar_new_years_eve:
        return True
    if facts.lunar_day not in matcher.lunar_days:
        return False
    if matcher.lunar_month is None:
        return True
    return facts.lunar_month == matcher.lunar_month and not facts.lunar_is_leap


# ---------------------------------------------------------------------------------------------------
# What an answer rests on

_YESTERDAY, _TODAY, _TOMORROW = -1, 0, 1
_SCHOOLS = ("primary", "junior", "senior")
_LOOKS_AHEAD = frozenset({DayType.EVE_OF_DAY_OFF, DayType.EVE_OF_HOLIDAY})


def attributes_read(matcher: Matcher) -> tuple[str, ...]:
    """Return the attributes of `DayFacts` on which `matches` and its doubt depend, beside date and weekday.

    Two days between which neither these nor the weekday nor `known_ahead` tell a difference are both named
    by the matcher, or neither is.
    """
    return _ATTRIBUTES.get(matcher.kind, ())


_ATTRIBUTES = {
    MatcherKind.DAY_TYPE: (
        "day_type",
        "is_statutory",
        "is_makeup_workday",
        "is_eve_of_day_off",
        "is_eve_of_holiday",
        "ended_holiday",
    ),
    MatcherKind.HOLIDAY: ("holiday",),
    MatcherKind.LUNAR_DAY: ("lunar_month", "lunar_day", "lunar_is_leap", "is_lunar_new_years_eve"),
    MatcherKind.VACATION: ("vacations", "unknown_vacations"),
    MatcherKind.TERM: ("vacations", "unknown_vacations"),
    MatcherKind.PUT_OFF: ("follows_holiday", "ended_holiday"),
}


def announced(matcher: Matcher) -> frozenset[int | str]:
    """Return what the matcher asks about that is announced year by year: days, 0 is the day itself, and schools.

    An eve asks about the day after (1), and what comes after a holiday about the day before (-1). Where one
    of them lies in a year that is not confirmed, the answer may change; so it may where nobody has entered
    the vacations of one of the schools' levels.
    """
    match matcher.kind:
        case MatcherKind.VACATION | MatcherKind.TERM:
            return frozenset(matcher.levels or _SCHOOLS)
        case MatcherKind.HOLIDAY:
            return frozenset({_TODAY})
        case MatcherKind.PUT_OFF:
            return frozenset({_TODAY, _YESTERDAY})
        case MatcherKind.DAY_TYPE:
            asked = {_TODAY}
            if not _LOOKS_AHEAD.isdisjoint(matcher.day_types):
                asked.add(_TOMORROW)
            if DayType.AFTER_HOLIDAY in matcher.day_types:
                asked.add(_YESTERDAY)
            return frozenset(asked)
    return frozenset()


# ---------------------------------------------------------------------------------------------------
# What is known ahead, whatever the city announces


def is_known_ahead(matcher: Matcher) -> bool:
    """Tell whether the plain calendar alone limits the matcher's days: they can be listed ahead."""
    return matcher.kind in _LISTED


def known_ahead(matcher: Matcher, first: date, last: date) -> list[Period]:
    """Return the periods from `first` to `last` outside of which the matcher names no day; weekdays apart."""
    found = _LISTED.get(matcher.kind)
    return found(matcher, first, last) if found else [(first, last)]


def _dates(matcher: Matcher, first: date, last: date) -> list[Period]:
    if matcher.first is None:
        return []
    start, end = max(matcher.first, first), min(matcher.last or last, last)
    return [(start, end)] if start <= end else []


def _nth_weekdays(matcher: Matcher, first: date, last: date) -> list[Period]:
    days = (first + number * ONE_DAY for number in range((last - first).days + 1))
    return [
        (day, day) for day in days if day.weekday() in matcher.weekdays and is_nth_in_month(day, matcher.nth)
    ]


_LISTED: dict[MatcherKind, Callable[[Matcher, date, date], list[Period]]] = {
    MatcherKind.DATES: _dates,
    MatcherKind.NTH_WEEKDAY: _nth_weekdays,
}


def is_valid_on(schedule: Schedule, day: date) -> bool:
    """Tell whether the schedule holds on `day`, by its dates and by its season of the year."""
    return bool(valid_periods(schedule, day, day))


def valid_periods(schedule: Schedule, first: date, last: date) -> list[Period]:
    """Return the periods from `first` to `last` in which the schedule holds, earliest first."""
    first, last = max(schedule.valid_from or first, first), min(schedule.valid_to or last, last)
    if first > last:
        return []
    if not (schedule.annual_from and schedule.annual_to):
        return [(first, last)]
    wraps = schedule.annual_from > schedule.annual_to
    month, day = schedule.annual_to
    seasons = [
        (
            _first_day_from(year, schedule.annual_from),
            _first_day_from(year + wraps, (month, day + 1)) - ONE_DAY,
        )
        for year in range(first.year - wraps, last.year + 1)
    ]
    held = ((max(start, first), min(end, last)) for start, end in seasons)
    return [(start, end) for start, end in held if start <= end]


def _first_day_from(year: int, month_day: tuple[int, int]) -> date:
    """Return the first day from (month, day) on; 29 February of a common year is the 1st of March."""
    month, day = month_day
    if not 1 <= month <= 12:
        return date(year + (month > 12), 1, 1)
    if day > monthrange(year, month)[1]:
        return date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, max(day, 1))
