"""The catalogue of government information: by category, as a page and as a table that runs nothing."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openness.departments.models import Department
from policies import exports
from policies.models import PolicyIssuer, PolicyPage
from tests.policies.documents import policy
from tests.policies.offices import Offices, found_offices
from tests.venues.editors import NOW


@pytest.fixture
def city(db: None, settings: Any) -> Offices:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_offices()


def document(city: Offices, title: str, **fields: Any) -> PolicyPage:
    given = {
        "written_on": date(2024, 5, 6),
        "first_public_at": datetime(2024, 5, 7, 1, 5, tzinfo=UTC),
        **fields,
    }
    page = policy(city, title, live=False, **given)
    page.issuers = [
        PolicyIssuer(department=Department.objects.get(code="culture"), sort_order=0),
        PolicyIssuer(name="泉州市人民政府", sort_order=1),
    ]
    page.save_revision().publish()
    return PolicyPage.objects.get(pk=page.pk)


def table(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"/policies/catalogue.csv{query}")
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_documents_stand_under_their_categories(city: Offices, client: Client) -> None:
    document(city, "较早的办法", written_on=date(2020, 1, 1))
    document(city, "规划", catalogue_category="03")
    document(city, "较新的办法")
    response = client.get("/policies/catalogue/")
    assert response.status_code == 200
    groups = [[row.title for row in group["rows"]] for group in response.context["groups"]]
    assert groups == [["较新的办法", "较早的办法"], ["规划"]]
    assert [
        group["category"] for group in client.get("/policies/catalogue/?category=03").context["groups"]
    ] == [response.context["groups"][1]["category"]]


def test_a_row_has_the_fields_of_the_catalogue(city: Offices, client: Client) -> None:
    page = document(city, "开放办法", number="泉政规〔2024〕3号", index_number="QZ001-0200-2024-00001")
    ((row,),) = [group["rows"] for group in client.get("/policies/catalogue/").context["groups"]]
    assert (row.index_number, row.title, row.number) == (
        "QZ001-0200-2024-00001",
        "开放办法",
        "泉政规〔2024〕3号",
    )
    assert row.issuers == ("市文旅局", "泉州市人民政府")
    assert row.written_on == "2024-05-06"
    head, cells = table(client)
    assert len(head) == len(cells) == 14
    assert cells[0] == "QZ001-0200-2024-00001"
    assert cells[2:5] == ["开放办法", "市文旅局、泉州市人民政府", "泉政规〔2024〕3号"]
    assert cells[7:9] == ["2024-05-06", "2024-05-07 09:05"]
    assert cells[-1].endswith(page.get_url())


def test_the_table_is_filtered_as_the_page_is(city: Offices, client: Client) -> None:
    document(city, "办法")
    document(city, "规划", catalogue_category="03", document_kind="plan")
    assert [row[2] for row in table(client, "?kind=plan")[1:]] == ["规划"]
    assert [row[2] for row in table(client, "?q=办法")[1:]] == ["办法"]
    response = client.get("/policies/catalogue/?kind=plan")
    assert response.context["catalogue_csv_url"] == "/policies/catalogue.csv?kind=plan"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_never_runs(city: Offices, client: Client, start: str) -> None:
    document(city, f'{start}HYPERLINK("http://evil.example")', interpreted_by="x")
    for row in table(client)[1:]:
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_table_is_read_in_parts_and_keeps_its_order(
    city: Offices, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_A_TIME", 2)
    for number in range(5):
        document(city, f"办法{number}", written_on=date(2024, 1, 10 - number))
    assert [row[2] for row in table(client)[1:]] == [f"办法{number}" for number in range(5)]


def test_the_page_is_cut_at_fifty_and_its_queries_do_not_grow(city: Offices, client: Client) -> None:
    def queries() -> int:
        client.get("/policies/catalogue/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/policies/catalogue/").status_code == 200
        return len(captured)

    document(city, "办法", number="")
    few = queries()
    for number in range(4):
        document(city, f"办法{number}")
    assert queries() == few
