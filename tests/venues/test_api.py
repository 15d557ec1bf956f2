"""The public API: answers against the facts, refusals as problem documents, and nothing that breaks it."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from wagtail.models import Locale, PageViewRestriction

from home.models import DepartmentPage
from tests import facts
from venues import selectors
from venues.enums import Life
from venues.models import VenuePage

API = "/api/v1"
CHINA = "+08:00"


@pytest.fixture
def ask(demo_city: None, client: Client) -> Any:
    """Ask an address below the API's; the answer is checked to be 200 JSON."""

    def answer(path: str, **query: object) -> Any:
        response = client.get(f"{API}{path}", query)
        assert response.status_code == 200, response.content.decode()
        assert response.headers["Content-Type"] == "application/json; charset=utf-8"
        return response.json()

    return answer


@pytest.fixture
def refuse(demo_city: None, client: Client) -> Any:
    """Ask an address that refuses with ``status``; return its problem document."""

    def answer(path: str, status: int = 422, language: str = "en", **query: object) -> Any:
        response = client.get(f"{API}{path}", query, headers={"Accept-Language": language})
        problem = response.json()
        assert response.status_code == status, problem
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Content-Language"] == language
        assert problem["status"] == status
        assert problem["type"] == "about:blank"
        assert problem["title"]
        assert problem["detail"]
        assert problem["instance"].startswith(f"{API}{path}")
        return problem

    return answer


def _venue(code: str) -> VenuePage:
    return VenuePage.objects.get(code=code)


# ---------------------------------------------------------------------------------------------------
# Status


@pytest.mark.parametrize("expected", facts.EXPECTED, ids=lambda each: f"{each.code}-{each.at}")
def test_status_is_what_the_facts_say(ask: Any, expected: facts.Expected) -> None:
    answer = ask(
        f"/venues/{expected.code}/status",
        at=expected.at,
        **({"area": expected.area} if expected.area else {}),
    )

    assert answer["state"] == expected.state, expected.why
    assert answer["at"] == f"{expected.at}:00{CHINA}"
    if expected.area is not None:
        assert answer["area"] == expected.area
    for name in ("until", "last_entry_at", "next_opens_at"):
        if (instant := getattr(expected, name)) is not None:
            assert answer[name] == f"{instant}:00{CHINA}", expected.why
    if expected.can_enter is not None:
        assert answer["can_enter"] is expected.can_enter


@pytest.mark.parametrize(
    "at",
    [
        "2026-11-21T20:45",
        "2026-11-21T20:45:00",
        "2026-11-21 20:45",
        "2026-11-21T20:45:00+08:00",
        "2026-11-21T20:45:00 08:00",
        "2026-11-21t20:45:00.000+0800",
        "2026-11-21T12:45:00Z",
        "2026-11-21T07:45:00-05:00",
        " 2026-11-21T20:45 ",
    ],
)
def test_instants_are_understood_in_every_usual_form(ask: Any, at: str) -> None:
    assert ask("/venues/fz-culture/status", at=at)["at"] == "2026-11-21T20:45:00+08:00"


def test_a_plus_that_was_not_escaped_is_understood(demo_city: None, client: Client) -> None:
    response = client.get(f"{API}/venues/fz-culture/status?at=2026-11-21T20:45:00+08:00")

    assert response.json()["at"] == "2026-11-21T20:45:00+08:00"


def test_status_without_an_instant_is_now(ask: Any) -> None:
    assert ask("/venues/haijiao/status")["at"] == facts.FROZEN_NOW
    assert ask("/venues/haijiao/status", at="")["at"] == facts.FROZEN_NOW


def test_because_names_rule_and_notice(ask: Any) -> None:
    closed = ask("/venues/mintaiyuan/status")["because"]
    assert closed["layer"] == "notice"
    assert closed["notice"]["title"] in closed["text"]
    assert closed["notice"]["url"].startswith("http://testserver/")

    monday = ask("/venues/haijiao/status", at="2026-11-23T10:00")["because"]
    assert monday["notice"] is None
    assert "闭馆" in monday["text"]


def test_closed_outside_its_hours_is_explained_by_these_hours(ask: Any) -> None:
    answer = ask("/venues/haijiao/status", at="2026-11-21T20:00")

    assert answer["state"] == "closed"
    assert "闭馆" not in answer["because"]["text"]


