"""Openings as tables: every opening once, as a spreadsheet and a program want it, and nothing that runs."""

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openness.core.csv_stream import harmless
from tests.venues.editors import NOW, City, found_city, notice
from tests.venues.hours.builders import ALL_WEEK, rule, schedule, session
from venues.hours import State
from venues.models import (
    Interval,
    NoticeEffect,
    NoticeSession,
    NoticeTarget,
    OpeningNoticePage,
    VenuePage,
)
from venues.schedules import set_schedules


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_city()


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    assert response.streaming
    return b"".join(response.streaming_content)


def table(client: Client, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(client, address).decode("utf-8-sig"))))


def intervals(client: Client, address: str) -> dict[str, Any]:
    return json.loads(body(client, address))


def test_the_table_has_every_opening_to_come(city: City, client: Client) -> None:
    head, *rows = table(client, f"{city.library.get_url()}hours.csv")
    expected = Interval.objects.filter(venue=city.library, business_date__gte="2026-11-19")
    assert len(rows) == expected.count() == 2 * 91
    assert all(len(row) == len(head) for row in rows)
    assert rows[0][:7] == [
        "library",
        "市图书馆",
        "",
        "2026-11-19",
        "2026-11-19 09:00",
        "2026-11-19 17:00",
        "2026-11-19 17:00",
    ]
    assert rows[1][2] == "晚间开放区"
    assert rows[0][12] == "平日开放时间"


def test_excel_knows_the_encoding(city: City, client: Client) -> None:
    assert body(client, f"{city.library.get_url()}hours.csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_never_runs(city: City, client: Client, start: str) -> None:
    page = VenuePage.objects.get(pk=city.museum.pk)
    page.title = f'{start}HYPERLINK("http://evil.example")'
    page.save_revision().publish()
    __, *rows = table(client, f"{page.get_url()}hours.csv")
    assert rows
    for row in rows:
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_harmless_cell_stays_as_it_is() -> None:
    assert [harmless(text) for text in ("市图书馆", "9-17", "", "a=1")] == ["市图书馆", "9-17", "", "a=1"]
    assert harmless("=1+1") == "'=1+1"


def test_the_json_is_that_of_the_api(city: City, client: Client) -> None:
    page = VenuePage.objects.get(pk=city.museum.pk)
    late = session("13:00-26:00", "25:00", state=State.BY_BOOKING)
    set_schedules(page, (schedule("base", rule("d", ALL_WEEK, "09:00-12:00", late)),))
    page.save_revision().publish()
    told = intervals(client, f"{page.get_url()}hours.json")
    days = client.get("/api/v1/venues/museum/intervals", {"from": told["from"], "to": told["to"]}).json()[
        "days"
    ]
    named = {"code", "title", "area", "area_name", "business_date", "provisional"}
    own = [{name: each[name] for name in each.keys() - named} for each in told["intervals"]]
    assert own == [each for day in days for each in day["intervals"]]
    assert [each["business_date"] for each in told["intervals"]] == [
        day["date"] for day in days for __ in day["intervals"]
    ]


def test_a_notice_is_linked(city: City, client: Client) -> None:
    effect = NoticeEffect(kind="special_opening", first=date(2026, 12, 1), last=date(2026, 12, 2))
    effect.sessions = [NoticeSession(opens=1080, closes=1200)]
    page = OpeningNoticePage(title="夜场开放", reason="活动", locale=city.culture.locale)
    page.effects = [effect]
    page.targets = [NoticeTarget(venue=city.museum)]
    city.culture.add_child(instance=page)
    page.save_revision().publish()
    __, *rows = table(client, f"{city.museum.get_url()}hours.csv")
    assert {row[-1] for row in rows if row[3] in ("2026-12-01", "2026-12-02") and "18:00" in row[4]} == {
        f"http://testserver{page.get_url()}"
    }


def test_a_question_chooses_the_venues(city: City, client: Client) -> None:
    assert {row[0] for row in table(client, "/venues/openings.csv?department=union")[1:]} == {"palace"}
    told = intervals(client, "/venues/openings.json?date=2026-11-21&start=18:00&end=21:00")
    assert [(each["code"], each["area"]) for each in told["intervals"]] == [("library", "evening")]
    assert datetime.fromisoformat(told["intervals"][0]["opens_at"]).isoformat() == "2026-11-21T18:00:00+08:00"
    assert client.get("/venues/openings.csv?start=25:00").status_code == 400
    assert client.get("/venues/openings.json?date=2036-01-01").status_code == 400


def test_nothing_found_is_an_empty_table(city: City, client: Client) -> None:
    assert len(table(client, "/venues/openings.csv?q=nowhere")) == 1
    assert intervals(client, "/venues/openings.json?q=nowhere")["intervals"] == []


@pytest.mark.parametrize("name", ["openings.csv", "openings.json"])
def test_the_cost_is_that_of_one_row(city: City, client: Client, name: str) -> None:
    def cost(query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            body(client, f"/venues/{name}?{query}")
        return len(queries)

    notice(city.union, city.palace)
    body(client, f"/venues/{name}")
    one = cost("department=union&date=2026-11-20")
    notice(city.culture, city.library, city.museum)
    assert cost("department=culture") <= one + 1  # a department may have areas to name
