"""Page, compiled rows, history and outbox stand or fall together, on every path by which Wagtail changes a page."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.urls import reverse
from wagtail.models import Page, Revision

from openness.core.models import Address, OutboxEntry
from tests.venues.editors import NOW, City, form_of, found_city, member, notice, signed_in
from tests.venues.hours.builders import ALL_WEEK, rule, schedule
from venues import compile as module
from venues.models import (
    Interval,
    NoticeVenue,
    OpeningNoticePage,
    PublishedHours,
    VenueDay,
    VenueEntry,
    VenuePage,
)
from venues.models.compiled import Interval as CompiledInterval
from venues.schedules import set_schedules

LONG_AGO = "2026-11-18T00:00:00Z"


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


class Broken(RuntimeError):
    """What goes wrong while the hours are compiled."""


@pytest.fixture
def breakage(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function after which no interval can be written, and no venue compiled to its end."""

    def broken(*args: Any, **kwargs: Any) -> None:
        raise Broken

    def arrange() -> None:
        monkeypatch.setattr(CompiledInterval.objects, "bulk_create", broken)
        monkeypatch.setattr(module, "refresh_entries", broken)

    return arrange


def stored() -> dict[str, list]:
    """Everything that a change of a venue writes."""
    models = [
        Page,
        VenuePage,
        OpeningNoticePage,
        Address,
        Revision,
        Interval,
        VenueDay,
        VenueEntry,
        NoticeVenue,
        PublishedHours,
        OutboxEntry,
    ]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def edited(venue: VenuePage, **fields: Any) -> Revision:
    """Save a draft with another title and other hours."""
    venue = fresh(venue)
    venue.title = "新名字"
    for name, value in fields.items():
        setattr(venue, name, value)
    set_schedules(venue, (schedule("base", rule("daily", ALL_WEEK, "10:00-12:00")),))
    return venue.save_revision()


def test_publishing_a_revision(city: City, breakage: Callable[[], None]) -> None:
    revision = edited(city.museum)
    before = stored()
    breakage()
    with pytest.raises(Broken):
        revision.publish()
    assert stored() == before


def test_publishing_in_the_admin(city: City, breakage: Callable[[], None]) -> None:
    client = signed_in(member("publisher", city.culture))
    url = reverse("wagtailadmin_pages:edit", args=[city.museum.pk])
    data = form_of(client, url)
    data["title"], data["action-publish"] = "新名字", "1"
    before = stored()
    breakage()
    with pytest.raises(Broken):
        client.post(url, data)
    assert stored() == before


def test_making_a_venue_in_the_admin(city: City, breakage: Callable[[], None]) -> None:
    client = signed_in(member("publisher", city.culture))
    url = reverse("wagtailadmin_pages:add", args=["venues", "venuepage", city.culture.pk])
    data = form_of(client, url)
    data["title"], data["action-publish"] = "新馆", "1"
    data["venue_type"], data["region"] = str(city.museum.venue_type_id), str(city.museum.region_id)
    before = stored()
    breakage()
    with pytest.raises(Broken):
        client.post(url, data)
    assert stored() == before


def test_unpublishing(city: City, breakage: Callable[[], None]) -> None:
    before = stored()
    breakage()
    with pytest.raises(Broken):
        fresh(city.museum).unpublish()
    assert stored() == before


@pytest.mark.parametrize("path", ["model", "admin"])
def test_moving(city: City, breakage: Callable[[], None], path: str) -> None:
    client = signed_in(member("administrator"))
    before = stored()
    breakage()
    confirm = reverse("wagtailadmin_pages:move_confirm", args=[city.museum.pk, city.union.pk])
    moves = {
        "model": lambda: fresh(city.museum).move(fresh(city.union), pos="last-child"),
        "admin": lambda: client.post(confirm),
    }
    with pytest.raises(Broken):
        moves[path]()
    assert stored() == before


def test_deleting_a_notice(city: City, breakage: Callable[[], None]) -> None:
    page = notice(city.culture, city.museum)
    before = stored()
    breakage()
    with pytest.raises(Broken):
        fresh(page).delete()
    assert stored() == before


def test_publishing_a_notice(city: City, breakage: Callable[[], None]) -> None:
    page = notice(city.culture, city.museum)
    page.reason = "另有原因"
    revision = page.save_revision()
    before = stored()
    breakage()
    with pytest.raises(Broken):
        revision.publish()
    assert stored() == before


def test_publishing_on_schedule(city: City, breakage: Callable[[], None]) -> None:
    revision = edited(city.museum)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=LONG_AGO)
    before = stored()
    breakage()
    with pytest.raises(Broken):
        call_command("publish_scheduled")
    # It is still due, and a later run finds it.
    assert stored() == before


def test_what_expires_is_unpublished_with_its_hours(city: City, breakage: Callable[[], None]) -> None:
    Page.objects.filter(pk=city.museum.pk).update(expire_at=LONG_AGO)
    before = stored()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "refresh_entries", lambda venue: (_ for _ in ()).throw(Broken()))
        with pytest.raises(Broken):
            call_command("publish_scheduled")
    assert stored() == before
    call_command("publish_scheduled")
    assert not fresh(city.museum).live
    assert not VenueEntry.objects.filter(venue=city.museum).exists()
    assert OutboxEntry.objects.filter(kind="venue", key="museum").exists()


def test_a_notice_that_expires_gives_the_hours_back(city: City) -> None:
    page = notice(city.culture, city.museum)
    day = page.first_day
    assert not Interval.objects.filter(venue=city.museum, business_date=day).exists()
    Page.objects.filter(pk=page.pk).update(expire_at=LONG_AGO)
    call_command("publish_scheduled")
    assert Interval.objects.filter(venue=city.museum, business_date=day).exists()


def test_unpublishing_many_in_the_admin(city: City, breakage: Callable[[], None]) -> None:
    client = signed_in(member("administrator"))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    url = f"{url}?id={city.museum.pk}&id={city.library.pk}"
    before = stored()
    breakage()
    with pytest.raises(Broken):
        client.post(url)
    assert stored() == before


def test_all_is_written_when_nothing_fails(city: City) -> None:
    client = signed_in(member("publisher", city.culture))
    url = reverse("wagtailadmin_pages:edit", args=[city.museum.pk])
    data = form_of(client, url)
    data["title"], data["action-publish"] = "新名字", "1"
    assert client.post(url, data).status_code == 302
    assert fresh(city.museum).title == VenueEntry.objects.get(venue=city.museum).title == "新名字"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_publish_at_once_take_turns(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OPENNESS_FROZEN_NOW = NOW
    city = found_city()
    revisions = [edited(city.museum, phone=str(number)) for number in range(2)]
    inside, most, guard = [], [], threading.Lock()
    original = module.published_hours_of

    def watched(venues: list[VenuePage]) -> Any:
        with guard:
            inside.append(venues)
            most.append(len(inside))
        # Long enough for the other one to come in, if nothing kept it out.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        result = original(venues)
        with guard:
            inside.remove(venues)
        return result

    monkeypatch.setattr(module, "published_hours_of", watched)
    errors: list[Exception] = []

    def publish(revision: Revision) -> None:
        try:
            Revision.objects.get(pk=revision.pk).publish()
        except Exception as error:  # noqa: BLE001 it is looked at below
            errors.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=publish, args=[revision]) for revision in revisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not errors
    assert len(most) == 2
    assert max(most) == 1
    assert Interval.objects.filter(venue=city.museum, business_date="2026-11-19").count() == 1
    assert VenueEntry.objects.get(venue=city.museum).title == "新名字"
