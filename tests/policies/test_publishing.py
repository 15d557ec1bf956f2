"""A document and its interpretation become public in one act, on every path; or neither does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision, WorkflowState

from openness.core import clock
from openness.core.refusals import Refused
from policies.models import InterpretationPage, PolicyIssuer, PolicyPage
from tests.policies.documents import address_of_form, fill_in, found_library, policy, post
from tests.policies.explained import draft_document, interpretation, sections, state_of
from tests.venues.editors import NOW, City, form_of, member, signed_in


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_library()


def publish(page: Any, **how: Any) -> None:
    type(page).objects.get(pk=page.pk).get_latest_revision().publish(**how)


def in_a_day() -> datetime:
    """Wagtail's schedule goes by the real clock."""
    return clock.wall_now() + timedelta(days=1)


def make_due() -> None:
    """Let the hour of everything that is scheduled have come."""
    for revision in Revision.objects.exclude(approved_go_live_at=None):
        revision.approved_go_live_at = clock.wall_now() - timedelta(minutes=1)
        revision.content["go_live_at"] = (clock.wall_now() - timedelta(minutes=1)).isoformat()
        revision.save()


# ---------------------------------------------------------------------------------------------------
# Publishing


def test_both_go_live(city: City) -> None:
    document = draft_document(city)
    explained = interpretation(city, document)
    publish(document)
    assert state_of(document, explained) == [True, True]


def test_without_an_interpretation_it_is_refused(city: City) -> None:
    document = draft_document(city)
    with pytest.raises(Refused):
        publish(document)
    assert state_of(document) == [False]


def test_an_incomplete_interpretation_is_refused_with_what_it_lacks(city: City) -> None:
    document = draft_document(city)
    explained = interpretation(city, document, form="video", video_url="https://example.org/v")
    explained.body = []
    explained.save_revision()
    with pytest.raises(Refused, match="解读一"):
        publish(document)
    assert state_of(document, explained) == [False, False]


def test_a_written_reason_stands_for_it(city: City, client: Client) -> None:
    document = draft_document(city, no_interpretation_reason="只改动了一个日期")
    left = interpretation(city, document)
    publish(document)
    assert state_of(document, left) == [True, False]
    assert "只改动了一个日期" in client.get(document.get_url()).content.decode()


def test_a_reason_is_not_shown_beside_an_interpretation(city: City, client: Client) -> None:
    document = draft_document(city, no_interpretation_reason="只改动了一个日期")
    publish(document)
    publish(interpretation(city, document))
    content = client.get(document.get_url()).content.decode()
    assert "只改动了一个日期" not in content
    assert "解读一" in content


def test_when_one_fails_neither_is_public(city: City) -> None:
    document = draft_document(city)
    interpretation(city, document, title="已有的解读", slug="taken", live=True)
    other = draft_document(city, "第二份办法")
    explained = interpretation(city, other)
    # Between the draft and its publication somebody else took the address.
    revision = explained.get_latest_revision()
    revision.content["slug"] = "taken"
    revision.save()
    with pytest.raises(Exception, match="slug|address"):
        publish(other)
    assert state_of(other, explained) == [False, False]


def test_what_is_public_already_needs_no_second_one(city: City) -> None:
    document = draft_document(city)
    first = interpretation(city, document)
    publish(document)
    later = interpretation(city, document, title="解读二")
    document = PolicyPage.objects.get(pk=document.pk)
    document.summary = "改动"
    document.save_revision().publish()
    assert state_of(document, first, later) == [True, True, False]


def test_an_interpretation_does_not_go_before_its_document(city: City) -> None:
    document = draft_document(city)
    explained = interpretation(city, document)
    with pytest.raises(Refused):
        publish(explained)
    assert state_of(document, explained) == [False, False]
    publish(document)
    second = interpretation(city, document, title="解读二")
    publish(second)
    assert state_of(second) == [True]


def test_a_translation_asks_for_none_of_its_own(city: City) -> None:
    from wagtail.models import Locale

    document = draft_document(city)
    interpretation(city, document)
    publish(document)
    english, __ = Locale.objects.get_or_create(language_code="en")
    translated = PolicyPage.objects.get(pk=document.pk).copy_for_translation(english, copy_parents=True)
    translated.save_revision().publish()
    assert state_of(translated) == [True]


# ---------------------------------------------------------------------------------------------------
# Who publishes


def test_the_publisher_must_be_allowed_to_publish_both(city: City) -> None:
    document = draft_document(city)
    document.issuers = [PolicyIssuer(department=city.union.department)]
    document.save_revision()
    explained = interpretation(city, document, parent=city.union)
    with pytest.raises(Refused, match="解读一"):
        publish(document, user=member("publisher", city.culture))
    assert state_of(document, explained) == [False, False]
    publish(document, user=member("office"))
    assert state_of(document, explained) == [True, True]


def test_one_of_their_own_is_enough(city: City) -> None:
    document = draft_document(city)
    foreign = interpretation(city, document, parent=city.union)
    own = interpretation(city, document, title="本部门解读")
    publish(document, user=member("publisher", city.culture))
    assert state_of(document, foreign, own) == [True, False, True]


# ---------------------------------------------------------------------------------------------------
# The editors' paths


