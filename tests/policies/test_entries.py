"""The rows that lists read are what the rules say of the public pages, after every change on every path."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as drawn
from wagtail.models import Locale, Page, PageViewRestriction, Revision

from openness.core.models import OutboxEntry
from openness.departments.models import Department
from policies import entries
from policies.enums import Outcome, Validity
from policies.models import ClearanceDecision, ClearancePage, PolicyEntry, PolicyPage, PolicyRelation
from policies.tasks import OWNERS_CHANGED, refresh_due_entries
from policies.validity import standings
from tests.policies.graphs import FIRST, Graph, graphs
from tests.policies.library import clearance, document, fresh, states
from tests.venues.editors import NOW, City, found_city

OLD_DAY, NEW_DAY = date(2020, 1, 1), date(2024, 1, 1)


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def test_a_published_document_has_one_row(city: City) -> None:
    page = document(city, "办法", written_on=OLD_DAY, effective_on=NEW_DAY)
    entry = PolicyEntry.objects.get()
    assert (entry.policy, entry.translation_key) == (page, page.translation_key)
    assert (entry.validity, entry.rank, entry.since, entry.year) == ("in_force", 0, NEW_DAY, 2020)
    assert (entry.department_code, entry.region_lineage) == ("culture", "/350500/")
    page.unpublish()
    assert not PolicyEntry.objects.exists()
    fresh(page).save_revision().publish()
    assert states() == {"办法": "in_force"}
    page.delete()
    assert not PolicyEntry.objects.exists()


def test_what_ends_ranks_lower(city: City) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY)
    new = document(city, "新办法", ("replaces", old), written_on=NEW_DAY)
    document(city, "将来的办法", written_on=NEW_DAY, effective_on=date(2027, 1, 1))
    ordered = PolicyEntry.objects.order_by("rank").values_list("policy__title", flat=True)
    assert list(ordered) == ["新办法", "将来的办法", "旧办法"]
    entry = PolicyEntry.objects.get(policy=old)
    assert (entry.because_id, entry.successor_id, entry.since) == (new.pk, new.pk, NEW_DAY)


def test_only_what_is_public_acts(city: City) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY)
    new = document(city, "新办法", ("repeals", old), written_on=NEW_DAY, live=False)
    new.save_revision()
    assert states() == {"旧办法": "in_force"}
    new.get_latest_revision().publish()
    assert states()["旧办法"] == "repealed"
    fresh(new).unpublish()
    assert states() == {"旧办法": "in_force"}


def test_a_draft_of_a_public_document_changes_nothing_yet(city: City) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY)
    new = document(city, "新办法", written_on=NEW_DAY)
    new.relations = [PolicyRelation(kind="repeals", target=old)]
    revision = new.save_revision()
    assert states()["旧办法"] == "in_force"
    revision.publish()
    assert states()["旧办法"] == "repealed"
    changed = fresh(new)
    changed.relations = []
    changed.save_revision().publish()
    assert states()["旧办法"] == "in_force"


def test_what_acts_is_followed_to_the_end_of_the_line(city: City) -> None:
    """When the latest document repeals the one in the middle, what that was to repeal next year stays in force."""
    first = document(city, "甲", written_on=OLD_DAY, effective_on=OLD_DAY)
    middle = document(city, "乙", ("repeals", first, date(2026, 6, 1)), written_on=NEW_DAY)
    assert states()["甲"] == "repealed"
    last = document(city, "丙", ("repeals", middle), written_on=date(2025, 1, 1))
    assert states() == {"甲": "in_force", "乙": "repealed", "丙": "in_force"}
    last.effective_on = date(2026, 9, 1)
    last.save()
    assert states() == {"甲": "repealed", "乙": "repealed", "丙": "in_force"}
    fresh(last).delete()
    assert states() == {"甲": "repealed", "乙": "in_force"}


def test_a_deleted_document_and_clearance_have_no_effect(city: City) -> None:
    old, other = document(city, "旧办法", written_on=OLD_DAY), document(city, "另一办法", written_on=OLD_DAY)
    new = document(city, "新办法", ("repeals", old), written_on=NEW_DAY)
    notice = clearance(city, (other, Outcome.EXPIRED))
    assert states()["另一办法"] == "expired"
    Page.objects.get(pk=notice.pk).delete()
    Page.objects.get(pk=new.pk).delete()
    assert states() == {"旧办法": "in_force", "另一办法": "in_force"}


@pytest.mark.parametrize("path", ["restriction", "department", "expiry"])
def test_what_is_hidden_has_no_effect(city: City, path: str, settings: Any) -> None:
    old, other = document(city, "旧办法", written_on=OLD_DAY), document(city, "另一办法", written_on=OLD_DAY)
    new = document(city, "新办法", ("repeals", old), written_on=NEW_DAY, below=city.union)
    notice = clearance(city, (other, Outcome.EXPIRED), below=city.union)
    union = fresh(city.union)
    shown = {"旧办法": "repealed", "另一办法": "expired", "新办法": "in_force"}
    assert states() == shown
    if path == "restriction":
        hidden = PageViewRestriction.objects.create(page=union.page_ptr, restriction_type="login")
    elif path == "department":
        union.unpublish()
    else:
        Page.objects.filter(pk__in=[new.pk, notice.pk]).update(expire_at="2026-11-20T00:00:00Z")
        settings.OPENNESS_FROZEN_NOW = "2026-11-21T10:00:00+08:00"
        call_command("publish_scheduled")
    assert states() == {"旧办法": "in_force", "另一办法": "in_force"}
    if path == "restriction":
        hidden.delete()
        assert states() == shown


def test_a_moved_document_belongs_to_its_new_department(city: City) -> None:
    page = document(city, "办法")
    Page.objects.get(pk=page.pk).move(fresh(city.union), pos="last-child")
    assert PolicyEntry.objects.get().department_code == "union"


def test_a_department_with_another_code_is_told_to_all_rows(city: City) -> None:
    document(city, "办法")
    OutboxEntry.objects.all().delete()
    Department.objects.get(code="culture").save()
    assert OutboxEntry.objects.filter(kind=OWNERS_CHANGED).count() == 1
    Department.objects.filter(code="culture").update(code="arts")
    entries.refresh_all()
    assert PolicyEntry.objects.get().department_code == "arts"


def test_the_day_brings_what_was_to_come(city: City, settings: Any) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY, valid_until=date(2026, 12, 31))
    document(city, "别的办法", written_on=OLD_DAY)
    document(
        city,
        "新办法",
        ("replaces", old, date(2027, 2, 1)),
        written_on=NEW_DAY,
        effective_on=date(2027, 1, 10),
    )
    seen = []
    for day in ("2026-12-31", "2027-01-01", "2027-01-10", "2027-02-01"):
        settings.OPENNESS_FROZEN_NOW = f"{day}T00:05:00+08:00"
        refresh_due_entries()
        seen.append((states()["旧办法"], states()["新办法"]))
    assert seen == [
        ("in_force", "not_yet"),
        ("awaiting_clearance", "not_yet"),
        ("awaiting_clearance", "in_force"),
        ("replaced", "in_force"),
    ]
    assert entries.refresh_due() == 0


def test_a_translation_has_no_row_of_its_own(city: City) -> None:
    english = Locale.objects.create(language_code="en")
    page = document(city, "办法", written_on=OLD_DAY)
    for ancestor in Page.objects.ancestor_of(page).filter(depth__gt=1).order_by("depth"):
        ancestor.specific.copy_for_translation(english)
    translated = page.copy_for_translation(english)
    translated.get_latest_revision().publish()
    assert PolicyEntry.objects.get().policy == page


def test_a_revision_that_is_due_takes_effect(city: City) -> None:
    old = document(city, "旧办法", written_on=OLD_DAY)
    new = document(city, "新办法", ("repeals", old), written_on=NEW_DAY, live=False)
    revision = new.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at="2026-01-01T00:00:00Z")
    call_command("publish_scheduled")
    assert states()["旧办法"] == "repealed"


# ---------------------------------------------------------------------------------------------------
# Many


def build(city: City, graph: Graph) -> dict[int, PolicyPage]:
    """Store a drawn library as it is, past all checks; return the pages by the numbers of the drawing."""
    parent = fresh(city.culture)
    pages = {}
    for each in graph.documents:
        page = PolicyPage(
            title=f"文件{each.key}",
            slug=f"d{each.key}",
            locale=parent.locale,
            effective_on=each.effective_on,
            written_on=each.written_on,
            valid_until=each.valid_until,
        )
        page.full_clean = lambda *args, **kwargs: None  # type: ignore[method-assign]  # dates may contradict
        pages[each.key] = parent.add_child(instance=page)
    PolicyRelation.objects.bulk_create(
        PolicyRelation(page=pages[a.source], kind=a.kind, target=pages[a.target], holds_from=a.holds_from)
        for a in graph.acts
    )
    notices: dict[tuple[int, date], ClearancePage] = {}
    for each in graph.decisions:
        key = (each.page, each.holds_from)
        if key not in notices:
            title = f"清理{each.page}-{each.holds_from}"
            notice = ClearancePage(title=title, slug=f"c{title[2:]}", holds_from=each.holds_from)
            notice.locale = parent.locale
            notices[key] = parent.add_child(instance=notice)
        ClearanceDecision.objects.create(page=notices[key], policy=pages[each.target], outcome=each.outcome)
    return pages


def check_rows(city: City, graph: Graph, settings: Any) -> None:
    with transaction.atomic():
        compare_rows(city, graph, settings)
        transaction.set_rollback(True)


def compare_rows(city: City, graph: Graph, settings: Any) -> None:
    pages = build(city, graph)
    day = FIRST + timedelta(days=20)
    settings.OPENNESS_FROZEN_NOW = f"{day}T10:00:00+08:00"
    expected = standings(graph.documents, graph.acts, graph.decisions, on=day)
    rows = []
    for way in (
        entries.refresh_all,
        lambda: entries.refresh([pages[max(pages)].pk, *(p.pk for p in pages.values())]),
    ):
        PolicyEntry.objects.all().delete()
        way()
        rows.append(sorted(PolicyEntry.objects.values_list(*entries.COLUMNS)))
        by_page = {entry.policy_id: entry for entry in PolicyEntry.objects.all()}
        for number, page in pages.items():
            entry, standing = by_page[page.pk], expected[number]
            assert (entry.validity, entry.rank, entry.since, entry.changes_on) == (
                standing.state,
                standing.rank,
                standing.since,
                standing.changes_on,
            )
            assert entry.successor_id == (pages[standing.successor].pk if standing.successor else None)
    assert rows[0] == rows[1]


DRAWN = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@drawn(max_examples=4, **DRAWN)
@given(graph=graphs(largest=4))
def test_the_rows_are_what_the_rules_say(city: City, settings: Any, graph: Graph) -> None:
    check_rows(city, graph, settings)


@pytest.mark.deep
@drawn(max_examples=60, **DRAWN)
@given(graph=graphs(largest=9))
def test_the_rows_of_many_libraries_are_what_the_rules_say(city: City, settings: Any, graph: Graph) -> None:
    check_rows(city, graph, settings)


def test_the_cost_of_a_document_does_not_grow_with_their_number(city: City) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            entries.refresh_all()
        return len(seen)

    pages = [document(city, "文件0", written_on=OLD_DAY)]
    few = queries()
    for number in range(1, 12):
        pages.append(document(city, f"文件{number}", ("amends", pages[-1]), written_on=OLD_DAY))
    assert queries() == few
    assert set(states().values()) == {Validity.AMENDED, Validity.IN_FORCE}
