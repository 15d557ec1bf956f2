"""One box for everything: it finds what holds all words, and no input breaks it."""

from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.models import PolicyPage
from venues.models import OpeningNoticePage


def found(client: Client, query: str) -> Any:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return response


def test_venues_are_found_by_all_their_words(demo_city: None, client: Client) -> None:
    titles = {card.title for card in found(client, "图书馆 丰泽").context["cards"]}
    assert titles
    assert found(client, "图书馆").context["total"] > len(titles)
    assert found(client, "丰泽 图书馆").context["total"] == found(client, "图书馆 丰泽").context["total"]


def test_policies_and_notices_are_found(demo_city: None, client: Client) -> None:
    for page in (PolicyPage.objects.first(), OpeningNoticePage.objects.filter(live=True).first()):
        content = found(client, page.title[:20]).content.decode()
        assert page.get_url() in content


def test_what_is_not_there_is_said_kindly(demo_city: None, client: Client) -> None:
    response = found(client, "qwertz")
    assert response.context["total"] == 0
    assert BeautifulSoup(response.content, "html.parser").select_one(".empty-state")


def test_an_empty_question_asks_nothing(demo_city: None, client: Client) -> None:
    assert client.get("/search/").status_code == 200
    assert found(client, "   ").context["query"] == ""


@pytest.mark.parametrize(
    "query",
    [
        "\0",
        "图书馆\0",
        "x" * 100_000,
        "图 " * 50_000,
        "'; DROP TABLE venues_venuepage; --",
        '"图书馆"',
        "%",
        "_",
        "\\",
        "<script>alert(1)</script>",
        "\u202e\u200b\ufeff",
        "🏛️",
        "(((((",
        "*",
    ],
    ids=lambda query: repr(query[:12]),
)
def test_no_input_breaks_it(demo_city: None, client: Client, query: str) -> None:
    response = found(client, query)
    assert "<script>alert" not in response.content.decode()


def test_signs_mean_themselves(demo_city: None, client: Client) -> None:
    assert found(client, "%_%").context["total"] == 0


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%ED%A0%80", "q=图&q=书", "q[]=a", "q=%25%00"])
def test_broken_addresses_are_read_as_well_as_can_be(demo_city: None, client: Client, query: str) -> None:
    assert client.get(f"/search/?{query}").status_code == 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_text_can_be_asked(demo_city: None, client: Client, query: str) -> None:
    assert client.get(f"/search/?q={quote(query)}").status_code == 200
