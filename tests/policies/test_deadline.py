"""Twenty working days: where they end, what is not known yet, and who sees which drafts."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openness.core.calendars.proposals import confirm_year, propose_year
from openness.core.calendars.workdays import add_workdays
from policies.deadline import deadline_of, deadlines
from policies.enums import Disclosure
from policies.models import PolicyPage
from tests.policies.documents import address_of_form, found_library, policy
from tests.venues.editors import NOW, City, member, signed_in

ADDRESS = "/admin/policies/due/"


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    confirm(2026)
    return found_library()


def confirm(year: int) -> None:
    propose_year(year)
    confirm_year(year, source_title="国务院办公厅关于部分节假日安排的通知", source_url="")


def draft(city: City, title: str, written_on: date | None, **fields: Any) -> PolicyPage:
    page = policy(city, title, live=False, written_on=written_on, **fields)
    page.save_revision()
    return page


def test_four_weeks_without_a_holiday(city: City) -> None:
    deadline = deadline_of(date(2026, 11, 2))
    assert (deadline.day, deadline.is_certain, deadline.is_over) == (date(2026, 11, 30), True, False)
    # From Friday the 20th on: seven working days up to the 30th.
    assert deadline.days_left == 7


def test_days_off_and_makeup_days_count(city: City) -> None:
    # The Spring Festival of 2026: nine days off, two weekends worked for it.
    assert deadline_of(date(2026, 2, 13)).day == date(2026, 3, 19)


def test_it_agrees_with_counting_in_working_days(city: City) -> None:
    days = [date(2026, month, day) for month in (1, 5, 12) for day in (1, 2, 15, 28)]
    assert {day: each.day for day, each in deadlines(days).items()} == {
        day: add_workdays(day, 20) for day in days
    }


def test_an_unknown_year_is_said_to_be_unknown(city: City) -> None:
    propose_year(2027)
    deadline = deadline_of(date(2026, 12, 15))
    assert deadline.day.year == 2027
    assert not deadline.is_certain
    confirm_year(2027, source_title="国务院办公厅关于部分节假日安排的通知", source_url="")
    assert deadline_of(date(2026, 12, 15)).is_certain


@pytest.mark.parametrize(
    ("written_on", "is_over", "days_left"),
    [(date(2026, 10, 21), True, 0), (date(2026, 10, 22), False, 0), (date(2026, 10, 23), False, 1)],
)
def test_the_last_day_is_still_in_time(city: City, written_on: date, is_over: bool, days_left: int) -> None:
    deadline = deadline_of(written_on)
    assert (deadline.is_over, deadline.days_left) == (is_over, days_left)


def test_the_form_says_by_when(city: City) -> None:
    client = signed_in(member("editor", city.culture))
    page = draft(city, "开放办法", date(2026, 11, 2))
    assert "2026-11-30" in client.get(address_of_form(page)).content.decode()
    undated = draft(city, "另一办法", None)
    assert "《政府信息公开条例》" in client.get(address_of_form(undated)).content.decode()


# ---------------------------------------------------------------------------------------------------
# The report


def titles(client: Client, address: str = ADDRESS) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [line.title for line in response.context["lines"]]


def test_what_is_due_first_comes_first(city: City) -> None:
    assert reverse("policies_due") == ADDRESS
    draft(city, "后到期", date(2026, 11, 10))
    draft(city, "先到期", date(2026, 9, 1))
    draft(city, "无日期", None)
    draft(city, "依申请", date(2026, 9, 1), disclosure=Disclosure.ON_REQUEST)
    policy(city, "已发布", written_on=date(2026, 9, 1))
    assert titles(signed_in(member("publisher", city.culture))) == ["先到期", "后到期"]


def test_it_goes_by_the_latest_revision(city: City) -> None:
    page = draft(city, "旧标题", None)
    page.title, page.written_on = "新标题", date(2026, 11, 10)
    page.save_revision()
    assert PolicyPage.objects.get(pk=page.pk).written_on is None
    assert titles(signed_in(member("editor", city.culture))) == ["新标题"]


def test_a_department_sees_its_own_and_the_office_all(city: City) -> None:
    draft(city, "文旅", date(2026, 11, 2))
    draft(city, "工会", date(2026, 11, 3), parent=city.union)
    assert titles(signed_in(member("editor", city.culture))) == ["文旅"]
    assert titles(signed_in(member("editor", city.union))) == ["工会"]
    assert titles(signed_in(member("office"))) == ["文旅", "工会"]
    assert signed_in(member("auditor")).get(ADDRESS).status_code in {302, 403}
    assert Client().get(ADDRESS).status_code == 302


def test_many_drafts_take_as_many_queries_as_one(city: City, django_assert_max_num_queries: Any) -> None:
    client = signed_in(member("editor", city.culture))
    draft(city, "一", date(2026, 11, 2))
    titles(client)
    with django_assert_max_num_queries(40) as one:
        titles(client)
    for number in range(6):
        draft(city, f"办法{number}", date(2026, 11, 3 + number))
    with django_assert_max_num_queries(len(one)):
        assert len(titles(client)) == 7
