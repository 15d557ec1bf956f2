"""The text of documents: numbers, anchors, headings, tables, translation, and what was stored before."""

import importlib
import json
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StreamValue
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.models import Locale, Revision
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments.extract import extract_segments

from policies.anchors import anchor_of, placed
from policies.blocks import PolicyBodyBlock
from policies.models import PolicyPage
from policies.numbering import Level, in_chinese, leading_number, number_label, number_of
from tests.policies.test_policies import city, policy  # noqa: F401
from tests.venues.editors import City

BODY = PolicyBodyBlock()


def section(number: str, title: str = "标题", level: str = "first") -> tuple[str, Any]:
    return "section", {"number": number, "title": title, "level": level}


def clause(number: str, text: str = "<p>文字。</p>") -> tuple[str, Any]:
    return "clause", {"number": number, "text": text}


def body(*blocks: tuple[str, Any]) -> StreamValue:
    raw = [{"type": kind, "value": value, "id": f"{place:08d}"} for place, (kind, value) in enumerate(blocks)]
    return BODY.to_python(raw)


def cells(*texts: str, **spans: int) -> dict[str, Any]:
    return {"cells": [{"text": text, **spans} for text in texts]}


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals_are_read_as_they_are_written(value: int) -> None:
    assert number_of(in_chinese(value)) == value


@pytest.mark.parametrize(
    ("text", "level", "value", "rest"),
    [
        ("第二十一条　读者可以", Level.ARTICLE, 21, "读者可以"),
        ("第一章总则", Level.CHAPTER, 1, "总则"),
        ("第十条之一 另有", Level.ARTICLE, 10, "另有"),
        ("一、总体要求", Level.FIRST, 1, "总体要求"),
        ("(十二)其他", Level.SECOND, 12, "其他"),
        ("3．建立", Level.THIRD, 3, "建立"),
        ("（4）落实", Level.FOURTH, 4, "落实"),
        ("②公布", Level.FIFTH, 2, "公布"),
    ],
)
def test_numbers_are_read(text: str, level: Level, value: int, rest: str) -> None:
    found = leading_number(text)
    assert found is not None
    assert (found[0].level, found[0].value, found[1]) == (level, value, rest)


@pytest.mark.parametrize(
    "text", ["第三条规定的条件", "2026.11.19", "1.5万平方米", "第一", "二〇二六年", "1,000元"]
)
def test_a_sentence_that_only_looks_like_it_has_no_number(text: str) -> None:
    assert leading_number(text) is None


def test_numbers_are_printed_in_the_readers_language() -> None:
    assert number_label("第二十一条") == "第二十一条"
    with override("en"):
        assert [number_label(text) for text in ("第二十一条", "一、", "（二）", "A-1")] == [
            "Article 21",
            "1.",
            "(2)",
            "A-1",
        ]


def test_anchors_say_the_place_and_headings_skip_no_rank() -> None:
    stream = body(
        section("第一章"),
        section("第一节"),
        clause("第一条"),
        clause("（二）"),
        section("第二章"),
        section("第一节"),
        clause("第二条"),
        section("", "附件1", "part"),
        section("一、"),
        section("（一）"),
        clause("1."),
        ("paragraph", "<p>x</p>"),
        clause("第一条"),
    )
    assert [place.anchor for place in placed(stream)] == [
        "ch-1",
        "ch-1-sec-1",
        "art-1",
        "art-1-2",
        "ch-2",
        "ch-2-sec-1",
        "art-2",
        "b-00000007",
        "s-1",
        "s-1-1",
        "s-1-1-1",
        "",
        "art-1_2",
    ]
    assert [place.heading for place in placed(stream) if place.heading] == [2, 3, 2, 3, 2, 3, 4]
    assert anchor_of(stream, "第二条") == "art-2"
    assert anchor_of(stream, "第九条") == ""


def test_an_anchor_survives_edits_elsewhere() -> None:
    before = body(section("一、"), clause("（一）"), clause("（二）"))
    after = body(
        section("一、", "新标题"),
        ("paragraph", "<p>新增</p>"),
        clause("（一）", "<p>改</p>"),
        clause("（二）"),
    )
    assert [place.anchor for place in placed(before)] == [
        place.anchor for place in placed(after) if place.anchor
    ]


def test_the_number_opens_the_text() -> None:
    stream = body(clause("第一条", "<p>一款</p><p>二款</p>"), section("二、", "<b>要求</b>"))
    html = render_to_string("blocks/policy_body.html", BODY.get_context(stream))
    assert '<p><span class="doc-number">第一条</span>一款</p><p>二款</p>' in html
    assert '<h2 class="doc-heading doc-heading--first" id="s-2">' in html
    assert "&lt;b&gt;要求&lt;/b&gt;" in html


