"""The form of an activity: a draft may be incomplete, what is published may not; sessions are repeated in one go."""

from typing import Any

import pytest
from django.urls import reverse

from news.models import ActivityPage, SessionEntry
from openness.accounts.models import User
from tests.news.town import activity, found_town, session
from tests.venues.editors import NOW, City, form_of, member, signed_in


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_town()


def row(city: City, **facts: Any) -> dict[str, Any]:
    return {
        "starts_at": "2026-11-21 10:00",
        "ends_at": "2026-11-21 12:00",
        "venue": city.museum.pk,
        "state": "scheduled",
        **facts,
    }


def with_rows(data: Any, *rows: dict[str, Any]) -> None:
    data["sessions-TOTAL_FORMS"] = str(len(rows))
    names = (
        "area_key",
        "region",
        "place",
        "longitude",
        "latitude",
        "datum",
        "state_note",
        "key",
        "venue",
        "id",
    )
    for number, facts in enumerate(rows):
        for name, value in {
            **dict.fromkeys(names, ""),
            "ORDER": str(number + 1),
            "DELETE": "",
            **facts,
        }.items():
            data[f"sessions-{number}-{name}"] = str(value)


def write(
    city: City,
    *rows: dict[str, Any],
    user: User | None = None,
    action: str | None = "action-publish",
    **fields: Any,
) -> Any:
    """Post a new activity below the culture bureau's page; return the answer."""
    client = signed_in(user or member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:add", args=["news", "activitypage", city.culture.pk])
    data = form_of(client, address)
    data.setdefault("body-count", "0")
    data.update({"title": "演出", "slug": "", "kind": "performance", **fields})
    with_rows(data, *rows)
    if action:
        data[action] = "1"
    return client.post(address, data)


def errors(response: Any) -> dict[str, Any]:
    assert response.status_code == 200, response.status_code
    form = response.context["form"]
    found = dict(form.errors)
    for number, each in enumerate(form.formsets["sessions"].forms):
        found.update({f"{number}:{name}": texts for name, texts in each.errors.items()})
    return found


def test_a_complete_activity_is_published_with_its_sessions(city: City) -> None:
    response = write(city, row(city))
    assert response.status_code == 302, errors(response)
    page = ActivityPage.objects.get(title="演出")
    assert page.live
    assert page.source == "市文旅局"  # the department's name stands in the form of a new page
    entry = SessionEntry.objects.get()
    assert entry.starts_at.isoformat() == "2026-11-21T02:00:00+00:00"  # the editor wrote the city's time


def test_a_draft_may_be_incomplete(city: City) -> None:
    response = write(city, action=None, kind="live", source="")
    assert response.status_code == 302, errors(response)
    assert not ActivityPage.objects.get(title="演出").live
    assert set(errors(write(city, title="第二场", kind="live", source=""))) == {
        "__all__",
        "source",
        "live_url",
    }


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends_at": "2026-11-21 10:00"}, "ends_at"),
        ({"ends_at": "2026-11-22 10:01"}, "ends_at"),
        ({"venue": ""}, "venue"),
        ({"venue": "", "place": "广场"}, "venue"),
        ({"area_key": "cellar"}, "area_key"),
        ({"venue": "", "area_key": "evening"}, "area_key"),
        ({"state": "cancelled"}, "state_note"),
        ({"state": "moved"}, "state_note"),
        ({"longitude": "118.6"}, "longitude"),
        ({"longitude": "118.6", "latitude": "24.9"}, "datum"),
    ],
)
def test_a_session_that_makes_no_sense_is_refused_at_its_field(
    city: City, facts: dict[str, Any], field: str
) -> None:
    found = errors(write(city, row(city, **facts)))
    assert f"0:{field}" in found
    assert write(city, row(city, **facts), action=None).status_code == 302


def test_an_exhibition_may_last(city: City) -> None:
    lasting = row(city, ends_at="2026-12-31 17:00")
    assert "0:ends_at" in errors(write(city, lasting))
    assert write(city, lasting, kind="exhibition").status_code == 302


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"admission": "free", "price": "10"}, "price"),
        ({"admission": "paid", "price": "-1"}, "price"),
        ({"registration": "required"}, "registration_rule"),
        ({"kind": "live"}, "live_url"),
        ({"source": ""}, "source"),
    ],
)
def test_what_readers_need_is_asked_for(city: City, fields: dict[str, Any], field: str) -> None:
    assert field in errors(write(city, row(city), **fields))


def test_a_live_stream_needs_no_place(city: City) -> None:
    response = write(city, row(city, venue=""), kind="live", live_url="https://live.example/1")
    assert response.status_code == 302, errors(response)


def test_the_last_session_is_repeated_weekly(city: City) -> None:
    response = write(
        city,
        row(city),
        row(city, starts_at="2026-11-22 15:00", ends_at="2026-11-22 17:00"),
        repeat_weekly="3",
    )
    assert response.status_code == 302, errors(response)
    starts = [f"{each.starts_at:%m-%d %H}" for each in SessionEntry.objects.all()]
    assert starts == ["11-21 02", "11-22 07", "11-29 07", "12-06 07", "12-13 07"]
    assert len(set(SessionEntry.objects.values_list("session_key", flat=True))) == 5
    assert set(SessionEntry.objects.values_list("venue", flat=True)) == {city.museum.pk}


@pytest.mark.parametrize("times", ["0", "53", "x"])
def test_it_is_repeated_for_a_year_at_most(city: City, times: str) -> None:
    assert "repeat_weekly" in errors(write(city, row(city), repeat_weekly=times))


def test_editing_keeps_keys_and_shows_what_does_not_fit(city: City) -> None:
    page = activity(city, "演出", session("2026-11-21 20:00", venue=city.museum))
    page.save_revision().publish()
    key = SessionEntry.objects.get().session_key
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    content = client.get(address).content.decode()
    assert "海交馆" in content[content.index("help-warning") :]
    data = form_of(client, address)
    assert data["sessions-0-key"] == key
    data.update(
        {
            "sessions-0-starts_at": "2026-11-22 20:00",
            "sessions-0-ends_at": "2026-11-22 21:00",
            "action-publish": "1",
        }
    )
    assert client.post(address, data).status_code == 302
    entry = SessionEntry.objects.get()
    assert (entry.session_key, entry.starts_at.isoformat()) == (key, "2026-11-22T12:00:00+00:00")


def test_publishing_warns_of_a_closed_venue_and_does_not_forbid_it(city: City) -> None:
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:add", args=["news", "activitypage", city.culture.pk])
    data = form_of(client, address)
    data.setdefault("body-count", "0")
    data.update({"title": "夜场", "slug": "", "kind": "performance", "action-publish": "1"})
    with_rows(data, row(city, starts_at="2026-11-21 20:00", ends_at="2026-11-21 21:00"))
    response = client.post(address, data, follow=True)
    assert ActivityPage.objects.get(title="夜场").live
    assert any("海交馆" in str(message) for message in response.context["messages"])


def test_another_department_may_not_edit_it(city: City) -> None:
    page = activity(city, "演出", session("2026-11-21 10:00"))
    stranger = signed_in(member("publisher", city.union))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert stranger.get(address).status_code in {302, 403}
    assert stranger.post(address, {"title": "改了"}).status_code in {302, 403}
    assert ActivityPage.objects.get(pk=page.pk).title == "演出"
