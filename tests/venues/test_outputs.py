"""Month view, door poster, texts to copy and the list of today, of the demo city on Thursday 19 November 2026."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from venues import selectors
from venues.models import VenueIndexPage, VenuePage
from venues.presentation.message import message_context
from venues.presentation.month import month_context
from venues.presentation.poster import poster_context, qr_code
from venues.presentation.today import today_context

LIBRARY, MUSEUM = "qz-library-donghai", "haijiao"


@pytest.fixture
def rf_(rf: RequestFactory, demo_city: None) -> RequestFactory:
    return rf


def venue(code: str) -> VenuePage:
    return VenuePage.objects.get(code=code)


def address(code: str, name: str) -> str:
    return venue(code).exit_url(name)


# ---------------------------------------------------------------------------------------------------
# Month


def days_of(context: dict[str, Any]) -> dict[date, Any]:
    return {day.date: day for day in context["listed"]}


def test_a_month_has_whole_weeks_and_the_days_on_record(rf_: RequestFactory) -> None:
    context = month_context(venue(MUSEUM), rf_.get("/", {"month": "2026-12"}))
    assert context["month_label"] == "2026年12月"
    assert {len(week) for week in context["weeks"]} == {7}
    days = days_of(context)
    assert len(days) == 31
    assert days[date(2026, 12, 7)].is_closed  # a Monday
    assert days[date(2026, 12, 8)].rows[0].text.startswith("09:00")
    assert (context["previous"], context["next"]) == ("?month=2026-11", "?month=2027-01")


def test_days_of_a_year_without_holidays_are_marked_provisional(rf_: RequestFactory) -> None:
    days = days_of(month_context(venue(MUSEUM), rf_.get("/", {"month": "2027-01"})))
    assert all(row.provisional for day in days.values() for row in day.rows)


@pytest.mark.parametrize("asked", ["2031-01", "1999-01", "2026-13", "x", "2026-1"])
def test_another_month_than_the_recorded_ones_leads_to_the_nearest(rf_: RequestFactory, asked: str) -> None:
    context = month_context(venue(MUSEUM), rf_.get("/", {"month": asked}))
    assert context["is_elsewhere"]
    assert context["listed"]


def test_the_month_page_names_the_areas(client: Client, demo_city: None) -> None:
    page = client.get(address(LIBRARY, "month")).content.decode()
    assert "一楼自习" in page


# ---------------------------------------------------------------------------------------------------
# Poster


def test_the_poster_tells_the_hours_in_words(rf_: RequestFactory) -> None:
    context = poster_context(venue(MUSEUM), rf_.get("/"))
    clauses = [clause for passage in context["passages"] for clause in passage.clauses]
    assert any("9:00—17:00" in clause for clause in clauses)
    assert any("周一" in clause and "闭馆" in clause for clause in clauses)
    assert context["short_address"] == "http://testserver/v/haijiao/"


def test_the_poster_says_each_rule_once(rf_: RequestFactory) -> None:
    clauses = [
        c for passage in poster_context(venue(MUSEUM), rf_.get("/"))["passages"] for c in passage.clauses
    ]
    assert clauses == ["周二至周日9:00—17:00（16:30停止入馆）", "周一闭馆（法定节假日除外）"]


def test_the_poster_of_a_venue_closed_until_further_notice_says_so_from_today_on(
    client: Client, demo_city: None
) -> None:
    html = client.get(f"{venue('qz-museum').url}poster/").content.decode()
    assert "11月19日起</strong> 闭馆" in html
    assert "开放时间待核实" not in html
    assert "开放时间待核实" in client.get(f"{venue('qz-science').url}poster/").content.decode()


def test_a_qr_code_can_be_read_back(rf_: RequestFactory) -> None:
    code = qr_code("http://testserver/v/haijiao/")
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)}
    # The three finder patterns of the standard stand inside the quiet zone of four modules.
    for left, top in [(4, 4), (code.side - 11, 4), (4, code.side - 11)]:
        ring = {(left + n, top) for n in range(7)} | {(left, top + n) for n in range(7)}
        assert ring <= dark
        assert (left + 1, top + 1) not in dark
    assert all(4 <= x < code.side - 4 and 4 <= y < code.side - 4 for x, y in dark)


def test_the_short_address_of_a_poster_leads_to_the_venue(client: Client, demo_city: None) -> None:
    response = client.get("/v/haijiao/")
    assert (response.status_code, response["Location"]) == (302, venue(MUSEUM).url)


# ---------------------------------------------------------------------------------------------------
# Messages


def test_messages_of_today_and_this_week(rf_: RequestFactory) -> None:
    messages = {each.name: each.text for each in message_context(venue(MUSEUM), rf_.get("/"))["messages"]}
    today = messages["today"].splitlines()
    assert today[0] == f"【{venue(MUSEUM).title}】今日开放时间（11月19日 周四）"
    assert today[1].startswith("09:00")
    assert today[-1] == "详情：http://testserver/v/haijiao/"
    week = messages["week"].splitlines()
    assert "闭馆" in week[1]
    assert week[1].startswith("11月16日 周一")
    assert week[2].startswith("11月17日 周二 — 11月22日 周日 09:00")


def test_areas_are_told_apart(rf_: RequestFactory) -> None:
    messages = {each.name: each.text for each in message_context(venue(LIBRARY), rf_.get("/"))["messages"]}
    assert re.search("一楼自习.*：", messages["today"])


def test_a_notice_page_offers_its_sentence_as_message(client: Client, demo_city: None) -> None:
    notice = selectors.current_notices(locale=Locale.get_default()).first()
    page = client.get(notice.url).content.decode()
    assert f"【{notice.title}】" in page


# ---------------------------------------------------------------------------------------------------
# Today


def test_the_list_of_a_district_has_its_venues_open_ones_first(rf_: RequestFactory) -> None:
    index = VenueIndexPage.objects.first()
    context = today_context(index, rf_.get("/", {"region": "350503"}))
    lines = [line for group in context["groups"] for line in group["lines"]]
    assert context["region_name"] == "丰泽区"
    assert {"泉州市图书馆（东海中心馆）"} <= {line.title for line in lines}
    assert "鲤城区图书馆" not in {line.title for line in lines}
    for group in context["groups"]:
        openness = [line.is_open for line in group["lines"]]
        assert openness == sorted(openness, reverse=True)


def test_the_list_costs_the_same_for_a_district_and_for_the_city(rf_: RequestFactory) -> None:
    index = VenueIndexPage.objects.first()

    def queries(**query: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            today_context(index, rf_.get("/", query))
        return len(counted)

    queries()
    assert queries() <= queries(region="350503")


def test_an_unknown_district_is_told(client: Client, demo_city: None) -> None:
    response = client.get("/venues/today/", {"region": "nowhere"})
    assert response.status_code == 400
    assert "nowhere" in response.content.decode()


@pytest.mark.parametrize("name", ["month", "poster", "messages"])
def test_a_hidden_venue_hands_out_nothing(client: Client, demo_city: None, name: str) -> None:
    url = address(MUSEUM, name)
    assert client.get(url).status_code == 200
    venue(MUSEUM).unpublish()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("code", [LIBRARY, MUSEUM, "qz-science", "qz-museum"])
@pytest.mark.parametrize("name", ["month", "poster", "messages"])
def test_every_output_of_venues_of_all_kinds(client: Client, demo_city: None, code: str, name: str) -> None:
    if not VenuePage.objects.filter(code=code).exists():
        pytest.fail(f"the demo city has no {code}")
    assert client.get(address(code, name)).status_code == 200
