"""Which days a matcher and a schedule are about, and which of two matchers is the more specific."""

from datetime import date, timedelta

from venues.hours.day_facts import DayFacts
from venues.hours.model import DayType, Matcher, MatcherKind, PutOff, Schedule

# What these match is announced year by year: in a year that is not confirmed, their answer may change.
ANNOUNCED_YEARLY = frozenset(
    {
        MatcherKind.DAY_TYPE,
        MatcherKind.HOLIDAY,
        MatcherKind.VACATION,
        MatcherKind.TERM,
        MatcherKind.PUT_OFF,
    }
)

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
    return 2 * rank + (matcher.kind in _NARROWED and bool(matcher.weekdays))


# The kinds that `weekdays` narrow; of the others weekdays are the point, or say nothing.
_NARROWED = frozenset(
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
    if matcher.kind in _NARROWED and matcher.weekdays and facts.weekday not in matcher.weekdays:
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
            return facts.weekday in matcher.weekdays and _is_nth_in_month(facts.date, matcher.nth)
        case MatcherKind.LUNAR_DAY:
            return _is_lunar_day(matcher, facts)
        case MatcherKind.VACATION:
            return _is_vacation(matcher, facts)
        case MatcherKind.TERM:
            return not _is_vacation(matcher, facts)
        case MatcherKind.PUT_OFF:
            return _makes_up_for_closing(matcher, facts)


def is_valid_on(schedule: Schedule, day: date) -> bool:
    """Tell whether the schedule holds on `day`, by its dates and by its season of the year."""
    if schedule.valid_from and day < schedule.valid_from:
        return False
    if schedule.valid_to and day > schedule.valid_to:
        return False
    if not (schedule.annual_from and schedule.annual_to):
        return True
    month_day = (day.month, day.day)
    if schedule.annual_from <= schedule.annual_to:
        return schedule.annual_from <= month_day <= schedule.annual_to
    return month_day >= schedule.annual_from or month_day <= schedule.annual_to


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


def _is_nth_in_month(day: date, nth: tuple[int, ...]) -> bool:
    is_last = (day + timedelta(days=7)).month != day.month
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
