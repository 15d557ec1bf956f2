"""Public addresses name neither a department nor a page's number, and last."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, TestCase
from django.urls import clear_script_prefix, reverse, set_script_prefix
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from openness.core.models import Address
from openness.departments.enums import Role
from openness.departments.models import Region, VenueType
from tests.venues.editors import NOW, City, form_of, found_city, member, signed_in
from venues.models import OpeningNoticePage, VenueIndexPage, VenuePage


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def path_of(page: Page) -> str:
    return fresh(page).get_url()


def venue(parent: Page, title: str, **fields: Any) -> VenuePage:
    page = VenuePage(title=title, locale=parent.locale, **fields)
    page.venue_type, page.region = VenueType.objects.get(), Region.objects.get()
    return fresh(parent).add_child(instance=page)


def publish(page: VenuePage, **changes: Any) -> VenuePage:
    """Publish a change, and let happen what follows its commit."""
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    return fresh(page)


# ---------------------------------------------------------------------------------------------------
# Where a page answers


def test_a_venue_answers_under_the_finder_while_it_lives_in_its_department(
    city: City, client: Client
) -> None:
    assert path_of(city.library) == "/venues/shi-tu-shu-guan/"
    assert city.library.url_path == "/home/departments/culture/shi-tu-shu-guan/"
    response = client.get("/venues/shi-tu-shu-guan/")
    assert response.status_code == 200
    assert response.context["page"].specific == city.library


def test_a_notice_answers_under_the_notices(city: City, client: Client) -> None:
    notice = fresh(city.culture).add_child(
        instance=OpeningNoticePage(title="闭馆", reason="检修", locale=city.culture.locale)
    )
    assert path_of(notice) == "/venues/notices/bi-guan/"
    assert client.get("/venues/notices/bi-guan/").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/venues/nowhere/", "/venues/shi-tu-shu-guan/more/", "/venues/culture/", "/venues/SHI-TU-SHU-GUAN/"],
)
def test_what_is_no_address_is_not_found(city: City, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_path_through_the_tree_leads_to_the_public_address(city: City, client: Client) -> None:
    response = client.get("/departments/culture/shi-tu-shu-guan/")
    assert response.status_code == 301
    assert response.url == "/venues/shi-tu-shu-guan/"


@pytest.fixture
def prefix() -> Iterator[str]:
    """The whole site below a path, as a web server in front may put it."""
    set_script_prefix("/openness/")
    yield "/openness"
    clear_script_prefix()


def test_addresses_hold_under_a_script_prefix(city: City, prefix: str) -> None:
    client = Client(SCRIPT_NAME=prefix)
    response = client.get("/departments/culture/shi-tu-shu-guan/")
    assert response.status_code == 301
    assert response.url == "/openness/venues/shi-tu-shu-guan/"
    response = client.get("/venues/shi-tu-shu-guan/")
    assert response.status_code == 200
    assert 'href="/openness/venues/' in response.content.decode()
    assert 'href="/venues/' not in response.content.decode()


def test_without_an_index_the_tree_is_the_address(city: City, client: Client) -> None:
    VenueIndexPage.objects.get().unpublish()
    assert path_of(city.library) == "/departments/culture/shi-tu-shu-guan/"
    assert client.get("/departments/culture/shi-tu-shu-guan/").status_code == 200
    assert client.get("/venues/shi-tu-shu-guan/").url == "/departments/culture/shi-tu-shu-guan/"


def test_many_addresses_cost_one_look_up_of_the_index(
    city: City, rf: Any, django_assert_max_num_queries: Any
) -> None:
    request = rf.get("/")
    city.library.get_url(request)
    pages = list(VenuePage.objects.select_related("locale"))
    with django_assert_max_num_queries(0):
        assert len({page.get_url(request) for page in pages}) == 3


# ---------------------------------------------------------------------------------------------------
# One address, one page


def test_the_same_title_in_two_departments_gets_two_addresses(city: City, client: Client) -> None:
    first, second = venue(city.culture, "青少年活动中心"), venue(city.union, "青少年活动中心")
    assert path_of(first) == "/venues/qing-shao-nian-huo-dong-zhong-xin/"
    assert path_of(second) == "/venues/qing-shao-nian-huo-dong-zhong-xin-2/"
    for page in (first, second):
        assert client.get(path_of(page)).context["page"].specific == page


def test_kinds_do_not_share_their_addresses(city: City) -> None:
    notice = fresh(city.union).add_child(
        instance=OpeningNoticePage(title="市图书馆", reason="检修", locale=city.culture.locale)
    )
    assert notice.slug == city.library.slug
    assert Address.objects.filter(slug=notice.slug).count() == 2


def test_no_venue_takes_the_address_of_a_channel(city: City, client: Client) -> None:
    page = venue(city.culture, "notices")
    assert page.slug == "notices-2"
    assert client.get("/venues/notices/").context["page"].specific_class.__name__ == "NoticeIndexPage"


def create(client: Client, parent: Page, **fields: str) -> Any:
    """Post the form that makes a venue."""
    url = reverse("wagtailadmin_pages:add", args=["venues", "venuepage", parent.pk])
    data = form_of(client, url)
    for name, value in fields.items():
        data[name.replace("__", "-")] = value
    return client.post(url, data)


def test_the_server_makes_the_address_of_a_chinese_title(city: City) -> None:
    client = signed_in(member(Role.PUBLISHER, city.culture))
    for wanted in ("quan-zhou-shi-mei-shu-guan", "quan-zhou-shi-mei-shu-guan-2"):
        response = create(client, city.culture, title="泉州市美术馆", slug="")
        assert response.status_code == 302, response.context["form"].errors
        assert VenuePage.objects.latest("pk").slug == wanted


def test_the_address_is_short(city: City) -> None:
    client = signed_in(member(Role.PUBLISHER, city.culture))
    create(
        client, city.culture, title="泉州市丰泽区东湖街道铭湖社区新时代文明实践站百姓书房暨职工驿站", slug=""
    )
    assert len(VenuePage.objects.latest("pk").slug) <= 60


@pytest.mark.parametrize("slug", ["shi-tu-shu-guan", "gong-ren-wen-hua-gong", "notices"])
def test_a_taken_address_is_an_error_at_the_field(city: City, slug: str) -> None:
    client = signed_in(member(Role.PUBLISHER, city.culture))
    response = create(client, city.culture, title="新馆", slug=slug)
    assert response.status_code == 200
    assert response.context["form"].errors["slug"]
    assert VenuePage.objects.count() == 3


def test_a_taken_address_is_an_error_in_an_existing_page_too(city: City) -> None:
    client = signed_in(member(Role.PUBLISHER, city.culture))
    url = reverse("wagtailadmin_pages:edit", args=[city.library.pk])
    data = form_of(client, url)
    data["slug"], data["action-publish"] = city.palace.slug, "1"
    response = client.post(url, data)
    assert response.status_code == 200
    assert response.context["form"].errors["slug"]


# ---------------------------------------------------------------------------------------------------
# An address lasts


def test_a_move_to_another_department_keeps_the_address(city: City, client: Client) -> None:
    administrator = signed_in(member(Role.ADMINISTRATOR))
    url = reverse("wagtailadmin_pages:move_confirm", args=[city.library.pk, city.union.pk])
    assert administrator.post(url).status_code == 302
    moved = fresh(city.library)
    assert moved.get_parent().specific == city.union
    assert path_of(moved) == "/venues/shi-tu-shu-guan/"
    assert client.get("/venues/shi-tu-shu-guan/").status_code == 200
    assert not Redirect.objects.filter(old_path="/venues/shi-tu-shu-guan").exists()
    assert moved.entry.department_code == "union"


def test_a_changed_address_leads_on_from_the_old_one(city: City, client: Client) -> None:
    page = publish(city.library, slug="library")
    assert path_of(page) == "/venues/library/"
    assert client.get("/venues/library/").status_code == 200
    response = client.get("/venues/shi-tu-shu-guan/")
    assert response.status_code == 301
    assert response.url == "/venues/library/"
    assert page.entry.slug == "library"


def test_two_changes_lead_to_the_newest_address(city: City, client: Client) -> None:
    publish(city.library, slug="first")
    publish(city.library, slug="second")
    for old in ("shi-tu-shu-guan", "first"):
        assert client.get(f"/venues/{old}/").url == "/venues/second/"


def test_a_draft_keeps_the_old_address_public(city: City, client: Client) -> None:
    page = fresh(city.library)
    page.slug = "library"
    page.save_revision()
    assert client.get("/venues/shi-tu-shu-guan/").status_code == 200
    assert client.get("/venues/library/").status_code == 404


def test_a_free_address_can_be_taken(city: City, client: Client) -> None:
    publish(city.library, slug="library")
    page = venue(city.union, "市图书馆")
    assert client.get("/venues/shi-tu-shu-guan/").context["page"].specific == page


def test_the_door_poster_leads_to_the_page_wherever_it_is(city: City, client: Client) -> None:
    publish(city.library, slug="library")
    assert client.get("/v/library/").url == "/venues/library/"
    fresh(city.library).unpublish()
    assert client.get("/v/library/").status_code == 404
    assert client.get("/v/nowhere/").status_code == 404
