"""A document's page: what holds of it stands at the top, its facts and parts below, and nothing hidden is told."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from openness.departments.models import AudienceGroup, Department
from openness.media.models import Document
from policies.models import (
    InterpretationPage,
    PolicyAttachment,
    PolicyBenefit,
    PolicyIssuer,
    PolicyPage,
    PolicyRelation,
)
from tests.policies.documents import found_library, policy
from tests.venues.editors import NOW, City, notice

BODY = [
    ("section", {"number": "一、", "title": "总体要求", "level": "first"}),
    ("paragraph", "<p>坚持共享。</p>"),
    ("section", {"number": "二、", "title": "主要任务", "level": "first"}),
    ("section", {"number": "（一）", "title": "免费开放", "level": "second"}),
    ("clause", {"number": "1.", "text": "<p>公布开放时间。</p>"}),
    ("section", {"number": "三、", "title": "保障", "level": "first"}),
]


@pytest.fixture
def city(db: None, settings: Any) -> City:
    settings.OPENNESS_FROZEN_NOW = NOW
    return found_library()


def publish(city: City, title: str = "开放办法", **fields: Any) -> PolicyPage:
    rows = {name: fields.pop(name) for name in ("relations", "benefits", "attachments") if name in fields}
    given = {"written_on": date(2024, 5, 6), "effective_on": date(2024, 6, 1), "body": BODY, **fields}
    page = policy(city, title, live=False, **given)
    page.issuers = [
        PolicyIssuer(department=Department.objects.get(code="culture"), sort_order=0),
        PolicyIssuer(department=Department.objects.get(code="union"), sort_order=1),
    ]
    for name, of_kind in rows.items():
        setattr(page, name, of_kind)
    page.save_revision().publish()
    return PolicyPage.objects.get(pk=page.pk)


def shown(client: Client, page: PolicyPage) -> Any:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response


def facts(response: Any) -> dict[str, tuple[str, ...]]:
    return {fact.label: fact.values for fact in response.context["facts"]}


# ---------------------------------------------------------------------------------------------------
# The facts and the text


def test_all_that_identifies_a_document_is_told_in_its_order(city: City, client: Client) -> None:
    page = publish(
        city,
        number="泉政规〔2024〕3号",
        first_public_at=datetime(2024, 5, 7, 1, 30, tzinfo=UTC),
        valid_until=date(2029, 5, 31),
        interpreted_by="市文旅局",
        addressees="各县（市、区）人民政府",
        remark="此件主动公开",
    )
    values = [fact.values for fact in shown(client, page).context["facts"]]
    assert values[0] == ("市文旅局", "市总工会")
    assert values[1] == ("泉政规〔2024〕3号",)
    for expected in ("2024年5月6日", "2024-05-07 09:30", "2024年6月1日", "2029年5月31日", "市文旅局"):
        assert (expected,) in values
    assert values[-1] == ("此件主动公开",)


def test_what_is_not_known_has_no_line(city: City, client: Client) -> None:
    full = publish(city, "全的", valid_until=date(2029, 5, 31), remark="此件主动公开")
    bare = publish(city, "简的", effective_on=None)
    assert len(facts(shown(client, full))) == len(facts(shown(client, bare))) + 3


def test_the_contents_lead_to_the_parts(city: City, client: Client) -> None:
    response = shown(client, publish(city))
    entries = [(entry.label, entry.depth) for entry in response.context["contents"]]
    assert entries == [("一、总体要求", 1), ("二、主要任务", 1), ("（一）免费开放", 2), ("三、保障", 1)]
    content = response.content.decode()
    for entry in response.context["contents"]:
        assert content.count(f'id="{entry.anchor}"') == 1
        assert f'<a href="#{entry.anchor}">' in content


def test_each_numbered_part_has_a_link_of_its_own(city: City, client: Client) -> None:
    content = shown(client, publish(city)).content.decode()
    assert content.count('class="permalink') == 5
    for anchor in ("s-1", "s-2", "s-2-1", "s-2-1-1", "s-3"):
        assert f'class="permalink no-print" href="#{anchor}"' in content


def test_the_link_of_a_part_is_named_after_it(city: City, client: Client) -> None:
    body = [("section", {"number": "", "title": "部门共治", "level": "first"}), *BODY]
    page = BeautifulSoup(shown(client, publish(city, body=body)).content, "html.parser")
    names = [link["aria-label"] for link in page.select("a.permalink")]
    assert len(names) == len(set(names)) == 6
    assert "部门共治" in names[0]


def test_a_text_without_headings_is_listed_by_its_articles(city: City, client: Client) -> None:
    articles = [
        ("clause", {"number": f"第{number}条", "text": f"<p>内容<b>很</b>长{'长' * 40}</p>"})
        for number in "一二三"
    ]
    entries = shown(client, publish(city, body=articles)).context["contents"]
    assert [entry.anchor for entry in entries] == ["art-1", "art-2", "art-3"]
    assert entries[0].label.startswith("第一条 内容很长")
    assert len(entries[0].label) < 32
    assert shown(client, publish(city, "短的", body=articles[:2])).context["contents"] == []


def test_files_are_offered_with_type_and_size(city: City, client: Client) -> None:
    def file(title: str) -> Document:
        document = Document(title=title, file=ContentFile("名单".encode() * 400, name="a.txt"))
        document.save()
        return document

    page = publish(
        city,
        signed_original=file("签署件"),
        attachments=[PolicyAttachment(document=file("a.txt"), title="附件一")],
    )
    response = shown(client, page)
    original, (attachment,) = response.context["signed_original"], response.context["attachments"]
    assert (original.title, attachment.title) == ("签署件", "附件一")
    assert attachment.type_label == "TXT"
    assert "2.3" in attachment.size_label
    assert attachment.url in response.content.decode()


def test_benefits_lead_to_where_the_document_says_so(city: City, client: Client) -> None:
    group = AudienceGroup.objects.create(code="pupils", name="学生", locale=Locale.get_default())
    page = publish(
        city,
        benefits=[PolicyBenefit(audience=group, grants="免费", proof_required="学生证", anchor="二、")],
    )
    (benefit,) = shown(client, page).context["benefits"]
    assert (benefit.audience, benefit.grants, benefit.anchor) == ("学生", "免费", "s-2")


# ---------------------------------------------------------------------------------------------------
# What holds of it


@pytest.mark.parametrize(
    ("fields", "level", "state"),
    [
        ({"effective_on": date(2027, 1, 1)}, "info", "not_yet"),
        ({"valid_until": date(2025, 12, 31)}, "caution", "awaiting_clearance"),
    ],
)
def test_a_document_by_its_dates(
    city: City, client: Client, fields: dict[str, Any], level: str, state: str
) -> None:
    page = publish(city, **fields)
    response = shown(client, page)
    assert response.context["banner"].level == level
    assert page.entry.validity == state
    content = response.content.decode()
    assert content.index("policy-banner") < content.index("<h1")


def test_a_document_in_force_has_no_banner(city: City, client: Client) -> None:
    response = shown(client, publish(city))
    assert response.context["banner"] is None
    assert "policy-banner--" not in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "level"),
    [("amends", "info"), ("partly_repeals", "caution"), ("repeals", "ended"), ("replaces", "ended")],
)
def test_a_later_document_changes_it(city: City, client: Client, kind: str, level: str) -> None:
    old = publish(city, "旧办法")
    new = publish(
        city,
        "新办法",
        written_on=date(2026, 1, 1),
        effective_on=date(2026, 2, 1),
        relations=[PolicyRelation(kind=kind, target=old)],
    )
    response = shown(client, old)
    banner = response.context["banner"]
    assert banner.level == level
    assert "2026年2月1日" in banner.text
    told = banner.successor or banner.because
    assert (told.title, told.url) == ("新办法", new.get_url())
    assert (banner.successor is not None) == (kind == "replaces")
    # Named once at the top, and once among the relations, on both sides.
    assert response.context["relations"][0].items[0].title == "新办法"
    assert shown(client, new).context["relations"][0].items[0].title == "旧办法"


def test_a_hidden_page_is_told_nowhere(city: City, client: Client) -> None:
    page = publish(city)
    draft = policy(city, "未发布的办法", live=False)
    draft.relations = [PolicyRelation(kind="repeals", target=page)]
    draft.save_revision()
    city.culture.add_child(
        instance=InterpretationPage(title="未发布的解读", policy=page, live=False, locale=page.locale)
    )
    notice(city.culture, city.library, title="撤下的公告", policy=page).unpublish()
    response = shown(client, page)
    assert response.context["banner"] is None
    for hidden in ("未发布的办法", "未发布的解读", "撤下的公告"):
        assert hidden not in response.content.decode()


def test_what_rests_on_it_is_listed(city: City, client: Client) -> None:
    page = publish(city)
    resting = notice(city.culture, city.library, title="按办法闭馆", policy=page)
    parent = type(city.culture).objects.get(pk=city.culture.pk)
    interpretation = parent.add_child(
        instance=InterpretationPage(title="一图读懂", policy=page, form="picture", locale=page.locale)
    )
    response = shown(client, page)
    (section,) = response.context["beside"]
    assert [row.title for row in section.rows] == ["按办法闭馆"]
    content = response.content.decode()
    assert f'href="{resting.get_url()}"' in content
    assert f'href="{interpretation.get_url()}"' in content


def test_the_number_of_queries_does_not_grow_with_the_text_and_the_relations(
    city: City, client: Client
) -> None:
    def queries(page: PolicyPage) -> int:
        shown(client, page)
        with CaptureQueriesContext(connection) as captured:
            shown(client, page)
        return len(captured)

    def with_relations(title: str, number: int) -> PolicyPage:
        others = [publish(city, f"{title}依据{each}", written_on=date(2020, 1, 1)) for each in range(number)]
        relations = [PolicyRelation(kind="based_on", target=each) for each in others]
        return publish(city, title, body=BODY * number, relations=relations)

    assert queries(with_relations("多", 4)) == queries(with_relations("少", 1))