def test_far_years_are_provisional_or_refused(ask: Any, refuse: Any) -> None:
    assert ask("/venues/haijiao/status", at="2099-12-31T23:59")["provisional"]
    assert ask("/venues/haijiao/status", at="2004-01-01T00:00")["state"]
    for at in ("2003-12-31T23:59", "2100-01-01T00:00", "0001-01-01T00:00Z", "9999-12-31T23:59-12:00"):
        (error,) = refuse("/venues/haijiao/status", at=at)["errors"]
        assert (error["parameter"], error["code"]) == ("at", "year")
        assert (error["first"], error["last"]) == ("2004-01-01", "2099-12-31")


def test_compiled_and_computed_days_agree(ask: Any) -> None:
    """The end of the compiled days is no edge: the same Saturday is told alike before and after it."""
    for code in ("haijiao", "fz-library", "qz-art-centre", "mintaiyuan", "qz-science"):
        days = {}
        for first, last in (
            (date(2026, 11, 19), date(2026, 12, 20)),
            (date(2026, 11, 21), date(2027, 3, 20)),
        ):
            answer = ask(f"/venues/{code}/intervals", **{"from": first, "to": last})
            days[first] = [day for day in answer["days"] if "2026-11-21" <= day["date"] <= "2026-12-20"]
        assert days[date(2026, 11, 19)] == days[date(2026, 11, 21)]


# ---------------------------------------------------------------------------------------------------
# Intervals


def test_intervals_tell_every_day_of_the_range(ask: Any) -> None:
    first, last = min(facts.HAIJIAO_SPRING_FESTIVAL), max(facts.HAIJIAO_SPRING_FESTIVAL)
    answer = ask("/venues/haijiao/intervals", **{"from": first, "to": last})
    days = {date.fromisoformat(day["date"]): day for day in answer["days"]}

    assert len(days) == (last - first).days + 1
    for day, hours in facts.HAIJIAO_SPRING_FESTIVAL.items():
        spans = days[day]["intervals"]
        assert days[day]["status"] == ("open" if hours else "closed")
        assert days[day]["because"]["text"]
        names = ("opens_at", "closes_at", "last_entry_at")
        assert [tuple(span[name] for name in names) for span in spans] == (
            [tuple(f"{day}T{time}:00{CHINA}" for time in hours)] if hours else []
        )


@pytest.mark.parametrize(("code", "area", "monday", "hours"), facts.WEEKLY_HOURS)
def test_intervals_of_a_week_add_up(ask: Any, code: str, area: str, monday: date, hours: float) -> None:
    query = {"from": monday, "to": monday + timedelta(days=6), **({"area": area} if area else {})}
    answer = ask(f"/venues/{code}/intervals", **query)
    spans = [span for day in answer["days"] if day["area"] == area for span in day["intervals"]]
    open_for = sum(
        (
            datetime.fromisoformat(span["closes_at"]) - datetime.fromisoformat(span["opens_at"])
            for span in spans
        ),
        timedelta(),
    )

    assert open_for == timedelta(hours=hours)


def test_unknown_days_are_told_as_unknown(ask: Any) -> None:
    answer = ask("/venues/qz-science/intervals")

    assert [day["status"] for day in answer["days"]] == ["unknown"] * 7
    assert answer["from"] == "2026-11-19"


def test_intervals_for_a_year_at_most(ask: Any, refuse: Any) -> None:
    assert len(ask("/venues/haijiao/intervals", **{"from": "2028-01-01", "to": "2028-12-31"})["days"]) == 366

    (error,) = refuse("/venues/haijiao/intervals", **{"from": "2026-01-01", "to": "2027-01-02"})["errors"]
    assert (error["parameter"], error["code"]) == ("to", "too_long")
    assert (error["first"], error["last"]) == ("2026-01-01", "2027-01-01")
    assert "2027-01-01" in error["detail"]


def test_days_that_run_backwards_are_refused(refuse: Any) -> None:
    problem = refuse("/venues/haijiao/intervals", **{"from": "2026-11-20", "to": "2026-11-19"})

    assert [error["code"] for error in problem["errors"]] == ["reversed"]


# ---------------------------------------------------------------------------------------------------
# Open at a time


