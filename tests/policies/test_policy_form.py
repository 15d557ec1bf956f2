"""The editors' form of a document: a draft is kept as it is, what becomes public is complete."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from openness.departments.models import Department
from openness.media.models import Document
from policies.models import InterpretationPage, PolicyIssuer, PolicyPage, PolicyRelation
from tests.policies.documents import fill_in, found_library, is_live, policy, post
from tests.venues.editors import NOW, City, member, signed_in

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_library()


@pytest.fixture
def publisher(city: City) -> Any:
    return signed_in(member("publisher", city.culture))


def draft(city: City, title: str = "场馆开放办法", **fields: Any) -> PolicyPage:
    page = policy(city, title, live=False, **fields)
    page.save_revision()
    return page


def errors(client: Any, place: Any, **fields: Any) -> dict[str, Any]:
    """Publish with these fields changed and return the errors by field; formsets by their relation."""
    response = post(client, place, fill_in(client, place, **PUBLISH, **fields))
    if response.status_code == 302:
        return {}
    form = response.context["form"]
    rows = {name: formset.non_form_errors() for name, formset in form.formsets.items()}
    return {**form.errors, **{name: found for name, found in rows.items() if found}}


def row(relation: str, number: int = 0, /, **fields: Any) -> dict[str, Any]:
    counted = {f"{relation}-TOTAL_FORMS": str(number + 1), f"{relation}-{number}-ORDER": str(number + 1)}
    return counted | {f"{relation}-{number}-{key}": value for key, value in fields.items()}


def test_a_complete_document_is_published(city: City, publisher: Any) -> None:
    assert errors(publisher, city.culture, number="泉文旅 [2026] 第08号") == {}
    page = PolicyPage.objects.get()
    assert page.live
    assert page.number == "泉文旅〔2026〕8号"
    assert page.issuer_names == ["市政府"]


INCOMPLETE = {
    "title": "办法",
    "source": " ",
    "written_on": "2026-11-20",
    "effective_on": "2026-12-01",
    "valid_until": "2026-11-30",
    "disclosure": "on_request",
    "remark": "（此件依申请公开）",
    "needs_interpretation": "on",
    "issuers-TOTAL_FORMS": "0",
}


def test_what_is_missing_is_said_at_its_field(city: City, publisher: Any) -> None:
    expected = {"title", "source", "written_on", "valid_until", "disclosure", "remark", "issuers"}
    assert set(errors(publisher, city.culture, **INCOMPLETE)) == {*expected, "no_interpretation_reason"}
    others = {"title": "关于" * 76, "written_on": "2026-11-02", "valid_until": "2026-11-01"}
    found = errors(publisher, city.culture, **others, **row("issuers", 1, name="市政府"))
    assert set(found) == {"title", "valid_until", "issuers"}
    assert list(errors(publisher, city.culture, written_on="")) == ["written_on"]
    assert not PolicyPage.objects.exists()


def test_the_issuers_are_the_source_unless_another_is_named(city: City, publisher: Any) -> None:
    fields = {"source": " ", **row("issuers", 1, name="市总工会")}
    assert errors(publisher, city.culture, **fields) == {}
    assert PolicyPage.objects.get().source == "市政府、市总工会"
    assert errors(publisher, city.culture, number="泉文旅〔2026〕9号", source="《泉州晚报》") == {}
    assert PolicyPage.objects.get(number="泉文旅〔2026〕9号").source == "《泉州晚报》"


def test_an_incomplete_draft_is_kept(city: City, publisher: Any) -> None:
    response = post(publisher, city.culture, fill_in(publisher, city.culture, **INCOMPLETE))
    assert response.status_code == 302, response.context["form"].errors
    page = PolicyPage.objects.get()
    assert not page.live
    assert page.remark == "（此件依申请公开）"
    assert page.valid_until == date(2026, 11, 30)


def test_written_before_a_publication_elsewhere(city: City, publisher: Any) -> None:
    fields = {"written_on": "2020-06-30", "first_public_at": "2020-06-29 08:00"}
    assert list(errors(publisher, city.culture, **fields)) == ["written_on"]
    assert errors(publisher, city.culture, **{**fields, "first_public_at": "2020-07-01 18:08"}) == {}


def test_issuers_keep_the_order_of_the_form(city: City, publisher: Any) -> None:
    department = Department.objects.get(code="union")
    rows = {
        **row("issuers", 1, department=str(department.pk)),
        "issuers-0-ORDER": "2",
        "issuers-1-ORDER": "1",
    }
    assert errors(publisher, city.culture, **rows) == {}
    assert PolicyPage.objects.get().issuer_names == ["市总工会", "市政府"]


def test_a_document_has_no_relation_to_itself(city: City, publisher: Any) -> None:
    page = draft(city)
    rows = row("relations", kind="replaces", target=str(page.pk))
    assert list(errors(publisher, page, **rows)) == ["relations"]
    other = policy(city, "旧办法办法", written_on=date(2020, 1, 1))
    assert errors(publisher, page, **row("relations", kind="replaces", target=str(other.pk))) == {}
    assert PolicyRelation.objects.get().target == other


def test_a_file_that_is_gone(city: City, publisher: Any) -> None:
    file = Document.objects.create(title="正本", file=ContentFile("正文".encode(), name="a.txt"))
    page = draft(city, signed_original=file)
    file.file.storage.delete(file.file.name)
    assert list(errors(publisher, page)) == ["attachments"]


def test_a_reason_or_an_interpretation_lets_it_out(city: City, publisher: Any) -> None:
    reason = {"needs_interpretation": "on", "no_interpretation_reason": "内容简单"}
    assert errors(publisher, city.culture, title="场馆开放办法一", **reason) == {}
    page = draft(city, needs_interpretation=True)
    interpretation = InterpretationPage(title="一图读懂", policy=page, locale=page.locale, live=False)
    interpretation.body = [("paragraph", "<p>开放时间延长。</p>")]
    type(city.culture).objects.get(pk=city.culture.pk).add_child(instance=interpretation)
    interpretation.save_revision()
    assert errors(publisher, page, needs_interpretation="on") == {}
    assert is_live(page)
    assert InterpretationPage.objects.get().live


# ---------------------------------------------------------------------------------------------------
# Numbers


def test_a_number_belongs_to_one_document(city: City, publisher: Any) -> None:
    first = draft(city, number="泉文旅〔2026〕8号")
    assert PolicyPage.objects.get(pk=first.pk).number == "泉文旅〔2026〕8号"
    found = errors(publisher, city.culture, number="泉文旅(2026)8号")["number"]
    assert f"/admin/pages/{first.pk}/edit/" in str(found)
    assert errors(publisher, city.culture, number="泉文旅(2026)9号") == {}


def test_a_draft_holds_the_number_that_its_revision_has(city: City, publisher: Any) -> None:
    first = draft(city)
    first.number = "泉文旅〔2026〕8号"
    first.save_revision()
    assert PolicyPage.objects.get(pk=first.pk).number == ""
    assert list(errors(publisher, city.culture, number="泉文旅〔2026〕8号")) == ["number"]


def test_a_foreign_draft_is_named_by_its_department(city: City, publisher: Any) -> None:
    policy(city, "工会内部稿", parent=city.union, live=False, number="泉工〔2026〕1号").save_revision()
    found = str(errors(publisher, city.culture, number="泉工〔2026〕1号")["number"])
    assert "市总工会" in found
    assert "工会内部稿" not in found


def test_orders_begin_anew(city: City, publisher: Any) -> None:
    policy(city, "主席令一号", number="主席令第1号", written_on=date(2023, 3, 10))
    assert errors(publisher, city.culture, number="主席令第一号", written_on="2018-03-17") == {}
    again = errors(
        publisher, city.culture, title="场馆开放办法二", number="主席令第一号", written_on="2023-05-01"
    )
    assert list(again) == ["number"]


def test_what_looks_wrong_is_said_after_saving(city: City, publisher: Any) -> None:
    draft(city, number="泉文旅〔2026〕8号")
    for number in ("泉文旅字第甲号", "泉文旅〔2026〕8号"):
        data = fill_in(publisher, city.culture, number=number)
        response = post(publisher, city.culture, data, follow=True)
        [level] = {message.level_tag for message in response.context["messages"]} - {"success"}
        assert level == "warning"
        assert number in response.content.decode()
    # An odd number that nobody else has keeps nobody from publishing.
    assert errors(publisher, city.culture, number="泉文旅字第乙号") == {}


def test_no_number_is_no_number(city: City, publisher: Any) -> None:
    assert errors(publisher, city.culture) == {}
    assert errors(publisher, city.culture, title="场馆开放办法二") == {}
    assert set(PolicyPage.objects.values_list("number", flat=True)) == {""}


# ---------------------------------------------------------------------------------------------------
# Other ways to publish


def test_many_are_not_published_at_once(city: City, publisher: Any) -> None:
    page = draft(city)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = publisher.post(f"{address}?id={page.pk}", {"id": str(page.pk)})
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not is_live(page)


def test_what_contradicts_itself_goes_live_by_no_path(city: City) -> None:
    page = draft(city, effective_on=date(2026, 12, 1), valid_until=date(2026, 11, 1))
    page.issuers = [PolicyIssuer(name="市政府")]
    with pytest.raises(Exception, match="valid_until"):
        page.save_revision().publish()
    assert not is_live(page)


def test_what_was_public_elsewhere_keeps_its_day(city: City) -> None:
    page = policy(city, first_public_at=datetime(2020, 7, 1, 10, 8, tzinfo=UTC))
    assert PolicyPage.objects.get(pk=page.pk).first_public_at == datetime(2020, 7, 1, 10, 8, tzinfo=UTC)
