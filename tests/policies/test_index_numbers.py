"""索引号: made when a document goes live, never twice the same, never changed by itself."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from openness.departments.models import Department
from policies.enums import CatalogueCategory
from policies.models import PolicyPage
from tests.policies.documents import fill_in, found_library, policy, post
from tests.venues.editors import NOW, City, member, signed_in

IN_2026 = {"written_on": date(2026, 3, 1)}


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return founded()


def founded() -> City:
    city = found_library()
    Department.objects.filter(code="culture").update(disclosure_code="QZ00101")
    return city


def index_number(page: PolicyPage) -> str:
    return PolicyPage.objects.get(pk=page.pk).index_number


def test_it_is_made_of_code_category_year_and_serial(city: City) -> None:
    first = policy(city, "一", **IN_2026)
    second = policy(city, "二", **IN_2026)
    assert [index_number(first), index_number(second)] == ["QZ00101-02-2026-00001", "QZ00101-02-2026-00002"]
    plan = policy(city, "三", catalogue_category=CatalogueCategory.PLANNING, **IN_2026)
    older = policy(city, "四", written_on=date(2020, 7, 1))
    assert [index_number(plan), index_number(older)] == ["QZ00101-03-2026-00001", "QZ00101-02-2020-00001"]


def test_without_a_date_the_year_is_this_one(city: City) -> None:
    assert index_number(policy(city, "一")) == "QZ00101-02-2026-00001"


def test_a_department_without_a_code_has_none(city: City) -> None:
    assert index_number(policy(city, "一", parent=city.union)) == ""
    # Two empty ones are not the same number.
    assert index_number(policy(city, "二", parent=city.union)) == ""


def test_a_draft_gets_it_when_it_goes_live_and_keeps_it(city: City) -> None:
    page = policy(city, "一", live=False, **IN_2026)
    revision = page.save_revision()
    assert index_number(page) == ""
    revision.publish()
    number = index_number(page)
    assert number == "QZ00101-02-2026-00001"
    # The first revision, which has none, published again; then a later one.
    page = PolicyPage.objects.get(pk=page.pk)
    page.revisions.first().publish()
    draft = PolicyPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.index_number == number
    draft.title = "一之二"
    draft.catalogue_category = CatalogueCategory.OTHER
    draft.save_revision().publish()
    assert index_number(page) == number


def test_numbers_that_others_gave_are_counted_and_gaps_stay(city: City) -> None:
    policy(city, "一", index_number="QZ00101-02-2026-00041", **IN_2026)
    policy(city, "二", index_number="QZ00101-02-2026-A7", **IN_2026)
    third = policy(city, "三", **IN_2026)
    assert index_number(third) == "QZ00101-02-2026-00042"
    third.delete()
    assert index_number(policy(city, "四", **IN_2026)) == "QZ00101-02-2026-00042"


def test_a_copy_has_none(city: City) -> None:
    page = policy(city, "一", **IN_2026)
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert index_number(copy) == ""


def test_two_documents_never_have_the_same(city: City) -> None:
    policy(city, "一", index_number="QZ00101-02-2026-00041")
    with pytest.raises(ValidationError):
        policy(city, "二", index_number=" QZ00101-02-2026-00041 ")
    other = policy(city, "三")
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyPage.objects.filter(pk=other.pk).update(index_number="QZ00101-02-2026-00041")


def test_the_form_names_the_document_that_has_it(city: City) -> None:
    mine = policy(city, "本局办法", index_number="A-1")
    foreign = policy(city, "工会内部稿", parent=city.union, live=False, index_number="A-2")
    client = signed_in(member("publisher", city.culture))
    for number, expected in (("A-1", f"/admin/pages/{mine.pk}/edit/"), ("A-2", "市总工会")):
        response = post(client, city.culture, fill_in(client, city.culture, index_number=number))
        errors = str(response.context["form"].errors["index_number"])
        assert expected in errors
        assert foreign.title not in errors
        assert expected in response.content.decode()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_that_are_published_at_once_get_two_numbers(settings: Any) -> None:
    settings.OPENNESS_FROZEN_NOW = NOW
    city = founded()
    revisions = [
        policy(city, title, live=False, **IN_2026).save_revision() for title in ("一", "二", "三", "四")
    ]
    barrier = threading.Barrier(len(revisions))
    threads = [_in_thread(lambda each=each: (barrier.wait(), each.publish())) for each in revisions]
    for thread in threads:
        thread.join()
    numbers = PolicyPage.objects.order_by("index_number").values_list("index_number", flat=True)
    assert list(numbers) == [f"QZ00101-02-2026-0000{number}" for number in range(1, 5)]


def _in_thread(function: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            function()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
