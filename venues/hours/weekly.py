"""How long a venue is open: in an ordinary week, of which staggered and extended, and on how many days a year.

Sums are made over resolved days, without notices: what the venue has promised for good. Minutes in which several
areas are open count once. Areas that are not for the general public and hours for members do not count;
self-service, hours by booking and hours of a group do. Hours past midnight count with the week in which they begin.

An *ordinary week* runs from Monday to Sunday and has no day off of a holiday, no day after one and no make-up
workday. Of all ordinary weeks of a year the one in the middle stands for the venue: lunar closings and short
seasons do not move it, and of two seasons of equal length the shorter week counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from venues.hours.day_facts import Calendar
from venues.hours.model import DAY_MINUTES, Day, DayStatus, Kind, Layer, Mode, State, VenueHours
from venues.hours.resolve import resolve_days

YEAR_DAYS = 365
WEEK_DAYS = 7
WEEKEND = (5, 6)
# When most people work (《公共文化体育设施条例》 Art. 17 asks for other hours too): 8:00–12:00, 14:30–17:30.
WORKING_HOURS = ((480, 720), (870, 1050))

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sums:
    """How long a venue is open, in minutes.

    week              the ordinary week in the middle; `least` and `most` of all ordinary weeks
    staggered         minutes of `week` in which only 错时 hours are open; `extended` the same of 延时
    workday           a mean workday (Monday to Friday) on which it opens
    weekend_day       a mean Saturday or Sunday on which it opens
    shortest_day_off  the shorter of a mean Saturday and a mean Sunday, closed ones included
    outside_work      what of `week` lies on workdays outside `WORKING_HOURS`
    closed_weekdays   the days (0 = Monday) on which it is closed in `week`
    open_days         days of the year on which it opens at all
    """

    week: int
    least: int
    most: int
    staggered: int
    extended: int
    workday: int
    weekend_day: int
    shortest_day_off: int
    outside_work: int
    closed_weekdays: tuple[int, ...]
    open_days: int


def weekly_minutes(days: Iterable[Day], kinds: Collection[Kind] = tuple(Kind)) -> int:
    """Return in how many minutes of `days` (of any areas) something is open in hours of one of these kinds."""
    return _length(_stretches(days, kinds))


def _minutes_by(kind: Kind, days: Sequence[Day]) -> int:
    """Return the minutes in which nothing but hours of this kind is open: what there would not be without it."""
    return weekly_minutes(days) - weekly_minutes(days, [each for each in Kind if each != kind])


def ordinary_weeks(calendar: Calendar, first: date, last: date) -> list[tuple[date, ...]]:
    """Return the ordinary weeks from `first` to `last`, both included, each as its seven dates."""
    monday = first + timedelta(days=-first.weekday() % WEEK_DAYS)
    weeks = []
    while monday + timedelta(days=WEEK_DAYS - 1) <= last:
        week = tuple(monday + timedelta(days=number) for number in range(WEEK_DAYS))
        if all(_is_ordinary(calendar, day) for day in week):
            weeks.append(week)
        monday += timedelta(days=WEEK_DAYS)
    return weeks


def sums(hours: VenueHours, calendar: Calendar, first: date) -> Sums | None:
    """Return the sums over the year from `first` on; None where the usual hours are not known or by appointment."""
    lasting = without_notices(hours)
    dates = [first + timedelta(days=number) for number in range(YEAR_DAYS)]
    weeks = ordinary_weeks(calendar, dates[0], dates[-1])
    if hours.mode != Mode.OWN or not weeks:
        return None
    days = public_days(lasting, dates[0], dates[-1], calendar)
    if all(each.status == DayStatus.UNKNOWN for day in chain(*weeks) for each in days[day]):
        return None
    by_length = sorted((weekly_minutes(chain(*(days[day] for day in week))), week) for week in weeks)
    week_minutes, week = by_length[(len(by_length) - 1) // 2]
    of_week = [each for day in week for each in days[day]]
    lengths = {day: weekly_minutes(days[day]) for day in dates}
    return Sums(
        week=week_minutes,
        least=by_length[0][0],
        most=by_length[-1][0],
        staggered=_minutes_by(Kind.STAGGERED, of_week),
        extended=_minutes_by(Kind.EXTENDED, of_week),
        workday=_mean_open(lengths[day] for each in weeks for day in each[: WEEKEND[0]]),
        weekend_day=_mean_open(lengths[day] for each in weeks for day in each[WEEKEND[0] :]),
        shortest_day_off=min(_mean([lengths[each[day]] for each in weeks]) for day in WEEKEND),
        outside_work=_outside_work([each for each in of_week if each.date.weekday() not in WEEKEND]),
        closed_weekdays=tuple(number for number, day in enumerate(week) if not lengths[day]),
        open_days=sum(1 for length in lengths.values() if length),
    )


def public_days(hours: VenueHours, first: date, last: date, calendar: Calendar) -> dict[date, list[Day]]:
    """Return, for each date from `first` to `last`, the day of every area that is for the general public."""
    areas = [
        resolve_days(hours, area.key, first, last, calendar)
        for area in hours.areas_in_use
        if area.general_public
    ]
    found: dict[date, list[Day]] = {
        first + timedelta(days=number): [] for number in range((last - first).days + 1)
    }
    for day in chain(*areas):
        found[day.date].append(day)
    return found


def without_notices(hours: VenueHours) -> VenueHours:
    """Return the hours as they are when no notice changes them."""
    schedules = tuple(schedule for schedule in hours.schedules if schedule.layer < Layer.NOTICE)
    return replace(hours, schedules=schedules)


def _is_ordinary(calendar: Calendar, day: date) -> bool:
    facts = calendar.facts(day)
    return not facts.holiday and not facts.follows_holiday and not facts.is_makeup_workday


def _stretches(days: Iterable[Day], kinds: Collection[Kind]) -> list[Stretch]:
    """The public spans as stretches of one line of minutes, so that a night that meets the next day counts once."""
    return [
        (day.date.toordinal() * DAY_MINUTES + span.opens, day.date.toordinal() * DAY_MINUTES + span.closes)
        for day in days
        for span in day.spans
        if span.state != State.MEMBERS and span.kind in kinds
    ]


def _length(stretches: Iterable[Stretch]) -> int:
    total, end = 0, 0
    for opens, closes in sorted(stretches):
        total += max(0, closes - max(opens, end))
        end = max(end, closes)
    return total


def _outside_work(workdays: Sequence[Day]) -> int:
    dates = {day.date.toordinal() * DAY_MINUTES for day in workdays}
    work = [(start + opens, start + closes) for start in dates for opens, closes in WORKING_HOURS]
    return _length([*_stretches(workdays, tuple(Kind)), *work]) - _length(work)


def _mean_open(lengths: Iterable[int]) -> int:
    return _mean([length for length in lengths if length])


def _mean(lengths: Sequence[int]) -> int:
    return round(sum(lengths) / len(lengths)) if lengths else 0
