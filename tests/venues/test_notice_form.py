"""The form of a notice: complete when it is published, within one's own department, at odds with no other."""

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from openness.accounts.models import User
from tests.venues.editors import NOW, City, form_of, found_city, member, notice, signed_in
from venues.form_fields import EffectsField
from venues.models import NoticeEffect, OpeningNoticePage, VenuePage
from venues.notice_form import effects_of, usable_venues
from venues.wording import notice_sentence

CLOSED = {"kind": "close", "first": "2026-12-01", "last": "2026-12-05"}
HOURS = [{"opens": 1080, "closes": 1260}]


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def write(
    city: City,
    *effects: dict[str, Any],
    venues: tuple[VenuePage, ...] = (),
    user: User | None = None,
    action: str | None = "action-publish",
    **fields: Any,
) -> Any:
    """Post a new notice below the culture bureau's page; return the answer."""
    client = signed_in(user or member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:add", args=["venues", "openingnoticepage", city.culture.pk])
    data = form_of(client, address)
    data.update({"title": "公告", "slug": "", "reason": "设备检修", "effects": json.dumps(effects), **fields})
    data.setlist("venues", [str(venue.pk) for venue in venues])
    if action:
        data[action] = "1"
    return client.post(address, data)


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200, response.status_code
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def written() -> OpeningNoticePage:
    return OpeningNoticePage.objects.get(title="公告")


# ---------------------------------------------------------------------------------------------------
# What it stores


def test_a_published_notice_changes_the_days_of_its_venues(city: City) -> None:
    response = write(city, {**CLOSED, "area_key": "evening"}, venues=(city.library,))
    assert response.status_code == 302, errors(response)
    page = written()
    assert [target.venue_id for target in page.targets.all()] == [city.library.pk]
    assert EffectsField().prepare_value(effects_of(page)) == EffectsField().prepare_value(
        EffectsField().clean(json.dumps([{**CLOSED, "area_key": "evening"}]))
    )
    assert page.slug == "gong-gao"
    days = city.library.days.filter(business_date=date(2026, 12, 3))
    assert {day.area_key: day.status for day in days} == {"": "open", "evening": "closed"}


def test_saving_again_keeps_the_rows(city: City) -> None:
    page = notice(city.culture, city.library)
    rows = list(NoticeEffect.objects.values_list("pk", flat=True))
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(client, address)
    assert data.getlist("venues") == [str(city.library.pk)]
    data["action-publish"] = "1"
    assert client.post(address, data).status_code == 302
    assert list(NoticeEffect.objects.values_list("pk", flat=True)) == rows


def test_effects_of_every_kind_are_stored(city: City) -> None:
    effects = [
        {**CLOSED, "window_opens": 720, "window_closes": 840},
        {"kind": "extend", "first": "2026-12-10", "sessions": HOURS},
        {
            "kind": "change",
            "first": "2027-01-01",
            "last": "2027-01-01",
            "sessions": [{"opens": 600, "closes": 960, "last_entry": 930}],
        },
        {"kind": "special_opening", "first": "2027-01-04", "last": "2027-01-04", "sessions": HOURS},
    ]
    response = write(city, *effects, venues=(city.museum,))
    assert response.status_code == 302, errors(response)
    assert json.loads(EffectsField().prepare_value(effects_of(written()))) == effects


def test_a_draft_may_be_incomplete(city: City) -> None:
    response = write(city, reason="", action=None)
    assert response.status_code == 302
    page = written()
    assert not page.live
    assert not page.effects.exists()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client = signed_in(member("publisher", city.culture))
    data = form_of(client, address)
    data["action-publish"] = "1"
    assert set(errors(client.post(address, data))) == {"effects", "venues", "reason"}


def test_a_notice_handed_in_for_review_is_complete(city: City) -> None:
    response = write(
        city, venues=(city.library,), user=member("editor", city.culture), action="action-submit"
    )
    assert set(errors(response)) == {"effects"}


# ---------------------------------------------------------------------------------------------------
# What it refuses


@pytest.mark.parametrize(
    ("effect", "word"),
    [
        ({**CLOSED, "last": "2026-11-30"}, ""),
        ({**CLOSED, "sessions": HOURS}, ""),
        ({**CLOSED, "window_opens": 720}, ""),
        ({**CLOSED, "window_opens": 720, "window_closes": 600}, ""),
        ({"kind": "extend", "first": "2026-12-01"}, ""),
        ({"kind": "change", "first": "2026-12-01", "sessions": [{"opens": 900, "closes": 600}]}, "15:00"),
        ({"kind": "close", "last": "2026-12-01"}, ""),
        ({"kind": "close", "first": ""}, ""),
        ({"kind": "close", "first": "1 December"}, "1 December"),
        ({"kind": "dance", "first": "2026-12-01"}, ""),
        ({**CLOSED, "area_key": "cellar"}, "cellar"),
        ({**CLOSED, "window_opens": "noon", "window_closes": 900}, "noon"),
    ],
)
def test_an_effect_that_makes_no_sense_is_named(city: City, effect: dict[str, Any], word: str) -> None:
    found = errors(write(city, effect, venues=(city.library,)))
    assert set(found) == {"effects"}
    assert word in found["effects"][0]


def test_a_closure_within_seven_days_says_why(city: City) -> None:
    soon = {**CLOSED, "first": "2026-11-25"}
    assert set(errors(write(city, soon, venues=(city.library,)))) == {"urgent_kind"}
    assert set(errors(write(city, soon, venues=(city.library,), urgent_kind="force_majeure"))) == {
        "urgent_reason"
    }
    said = {"urgent_kind": "force_majeure", "urgent_reason": "水管破裂"}
    assert write(city, soon, venues=(city.library,), **said).status_code == 302
    sentence = notice_sentence(written(), language="zh-hans")
    assert sentence.endswith("暂停开放。因不可抗力未能提前7日公告：水管破裂。")


def test_an_emergency_needs_no_further_reason(city: City) -> None:
    assert (
        write(city, {**CLOSED, "first": "2026-11-19"}, venues=(city.library,), is_emergency="on").status_code
        == 302
    )


@pytest.mark.parametrize("first", ["2026-11-26", "2026-12-01"])
def test_seven_days_ahead_is_enough(city: City, first: str) -> None:
    assert write(city, {**CLOSED, "first": first}, venues=(city.library,)).status_code == 302


def test_a_longer_opening_may_begin_today(city: City) -> None:
    extended = {"kind": "extend", "first": "2026-11-19", "last": "2026-11-20", "sessions": HOURS}
    assert write(city, extended, venues=(city.museum,)).status_code == 302


def test_a_closure_that_is_public_already_is_not_late_when_it_is_edited(city: City) -> None:
    page = notice(city.culture, city.library, first=date(2026, 11, 20))
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_of(client, address)
    data.update({"title": "更正", "action-publish": "1"})
    assert client.post(address, data).status_code == 302


# ---------------------------------------------------------------------------------------------------
# Whose venues


def test_a_venue_of_another_department_is_an_error_at_the_field(city: City) -> None:
    response = write(city, CLOSED, venues=(city.palace,))
    assert set(errors(response)) == {"venues"}
    assert not OpeningNoticePage.objects.exists()
    response = write(city, CLOSED, venues=(city.palace,), action=None)
    assert set(errors(response)) == {"venues"}


@pytest.mark.parametrize("value", ["x", "0", "99999999999999999999999", "-1"])
def test_a_number_that_is_no_venue_is_an_error_at_the_field(city: City, value: str) -> None:
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:add", args=["venues", "openingnoticepage", city.culture.pk])
    data = form_of(client, address)
    data.update({"title": "公告", "effects": json.dumps([CLOSED]), "venues": value, "action-publish": "1"})
    assert "venues" in errors(client.post(address, data))


def test_the_form_offers_the_venues_of_the_department(city: City) -> None:
    client = signed_in(member("editor", city.culture))
    address = reverse("wagtailadmin_pages:add", args=["venues", "openingnoticepage", city.culture.pk])
    text = client.get(address).content.decode()
    assert "海交馆" in text
    assert "工人文化宫" not in text
    assert 'name="scope"' not in text


def test_everyone_may_write_for_the_venues_of_their_own_pages(city: City) -> None:
    for role in ("contributor", "editor", "publisher", "manager"):
        assert set(usable_venues(member(role, city.culture))) == {city.library, city.museum}
    assert set(usable_venues(member("office"))) == {city.library, city.museum, city.palace}
    assert not usable_venues(member("auditor")).exists()


def test_the_office_names_any_venue_and_selects_by_region(city: City) -> None:
    office = member("office")
    assert write(city, CLOSED, venues=(city.palace, city.library), user=office).status_code == 302
    OpeningNoticePage.objects.all().delete()
    region = city.library.region
    response = write(
        city, CLOSED, user=office, scope="selection", scope_region=str(region.pk), is_emergency="on"
    )
    assert response.status_code == 302, errors(response)
    assert {row.venue.code for row in written().concerned.all()} == {"library", "museum", "palace"}


def test_a_selection_of_everything_is_an_error(city: City) -> None:
    assert set(errors(write(city, CLOSED, user=member("office"), scope="selection"))) == {"scope"}


def test_a_department_cannot_select_by_region(city: City) -> None:
    response = write(
        city, CLOSED, venues=(city.library,), scope="selection", scope_region=str(city.library.region.pk)
    )
    assert response.status_code == 302
    assert written().scope == "named"
    assert written().scope_region is None


def test_a_department_cannot_publish_the_selection_of_the_office(city: City) -> None:
    write(
        city,
        CLOSED,
        user=member("office"),
        scope="selection",
        scope_region=str(city.library.region.pk),
        action=None,
    )
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[written().pk])
    data = form_of(client, address)
    data["action-publish"] = "1"
    assert "scope" in errors(client.post(address, data))


