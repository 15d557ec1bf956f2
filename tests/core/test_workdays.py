from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from openness.core.calendars.workdays import add_workdays, is_workday, workdays_between

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("year_2026")]

DAYS_OF_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 10, 10), True),  # Saturday, worked
        (date(2026, 10, 6), False),  # Tuesday, off
    ],
)
def test_workdays_of_2026(day: date, expected: bool):
    assert is_workday(day) is expected


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 11, 19), 1, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # the make-up Saturday counts
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 2, 13), 20, date(2026, 3, 19)),
        (date(2026, 10, 4), 0, date(2026, 10, 8)),
        (date(2026, 10, 8), 0, date(2026, 10, 8)),
    ],
)
def test_add_workdays(day: date, number: int, expected: date):
    assert add_workdays(day, number) == expected


def test_deadline_of_the_disclosure_regulation():
    """《政府信息公开条例》 article 26: within 20 working days."""
    assert add_workdays(date(2026, 9, 18), 20) == date(2026, 10, 22)


def test_past_the_entered_years_weekdays_decide():
    assert add_workdays(date(2026, 12, 31), 1) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 9, 30), date(2026, 10, 10), 3),
        (date(2026, 10, 10), date(2026, 9, 30), -3),
        (date(2026, 10, 1), date(2026, 10, 7), 0),
        (date(2026, 11, 19), date(2026, 11, 19), 0),
        (date(2025, 12, 31), date(2026, 12, 31), 248),
    ],
)
def test_workdays_between(first: date, last: date, expected: int):
    assert workdays_between(first, last) == expected


@hypothesis_settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DAYS_OF_2026, st.integers(1, 60))
def test_counting_undoes_adding(day: date, number: int):
    later, earlier = add_workdays(day, number), add_workdays(day, -number)
    assert workdays_between(day, later) == number
    assert workdays_between(day, earlier) == -number
    assert is_workday(later)
    assert is_workday(earlier)