def test_free_on_saturday_evening(ask: Any) -> None:
    start, end = facts.SATURDAY_EVENING
    query = {"from": start, "to": end, "minutes": facts.MINUTES_WANTED, "admission": "free", "size": 100}
    answer = ask("/venues/open/", **query)
    group = answer["groups"]["open"]

    assert {
        each["code"]: (each["area"], each["minutes"]) for each in group["venues"]
    } == facts.FREE_SATURDAY_EVENING_STAYS
    assert group["total"] == answer["total"] == len(facts.FREE_SATURDAY_EVENING)
    assert answer["groups"]["restricted"] == {"total": 0, "venues": []}
    assert answer["unknown"] >= len(facts.UNKNOWN_FREE_SATURDAY_EVENING)
    assert all(each["because"]["text"] for each in group["venues"])
    ends = {each["code"]: (each["until"], each["last_entry_at"]) for each in group["venues"]}
    assert ends["fz-culture"] == ("2026-11-21T20:30:00+08:00", "2026-11-21T20:30:00+08:00")
    assert ends["fz-library"] == (None, None), "round the clock has no end that is known"
    assert [each["minutes"] for each in group["venues"]] == sorted(
        (each["minutes"] for each in group["venues"]), reverse=True
    )


def test_open_now_with_and_without_saying_so(ask: Any) -> None:
    for query in ({}, {"at": facts.FROZEN_NOW}):
        answer = ask("/venues/open/", size=100, **query)
        assert {each["code"] for each in answer["groups"]["open"]["venues"]} == set(facts.OPEN_AT_FROZEN_NOW)
        assert answer["unknown"] == facts.UNKNOWN_AT_FROZEN_NOW_COUNT
        assert answer["from"] == facts.FROZEN_NOW
        assert answer["to"] is None


def test_open_in_its_last_seconds(ask: Any) -> None:
    answer = ask("/venues/open/", at="2026-11-21T20:29:30", type="", size=100)
    (venue,) = [each for each in answer["groups"]["open"]["venues"] if each["code"] == "fz-culture"]

    assert venue["minutes"] == 0
    assert venue["until"] == "2026-11-21T20:30:00+08:00"


def test_pages_hold_each_venue_once(ask: Any) -> None:
    codes, address, pages = [], "/venues/open/", 0
    query: dict[str, object] = {"size": 5, "order": "name"}
    while address:
        answer = ask(address, **query)
        codes += [each["code"] for group in answer["groups"].values() for each in group["venues"]]
        address, query = (answer["next"] or "").removeprefix(f"http://testserver{API}"), {}
        pages += 1

    assert sorted(codes) == sorted(facts.OPEN_AT_FROZEN_NOW)
    assert pages == 4


# ---------------------------------------------------------------------------------------------------
# Lists and details


def test_list_holds_every_venue_with_its_state(ask: Any) -> None:
    answer = ask("/venues/", size=100)
    states = {venue["code"]: venue["status"]["state"] for venue in answer["venues"]}

    assert answer["total"] == len(states) == 48
    assert {code for code, state in states.items() if state == "open"} == set(facts.OPEN_AT_FROZEN_NOW)
    assert {code for code, state in states.items() if state == "closed"} == set(facts.CLOSED_AT_FROZEN_NOW)


def test_filters_narrow_the_list(ask: Any) -> None:
    def codes(**query: object) -> set[str]:
        return {venue["code"] for venue in ask("/venues/", size=100, **query)["venues"]}

    assert {"fz-library", "fz-culture"} <= codes(region="350503") < codes(region="350500")
    assert "haijiao" in codes(q="海交馆") | codes(q="海外交通")
    assert codes(admission="low_fee") < codes()
    assert codes(department="culture").isdisjoint(codes(department="sports"))
    assert codes(region="350503", admission="free", type="") <= codes(region="350503")


def test_pages_of_the_list(ask: Any) -> None:
    first = ask("/venues/", size=30, order="name")
    second = ask("/venues/", size=30, order="name", page=2)
    beyond = ask("/venues/", size=30, page=9)

    assert (first["previous"], second["next"]) == (None, None)
    assert first["next"].endswith("?size=30&order=name&page=2")
    assert len({venue["code"] for venue in (*first["venues"], *second["venues"])}) == 48
    assert beyond["venues"] == []


def test_detail_tells_all_facts(ask: Any) -> None:
    venue = ask("/venues/qz-library-donghai/")

    assert venue["status"]["state"] == "open"
    assert {area["key"] for area in venue["areas"]} == {"main", "ground-floor"}
    assert venue["life"]["state"] == "open"
    assert venue["url"].startswith("http://testserver/venues/")
    assert venue["region"]["name"]
    assert venue["notices"]


def test_open_is_no_code(ask: Any) -> None:
    assert "groups" in ask("/venues/open/")


