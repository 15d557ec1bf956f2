"""What was public is not deleted by a department, alone or in bulk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.venues.editors import NOW, City, found_city, member, notice, signed_in
from venues.models import OpeningNoticePage, VenuePage


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def delete(client: Client, pk: int) -> Any:
    return client.post(reverse("wagtailadmin_pages:delete", args=[pk]), follow=True)


def test_a_department_cannot_delete_what_was_public(city: City) -> None:
    client = signed_in(member("publisher", city.culture))
    page = notice(city.culture, city.museum)
    for each, word in ((city.museum, "海交馆"), (page, "闭馆公告")):
        response = delete(client, each.pk)
        assert any(word in str(message) for message in response.context["messages"])
        assert type(each).objects.filter(pk=each.pk).exists()
    city.museum.unpublish()
    delete(client, city.museum.pk)
    assert VenuePage.objects.filter(pk=city.museum.pk).exists()


def test_a_draft_that_never_was_public_can_be_deleted(city: City) -> None:
    user = member("publisher", city.culture)
    draft = VenuePage(
        title="草稿",
        live=False,
        venue_type=city.museum.venue_type,
        region=city.museum.region,
        locale=city.culture.locale,
    )
    city.culture.add_child(instance=draft)
    delete(signed_in(user), draft.pk)
    assert not VenuePage.objects.filter(pk=draft.pk).exists()


def test_the_office_cannot_delete_a_department_with_its_public_pages(city: City) -> None:
    delete(signed_in(member("office")), city.culture.pk)
    assert VenuePage.objects.filter(pk=city.museum.pk).exists()


def test_bulk_actions_do_not_delete_either(city: City) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    query = f"?id={city.museum.pk}&id={city.library.pk}"
    signed_in(member("office")).post(address + query)
    assert VenuePage.objects.count() == 3
    signed_in(UserFactory(administrator=True)).post(address + query)
    assert VenuePage.objects.count() == 1


def test_notices_are_not_published_in_bulk(city: City) -> None:
    draft = OpeningNoticePage(title="草稿", live=False, locale=city.culture.locale)
    city.culture.add_child(instance=draft)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    signed_in(member("publisher", city.culture)).post(f"{address}?id={draft.pk}", {"include_descendants": ""})
    draft.refresh_from_db()
    assert not draft.live
