"""A venue's week as pictures and words, and the coming days that differ from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from openness.core.calendars.models import CalendarDay, DayKind
from openness.core.dates import DAY_MINUTES, weekday_label
from venues import hours
from venues.hours import DayStatus, Layer, MatcherKind
from venues.presentation.reader import Reader, because_of
from venues.presentation.status import explain
from venues.presentation.values import Bar, DayRow, WeekView
from venues.wording import Hours, phrase, sessions_text, speak, term

EXCEPTIONS = 5
EXCEPTIONAL_LAYERS = {layer.code for layer in (Layer.HOLIDAY, Layer.NOTICE, Layer.EMERGENCY)}
ONE_DAY = timedelta(days=1)


def holiday_names(first: date, last: date, language: str) -> dict[date, str]:
    """Return the names of the city calendar's days from ``first`` to ``last``. One query."""
    days = CalendarDay.objects.filter(date__range=(first, last)).values_list("date", "kind", "holiday")
    return {
        day: term(
            "day.makeup_workday" if kind == DayKind.MAKEUP_WORKDAY else f"holiday.{holiday or 'local'}",
            language,
        )
        for day, kind, holiday in days
    }


@dataclass(frozen=True)
class VenueDays:
    """The compiled days and openings of one venue, with the words to tell them in."""

    days: Mapping[tuple[str, date], Any]
    openings: Mapping[tuple[str, date], Sequence[Any]]
    reader: Reader
    today: date
    holidays: Mapping[date, str]

    @classmethod
    def of(
        cls,
        days: Iterable[Any],
        openings: Iterable[Any],
        *,
        reader: Reader,
        today: date,
        holidays: Mapping[date, str],
    ) -> "VenueDays":
        """Gather rows of the compiled tables, or computed ones, by area and business date."""
        by_day: dict[tuple[str, date], list[Any]] = {}
        for opening in openings:
            by_day.setdefault((opening.area_key, opening.business_date), []).append(opening)
        return cls(
            days={(day.area_key, day.business_date): day for day in days},
            openings=by_day,
            reader=reader,
            today=today,
            holidays=holidays,
        )

    @property
    def areas(self) -> list[str]:
        """The keys of the areas that have days: the venue as a whole first, then in the venue's order."""
        present = {area for area, __ in self.days}
        known = [key for key in ("", *self.reader.areas) if key in present]
        return known + sorted(present - set(known))

    def weeks(self, monday: date) -> list[WeekView]:
        """Return the week from ``monday`` for each area."""
        language, areas = self.reader.language, self.areas
        dates = [monday + index * ONE_DAY for index in range(7)]
        weeks = []
        for area in areas:
            name = self.reader.areas.get(area, area)
            whole = (
                term("area.whole", language)
                if len(areas) > 1
                else speak(language).short_period(dates[0], dates[-1], year=self.today.year)
            )
            rows = tuple(self.drawn_row(area, day) for day in dates)
            weeks.append(WeekView(title=name or whole, area_name=name, rows=rows))
        return weeks

    def drawn_row(self, area: str, day: date) -> DayRow:
        """Return one day of one area in words and as bars."""
        return replace(self.row(area, day), bars=self._bars(area, day))

    def first_from(self, monday: date) -> date:
        """Return ``monday``, or the first day that is on record where the venue is newer than that."""
        return min((day for __, day in self.days if day >= monday), default=monday)

    def row(self, area: str, day: date) -> DayRow:
        """Return one day of one area in words."""
        language = self.reader.language
        row = self.days.get((area, day))
        openings = self.openings.get((area, day), ())
        because, url = ("", "")
        if row:
            because, url = explain(
                because_of(row), status=row.status, kind=_kind_of(row, openings), reader=self.reader
            )
            if row.provisional:
                doubt = term("provisional", language)
                because = phrase("listed", language, first=because, second=doubt) if because else doubt
        return DayRow(
            date=day,
            weekday_label=weekday_label(day, language),
            date_label=speak(language).short_period(day, day, year=self.today.year),
            status=str(row.status) if row else DayStatus.UNKNOWN.value,
            text=self._text(row, openings),
            because=because,
            is_today=day == self.today,
            holiday_name=self.holidays.get(day, ""),
            provisional=bool(row and row.provisional),
            notice_url=url,
            area_name=self.reader.areas.get(area, area),
        )

    def _text(self, row: Any, openings: Sequence[Any]) -> str:
        language = self.reader.language
        if row is None:
            return term("day.missing", language)
        if not openings:
            return term(f"day.{row.status}" if row.status != DayStatus.OPEN else "day.closed", language)
        text = sessions_text([self._stretch(opening) for opening in openings], language)
        if row.status in (DayStatus.UNKNOWN, DayStatus.BY_APPOINTMENT):
            rest = "day.rest_unknown" if row.status == DayStatus.UNKNOWN else "day.by_appointment"
            return phrase("listed", language, first=text, second=term(rest, language))
        return text

    def _stretch(self, opening: Any) -> Hours:
        start = hours.instant(opening.business_date, 0)
        opens, closes, last_entry = (
            int((instant - start).total_seconds() // 60)
            for instant in (opening.opens_at, opening.closes_at, opening.last_entry_at)
        )
        audience = self.reader.audiences.get(opening.audience_code, opening.audience_code)
        return Hours(opens, closes, last_entry, str(opening.state), str(opening.kind), audience)

    def _bars(self, area: str, day: date) -> tuple[Bar, ...]:
        """Return the day's stretches, and before them what runs over midnight from the day before."""
        bars = []
        for shift, date_ in ((DAY_MINUTES, day - ONE_DAY), (0, day)):
            for opening in self.openings.get((area, date_), ()):
                stretch = self._stretch(opening)
                start, end = max(stretch.opens - shift, 0), min(stretch.closes - shift, DAY_MINUTES)
                if start < end:
                    bars.append(
                        Bar(
                            x=start,
                            width=end - start,
                            state=stretch.state,
                            kind=stretch.kind,
                            area_name=self.reader.areas.get(area, area),
                            label=sessions_text([stretch], self.reader.language),
                        )
                    )
        return tuple(sorted(bars, key=lambda bar: (bar.x, bar.width)))

    # -----------------------------------------------------------------------------------------------
    # Coming days that differ

    def exceptions(self, *, with_today: bool = False) -> list[DayRow]:
        """Return the next days after today that a holiday rule or a notice changes, and the first provisional ones.

        ``with_today`` is for what does not tell of today elsewhere. Days in a row that read the same stand in
        one line, and so do areas that all read the same.
        """
        runs: dict[tuple[Any, ...], list[DayRow]] = {}
        for area in self.areas:
            for run in self._runs(area, first=self.today if with_today else self.today + ONE_DAY):
                key = (run.date, run.last, run.text, run.because)
                runs.setdefault(key, []).append(run)
        provisional = self._provisional_run()
        lines = [line for same in runs.values() for line in self._lines(same)]
        lines.sort(key=lambda line: (line.date, line.area_name))
        return sorted([*lines[:EXCEPTIONS], *provisional], key=lambda line: line.date)[:EXCEPTIONS]

    def _lines(self, same: Sequence[DayRow]) -> list[DayRow]:
        if len(same) == len(self.areas):
            return [replace(same[0], area_name="")]
        language = self.reader.language
        whole = term("area.whole", language)
        return [
            replace(run, text=phrase("of_area", language, area=run.area_name or whole, text=run.text))
            for run in same
        ]

    def _runs(self, area: str, *, first: date) -> list[DayRow]:
        days = sorted(day for key, day in self.days if key == area and day >= first)
        rows = [self.row(area, day) for day in days if self._is_exceptional(area, day)]

        def run_of(numbered: tuple[int, DayRow]) -> tuple[Any, ...]:
            index, row = numbered
            return row.date - index * ONE_DAY, row.text, row.because, row.status

        return [
            self._joined(area, [row for __, row in group])
            for __, group in groupby(enumerate(rows), key=run_of)
        ]

    def _is_exceptional(self, area: str, day: date) -> bool:
        return because_of(self.days[area, day]).layer in EXCEPTIONAL_LAYERS

    def _joined(self, area: str, rows: Sequence[DayRow]) -> DayRow:
        """Return days in a row as one; a closure that outlasts what is compiled keeps its own end, or none."""
        first = rows[0]
        last: date | None = rows[-1].date
        matcher = because_of(self.days[area, rows[-1].date]).matcher
        if last == self._last_day and matcher and matcher.kind == MatcherKind.DATES:
            last = matcher.last
        if first.date == last:
            return replace(first, last=last)
        label = speak(self.reader.language).short_period(first.date, last, year=self.today.year)
        return replace(first, last=last, date_label=label, weekday_label="", holiday_name="")

    @property
    def _last_day(self) -> date:
        return max(day for __, day in self.days)

    def _provisional_run(self) -> list[DayRow]:
        """Return one line from the first day on that rests on holidays nobody has announced yet."""
        language = self.reader.language
        days = sorted({day for (__, day), row in self.days.items() if row.provisional and day > self.today})
        if not days:
            return []
        first = self.row(self.areas[0], days[0])
        label = speak(language).short_period(first.date, None, year=self.today.year)
        text = term("day.provisional", language)
        return [
            replace(
                first,
                date_label=label,
                weekday_label="",
                holiday_name="",
                text=text,
                because=term("provisional", language),
                notice_url="",
            )
        ]


def _kind_of(row: Any, openings: Sequence[Any]) -> str:
    """Return the kind of the hours that the day's rule opened; regular where it opened none."""
    because = because_of(row)
    for opening in openings:
        behind = because_of(opening)
        if (behind.schedule, behind.rule) == (because.schedule, because.rule):
            return str(opening.kind)
    return "regular"


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())
