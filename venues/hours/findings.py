"""Whether hours are what the law and the city's standard ask for: findings with a place and a remedy.

A finding is a reminder and no verdict. Mistakes in what was entered, conflicts among them, are the matter of
`validate`; `findings` looks at hours that make sense.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from venues.hours.day_facts import Calendar
from venues.hours.matching import is_valid_on, matches
from venues.hours.model import (
    Because,
    Day,
    DayStatus,
    DayType,
    Matcher,
    MatcherKind,
    Mode,
    Schedule,
    VenueHours,
)
from venues.hours.validate import Path, Severity
from venues.hours.weekly import WEEKEND, YEAR_DAYS, Sums, ordinary_weeks, public_days, without_notices

UNIVERSITY = "university"
FREE = "free"
# A block that begins on the last day of the year that is looked at still ends within this.
LONGEST_BLOCK = 31


@dataclass(frozen=True, slots=True)
class Finding:
    """What is not as a rule asks for. `path` leads to the rule behind it, empty for the hours as a whole.

    hours_missing           nobody has told the hours
    closed_at_weekend       `weekdays` (5, 6) on which it is closed in an ordinary week
    holiday_undecided       `holidays` ([code, year]) that no rule names
    closed_on_holiday       `holidays` of which every day off is closed
    closed_in_vacation      `vacations` (codes) without an open day
    below_weekly_hours      `minutes` of an ordinary week, `target`
    weekend_not_longer      `minutes` by which a weekend day is longer than a workday, `target`
    too_few_open_days       `days` of a year, `target`
    short_days_off          `minutes` of the shorter weekend day, `target`
    only_working_hours      on workdays open only while others work
    free_day_missing        charges, and has no day of each month that is free for pupils
    """

    code: str
    severity: Severity
    remedy: str
    path: Path = ()
    params: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dict for storage."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "remedy": self.remedy,
            "path": list(self.path),
            "params": dict(self.params),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Finding":
        """Rebuild from `to_dict`; raises KeyError or ValueError when the shape is wrong."""
        severity = Severity(data["severity"])
        return cls(data["code"], severity, data["remedy"], tuple(data["path"]), data["params"])


@dataclass(frozen=True, slots=True)
class Standard:
    """What is asked of a kind of venue; None and False ask nothing. Durations are minutes."""

    weekly_minutes: int | None = None
    weekend_extra_minutes: int | None = None
    open_days_per_year: int | None = None
    day_off_minutes: int | None = None
    needs_weekend: bool = False
    needs_holiday_decision: bool = False
    needs_open_holidays: bool = False
    needs_free_day_for_pupils: bool = False


@dataclass(frozen=True, slots=True)
class Charges:
    """What matters of prices: whether entry costs anything, which groups' codes mean pupils, who always enters free."""

    is_paid: bool = False
    pupils: frozenset[str] = frozenset()
    free_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HolidayBlock:
    """The days off of one holiday: its code, the year it belongs to (that of its last day), its dates in order."""

    code: str
    year: int
    days: tuple[date, ...]
    is_confirmed: bool

    @property
    def key(self) -> tuple[str, int]:
        """Code and year: how decisions name the holiday, also when its days are moved."""
        return self.code, self.year

    @property
    def stretches(self) -> list[tuple[date, date]]:
        """First and last day of each unbroken row of its days."""
        found: list[tuple[date, date]] = []
        for day in self.days:
            if found and day == found[-1][1] + timedelta(days=1):
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        return found


def holiday_blocks(calendar: Calendar, first: date) -> tuple[HolidayBlock, ...]:
    """Return the holidays that begin within a year from `first` on, in the order of their days.

    `calendar` has to know the year and a month more. Days off of one code and year are one holiday.
    """
    runs: list[list[date]] = []
    before = calendar.facts(first - timedelta(days=1)).holiday
    for number in range(YEAR_DAYS + LONGEST_BLOCK):
        day = first + timedelta(days=number)
        code = calendar.facts(day).holiday
        if code and code == before and runs:
            runs[-1].append(day)
        elif code and code != before and number < YEAR_DAYS:
            runs.append([day])
        elif code != before and number >= YEAR_DAYS:
            break
        before = code
    blocks: dict[tuple[str, int], list[date]] = {}
    for run in runs:
        blocks.setdefault((calendar.facts(run[0]).holiday, run[-1].year), []).extend(run)
    return tuple(
        HolidayBlock(code, year, tuple(days), all(calendar.facts(day).is_confirmed for day in days))
        for (code, year), days in blocks.items()
    )


