"""Policy documents: public ones are listed, and no other one ever becomes public."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction, Revision

from openness.departments.models import Department
from policies.enums import Disclosure
from policies.models import PolicyIndexPage, PolicyIssuer, PolicyPage
from policies.selectors import public_policies
from tests.venues.editors import NOW, City, form_of, found_city, member, signed_in

HIDDEN = [Disclosure.ON_REQUEST, Disclosure.NOT_DISCLOSED]


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    city = found_city()
    home = Page.objects.get(depth=2).specific
    home.add_child(instance=PolicyIndexPage(title="政策", slug="policies", locale=home.locale))
    return city


def policy(city: City, title: str = "开放办法", **fields: Any) -> PolicyPage:
    page = PolicyPage(title=title, locale=city.culture.locale, **fields)
    return type(city.culture).objects.get(pk=city.culture.pk).add_child(instance=page)


def draft(city: City, disclosure: str = Disclosure.ON_REQUEST) -> PolicyPage:
    page = policy(city, "内部办法", live=False, disclosure=disclosure)
    page.save_revision()
    return page


def is_live(page: PolicyPage) -> bool:
    return PolicyPage.objects.get(pk=page.pk).live


def test_public_documents_are_listed_newest_first(city: City, client: Client) -> None:
    policy(city, "旧办法", first_public_at=datetime(2020, 1, 1, tzinfo=UTC))
    policy(city, "新办法", first_public_at=datetime(2026, 1, 1, tzinfo=UTC))
    draft(city)
    assert [page.title for page in public_policies(locale=Locale.get_default())] == ["新办法", "旧办法"]
    content = client.get("/policies/").content.decode()
    assert content.index("新办法") < content.index("旧办法")
    assert "内部办法" not in content
    assert client.get("/policies/xin-ban-fa/").status_code == 200
    assert client.get("/policies/nei-bu-ban-fa/").status_code == 404


def test_lists_go_through_the_gate(city: City, client: Client) -> None:
    page = policy(city)
    restriction = PageViewRestriction.objects.create(
        page=city.culture.page_ptr, restriction_type=PageViewRestriction.LOGIN
    )
    assert not public_policies(locale=Locale.get_default())
    assert "开放办法" not in client.get("/policies/").content.decode()
    assert client.get(page.get_url()).status_code == 302
    restriction.delete()
    assert list(public_policies(locale=Locale.get_default())) == [page]


def test_issuers_stand_in_their_order(city: City) -> None:
    page = policy(city)
    page.issuers = [
        PolicyIssuer(name="泉州市人民政府", sort_order=0),
        PolicyIssuer(department=Department.objects.get(code="union"), sort_order=1),
    ]
    page.save()
    assert page.issuer_names == ["泉州市人民政府", "市总工会"]
    for issuer in (PolicyIssuer(), PolicyIssuer(name="x", department=Department.objects.first())):
        with pytest.raises(ValidationError):
            issuer.clean()


def test_a_document_does_not_end_before_it_begins(city: City) -> None:
    with pytest.raises(ValidationError) as caught:
        policy(city, effective_on=date(2026, 2, 1), valid_until=date(2026, 1, 1))
    assert "valid_until" in caught.value.message_dict


# ---------------------------------------------------------------------------------------------------
# What is not for the public


@pytest.mark.parametrize("disclosure", HIDDEN)
def test_it_is_not_made_live(city: City, disclosure: str) -> None:
    with pytest.raises(ValidationError):
        policy(city, disclosure=disclosure)
    assert not PolicyPage.objects.exists()


@pytest.mark.parametrize("disclosure", HIDDEN)
def test_it_is_not_published_by_any_path(city: City, disclosure: str) -> None:
    page = draft(city, disclosure)
    with pytest.raises(ValidationError):
        page.get_latest_revision().publish()
    page.live = True
    for clean in (True, False):
        with pytest.raises(ValidationError):
            page.save(clean=clean)
    revision = page.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at="2020-01-01T00:00:00Z")
    with pytest.raises(ValidationError):
        call_command("publish_scheduled")
    assert not is_live(page)


def test_a_copy_is_not_live_either(city: City) -> None:
    page = draft(city)
    copy = page.copy(to=city.union, update_attrs={"slug": "copy"})
    assert not is_live(copy)


def test_a_public_page_does_not_become_hidden_text(city: City) -> None:
    page = policy(city)
    page.disclosure = Disclosure.ON_REQUEST
    with pytest.raises(ValidationError):
        page.save()
    with pytest.raises(ValidationError):
        page.save_revision(clean=False)
    assert PolicyPage.objects.get(pk=page.pk).disclosure == Disclosure.VOLUNTARY


def create(city: City, **fields: str) -> Any:
    client = signed_in(member("publisher", city.culture))
    url = reverse("wagtailadmin_pages:add", args=["policies", "policypage", city.culture.pk])
    data = form_of(client, url)
    data.update(
        {"issuers-TOTAL_FORMS": "1", "issuers-0-name": "市政府", "issuers-0-ORDER": "1", "body-count": "0"}
    )
    for name, value in {"title": "内部办法", "disclosure": "on_request", **fields}.items():
        data[name] = value
    return client.post(url, data)


def test_the_form_keeps_it_as_a_draft(city: City) -> None:
    response = create(city)
    assert response.status_code == 302, response.context["form"].errors
    assert not PolicyPage.objects.get().live


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_the_form_says_that_it_cannot_be_published(city: City, action: str) -> None:
    response = create(city, **{action: "1"})
    assert response.status_code == 200
    assert response.context["form"].errors["disclosure"]
    assert not PolicyPage.objects.exists()


def test_the_form_says_so_for_an_existing_draft_too(city: City) -> None:
    page = draft(city)
    client = signed_in(member("publisher", city.culture))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(client, url)
    data.update(
        {"issuers-TOTAL_FORMS": "1", "issuers-0-name": "市政府", "issuers-0-ORDER": "1", "body-count": "0"}
    )
    data["action-publish"] = "1"
    response = client.post(url, data)
    assert response.status_code == 200
    assert response.context["form"].errors["disclosure"]
    assert not is_live(page)
