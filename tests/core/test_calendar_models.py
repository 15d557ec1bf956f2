from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from openness.core import clock
from openness.core.calendars.models import (
    CALENDAR_CHANGED,
    CalendarDay,
    CalendarYear,
    DayKind,
    Holiday,
    SchoolVacation,
    VacationKind,
    YearStatus,
)
from openness.core.outbox import OutboxEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> CalendarYear:
    return CalendarYear.objects.create(year=2026, source_title="Notice")


def _day(year: CalendarYear, **values: object) -> CalendarDay:
    defaults = {"date": date(2026, 10, 1), "kind": DayKind.OFF, "holiday": Holiday.LOCAL, "name": "A day"}
    return CalendarDay(calendar_year=year, **{**defaults, **values})


def _is_refused_by_the_database(row: CalendarDay | CalendarYear | SchoolVacation) -> bool:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31)])
def test_day_lies_in_its_year(year: CalendarYear, day: date):
    row = _day(year, date=day)
    row.full_clean()
    row.save()
    assert year.days.get() == row


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_day_outside_its_year_is_refused(year: CalendarYear, day: date):
    row = _day(year, date=day)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert "日期" in str(refusal.value)
    assert _is_refused_by_the_database(row)


def test_a_day_is_entered_once(year: CalendarYear):
    _day(year).save()
    row = _day(year, kind=DayKind.MAKEUP_WORKDAY)
    with pytest.raises(ValidationError):
        row.full_clean()
    assert _is_refused_by_the_database(row)


def test_makeup_workday_is_no_statutory_holiday(year: CalendarYear):
    row = _day(year, kind=DayKind.MAKEUP_WORKDAY, is_statutory=True)
    with pytest.raises(ValidationError):
        row.full_clean()
    assert _is_refused_by_the_database(row)


@pytest.mark.parametrize("number", [2013, 2100])
def test_year_out_of_range_is_refused(number: int):
    row = CalendarYear(year=number, source_title="Notice")
    with pytest.raises(ValidationError):
        row.full_clean()
    assert _is_refused_by_the_database(row)


def test_status_and_time_of_confirmation_belong_together():
    assert _is_refused_by_the_database(CalendarYear(year=2026, status=YearStatus.CONFIRMED))
    assert _is_refused_by_the_database(CalendarYear(year=2026, confirmed_at=clock.now()))


def test_recorded_change_raises_the_version_and_tells_the_outbox(year: CalendarYear):
    year.record_change()
    year.record_change()
    assert year.version == 2
    assert [(entry.kind, entry.key) for entry in OutboxEntry.objects.all()] == [(CALENDAR_CHANGED, "2026")]


def test_vacation_ends_after_it_starts():
    row = SchoolVacation(
        kind=VacationKind.WINTER, starts_on=date(2026, 3, 1), ends_on=date(2026, 1, 31), source="Notice"
    )
    with pytest.raises(ValidationError):
        row.full_clean()
    assert _is_refused_by_the_database(row)


def test_vacations_do_not_overlap():
    first = SchoolVacation(
        kind=VacationKind.WINTER, starts_on=date(2026, 1, 31), ends_on=date(2026, 3, 1), source="Notice"
    )
    first.save()
    first.full_clean()
    second = SchoolVacation(
        kind=VacationKind.SUMMER, starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31), source="Notice"
    )
    with pytest.raises(ValidationError):
        second.full_clean()
    second.starts_on = date(2026, 7, 11)
    second.full_clean()