# ---------------------------------------------------------------------------------------------------
# Other notices


def test_two_notices_that_contradict_each_other_are_both_named_with_the_date(city: City) -> None:
    notice(city.culture, city.library, title="年度检修", first=date(2026, 12, 1))
    changed = {"kind": "change", "first": "2026-12-05", "last": "2026-12-20", "sessions": HOURS}
    (error,) = errors(write(city, changed, venues=(city.library,)))["effects"]
    assert "年度检修" in error
    assert "2026年12月5日" in error
    assert "市图书馆" in error


def test_notices_on_other_days_or_venues_do_not_contradict_each_other(city: City) -> None:
    notice(city.culture, city.library, title="年度检修", first=date(2026, 12, 1))
    changed = {"kind": "change", "first": "2026-12-05", "last": "2026-12-05", "sessions": HOURS}
    assert write(city, changed, venues=(city.museum,)).status_code == 302
    OpeningNoticePage.objects.filter(title="公告").delete()
    later = {**changed, "first": "2026-12-12", "last": "2026-12-12"}
    assert write(city, later, venues=(city.library,)).status_code == 302


def test_a_notice_may_replace_the_one_it_contradicts(city: City) -> None:
    earlier = notice(city.culture, city.library, title="年度检修", first=date(2026, 12, 1))
    changed = {"kind": "change", "first": "2026-12-05", "last": "2026-12-20", "sessions": HOURS}
    response = write(
        city, changed, venues=(city.library,), supersedes=str(earlier.pk), supersedes_how="replaces"
    )
    assert response.status_code == 302, errors(response)
    day = city.library.days.get(business_date=date(2026, 12, 6), area_key="")
    assert day.status == "open"


def test_a_notice_about_other_venues_cannot_be_replaced(city: City) -> None:
    other = notice(city.union, city.palace)
    assert set(errors(write(city, CLOSED, venues=(city.library,), supersedes=str(other.pk)))) == {
        "supersedes"
    }


def test_effects_of_one_notice_must_agree(city: City) -> None:
    changed = {"kind": "change", "first": "2026-12-05", "last": "2026-12-05", "sessions": HOURS}
    assert set(errors(write(city, CLOSED, changed, venues=(city.library,)))) == {"effects"}


def test_the_venue_is_closed_but_one_area_is_not(city: City) -> None:
    stays = {
        "kind": "change",
        "first": "2026-12-01",
        "last": "2026-12-05",
        "area_key": "evening",
        "sessions": HOURS,
    }
    response = write(city, CLOSED, stays, venues=(city.library,))
    assert response.status_code == 302, errors(response)


def test_an_area_must_exist_at_every_venue(city: City) -> None:
    (error,) = errors(write(city, {**CLOSED, "area_key": "evening"}, venues=(city.library, city.museum)))[
        "effects"
    ]
    assert "海交馆" in error