def test_a_venue_that_moved_says_where(ask: Any) -> None:
    venue = _venue("haijiao")
    venue.life, venue.life_since, venue.life_note = Life.MOVED, date(2026, 11, 10), "迁至新馆"
    venue.successor = _venue("guchuan")
    venue.save()

    detail = ask("/venues/haijiao/")
    assert detail["life"] == {
        "state": "moved",
        "since": "2026-11-10",
        "note": "迁至新馆",
        "successor": {
            "code": "guchuan",
            "title": _venue("guchuan").title,
            "url": detail["life"]["successor"]["url"],
        },
    }
    status = ask("/venues/haijiao/status")
    assert status["state"] == detail["status"]["state"] == "closed"
    assert (status["because"]["layer"], status["because"]["rule"], status["next_opens_at"]) == (
        "life",
        "moved",
        None,
    )
    assert ask("/venues/haijiao/status", at="2026-11-08T10:00")["state"] == "open"
    assert ask("/venues/haijiao/status", at="2026-11-08T18:00")["next_opens_at"] is None
    week = ask("/venues/haijiao/intervals", **{"from": "2026-11-09", "to": "2026-11-15"})
    assert [day["status"] for day in week["days"]] == ["closed"] * 7
    assert "haijiao" not in {each["code"] for each in ask("/venues/", size=100)["venues"]}


def test_a_hidden_venue_does_not_exist(ask: Any, refuse: Any) -> None:
    _venue("haijiao").unpublish()
    assert "haijiao" in refuse("/venues/haijiao/", 404)["detail"]
    refuse("/venues/haijiao/status", 404)
    refuse("/venues/haijiao/intervals", 404)

    department = DepartmentPage.objects.ancestor_of(_venue("guchuan")).get()
    PageViewRestriction.objects.create(page=department, restriction_type=PageViewRestriction.LOGIN)
    refuse("/venues/guchuan/", 404)
    codes = {each["code"] for each in ask("/venues/", size=100)["venues"]}
    assert codes
    assert codes.isdisjoint({"haijiao", "guchuan"})


def test_words_are_translated_where_they_are(ask: Any) -> None:
    english = Locale.objects.get(language_code="en")
    page = _venue("haijiao").copy_for_translation(english, copy_parents=True)
    page.get_ancestors().filter(depth__gt=1).update(live=True)
    page.title, page.live = "Maritime Museum", True
    page.save()

    assert ask("/venues/haijiao/", language="en")["title"] == "Maritime Museum"
    assert ask("/venues/haijiao/")["title"] == _venue("haijiao").title
    titles = {each["code"]: each["title"] for each in ask("/venues/", language="en", size=100)["venues"]}
    assert len(titles) == 48
    assert titles["haijiao"] == "Maritime Museum"
    assert titles["guchuan"] == _venue("guchuan").title
    assert "Mondays" in ask("/venues/haijiao/status", language="en", at="2026-11-23T10:00")["because"]["text"]


# ---------------------------------------------------------------------------------------------------
# Refusals


