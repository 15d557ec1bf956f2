"""PDF files for the tests of the import, written by hand: nothing here was issued by anybody.

The font is not in the file; a reader knows its characters by the encoding (ISO 32000-1, 9.7.5.2: UniGB-UCS2-H).
"""

from collections.abc import Iterable
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, TOP, BOTTOM = 80, 515, 760, 90
SIZE, LEADING = 16, 28
PER_LINE = (RIGHT - LEFT) // SIZE  # characters


class Text(NamedTuple):
    """Characters of one size that begin at a place of a page, in points from its lower left corner."""

    x: float
    y: float
    text: str
    size: float = SIZE


class Writer:
    """Sets paragraphs as an office does: 27 characters a line, first lines indented by two."""

    def __init__(self) -> None:
        self.pages: list[list[Text]] = [[]]
        self.y: float = TOP

    def line(self, x: float, text: str, size: float = SIZE) -> None:
        if self.y < BOTTOM:
            self.pages.append([])
            self.y = TOP
        self.pages[-1].append(Text(x, self.y, text, size))
        self.y -= LEADING

    def centred(self, text: str, size: float = SIZE) -> None:
        self.line((WIDTH - len(text) * size) / 2, text, size)

    def right(self, text: str) -> None:
        self.line(RIGHT - 2 * SIZE - len(text) * SIZE, text)

    def paragraph(self, text: str, indent: int = 2) -> None:
        self.line(LEFT + indent * SIZE, text[: PER_LINE - indent])
        rest = text[PER_LINE - indent :]
        while rest:
            self.line(LEFT, rest[:PER_LINE])
            rest = rest[PER_LINE:]

    def row(self, *cells: str) -> None:
        y = self.y
        for position, text in enumerate(cells):
            self.y = y
            self.line(LEFT + position * 150, text)

    def margins(self, header: str = "") -> None:
        for number, page in enumerate(self.pages, start=1):
            if header:
                page.insert(0, Text(LEFT, 800, header, 10))
            page.append(Text(WIDTH / 2 - 14, 50, f"— {number} —", 12))

    def content(self, **more: str) -> bytes:
        return pdf(self.pages, **more)


def pdf(pages: Iterable[Iterable[Text]], catalog: str = "", extra: str = "") -> bytes:
    """Return a PDF of these pages. ``catalog`` is added to its root, ``extra`` is one more object, number 3."""
    pages = list(pages)
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>", "", extra or "null", FONT, DESCENDANT]
    kids = []
    for page in pages:
        stream = "BT\n"
        for each in page:
            code = each.text.encode("utf-16-be").hex()
            stream += f"/F1 {each.size} Tf 1 0 0 1 {each.x:.1f} {each.y:.1f} Tm <{code}> Tj\n"
        stream += "ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 4 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    return _file(objects)


FONT = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>"
DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
)


def _file(objects: list[str]) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + end.encode()


def joint_notice() -> bytes:
    """A joint notice on two pages, with red heading, levels, signatures and page numbers."""
    writer = Writer()
    writer.centred("晴川市文化和旅游局", 30)
    writer.centred("晴川市体育局文件", 30)
    writer.centred("晴文旅规〔2026〕9号")
    writer.centred("晴川市文化和旅游局　晴川市体育局", 22)
    writer.centred("关于做好文体设施冬季开放工作的通知", 22)
    writer.paragraph("各县（市、区）文化和旅游局、体育局，市直各文化体育场馆，各有关单位：", 0)
    writer.paragraph(
        "为满足群众冬季文化体育需求，保障公共文化体育设施安全、有序、便利开放，现就有关事项通知如下，请结合实际认真贯彻落实。"
    )
    writer.paragraph("一、总体安排")
    writer.paragraph(
        "（一）开放时间。公共图书馆、文化馆、体育馆每日开放不少于八小时，周末和法定节假日照常开放，不得以任何理由缩短。"
    )
    writer.paragraph("（二）重点任务。")
    writer.paragraph("1.制定冬季开放方案，并在十二月一日前报送备案；")
    writer.paragraph(
        "2.做好取暖、照明和应急保障，及时公布临时停止开放的信息，方便群众安排出行，避免群众往返。"
    )
    writer.paragraph("二、工作要求")
    writer.paragraph(
        "各单位要明确专人负责。本通知自印发之日起施行，有效期至2028年12月31日，由晴川市文化和旅游局负责解释。"
    )
    writer.right("晴川市文化和旅游局")
    writer.right("晴川市体育局")
    writer.right("2026年11月12日")
    writer.paragraph("（此件主动公开）")
    writer.margins()
    return writer.content()


def measures() -> bytes:
    """Rules in chapters over three pages, with the same line above each."""
    writer = Writer()
    writer.centred("晴川市图书馆总分馆管理办法", 22)
    writer.centred("（晴政规〔2025〕2号）")
    writer.centred("第一章　总则")
    for number in "一二三四":
        writer.paragraph(
            f"第{number}条　图书馆总分馆应当统一标识、统一编目、统一借还，向全体居民免费提供第{number}类服务。"
        )
    writer.centred("第二章　服务")
    for number in "五六七八":
        writer.paragraph(f"第{number}条　总馆应当履行下列职责：")
        writer.paragraph("（一）制定年度采购计划，并征求各分馆的意见；")
        writer.paragraph("（二）培训分馆人员，每年不少于四十八学时，并做好记录备查。")
    writer.paragraph("第九条　本办法自二〇二五年七月一日起施行。")
    writer.margins("晴川市人民政府行政规范性文件")
    return writer.content()


def with_table() -> bytes:
    """A letter with a table between its paragraphs."""
    writer = Writer()
    writer.centred("晴川市教育局关于公布开放学校名单的函", 22)
    writer.centred("晴教函〔2026〕15号")
    writer.paragraph("市文化和旅游局：", 0)
    writer.paragraph("现将体育场地向社会开放的学校名单函告如下，请在公开专栏公布，并注明开放时段和联系方式。")
    writer.row("学校", "时段", "电话")
    writer.row("第一中学", "周末", "见门口")
    writer.row("第二中学", "每晚", "见门口")
    writer.row("实验小学", "寒暑假", "见门口")
    writer.paragraph("请各校做好安全管理。")
    writer.right("晴川市教育局")
    writer.right("2026年3月2日")
    return writer.content()


def scan() -> bytes:
    """A page without any text."""
    return pdf([[]])
