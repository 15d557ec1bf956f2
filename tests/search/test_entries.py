"""Each kind of change leads to the right rows, and from there to the index."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction
from wagtail.search.backends import get_search_backend

from home.models import DepartmentPage, HomePage
from openness.core import clock
from openness.core.outbox import OutboxEntry
from openness.departments.models import Department, Region, VenueType
from openness.media.tasks import extract_document_text
from policies.entries import refresh_due
from policies.models import PolicyAttachment, PolicyRelation
from search import entries, indexing
from search.filling import note_pages
from search.models import SearchEntry
from search.tasks import forget_what_has_expired, text_of_document_changed
from tests.factories.media import DocumentFactory
from tests.factories.pages import (
    FOUNDED,
    PAGE_FACTORIES,
    DepartmentPageFactory,
    NewsPageFactory,
    OpeningNoticePageFactory,
    PolicyPageFactory,
)


@pytest.fixture(autouse=True)
def city(small_city: HomePage) -> HomePage:
    return small_city


@pytest.fixture
def all_pages() -> list[Any]:
    """A live page of every searched type."""
    return [make() for model, make in PAGE_FACTORIES.items() if model not in FOUNDED]


def searched() -> set[int]:
    return set(SearchEntry.objects.values_list("page", flat=True))


def keys(pages: list[Any]) -> set[int]:
    return {page.pk for page in pages}


def row_of(page: Any) -> SearchEntry:
    return SearchEntry.objects.get(page=page.pk)


def settled() -> None:
    """Do what waits for the worker; afterwards rows are true, and the index is what they are."""
    indexing.catch_up()
    assert indexing.verify_rows() == []
    assert indexing.verify("database").keys() == []


def found(words: str) -> set[int]:
    return {entry.pk for entry in get_search_backend("default").search(words, SearchEntry.objects.all())}


def test_live_pages_have_rows_at_once_and_others_none(all_pages: list[Any]) -> None:
    assert searched() >= keys(all_pages)
    for page in all_pages:
        page.unpublish()
    assert not searched() & keys(all_pages)
    settled()
    assert not found("草庵") & keys(all_pages)


def test_scheduled_pages_have_none_until_their_time() -> None:
    page = NewsPageFactory()
    page.unpublish()
    # Wagtail goes by the real clock.
    page.go_live_at = clock.wall_now() + timedelta(days=1)
    revision = page.save_revision()
    revision.publish()
    assert page.pk not in searched()
    yesterday = clock.wall_now() - timedelta(days=1)
    revision.refresh_from_db()
    revision.content["go_live_at"] = yesterday.isoformat()
    revision.approved_go_live_at = yesterday
    revision.save()
    call_command("publish_scheduled")
    assert page.pk in searched()


def test_expired_pages_go_with_the_clock(settings: Any) -> None:
    page = NewsPageFactory(expire_at=clock.now() + timedelta(days=1))
    assert row_of(page).expires_at == page.expire_at
    settings.OPENNESS_FROZEN_NOW = (clock.now() + timedelta(days=2)).isoformat()
    forget_what_has_expired()
    assert page.pk not in searched()


def test_expired_pages_go_when_wagtail_unpublishes_them(city: HomePage) -> None:
    page = NewsPageFactory()
    Page.objects.filter(pk=page.pk).update(expire_at=clock.wall_now() - timedelta(days=1))
    call_command("publish_scheduled")
    assert page.pk not in searched()


def test_a_page_ends_with_the_page_above_it() -> None:
    page = NewsPageFactory()
    parent = page.get_parent().specific
    parent.expire_at = clock.now() + timedelta(days=3)
    parent.save()
    settled()
    assert row_of(page).expires_at == parent.expire_at


@pytest.mark.parametrize("what", ["login", "password"])
def test_restricted_pages_have_none(all_pages: list[Any], what: str) -> None:
    limits = [
        PageViewRestriction.objects.create(page=page, restriction_type=what, password="1234")
        for page in all_pages
    ]
    assert not searched() & keys(all_pages)
    for limit in limits:
        limit.delete()
    settled()
    assert searched() >= keys(all_pages)


def test_a_hidden_parent_takes_all_along_and_brings_all_back(all_pages: list[Any]) -> None:
    parent = DepartmentPage.objects.get(slug="culture")
    below = keys(all_pages) & set(parent.get_descendants().values_list("pk", flat=True))
    assert len(below) > 5
    parent.unpublish()
    settled()
    assert not searched() & below
    DepartmentPage.objects.get(pk=parent.pk).save_revision().publish()
    settled()
    assert searched() >= below


def test_the_page_of_another_department_makes_all_below_it_theirs() -> None:
    news, parent = NewsPageFactory(), DepartmentPage.objects.get(slug="culture")
    parent.department = Department.objects.create(
        code="archives", name="档案馆", short_name="档案馆", region=parent.department.region
    )
    parent.save()
    settled()
    assert row_of(news).department_code == "archives"


def test_a_moved_page_belongs_to_its_new_department() -> None:
    news, other = NewsPageFactory(), DepartmentPageFactory()
    news.move(other, pos="last-child")
    assert row_of(news).department_code == other.department.code


def test_a_deleted_page_leaves_nothing() -> None:
    page = NewsPageFactory()
    settled()
    assert found("草庵") == {page.pk}
    key = page.pk
    page.delete()
    assert key not in searched()
    settled()
    assert found("草庵") == set()


def test_a_deleted_department_leaves_nothing(all_pages: list[Any]) -> None:
    parent = DepartmentPageFactory()
    page = NewsPageFactory(parent=parent)
    Page.objects.get(pk=parent.pk).delete()
    settled()
    assert not searched() & {parent.pk, page.pk}


def test_a_draft_of_a_live_page_changes_nothing() -> None:
    page = NewsPageFactory(title="旧标题")
    page.title = "新标题"
    revision = page.save_revision()
    assert row_of(page).title == "旧标题"
    revision.publish()
    assert row_of(page).title == "新标题"


def test_new_names_reach_all_who_carry_them(all_pages: list[Any]) -> None:
    for model, code, name in (
        (Region, "350500", "刺桐市"),
        (VenueType, "library", "书院"),
        (Department, "culture", "文化局"),
    ):
        term = model.objects.get(code=code)
        term.name = name
        term.save()
        settled()
        assert [row.page_id for row in SearchEntry.objects.filter(names__contains=name)]
    venue = next(row for row in SearchEntry.objects.filter(kind="venue"))
    assert {"刺桐市", "书院", "文化局"} <= set(venue.names.split("\n"))


def test_who_names_a_venue_follows_its_name() -> None:
    notice = OpeningNoticePageFactory()
    venue = notice.targets.first().venue
    venue.title = "刺桐书院"
    venue.save()
    settled()
    assert "刺桐书院" in row_of(notice).names
    venue.delete()
    settled()
    assert "刺桐书院" not in row_of(notice).names


def test_a_document_that_is_replaced_says_so_at_once() -> None:
    old, new = PolicyPageFactory(), PolicyPageFactory()
    new.relations = [PolicyRelation(kind="replaces", target=old)]
    new.save()
    assert (row_of(old).validity, row_of(new).validity) == ("replaced", "in_force")
    new.unpublish()
    assert row_of(old).validity == "in_force"


def test_a_day_that_ends_a_document_is_told(settings: Any) -> None:
    policy = PolicyPageFactory(valid_until=clock.today())
    settings.OPENNESS_FROZEN_NOW = (clock.now() + timedelta(days=1)).isoformat()
    refresh_due()
    assert row_of(policy).validity == "awaiting_clearance"


def test_text_of_a_file_reaches_the_page_whenever_it_is_read() -> None:
    document = DocumentFactory(content="补助标准见表".encode())
    policy = PolicyPageFactory()
    policy.attachments = [PolicyAttachment(document=document, title="附件一")]
    policy.save()
    assert row_of(policy).attachments == []
    extract_document_text.call(document.pk, document.sha256)
    text_of_document_changed(str(document.pk))
    settled()
    assert row_of(policy).attachments[0]["text"] == "补助标准见表"
    assert found("补助标准") == {policy.pk}
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type="login"
    )
    settled()
    assert row_of(policy).attachments == []
    assert found("补助标准") == set()


def test_rows_of_translations_change_together() -> None:
    news = NewsPageFactory()
    english = news.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    for above in english.get_ancestors().filter(depth__gt=1, live=False):
        above.specific.save_revision().publish()
    type(news).objects.get(pk=english.pk).save_revision().publish()
    assert row_of(news).untranslated == "zh-hant"
    assert row_of(english).language == "en"
    type(news).objects.get(pk=english.pk).delete()
    assert row_of(news).untranslated == "en zh-hant"


def test_a_change_that_is_undone_leaves_no_trace() -> None:
    news = NewsPageFactory(title="旧标题")
    settled()
    with transaction.atomic():
        news.title = "新标题"
        news.save()
        assert row_of(news).title == "新标题"
        transaction.set_rollback(True)
    assert row_of(news).title == "旧标题"
    assert not OutboxEntry.objects.pending().filter(kind__startswith="search.").exists()


def test_nothing_is_sent_where_nothing_changed() -> None:
    news = NewsPageFactory()
    settled()
    news.save()
    assert entries.refresh([news.pk]) == 0
    assert not OutboxEntry.objects.pending().filter(kind__startswith="search.").exists()


def test_a_site_that_had_pages_before_gets_its_rows_after_migrate(all_pages: list[Any]) -> None:
    before = searched()
    SearchEntry.objects.all().delete()
    OutboxEntry.objects.all().delete()
    assert note_pages("default") >= len(before)
    indexing.catch_up()
    assert searched() == before
    assert note_pages("default") == 0
    assert indexing.verify("database").keys() == []
