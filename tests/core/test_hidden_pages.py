"""What is hidden is hidden everywhere: on its page, in every list, in the API, in search and on the home page."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from home.founding import found_city
from home.models import DepartmentPage, HomePage
from openness.departments.models import VenueType
from tests.venues.hours.builders import ALL_WEEK, rule, schedule
from venues.models import NoticeEffect, NoticeTarget, OpeningNoticePage, VenuePage
from venues.schedules import set_schedules

REGIONS = [{"code": "350500", "name": "泉州市", "level": "city"}]
DEPARTMENTS = [
    {"code": code, "name": name, "level": "city", "region_code": "350500"}
    for code, name in (("culture", "市文旅局"), ("union", "市总工会"))
]


@pytest.fixture
def library(db: None, settings: Any) -> VenuePage:
    """A library of the culture bureau, open at the moment, with a notice on it, in a city of two departments."""
    settings.OPENNESS_FROZEN_NOW = "2026-11-19T10:00:00+08:00"
    found_city(name="泉州市", regions=REGIONS, departments=DEPARTMENTS)
    locale = Locale.get_default()
    kind = VenueType.objects.create(code="library", name="图书馆", locale=locale)
    parent = department("culture")
    page = VenuePage(
        title="市图书馆",
        code="library",
        venue_type=kind,
        region=parent.department.region,
        admission="free",
        hours_mode="own",
        locale=locale,
    )
    set_schedules(page, (schedule("base", rule("daily", ALL_WEEK, "09:00-17:00")),))
    parent.add_child(instance=page)
    notice = OpeningNoticePage(title="元旦闭馆", reason="元旦", locale=locale)
    notice.effects = [NoticeEffect(kind="close", first="2027-01-01", last="2027-01-01")]
    notice.targets = [NoticeTarget(venue=page)]
    department("culture").add_child(instance=notice)
    notice.save_revision().publish()
    return VenuePage.objects.get(pk=page.pk)


def department(code: str) -> DepartmentPage:
    return DepartmentPage.objects.get(department__code=code)


LISTS = {
    "home": "/",
    "finder": "/venues/",
    "open now": "/venues/?when=now",
    "notices": "/venues/notices/",
    "search": "/search/?q=市图书馆",
    "search for the notice": "/search/?q=元旦闭馆",
    "region": "/regions/350500/",
    "departments": "/departments/",
    "api": "/api/v1/venues/",
    "api, open": "/api/v1/venues/open/?at=2026-11-19T10:00:00%2B08:00",
}


def text_of(response: Any) -> str:
    if response["Content-Type"].startswith("application/json"):
        return json.dumps(response.json(), ensure_ascii=False)
    return response.content.decode()


def unpublish(page: Page) -> None:
    page.unpublish()


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def expire(page: Page) -> None:
    """Let the page's last public instant pass; no worker has run since."""
    Page.objects.filter(pk=page.pk).update(expire_at="2026-11-19T09:59:00+08:00")


def test_what_is_public_is_there(library: VenuePage, client: Client) -> None:
    assert client.get("/venues/shi-tu-shu-guan/").status_code == 200
    for name, path in LISTS.items():
        response = client.get(path)
        assert response.status_code == 200, name
        content = text_of(response)
        words = ("元旦闭馆",) if name.startswith(("notices", "search for")) else ("市图书馆",)
        assert name == "departments" or all(word in content for word in words), name


@pytest.mark.parametrize("what", ["venue", "department"])
@pytest.mark.parametrize("hide", [unpublish, restrict, expire])
def test_what_is_hidden_is_in_no_list(
    library: VenuePage, client: Client, hide: Callable[[Page], None], what: str
) -> None:
    hide(library if what == "venue" else department("culture"))
    response = client.get("/venues/shi-tu-shu-guan/")
    if hide is restrict:
        assert response.status_code == 302
        assert "login" in response.url
    else:
        assert response.status_code == 404
    for name, path in LISTS.items():
        response = client.get(path)
        assert response.status_code == 200, name
        content = text_of(response)
        assert "/venues/shi-tu-shu-guan/" not in content, name
        if what == "department":
            # In the search, the question itself is shown again.
            assert name == "search" or "市图书馆" not in content, name
            assert "/venues/notices/yuan-dan-bi-guan/" not in content, name
            assert "/departments/culture/" not in content, name
    for path in ("/api/v1/venues/library/", "/api/v1/venues/library/status", "/v/library/"):
        assert client.get(path).status_code == 404, path


def test_what_is_hidden_comes_back(library: VenuePage, client: Client) -> None:
    department("culture").unpublish()
    department("culture").save_revision().publish()
    assert client.get("/venues/shi-tu-shu-guan/").status_code == 200
    assert "市图书馆" in client.get("/venues/?when=now").content.decode()


def test_whoever_may_read_a_restricted_page_reads_it(library: VenuePage, admin_client: Client) -> None:
    restrict(department("culture"))
    assert admin_client.get("/venues/shi-tu-shu-guan/").status_code == 200


@pytest.mark.parametrize(
    "path", ["", "venues/", "venues/shi-tu-shu-guan/", "departments/", "regions/350500/"]
)
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_a_language_of_which_nothing_is_live_is_not_there(
    library: VenuePage, client: Client, language: str, path: str
) -> None:
    assert client.get(f"/{language}/{path}").status_code == 404


def test_a_language_is_there_once_its_home_page_is(library: VenuePage, client: Client) -> None:
    english = HomePage.objects.get(locale__language_code="en")
    english.title = "Quanzhou"
    english.save_revision().publish()
    response = client.get("/en/")
    assert response.status_code == 200
    assert '<html lang="en"' in response.content.decode()
    assert client.get("/zh-hant/").status_code == 404
    assert client.get("/en/venues/").status_code == 404
