"""PDF files give paragraphs, levels, numbers, dates and issuers; tables are marked for the editor."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils.translation import override

from policies.enums import DocumentKind
from policies.importing import ImportedDocument, Unreadable, read_pdf
from tests.policies import pdf_samples as samples
from tests.policies.test_importing_word import outline


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Messages are compared in the language of their source."""
    with override("en"):
        yield


@pytest.fixture(scope="module")
def joint() -> ImportedDocument:
    return read_pdf(samples.joint_notice())


def test_a_joint_notice_gives_its_facts(joint: ImportedDocument) -> None:
    assert joint.title == "晴川市文化和旅游局 晴川市体育局关于做好文体设施冬季开放工作的通知"
    assert joint.issuers == ["晴川市文化和旅游局", "晴川市体育局"]
    assert joint.number == "晴文旅规〔2026〕9号"
    assert joint.document_kind == DocumentKind.NOTICE
    assert joint.addressees == "各县（市、区）文化和旅游局、体育局，市直各文化体育场馆，各有关单位"
    assert (joint.written_on, joint.effective_on, joint.valid_until) == (
        date(2026, 11, 12),
        date(2026, 11, 12),
        date(2028, 12, 31),
    )
    assert (joint.interpreted_by, joint.remark) == ("晴川市文化和旅游局", "此件主动公开")
    assert joint.cautions == []


def test_lines_become_paragraphs_over_lines_and_pages(joint: ImportedDocument) -> None:
    assert outline(joint) == [
        "paragraph <p>为满足群众冬季文化体育需求，保障公共文化体育设施安全、有序、便利开放，现就有关事项通知如下，"
        "请结合实际认真贯彻落实。</p>",
        "first 一、|总体安排",
        "clause （一）|<p>开放时间。公共图书馆、文化馆、体育馆每日开放不少于八小时，周末和法定节假日照常开放，"
        "不得以任何理由缩短。</p>",
        "clause （二）|<p>重点任务。</p>",
        "clause 1.|<p>制定冬季开放方案，并在十二月一日前报送备案；</p>",
        "clause 2.|<p>做好取暖、照明和应急保障，及时公布临时停止开放的信息，方便群众安排出行，避免群众往返。</p>",
        "first 二、|工作要求",
        "paragraph <p>各单位要明确专人负责。本通知自印发之日起施行，有效期至2028年12月31日，"
        "由晴川市文化和旅游局负责解释。</p>",
    ]


def test_articles_over_pages_without_what_stands_on_each_page() -> None:
    found = read_pdf(samples.measures())
    assert found.title == "晴川市图书馆总分馆管理办法"
    assert found.number == "晴政规〔2025〕2号"
    assert found.effective_on == date(2025, 7, 1)
    numbers = [block["value"]["number"] for block in found.body]
    assert numbers == (
        ["第一章", "第一条", "第二条", "第三条", "第四条", "第二章"]
        + [number for article in "五六七八" for number in (f"第{article}条", "（一）", "（二）")]
        + ["第九条"]
    )
    assert not any("—" in line or "规范性文件" in line for line in outline(found))
    assert found.taken[-1] == "晴川市人民政府行政规范性文件"


def test_a_table_is_marked_where_it_stands() -> None:
    found = read_pdf(samples.with_table())
    assert (found.issuers, found.document_kind) == (["晴川市教育局"], DocumentKind.LETTER)
    assert [caution.block for caution in found.cautions] == [1, 2]
    assert outline(found)[1] == (
        "paragraph <p>学校　时段　电话</p><p>第一中学　周末　见门口</p><p>第二中学　每晚　见门口</p>"
        "<p>实验小学　寒暑假　见门口</p>"
    )
    assert outline(found)[2] == "paragraph <p>请各校做好安全管理。</p>"


def test_a_page_that_is_a_picture_among_others_is_named() -> None:
    writer = samples.Writer()
    writer.centred("晴川市教育局关于开放场地的通知", 22)
    for _ in range(3):
        writer.paragraph("各校应当在周末开放体育场地，并在校门口公布时间，安排人员值守，保障安全。")
    writer.pages.append([])
    found = read_pdf(writer.content())
    assert any("page 2" in caution.text for caution in found.cautions)


def test_a_scan_is_not_taken() -> None:
    with pytest.raises(Unreadable, match="pictures of pages"):
        read_pdf(samples.scan())
