"""What the forms ask while they are filled in, and the withdrawal of notices."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openness.core import clock
from tests.venues.editors import NOW, City, form_of, found_city, member, notice, signed_in
from tests.venues.junk import JUNK, NEARLY_EFFECTS, NEARLY_HOURS
from venues.models import OpeningNoticePage

HOURS_PREVIEW = "/admin/venues/hours/preview/"
NOTICE_PREVIEW = "/admin/venues/notices/preview/"
BASE = [{"key": "base", "rules": [{"key": "daily", "sessions": [{"opens": 540, "closes": 1020}]}]}]
CLOSED = {"kind": "close", "first": "2026-11-28", "last": "2026-11-30"}


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


@pytest.fixture
def editor(city: City) -> Client:
    return signed_in(member("editor", city.culture))


def withdraw_address(page: OpeningNoticePage) -> str:
    return reverse("venues_notice_withdraw", args=[page.pk])


# ---------------------------------------------------------------------------------------------------
# Hours


def test_the_preview_shows_four_weeks_with_notices_in_force(city: City, editor: Client) -> None:
    notice(city.culture, city.museum, title="年度检修", first=date(2026, 11, 23), last=date(2026, 11, 24))
    data = {"page": city.museum.pk, "hours": json.dumps(BASE), "hours_mode": "own", "areas": "[]"}
    response = editor.post(HOURS_PREVIEW, data)
    text = response.content.decode()
    assert response.status_code == 200
    assert len(response.context["days"]) == 28
    assert "09:00—17:00" in text
    assert "年度检修" in text
    closed = [str(day.date) for day in response.context["days"] if day.areas[0].status == "closed"]
    assert closed == ["2026-11-23", "2026-11-24"]


def test_the_preview_of_a_new_venue_names_its_areas(city: City, editor: Client) -> None:
    areas = [{"key": "hall", "name": "展厅", "is_general_public": True}]
    data = {
        "parent": city.culture.pk,
        "hours": json.dumps(BASE),
        "hours_mode": "own",
        "areas": json.dumps(areas),
    }
    response = editor.post(HOURS_PREVIEW, data)
    assert "展厅" in response.content.decode()


def test_the_preview_shows_what_is_wrong_beside_what_is_not(city: City, editor: Client) -> None:
    rules = [
        *BASE[0]["rules"],
        {
            "key": "mo",
            "matcher": {"kind": "weekdays", "weekdays": [0]},
            "sessions": [{"opens": 900, "closes": 600}],
        },
    ]
    data = {
        "page": city.museum.pk,
        "hours": json.dumps([{"key": "base", "rules": rules}]),
        "hours_mode": "own",
    }
    response = editor.post(HOURS_PREVIEW, data)
    (group,) = response.context["groups"]
    assert (group["severity"], len(group["lines"])) == ("error", 1)
    assert response.context["days"][0].areas[0].status == "open"


def test_the_preview_of_a_branch_shows_the_hours_of_its_parent(city: City, editor: Client) -> None:
    data = {
        "parent": city.culture.pk,
        "hours": "[]",
        "hours_mode": "same_as_parent",
        "parent_venue": city.museum.pk,
    }
    response = editor.post(HOURS_PREVIEW, data)
    assert response.context["days"][0].areas[0].text == "09:00—17:00"


@pytest.mark.parametrize("address", [HOURS_PREVIEW, NOTICE_PREVIEW])
def test_a_preview_is_for_those_who_may_write_there(city: City, address: str) -> None:
    stranger, auditor = signed_in(member("editor", city.union)), signed_in(member("auditor"))
    for client in (stranger, auditor):
        for place in ({"page": city.museum.pk}, {"parent": city.culture.pk}):
            response = client.post(
                address, {**place, "hours": "[]"}, headers={"X-Requested-With": "XMLHttpRequest"}
            )
            assert response.status_code == 403
    assert Client().post(address, {"page": city.museum.pk}).status_code == 302


@pytest.mark.parametrize(
    "place", [{}, {"page": "x"}, {"page": "0"}, {"page": "9" * 30}, {"page": "²"}, {"parent": "-1"}]
)
def test_a_preview_without_a_place_is_refused(city: City, editor: Client, place: dict[str, str]) -> None:
    response = editor.post(
        HOURS_PREVIEW, {**place, "hours": "[]"}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert response.status_code == 403


def test_a_preview_is_asked_by_post(editor: Client) -> None:
    assert editor.get(HOURS_PREVIEW).status_code == 405


QUIET = {
    "deadline": None,
    "max_examples": 50,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@settings(**QUIET)
@given(
    st.text(max_size=60) | JUNK.map(json.dumps) | NEARLY_HOURS.map(json.dumps),
    st.text(max_size=10) | st.just("own"),
    JUNK.map(json.dumps),
)
def test_nothing_breaks_the_preview_of_hours(
    city: City, editor: Client, text: str, mode: str, areas: str
) -> None:
    data = {"page": city.library.pk, "hours": text, "hours_mode": mode, "areas": areas, "parent_venue": mode}
    assert editor.post(HOURS_PREVIEW, data).status_code == 200


# ---------------------------------------------------------------------------------------------------
# Notices


def test_the_preview_of_a_notice_shows_its_sentence_and_the_changed_days(city: City, editor: Client) -> None:
    data = {
        "parent": city.culture.pk,
        "effects": json.dumps([CLOSED]),
        "venues": [city.museum.pk],
        "reason": "设备检修",
    }
    response = editor.post(NOTICE_PREVIEW, data)
    assert response.context["sentence"] == "因设备检修，海交馆2026年11月28日至11月30日暂停开放。"
    (change,) = response.context["changes"]
    assert [str(day.date) for day in change.days] == ["2026-11-28", "2026-11-29", "2026-11-30"]
    assert "暂停开放" in response.content.decode()


def test_the_preview_of_a_notice_shows_no_venue_of_another_department(city: City, editor: Client) -> None:
    data = {
        "parent": city.culture.pk,
        "effects": json.dumps([CLOSED]),
        "venues": [city.palace.pk],
        "scope": "selection",
    }
    assert "工人文化宫" not in editor.post(NOTICE_PREVIEW, data).content.decode()


@settings(**QUIET)
@given(st.text(max_size=60) | JUNK.map(json.dumps) | NEARLY_EFFECTS.map(json.dumps), st.text(max_size=24))
def test_nothing_breaks_the_preview_of_a_notice(city: City, editor: Client, text: str, other: str) -> None:
    data = {
        "parent": city.culture.pk,
        "effects": text,
        "venues": [city.library.pk, other],
        "scope": other,
        "supersedes": other,
    }
    assert editor.post(NOTICE_PREVIEW, data).status_code == 200
    data = {**data, "venues": [city.library.pk], "reason": other, "scope_region": other, "types": [other]}
    assert editor.post(NOTICE_PREVIEW, data).status_code == 200


def test_the_search_finds_venues_that_one_may_use(city: City, editor: Client) -> None:
    def found(client: Client, words: str) -> list[str]:
        answer = client.get(reverse("venues_notice_venues"), {"parent": city.culture.pk, "q": words})
        return [venue["title"] for venue in answer.json()["venues"]]

    assert found(editor, "馆") == ["市图书馆", "海交馆"]
    assert found(editor, "文化宫") == []
    assert found(editor, "") == []
    assert found(signed_in(member("office")), "文化宫") == ["工人文化宫"]


# ---------------------------------------------------------------------------------------------------
# Withdrawal


def test_a_publisher_withdraws_a_notice_and_the_venue_is_open_again(city: City) -> None:
    page = notice(city.culture, city.museum, first=date(2026, 11, 18))
    today = {"business_date": clock.today(), "area_key": ""}
    assert city.museum.days.get(**today).status == "closed"
    client = signed_in(member("publisher", city.culture))
    assert "海交馆" in client.get(withdraw_address(page)).content.decode()
    assert OpeningNoticePage.objects.get(pk=page.pk).withdrawn_at is None
    assert client.post(withdraw_address(page)).status_code == 302
    page.refresh_from_db()
    assert page.withdrawn_at == clock.now()
    assert page.live
    assert page.get_latest_revision_as_object().withdrawn_at == page.withdrawn_at
    assert city.museum.days.get(**today).status == "open"
    # A second time there is nothing to do.
    assert client.post(withdraw_address(page)).status_code == 302


def test_withdrawing_does_not_publish_a_draft(city: City) -> None:
    page = notice(city.culture, city.museum, title="检修")
    draft = page.get_latest_revision_as_object()
    draft.title = "还没写完"
    draft.save_revision()
    signed_in(member("publisher", city.culture)).post(withdraw_address(page))
    page.refresh_from_db()
    assert page.title == "检修"
    assert page.withdrawn_at
    latest = page.get_latest_revision_as_object()
    assert (latest.title, latest.withdrawn_at) == ("还没写完", page.withdrawn_at)


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_who_may_publish_withdraws(city: City, method: str) -> None:
    page = notice(city.culture, city.museum)
    for user in (member("editor", city.culture), member("publisher", city.union)):
        getattr(signed_in(user), method)(withdraw_address(page))
        page.refresh_from_db()
        assert page.withdrawn_at is None


def test_the_editor_offers_to_withdraw_what_is_in_force(city: City) -> None:
    page = notice(city.culture, city.museum)
    client = signed_in(member("publisher", city.culture))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert withdraw_address(page) in client.get(edit).content.decode()
    client.post(withdraw_address(page))
    assert withdraw_address(page) not in client.get(edit).content.decode()
    assert withdraw_address(page) not in signed_in(member("editor", city.culture)).get(edit).content.decode()


def test_the_form_of_a_new_venue_is_shown(city: City, editor: Client) -> None:
    data = form_of(editor, reverse("wagtailadmin_pages:add", args=["venues", "venuepage", city.culture.pk]))
    assert data["hours"] == "[]"
