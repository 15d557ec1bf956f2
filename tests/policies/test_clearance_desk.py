"""The screens of a clearance, for the person at them: what is told, what is kept, what is never lost."""

import pytest
from django.urls import reverse

from policies import clearance_views
from policies.clearance import decide
from policies.models import ClearancePage, PolicyPage
from tests.policies.library import fresh
from tests.policies.test_clearance import NEW, begin, city, documents, outcomes  # noqa: F401
from tests.venues.editors import City, member, signed_in


def test_a_mistake_below_the_list_is_told_at_the_top(
    city: City,  # noqa: F811
    documents: list[PolicyPage],  # noqa: F811
) -> None:
    client = signed_in(member("publisher", city.culture))
    assert not list(client.get(NEW).context["messages"])
    data = {"publisher": "culture", "title": "", "holds_from": "2026-13-01", "basis": "泉政规〔2022〕3号"}
    response = client.post(NEW, data)
    assert set(response.context["form"].errors) == {"title", "holds_from"}
    assert [each.level_tag for each in response.context["messages"]] == ["error"]
    content = response.content.decode()
    assert "2026-13-01" in content
    assert "泉政规〔2022〕3号" in content
    assert not ClearancePage.objects.exists()


def test_a_decision_is_kept_when_a_colleague_shortened_the_list(
    city: City,  # noqa: F811
    documents: list[PolicyPage],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clearance_views, "PER_PAGE", 1)
    user = member("publisher", city.culture)
    page = begin(city, documents, user)
    desk = reverse("policies_clearance", args=[page.pk])
    client = signed_in(user)
    shown = client.get(f"{desk}?only=undecided&page=2").context["rows"][0]["decision"].policy_id
    other = next(each for each in documents if each.pk != shown)
    decide(page, {other.pk: ("repealed", "")}, user=user)
    client.post(f"{desk}?only=undecided", {"page": "2", f"outcome-{shown}": "continues"})
    kept = {row.policy_id: row.outcome for row in fresh(page).get_latest_revision_as_object().decisions.all()}
    assert (kept[shown], kept[other.pk]) == ("continues", "repealed")
    assert "w-unsaved#confirm" in client.get(desk).content.decode()


def test_documents_left_out_are_told_apart_from_those_kept(
    city: City,  # noqa: F811
    documents: list[PolicyPage],  # noqa: F811
) -> None:
    user = member("publisher", city.culture)
    page = begin(city, documents[:2], user)
    desk = reverse("policies_clearance", args=[page.pk])
    client = signed_in(user)
    first, second, __ = documents
    data = {f"outcome-{first.pk}": "continues", "drop": [str(second.pk), "9" * 5000]}
    told = [str(each) for each in client.post(desk, data, follow=True).context["messages"]]
    assert len(told) == 2
    assert outcomes(fresh(page)) == {"到期办法": "continues"}
    response = client.post(desk, {"drop": str(first.pk)}, follow=True)
    assert len(list(response.context["messages"])) == 1
    content = response.content.decode()
    assert f'href="{NEW}"' in content.partition("<main")[2]
    assert "filling" not in content
