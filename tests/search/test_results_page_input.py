"""Whatever is typed into the box: it is text, never code, and it breaks nothing."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.pages import VenuePageFactory
from tests.search.test_results_page import NUMBER, shown, titles
from tests.search.town import Indexed, news, policy

pytestmark = pytest.mark.usefixtures("small_city")


def test_nothing_on_the_page_is_code(client: Client, indexed: Indexed) -> None:
    attack = "<script>alert(1)</script>"
    news(f"夜读{attack}", f"夜读 &lt;script&gt;alert(1)&lt;/script&gt; {'“'}夜读")
    policy(f"夜读{attack}办法", number=NUMBER)
    VenuePageFactory(title=f"夜读{attack}", slug="room")
    indexed()
    for q in ("夜读", f"夜读{attack}", f'"><img src=x onerror=alert(1)> 夜读 {attack}', "script alert"):
        page = shown(client, q, year=attack, kind="'\"><b>")
        # Those of the page are files, or data that no browser runs.
        assert not page.find_all(lambda tag: tag.name == "script" and not tag.get("type") and tag.get_text())
        assert page.select("main script, main img[onerror], main [role=alert] b") == []
        assert page.select_one("#search-q")["value"] == q  # type: ignore[index]
    assert f"夜读{attack}" in titles(shown(client, "夜读"))


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
        "\u202e\u200b\ufeff",
        "🏛️",
        "(((((",
        "*",
        "title:图 AND NOT (",
    ],
    ids=lambda query: repr(query[:12]),
)
def test_no_input_breaks_it(client: Client, query: str) -> None:
    shown(client, query)
    shown(client, "图", kind=query, region=query, year=query, order=query, page=query, open_now=query)


def test_signs_mean_themselves(client: Client, indexed: Indexed) -> None:
    news("图书馆新闻")
    indexed()
    assert titles(shown(client, "%_%")) == []


@pytest.mark.parametrize(
    "query",
    [
        "q=%ff%fe",
        "q=%ED%A0%80",
        "q=图&q=书",
        "q[]=a",
        "q=%25%00",
        "q=图&department=%ED%A0%80",
        "kind=%00&page=%ED%A0%80",
        "q=图&page=-1",
        "q=图&page=0",
        "q=图&page=" + "9" * 5000,
    ],
    ids=lambda query: query[:24],
)
def test_broken_addresses_are_read_as_well_as_can_be(client: Client, query: str) -> None:
    assert client.get(f"/search/?{query}").status_code == 200


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_text_can_be_asked(small_city: None, client: Client, query: str) -> None:
    assert client.get(f"/search/?q={quote(query)}").status_code == 200


def test_the_box_of_a_missing_page_leads_here(client: Client, indexed: Indexed) -> None:
    news("图书馆新闻")
    indexed()
    page = BeautifulSoup(client.get("/nowhere/at-all/").content, "html.parser")
    box = page.select_one("main .question-box")
    assert box
    assert titles(BeautifulSoup(client.get(str(box["action"]), {"q": "图书馆"}).content, "html.parser"))
