"""Which days a matcher and a schedule are about, and which of two matchers is the more specific."""

from datetime import date, timedelta

from venues.hours.day_facts import DayFacts
from venues.hours.model import DayType, Matcher, MatcherKind, Schedule

# Inside a layer the rule with the higher number decides; equal numbers with different results conflict.
SPECIFICITY = {
    MatcherKind.DATES: 4,
    MatcherKind.HOLIDAY: 3,
    MatcherKind.LUNAR_DAY: 3,
    MatcherKind.NTH_WEEKDAY: 3,
    MatcherKind.DAY_TYPE: 2,
    MatcherKind.VACATION: 2,
    MatcherKind.WEEKDAYS: 1,
    MatcherKind.EVERY_DAY: 0,
}

# What these match is announced year by year: in a year that is not confirmed, their answer may change.
ANNOUNCED_YEARLY = frozenset({MatcherKind.DAY_TYPE, MatcherKind.HOLIDAY, MatcherKind.VACATION})


def matches(matcher: Matcher, facts: DayFacts) -> bool:
    """Tell whether the day of `facts` is one of the matcher's days."""
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
            return bool(facts.vacation) and (not matcher.vacations or facts.vacation in matcher.vacations)


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
        case _:
            return facts.day_type == day_type


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
