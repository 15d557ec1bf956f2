"""What hours would mean: the next four weeks day by day, for an editor who has not saved them yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language, gettext

from openness.core import clock
from openness.core.calendars.days import CityCalendar, city_calendar, days_between
from openness.core.calendars.models import Holiday
from venues import hours
from venues.enums import DayStatus
from venues.models import OpeningNoticePage
from venues.wording import Season, because_text, sessions_text

DAYS_SHOWN = 28


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area on one day."""

    area: str
    status: str
    text: str
    because: str
    is_special: bool


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: its name and what each area does on it."""

    date: date
    weekday: str
    holiday: str
    is_weekend: bool
    is_provisional: bool
    areas: tuple[AreaLine, ...]


@dataclass(frozen=True, slots=True)
class VenueChange:
    """The days of one venue that a notice changes."""

    title: str
    days: list[DayLine] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        """How many days change, shown or not."""
        return len(self.days) + self.more


def days_shown() -> list[date]:
    """Return today and the 27 days after it (Asia/Shanghai)."""
    first = clock.today()
    return days_between(first, first + timedelta(days=DAYS_SHOWN - 1))


class Reader:
    """Puts days of one venue's hours into words. ``names`` are the areas' names by key. One query."""

    def __init__(self, value: hours.VenueHours, names: Mapping[str, str], calendar: CityCalendar) -> None:
        self.value, self.names, self.calendar = value, names, calendar
        self.language = get_language() or "zh-hans"
        notices = {schedule.notice for schedule in value.schedules if schedule.notice.isdecimal()}
        self.titles = {
            str(pk): title
            for pk, title in OpeningNoticePage.objects.filter(pk__in=notices).values_list("pk", "title")
        }
        self.seasons = {
            schedule.key: Season(schedule.annual_from, schedule.annual_to)
            for schedule in value.schedules
            if schedule.annual_from and schedule.annual_to
        }

    def line(self, days: Sequence[hours.Day]) -> DayLine:
        """Return one date, with the given areas' days on it."""
        facts = self.calendar.facts(days[0].date)
        holiday = gettext("make-up workday") if facts.is_makeup_workday else ""
        if facts.holiday in Holiday.values:
            holiday = str(Holiday(facts.holiday).label)
        return DayLine(
            date=facts.date,
            weekday=str(WEEKDAYS_ABBR[facts.weekday]),
            holiday=holiday,
            is_weekend=facts.day_type == "day_off",
            is_provisional=any(day.provisional for day in days),
            areas=tuple(self._area(day) for day in days),
        )

    def _area(self, day: hours.Day) -> AreaLine:
        is_alone = len(self.names) < 2
        return AreaLine(
            area="" if is_alone else self.names.get(day.area) or day.area or gettext("Whole venue"),
            status=str(day.status),
            text=sessions_text(day.spans, self.language) if day.spans else str(DayStatus(day.status).label),
            because=self._because(day),
            is_special=day.because.layer not in {"", "base"},
        )

    def _because(self, day: hours.Day) -> str:
        if day.conflicts:
            return gettext("Two rules contradict each other.")
        return because_text(
            day.because,
            language=self.language,
            status=str(day.status),
            kind=str(day.spans[0].kind) if day.spans else "regular",
            notice_title=self.titles.get(day.because.notice, ""),
            season=self.seasons.get(day.because.schedule),
        )


def preview(value: hours.VenueHours, names: Mapping[str, str]) -> list[DayLine]:
    """Return the next four weeks of hours that have no mistakes in them. Four queries."""
    days = days_shown()
    calendar = city_calendar(days[0], days[-1])
    reader = Reader(value, names, calendar)
    return [
        reader.line([hours.resolve_day(value, area.key, day, calendar) for area in value.areas_in_use])
        for day in days
    ]


def without_mistakes(value: hours.VenueHours, problems: Iterable[hours.Problem]) -> hours.VenueHours:
    """Return the hours without the rules that make no sense, so that the others can be shown. Conflicts stay."""
    wrong = {
        each.path[:4]
        for each in problems
        if each.severity == hours.Severity.ERROR and each.code != "conflict"
    }
    schedules = [
        replace(
            schedule,
            rules=tuple(
                rule for rule in schedule.rules if ("schedules", schedule.key, "rules", rule.key) not in wrong
            ),
        )
        for schedule in value.schedules
        if not any(path[:2] == ("schedules", schedule.key) and path[2:3] != ("rules",) for path in wrong)
    ]
    return replace(value, schedules=tuple(schedules))


def changed_days(
    before: hours.VenueHours,
    after: hours.VenueHours,
    days: Sequence[date],
    calendar: CityCalendar,
    names: Mapping[str, str],
) -> list[DayLine]:
    """Return the days on which ``after`` opens otherwise than ``before``, with the areas that differ. One query."""
    reader = Reader(after, names, calendar)
    lines = []
    for day in days:
        differing = []
        for area in after.areas_in_use:
            new = hours.resolve_day(after, area.key, day, calendar)
            if _reads(new) != _reads(hours.resolve_day(before, area.key, day, calendar)):
                differing.append(new)
        if differing:
            lines.append(reader.line(differing))
    return lines


def _reads(day: hours.Day) -> tuple[object, ...]:
    spans = (
        (span.opens, span.closes, span.last_entry, span.state, span.kind, span.audience, span.condition)
        for span in day.spans
    )
    return day.status, tuple(spans)
