"""A publication that is dated back leaves its trace in the page's log; one dated ahead is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import querydict_from_html

from home.models import DepartmentPage, HomePage
from openness.core import clock
from openness.core.backdating import BACKDATED
from openness.core.models import BasePage
from tests.factories.accounts import UserFactory
from tests.factories.pages import NewsPageFactory


@pytest.fixture
def city(small_city: HomePage) -> HomePage:
    return small_city


def traces(page: BasePage) -> list[tuple[str | None, str]]:
    """Return the day before and after of each trace, the latest first."""
    entries = PageLogEntry.objects.filter(page=page.pk, action=BACKDATED).order_by("-timestamp", "-pk")
    return [(entry.data["old"] and entry.data["old"][:10], entry.data["new"][:10]) for entry in entries]


def days_ago(number: int) -> Any:
    return clock.now() - timedelta(days=number)


def test_an_ordinary_publication_leaves_none(city: HomePage) -> None:
    page = NewsPageFactory()
    page.title = "改了标题"
    page.save_revision().publish()
    assert traces(page) == []


def test_a_new_page_with_an_earlier_time(city: HomePage) -> None:
    page = NewsPageFactory(first_public_at=days_ago(40))
    assert traces(page) == [(None, "2026-10-10")]


def test_a_draft_leaves_its_trace_when_it_is_published(city: HomePage) -> None:
    page = NewsPageFactory(live=False, first_public_at=days_ago(3))
    assert traces(page) == []
    page.first_public_at = days_ago(4)
    page.save_revision()
    assert traces(page) == []
    page.save_revision().publish()
    assert traces(page) == [(None, "2026-11-15")]


@pytest.mark.parametrize("path", ["save", "revision", "columns"])
def test_a_published_page_whatever_the_path(city: HomePage, path: str) -> None:
    page = NewsPageFactory()
    page.first_public_at = days_ago(1)
    if path == "save":
        page.save()
    elif path == "columns":
        page.save(update_fields=["first_public_at"])
    else:
        page.save_revision().publish()
    assert traces(page) == [("2026-11-19", "2026-11-18")]
    page.first_public_at = days_ago(0)
    page.save()
    assert traces(page) == [("2026-11-18", "2026-11-19"), ("2026-11-19", "2026-11-18")]


def test_a_page_that_was_taken_down_stays_what_it_was(city: HomePage) -> None:
    page = NewsPageFactory()
    page.save_revision().publish()
    page.refresh_from_db()
    page.unpublish()
    page.first_public_at = days_ago(7)
    page.save_revision().publish()
    assert traces(page) == [("2026-11-19", "2026-11-12")]


def test_the_person_at_work_is_named(city: HomePage) -> None:
    user = UserFactory()
    with LogContext(user=user):
        page = NewsPageFactory(first_public_at=days_ago(2))
    assert PageLogEntry.objects.get(page=page.pk, action=BACKDATED).user == user


def test_the_history_of_the_page_tells_it(city: HomePage) -> None:
    page = DepartmentPage.objects.get(slug="culture")
    client = Client()
    client.force_login(UserFactory(administrator=True))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = querydict_from_html(client.get(edit).content.decode(), form_id="page-edit-form")
    form["first_public_at"] = "2026-11-01 09:30"
    form["action-publish"] = "1"
    assert client.post(edit, form).status_code == 302
    assert traces(page) == [("2026-11-19", "2026-11-01")]
    entry = PageLogEntry.objects.get(page=page.pk, action=BACKDATED)
    assert entry.user.is_superuser
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert entry.message in history
    assert "2026-11-01 09:30" in entry.message
    assert "2026-11-19 10:00" in entry.message


def test_a_time_that_lies_ahead_is_refused(city: HomePage) -> None:
    with pytest.raises(ValidationError) as refused:
        NewsPageFactory(first_public_at=clock.now() + timedelta(minutes=2))
    assert set(refused.value.message_dict) == {"first_public_at"}
    page = NewsPageFactory()
    page.first_public_at = clock.now() + timedelta(days=1)
    with pytest.raises(ValidationError):
        page.save()
