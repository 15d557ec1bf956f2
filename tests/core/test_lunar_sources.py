"""The lunar table beside published dates, beside the holidays package, and beside ICU's astronomy."""

import json
import shutil
import subprocess
from datetime import date, timedelta
from typing import Any

import pytest
from holidays.calendars.chinese import _ChineseLunisolar

from openness.core.calendars.days import days_between
from openness.core.calendars.lunar import lunar_day, solar_date
from tests import engines

# Spring Festivals as printed in the almanacs.
SPRING_FESTIVALS = (
    "2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-18 2008-02-07 "
    "2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 "
    "2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 "
    "2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19"
)
# The first day of each leap month, and which month it repeats.
LEAP_MONTHS = {
    "2001-05-23": 4, "2004-03-21": 2, "2006-08-24": 7, "2009-06-23": 5, "2012-05-21": 4, "2014-10-24": 9,
    "2017-07-23": 6, "2020-05-23": 4, "2023-03-22": 2, "2025-07-25": 6, "2028-06-23": 5, "2031-04-22": 3,
    "2033-12-22": 11,
}  # fmt: skip
# Dragon Boat and Mid-Autumn Festivals: to 2026 as in the State Council's notices.
FESTIVALS = {
    (
        5,
        5,
    ): "2014-06-02 2015-06-20 2016-06-09 2017-05-30 2018-06-18 2019-06-07 2020-06-25 2021-06-14 2022-06-03 "
    "2023-06-22 2024-06-10 2025-05-31 2026-06-19 2027-06-09 2028-05-28",
    (
        8,
        15,
    ): "2014-09-08 2015-09-27 2016-09-15 2017-10-04 2018-09-24 2019-09-13 2020-10-01 2021-09-21 2022-09-10 "
    "2023-09-29 2024-09-17 2025-10-06 2026-09-25 2027-09-15 2028-10-03",
}
# Around the winter solstice of 2033 two months have no principal term; only the later one is the leap month.
SOLSTICE_2033 = {
    "2033-08-25": (8, False), "2033-09-23": (9, False), "2033-10-23": (10, False), "2033-11-22": (11, False),
    "2033-12-22": (11, True), "2034-01-20": (12, False), "2034-02-19": (1, False), "2034-03-20": (2, False),
}  # fmt: skip
FIRST, LAST = date(2014, 1, 1), date(2099, 12, 31)


@pytest.mark.parametrize("text", SPRING_FESTIVALS.split())
def test_spring_festival(text: str):
    day = date.fromisoformat(text)
    assert lunar_day(day)[:3] == (1, 1, False)
    assert lunar_day(day - timedelta(days=1)).is_new_years_eve
    assert solar_date(day.year, 1, 1) == day


@pytest.mark.parametrize(("text", "month"), LEAP_MONTHS.items())
def test_leap_month(text: str, month: int):
    day = date.fromisoformat(text)
    before = lunar_day(day - timedelta(days=1))
    assert lunar_day(day)[:3] == (month, 1, True)
    assert (before.month, before.is_leap) == (month, False)


def test_no_other_leap_months_from_2001_to_2033():
    days = days_between(date(2001, 1, 1), date(2033, 12, 31))
    begins = [str(day) for day in days if lunar_day(day).is_leap and lunar_day(day).day == 1]
    assert begins == list(LEAP_MONTHS)


@pytest.mark.parametrize(
    ("month_day", "text"),
    [(month_day, text) for month_day, all_ in FESTIVALS.items() for text in all_.split()],
)
def test_festival(month_day: tuple[int, int], text: str):
    lunar = lunar_day(date.fromisoformat(text))
    assert (lunar.month, lunar.day, lunar.is_leap) == (*month_day, False)


@pytest.mark.parametrize(("text", "expected"), SOLSTICE_2033.items())
def test_months_around_the_solstice_of_2033(text: str, expected: tuple[int, bool]):
    lunar = lunar_day(date.fromisoformat(text))
    assert (lunar.month, lunar.is_leap) == expected
    assert lunar.day == 1


@pytest.mark.parametrize(
    ("table", "month", "day", "known"),
    [
        ("LUNAR_NEW_YEAR_DATES", 1, 1, {}),
        ("BUDDHA_BIRTHDAY_DATES", 4, 8, {}),
        ("DRAGON_BOAT_DATES", 5, 5, {}),
        ("MID_AUTUMN_DATES", 8, 15, {}),
        # The new moon of 28/29 September 2057 falls within seconds of midnight.
        ("DOUBLE_NINTH_DATES", 9, 9, {2057: date(2057, 10, 7)}),
    ],
)
def test_the_holidays_package_has_the_same_festivals(
    table: str, month: int, day: int, known: dict[int, date]
):
    theirs = {year: date(year, *found) for year, found in getattr(_ChineseLunisolar, table).items()}
    differing = {
        year: theirs[year] for year in range(2014, 2100) if theirs[year] != solar_date(year, month, day)
    }
    assert differing == known


# ICU computes new moons instead of keeping a table, and misses those near midnight. In the first three of
# these months almanacs and both packages agree against it: 2018-11-08, 2027-02-06 and 2030-02-03.
ICU_DIFFERS = {"2018-11-07", "2027-02-06", "2030-02-02", "2057-09-28", "2070-03-12"}
ICU_SCRIPT = """
const format = new Intl.DateTimeFormat("en-u-ca-chinese", {month: "numeric", day: "numeric", timeZone: "UTC"});
const days = {};
for (let day = Date.parse(process.argv[1]); day <= Date.parse(process.argv[2]); day += 864e5) {
  const parts = Object.fromEntries(format.formatToParts(day).map((part) => [part.type, part.value]));
  days[new Date(day).toISOString().slice(0, 10)] = [parts.month, parts.day];
}
console.log(JSON.stringify(days));
"""


def _by_icu() -> dict[str, list[str]]:
    node = shutil.which("node")
    if node is None:
        (pytest.fail if engines.REQUIRED else pytest.skip)("Node.js is not installed; it brings ICU")
    command = [node, "--eval", ICU_SCRIPT, FIRST.isoformat(), LAST.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_icu_has_the_same_days_except_for_known_months():
    icu: dict[str, Any] = _by_icu()
    begins, before = set(), False
    for day in days_between(FIRST, LAST):
        lunar = lunar_day(day)
        ours = [f"{lunar.month}{'bis' if lunar.is_leap else ''}", str(lunar.day)]
        if ours != icu[str(day)] and not before:
            begins.add(str(day))
        before = ours != icu[str(day)]
    assert begins <= ICU_DIFFERS  # a newer ICU may have fewer
