"""Hours in English: plain and exact, en dashes in ranges, the 24-hour clock."""

from collections.abc import Mapping, Sequence
from datetime import date

from venues.hours.describe.outline import Clause
from venues.hours.model import (
    DAY_MINUTES,
    DayType,
    Effect,
    Kind,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    PutOff,
    Schedule,
    Session,
    State,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ORDINALS = {
    number: f"{number}{'th' if 10 < number < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
    for number in range(1, 31)
}
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
DAY_TYPES = {
    DayType.WORKDAY: "workdays",
    DayType.DAY_OFF: "days off",
    DayType.STATUTORY: "statutory holidays",
    DayType.MAKEUP_WORKDAY: "make-up workdays",
    DayType.EVE_OF_DAY_OFF: "eves of days off",
    DayType.EVE_OF_HOLIDAY: "eves of public holidays",
    DayType.AFTER_HOLIDAY: "first days after public holidays",
}
HOLIDAYS = {
    "new_year": "New Year holiday",
    "spring_festival": "Spring Festival holiday",
    "qingming": "Qingming holiday",
    "labour_day": "Labour Day holiday",
    "dragon_boat": "Dragon Boat holiday",
    "mid_autumn": "Mid-Autumn holiday",
    "national_day": "National Day holiday",
    "local": "other holidays",
}
VACATIONS = {"winter": "winter vacation", "summer": "summer vacation"}
LEVELS = {
    "primary": "primary school",
    "junior": "junior secondary school",
    "senior": "senior secondary school",
    "university": "university",
}
STATES = {State.BY_BOOKING: "by booking", State.SELF_SERVICE: "self-service", State.MEMBERS: "members only"}
KINDS = {Kind.STAGGERED: "staggered hours", Kind.EXTENDED: "extended hours"}
ADMISSIONS = {
    "free": "free",
    "discount": "discounted",
    "low_fee": "low fee",
    "paid": "paid",
    "mixed": "partly free",
}
SEASONS = {
    "春季": "Spring",
    "夏季": "Summer",
    "秋季": "Autumn",
    "冬季": "Winter",
    "夏令时": "Summer timetable",
    "冬令时": "Winter timetable",
    "旺季": "High season",
    "淡季": "Low season",
}
MODES = {Mode.BY_APPOINTMENT: "by appointment", Mode.UNKNOWN: "hours not known"}
PUT_OFF = {
    PutOff.NEXT_DAY: "day after a {} that is a public holiday",
    PutOff.AFTER_HOLIDAY: "first day after a public holiday that includes a {}",
}
LAYERS = {
    Layer.BASE: "Usual hours",
    Layer.SEASON: "Seasonal hours",
    Layer.HOLIDAY: "Special days",
    Layer.NOTICE: "As announced",
    Layer.EMERGENCY: "Emergency arrangements",
}


def area_line(name: str) -> str:
    """Return the line above the hours of an area."""
    return f"[{name}]"


def sentence(heading: str, clauses: Sequence[str]) -> str:
    """Return a schedule as one line."""
    told = "; ".join(clauses)
    return f"{heading}: {told}." if heading else f"{told[:1].upper()}{told[1:]}."


def heading(schedule: Schedule) -> str:
    """Summer (1 May to 30 September every year, from 1 July 2026); a name that is no season is quoted."""
    if schedule.layer == Layer.SEASON and schedule.label:
        name = SEASONS.get(schedule.label, f"“{schedule.label}”")
    else:
        name = LAYERS[schedule.layer] + (f" “{schedule.label}”" if schedule.label else "")
    bounds = [*_yearly(schedule), *_validity(schedule.valid_from, schedule.valid_to)]
    return name + (f" ({', '.join(bounds)})" if bounds else "")


def _yearly(schedule: Schedule) -> list[str]:
    if not (schedule.annual_from and schedule.annual_to):
        return []
    first, last = (f"{day} {MONTHS[month - 1]}" for month, day in (schedule.annual_from, schedule.annual_to))
    return [f"{first} every year" if first == last else f"{first} to {last} every year"]


def _validity(first: date | None, last: date | None) -> list[str]:
    if first and last:
        return [_period(first, last)]
    return [f"from {_date(first)}"] if first else [f"until {_date(last)}"] if last else []


def clause(told: Clause, names: Mapping[str, str]) -> str:
    """Return a rule as a clause: its days, and what happens on them."""
    rule = told.rule
    times = ", ".join(_session(session, names) for session in rule.sessions)
    if rule.effect == Effect.ADD:
        what = f"also open {times}"
    elif rule.effect == Effect.SUBTRACT:
        what = f"closed {times}"
    else:
        what = times or "closed"
    if told.except_holidays:
        what += " (except on public holidays)"
    comma = "," if _needs_comma(rule.matcher) else ""
    return f"{days(rule.matcher)}{comma} {what}" + (f" (note: {rule.label})" if rule.label else "")


def _needs_comma(matcher: Matcher) -> bool:
    """After a year a time would read as part of the date, after "a public holiday" as what that one has."""
    is_dates = matcher.kind == MatcherKind.DATES and not matcher.weekdays
    return is_dates or matcher.kind == MatcherKind.PUT_OFF


def _session(session: Session, names: Mapping[str, str]) -> str:
    """9:00–17:00 (last entry 16:30, extended hours, free)"""
    remarks = [
        f"last entry {_clock(session.last_entry)}" if session.last_entry is not None else "",
        STATES.get(session.state, ""),
        KINDS.get(session.kind, ""),
        ADMISSIONS.get(session.admission, ""),
        f"for {names.get(session.audience, session.audience)}" if session.audience else "",
        f"condition: {session.condition}" if session.condition else "",
    ]
    told = ", ".join(remark for remark in remarks if remark)
    return _times(session) + (f" ({told})" if told else "")


def _times(session: Session) -> str:
    if (session.opens, session.closes) == (0, DAY_MINUTES):
        return "around the clock"
    return f"{_clock(session.opens)}–{_clock(session.closes)}"


def _clock(minutes: int) -> str:
    """9:00, 24:00, 2:00 next day."""
    next_day = minutes > DAY_MINUTES
    hour, minute = divmod(minutes - next_day * DAY_MINUTES, 60)
    return f"{hour}:{minute:02}{' next day' if next_day else ''}"


# ---------------------------------------------------------------------------------------------------
# Days


def days(matcher: Matcher) -> str:
    """Return the days of a matcher: daily, public holidays falling on Monday, the 26th of every lunar month."""
    match matcher.kind:
        case MatcherKind.EVERY_DAY:
            return "daily"
        case MatcherKind.WEEKDAYS:
            return _weekdays(matcher.weekdays)
        case MatcherKind.NTH_WEEKDAY:
            nth = _listed([NTH[number] for number in matcher.nth])
            return f"{nth} {_listed_weekdays(matcher.weekdays)} of every month"
        case MatcherKind.PUT_OFF:
            return PUT_OFF[matcher.put_off_to].format(_listed_weekdays(matcher.weekdays, "or"))
    if not matcher.weekdays:
        return _whole(matcher)
    joined = ", " if _is_period(matcher) else " falling on "
    return f"{_whole(matcher)}{joined}{_weekdays(matcher.weekdays)}"


def _is_period(matcher: Matcher) -> bool:
    """A period has weekdays, while a single day falls on one."""
    if matcher.kind == MatcherKind.HOLIDAY:
        return bool(matcher.holidays)
    return matcher.kind in (MatcherKind.DATES, MatcherKind.VACATION, MatcherKind.TERM)


def _whole(matcher: Matcher) -> str:
    """Return the days before weekdays narrow them."""
    match matcher.kind:
        case MatcherKind.DAY_TYPE:
            return _listed([DAY_TYPES[day_type] for day_type in matcher.day_types])
        case MatcherKind.HOLIDAY:
            return _listed([HOLIDAYS.get(code, code) for code in matcher.holidays]) or "public holidays"
        case MatcherKind.LUNAR_DAY:
            return _lunar_days(matcher)
        case MatcherKind.DATES if matcher.first:
            return _period(matcher.first, matcher.last)
    levels = _listed([LEVELS.get(level, level) for level in matcher.levels])
    if matcher.kind == MatcherKind.TERM:
        return f"{levels} term time".strip()
    if len(set(matcher.vacations)) == 1:
        return f"{levels} {VACATIONS.get(matcher.vacations[0], '')}".strip()
    return f"{levels or 'school'} vacations"


def _weekdays(weekdays: Sequence[int]) -> str:
    named = sorted(set(weekdays))
    if len(named) > 2 and named[-1] - named[0] == len(named) - 1:
        return f"{WEEKDAYS[named[0]]} to {WEEKDAYS[named[-1]]}"
    return _listed_weekdays(weekdays)


def _listed_weekdays(weekdays: Sequence[int], word: str = "and") -> str:
    return _listed([WEEKDAYS[day] for day in weekdays], word)


def _lunar_days(matcher: Matcher) -> str:
    parts = ["Lunar New Year’s Eve"] if matcher.lunar_new_years_eve else []
    if matcher.lunar_days:
        numbers = _listed([ORDINALS[day] for day in matcher.lunar_days])
        month = f"the {ORDINALS[matcher.lunar_month]}" if matcher.lunar_month else "every"
        parts.append(f"the {numbers} of {month} lunar month")
    return _listed(parts)


def _period(first: date, last: date | None) -> str:
    if last is None:
        return f"from {_date(first)}"
    if first == last:
        return _date(first)
    return f"{_start(first, last)} to {_date(last)}"


def _start(first: date, last: date) -> str:
    """Return the first day of a period, without what it has in common with the last."""
    if first.year != last.year:
        return _date(first)
    return str(first.day) if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"


def _date(day: date | None) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def _listed(words: Sequence[str], word: str = "and") -> str:
    return f" {word} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
