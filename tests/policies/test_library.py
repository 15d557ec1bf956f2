"""The library: what is found, what the filters count, in which order, and that nothing hidden is among it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction

from openness.departments.models import Department, Region, Topic
from policies.models import PolicyIndexPage, PolicyIssuer, PolicyPage, PolicyRelation, PolicyTopic
from policies.presentation import library
from policies.questions import LibraryQuestion
from policies.selectors import facet_counts, matching_entries
from tests.policies.documents import policy
from tests.policies.offices import Offices, found_offices
from tests.venues.editors import NOW


@pytest.fixture
def city(db: None, settings: Any) -> Iterator[Offices]:
    settings.OPENNESS_FROZEN_NOW = NOW
    with translation.override("en"):
        yield found_offices()


def document(
    city: Offices, title: str, *issuers: str, topics: tuple[str, ...] = (), **fields: Any
) -> PolicyPage:
    """Publish a document of some issuers: codes of departments, or names."""
    given = {
        "written_on": date(2024, 5, 6),
        "first_public_at": datetime(2024, 5, 7, tzinfo=UTC),
        **fields,
    }
    page = policy(city, title, live=False, **given)
    departments = {each.code: each for each in Department.objects.all()}
    page.issuers = [
        PolicyIssuer(
            department=departments.get(issuer),
            name="" if issuer in departments else issuer,
            sort_order=position,
        )
        for position, issuer in enumerate(issuers or ("culture",))
    ]
    page.topics = [
        PolicyTopic(topic=Topic.objects.get(code=code), sort_order=position)
        for position, code in enumerate(topics)
    ]
    page.save_revision().publish()
    return PolicyPage.objects.get(pk=page.pk)


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/policies/{query}")
    assert response.status_code == 200
    return [row.title for row in response.context["rows"]]


def counts(name: str, **question: str) -> dict[str, int]:
    locale = Locale.get_default()
    return dict(facet_counts(LibraryQuestion(**question), locale=locale, names=[name])[name])


# ---------------------------------------------------------------------------------------------------
# Order


def test_what_is_no_longer_in_force_comes_last(city: Offices, client: Client) -> None:
    old = document(city, "旧办法", first_public_at=datetime(2026, 1, 1, tzinfo=UTC))
    new = document(
        city, "新办法", written_on=date(2025, 1, 1), first_public_at=datetime(2025, 1, 2, tzinfo=UTC)
    )
    document(
        city, "较早的通知", first_public_at=datetime(2020, 1, 1, tzinfo=UTC), written_on=date(2020, 1, 1)
    )
    assert titles(client) == ["旧办法", "新办法", "较早的通知"]
    new.relations = [PolicyRelation(kind="replaces", target=old)]
    new.save_revision().publish()
    assert titles(client) == ["新办法", "较早的通知", "旧办法"]
    content = client.get("/policies/").content.decode()
    assert content.count("validity--replaced") == 1


def test_the_other_orders_are_those_of_dates_and_numbers(city: Offices, client: Client) -> None:
    document(city, "十二号", number="泉政规〔2022〕12号", written_on=date(2022, 9, 1))
    document(city, "三号", number="泉政规〔2022〕3号", written_on=date(2023, 1, 1))
    document(city, "无号", written_on=None)
    assert titles(client, "?order=number") == ["三号", "十二号", "无号"]
    assert titles(client, "?order=written") == ["三号", "十二号", "无号"]
    PolicyPage.objects.get(title="十二号")
    page = PolicyPage.objects.get(title="十二号")
    page.written_on = date(2024, 1, 1)
    page.save_revision().publish()
    assert titles(client, "?order=written") == ["十二号", "三号", "无号"]


# ---------------------------------------------------------------------------------------------------
# Filters


def test_a_joint_issue_counts_for_each_of_its_issuers(city: Offices, client: Client) -> None:
    document(city, "联合通知", "culture", "union")
    document(city, "单发通知", "culture")
    document(city, "市府文件", "泉州市人民政府")
    assert counts("issuer") == {"culture": 2, "union": 1, "泉州市人民政府": 1}
    assert sorted(titles(client, "?issuer=culture")) == ["单发通知", "联合通知"]
    assert titles(client, "?issuer=union") == ["联合通知"]
    assert titles(client, "?issuer=泉州市人民政府") == ["市府文件"]


def test_a_name_that_is_a_departments_counts_as_the_department(city: Offices, client: Client) -> None:
    document(city, "甲", "union")
    document(city, "乙", "市总工会")
    assert counts("issuer") == {"union": 2}
    assert sorted(titles(client, "?issuer=union")) == ["乙", "甲"]


def test_a_topic_holds_those_below_it_and_counts_a_document_once(city: Offices, client: Client) -> None:
    locale = Locale.get_default()
    for code, parent in (("opening", ""), ("free", "opening"), ("late", "opening"), ("reading", "")):
        Topic.objects.create(code=code, name=code, parent_code=parent, locale=locale)
    document(city, "甲", topics=("free", "late"))
    document(city, "乙", topics=("late",))
    document(city, "丙", topics=("reading",))
    assert counts("topic") == {"opening": 2, "free": 1, "late": 2, "reading": 1}
    assert sorted(titles(client, "?topic=opening")) == ["乙", "甲"]


def test_year_kind_validity_region_and_category_are_filters(city: Offices, client: Client) -> None:
    county = Region.objects.create(
        code="350502", name="鲤城区", level="county", parent_code="350500", locale=Locale.get_default()
    )
    document(city, "甲", document_kind="opinion", catalogue_category="03")
    document(city, "乙", written_on=date(2020, 1, 1), valid_until=date(2025, 1, 1))
    Department.objects.filter(code="culture").update(region=county)
    document(city, "丙")
    assert counts("year") == {"2024": 2, "2020": 1}
    assert counts("kind") == {"opinion": 1, "notice": 2}
    assert counts("validity") == {"in_force": 2, "awaiting_clearance": 1}
    assert counts("category") == {"02": 2, "03": 1}
    assert counts("region") == {"350500": 3, "350502": 1}
    assert titles(client, "?year=2020") == titles(client, "?validity=awaiting_clearance") == ["乙"]
    assert titles(client, "?kind=opinion") == titles(client, "?category=03") == ["甲"]
    assert titles(client, "?region=350502") == ["丙"]
    assert len(titles(client, "?region=350500")) == 3


def test_a_filter_counts_what_the_others_leave(city: Offices) -> None:
    document(city, "甲", "culture", written_on=date(2024, 1, 1))
    document(city, "乙", "union", written_on=date(2023, 1, 1))
    assert counts("year", issuer="union") == {"2023": 1}
    # Its own choice keeps the other values in sight.
    assert counts("year", year="2024") == {"2023": 1, "2024": 1}
    assert (
        matching_entries(LibraryQuestion(issuer="union", year="2024"), locale=Locale.get_default()).count()
        == 0
    )


def test_words_are_found_in_titles_and_numbers(city: Offices, client: Client) -> None:
    document(city, "关于文化场馆免费开放的通知", number="泉政规〔2022〕3号")
    document(city, "体育场地管理办法", number="泉体〔2022〕13号")
    assert titles(client, "?q=免费开放") == ["关于文化场馆免费开放的通知"]
    assert titles(client, "?q=文化 通知") == ["关于文化场馆免费开放的通知"]
    assert titles(client, "?q=泉体") == ["体育场地管理办法"]
    # A whole number is one number, in whatever brackets it is typed.
    assert titles(client, "?q=泉政规[2022]3号") == ["关于文化场馆免费开放的通知"]
    assert titles(client, "?q=没有") == []


MISTAKES = [
    "year=20x",
    "year=3000",
    "issuer=nobody",
    "issuer=%00",
    "topic=nothing",
    "kind=poem",
    "validity=maybe",
    "region=nowhere",
    "category=99",
    "order=random",
    f"q={'x' * 101}",
    "q=%00",
]


def test_what_cannot_be_understood_is_a_400_with_a_message(city: Offices, client: Client) -> None:
    document(city, "甲")
    for query in MISTAKES:
        response = client.get(f"/policies/?{query}")
        assert response.status_code == 400, query
        assert response.context["errors"], query
        assert 'role="alert"' in response.content.decode()
    for exit_name in ("catalogue/", "feed.atom", "catalogue.csv"):
        assert client.get(f"/policies/{exit_name}?year=20x").status_code == 400
    assert client.get("/policies/feed.atom?year=20x")["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("address", ["/policies/", "/policies/catalogue/"])
def test_a_mistake_leads_to_nowhere_but_back(city: Offices, client: Client, address: str) -> None:
    document(city, "甲")
    page = BeautifulSoup(client.get(f"{address}?validity=maybe").content, "html.parser")
    assert page.select_one("[role=alert]").get_text(strip=True) == "没有“maybe”这一项，请从列表中选择。"
    assert page.select_one("main a.button")["href"] == address
    assert page.select("main .facets") == []
    assert [link["href"] for link in page.select("a[href]") if "maybe" in link["href"]] == []


def test_the_box_takes_no_more_than_can_be_asked(city: Offices, client: Client) -> None:
    page = BeautifulSoup(client.get("/policies/").content, "html.parser")
    longest = int(page.select_one("input[name=q]")["maxlength"])
    assert client.get("/policies/", {"q": "x" * longest}).status_code == 200
    response = client.get("/policies/", {"q": "x" * (longest + 1)})
    assert response.context["errors"] == [f"搜索内容请不超过 {longest} 个字。"]


def test_an_empty_library_says_so_and_so_does_an_empty_answer(city: Offices, client: Client) -> None:
    assert 'href="/admin/"' in client.get("/policies/").content.decode()
    document(city, "甲")
    content = client.get("/policies/?q=没有").content.decode()
    assert "empty-state" in content
    assert "noindex" in content


def test_long_lists_are_paged_and_keep_their_question(
    city: Offices, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "PER_PAGE", 2)
    for number in range(3):
        document(city, f"通知{number}", written_on=date(2024, 1, number + 1))
    response = client.get("/policies/?kind=notice&order=written")
    assert [row.title for row in response.context["rows"]] == ["通知2", "通知1"]
    assert response.context["next_url"] == "/policies/?kind=notice&order=written&page=2"
    assert titles(client, "?kind=notice&order=written&page=2") == ["通知0"]
    # An old address beyond the last page leads to the last page, and nonsense to the first.
    assert titles(client, "?order=written&page=99") == ["通知0"]
    assert titles(client, "?order=written&page=x") == ["通知2", "通知1"]


def test_the_number_of_queries_does_not_grow(city: Offices, client: Client) -> None:
    Topic.objects.create(code="opening", name="opening", locale=Locale.get_default())

    def queries() -> int:
        client.get("/policies/?order=written")  # the names of terms are cached
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/policies/?order=written").status_code == 200
        return len(captured)

    document(city, "通知", "culture", "union", topics=("opening",))
    few = queries()
    for number in range(3):
        document(city, f"通知{number}", "culture", "union", f"某局{number}", topics=("opening",))
    assert queries() == few


# ---------------------------------------------------------------------------------------------------
# Nothing hidden


def everything_said(client: Client, prefix: str = "") -> str:
    """Return all that the library tells, in all its forms."""
    texts = []
    for name in ("", "catalogue/", "feed.atom", "catalogue.csv"):
        response = client.get(f"{prefix}/policies/{name}")
        assert response.status_code == 200
        body = b"".join(response.streaming_content) if response.streaming else response.content
        texts.append(body.decode())
    return "\n".join(texts)


def test_drafts_restricted_and_expired_documents_are_nowhere(city: Offices, client: Client) -> None:
    document(city, "公开的办法")
    policy(city, "草稿办法", live=False).save_revision()
    expired = document(city, "过期的办法")
    PolicyPage.objects.filter(pk=expired.pk).update(expire_at=datetime(2026, 11, 19, tzinfo=UTC))
    restricted = document(city, "受限的办法", "内部机构")
    PageViewRestriction.objects.create(page=restricted.page_ptr, restriction_type="login")
    text = everything_said(client)
    assert "公开的办法" in text
    for hidden in ("草稿办法", "过期的办法", "受限的办法", "内部机构"):
        assert hidden not in text, hidden
    assert counts("issuer") == {"culture": 1}
    PageViewRestriction.objects.create(page=city.culture.page_ptr, restriction_type="login")
    assert "公开的办法" not in everything_said(client)


def test_a_translation_lists_what_is_translated_and_public(city: Offices, client: Client) -> None:
    english, __ = Locale.objects.get_or_create(language_code="en")
    first, second = document(city, "甲办法", number="泉文〔2024〕1号"), document(city, "乙办法")
    library = PolicyIndexPage.objects.get()
    home = Page.objects.get(depth=2).specific
    for page in (home, library):
        page.copy_for_translation(english, copy_parents=True).save_revision().publish()
    for page, title, live in ((first, "Measures A", True), (second, "Measures B", False)):
        copy = page.copy_for_translation(english, copy_parents=True)
        copy.title = title
        revision = copy.save_revision()
        if live:
            revision.publish()
    for page in Page.objects.filter(locale=english, live=False).exclude(title="Measures B").specific():
        page.save_revision().publish()
    text = everything_said(client, "/en")
    assert "Measures A" in text
    assert "Measures B" not in text
    assert "甲办法" not in text
    assert "泉文〔2024〕1号" in text
    assert "Measures A" not in everything_said(client)
    assert titles(client) == ["乙办法", "甲办法"]


def test_a_feed_tells_the_same_question(city: Offices, client: Client) -> None:
    document(city, "联合通知", "culture", "union")
    document(city, "单发通知", "culture")
    text = client.get("/policies/feed.atom?issuer=union").content.decode()
    assert "联合通知" in text
    assert "单发通知" not in text