def table(**more: Any) -> dict[str, Any]:
    inner = {"header_rows": 0, "rows": [cells("内")]}
    rows = [
        cells("项目", "时间"),
        {"cells": [{"text": "<i>甲</i>", "tables": [inner]}, {"text": "乙", "colspan": 2}]},
    ]
    return {"caption": "表1", "header_rows": 1, "has_row_headings": True, "rows": rows, **more}


def test_a_table_tells_its_headings() -> None:
    html = render_to_string("blocks/policy_body.html", BODY.get_context(body(("table", table()))))
    assert "<caption>表1</caption>" in html
    assert '<th scope="col">项目</th>' in html
    assert '<th scope="row">&lt;i&gt;甲&lt;/i&gt;</th>' in html
    assert '<td colspan="2">乙</td>' in html
    shown = render_to_string(
        "blocks/policy_body.html", BODY.get_context(body(("table", table(has_row_headings=False))))
    )
    assert shown.count("<table>") == 2


def test_a_table_that_cannot_be_drawn_is_refused() -> None:
    stream = body(("table", table(rows=[cells("甲", rowspan=2)])), section("", ""))
    with pytest.raises(ValidationError) as caught:
        BODY.clean(stream)
    assert set(caught.value.block_errors) == {0, 1}


def test_translators_get_all_words_and_no_number(city: City) -> None:  # noqa: F811
    page = policy(city)
    page.body = body(
        section("一、", "总体要求"),
        clause("（一）", "<p>条文</p>"),
        ("paragraph", "<p>段落</p>"),
        ("table", table()),
    )
    page.save()
    page = PolicyPage.objects.get(pk=page.pk)
    words = {
        segment.string.data
        for segment in extract_segments(page)
        if hasattr(segment, "string") and segment.path.startswith("body")
    }
    assert words == {
        "总体要求",
        "条文",
        "段落",
        "表1",
        "项目",
        "时间",
        "<i>甲</i>".replace("<", "&lt;").replace(">", "&gt;"),
        "内",
        "乙",
    }


def test_a_translation_has_the_same_anchors(city: City) -> None:  # noqa: F811
    page = policy(city)
    page.body = body(section("", "无号", "first"), clause("第三条", "<p>条文</p>"))
    page.save()
    english, __ = Locale.objects.get_or_create(language_code="en")
    for above in page.get_ancestors().filter(depth__gt=1):
        if not above.has_translation(english):
            above.specific.copy_for_translation(english)
    source, __ = TranslationSource.update_or_create_from_instance(PolicyPage.objects.get(pk=page.pk))
    source.create_or_update_translation(english, fallback=True, publish=False)
    translated = PolicyPage.objects.get(translation_key=page.translation_key, locale=english)
    anchors = [place.anchor for place in placed(translated.get_latest_revision_as_object().body)]
    assert anchors == [place.anchor for place in placed(page.body)] == ["b-00000000", "art-3"]


def test_stored_headings_become_sections() -> None:
    operation = importlib.import_module("policies.migrations.0003_body_blocks").HeadingsToSections()
    kept = {"type": "paragraph", "value": "<p>x</p>", "id": "2"}
    found = operation.apply(
        [
            {"type": "heading", "value": "一、 目标", "id": "1"},
            kept,
            {"type": "heading", "value": "附则", "id": "3"},
        ]
    )
    assert found == [
        {"type": "section", "value": {"number": "一、", "title": "目标", "level": "first"}, "id": "1"},
        kept,
        {"type": "section", "value": {"number": "", "title": "附则", "level": "first"}, "id": "3"},
    ]


def test_the_migration_reaches_pages_and_their_revisions(city: City) -> None:  # noqa: F811
    page = policy(city)
    revision = page.save_revision()
    old = json.dumps([{"type": "heading", "value": "（二）附则", "id": "1"}])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_policypage SET body = %s WHERE page_ptr_id = %s", [old, page.pk])
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "body": old})
    migration = importlib.import_module("policies.migrations.0003_body_blocks").Migration
    for operation in migration.operations:
        if isinstance(operation, MigrateStreamData) and operation.model_name == "PolicyPage":
            operation.migrate_stream_data_forward(apps, None)
    for found in (PolicyPage.objects.get(pk=page.pk), Revision.objects.get(pk=revision.pk).as_object()):
        assert [
            (block.block_type, block.id, block.value["number"], block.value["title"]) for block in found.body
        ] == [("section", "1", "（二）", "附则")]
