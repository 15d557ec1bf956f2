"""Hours of one venue for many: what is copied, to whom, and what stays."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openness.core import clock
from tests.venues.editors import NOW, City, found_city, member, schedules_in, signed_in
from tests.venues.hours.builders import ALL_WEEK, rule, schedule
from venues.models import VenueArea, VenuePage
from venues.schedules import schedules_of, set_schedules


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


@pytest.fixture
def publisher(city: City) -> Client:
    return signed_in(member("publisher", city.culture))


def address(page: VenuePage) -> str:
    return reverse("venues_copy_hours", args=[page.pk])


def give_library_late_hours(city: City) -> None:
    set_schedules(
        city.library,
        (
            schedule("base", rule("daily", ALL_WEEK, "10:00-22:00")),
            schedule("evening", rule("daily", ALL_WEEK, "22:00-23:00"), area="evening"),
        ),
    )
    city.library.save_revision().publish()


def test_the_form_lists_the_venues_that_one_may_change(city: City, publisher: Client) -> None:
    give_library_late_hours(city)
    text = publisher.get(address(city.library)).content.decode()
    assert "海交馆" in text
    assert "工人文化宫" not in text
    assert "晚间开放区" in text, "the area that the museum has not is named"
    assert "工人文化宫" in signed_in(member("office")).get(address(city.library)).content.decode()


def test_nothing_changes_before_it_is_confirmed(city: City, publisher: Client) -> None:
    give_library_late_hours(city)
    before = schedules_in(city.museum)
    response = publisher.post(address(city.library), {"venue": [city.museum.pk]})
    text = response.content.decode()
    assert "9:00—17:00" in text
    assert "10:00—22:00" in text
    assert schedules_in(city.museum) == before
    assert not VenuePage.objects.get(pk=city.museum.pk).has_unpublished_changes


def test_a_draft_has_the_hours_and_the_public_page_not_yet(city: City, publisher: Client) -> None:
    give_library_late_hours(city)
    publisher.post(address(city.library), {"venue": [city.museum.pk], "action": "draft"})
    museum = VenuePage.objects.get(pk=city.museum.pk)
    assert schedules_in(museum)[0].rules[0].sessions[0].opens == 540
    (copied,) = schedules_of(museum.get_latest_revision_as_object())
    assert copied.rules[0].sessions[0].opens == 600


def test_published_hours_are_compiled(city: City, publisher: Client) -> None:
    give_library_late_hours(city)
    response = publisher.post(address(city.library), {"venue": [city.museum.pk], "action": "publish"})
    assert [result.is_refused for result in response.context["results"]] == [False]
    assert schedules_in(city.museum)[0].rules[0].sessions[0].closes == 1320
    tomorrow = city.museum.intervals.get(area_key="", business_date="2026-11-20")
    assert clock.local(tomorrow.opens_at).hour == 10


def test_areas_meet_by_their_key_and_others_stay(city: City, publisher: Client) -> None:
    give_library_late_hours(city)
    museum = VenuePage.objects.get(pk=city.museum.pk)
    museum.areas = [
        VenueArea(key="evening", name="夜场", locale=museum.locale),
        VenueArea(key="deck", name="甲板", locale=museum.locale),
    ]
    set_schedules(
        museum,
        (
            schedule("base", rule("daily", ALL_WEEK, "09:00-17:00")),
            schedule("deck", rule("daily", ALL_WEEK, "12:00-13:00"), area="deck"),
        ),
    )
    museum.save_revision().publish()
    response = publisher.post(address(city.library), {"venue": [museum.pk]})
    (target,) = response.context["targets"]
    assert (target.missing, target.kept) == ((), ("甲板",))
    publisher.post(address(city.library), {"venue": [museum.pk], "action": "publish"})
    assert {(each.area, each.rules[0].sessions[0].opens) for each in schedules_in(museum)} == {
        ("", 600),
        ("evening", 1320),
        ("deck", 720),
    }


def test_a_venue_of_another_department_is_left_out(city: City, publisher: Client) -> None:
    before = schedules_in(city.palace)
    response = publisher.post(address(city.library), {"venue": [city.palace.pk], "action": "publish"})
    assert response.status_code == 200
    assert "results" not in response.context
    assert schedules_in(city.palace) == before


def test_who_may_not_publish_leaves_a_draft_and_is_refused_the_rest(city: City) -> None:
    give_library_late_hours(city)
    editor = signed_in(member("editor", city.culture))
    response = editor.post(address(city.library), {"venue": [city.museum.pk], "action": "publish"})
    (result,) = response.context["results"]
    assert result.is_refused
    response = editor.post(address(city.library), {"venue": [city.museum.pk], "action": "draft"})
    (result,) = response.context["results"]
    assert not result.is_refused


def test_copying_twice_is_copying_once(city: City, publisher: Client) -> None:
    give_library_late_hours(city)
    data = {"venue": [city.museum.pk], "action": "publish"}
    publisher.post(address(city.library), data)
    revisions = VenuePage.objects.get(pk=city.museum.pk).revisions.count()
    publisher.post(address(city.library), data)
    assert VenuePage.objects.get(pk=city.museum.pk).revisions.count() == revisions


def test_a_draft_of_somebody_else_is_not_published(city: City, publisher: Client) -> None:
    give_library_late_hours(city)
    museum = VenuePage.objects.get(pk=city.museum.pk)
    museum.title = "还没写完"
    museum.save_revision()
    response = publisher.post(address(city.library), {"venue": [museum.pk], "action": "publish"})
    (result,) = response.context["results"]
    assert result.is_refused
    assert VenuePage.objects.get(pk=museum.pk).title == "海交馆"


def test_only_who_may_change_a_venue_copies_from_it(city: City) -> None:
    stranger = signed_in(member("editor", city.union))
    assert (
        stranger.get(address(city.library), headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    )


@pytest.mark.parametrize("value", ["x", "9" * 30, "-1", ""])
def test_a_number_that_is_no_venue_is_none(city: City, publisher: Client, value: str) -> None:
    assert publisher.post(address(city.library), {"venue": [value], "action": "draft"}).status_code == 200


@pytest.mark.parametrize("query", ["type=x", "region=999999999999999999999", "department=zzz", "q=%00"])
def test_a_filter_that_is_none_of_the_choices_asks_for_nothing(
    city: City, publisher: Client, query: str
) -> None:
    assert publisher.get(f"{address(city.library)}?{query}").status_code == 200


def test_the_form_of_a_venue_leads_to_the_copying(city: City, publisher: Client) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[city.library.pk])
    assert address(city.library) in publisher.get(edit).content.decode()
    explore = reverse("wagtailadmin_explore", args=[city.culture.pk])
    assert address(city.library) in publisher.get(explore).content.decode()


def test_the_list_costs_the_same_for_many_venues(city: City, publisher: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert publisher.get(address(city.library)).status_code == 200
        return len(asked)

    queries()
    before = queries()
    for number in range(4):
        page = VenuePage(
            title=f"分馆{number}",
            code=f"branch-{number}",
            venue_type=city.museum.venue_type,
            region=city.museum.region,
            hours_mode="own",
            locale=city.museum.locale,
        )
        set_schedules(page, schedules_in(city.museum))
        city.culture.add_child(instance=page)
    assert queries() == before