def test_the_form_says_what_to_do(city: City) -> None:
    document, client = draft_document(city), signed_in(member("publisher", city.culture))
    data = fill_in(client, document, needs_interpretation="on")
    for action in ("action-publish", "action-submit"):
        response = post(client, document, {**data, action: "1"})
        assert response.context["form"].errors["no_interpretation_reason"]
    assert state_of(document) == [False]
    assert post(client, document, data).status_code == 302  # a draft may lack it
    explained = interpretation(city, document)
    response = post(client, document, {**data, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    assert state_of(document, explained) == [True, True]


def test_the_form_of_the_interpretation_leads_to_the_document(city: City) -> None:
    document = draft_document(city)
    explained, client = interpretation(city, document), signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:edit", args=[explained.pk])
    response = client.post(address, {**form_of(client, address).dict(), "action-publish": "1"})
    assert response.context["form"].errors["policy"]
    assert state_of(document, explained) == [False, False]


def test_an_approved_review_publishes_both(city: City) -> None:
    document = draft_document(city)
    explained = interpretation(city, document)
    editor = member("editor", city.culture)
    client = signed_in(editor)
    data = fill_in(client, document, needs_interpretation="on", **{"action-submit": "1"})
    assert post(client, document, data).status_code == 302
    state = WorkflowState.objects.get(status="in_progress")
    assert state_of(document, explained) == [False, False]
    approve(signed_in(member("publisher", city.culture)), document, state)
    assert state_of(document, explained) == [True, True]


def approve(client: Client, document: PolicyPage, state: WorkflowState) -> Any:
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[document.pk, "approve", state.current_task_state.pk]
    )
    return client.post(address, {"comment": ""}, headers={"Referer": "http://testserver/admin/"}, follow=True)


def test_an_approval_that_is_refused_says_why_and_changes_nothing(city: City) -> None:
    document = draft_document(city)
    explained, client = interpretation(city, document), signed_in(member("editor", city.culture))
    data = fill_in(client, document, needs_interpretation="on", **{"action-submit": "1"})
    assert post(client, document, data).status_code == 302
    explained.delete()
    state = WorkflowState.objects.get(status="in_progress")
    response = approve(signed_in(member("publisher", city.culture)), document, state)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert state_of(document) == [False]
    assert WorkflowState.objects.get(pk=state.pk).status == "in_progress"


def test_publishing_many_is_no_way_around_it(city: City) -> None:
    document, other = draft_document(city), policy(city, "另一份办法", live=False)
    other.save_revision()
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(f"{address}?id={document.pk}&id={other.pk}&next=/admin/", follow=True)
    assert state_of(document, other) == [False, False]
    assert "error" in {each.level_tag for each in response.context["messages"]}


def test_interpretations_published_many_at_once_wait_for_their_document_too(city: City) -> None:
    waiting = interpretation(city, draft_document(city))
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(
        f"{address}?id={waiting.pk}&next=/admin/",
        headers={"Referer": "http://testserver/admin/"},
        follow=True,
    )
    assert state_of(waiting) == [False]
    assert "error" in {each.level_tag for each in response.context["messages"]}


# ---------------------------------------------------------------------------------------------------
# The schedule


@pytest.mark.parametrize("first", ["document", "interpretation"])
def test_both_are_scheduled_and_go_live_together(city: City, first: str) -> None:
    document = draft_document(city)
    explained = interpretation(city, document)
    document.go_live_at = in_a_day()
    document.save_revision().publish()
    assert state_of(document, explained) == [False, False]
    times = set(
        Revision.objects.exclude(approved_go_live_at=None).values_list("approved_go_live_at", flat=True)
    )
    assert times == {document.go_live_at}
    assert Revision.objects.exclude(approved_go_live_at=None).count() == 2
    make_due()
    if first == "interpretation":
        scheduled = Revision.objects.exclude(approved_go_live_at=None)
        scheduled.get(object_id=str(explained.pk)).publish(log_action="wagtail.publish.scheduled")
        assert state_of(document, explained) == [True, True]
    call_command("publish_scheduled")
    assert state_of(document, explained) == [True, True]
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_a_scheduled_document_without_one_is_refused(city: City) -> None:
    document = draft_document(city)
    document.go_live_at = in_a_day()
    with pytest.raises(Refused):
        document.save_revision().publish()
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


# ---------------------------------------------------------------------------------------------------
# Unpublishing


@pytest.fixture
def pair(city: City) -> tuple[PolicyPage, InterpretationPage]:
    document = draft_document(city)
    explained = interpretation(city, document)
    publish(document)
    return PolicyPage.objects.get(pk=document.pk), InterpretationPage.objects.get(pk=explained.pk)


def test_the_interpretation_leaves_with_its_document_and_returns_with_it(pair: Any) -> None:
    document, explained = pair
    document.unpublish()
    assert state_of(*pair) == [False, False]
    publish(document)
    assert state_of(*pair) == [True, True]


def test_it_leaves_when_the_document_expires(pair: Any) -> None:
    document, __ = pair
    type(document).objects.filter(pk=document.pk).update(expire_at=clock.wall_now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert state_of(*pair) == [False, False]


def test_the_last_one_stays_while_its_document_needs_it(city: City, pair: Any) -> None:
    document, explained = pair
    client = signed_in(member("publisher", city.culture))
    address = reverse("wagtailadmin_pages:unpublish", args=[explained.pk])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(address)
    client.post(f"{bulk}?id={explained.pk}&next=/admin/")
    assert state_of(*pair) == [True, True]
    document.no_interpretation_reason = "另有说明"
    document.save_revision().publish()
    client.post(address)
    assert state_of(*pair) == [True, False]


def test_a_document_that_is_explained_elsewhere_is_not_deleted(city: City) -> None:
    document = draft_document(city)
    interpretation(city, document, parent=city.union, body=sections(goals="开放"))
    client = signed_in(member("publisher", city.culture))
    response = client.post(reverse("wagtailadmin_pages:delete", args=[document.pk]))
    assert response.status_code == 302
    assert response.url == address_of_form(document)
    assert PolicyPage.objects.filter(pk=document.pk).exists()