def is_named(hours: VenueHours, block: HolidayBlock, calendar: Calendar) -> bool:
    """Tell whether a rule or notice speaks of the holiday: by its name or kind, its dates or a day of the lunar year.

    Weekdays, seasons and "every day" do not: what they make of a holiday is only assumed.
    """
    schedules = [schedule for schedule in hours.schedules if _is_public(hours, schedule.area)]
    return any(
        _is_one_day(schedule)
        or (_names_holidays(rule.matcher) and matches(rule.matcher, calendar.facts(day)))
        for day in block.days
        for schedule in schedules
        if is_valid_on(schedule, day)
        for rule in schedule.rules
    )


def _is_one_day(schedule: Schedule) -> bool:
    """Whether it holds on one day of each year (每年10月1日)."""
    return schedule.annual_from is not None and schedule.annual_from == schedule.annual_to


def _is_public(hours: VenueHours, area_key: str) -> bool:
    return next((area.general_public for area in hours.areas if area.key == area_key), True)


def _names_holidays(matcher: Matcher) -> bool:
    match matcher.kind:
        case MatcherKind.HOLIDAY:
            return True
        case MatcherKind.DATES:
            # A closure without an end says nothing of one holiday, but it says that it is closed.
            return True
        case MatcherKind.LUNAR_DAY:
            return matcher.lunar_month is not None or matcher.lunar_new_years_eve
        case MatcherKind.DAY_TYPE:
            return not {DayType.DAY_OFF, DayType.STATUTORY}.isdisjoint(matcher.day_types)
    return False


def findings(
    hours: VenueHours,
    standard: Standard,
    calendar: Calendar,
    first: date,
    *,
    sums: Sums | None,
    charges: Charges = Charges(),
    decided: Iterable[tuple[str, int]] = (),
) -> list[Finding]:
    """Return what `standard` asks for and `hours` do not have in the year from `first` on.

    `sums` are those of :func:`venues.hours.weekly.sums`; `decided` holds the holidays (code, year) for which
    somebody has decided that the usual hours hold. `calendar` has to know the year and a month more.
    """
    if hours.mode == Mode.BY_APPOINTMENT:
        return list(_of_charges(hours, standard, charges))
    if sums is None:
        return [Finding("hours_missing", Severity.WARNING, "publish_hours")]
    blocks = holiday_blocks(calendar, first)
    return [
        *_of_weekend(hours, standard, calendar, first, sums),
        *_of_holidays(hours, standard, calendar, blocks, set(decided)),
        *_of_opening(hours, standard, calendar, first, blocks),
        *_of_targets(standard, sums),
        *_of_charges(hours, standard, charges),
    ]


def _of_weekend(
    hours: VenueHours, standard: Standard, calendar: Calendar, first: date, sums: Sums
) -> Iterator[Finding]:
    """《公共图书馆法》 Art. 38: 公休日应当开放."""
    closed = [day for day in sums.closed_weekdays if day in WEEKEND]
    if not standard.needs_weekend or not closed:
        return
    week = ordinary_weeks(calendar, first, first + timedelta(days=YEAR_DAYS))[0]
    day = week[closed[0]]
    days = public_days(without_notices(hours), day, day, calendar)[day]
    path = place_of(days[0].because) if days else ()
    yield Finding("closed_at_weekend", Severity.WARNING, "open_at_weekend", path, {"weekdays": closed})


def _of_holidays(
    hours: VenueHours,
    standard: Standard,
    calendar: Calendar,
    blocks: Sequence[HolidayBlock],
    decided: set[tuple[str, int]],
) -> Iterator[Finding]:
    """《公共图书馆法》 Art. 38: 法定节假日应当有开放时间."""
    if standard.needs_holiday_decision:
        undecided = [
            block for block in blocks if block.key not in decided and not is_named(hours, block, calendar)
        ]
        if undecided:
            params = {"holidays": [list(block.key) for block in undecided]}
            yield Finding("holiday_undecided", Severity.WARNING, "decide_holidays", params=params)


