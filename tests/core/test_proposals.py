from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from openness.core.calendars.days import days_between
from openness.core.calendars.entries import Entry
from openness.core.calendars.models import (
    CALENDAR_CHANGED,
    CalendarDay,
    CalendarYear,
    DayKind,
    Holiday,
    YearStatus,
)
from openness.core.calendars.packages import (
    YearNotAnnounced,
    announced_days,
    days_by_holidays,
    is_announced,
    statutory_by_holidays,
)
from openness.core.calendars.proposals import confirm_year, differences, propose_year
from openness.core.calendars.statutory import statutory_days
from openness.core.outbox import OutboxEntry

SOURCE = {"source_title": "Notice of the State Council", "source_url": "https://www.gov.cn/notice"}


def _dates(*days: str) -> set[date]:
    return {date.fromisoformat(day) for day in days}


def test_statutory_days_of_2026_by_the_rule_since_2025():
    assert statutory_days(2026) == _dates(
        "2026-01-01",
        "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19",
        "2026-04-05",
        "2026-05-01", "2026-05-02",
        "2026-06-19",
        "2026-09-25",
        "2026-10-01", "2026-10-02", "2026-10-03",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("year", "spring_festival", "number"),
    [
        (2025, ["2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31"], 13),
        (2024, ["2024-02-10", "2024-02-11", "2024-02-12"], 11),
        (2014, ["2014-01-31", "2014-02-01", "2014-02-02"], 11),
    ],
)
def test_statutory_days_follow_the_rule_of_their_year(year: int, spring_festival: list[str], number: int):
    days = statutory_days(year)
    assert {day for day in days if day.month <= 3 and day != date(year, 1, 1)} == _dates(*spring_festival)
    assert len(days) == number


def test_second_of_may_is_statutory_since_2025():
    assert date(2024, 5, 2) not in statutory_days(2024)
    assert date(2025, 5, 2) in statutory_days(2025)


@pytest.mark.parametrize("year", range(2014, 2027))
def test_every_statutory_day_is_announced_as_a_day_off(year: int):
    """The package and the regulation are independent: where they meet, both are right."""
    off = {entry.date for entry in announced_days(year) if entry.kind == DayKind.OFF}
    assert statutory_days(year) <= off


def _day_kinds(days: list[Entry], year: int) -> list[tuple[date, bool, bool]]:
    """Every day of a year: whether it is off, and whether it is statutory."""
    by_date = {day.date: day for day in days}
    kinds = []
    for day in days_between(date(year, 1, 1), date(year, 12, 31)):
        known = by_date.get(day)
        is_off = known.kind == DayKind.OFF if known else day.weekday() > 4
        kinds.append((day, is_off, bool(known and known.is_statutory)))
    return kinds


@pytest.mark.parametrize("year", range(2014, 2027))
def test_both_packages_agree_on_every_day(year: int):
    one, other = _day_kinds(announced_days(year), year), _day_kinds(days_by_holidays(year), year)
    assert one == other
    assert len(one) in (365, 366)


@pytest.mark.parametrize("year", range(2014, 2100))
def test_statutory_days_follow_from_the_regulation_in_both_readings_of_it(year: int):
    assert {day.date for day in statutory_by_holidays(year)} == statutory_days(year)


def test_only_one_package_knows_that_a_year_is_not_announced():
    assert [year for year in range(2013, 2031) if is_announced(year)] == list(range(2014, 2027))
    assert days_by_holidays(2027)


def test_2026_as_announced():
    days = announced_days(2026)
    off = [day for day in days if day.kind == DayKind.OFF]
    makeup = {day.date for day in days if day.kind == DayKind.MAKEUP_WORKDAY}
    assert len(off) == 33
    assert makeup == _dates(
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"
    )
    assert {day.name for day in days} == {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}


@pytest.mark.parametrize("year", [2013, 2027, 2100, 0, 12345])
def test_year_that_is_not_announced_is_refused_by_name(year: int):
    with pytest.raises(YearNotAnnounced, match=str(year)):
        announced_days(year)


