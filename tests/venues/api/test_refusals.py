"""Every mistake is named in a problem document."""

from typing import Any

import pytest
from django.test import Client

from tests import facts

API = "/api/v1"


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