def _of_opening(
    hours: VenueHours, standard: Standard, calendar: Calendar, first: date, blocks: Sequence[HolidayBlock]
) -> Iterator[Finding]:
    """《博物馆条例》 Art. 29: 国家法定节假日和学校寒暑假期间应当开放.

    Vacations that the calendar does not have are not looked at.
    """
    if not standard.needs_open_holidays:
        return
    days = public_days(hours, first, first + timedelta(days=YEAR_DAYS + LONGEST_BLOCK), calendar)
    closed = [block for block in blocks if all(_chose_to_close(days[day]) for day in block.days)]
    if closed:
        params = {"holidays": [list(block.key) for block in closed]}
        path = place_of(days[closed[0].days[0]][0].because)
        yield Finding("closed_on_holiday", Severity.WARNING, "open_on_holidays", path, params)
    vacations: dict[str, list[date]] = {}
    for day in days:
        for kind, level in calendar.facts(day).vacations:
            if level != UNIVERSITY:
                vacations.setdefault(kind, []).append(day)
    missed = [kind for kind, dates in vacations.items() if all(_chose_to_close(days[day]) for day in dates)]
    if missed:
        yield Finding(
            "closed_in_vacation", Severity.WARNING, "open_on_holidays", params={"vacations": missed}
        )


def _chose_to_close(days: Sequence[Day]) -> bool:
    """Whether a date is closed by the venue's rules or a short notice; a long closure has reasons of its own."""
    return bool(days) and all(
        day.status == DayStatus.CLOSED and not _is_long_closure(day.because) for day in days
    )


def _is_long_closure(because: Because) -> bool:
    matcher = because.matcher
    if not because.notice or matcher is None or matcher.first is None:
        return False
    return matcher.last is None or (matcher.last - matcher.first).days >= LONGEST_BLOCK


def _of_targets(standard: Standard, sums: Sums) -> Iterator[Finding]:
    """Targets of the city (2023 pilot: 60 and 56 hours a week, two more on days off), and those of sports grounds."""
    extra = sums.weekend_day - sums.workday
    warning, hint = Severity.WARNING, Severity.HINT
    if _is_below(sums.week, standard.weekly_minutes):
        params = {"minutes": sums.week, "target": standard.weekly_minutes}
        yield Finding("below_weekly_hours", warning, "lengthen_hours", params=params)
    if sums.workday and sums.weekend_day and _is_below(extra, standard.weekend_extra_minutes):
        params = {"minutes": extra, "target": standard.weekend_extra_minutes}
        yield Finding("weekend_not_longer", hint, "lengthen_weekend", params=params)
    if _is_below(sums.open_days, standard.open_days_per_year):
        params = {"days": sums.open_days, "target": standard.open_days_per_year}
        yield Finding("too_few_open_days", warning, "open_more_days", params=params)
    if _is_below(sums.shortest_day_off, standard.day_off_minutes):
        params = {"minutes": sums.shortest_day_off, "target": standard.day_off_minutes}
        yield Finding("short_days_off", warning, "lengthen_weekend", params=params)
    # 《公共文化体育设施条例》 Art. 17: hours that people who work or study can use.
    if sums.workday and not sums.outside_work:
        yield Finding("only_working_hours", Severity.HINT, "add_other_hours")


def _is_below(value: int, target: int | None) -> bool:
    return target is not None and value < target


def _of_charges(hours: VenueHours, standard: Standard, charges: Charges) -> Iterator[Finding]:
    """《公共文化服务保障法》 Art. 31: who charges opens free to pupils on fixed days of each month."""
    if not standard.needs_free_day_for_pupils or not charges.is_paid:
        return
    if charges.free_for & charges.pupils or any(_is_free_day(hours, charges)):
        return
    yield Finding("free_day_missing", Severity.WARNING, "add_free_day")


_MONTHLY = frozenset(
    {
        MatcherKind.EVERY_DAY,
        MatcherKind.WEEKDAYS,
        MatcherKind.NTH_WEEKDAY,
        MatcherKind.LUNAR_DAY,
        MatcherKind.DAY_TYPE,
    }
)


def _is_free_day(hours: VenueHours, charges: Charges) -> Iterator[bool]:
    for schedule in hours.schedules:
        for rule in schedule.rules:
            if rule.matcher.kind in _MONTHLY and not schedule.notice:
                yield any(
                    session.admission == FREE and session.audience in {"", *charges.pupils}
                    for session in rule.sessions
                )


def place_of(because: Because) -> Path:
    """Return the path of the rule behind an answer, or of its schedule; empty where there is none."""
    if not because.schedule:
        return ()
    path: Path = ("schedules", because.schedule)
    return (*path, "rules", because.rule) if because.rule else path
