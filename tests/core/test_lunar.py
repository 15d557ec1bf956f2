from datetime import date, timedelta

import pytest
from chinese_calendar import get_holiday_detail

from openness.core.calendars.lunar import UNKNOWN, lunar_day, solar_date


@pytest.mark.parametrize(
    ("day", "month", "day_of_month"),
    [
        (date(2026, 2, 17), 1, 1),  # 春节
        (date(2026, 3, 3), 1, 15),  # 元宵
        (date(2026, 6, 19), 5, 5),  # 端午
        (date(2026, 8, 19), 7, 7),  # 七夕
        (date(2026, 8, 27), 7, 15),  # 中元
        (date(2026, 9, 25), 8, 15),  # 中秋
        (date(2026, 10, 18), 9, 9),  # 重阳
        (date(2026, 1, 26), 12, 8),  # 腊八
        (date(2022, 1, 28), 12, 26),  # the museum's own notice: 腊月廿六
        (date(2027, 2, 6), 1, 1),
        # New moons close to midnight, where other libraries are a day off.
        (date(2012, 8, 17), 7, 1),
        (date(2018, 11, 8), 10, 1),
        (date(2030, 2, 3), 1, 1),
    ],
)
def test_published_dates(day: date, month: int, day_of_month: int):
    lunar = lunar_day(day)
    assert (lunar.month, lunar.day, lunar.is_leap) == (month, day_of_month, False)
    assert lunar.is_new_years_eve is False


def test_months_of_2026_begin_on_the_published_days():
    first_days = [
        date(2026, month, day)
        for month, day in [
            (2, 17),
            (3, 19),
            (4, 17),
            (5, 17),
            (6, 15),
            (7, 14),
            (8, 13),
            (9, 11),
            (10, 10),
            (11, 9),
            (12, 9),
        ]
    ]
    assert [(lunar_day(day).month, lunar_day(day).day) for day in first_days] == [
        (m, 1) for m in range(1, 12)
    ]


def test_lunar_26ths_of_2026():
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    found = [f"{day.month}/{day.day}" for day in year if lunar_day(day).day == 26]
    assert found == [
        "1/14", "2/13", "3/14", "4/13", "5/12", "6/11", "7/10", "8/8", "9/7", "10/6", "11/4", "12/4",
    ]  # fmt: skip


@pytest.mark.parametrize("eve", [date(2025, 1, 28), date(2026, 2, 16), date(2027, 2, 5), date(2028, 1, 25)])
def test_new_years_eve_is_the_day_before_whatever_the_months_length(eve: date):
    assert lunar_day(eve).is_new_years_eve
    assert lunar_day(eve).month == 12
    assert not lunar_day(eve - timedelta(days=1)).is_new_years_eve


def test_leap_month_is_told_from_the_month_it_repeats():
    assert lunar_day(date(2025, 7, 24))[:3] == (6, 30, False)
    assert lunar_day(date(2025, 7, 25))[:3] == (6, 1, True)
    assert lunar_day(date(2025, 8, 22))[:3] == (6, 29, True)
    assert lunar_day(date(2025, 8, 23))[:3] == (7, 1, False)


@pytest.mark.parametrize("year", range(2008, 2027))
def test_festivals_agree_with_the_holidays_of_the_state_council(year: int):
    assert get_holiday_detail(solar_date(year, 1, 1)) == (True, "Spring Festival")
    assert get_holiday_detail(solar_date(year, 5, 5))[0]
    assert get_holiday_detail(solar_date(year, 8, 15))[0]


@pytest.mark.parametrize("day", [date(1900, 1, 30), date(2100, 1, 1), date.max])
def test_no_lunar_day_is_invented_outside_the_table(day: date):
    assert lunar_day(day) == UNKNOWN