@pytest.mark.django_db
class TestProposing:
    """From a proposal to a confirmed year."""

    def test_proposal_names_its_source_and_is_not_confirmed(self):
        year = propose_year(2026)
        assert (year.status, year.version) == (YearStatus.PROPOSAL, 1)
        assert year.source_title.startswith("chinesecalendar 1.")
        assert year.days.count() == 39
        assert OutboxEntry.objects.get(kind=CALENDAR_CHANGED).key == "2026"

    def test_proposing_again_changes_nothing(self):
        propose_year(2026)
        before = list(CalendarDay.objects.values())
        year = propose_year(2026)
        assert list(CalendarDay.objects.values()) == before
        assert year.version == 1

    def test_what_the_office_changed_in_a_proposal_stays(self):
        propose_year(2026).days.filter(date=date(2026, 10, 10)).delete()
        assert propose_year(2026).days.count() == 38

    def test_confirmed_year_is_not_overwritten(self):
        propose_year(2026)
        confirmed = confirm_year(2026, **SOURCE)
        confirmed.days.filter(date=date(2026, 10, 10)).delete()
        again = propose_year(2026)
        assert again.is_confirmed
        assert again.source_title == SOURCE["source_title"]
        assert again.days.count() == 38

    def test_unannounced_year_is_proposed_with_its_statutory_days_only(self):
        year = propose_year(2027)
        assert (year.status, year.source_title[:9]) == (YearStatus.PROPOSAL, "holidays ")
        assert set(year.days.values_list("date", flat=True)) == statutory_days(2027)
        assert set(year.days.values_list("kind", "is_statutory")) == {("off", True)}
        assert year.days.get(date=date(2027, 2, 5)).name == "春节"  # the eve

    def test_year_outside_the_calendar_leaves_nothing_behind(self):
        with pytest.raises(YearNotAnnounced):
            propose_year(2013)
        assert not CalendarYear.objects.exists()

    def test_confirming_raises_the_version_and_keeps_who_and_when(self):
        propose_year(2026)
        year = CalendarYear.objects.get(pk=confirm_year(2026, **SOURCE).pk)
        assert year.is_confirmed
        assert year.version == 2
        assert year.confirmed_at is not None
        assert (year.source_title, year.source_url) == tuple(SOURCE.values())

    @pytest.mark.parametrize("source_title", ["", "x" * 256])
    def test_year_without_a_proper_source_is_not_confirmed(self, source_title: str):
        propose_year(2026)
        with pytest.raises(ValidationError):
            confirm_year(2026, source_title=source_title, source_url="")
        assert not CalendarYear.objects.get(year=2026).is_confirmed

    def test_year_without_days_is_not_confirmed(self):
        CalendarYear.objects.create(year=2027, source_title="Notice")
        with pytest.raises(ValidationError):
            confirm_year(2027, **SOURCE)

    def test_differences_show_what_was_changed_here(self):
        year = propose_year(2026)
        assert differences(year) == []
        year.days.filter(date=date(2026, 10, 10)).delete()
        year.days.filter(date=date(2026, 1, 4)).update(kind=DayKind.OFF)
        found = differences(year)
        assert [each.date for each in found] == [date(2026, 1, 4), date(2026, 10, 10)]
        assert found[1].here is None
        assert found[1].chinesecalendar
        assert found[1].chinesecalendar.kind == DayKind.MAKEUP_WORKDAY
        assert found[1].holidays
        assert found[1].holidays.kind == DayKind.MAKEUP_WORKDAY

    @pytest.mark.parametrize("values", [{"is_statutory": False}, {"holiday": Holiday.MID_AUTUMN}])
    def test_differences_show_a_day_off_that_is_another_holiday(self, values: dict[str, object]):
        year = propose_year(2026)
        year.days.filter(date=date(2026, 10, 1)).update(**values)
        assert [each.date for each in differences(year)] == [date(2026, 10, 1)]

    def test_another_name_is_no_difference(self):
        year = propose_year(2026)
        year.days.filter(date=date(2026, 10, 10)).update(name="国庆节调休上班")
        assert differences(year) == []

    def test_a_day_of_the_citys_own_is_no_difference_until_a_package_speaks_of_it(self):
        year = propose_year(2026)
        own = {"kind": DayKind.OFF, "holiday": Holiday.LOCAL, "name": "世界遗产日"}
        CalendarDay.objects.create(calendar_year=year, date=date(2026, 7, 24), **own)
        assert differences(year) == []
        year.days.filter(date=date(2026, 10, 10)).update(**own)
        assert [each.date for each in differences(year)] == [date(2026, 10, 10)]

    def test_differences_of_an_unannounced_year_are_what_only_one_package_projects(self):
        found = differences(propose_year(2027))
        assert {each.date for each in found} == _dates(
            "2027-02-09", "2027-02-10", "2027-05-03", "2027-05-04", "2027-10-04", "2027-10-05"
        )
        assert all(each.here is None and each.chinesecalendar is None for each in found)
        assert found[0].holidays
        assert "补假" in found[0].holidays.name


@pytest.mark.django_db
class TestCommand:
    """``calendar_year``."""

    @staticmethod
    def _call(*arguments: str) -> str:
        out = StringIO()
        call_command("calendar_year", *arguments, stdout=out, no_color=True)
        return out.getvalue()

    def test_proposes_confirms_and_shows(self):
        assert "2026v1 proposal: chinesecalendar" in self._call("propose", "2026")
        source = ["--source-title", SOURCE["source_title"], "--source-url", SOURCE["source_url"]]
        assert "2026v2 confirmed: Notice" in self._call("confirm", "2026", *source)
        lines = self._call("show", "2026").splitlines()
        assert "  2026-02-16 Mon off            春节 statutory" in lines
        assert "  2026-10-10 Sat makeup_workday 国庆节" in lines
        assert len(lines) == 40

    def test_shows_where_the_package_differs(self):
        propose_year(2026).days.filter(date=date(2026, 10, 10)).delete()
        shown = self._call("show", "2026")
        assert "2026-10-10: here as every week, chinesecalendar 1." in shown
        assert "makeup_workday 国庆节, holidays 0." in shown

    def test_says_that_a_year_is_not_announced(self):
        shown = self._call("propose", "2027")
        assert str(YearNotAnnounced(2027)) in shown
        assert "2027-02-09: here as every week, chinesecalendar 1.11.0 unknown, holidays 0.109 off" in shown

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [(["propose", "2013"], "2013"), (["show", "2026"], "calendar_year propose 2026")],
    )
    def test_says_what_is_missing(self, arguments: list[str], message: str):
        with pytest.raises(CommandError, match=message):
            self._call(*arguments)
