"""A new city stands after one command, and each of its empty pages says what comes next."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, Site

from home.models import DepartmentPage, HomePage
from openness.core.models import SiteIdentity
from openness.departments.models import Department, Region
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

REGIONS = [
    {"code": "350500", "name": "泉州市", "level": "city", "name_en": "Quanzhou"},
    {"code": "350502", "name": "鲤城区", "level": "county", "parent_code": "350500"},
]
DEPARTMENTS = [
    {"code": "culture", "name": "市文化局", "short_name": "文化局", "level": "city", "region_code": "350500"},
    {"code": "lc-culture", "name": "鲤城区文化局", "region_code": "350502", "parent_code": "culture"},
]


def found(folder: Path, regions: Any = REGIONS, departments: Any = DEPARTMENTS, name: str = "泉州市") -> str:
    """Run ``city init`` with these rows, or with a file's very text."""
    out, paths = StringIO(), {}
    for key, value in {"regions": regions, "departments": departments}.items():
        paths[key] = folder / f"{key}.json"
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        paths[key].write_text(text, encoding="utf-8")
    call_command(
        "city",
        "init",
        "--name",
        name,
        "--regions",
        str(paths["regions"]),
        "--departments",
        str(paths["departments"]),
        stdout=out,
    )
    return out.getvalue()


def everything() -> dict[str, Any]:
    return {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "path", "title", "slug", "live")),
        "regions": list(Region.objects.order_by("pk").values()),
        "departments": list(Department.objects.order_by("pk").values()),
        "groups": list(Group.objects.order_by("pk").values()),
        "rights": set(GroupPagePermission.objects.values_list("group", "page", "permission")),
        "sites": list(Site.objects.values()),
        "identities": list(SiteIdentity.objects.values()),
        "locales": set(Locale.objects.values_list("language_code", flat=True)),
    }


def test_it_founds_a_city(tmp_path: Path) -> None:
    assert "泉州市" in found(tmp_path)
    assert HomePage.objects.get(locale__language_code="zh-hans").title == "泉州市"
    assert {page.slug for page in DepartmentPage.objects.all()} == {"culture", "lc-culture"}
    assert Department.objects.get(code="lc-culture").parent.code == "culture"
    assert Department.objects.get(code="lc-culture").level == "county"
    assert Region.objects.get(code="350500", locale__language_code="en").name == "Quanzhou"
    assert not SiteIdentity.objects.get().is_demo
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"zh-hans", "en", "zh-hant"}
    assert not HomePage.objects.exclude(locale__language_code="zh-hans").filter(live=True).exists()


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    found(tmp_path)
    before = everything()
    found(tmp_path)
    assert everything() == before


def test_a_later_run_adds_and_renames(tmp_path: Path) -> None:
    found(tmp_path)
    union = {"code": "union", "name": "市总工会", "region_code": "350500"}
    renamed = {**DEPARTMENTS[0], "name": "市文化和旅游局"}
    found(tmp_path, departments=[renamed, DEPARTMENTS[1], union])
    assert DepartmentPage.objects.count() == 3
    assert Department.objects.get(code="culture").collection.name == "市文化和旅游局"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/venues/",
        "/venues/?when=tonight",
        "/venues/notices/",
        "/policies/",
        "/news/",
        "/departments/",
        "/departments/culture/",
        "/regions/350500/",
        "/regions/350502/",
        "/search/",
        "/search/?q=图书馆",
    ],
)
def test_every_empty_page_is_whole(tmp_path: Path, client: Client, path: str) -> None:
    found(tmp_path)
    response = client.get(path)
    assert response.status_code == 200
    assert len(BeautifulSoup(response.content, "html.parser").select("h1")) == 1


