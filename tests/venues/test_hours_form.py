"""The hours of a venue as one field: nothing is lost, mistakes are named at their place."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given, settings

from tests.venues.editors import NOW, City, form_of, found_city, member, schedules_in, signed_in
from tests.venues.hours.builders import ALL_WEEK, on_weekdays, rule, schedule, session
from tests.venues.hours.strategies import venues as any_hours
from venues import hours
from venues.form_fields import HoursField
from venues.hours import codec
from venues.models import Schedule, VenuePage

VENUES = json.loads((Path(__file__).parents[2] / "demo" / "quanzhou" / "venues.json").read_text())["venues"]
WITH_HOURS = [venue for venue in VENUES if (venue.get("hours") or {}).get("schedules")]


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def through_the_page(value: tuple[hours.Schedule, ...]) -> tuple[hours.Schedule, ...]:
    """Show the value in the widget, and read what a browser would post."""
    field = HoursField(required=False)
    soup = BeautifulSoup(field.widget.render("hours", field.prepare_value(value)), "html.parser")
    # A browser drops the line break after the tag.
    return field.clean(soup.find("textarea", {"name": "hours"}).text.removeprefix("\n"))


@pytest.mark.django_db
@pytest.mark.parametrize("venue", WITH_HOURS, ids=lambda venue: venue["code"])
def test_hours_of_the_demo_come_back_as_they_were(venue: dict[str, Any]) -> None:
    value = codec.decode(tuple[hours.Schedule, ...], venue["hours"]["schedules"], "rows")
    assert through_the_page(value) == value
    assert not HoursField(required=False).has_changed(value, HoursField(required=False).prepare_value(value))


@pytest.mark.django_db
@settings(deadline=None, max_examples=60)
@given(any_hours())
def test_any_hours_come_back_as_they_were(generated: hours.VenueHours) -> None:
    value = tuple(
        each for each in generated.schedules if each.layer <= hours.Layer.HOLIDAY and not each.notice
    )
    assert through_the_page(value) == value


# ---------------------------------------------------------------------------------------------------
# In the editor


def edit(city: City, text: str, **changes: str) -> Any:
    """Publish the library with other hours; return the answer."""
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[city.library.pk])
    data = form_of(client, address)
    data["hours"] = text
    data.update(changes)
    data["action-publish"] = "1"
    return client.post(address, data)


def errors_of(response: Any) -> list[str]:
    assert response.status_code == 200
    return list(response.context["form"].errors.get("hours", ()))


def errors_with(city: City, rules: list[dict[str, Any]]) -> list[str]:
    return errors_of(edit(city, json.dumps([{"key": "base", "rules": rules}])))


def test_new_hours_are_stored(city: City) -> None:
    value = (
        schedule(
            "base",
            rule("mo", on_weekdays(0)),
            rule("rest", on_weekdays(1, 2, 3, 4, 5, 6), session("09:00-17:00", "16:30")),
        ),
        schedule(
            "evening",
            rule("daily", ALL_WEEK, session("18:00-21:00", kind=hours.Kind.EXTENDED)),
            area="evening",
        ),
    )
    response = edit(city, HoursField(required=False).prepare_value(value))
    assert response.status_code == 302, response.context["form"].errors
    assert schedules_in(city.library) == value
    assert city.library.intervals.filter(area_key="evening", kind="extended").exists()


def test_unchanged_hours_keep_their_rows(city: City) -> None:
    before = list(Schedule.objects.filter(page=city.library).values_list("pk", flat=True))
    text = HoursField(required=False).prepare_value(schedules_in(city.library)).replace("\n", "  ")
    assert edit(city, text, phone="0595-1").status_code == 302
    assert list(Schedule.objects.filter(page=city.library).values_list("pk", flat=True)) == before
    assert VenuePage.objects.get(pk=city.library.pk).phone == "0595-1"


WRONG = {
    "end before start": ([{"opens": 1020, "closes": 540}], "17:00 到 9:00"),
    "last entry outside": ([{"opens": 540, "closes": 1020, "last_entry": 1080}], "18:00"),
    "overlap": ([{"opens": 540, "closes": 720}, {"opens": 700, "closes": 900}], "9:00–12:00"),
    "outside the day": ([{"opens": 540, "closes": 9000}], ""),
    "raw text": ([{"opens": "九点到五点", "closes": None}], "九点到五点"),
    "no time": ([{"opens": 540, "closes": None}], ""),
    "raw last entry": ([{"opens": 540, "closes": 1020, "last_entry": "半小时前"}], "半小时前"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_named_at_the_field_and_nothing_is_lost(city: City, name: str) -> None:
    sessions, expected = WRONG[name]
    text = json.dumps(
        [
            {
                "key": "base",
                "rules": [
                    {"key": "sa", "matcher": {"kind": "weekdays", "weekdays": [5]}, "sessions": sessions}
                ],
            }
        ],
        ensure_ascii=False,
    )
    before = schedules_in(city.library)
    response = edit(city, text)
    (error,) = errors_of(response)
    assert "星期六" in error or "周六" in error or "Saturday" in error
    assert all(figure in error for figure in expected.split(" 到 "))
    assert (
        BeautifulSoup(response.content, "html.parser").find("textarea", {"name": "hours"}).text.strip()
        == text
    )
    assert schedules_in(city.library) == before


def test_the_period_is_named_where_there_are_several(city: City) -> None:
    sessions = [{"opens": 540, "closes": 720}, {"opens": 900, "closes": 800}]
    rules = [{"key": "sa", "matcher": {"kind": "weekdays", "weekdays": [5]}, "sessions": sessions}]
    (error,) = errors_with(city, rules)
    assert "第2段" in error


def test_two_rules_that_contradict_each_other_are_both_named(city: City) -> None:
    rules = [
        {"key": "closed", "label": "周一闭馆", "matcher": {"kind": "weekdays", "weekdays": [0]}},
        {
            "key": "open",
            "label": "周一开放",
            "matcher": {"kind": "weekdays", "weekdays": [0]},
            "sessions": [{"opens": 540, "closes": 1020}],
        },
    ]
    (error,) = errors_with(city, rules)
    assert "周一闭馆" in error
    assert "周一开放" in error


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "null",
        "{}",
        '"text"',
        "[1]",
        '[{"key": "base", "layer": "emergency"}]',
        '[{"key": "base", "notice": "7"}]',
        '[{"key": "base", "area": "cellar", "rules": [{"key": "r", "sessions": [{"opens": 540, "closes": 600}]}]}]',
        '[{"key": "base", "annual_from": "summer"}]',
        '[{"key": "base", "label": "\\ud800"}]',
        '[{"key": "base", "label": "\\u0000"}]',
        '[{"key": "%s"}]' % ("k" * 41),
        "[" * 5000,
        " " * 200_001 + "x",
    ],
)
def test_what_cannot_be_hours_is_refused_at_the_field(city: City, text: str) -> None:
    assert errors_of(edit(city, text))


def test_hours_that_are_not_used_may_contradict_each_other(city: City) -> None:
    rules = [
        {"key": "a", "matcher": {"kind": "weekdays", "weekdays": [0]}},
        {
            "key": "b",
            "matcher": {"kind": "weekdays", "weekdays": [0]},
            "sessions": [{"opens": 540, "closes": 1020}],
        },
    ]
    text = json.dumps([{"key": "base", "rules": rules}])
    assert edit(city, text, hours_mode="unknown").status_code == 302


def test_removing_an_area_that_has_hours_is_an_error(city: City) -> None:
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[city.library.pk])
    data = form_of(client, address)
    data["areas-0-DELETE"] = "on"
    data["action-publish"] = "1"
    (error,) = errors_of(client.post(address, data))
    assert "evening" in error


def test_revisions_are_compared_with_their_hours(city: City) -> None:
    before = city.library.save_revision()
    value = (schedule("base", rule("daily", ALL_WEEK, session("10:00-16:00", kind=hours.Kind.EXTENDED))),)
    edit(city, HoursField(required=False).prepare_value(value))
    after = VenuePage.objects.get(pk=city.library.pk).latest_revision
    address = reverse("wagtailadmin_pages:revisions_compare", args=[city.library.pk, before.pk, after.pk])
    text = signed_in(member("publisher", city.culture)).get(address).content.decode()
    assert "10:00–16:00" in text
    assert "9:00–17:00" in text


def test_an_older_revision_brings_its_hours_back(city: City) -> None:
    before, older = schedules_in(city.library), city.library.save_revision()
    value = (schedule("base", rule("daily", ALL_WEEK, "10:00-16:00")),)
    edit(city, HoursField(required=False).prepare_value(value))
    assert schedules_in(city.library) == value
    older.publish()
    assert schedules_in(city.library) == before


def test_an_editor_of_another_department_cannot_see_the_form(city: City) -> None:
    client = signed_in(member("editor", city.union))
    address = reverse("wagtailadmin_pages:edit", args=[city.library.pk])
    assert client.get(address).status_code == 302
    assert client.post(address, {"hours": "[]", "action-publish": "1"}).status_code == 302
    assert schedules_in(city.library)
