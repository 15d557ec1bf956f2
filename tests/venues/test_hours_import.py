"""A spreadsheet of hours: which venue each row is about, what is understood, what becomes of it."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openness.departments.models import Region, VenueType
from tests.venues.editors import NOW, City, found_city, member, schedules_in, signed_in
from venues.hours_import import Taking, choose, take, take_chosen
from venues.models import HoursImport, HoursImportRow, RowState, VenuePage
from venues.schedules import schedules_of

START = "/admin/venues/hours/imports/"
LATE = json.dumps(
    {
        "schedules": [
            {"key": "base", "rules": [{"key": "daily", "sessions": [{"opens": 600, "closes": 1320}]}]}
        ]
    }
)
HEADINGS = "编码,名称,类型,地区,地址,电话,开放时间,来源,来源链接"


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


@pytest.fixture
def publisher(city: City) -> Client:
    return signed_in(member("publisher", city.culture))


def line(*, hours: str, **cells: str) -> str:
    names = ("code", "name", "type", "region", "address", "phone")
    quoted = hours.replace('"', '""')
    texts = [cells.get(name, "") for name in names]
    return ",".join([*texts, f'"{quoted}"', cells.get("source", ""), cells.get("source_url", "")])


def give(client: Client, *lines: str, parent: Any = None, headings: str = HEADINGS) -> Any:
    file = SimpleUploadedFile("开放时间.csv", "\n".join([headings, *lines]).encode("gb18030"))
    return client.post(START, {"file": file, "parent": parent.pk if parent else ""})


def rows_of(response: Any) -> list[HoursImportRow]:
    assert response.status_code == 302, response.context["form"].errors
    return list(HoursImport.objects.latest("pk").rows.all())


def address() -> str:
    return reverse("venues_hours_import", args=[HoursImport.objects.latest("pk").pk])


def codes(row: HoursImportRow) -> list[str]:
    return [code for code, __ in row.problems]


def take_rows(client: Client, rows: list[HoursImportRow], **more: str) -> Any:
    return client.post(address(), {"action": "ticked", "row": [row.pk for row in rows], **more})


# ---------------------------------------------------------------------------------------------------
# Which venue


def test_a_row_finds_its_venue_by_code_or_by_name(city: City, publisher: Client) -> None:
    rows = rows_of(
        give(publisher, line(code="museum", name="随便", hours=LATE), line(name=" 市 图书馆 ", hours=LATE))
    )
    assert [(row.number, row.venue, row.state) for row in rows] == [
        (2, city.museum, RowState.READY),
        (3, city.library, RowState.READY),
    ]


def test_two_venues_of_one_name_are_told_apart_by_region(city: City, publisher: Client) -> None:
    Region.objects.create(
        code="350503", name="丰泽区", level="county", parent_code="350500", locale=city.library.locale
    )
    other = VenuePage(
        title="市图书馆",
        code="library-2",
        venue_type=city.library.venue_type,
        region=Region.objects.get(code="350503"),
        slug="library-2",
        locale=city.library.locale,
    )
    city.culture.add_child(instance=other)
    VenuePage.objects.filter(pk=city.library.pk).update(
        region=Region.objects.create(
            code="350502", name="鲤城区", level="county", parent_code="350500", locale=city.library.locale
        )
    )
    rows = rows_of(
        give(
            publisher,
            line(name="市图书馆", hours=LATE),
            line(name="市图书馆", region="丰泽区", hours=LATE),
            line(name="市图书馆", region="350502", hours=LATE),
        )
    )
    assert [codes(row) for row in rows] == [["ambiguous"], [], []]
    assert [row.venue for row in rows] == [None, other, city.library]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"name": "工人文化宫"}, "not_yours"),
        ({"code": "palace"}, "not_yours"),
        ({"code": "no-such"}, "unknown_code"),
        ({}, "no_name"),
        ({"name": "新馆", "type": "图书馆", "region": "泉州市"}, "nowhere_to_add"),
        ({"name": "海交馆", "type": "水族馆"}, "unknown_type"),
        ({"name": "海交馆", "region": "厦门市"}, "unknown_region"),
        ({"name": "海交馆", "source_url": "见官网"}, "no_link"),
    ],
)
def test_what_is_wrong_with_a_row_is_told(
    city: City, publisher: Client, cells: dict[str, str], problem: str
) -> None:
    (row,) = rows_of(give(publisher, line(**cells, hours=LATE)))
    assert codes(row) == [problem]
    assert row.state == RowState.BLOCKED
    text = publisher.get(address()).content.decode()
    assert f"({problem})" not in text, "it has a sentence of its own"
    take_rows(publisher, [row])
    row.refresh_from_db()
    assert row.state == RowState.BLOCKED


def test_a_new_venue_with_a_similar_name_is_to_be_looked_at(city: City, publisher: Client) -> None:
    (row,) = rows_of(
        give(
            publisher,
            line(name="市图书馆（东湖馆）", type="图书馆", region="泉州市", hours=LATE),
            parent=city.culture,
        )
    )
    assert (codes(row), row.state) == (["similar"], RowState.ATTENTION)
    assert "市图书馆。" in publisher.get(address()).content.decode().replace(". ", "。")


def test_two_rows_about_one_venue_are_both_told(city: City, publisher: Client) -> None:
    rows = rows_of(give(publisher, line(code="museum", hours=LATE), line(name="海交馆", hours=LATE)))
    assert [codes(row) for row in rows] == [["row_twice"], ["row_twice"]]
    assert "2、3" in publisher.get(address()).content.decode()


def test_a_venue_that_has_these_hours_is_left_alone(city: City, publisher: Client) -> None:
    rows = rows_of(give(publisher, line(code="museum", hours=LATE)))
    take_rows(publisher, rows, publish="on")
    (again,) = rows_of(give(publisher, line(code="museum", hours=LATE)))
    assert again.state == RowState.SAME


# ---------------------------------------------------------------------------------------------------
# Taking rows


def test_nothing_changes_before_a_row_is_taken(city: City, publisher: Client) -> None:
    give(publisher, line(code="museum", hours=LATE))
    assert publisher.get(address()).status_code == 200
    museum = VenuePage.objects.get(pk=city.museum.pk)
    assert schedules_in(museum)[0].rules[0].sessions[0].opens == 540
    assert not museum.has_unpublished_changes


def test_a_row_becomes_a_draft(city: City, publisher: Client) -> None:
    rows = rows_of(give(publisher, line(code="museum", phone="0595-1", source="馆方", hours=LATE)))
    take_rows(publisher, rows)
    museum = VenuePage.objects.get(pk=city.museum.pk)
    draft = museum.get_latest_revision_as_object()
    assert schedules_of(draft)[0].rules[0].sessions[0].opens == 600
    assert (draft.phone, draft.hours_source) == ("0595-1", "馆方")
    assert schedules_in(museum)[0].rules[0].sessions[0].opens == 540
    assert museum.phone == ""


def test_a_row_is_published_where_that_is_ticked(city: City, publisher: Client) -> None:
    rows = rows_of(give(publisher, line(code="museum", hours=LATE)))
    take_rows(publisher, rows, publish="on")
    assert schedules_in(city.museum)[0].rules[0].sessions[0].opens == 600
    assert city.museum.intervals.filter(business_date="2026-11-20").exists()


def test_taking_twice_is_taking_once(city: City, publisher: Client) -> None:
    rows = rows_of(
        give(
            publisher,
            line(code="museum", hours=LATE),
            line(name="新馆", type="图书馆", region="泉州市", hours=LATE),
            parent=city.culture,
        )
    )
    take_rows(publisher, rows)
    take_rows(publisher, rows)
    publisher.post(address(), {"action": "ready"})
    assert VenuePage.objects.filter(title="新馆").count() == 1
    assert VenuePage.objects.get(pk=city.museum.pk).revisions.count() == 1
    # Even where the answer to the first request was lost before the row was marked.
    row = HoursImportRow.objects.get(venue=city.museum)
    HoursImportRow.objects.filter(pk=row.pk).update(state=RowState.CHOSEN)
    take(row.pk, Taking.by(member("publisher", city.culture)), publish=False)
    assert VenuePage.objects.get(pk=city.museum.pk).revisions.count() == 1


def test_a_new_venue_is_a_draft_below_its_department(city: City, publisher: Client) -> None:
    (row,) = rows_of(
        give(
            publisher,
            line(name="新馆", type="图书馆", region="泉州市", address="某路1号", hours=LATE),
            parent=city.culture,
        )
    )
    assert row.state == RowState.READY
    take_rows(publisher, [row])
    page = VenuePage.objects.get(title="新馆")
    assert not page.live
    assert page.get_parent().pk == city.culture.pk
    assert (page.venue_type.code, page.region.code, page.address_text) == ("library", "350500", "某路1号")
    draft = page.get_latest_revision_as_object()
    assert (draft.hours_mode, len(schedules_of(draft))) == ("own", 1)
    assert schedules_in(page) == schedules_of(draft)


@pytest.mark.parametrize(
    ("cells", "problem"), [({"region": "泉州市"}, "no_type"), ({"type": "图书馆"}, "no_region")]
)
def test_a_new_venue_needs_type_and_region(
    city: City, publisher: Client, cells: dict[str, str], problem: str
) -> None:
    (row,) = rows_of(give(publisher, line(name="新馆", hours=LATE, **cells), parent=city.culture))
    assert codes(row) == [problem]


def test_one_row_that_is_refused_keeps_none_of_the_others(city: City, publisher: Client) -> None:
    rows = rows_of(
        give(publisher, line(code="museum", phone="9" * 70, hours=LATE), line(code="library", hours=LATE))
    )
    take_rows(publisher, rows)
    first, second = HoursImport.objects.latest("pk").rows.all()
    assert (first.state, second.state) == (RowState.BLOCKED, RowState.DONE)
    assert first.message
    assert first.message in publisher.get(address()).content.decode().replace("&#x27;", "'")
    assert not VenuePage.objects.get(pk=city.museum.pk).has_unpublished_changes


def test_an_editor_leaves_drafts_and_cannot_publish(city: City) -> None:
    editor = signed_in(member("editor", city.culture))
    rows = rows_of(give(editor, line(code="museum", hours=LATE)))
    take_rows(editor, rows, publish="on")
    assert HoursImportRow.objects.get().state == RowState.BLOCKED
    assert schedules_in(city.museum)[0].rules[0].sessions[0].opens == 540


def test_what_does_not_fit_into_one_request_waits_for_the_next(city: City) -> None:
    user = member("publisher", city.culture)
    client = signed_in(user)
    rows = rows_of(give(client, line(code="museum", hours=LATE), line(code="library", hours=LATE)))
    stored = HoursImport.objects.latest("pk")
    choose(stored, [row.pk for row in rows], publish=False)
    assert take_chosen(stored, user=user, seconds=0) == 1
    assert 'value="continue"' in client.get(address()).content.decode()
    client.post(address(), {"action": "continue"})
    assert set(stored.rows.values_list("state", flat=True)) == {RowState.DONE}


# ---------------------------------------------------------------------------------------------------
# Mending rows


def test_a_text_is_mended_in_place_and_read_again(city: City, publisher: Client) -> None:
    (row,) = rows_of(give(publisher, line(code="museum", hours='{"schedules": ')))
    assert row.state == RowState.BLOCKED
    publisher.post(address(), {f"cell-{row.pk}-hours": LATE, "action": "read"})
    row.refresh_from_db()
    assert (row.state, row.cells["hours"]) == (RowState.READY, LATE)


def test_what_was_mended_is_looked_at_before_it_is_taken(city: City, publisher: Client) -> None:
    (row,) = rows_of(give(publisher, line(code="museum", hours=LATE)))
    other = LATE.replace("1320", "1080")
    publisher.post(address(), {f"cell-{row.pk}-hours": other, "action": "ticked", "row": [row.pk]})
    row.refresh_from_db()
    assert (row.state, row.cells["hours"]) == (RowState.READY, other)
    assert not VenuePage.objects.get(pk=city.museum.pk).has_unpublished_changes


def test_mending_one_row_clears_the_other_of_two(city: City, publisher: Client) -> None:
    rows = rows_of(give(publisher, line(code="museum", hours=LATE), line(name="海交馆", hours=LATE)))
    publisher.post(address(), {f"cell-{rows[1].pk}-name": "市图书馆", "action": "read"})
    assert [codes(row) for row in HoursImport.objects.latest("pk").rows.all()] == [[], []]


def test_rows_of_somebody_elses_import_are_out_of_reach(city: City, publisher: Client) -> None:
    (row,) = rows_of(give(publisher, line(code="museum", hours=LATE)))
    theirs = address()
    other = signed_in(member("publisher", city.union))
    assert other.get(theirs).status_code == 404
    give(other, line(code="palace", hours=LATE))
    other.post(address(), {f"cell-{row.pk}-hours": "", "action": "ticked", "row": [row.pk]})
    row.refresh_from_db()
    assert (row.state, row.cells["hours"]) == (RowState.READY, LATE)


# ---------------------------------------------------------------------------------------------------
# The file, and many rows


def test_what_is_wrong_with_a_file_is_told_at_its_field(city: City, publisher: Client) -> None:
    response = give(publisher, headings="地址")
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not HoursImport.objects.exists()


def test_columns_that_are_not_known_are_named(city: City, publisher: Client) -> None:
    give(publisher, line(code="museum", hours=LATE) + ",x", headings=f"{HEADINGS},负责人")
    assert "负责人" in publisher.get(address()).content.decode()


def test_the_template_is_offered(publisher: Client) -> None:
    response = publisher.get(reverse("venues_hours_import_template"))
    assert io.BytesIO(response.content).read(2) == b"PK"


def test_an_auditor_imports_nothing(city: City) -> None:
    auditor = signed_in(member("auditor"))
    assert auditor.get(START, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    assert START not in auditor.get("/admin/").content.decode()
    assert START in signed_in(member("editor", city.culture)).get("/admin/").content.decode()


def test_new_venues_go_only_where_one_may_add_them(city: City, publisher: Client) -> None:
    response = give(
        publisher, line(name="新馆", type="图书馆", region="泉州市", hours=LATE), parent=city.union
    )
    assert "parent" in response.context["form"].errors


def test_many_rows_cost_as_many_queries_as_few(city: City, publisher: Client) -> None:
    def queries(count: int) -> int:
        lines = [
            line(name=f"馆{number}", type="图书馆", region="泉州市", hours=LATE) for number in range(count)
        ]
        with CaptureQueriesContext(connection) as asked:
            give(publisher, line(code="museum", hours=LATE), *lines, parent=city.culture)
        with CaptureQueriesContext(connection) as shown:
            assert publisher.get(address()).status_code == 200
        return len(asked) + len(shown)

    queries(1)
    assert queries(45) == queries(2)


def test_two_thousand_rows_are_read(city: City, publisher: Client) -> None:
    lines = [line(name=f"馆{number}", type="图书馆", region="泉州市", hours=LATE) for number in range(2000)]
    rows = rows_of(give(publisher, *lines, parent=city.culture))
    assert len(rows) == 2000
    assert {row.state for row in rows} == {RowState.READY}
    text = publisher.get(f"{address()}?p=40").content.decode()
    assert "馆1999" in text
    assert VenueType.objects.count() == 1