@pytest.mark.parametrize(
    "path", ["/", "/venues/", "/policies/", "/news/", "/departments/culture/", "/regions/350500/"]
)
def test_empty_pages_say_what_comes_next(tmp_path: Path, client: Client, path: str) -> None:
    found(tmp_path)
    page = BeautifulSoup(client.get(path).content, "html.parser")
    empty = page.select_one(".empty-state")
    assert empty.select_one(f"a[href='{reverse('wagtailadmin_home')}']")
    assert len(empty.get_text(strip=True)) > 20


def test_a_city_without_departments_says_so(tmp_path: Path, client: Client) -> None:
    found(tmp_path, departments=[])
    for path in ("/", "/venues/", "/departments/"):
        assert client.get(path).status_code == 200
    assert BeautifulSoup(client.get("/departments/").content, "html.parser").select_one(".empty-state a")


def test_editors_find_their_place(tmp_path: Path, client: Client) -> None:
    found(tmp_path)
    client.force_login(UserFactory(administrator=True))
    page = DepartmentPage.objects.get(slug="culture")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert client.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == 200
    url = reverse("wagtailadmin_pages:add", args=["venues", "venuepage", page.pk])
    assert client.get(url).status_code == 200


BAD_REGIONS = {
    "no JSON": "{",
    "a number": "7",
    "an object": '{"places": []}',
    "no name": [{"code": "350500"}],
    "no level": [{"code": "350500", "name": "泉州市"}],
    "an unknown level": [{"code": "350500", "name": "泉州市", "level": "planet"}],
    "a code with a space": [{"code": "35 0500", "name": "泉州市", "level": "city"}],
    "a child before its parent": list(reversed(REGIONS)),
    "its own parent": [{"code": "a", "name": "甲", "level": "city", "parent_code": "a"}],
    "a name that is too long": [{"code": "a", "name": "长" * 61, "level": "city"}],
    "a centre that is none": [{"code": "a", "name": "甲", "level": "city", "centre": [1, 2]}],
    "coordinates in words": [{"code": "a", "name": "甲", "level": "city", "centre": {"longitude": "x"}}],
    "an order in words": [{"code": "a", "name": "甲", "level": "city", "order": "x"}],
}
BAD_DEPARTMENTS = {
    "an unknown region": [{"code": "a", "name": "甲", "region_code": "999"}],
    "no region": [{"code": "a", "name": "甲"}],
    "an unknown supervisor": [{"code": "a", "name": "甲", "region_code": "350500", "parent_code": "b"}],
    "a bad code": [{"code": "市局", "name": "甲", "region_code": "350500"}],
    "an unknown level": [{"code": "a", "name": "甲", "region_code": "350500", "level": "planet"}],
    "two of one name": [
        {"code": "a", "name": "甲", "region_code": "350500"},
        {"code": "b", "name": "甲", "region_code": "350500"},
    ],
    "a website that is none": [
        {"code": "a", "name": "甲", "region_code": "350500", "website": "javascript:1"}
    ],
    "its own supervisor": [
        {"code": "a", "name": "甲", "region_code": "350500"},
        {"code": "a", "name": "甲", "region_code": "350500", "parent_code": "a"},
    ],
}


@pytest.mark.parametrize("regions", BAD_REGIONS.values(), ids=BAD_REGIONS)
def test_a_bad_file_of_regions_is_explained(tmp_path: Path, regions: Any) -> None:
    before = everything()
    with pytest.raises(CommandError) as caught:
        found(tmp_path, regions=regions, departments=[])
    assert str(caught.value)
    assert everything() == before


@pytest.mark.parametrize("departments", BAD_DEPARTMENTS.values(), ids=BAD_DEPARTMENTS)
def test_a_bad_file_of_departments_is_explained(tmp_path: Path, departments: Any) -> None:
    before = everything()
    with pytest.raises(CommandError) as caught:
        found(tmp_path, departments=departments)
    assert str(caught.value)
    assert everything() == before


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command(
            "city",
            "init",
            "--name",
            "x",
            "--regions",
            str(tmp_path / "nowhere"),
            "--departments",
            str(tmp_path / "nowhere"),
        )
