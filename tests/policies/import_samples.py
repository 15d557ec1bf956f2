"""Word and PDF files for the tests of the import, made from scratch: nothing here was issued by anybody."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W_NS = nsdecls("w")
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# The four levels of GB/T 9704, counted by Word.
LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3．"),
    ("decimal", "（%4）"),
)


def saved(document: Any) -> bytes:
    """Return the bytes of a python-docx document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def numbered(document: Any, levels: Iterable[tuple[str, str]] = LEVELS, number: int = 70) -> int:
    """Add a list that Word counts; return its number."""
    part = document.part.numbering_part.element
    shown = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {W_NS} w:abstractNumId="{number}">{shown}</w:abstractNum>'
    part.insert(0, parse_xml(abstract))
    part.append(parse_xml(f'<w:num {W_NS} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return number


def counted(document: Any, text: str, number: int, level: int) -> Any:
    """Add a paragraph that belongs to a level of a list."""
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W_NS}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def centred(document: Any, text: str, *, is_bold: bool = False) -> Any:
    """Add a line in the middle."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = is_bold
    return paragraph


def joint_opinion() -> bytes:
    """A joint issue of three offices, its levels counted by Word, with a table in a table and merged cells."""
    document = docx.Document()
    for name in ("晴川市文化和旅游局", "晴川市教育局", "共青团晴川市委"):
        centred(document, name)
    centred(document, "文　件")
    centred(document, "晴文旅规〔2026〕7号")
    centred(document, "晴川市文化和旅游局　晴川市教育局　共青团晴川市委", is_bold=True)
    centred(document, "关于暑期错时开放公共文化设施的实施意见", is_bold=True)
    document.add_paragraph("各县（市、区）文化和旅游局、教育局、团委，局属各单位：")
    document.add_paragraph("为方便学生在假期使用公共文化设施，现提出如下意见。")
    number = numbered(document)
    counted(document, "总体要求", number, 0)
    counted(document, "基本原则", number, 1)
    document.add_paragraph("坚持公益、便利、安全。")
    counted(document, "主要目标。到2027年底，全部公共图书馆实行错时开放。", number, 1)
    counted(document, "重点任务", number, 0)
    counted(document, "开放时间", number, 1)
    counted(document, "周末开放时间不少于八小时；", number, 2)
    counted(document, "夜间开放不早于二十时闭馆：", number, 2)
    counted(document, "中心馆每周不少于三晚；", number, 3)
    counted(document, "分馆每周不少于一晚。", number, 3)
    document.add_paragraph("表1　各类设施开放时间")
    _timetable(document)
    counted(document, "附则", number, 0)
    document.add_paragraph(
        "本意见由晴川市文化和旅游局负责解释，自2026年7月1日起施行，有效期至2031年6月30日。"
    )
    document.add_paragraph("晴川市文化和旅游局　　晴川市教育局　　共青团晴川市委")
    document.add_paragraph("二〇二六年六月十八日")
    document.add_paragraph("（此件主动公开）")
    document.add_paragraph("抄送：市人大常委会办公室、市政协办公室。")
    return saved(document)


def _timetable(document: Any) -> None:
    table = document.add_table(rows=4, cols=3)
    for row, texts in zip(
        table.rows,
        (
            ("设施", "开放时间", ""),
            ("", "平日", "周末"),
            ("图书馆", "9:00—21:00", "9:00—18:00"),
            ("文化馆", "", ""),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    inner = table.cell(3, 1).add_table(rows=2, cols=2)
    for cell, text in zip(
        [*inner.rows[0].cells, *inner.rows[1].cells], ("厅室", "时间", "舞蹈室", "14:00—20:00"), strict=True
    ):
        cell.text = text
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W_NS}/>"))


def rules() -> bytes:
    """Rules in chapters and articles, numbers typed; tracked changes, a footnote, links."""
    document = docx.Document()
    document.add_paragraph("晴川市公共体育场馆开放管理办法（试行）", style="Title")
    centred(document, "（2026年3月5日市人民政府第12次常务会议通过）")
    centred(document, "第一章　总　则", is_bold=True)
    document.add_paragraph("第一条　为了规范公共体育场馆的开放，制定本办法。")
    article = document.add_paragraph("第二条　公共体育场馆应当向公众开放。")
    article._p.append(
        parse_xml(
            f'<w:ins {W_NS} w:id="1" w:author="a"><w:r><w:t>国家法定节假日应当延长开放时间。</w:t></w:r></w:ins>'
        )
    )
    article._p.append(
        parse_xml(
            f'<w:del {W_NS} w:id="2" w:author="a"><w:r><w:delText>节假日闭馆。</w:delText></w:r></w:del>'
        )
    )
    document.add_paragraph("学校体育场馆按照有关规定开放。")
    centred(document, "第二章　开放和服务", is_bold=True)
    document.add_paragraph("第三条　有下列情形之一的，可以临时停止开放：")
    document.add_paragraph("（一）设施维修的；")
    document.add_paragraph("（二）举办赛事的。")
    document.add_paragraph("临时停止开放的，应当提前七日公告。")
    linked = document.add_paragraph("第四条　开放信息在")
    link(document, linked, "https://www.example.gov.cn/open", "公开专栏")
    linked.add_run("公布，也可来信")
    link(document, linked, "mailto:office@example.gov.cn", "询问")
    linked.add_run("。")
    document.add_paragraph("第五条　本办法自2026年5月1日起施行，有效期3年。")
    return with_footnote(saved(document), "第三条", "参见《公共文化体育设施条例》。")


def link(document: Any, paragraph: Any, address: str, text: str) -> None:
    """Add a link to a paragraph."""
    name = document.part.relate_to(address, f"{RELATIONS}/hyperlink", is_external=True)
    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{name}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'
        )
    )


def with_footnote(content: bytes, mark: str, text: str) -> bytes:
    """Return a Word file with a footnote at the end of the paragraph that begins with ``mark``."""
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
    footnotes = f"<w:footnotes {W_NS}>{note}</w:footnotes>"

    def referred(xml: bytes) -> bytes:
        start = xml.index(mark.encode())
        end = xml.index(b"</w:p>", start)
        return xml[:end] + b'<w:r><w:footnoteReference w:id="2"/></w:r>' + xml[end:]

    relation = (
        f'<Relationship Id="rIdNote" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    return rezipped(
        content,
        {
            "word/document.xml": referred,
            "word/_rels/document.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation.encode()),
        },
        {"word/footnotes.xml": footnotes.encode()},
    )


def site_notice() -> bytes:
    """A notice as a site hands it out: a list of fields, heading styles, bullets, a box, a picture, a header."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "晴川市人民政府公报"
    for text in (
        "索引号：QC00100-02-2026-00031",
        "发文机关：晴川市文化和旅游局",
        "成文日期：2026年9月1日",
        "发文字号：晴文旅〔2026〕44号",
        "公开属性：主动公开",
    ):
        document.add_paragraph(text)
    document.add_paragraph("关于做好国庆期间文化场馆开放工作的通知", style="Title")
    document.add_paragraph("局属各单位：")
    document.add_heading("一、开放安排", level=1)
    document.add_paragraph("10月1日至8日正常开放。")
    document.add_heading("服务要求", level=2)
    document.add_paragraph("设置咨询台；", style="List Bullet")
    document.add_paragraph("公布电话 & 预约方式。", style="List Bullet")
    boxed = document.add_paragraph("请在入口处张贴公告。")
    boxed._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>咨询时间：每日9时至17时</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    document.add_picture(io.BytesIO(PIXEL))
    document.add_paragraph("联系人见附件。")
    document.add_paragraph("附件1")
    document.add_paragraph("开放场馆名单")
    return saved(document)


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


def plain_word(*paragraphs: str) -> bytes:
    """Return a Word file of these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def rezipped(content: bytes, changed: dict[str, Any], added: dict[str, bytes] | None = None) -> bytes:
    """Return an archive with parts changed (functions of their bytes) and added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, changed[name](part) if name in changed else part)
        for name, part in (added or {}).items():
            after.writestr(name, part)
    return out.getvalue()
