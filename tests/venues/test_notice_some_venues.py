"""A notice whose changes are for some of its venues: each venue has its own, and the sentence says whose they are."""

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.venues.editors import NOW, City, form_of, found_city, member, notice, schedules_in, signed_in
from venues.models import NoticeEffect, NoticeTarget, OpeningNoticePage, VenuePage
from venues.schedules import notice_schedules
from venues.wording import notice_facts, notice_sentence, notice_text, speak

CLOSED = {"kind": "close", "first": "2026-12-01", "last": "2026-12-05"}
OPEN = {
    "kind": "change",
    "first": "2026-12-01",
    "last": "2026-12-05",
    "sessions": [{"opens": 600, "closes": 720}],
}


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def write(city: City, *effects: dict[str, Any], venues: tuple[VenuePage, ...], **fields: str) -> Any:
    """Publish a notice below the culture bureau's page through its form."""
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:add", args=["venues", "openingnoticepage", city.culture.pk])
    data = form_of(client, address)
    data.update({"title": "公告", "slug": "", "reason": "节假日", "effects": json.dumps(effects), **fields})
    data.setlist("venues", [str(venue.pk) for venue in venues])
    data["action-publish"] = "1"
    return client.post(address, dict(data.lists()))


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200, response.status_code
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def only(effect: dict[str, Any], *venues: VenuePage) -> dict[str, Any]:
    return {**effect, "venue_keys": [venue.pk for venue in venues]}


def test_each_venue_has_the_changes_that_are_for_it(city: City) -> None:
    response = write(
        city, only(CLOSED, city.library), only(OPEN, city.museum), venues=(city.library, city.museum)
    )
    assert response.status_code == 302, errors(response)
    day = {"business_date": date(2026, 12, 3)}
    assert {each.status for each in city.library.days.filter(**day)} == {"closed"}
    assert {each.status for each in city.museum.days.filter(**day)} == {"open"}
    page = OpeningNoticePage.objects.get()
    assert len(notice_schedules(page)) == 2
    assert [each.rules[0].key for each in notice_schedules(page, venue=city.museum.pk)] == ["change"]
    # The rows of the venues are what they were.
    assert len(schedules_in(city.museum)) == 1


def test_the_sentence_says_whose_change_it_is(city: City) -> None:
    write(
        city,
        {"kind": "close", "first": "2026-12-10", "last": "2026-12-10"},
        only(CLOSED, city.library),
        only(OPEN, city.museum),
        venues=(city.library, city.museum),
    )
    page = OpeningNoticePage.objects.get()
    assert notice_sentence(page, language="zh-hans") == (
        "因节假日，市图书馆、海交馆2026年12月10日暂停开放；"
        "市图书馆2026年12月1日至12月5日暂停开放；海交馆2026年12月1日至12月5日开放时间调整为10:00—12:00。"
    )
    (facts,) = notice_facts([page], language="en")
    assert "; 市图书馆 will be closed from 1 to 5 December 2026; 海交馆 " in notice_text(facts, "en")
    assert speak("zh-hans").effects(facts)[1].startswith("市图书馆：")
    assert speak("en").effects(facts)[2].startswith("海交馆 ")


def test_a_change_for_a_venue_that_the_notice_does_not_name_is_refused(city: City) -> None:
    found = errors(write(city, only(CLOSED, city.library), venues=(city.museum,)))
    assert set(found) == {"venues"}
    assert "市图书馆" in found["venues"][0]


def test_changes_for_different_venues_do_not_contradict_each_other_but_for_one_they_do(city: City) -> None:
    both = (city.library, city.museum)
    assert errors(write(city, CLOSED, only(OPEN, city.museum), venues=both)).keys() == {"effects"}
    (error,) = errors(write(city, CLOSED, only(OPEN, city.museum), venues=both))["effects"]
    assert "海交馆" in error
    assert "市图书馆" not in error


def test_an_area_need_exist_only_where_the_change_is(city: City) -> None:
    evening = {**CLOSED, "area_key": "evening"}
    both = (city.library, city.museum)
    assert write(city, only(evening, city.library), only(OPEN, city.museum), venues=both).status_code == 302


def test_another_notice_is_contradicted_only_where_both_are(city: City) -> None:
    notice(city.culture, city.museum, title="年度检修", first=date(2026, 12, 1))
    both = (city.library, city.museum)
    later = {"kind": "close", "first": "2026-12-20", "last": "2026-12-20"}
    response = write(city, only(OPEN, city.library), only(later, city.museum), venues=both)
    assert response.status_code == 302, errors(response)


def test_an_earlier_notice_for_some_is_replaced_from_the_first_day_on(city: City) -> None:
    earlier = OpeningNoticePage(title="旧公告", reason="节假日", locale=city.culture.locale)
    earlier.effects = [
        NoticeEffect(
            kind="close", first=date(2026, 12, 1), last=date(2026, 12, 20), venue_keys=[city.library.pk]
        )
    ]
    earlier.targets = [NoticeTarget(venue=venue) for venue in (city.library, city.museum)]
    city.culture.add_child(instance=earlier)
    earlier.save_revision().publish()
    response = write(
        city,
        {**only(OPEN, city.library), "first": "2026-12-10", "last": "2026-12-12"},
        venues=(city.library,),
        supersedes=str(earlier.pk),
        supersedes_how="replaces",
    )
    assert response.status_code == 302, errors(response)
    status = {
        day: city.library.days.get(business_date=date(2026, 12, day), area_key="").status
        for day in (9, 11, 15)
    }
    assert status == {9: "closed", 11: "open", 15: "open"}
    assert city.museum.days.get(business_date=date(2026, 12, 9)).status == "open"
