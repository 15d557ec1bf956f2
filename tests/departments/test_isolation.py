"""Departments do not reach into one another, through the real screens of the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Page

from openness.departments.enums import Role
from openness.departments.models import Department, Membership, Topic
from openness.media.models import Document, Image
from tests.factories.media import DocumentFactory, ImageFactory
from tests.venues.editors import City, form_of, member, signed_in
from venues.models import VenuePage

HOME = reverse("wagtailadmin_home")


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def stored(page: VenuePage) -> dict[str, Any]:
    return Page.objects.filter(pk=page.pk).values().get()


def collection(page: Page) -> Collection:
    return Department.objects.get(pk=page.department_id).collection


def is_refused(response: Any) -> bool:
    """Wagtail sends whoever may not do something to its first screen."""
    return response.status_code == 403 or (response.status_code == 302 and response.url == HOME)


def test_an_editor_edits_the_venues_of_their_department(city: City) -> None:
    client = signed_in(member(Role.EDITOR, city.culture))
    data = form_of(client, edit_url(city.library))
    data["title"] = "市图书馆（东海馆）"
    assert client.post(edit_url(city.library), data).status_code == 302
    page = VenuePage.objects.get(pk=city.library.pk)
    assert page.title == "市图书馆"
    assert page.latest_revision.as_object().title == "市图书馆（东海馆）"


@pytest.mark.parametrize(
    "role", [Role.CONTRIBUTOR, Role.EDITOR, Role.PUBLISHER, Role.MANAGER, Role.TRANSLATOR]
)
def test_nobody_of_another_department_sees_or_posts_the_form(city: City, role: str) -> None:
    data = form_of(signed_in(member(Role.PUBLISHER, city.culture)), edit_url(city.library))
    data["title"] = "改名"
    before, client = stored(city.library), signed_in(member(role, city.union))
    assert is_refused(client.get(edit_url(city.library)))
    assert is_refused(client.post(edit_url(city.library), data))
    assert is_refused(client.post(edit_url(city.library), {**data.dict(), "action-publish": "1"}))
    assert stored(city.library) == before
    assert city.library.revisions.count() == 0


@pytest.mark.parametrize("name", ["delete", "unpublish", "move", "copy"])
def test_other_acts_on_a_venue_are_refused_too(city: City, name: str) -> None:
    before, client = stored(city.library), signed_in(member(Role.PUBLISHER, city.union))
    url = reverse(f"wagtailadmin_pages:{name}", args=[city.library.pk])
    assert is_refused(client.get(url))
    assert is_refused(client.post(url, {"title": "x", "slug": "x", "new_parent_page": city.union.pk}))
    assert stored(city.library) == before


def test_a_page_is_not_made_in_another_department(city: City) -> None:
    client = signed_in(member(Role.PUBLISHER, city.union))
    url = reverse("wagtailadmin_pages:add", args=["venues", "venuepage", city.culture.pk])
    assert is_refused(client.get(url))
    assert is_refused(client.post(url, {"title": "新馆", "slug": "xin-guan"}))
    assert VenuePage.objects.count() == 3


def test_a_venue_is_not_moved_into_another_department(city: City) -> None:
    client = signed_in(member(Role.PUBLISHER, city.union))
    url = reverse("wagtailadmin_pages:move_confirm", args=[city.palace.pk, city.culture.pk])
    client.post(url)
    assert VenuePage.objects.get(pk=city.palace.pk).get_parent().specific == city.union


def test_an_editor_does_not_publish(city: City) -> None:
    client = signed_in(member(Role.EDITOR, city.culture))
    data = form_of(client, edit_url(city.library))
    data["title"], data["action-publish"] = "改名", "1"
    client.post(edit_url(city.library), data)
    assert VenuePage.objects.get(pk=city.library.pk).title == "市图书馆"


def test_the_office_edits_every_department(city: City) -> None:
    client = signed_in(member(Role.OFFICE))
    for page in (city.library, city.palace):
        assert client.get(edit_url(page)).status_code == 200


def test_an_ended_membership_closes_the_door(city: City) -> None:
    user = member(Role.EDITOR, city.culture)
    client = signed_in(user)
    assert client.get(edit_url(city.library)).status_code == 200
    user.memberships.all().delete()
    assert client.get(edit_url(city.library)).status_code in {302, 403}
    assert reverse("wagtailadmin_login") in client.get(edit_url(city.library)).get("Location", "")


@pytest.mark.parametrize(
    ("factory", "model", "url"),
    [(ImageFactory, Image, "wagtailimages:edit"), (DocumentFactory, Document, "wagtaildocs:edit")],
)
def test_pictures_and_documents_of_another_department(city: City, factory: Any, model: Any, url: str) -> None:
    theirs = factory(collection=collection(city.culture), title="市文旅局的文件")
    own = factory(collection=collection(city.union), title="工会的文件")
    client = signed_in(member(Role.EDITOR, city.union))
    assert client.get(reverse(url, args=[own.pk])).status_code == 200
    assert is_refused(client.get(reverse(url, args=[theirs.pk])))
    assert is_refused(
        client.post(reverse(url, args=[theirs.pk]), {"title": "x", "collection": theirs.collection_id})
    )
    assert model.objects.get(pk=theirs.pk).title == "市文旅局的文件"


@pytest.mark.parametrize(
    ("factory", "index", "chooser"),
    [
        (ImageFactory, "wagtailimages:index", "wagtailimages_chooser:choose_results"),
        (DocumentFactory, "wagtaildocs:index", "wagtaildocs_chooser:choose_results"),
    ],
)
def test_lists_show_what_one_may_use(city: City, factory: Any, index: str, chooser: str) -> None:
    factory(collection=collection(city.culture), title="市文旅局的文件")
    factory(collection=collection(city.union), title="工会的文件")
    client = signed_in(member(Role.EDITOR, city.union))
    for url in (reverse(index), reverse(chooser)):
        content = client.get(url).content.decode()
        assert "工会的文件" in content
        assert "市文旅局的文件" not in content


@pytest.mark.parametrize("model", ["department", "membership", "region"])
def test_departments_do_not_change_the_citys_lists(city: City, model: str) -> None:
    url = reverse(f"wagtailsnippets_departments_{model}:list")
    assert is_refused(signed_in(member(Role.MANAGER, city.culture)).get(url))
    assert signed_in(member(Role.OFFICE)).get(url).status_code == 200


@pytest.mark.parametrize(("role", "is_made"), [(Role.OFFICE, False), (Role.ADMINISTRATOR, True)])
def test_only_an_administrator_makes_administrators(city: City, role: str, is_made: bool) -> None:
    user = member(role)
    data = {
        "user": user.pk,
        "department": "",
        "role": Role.ADMINISTRATOR,
        "language": "",
        "since": "2026-01-01",
    }
    signed_in(user).post(
        reverse("wagtailsnippets_departments_membership:add"), {**data, "until": "2030-01-01"}
    )
    made = Membership.objects.filter(user=user, role=Role.ADMINISTRATOR, until__isnull=False)
    assert made.exists() is is_made


def test_a_term_is_chosen_by_its_name_and_shows_what_it_is_part_of(city: City) -> None:
    client = signed_in(member(Role.EDITOR, city.culture))
    url = reverse("wagtailsnippetchoosers_departments_topic:choose_results")
    locale = city.library.locale
    for code, name, parent in [("arts", "艺术普及", ""), ("opera", "戏曲", "arts"), ("books", "阅读", "")]:
        Topic.objects.create(code=code, name=name, parent_code=parent, locale=locale)
    content = client.get(url, {"q": "戏"}).content.decode()
    assert "戏曲" in content
    assert "艺术普及" in content
    assert "阅读" not in content


def test_a_stranger_is_asked_to_sign_in(city: City, client: Client) -> None:
    response = client.get(edit_url(city.library))
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))