@pytest.mark.parametrize(
    ("path", "query", "parameter", "code"),
    [
        ("/venues/haijiao/status", {"at": "tomorrow"}, "at", "instant"),
        ("/venues/haijiao/status", {"at": "2026-11-21"}, "at", "instant"),
        ("/venues/haijiao/status", {"at": "2026-02-30T10:00"}, "at", "instant"),
        ("/venues/haijiao/status", {"at": "2026-11-21T25:00"}, "at", "instant"),
        ("/venues/haijiao/status", {"at": "2026-11-21T10:00:00+99:00"}, "at", "instant"),
        ("/venues/haijiao/status", {"at": "٢٠٢٦-11-21T10:00"}, "at", "instant"),
        ("/venues/haijiao/status", {"area": "roof"}, "area", "choice"),
        ("/venues/haijiao/intervals", {"from": "2026-13-01"}, "from", "day"),
        ("/venues/haijiao/intervals", {"to": "soon"}, "to", "day"),
        ("/venues/haijiao/intervals", {"from": "1999-01-01"}, "from", "year"),
        ("/venues/", {"region": "999999"}, "region", "unknown"),
        ("/venues/", {"type": "\x00"}, "type", "text"),
        ("/venues/", {"q": "a\x00b"}, "q", "text"),
        ("/venues/", {"q": "长" * 101}, "q", "string_too_long"),
        ("/venues/", {"admission": "cheap"}, "admission", "choice"),
        ("/venues/", {"kind": "late"}, "kind", "choice"),
        ("/venues/", {"order": "random"}, "order", "choice"),
        ("/venues/", {"page": "0"}, "page", "greater_than_equal"),
        ("/venues/", {"page": "9" * 5000}, "page", "int_parsing_size"),
        ("/venues/", {"page": "10" * 20}, "page", "less_than_equal"),
        ("/venues/", {"size": "101"}, "size", "less_than_equal"),
        ("/venues/", {"size": "many"}, "size", "int_parsing"),
        ("/venues/open/", {"department": "nobody"}, "department", "unknown"),
        ("/venues/open/", {"at": facts.FROZEN_NOW, "from": facts.FROZEN_NOW}, "at", "either"),
        ("/venues/open/", {"from": facts.FROZEN_NOW}, "to", "incomplete"),
        ("/venues/open/", {"to": facts.FROZEN_NOW}, "from", "incomplete"),
        ("/venues/open/", {"from": "2026-11-21T21:00", "to": "2026-11-21T19:00"}, "to", "reversed"),
        ("/venues/open/", {"from": "2026-11-21T21:00", "to": "2026-11-21T21:00"}, "to", "reversed"),
        ("/venues/open/", {"minutes": "1441"}, "minutes", "less_than_equal"),
    ],
)
def test_a_mistake_is_named(refuse: Any, path: str, query: dict[str, str], parameter: str, code: str) -> None:
    problem = refuse(path, **query)

    assert [(error["parameter"], error["code"]) for error in problem["errors"]] == [(parameter, code)]
    assert problem["errors"][0]["detail"] != "This is not understood."
    assert "%(" not in problem["detail"]


def test_several_mistakes_are_told_at_once(refuse: Any) -> None:
    problem = refuse("/venues/open/", at="x", page="a", size="0")

    assert {error["parameter"] for error in problem["errors"]} == {"at", "page", "size"}


@pytest.mark.parametrize(
    "query",
    [
        {"at": "2026-11-18T23:59"},
        {"at": "2027-02-18T00:00"},
        {"from": "2026-11-21T19:00", "to": "2036-11-21T19:00"},
        {"from": "2026-11-18T19:00", "to": "2026-11-21T19:00"},
    ],
)
def test_lists_answer_for_the_known_days_only(refuse: Any, query: dict[str, str]) -> None:
    (error,) = refuse("/venues/open/", **query)["errors"]

    assert error["code"] == "outside"
    assert (error["first"], error["last"]) == ("2026-11-19", "2027-02-17")
    assert "2026-11-19" in error["detail"]
    assert "2027-02-17" in error["detail"]


def test_the_last_known_day_is_answered(ask: Any) -> None:
    answer = ask("/venues/open/", **{"from": "2027-02-17T10:00", "to": "2027-02-18T00:00"})

    assert answer["total"]


@pytest.mark.parametrize(
    "path", ["/venues/nowhere/", "/venues/nowhere/status", "/nothing/", "/", "/venues/a/b/c/"]
)
def test_unknown_addresses_are_problem_documents(refuse: Any, path: str) -> None:
    assert refuse(path, 404)["errors"] == []


def test_problems_come_in_the_readers_language(refuse: Any) -> None:
    assert refuse("/venues/", language="en", page="x")["errors"][0]["detail"] == "Write a whole number."
    refuse("/venues/", language="zh-hans", page="x")
    refuse("/venues/", language="zh-hant", page="x")


@pytest.mark.parametrize(
    ("header", "language"), [("", "zh-hans"), ("fr", "zh-hans"), ("en-GB;q=0.9", "en"), ("*", "zh-hans")]
)
def test_unknown_languages_get_the_source_language(
    demo_city: None, client: Client, header: str, language: str
) -> None:
    response = client.get(f"{API}/venues/nowhere/", headers={"Accept-Language": header})

    assert response.headers["Content-Language"] == language


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/venues/", "/venues/haijiao/status", "/openapi.json", "/nothing/"])
def test_nothing_can_be_changed(demo_city: None, method: str, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)(f"{API}{path}")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 405


def test_control_characters_in_an_address(demo_city: None, client: Client) -> None:
    response = client.get(f"{API}/venues/%00/")

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"


# ---------------------------------------------------------------------------------------------------
# Manners


