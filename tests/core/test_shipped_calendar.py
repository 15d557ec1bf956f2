"""The calendar that comes with the product, and calendars from files: neither asks the database."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from openness.core.calendars.calendar_file import load
from openness.core.calendars.days import DayFacts, city_calendar, days_between
from openness.core.calendars.entering import enter_calendar
from openness.core.calendars.models import CalendarYear, DayKind, SchoolVacation
from openness.core.calendars.packages import announced_days, days_by_holidays
from openness.core.calendars.shipped import SHIPPED, read_calendar, shipped_calendar, shipped_file
from openness.core.calendars.statutory import statutory_days

YEAR: dict[str, Any] = {
    "year": 2027,
    "status": "confirmed",
    "source_title": "Notice",
    "source_url": "https://www.gov.cn/a",
    "days_off": [
        {
            "holiday": "new_year",
            "name": "元旦",
            "from": "2027-01-01",
            "to": "2027-01-03",
            "statutory": ["2027-01-01"],
        },
        {"holiday": "local", "name": "古城日", "from": "2027-07-26", "to": "2027-07-26"},
    ],
    "makeup_workdays": [{"date": "2027-01-09", "holiday": "new_year", "name": "元旦"}],
}
VACATIONS = [
    {"kind": "winter", "from": "2027-01-30", "to": "2027-02-28"},
    {"kind": "summer", "level": "senior", "from": "2027-07-10", "to": "2027-08-31", "source": "Bureau"},
]


def _written(folder: Path, **changed: Any) -> Path:
    path = folder / "calendar.json"
    path.write_text(json.dumps({"format": 1, "years": [YEAR], "school_vacations": VACATIONS} | changed))
    return path


def _facts(path: Path, day: date) -> DayFacts:
    return read_calendar(path, date(2026, 9, 1), date(2027, 12, 31)).facts(day)


class TestShipped:
    """2014 to 2026 as announced. These tests have no access to the database, so no query can be made."""

    @pytest.mark.parametrize("year", range(2014, 2027))
    def test_every_day_is_what_both_packages_say(self, year: int):
        calendar = shipped_calendar(date(year, 1, 1), date(year, 12, 31))
        by_chinesecalendar = {day.date: day for day in announced_days(year)}
        by_holidays = {day.date: day for day in days_by_holidays(year)}
        for day in days_between(date(year, 1, 1), date(year, 12, 31)):
            facts = calendar.facts(day)
            assert facts.is_confirmed
            for known in (by_chinesecalendar.get(day), by_holidays.get(day)):
                is_off = known.kind == DayKind.OFF if known else day.weekday() > 4
                assert (facts.day_type == "day_off") == is_off, day
            assert facts.is_statutory == (day in statutory_days(year)), day
            block = by_chinesecalendar.get(day)
            if block and block.kind == DayKind.OFF:
                assert facts.holiday == block.holiday, day

    def test_a_weekend_day_between_two_days_off_belongs_to_them(self):
        days = {day.date: day for year in shipped_file().years for day in year.days}
        gaps = [
            day
            for day, entry in days.items()
            if entry.kind == DayKind.OFF and day + timedelta(days=1) not in days
            if any((days.get(day + timedelta(days=ahead)) or entry).kind == DayKind.OFF for ahead in (2,))
            if day + timedelta(days=2) in days
        ]
        assert gaps == []

    def test_every_year_names_its_notice(self):
        for year in shipped_file().years:
            assert f"国务院办公厅关于{year.year}年部分节假日安排的通知" in year.source_title
            assert year.source_url.startswith("https://www.gov.cn/zhengce/zhengceku/")

    def test_years_that_nobody_announced_are_not_confirmed(self):
        calendar = shipped_calendar(date(2013, 1, 1), date(2027, 12, 31))
        assert [calendar.facts(date(year, 6, 1)).is_confirmed for year in (2013, 2014, 2026, 2027)] == [
            False, True, True, False,
        ]  # fmt: skip

    def test_school_vacations_are_not_known(self):
        facts = shipped_calendar(date(2026, 1, 1), date(2026, 12, 31)).facts(date(2026, 8, 1))
        assert facts.unknown_vacations == ("primary", "junior", "senior", "university")

    @pytest.mark.django_db
    def test_entered_into_the_database_it_is_the_same(self):
        enter_calendar(shipped_file())
        assert CalendarYear.objects.count() == 13
        first, last = date(2014, 2, 1), date(2026, 11, 30)
        stored, shipped = city_calendar(first, last), shipped_calendar(first, last)
        assert all(stored.facts(day) == shipped.facts(day) for day in days_between(first, last))


class TestFile:
    """A document of one's own."""

    def test_everything_in_it_is_known(self, tmp_path: Path):
        path = _written(tmp_path)
        new_year, weekend = _facts(path, date(2027, 1, 1)), _facts(path, date(2027, 1, 2))
        assert (new_year.holiday, new_year.is_statutory, new_year.is_confirmed) == ("new_year", True, True)
        assert (weekend.holiday, weekend.is_statutory) == ("new_year", False)
        assert _facts(path, date(2027, 1, 9)).is_makeup_workday
        assert _facts(path, date(2027, 7, 26)).holiday == "local"
        assert _facts(path, date(2027, 2, 1)).vacations == (("winter", ""),)
        assert _facts(path, date(2027, 8, 1)).vacations == (("summer", "senior"),)
        # Both vacations of the school year 2026–27 are there for the senior schools only.
        assert _facts(path, date(2026, 10, 10)).unknown_vacations == ("primary", "junior", "university")
        assert not _facts(path, date(2026, 10, 10)).is_confirmed

    def test_a_proposal_is_not_confirmed(self, tmp_path: Path):
        facts = _facts(_written(tmp_path, years=[YEAR | {"status": "proposal"}]), date(2027, 1, 1))
        assert (facts.day_type, facts.is_confirmed) == ("day_off", False)

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"format": 2}, "format: only 1"),
            ({"format": True}, "format is missing or of the wrong type"),
            ({"years": {}}, "years is missing or of the wrong type"),
            ({"years": [7]}, r"years\[0\]: an object"),
            ({"years": [YEAR, YEAR]}, "years: 2027 is there twice"),
            ({"holidays": []}, "document: holidays is not part"),
            ({"years": [YEAR | {"year": 1999}]}, "1999 lies outside 2014–2099"),
            ({"years": [YEAR | {"year": 2026}]}, r"years\[0\].days_off\[0\]: .* does not lie in 2026"),
            ({"years": [YEAR | {"status": "sure"}]}, "status is “sure”, not one of proposal, confirmed"),
            ({"years": [YEAR | {"source_title": None}]}, "source_title is missing"),
            ({"years": [YEAR | {"note": ""}]}, r"years\[0\]: note is not part"),
        ],
    )
    def test_mistakes_of_a_document_are_named(self, tmp_path: Path, changed: dict[str, Any], message: str):
        with pytest.raises(ValueError, match=message) as refusal:
            load(_written(tmp_path, **changed))
        assert str(refusal.value).startswith("calendar.json: ")

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"from": "2027-01-04"}, "2027-01-03 comes before 2027-01-04"),
            ({"to": "2027-09-01"}, "more than 92 days"),
            ({"from": "1 January"}, "from is “1 January”, not a date"),
            ({"statutory": ["2027-01-04"]}, "a statutory day lies outside"),
            ({"statutory": [1]}, "statutory is “1”"),
            ({"holiday": "easter"}, "holiday is “easter”, not one of new_year"),
            ({"name": 5}, "name is missing or of the wrong type"),
            ({"to": "2027-01-09"}, "2027-01-09 is there twice"),
        ],
    )
    def test_mistakes_of_days_off_are_named(self, tmp_path: Path, changed: dict[str, Any], message: str):
        year = YEAR | {"days_off": [YEAR["days_off"][0] | changed]}
        with pytest.raises(ValueError, match=message):
            load(_written(tmp_path, years=[year]))

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"kind": "spring"}, r"school_vacations\[0\]: kind is “spring”"),
            ({"level": "nursery"}, "level is “nursery”, not one of primary"),
            ({"to": "2026-01-01"}, "comes before"),
        ],
    )
    def test_mistakes_of_vacations_are_named(self, tmp_path: Path, changed: dict[str, Any], message: str):
        with pytest.raises(ValueError, match=message):
            load(_written(tmp_path, school_vacations=[VACATIONS[0] | changed]))

    @pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b'{"format": 1, "format": 2}'])
    def test_no_document_is_told_as_such(self, tmp_path: Path, content: bytes):
        path = tmp_path / "broken.json"
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"^broken\.json: "):
            load(path)

    def test_missing_file_is_the_systems_own_error(self, tmp_path: Path):
        with pytest.raises(FileNotFoundError):
            read_calendar(tmp_path / "none.json", date(2027, 1, 1), date(2027, 1, 1))

    @pytest.mark.django_db
    def test_entering_leaves_what_is_there(self, tmp_path: Path):
        enter_calendar(load(_written(tmp_path)))
        CalendarYear.objects.get().days.filter(date=date(2027, 1, 9)).delete()
        enter_calendar(load(_written(tmp_path)))
        assert CalendarYear.objects.get().days.count() == 4
        assert [each.level for each in SchoolVacation.objects.order_by("starts_on")] == ["", "senior"]

    def test_the_shipped_document_stands_in_the_format(self):
        assert load(SHIPPED) == shipped_file()
