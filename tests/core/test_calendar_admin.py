"""The office's screens: a year is looked at, proposed, compared and confirmed; days and vacations are entered."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from openness.core.calendars.models import CALENDAR_CHANGED, CalendarYear, Holiday, SchoolVacation
from openness.core.calendars.proposals import propose_year
from openness.core.outbox import OutboxEntry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

NOTICE = {
    "source_title": "国务院办公厅关于2026年部分节假日安排的通知",
    "source_url": "https://www.gov.cn/a.htm",
}


def _signed_in(*rights: str) -> Client:
    group = Group.objects.create(name="office")
    for right in ("access_admin", *rights):
        group.permissions.add(Permission.objects.get(codename=right))
    user = UserFactory()
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def office(settings: Any) -> Client:
    settings.OPENNESS_FROZEN_NOW = "2026-11-19T10:00:00+08:00"
    models = ("calendaryear", "calendarday", "schoolvacation")
    return _signed_in(*(f"{action}_{model}" for model in models for action in ("add", "change", "view")))


@pytest.fixture
def stranger(settings: Any) -> Client:
    settings.OPENNESS_FROZEN_NOW = "2026-11-19T10:00:00+08:00"
    return _signed_in()


def _address(year: int) -> str:
    return reverse("core_calendar_year", args=[year])


def _page(client: Client, year: int) -> BeautifulSoup:
    response = client.get(_address(year))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def _days(page: BeautifulSoup, kind: str) -> list[str]:
    cells = page.select(f".city-calendar__months .is-{kind} time")
    return [str(cell["datetime"]) for cell in cells]


class TestYear:
    """The year on one page."""

    def test_twelve_months_show_what_each_day_is_in_words_too(self, office: Client):
        propose_year(2026)
        page = _page(office, 2026)
        assert len(page.select(".city-calendar__month")) == 12
        assert len(page.select(".city-calendar__month time")) == 365
        assert _days(page, "makeup") == [
            "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
        ]  # fmt: skip
        assert len(_days(page, "statutory")) == 13
        assert len(_days(page, "off")) == 20
        for kind in ("off", "statutory", "makeup"):
            assert all(cell.select_one("small") for cell in page.select(f".city-calendar__month .is-{kind}"))

    def test_a_block_reads_like_the_notice(self, office: Client):
        propose_year(2026)
        rows = [" ".join(row.text.split()) for row in _page(office, 2026).select("tbody tr:has(th)")]
        spring = next(row for row in rows if row.startswith("春节"))
        assert "2月15日 周日 – 2月23日 周一" in spring
        assert "9" in spring
        assert "2月14日 周六, 2月28日 周六" in spring

    def test_missing_year_is_proposed_on_request(self, office: Client):
        page = _page(office, 2027)
        assert not page.select(".city-calendar__month")
        form = page.select_one("form[action$='/propose/']")
        assert form
        assert office.get(form["action"]).status_code == 405
        assert office.post(form["action"]).status_code == 302
        page = _page(office, 2027)
        assert gettext("Proposal: arrangement not announced") in page.select_one(".help-warning").text
        assert _days(page, "makeup") == []
        assert len(_days(page, "statutory")) == 13

    def test_differences_stand_side_by_side(self, office: Client):
        propose_year(2026).days.filter(date=date(2026, 10, 10)).delete()
        row = _page(office, 2026).select_one("tr:has(th time[datetime='2026-10-10'])")
        here, one, other = [" ".join(cell.text.split()) for cell in row.select("td")]
        assert here != one
        assert "国庆节" in one
        assert "调休上班" in other

    @pytest.mark.parametrize("year", [2013, 2100, 99999])
    def test_other_years_lead_back(self, office: Client, year: int):
        assert office.get(_address(year)).url == reverse("core_calendar")

    def test_the_first_page_is_the_year_that_waits(self, office: Client, year_2026: CalendarYear):
        assert office.get(reverse("core_calendar")).url == _address(2027)


class TestConfirming:
    """From proposal to confirmed."""

    def test_confirmed_with_the_notice_and_by_whom(self, office: Client):
        propose_year(2026)
        response = office.post(_address(2026), NOTICE, follow=True)
        year = CalendarYear.objects.get(year=2026)
        assert year.is_confirmed
        assert (year.source_title, year.source_url) == tuple(NOTICE.values())
        assert year.confirmed_by_id == response.context["user"].pk
        assert year.version == 2
        assert OutboxEntry.objects.filter(kind=CALENDAR_CHANGED, key="2026").exists()

    @pytest.mark.parametrize(
        "changed",
        [
            {"source_title": ""},
            {"source_title": "国务院办公厅关于2025年部分节假日安排的通知"},
            {"source_url": ""},
            {"source_url": "https://notgov.cn/a"},
            {"source_url": "https://gov.cn.example/a"},
            {"source_url": "http://www.gov.cn/a"},
            {"source_url": "x y"},
        ],
    )
    def test_not_without_a_notice(self, office: Client, changed: dict[str, str]):
        propose_year(2026)
        response = office.post(_address(2026), NOTICE | changed)
        assert response.context["form"].errors.keys() == changed.keys()
        assert not CalendarYear.objects.get(year=2026).is_confirmed

    @pytest.mark.parametrize("host", ["www.gov.cn", "jyj.quanzhou.gov.cn"])
    def test_with_an_address_of_the_government(self, office: Client, host: str):
        propose_year(2026)
        office.post(_address(2026), NOTICE | {"source_url": f"https://{host}/a"})
        assert CalendarYear.objects.get(year=2026).is_confirmed

    def test_differences_have_to_be_decided(self, office: Client):
        propose_year(2026).days.filter(date=date(2026, 10, 10)).delete()
        assert "compared" in office.post(_address(2026), NOTICE).context["form"].errors
        assert not CalendarYear.objects.get(year=2026).is_confirmed
        office.post(_address(2026), NOTICE | {"compared": "on"})
        assert CalendarYear.objects.get(year=2026).is_confirmed

    def test_a_year_that_no_package_knows_has_to_be_compared_too(self, office: Client):
        propose_year(2027)
        assert "compared" in office.post(_address(2027), NOTICE).context["form"].errors

    def test_year_without_days_is_refused_in_words(self, office: Client):
        CalendarYear.objects.create(year=2026, source_title="x")
        response = office.post(_address(2026), NOTICE | {"compared": "on"})
        assert response.context["form"].non_field_errors()

    def test_only_for_whom_the_calendar_is(self, stranger: Client):
        propose_year(2026)
        for send in (stranger.get, stranger.post):
            assert send(_address(2026)).status_code == 302
            assert send(reverse("core_calendar_propose", args=[2027])).status_code in (302, 405)
        assert list(CalendarYear.objects.values_list("year", "status")) == [(2026, "proposal")]
        assert _address(2026) not in stranger.get("/admin/").content.decode()


class TestReminder:
    """The first page of the admin."""

    @pytest.mark.parametrize(
        ("now", "reminded"),
        [("2026-10-31T23:00", False), ("2026-11-01T00:00", True), ("2027-01-01T00:00", True)],
    )
    def test_from_november_on_next_year_is_missed(
        self, office: Client, year_2026: CalendarYear, settings: Any, now: str, reminded: bool
    ):
        settings.OPENNESS_FROZEN_NOW = f"{now}:00+08:00"
        assert (_address(2027) in office.get("/admin/").content.decode()) == reminded

    def test_this_year_is_missed_in_any_month(self, office: Client, settings: Any):
        settings.OPENNESS_FROZEN_NOW = "2026-03-01T10:00:00+08:00"
        assert _address(2026) in office.get("/admin/").content.decode()

    def test_not_to_others(self, stranger: Client):
        assert _address(2026) not in stranger.get("/admin/").content.decode()


class TestEntering:
    """Days and vacations in Wagtail's forms."""

    @staticmethod
    def _days(year: CalendarYear, **first: str) -> dict[str, str]:
        days = list(year.days.order_by("date"))
        data = {"year": str(year.year), "source_title": year.source_title, "source_url": year.source_url}
        data |= {
            "days-TOTAL_FORMS": str(len(days)), "days-INITIAL_FORMS": str(len(days)),
            "days-MIN_NUM_FORMS": "0", "days-MAX_NUM_FORMS": "1000",
        }  # fmt: skip
        for number, day in enumerate(days):
            fields = {
                "id": str(day.pk), "date": day.date.isoformat(), "kind": day.kind, "holiday": day.holiday,
                "name": day.name, "is_statutory": "on" if day.is_statutory else "", "DELETE": "",
            }  # fmt: skip
            fields |= first if number == 0 else {}
            data |= {f"days-{number}-{name}": value for name, value in fields.items() if value}
        return data

    def _edit(self, office: Client, year: CalendarYear, **first: str) -> Any:
        address = reverse("wagtailsnippets_core_calendaryear:edit", args=[year.pk])
        return office.post(address, self._days(year, **first))

    def test_a_change_of_a_confirmed_year_raises_its_version(self, office: Client, year_2026: CalendarYear):
        OutboxEntry.objects.all().delete()
        assert self._edit(office, year_2026, name="元旦节").status_code == 302
        changed = CalendarYear.objects.get(year=2026)
        assert changed.is_confirmed
        assert changed.version == year_2026.version + 1
        assert changed.days.get(date=date(2026, 1, 1)).name == "元旦节"
        assert OutboxEntry.objects.filter(kind=CALENDAR_CHANGED, key="2026").exists()

    def test_a_day_of_the_citys_own_keeps_its_name(self, office: Client, year_2026: CalendarYear):
        response = self._edit(office, year_2026, date="2026-07-25", holiday="local", name="古城日")
        assert response.status_code == 302
        day = year_2026.days.get(date=date(2026, 7, 25))
        assert (day.holiday, day.name) == (Holiday.LOCAL, "古城日")

    @pytest.mark.parametrize(
        "first",
        [
            {"date": "2025-12-31"},
            {"date": "2026-01-02"},  # the second day's date
            {"kind": "makeup_workday"},  # of a statutory day
            {"name": ""},
            {"date": "soon"},
        ],
    )
    def test_mistakes_are_told_on_the_form(
        self, office: Client, year_2026: CalendarYear, first: dict[str, str]
    ):
        response = self._edit(office, year_2026, **first)
        assert response.status_code == 200
        assert BeautifulSoup(response.content, "html.parser").select(".error-message")
        assert CalendarYear.objects.get(year=2026).version == year_2026.version

    def test_a_year_stays_the_year_it_is(self, office: Client, year_2026: CalendarYear):
        address = reverse("wagtailsnippets_core_calendaryear:edit", args=[2026])
        assert office.post(address, self._days(year_2026) | {"year": "2027"}).status_code == 302
        assert list(CalendarYear.objects.values_list("year", flat=True)) == [2026]

    @pytest.mark.parametrize(("day", "status"), [("2027-01-01", 302), ("2026-01-01", 200)])
    def test_a_new_year_is_entered_by_hand(self, office: Client, day: str, status: int):
        data = {
            "year": "2027", "source_title": "Notice", "source_url": "",
            "days-TOTAL_FORMS": "1", "days-INITIAL_FORMS": "0",
            "days-MIN_NUM_FORMS": "0", "days-MAX_NUM_FORMS": "1000",
            "days-0-date": day, "days-0-kind": "off", "days-0-holiday": "new_year", "days-0-name": "元旦",
        }  # fmt: skip
        response = office.post(reverse("wagtailsnippets_core_calendaryear:add"), data)
        assert response.status_code == status
        assert CalendarYear.objects.filter(year=2027, days__date=day).exists() == (status == 302)

    @staticmethod
    def _enter(office: Client, **changed: str) -> Any:
        vacation = {
            "kind": "summer",
            "level": "",
            "starts_on": "2026-07-06",
            "ends_on": "2026-08-31",
            "source": "",
        }
        return office.post(reverse("wagtailsnippets_core_schoolvacation:add"), vacation | changed)

    def test_vacation_of_one_level_makes_everything_be_computed_again(
        self, office: Client, year_2026: CalendarYear
    ):
        OutboxEntry.objects.all().delete()
        assert self._enter(office, level="senior").status_code == 302
        assert SchoolVacation.objects.get().level == "senior"
        # The school year began in 2025, which nobody has entered.
        keys = OutboxEntry.objects.filter(kind=CALENDAR_CHANGED).values_list("key", flat=True)
        assert set(keys) == {"2025", "2026"}
        assert CalendarYear.objects.get(year=2026).version == year_2026.version + 1

    @pytest.mark.parametrize(
        "changed",
        [{"ends_on": "2026-07-05"}, {"starts_on": ""}, {"kind": ""}, {"level": "nursery"}],
    )
    def test_mistakes_of_a_vacation_are_told_on_the_form(self, office: Client, changed: dict[str, str]):
        assert self._enter(office, **changed).status_code == 200
        assert not SchoolVacation.objects.exists()

    def test_overlapping_vacations_of_the_same_schools_are_refused(self, office: Client):
        self._enter(office, level="senior")
        for level, status in (("senior", 200), ("", 200), ("primary", 302)):
            response = self._enter(office, level=level, starts_on="2026-08-01")
            assert response.status_code == status, level

    def test_the_list_names_the_level(self, office: Client):
        self._enter(office, level="senior")
        text = office.get(reverse("wagtailsnippets_core_schoolvacation:list")).content.decode()
        assert SchoolVacation.objects.get().get_level_display() in text
