"""A clearance: chosen, decided, published as one notice; all of it takes effect or none."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from home.models import DepartmentPage
from openness.accounts.models import User
from openness.core.refusals import Refused
from policies import entries
from policies.clearance import Scope, clearance_problems, decidable, decide, due_by_department, start
from policies.enums import Outcome
from policies.models import ClearanceDecision, ClearancePage, PolicyEntry, PolicyIndexPage, PolicyPage
from tests.policies.library import clearance, document, fresh, many_documents, states
from tests.venues.editors import NOW, City, form_of, found_city, member, signed_in

OLD_DAY = date(2020, 1, 1)
OVER, SOON, LATER = date(2025, 12, 31), date(2027, 1, 15), date(2027, 4, 30)
NEW, REPORT = "/admin/policies/clearance/new/", "/admin/policies/clearance/due/"


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    city = found_city()
    home = Page.objects.get(depth=2).specific
    home.add_child(instance=PolicyIndexPage(title="政策", slug="policies", locale=home.locale))
    return city


@pytest.fixture
def documents(city: City) -> list[PolicyPage]:
    """Three documents of the department of culture: term over, soon, none."""
    terms = {"到期办法": OVER, "将到期办法": SOON, "长期办法": None}
    return [document(city, title, written_on=OLD_DAY, valid_until=day) for title, day in terms.items()]


def begin(city: City, documents: list[PolicyPage], user: User, **fields: Any) -> ClearancePage:
    given = {"title": "清理结果", "holds_from": date(2026, 11, 1), "basis": "", **fields}
    parent = DepartmentPage.objects.get(pk=city.culture.pk)
    return start(documents=[page.pk for page in documents], parent=parent, user=user, **given)


def outcomes(page: ClearancePage) -> dict[str, str]:
    draft = page.get_latest_revision_as_object()
    return {row.policy.title: row.outcome for row in draft.decisions.all()}


# ---------------------------------------------------------------------------------------------------
# Choosing


def test_a_scope_narrows_to_what_is_asked_for(city: City, documents: list[PolicyPage]) -> None:
    document(city, "工会办法", written_on=date(2023, 1, 1), below=city.union, is_normative=True)
    document(city, "新办法", ("repeals", documents[2]), written_on=date(2024, 1, 1), valid_until=LATER)
    document(city, "草案", live=False)
    office = member("office")

    def titles(**scope: Any) -> list[str]:
        found = Scope(**scope).narrow(decidable(office)).order_by("title")
        return list(found.values_list("title", flat=True))

    assert titles() == sorted(["到期办法", "将到期办法", "工会办法", "新办法"])
    assert titles(due="awaiting") == ["到期办法"]
    assert titles(due="3") == ["将到期办法"]
    assert titles(due="6") == sorted(["将到期办法", "新办法"])
    assert titles(due="any") == sorted(["到期办法", "将到期办法", "新办法"])
    assert titles(department="union") == titles(is_normative=True) == ["工会办法"]
    assert titles(year_from=2023, year_to=2023) == ["工会办法"]
    assert titles(topic="nothing") == []


def test_one_decides_on_the_documents_that_one_may_publish(city: City, documents: list[PolicyPage]) -> None:
    other = document(city, "工会办法", below=city.union)
    assert set(decidable(member("office"))) == {*documents, other}
    assert set(decidable(member("publisher", city.culture))) == set(documents)
    assert set(decidable(member("editor", city.culture))) == set()


def test_the_report_counts_by_department(city: City, documents: list[PolicyPage]) -> None:
    document(city, "工会办法", below=city.union, valid_until=LATER)
    told = due_by_department(PolicyPage.objects.all())
    assert told == [
        {"code": "culture", "numbers": [("awaiting", 1), ("3", 1), ("6", 1)]},
        {"code": "union", "numbers": [("awaiting", 0), ("3", 0), ("6", 1)]},
    ]
    document(city, "新办法", ("repeals", documents[1]), written_on=date(2024, 1, 1))
    response = signed_in(member("publisher", city.culture)).get(REPORT)
    numbers = [number for __, __, number in response.context["departments"][0]["numbers"]]
    assert numbers == [1, 0, 0]
    content = response.content.decode()
    assert [each["code"] for each in response.context["departments"]] == ["culture"]
    assert "到期办法" in content
    assert "长期办法" not in content
    assert "工会办法" not in content
    assert len(signed_in(member("office")).get(REPORT).context["departments"]) == 2


@pytest.mark.parametrize("address", [NEW, REPORT])
def test_the_screens_are_for_those_who_may_decide(city: City, address: str) -> None:
    assert signed_in(member("editor", city.culture)).get(address).status_code in {302, 403}
    assert signed_in(member("publisher", city.culture)).get(address).status_code == 200


# ---------------------------------------------------------------------------------------------------
# Deciding


def test_from_the_choice_to_the_notice(city: City, documents: list[PolicyPage]) -> None:
    client = signed_in(member("publisher", city.culture))
    response = client.post(
        f"{NEW}?due=any",
        {
            "publisher": "culture",
            "title": "2026年清理结果",
            "holds_from": "2026-11-01",
            "basis": "泉政规〔2022〕3号",
        },
    )
    page = ClearancePage.objects.get()
    desk = reverse("policies_clearance", args=[page.pk])
    assert response.url == desk
    assert outcomes(page) == {"到期办法": "", "将到期办法": ""}
    assert not page.live

    first, second, __ = documents
    client.post(desk, {"page": "1", f"outcome-{first.pk}": "continues", f"note-{first.pk}": "至2028年"})
    assert outcomes(fresh(page)) == {"到期办法": "continues", "将到期办法": ""}
    client.post(desk, {"page": "1", f"outcome-{second.pk}": "", "filling": "repealed", "fill": "1"})
    assert outcomes(fresh(page)) == {"到期办法": "continues", "将到期办法": "repealed"}
    assert states()["到期办法"] == "awaiting_clearance"

    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(client, edit)
    data["action-publish"] = "1"
    assert client.post(edit, data).status_code == 302
    assert fresh(page).live
    assert states() == {"到期办法": "in_force", "将到期办法": "repealed", "长期办法": "in_force"}
    assert ClearanceDecision.objects.get(policy=first).note == "至2028年"


def test_undecided_is_kept_in_drafts_and_not_published(city: City, documents: list[PolicyPage]) -> None:
    publisher = member("publisher", city.culture)
    page = begin(city, documents, publisher)
    client = signed_in(publisher)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for action, status in ((None, 302), ("action-publish", 200), ("action-submit", 200)):
        data = form_of(client, edit)
        if action:
            data[action] = "1"
        response = client.post(edit, data)
        assert response.status_code == status
    assert "尚有3件文件未定" in response.content.decode()
    with pytest.raises(ValidationError):
        fresh(page).get_latest_revision().publish()
    assert not fresh(page).live
    assert set(states().values()) == {"awaiting_clearance", "in_force"}


def test_a_document_is_left_out(city: City, documents: list[PolicyPage]) -> None:
    publisher = member("publisher", city.culture)
    page = begin(city, documents, publisher)
    client = signed_in(publisher)
    client.post(reverse("policies_clearance", args=[page.pk]), {"drop": str(documents[0].pk)})
    assert "到期办法" not in outcomes(fresh(page))


def test_nothing_but_outcomes_is_taken(city: City, documents: list[PolicyPage]) -> None:
    publisher = member("publisher", city.culture)
    page = begin(city, documents[:1], publisher)
    other = document(city, "别的")
    desk = reverse("policies_clearance", args=[page.pk])
    posted = {f"outcome-{documents[0].pk}": "abolished", f"outcome-{other.pk}": "repealed", "drop": "x"}
    signed_in(publisher).post(desk, posted)
    assert outcomes(fresh(page)) == {"到期办法": ""}


# ---------------------------------------------------------------------------------------------------
# Publishing


def test_all_takes_effect_or_nothing(
    city: City, documents: list[PolicyPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = clearance(city, *((each, Outcome.REPEALED) for each in documents), live=False)
    revision = page.save_revision()
    before = list(PolicyEntry.objects.order_by("pk").values())
    write, calls = entries._write, []

    def fails_in_the_middle(keys: Any, library: Any) -> None:
        calls.append(keys)
        if len(calls) == 2:
            raise RuntimeError
        write(keys, library)

    monkeypatch.setattr(entries, "CHUNK", 1)
    monkeypatch.setattr(entries, "_write", fails_in_the_middle)
    with pytest.raises(RuntimeError):
        revision.publish()
    assert len(calls) == 2
    assert not fresh(page).live
    assert list(PolicyEntry.objects.order_by("pk").values()) == before
    monkeypatch.undo()
    revision.publish()
    assert set(states().values()) == {"repealed"}


def test_taking_the_notice_back_takes_back_its_decisions(city: City, documents: list[PolicyPage]) -> None:
    page = clearance(city, *((each, Outcome.EXPIRED) for each in documents))
    assert set(states().values()) == {"expired"}
    page.unpublish()
    assert states() == {"到期办法": "awaiting_clearance", "将到期办法": "in_force", "长期办法": "in_force"}


def test_a_document_that_leaves_the_notice_is_free_of_it(city: City, documents: list[PolicyPage]) -> None:
    page = clearance(city, *((each, Outcome.EXPIRED) for each in documents))
    page.decisions = list(page.decisions.all())[1:]
    page.save_revision().publish()
    assert states() == {"到期办法": "awaiting_clearance", "将到期办法": "expired", "长期办法": "expired"}


def test_what_cannot_be_is_refused(city: City, documents: list[PolicyPage]) -> None:
    old, *__ = documents
    document(city, "新办法", ("repeals", old), written_on=date(2024, 1, 1))
    draft = document(city, "草案", live=False)
    with pytest.raises(ValidationError) as caught:
        clearance(
            city, (old, Outcome.CONTINUES), (draft, Outcome.REPEALED), (documents[1], ""), (documents[1], "")
        )
    told = " ".join(caught.value.messages)
    for words in (
        "尚有2件文件未定",
        "重复列入：《将到期办法》",
        "未公开：《草案》",
        "不再有效：《到期办法》",
    ):
        assert words in told
    assert not ClearancePage.objects.exists()


def test_two_endings_of_one_day_agree(city: City, documents: list[PolicyPage]) -> None:
    old, *__ = documents
    document(city, "新办法", ("repeals", old), written_on=date(2024, 1, 1))
    page = ClearancePage(holds_from=date(2024, 1, 1), locale=city.culture.locale)
    for outcome, is_refused in ((Outcome.REPEALED, False), (Outcome.CONTINUES, True)):
        page.decisions = [ClearanceDecision(policy=old, outcome=outcome)]
        assert bool(clearance_problems(page)) == is_refused


def test_a_public_notice_can_be_corrected_after_its_documents_are_hidden(
    city: City, documents: list[PolicyPage]
) -> None:
    page = clearance(city, (documents[0], Outcome.REPEALED))
    fresh(documents[0]).unpublish()
    page = fresh(page)
    page.basis = "泉政规〔2022〕3号"
    page.save_revision().publish()
    assert fresh(page).basis


# ---------------------------------------------------------------------------------------------------
# Whose documents


def test_a_person_of_another_department_gets_nowhere(city: City, documents: list[PolicyPage]) -> None:
    stranger, publisher = member("publisher", city.union), member("publisher", city.culture)
    page = begin(city, documents, publisher)
    desk = reverse("policies_clearance", args=[page.pk])
    assert signed_in(stranger).get(desk).status_code == 404
    assert signed_in(stranger).post(desk, {"drop": str(documents[0].pk)}).status_code == 404
    with pytest.raises(PermissionDenied):
        begin(city, documents, stranger)
    response = signed_in(stranger).post(
        NEW, {"publisher": "culture", "title": "x", "holds_from": "2026-11-01"}
    )
    assert response.status_code == 200
    assert ClearancePage.objects.count() == 1


def test_documents_of_others_are_refused_on_every_path(city: City, documents: list[PolicyPage]) -> None:
    """A draft of the office about two departments is not for one department to publish."""
    other = document(city, "工会办法", below=city.union)
    office, publisher = member("office"), member("publisher", city.culture)
    page = begin(city, [documents[0], other], office)
    keys = (documents[0].pk, other.pk)
    decided = dict.fromkeys(keys, ("continues", ""))
    with pytest.raises(PermissionDenied):
        decide(page, decided, user=publisher)
    assert decide(page, decided, user=office) == 2
    client = signed_in(publisher)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(client, edit)
    data["action-publish"] = "1"
    response = client.post(edit, data)
    assert response.status_code == 200
    assert "无权确定《工会办法》" in response.context["form"].non_field_errors()[0]
    with pytest.raises(Refused):
        fresh(page).get_latest_revision().publish(user=publisher)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={page.pk}", {"id": str(page.pk)})
    assert not fresh(page).live
    fresh(page).get_latest_revision().publish(user=office)
    assert fresh(page).live


# ---------------------------------------------------------------------------------------------------
# Read


def test_the_notice_lists_by_outcome_what_is_public(
    city: City, documents: list[PolicyPage], client: Client
) -> None:
    hidden = document(city, "工会办法", below=city.union)
    pairs = zip([*documents, hidden], ["continues", "repealed", "continues", "expired"], strict=True)
    page = clearance(city, *pairs, slug="notice", basis="泉政规〔2022〕3号")
    PageViewRestriction.objects.create(page=fresh(city.union).page_ptr, restriction_type="login")
    response = client.get("/policies/notice/")
    assert response.status_code == 200
    groups = {g.outcome: [row.document.title for row in g.documents] for g in response.context["groups"]}
    assert groups == {"continues": ["到期办法", "长期办法"], "repealed": ["将到期办法"]}
    assert "工会办法" not in response.content.decode()
    assert page.basis in response.content.decode()


# ---------------------------------------------------------------------------------------------------
# Many


def cost(action: Any) -> int:
    with CaptureQueriesContext(connection) as seen:
        action()
    return len(seen)


def test_a_draft_opens_with_as_many_queries_whatever_its_size(city: City) -> None:
    publisher = member("publisher", city.culture)
    client = signed_in(publisher)
    found = []
    pages = many_documents(city, 12, written_on=OLD_DAY)
    for each in (pages[:2], pages):
        page = begin(city, each, publisher)
        desk = reverse("policies_clearance", args=[page.pk])
        client.get(desk)
        found.append((cost(page.get_latest_revision_as_object), cost(lambda desk=desk: client.get(desk))))
    assert found[0] == found[1]


@pytest.mark.deep
def test_a_thousand_documents_in_one_clearance(city: City) -> None:
    publisher = member("publisher", city.culture)
    client = signed_in(publisher)
    pages = many_documents(city, 1_000, written_on=OLD_DAY)
    client.post(NEW, {"publisher": "culture", "title": "清理结果", "holds_from": "2026-11-01"})
    page = ClearancePage.objects.get()
    desk = reverse("policies_clearance", args=[page.pk])
    client.post(
        desk, {"page": "7", f"outcome-{pages[301].pk}": "repealed", "filling": "continues", "fill": "1"}
    )
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(client, edit)
    data["action-publish"] = "1"
    assert client.post(edit, data).status_code == 302
    assert client.get(f"/policies/{fresh(page).slug}/").content.decode().count("<tr") > 1_000
    assert sorted(set(states().values())) == ["in_force", "repealed"]
    assert list(states().values()).count("repealed") == 1
