"""Word files come in without loss: numbers that Word counted, tables in tables, joint issues, what was changed."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import pytest
from django.utils.translation import override
from docx.oxml import parse_xml

from policies.blocks import PolicyBodyBlock
from policies.enums import Disclosure, DocumentKind
from policies.importing import ImportedDocument, read_docx
from tests.policies import import_samples as samples
from tests.policies.import_samples import W_NS


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Messages are compared in the language of their source."""
    with override("en"):
        yield


def outline(found: ImportedDocument) -> list[str]:
    """Return the body in short: kind, number and the text of each block."""
    lines = []
    for block in found.body:
        value = block["value"]
        match block["type"]:
            case "section":
                lines.append(f"{value['level']} {value['number']}|{value['title']}")
            case "clause":
                lines.append(f"clause {value['number']}|{value['text']}")
            case "table":
                lines.append(f"table {value['caption']}")
            case kind:
                lines.append(f"{kind} {value}")
    return lines


def words(found: ImportedDocument) -> str:
    """Return all words of the body, without spaces."""
    stream = PolicyBodyBlock().to_python(found.body)
    text = "".join(
        str(piece) for child in stream for piece in child.block.get_searchable_content(child.value)
    )
    return re.sub(r"\s", "", text)


def rows(table: dict[str, Any]) -> list[list[tuple[str, int, int]]]:
    return [
        [
            (cell["value"]["text"], cell["value"]["colspan"], cell["value"]["rowspan"])
            for cell in row["value"]["cells"]
        ]
        for row in table["value"]["rows"]
    ]


@pytest.fixture(scope="module")
def joint() -> ImportedDocument:
    return read_docx(samples.joint_opinion())


def test_a_joint_issue_gives_its_facts(joint: ImportedDocument) -> None:
    assert joint.title == (
        "晴川市文化和旅游局 晴川市教育局 共青团晴川市委关于暑期错时开放公共文化设施的实施意见"
    )
    assert joint.issuers == ["晴川市文化和旅游局", "晴川市教育局", "共青团晴川市委"]
    assert joint.number == "晴文旅规〔2026〕7号"
    assert joint.document_kind == DocumentKind.OPINION
    assert joint.addressees == "各县（市、区）文化和旅游局、教育局、团委，局属各单位"
    assert (joint.written_on, joint.effective_on, joint.valid_until) == (
        date(2026, 6, 18),
        date(2026, 7, 1),
        date(2031, 6, 30),
    )
    assert joint.interpreted_by == "晴川市文化和旅游局"
    assert joint.remark == "此件主动公开"
    assert joint.disclosure == Disclosure.VOLUNTARY
    assert "抄送：市人大常委会办公室、市政协办公室。" in joint.taken


def test_what_word_counted_is_text(joint: ImportedDocument) -> None:
    assert outline(joint) == [
        "paragraph <p>为方便学生在假期使用公共文化设施，现提出如下意见。</p>",
        "first 一、|总体要求",
        "second （一）|基本原则",
        "paragraph <p>坚持公益、便利、安全。</p>",
        "clause （二）|<p>主要目标。到2027年底，全部公共图书馆实行错时开放。</p>",
        "first 二、|重点任务",
        "second （一）|开放时间",
        "clause 1．|<p>周末开放时间不少于八小时；</p>",
        "clause 2．|<p>夜间开放不早于二十时闭馆：</p>",
        "clause （1）|<p>中心馆每周不少于三晚；</p>",
        "clause （2）|<p>分馆每周不少于一晚。</p>",
        "table 表1　各类设施开放时间",
        "first 三、|附则",
        "paragraph <p>本意见由晴川市文化和旅游局负责解释，自2026年7月1日起施行，有效期至2031年6月30日。</p>",
    ]


def test_a_table_keeps_its_merged_cells_and_the_table_inside_it(joint: ImportedDocument) -> None:
    table = next(block for block in joint.body if block["type"] == "table")
    assert table["value"]["header_rows"] == 2
    assert rows(table) == [
        [("设施", 1, 2), ("开放时间", 2, 1)],
        [("平日", 1, 1), ("周末", 1, 1)],
        [("图书馆", 1, 1), ("9:00—21:00", 1, 1), ("9:00—18:00", 1, 1)],
        [("文化馆", 1, 1), ("", 1, 1), ("", 1, 1)],
    ]
    inner = table["value"]["rows"][3]["value"]["cells"][1]["value"]["tables"][0]
    assert [[text for text, __, ___ in row] for row in rows(inner)] == [
        ["厅室", "时间"],
        ["舞蹈室", "14:00—20:00"],
    ]
    assert [caution.block for caution in joint.cautions] == [joint.body.index(table)]


@pytest.mark.parametrize("sample", [samples.joint_opinion, samples.rules, samples.site_notice])
def test_the_body_can_be_saved_as_it_is(sample: Any) -> None:
    block = PolicyBodyBlock()
    block.clean(block.to_python(read_docx(sample()).body))


