"""Annual reports with their due dates, and the guide to information on request, which asks for nothing."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from home.models import DepartmentPage
from openness.departments.models import Department
from policies.models import AnnualReportPage, DisclosureGuidePage, PolicyIndexPage
from policies.reports_due import due_on, reports_due
from policies.reports_views import write_addresses
from tests.policies.offices import Offices, found_offices
from tests.venues.editors import NOW, member, signed_in


@pytest.fixture
def city(db: None, settings: Any) -> Offices:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_offices()


def report(parent: DepartmentPage, year: int, **fields: Any) -> AnnualReportPage:
    page = AnnualReportPage(title=f"{parent.title}{year}年报", year=year, locale=parent.locale, **fields)
    return DepartmentPage.objects.get(pk=parent.pk).add_child(instance=page)


# ---------------------------------------------------------------------------------------------------
# Annual reports


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("泉州市文化广电和旅游局", date(2026, 1, 31)),
        ("泉州市总工会", date(2026, 1, 31)),
        ("鲤城区人民政府", date(2026, 3, 31)),
        ("泉州开发区管理委员会", date(2026, 3, 31)),
        ("泉州市人民政府办公室", date(2026, 1, 31)),
    ],
)
def test_departments_report_by_january_governments_by_march(name: str, day: date) -> None:
    assert due_on(Department(name=name), 2025) == day


def test_a_department_has_one_report_for_each_year_that_is_over(city: Offices) -> None:
    first = report(city.culture, 2025)
    with pytest.raises(ValidationError) as caught:
        report(city.culture, 2025)
    assert "year" in caught.value.message_dict
    with pytest.raises(ValidationError):
        report(city.culture, 2026)
    report(city.culture, 2024)
    report(city.union, 2025)
    first.save_revision().publish()


def test_missing_reports_come_first(city: Offices) -> None:
    report(city.culture, 2025)
    report(city.union, 2025, live=False)
    missing, published = reports_due(Department.objects.all(), 2025)
    assert (missing.department.code, missing.is_public, missing.is_late) == ("union", False, True)
    assert missing.page is not None
    assert (published.department.code, published.is_public, published.is_late) == ("culture", True, False)
    assert all(row.page is None for row in reports_due(Department.objects.all(), 2024))


def test_the_office_sees_all_a_department_its_own(city: Offices) -> None:
    address = reverse("policies_reports_due")
    assert len(signed_in(member("office")).get(address).context["rows"]) == 2
    own = signed_in(member("editor", city.union)).get(address)
    assert [row.department.code for row, __ in own.context["rows"]] == ["union"]
    assert own.context["year"] == 2025
    assert signed_in(member("editor", city.union)).get(f"{address}?year=x").context["year"] == 2025
    assert signed_in(member("editor", city.union)).get(f"{address}?year=2023").context["year"] == 2023
    # Whoever writes for no department is led away, as everyone who may not enter.
    assert signed_in(member("auditor")).get(address).status_code in {302, 403}
    assert Client().get(address).status_code == 302


def test_who_may_write_a_missing_report_is_led_there(city: Offices) -> None:
    address = reverse("policies_reports_due")
    client = signed_in(member("editor", city.union))
    (missing, write), *__ = client.get(address).context["rows"]
    assert missing.page is None
    assert write in client.get(address).content.decode()
    assert client.get(write).status_code == 200
    draft = report(city.union, 2025, live=False)
    content = client.get(address).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in content
    assert write not in content
    # The rows of departments for which one does not write lead nowhere.
    assert write_addresses(member("translator", city.union)) == {}


def test_published_reports_are_listed_by_year(city: Offices, client: Client) -> None:
    report(city.culture, 2024)
    report(city.culture, 2025)
    report(city.union, 2025)
    report(city.union, 2023, live=False)
    response = client.get("/policies/reports/")
    assert [(group["year"], len(group["rows"])) for group in response.context["years"]] == [
        (2025, 2),
        (2024, 1),
    ]
    assert "2023年报" not in response.content.decode()
    PageViewRestriction.objects.create(page=city.union.page_ptr, restriction_type="login")
    assert "市总工会2025年报" not in client.get("/policies/reports/").content.decode()


def test_a_report_has_a_page(city: Offices, client: Client) -> None:
    page = report(city.culture, 2025, body=[("paragraph", "<p>本年度主动公开。</p>")])
    response = client.get(page.get_url())
    assert response.status_code == 200
    content = response.content.decode()
    assert "本年度主动公开" in content
    assert "2026年1月31日" in content
    head = BeautifulSoup(content, "html.parser").select_one("article .page-head")
    assert head.select_one(".venue__kind").get_text(strip=True) == "政府信息公开工作年度报告"
    assert head.select_one(".article__meta a")["href"] == city.culture.get_url()


# ---------------------------------------------------------------------------------------------------
# The guide


def guide(**fields: Any) -> DisclosureGuidePage:
    library = PolicyIndexPage.objects.get()
    page = DisclosureGuidePage(title="依申请公开指南", slug="requests", locale=library.locale, **fields)
    return library.add_child(instance=page)


def test_the_guide_leads_on_and_asks_for_nothing(city: Offices, client: Client) -> None:
    guide(channel_url="https://requests.example/", office="市政府办公室", office_phone="0595-0000000")
    response = client.get("/policies/requests/")
    assert response.status_code == 200
    content = response.content.decode()
    main = content[content.index("<main") : content.index("</main>")]
    assert 'href="https://requests.example/"' in main
    assert "0595-0000000" in main
    for tag in ("<form", "<input", "<textarea"):
        assert tag not in main
    assert 'href="/policies/requests/"' in client.get("/policies/").content.decode()


def test_without_a_channel_no_address_is_invented(city: Offices, client: Client) -> None:
    guide()
    content = client.get("/policies/requests/").content.decode()
    assert 'rel="external"' not in content


def test_a_draft_of_the_guide_is_not_linked(city: Offices, client: Client) -> None:
    guide(live=False)
    assert "依申请公开指南" not in client.get("/policies/").content.decode()
    assert client.get("/policies/requests/").status_code == 404