def test_answers_may_be_kept_and_read_from_any_origin(demo_city: None, client: Client) -> None:
    response = client.get(f"{API}/venues/", headers={"Origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, max-age=30"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies

    problem = client.get(f"{API}/venues/?page=x")
    assert problem.headers["Access-Control-Allow-Origin"] == "*"
    assert "Cache-Control" not in problem.headers


def test_head_and_options(demo_city: None, client: Client) -> None:
    head = client.head(f"{API}/venues/haijiao/status")
    assert (head.status_code, head.content) == (200, b"")

    options = client.options(f"{API}/venues/")
    assert options.status_code == 204
    assert options.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_the_openapi_document_is_valid_and_complete(demo_city: None, client: Client) -> None:
    document = client.get(f"{API}/openapi.json").json()
    validate(document)

    assert set(document["paths"]) == {
        f"{API}/venues/",
        f"{API}/venues/open/",
        f"{API}/venues/{{code}}/",
        f"{API}/venues/{{code}}/status",
        f"{API}/venues/{{code}}/intervals",
    }
    for path in document["paths"].values():
        assert set(path) == {"get"}
        operation = path["get"]
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"]
        assert "application/problem+json" in operation["responses"]["422"]["content"]
        for parameter in operation["parameters"]:
            assert parameter.get("description") or parameter["in"] == "path", parameter
    asked = {
        parameter["name"]: parameter
        for parameter in document["paths"][f"{API}/venues/open/"]["get"]["parameters"]
    }
    assert {"at", "from", "to", "minutes", "region", "page", "size", "language"} <= set(asked)
    assert asked["at"]["schema"]["format"] == "date-time"
    assert asked["size"]["schema"]["maximum"] == 100
    assert not any(parameter["required"] for parameter in asked.values())


# ---------------------------------------------------------------------------------------------------
# Cost


def _queries(client: Client, path: str) -> int:
    client.get(f"{API}{path}")  # names and addresses are looked up once
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{API}{path}").status_code == 200
    return len(queries)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("path", "one_venue"),
    [
        ("/venues/", "q=闽台缘"),  # closed by a notice, which has a title to be looked up
        ("/venues/open/", "size=1"),
        ("/venues/open/?from=2026-11-21T19:00&to=2026-11-21T21:00", "size=1"),
    ],
)
def test_lists_cost_the_same_for_one_venue_and_for_all(
    demo_city: None, client: Client, path: str, one_venue: str, language: str
) -> None:
    path += f"{'&' if '?' in path else '?'}language={language}&"
    one, every = (_queries(client, path + venues) for venues in (one_venue, "size=100"))

    assert one == every
    assert one <= 16


@pytest.mark.parametrize(
    "path",
    ["/", "/status", "/status?at=2022-01-31T10:00", "/intervals", "/intervals?from=2026-01-01&to=2026-12-31"],
)
def test_a_venue_costs_the_same_whatever_its_rules(demo_city: None, client: Client, path: str) -> None:
    plain, rich = (_queries(client, f"/venues/{code}{path}") for code in ("chenyankui", "qz-art-centre"))

    assert plain == rich
    assert plain <= 40


# ---------------------------------------------------------------------------------------------------
# Anything at all

WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "0", "-1", "1", "100", "1e3", "None", "NaN", "9" * 30, "%", "\x00", "'", "free", "350503", "en"]
    ),
    st.datetimes().map(datetime.isoformat),
    st.datetimes(min_value=datetime(2026, 11, 19), max_value=datetime(2027, 2, 17)).map(datetime.isoformat),  # noqa: DTZ001
    st.dates().map(date.isoformat),
)
FILTERS = [*selectors.FACETS, "q", "order", "page", "size", "language"]
NAMES = st.sampled_from(["at", "from", "to", "minutes", "area", *FILTERS])
PATHS = st.sampled_from(
    [
        "/venues/",
        "/venues/open/",
        "/venues/fz-library/",
        "/venues/fz-library/status",
        "/venues/fz-library/intervals",
    ]
)


@given(path=PATHS, query=st.lists(st.tuples(NAMES, WORDS), max_size=5))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_breaks_it(demo_city: None, path: str, query: list[tuple[str, str]]) -> None:
    response = Client(raise_request_exception=True).get(f"{API}{path}?{urlencode(query)}")

    assert response.status_code in (200, 422)
    assert response.json()


@given(path=st.text(max_size=40))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_breaks_it(demo_city: None, path: str) -> None:
    response = Client(raise_request_exception=True).get(f"{API}/venues/{urlencode({'': path})[1:]}/")

    assert response.status_code in (200, 301, 400, 404)
