"""Its manners, its document, its cost, and that no question breaks it."""

from datetime import date, datetime
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

from venues import selectors

API = "/api/v1"


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
