"""The desk of measures: whose they are, what may be reported and attached, and what is refused."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from openness.departments.models import Department
from policies.models import Measure, MeasureEvidence, MeasureReport, PolicyPage
from tests.policies.documents import found_library
from tests.policies.explained import measured
from tests.venues.editors import NOW, City, member, signed_in

DESK = reverse("policies_measures")


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_library()


@pytest.fixture
def document(city: City) -> PolicyPage:
    """Its measures: one of the union with the culture bureau, one of the union alone, one of nobody named."""
    union = Department.objects.get(code="union")
    return measured(
        city,
        Measure(number="1", title="联合检查", lead=union, partners="culture、各区"),
        Measure(number="2", title="职工书屋", lead=union),
        Measure(number="3", title="公布信息", partners="各县区"),
    )


def address(document: PolicyPage, key: str) -> str:
    return reverse("policies_measure", args=[document.pk, key])


def titles(client: Client, query: str = "") -> list[str]:
    return [line.measure.title for line in client.get(f"{DESK}{query}").context["lines"]]


def test_each_sees_what_their_department_answers_for(city: City, document: PolicyPage) -> None:
    # Where nobody is named, the department that keeps the document answers.
    assert titles(signed_in(member("editor", city.culture))) == ["联合检查", "公布信息"]
    assert titles(signed_in(member("publisher", city.union))) == ["联合检查", "职工书屋"]
    assert titles(signed_in(member("office"))) == ["联合检查", "职工书屋", "公布信息"]


def test_a_department_without_measures_is_told_so(city: City, document: PolicyPage) -> None:
    other = signed_in(member("editor", city.union)).get(f"{DESK}?state=done")
    assert not other.context["lines"]
    assert "<select" in other.content.decode()
    Measure.objects.all().delete()
    none = signed_in(member("editor", city.union)).get(DESK).content.decode()
    assert "<select" not in none


def test_who_does_not_write_for_a_department_has_no_desk(city: City, document: PolicyPage) -> None:
    for role in ("contributor", "translator"):
        client = signed_in(member(role, city.culture))
        assert client.get(DESK).status_code in {302, 403}
        assert client.get(address(document, "m1")).status_code in {302, 403}


def test_an_auditor_reports_nothing(city: City, document: PolicyPage) -> None:
    client = signed_in(member("auditor"))
    client.post(address(document, "m1"), {"action": "report", "state": "done", "note": "好"})
    assert not MeasureReport.objects.exists()


def test_a_report_names_who_made_it(city: City, document: PolicyPage) -> None:
    user = member("editor", city.culture)
    culture = Department.objects.get(code="culture")
    data = {"action": "report", "department": culture.pk, "state": "done", "note": "已检查12处"}
    assert signed_in(user).post(address(document, "m1"), data).status_code == 302
    stored = MeasureReport.objects.get()
    assert (stored.department, stored.state, stored.reported_by) == (culture, "done", user)
    assert titles(signed_in(user), "?state=done") == ["联合检查"]


def test_what_has_ended_says_how(city: City, document: PolicyPage) -> None:
    culture = Department.objects.get(code="culture")
    response = signed_in(member("editor", city.culture)).post(
        address(document, "m1"), {"action": "report", "department": culture.pk, "state": "done", "note": ""}
    )
    assert response.context["report_form"].errors["note"]
    assert [each.level_tag for each in response.context["messages"]] == ["error"]
    assert not MeasureReport.objects.exists()


def test_nobody_reports_in_the_name_of_another_department(city: City, document: PolicyPage) -> None:
    client = signed_in(member("publisher", city.culture))
    union = Department.objects.get(code="union")
    data = {"action": "report", "department": union.pk, "state": "done", "note": "代报"}
    assert client.post(address(document, "m1"), data).context["report_form"].errors["department"]
    assert client.post(address(document, "m2"), data).status_code in {302, 403}
    assert not MeasureReport.objects.exists()


def test_the_office_reports_for_any_of_them(city: City, document: PolicyPage) -> None:
    union = Department.objects.get(code="union")
    data = {"action": "report", "department": union.pk, "state": "under_way", "note": ""}
    assert signed_in(member("office")).post(address(document, "m2"), data).status_code == 302
    assert MeasureReport.objects.get().department == union


def test_a_measure_that_there_is_not(city: City, document: PolicyPage) -> None:
    assert signed_in(member("office")).get(address(document, "m9")).status_code == 404


def test_a_document_that_is_not_public_has_no_desk(city: City, document: PolicyPage) -> None:
    client = signed_in(member("office"))
    document.unpublish()
    assert client.get(address(document, "m1")).status_code == 404
    assert titles(client) == []


# ---------------------------------------------------------------------------------------------------
# Evidence


def attach(client: Client, document: PolicyPage, page: Any, key: str = "m1") -> Any:
    return client.post(address(document, key), {"action": "attach", "page": page.pk, "note": "公布了时间"})


def test_a_page_of_ones_own_is_attached_once_and_taken_away(city: City, document: PolicyPage) -> None:
    user = member("editor", city.culture)
    client = signed_in(user)
    assert attach(client, document, city.library).status_code == 302
    assert attach(client, document, city.library).context["evidence_form"].errors["page"]
    row = MeasureEvidence.objects.get()
    assert (row.page_id, row.measure_key, row.added_by) == (city.library.pk, "m1", user)
    assert client.get(address(document, "m1")).status_code == 200
    client.post(address(document, "m1"), {"action": "detach", "evidence": row.pk})
    assert not MeasureEvidence.objects.exists()


def test_a_page_that_one_may_not_edit_is_refused(city: City, document: PolicyPage) -> None:
    client = signed_in(member("publisher", city.culture))
    assert attach(client, document, city.palace).context["evidence_form"].errors["page"]
    assert not MeasureEvidence.objects.exists()
    assert attach(signed_in(member("office")), document, city.palace).status_code == 302


def test_a_page_that_is_not_public_is_refused(city: City, document: PolicyPage) -> None:
    client = signed_in(member("editor", city.culture))
    PageViewRestriction.objects.create(page=city.museum, restriction_type=PageViewRestriction.LOGIN)
    city.library.unpublish()
    for page in (city.library, city.museum):
        assert attach(client, document, page).context["evidence_form"].errors["page"]
    assert not MeasureEvidence.objects.exists()


def test_evidence_of_another_measure_is_not_taken_away_from_here(city: City, document: PolicyPage) -> None:
    row = MeasureEvidence.objects.create(policy=document, measure_key="m2", page=city.palace.page_ptr)
    client = signed_in(member("publisher", city.culture))
    for number in (row.pk, "0", "x", "9" * 30):
        assert (
            client.post(address(document, "m1"), {"action": "detach", "evidence": number}).status_code == 404
        )
    assert client.post(address(document, "m2"), {"action": "detach", "evidence": row.pk}).status_code in {
        302,
        403,
    }
    assert MeasureEvidence.objects.filter(pk=row.pk).exists()


def test_a_hidden_page_is_counted_and_shown_to_nobody(city: City, document: PolicyPage) -> None:
    client = signed_in(member("editor", city.culture))
    attach(client, document, city.library)
    city.library.unpublish()
    assert client.get(DESK).context["lines"][0].evidence == 0
    assert not client.get(address(document, "m1")).context["evidence"][0]["is_shown"]


def test_the_number_of_queries_does_not_grow(
    city: City, document: PolicyPage, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(member("office"))
    client.get(DESK)
    with django_assert_max_num_queries(60) as one:
        client.get(DESK)
    measured(
        city, *(Measure(number=str(each), title=f"举措{each}") for each in range(1, 9)), title="第二份意见"
    )
    with django_assert_max_num_queries(len(one)):
        assert len(titles(client)) == 11