def test_articles_hold_their_paragraphs(joint: ImportedDocument) -> None:
    found = read_docx(samples.rules())
    assert found.title == "晴川市公共体育场馆开放管理办法（试行）"
    assert (found.written_on, found.effective_on, found.valid_until) == (
        date(2026, 3, 5),
        date(2026, 5, 1),
        date(2029, 4, 30),
    )
    assert outline(found)[:4] == [
        "paragraph <p>（2026年3月5日市人民政府第12次常务会议通过）</p>",
        "chapter 第一章|总则",
        "clause 第一条|<p>为了规范公共体育场馆的开放，制定本办法。</p>",
        "clause 第二条|<p>公共体育场馆应当向公众开放。国家法定节假日应当延长开放时间。</p>"
        "<p>学校体育场馆按照有关规定开放。</p>",
    ]
    assert "节假日闭馆" not in words(found)
    assert '<a href="https://www.example.gov.cn/open">公开专栏</a>' in outline(found)[9]
    assert '<a href="mailto:office@example.gov.cn">询问</a>' in outline(found)[9]
    assert outline(found)[5].startswith("clause 第三条|<p>有下列情形之一的，可以临时停止开放：［1］")
    assert outline(found)[-1] == "paragraph <p>［1］参见《公共文化体育设施条例》。</p>"
    told = " ".join(caution.text for caution in found.cautions)
    for part in ("tracked changes", "Footnotes", "No issuer", "No document number"):
        assert part in told


def test_fields_of_a_site_and_styles_are_understood() -> None:
    found = read_docx(samples.site_notice())
    assert (found.index_number, found.number) == ("QC00100-02-2026-00031", "晴文旅〔2026〕44号")
    assert (found.issuers, found.written_on) == (["晴川市文化和旅游局"], date(2026, 9, 1))
    assert found.title == "关于做好国庆期间文化场馆开放工作的通知"
    assert outline(found) == [
        "first 一、|开放安排",
        "paragraph <p>10月1日至8日正常开放。</p>",
        "second |服务要求",
        "paragraph <ul><li>设置咨询台；</li><li>公布电话 &amp; 预约方式。</li></ul>",
        "paragraph <p>咨询时间：每日9时至17时</p><p>请在入口处张贴公告。</p>",
        "paragraph <p>联系人见附件。</p>",
        "part |附件1",
        "paragraph <p>开放场馆名单</p>",
    ]
    assert [(caution.block, caution.text.split(":")[0]) for caution in found.cautions] == [
        (4, "This text stood in a box"),
        (5, "A picture stands here. Add it with a description."),
    ]
    assert "晴川市人民政府公报" in found.taken


def test_a_list_goes_on_and_another_one_begins_anew() -> None:
    document = docx.Document()
    first, second = samples.numbered(document), samples.numbered(document, number=71)
    for text, number in (("甲。", first), ("乙。", first), ("丙。", second), ("丁。", first)):
        samples.counted(document, text, number, 1)
    found = read_docx(samples.saved(document))
    assert [block["value"]["number"] for block in found.body] == ["（一）", "（二）", "（一）", "（三）"]


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("chineseCountingThousand", "第%1条", "第一条"),
        ("decimalEnclosedCircleChinese", "%1", "①"),
        ("decimalFullWidth", "%1．", "１．"),
        ("upperLetter", "%1.", "A."),
    ],
)
def test_words_formats_of_numbers(form: str, text: str, printed: str) -> None:
    document = docx.Document()
    samples.counted(document, "应当开放。", samples.numbered(document, [(form, text)]), 0)
    assert words(read_docx(samples.saved(document))) == f"{printed}应当开放。"


def test_paragraphs_that_were_deleted_are_gone_and_join() -> None:
    document = docx.Document()
    kept = document.add_paragraph("前半句")
    kept._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {W_NS}><w:del w:id='1' w:author='a'/></w:rPr>"))
    document.add_paragraph("后半句。")
    assert outline(read_docx(samples.saved(document))) == ["paragraph <p>前半句后半句。</p>"]


def test_bold_words_stay_bold_and_bold_paragraphs_do_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("重点").bold = True
    paragraph.add_run("是 <开放>。")
    document.add_paragraph().add_run("整段加粗。").bold = True
    assert outline(read_docx(samples.saved(document))) == [
        "paragraph <p><b>重点</b>是 &lt;开放&gt;。</p><p>整段加粗。</p>"
    ]


@pytest.mark.parametrize(
    ("lines", "issuers"),
    [
        (["甲市教育局关于开放的通知"], ["甲市教育局"]),
        (["甲市教育局、甲市体育局关于开放的通知"], ["甲市教育局", "甲市体育局"]),
        (["关于开放的通知", "甲市教育局", "2026年1月2日"], ["甲市教育局"]),
        (["关于开放的通知", "正文。"], []),
    ],
)
def test_issuers_are_found_where_they_stand(lines: list[str], issuers: list[str]) -> None:
    assert read_docx(samples.plain_word(*lines, "附件")).issuers == issuers


def test_terms_of_other_things_are_no_terms_of_the_document() -> None:
    found = read_docx(
        samples.plain_word(
            "甲市场馆管理办法",
            "第一条 许可证有效期5年。《旧办法》自2001年1月1日起施行。",
            "第二条 本办法自2026年2月1日起施行。",
        )
    )
    assert (found.effective_on, found.valid_until) == (date(2026, 2, 1), None)


def test_a_document_on_request_is_told_by_its_remark() -> None:
    found = read_docx(samples.plain_word("关于开放的通知", "正文。", "（此件依申请公开）"))
    assert found.disclosure == Disclosure.ON_REQUEST
