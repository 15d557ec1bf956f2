"""Files that people upload: good ones, and ones that are not what they claim. All are built here."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
import openpyxl
import PIL.Image

HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(64) + b"PE\x00\x00L\x01" + bytes(200)
ELF = b"\x7fELF\x02\x01\x01" + bytes(64)
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024)
Rows = Sequence[Sequence[object]]

TEXT = "关于延长图书馆开放时间的公告"


def archive(members: Mapping[str, bytes | str]) -> bytes:
    """Return a zip file of ``members``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def word(*paragraphs: str, table: tuple[str, ...] = ()) -> bytes:
    """Return a Word file with ``paragraphs`` and a table of one row."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        for cell, text in zip(document.add_table(1, len(table)).rows[0].cells, table, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook(sheets: Mapping[str, Rows], *, hidden: Mapping[str, Rows] | None = None) -> bytes:
    """Return an Excel file with these rows in its sheets, the hidden ones at the end."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {**sheets, **(hidden or {})}.items():
        page = book.create_sheet(name)
        page.sheet_state = "hidden" if hidden and name in hidden else "visible"
        for row in rows:
            page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def office(main_part: str) -> bytes:
    """Return the least that an Office file is, with a main part of this content type."""
    types = f'<Types><Override PartName="/main.xml" ContentType="application/{main_part}"/></Types>'
    return archive({"[Content_Types].xml": types, "main.xml": "<x/>"})


def with_macros() -> bytes:
    """Return a Word file that carries a program."""
    buffer = io.BytesIO(word(TEXT))
    with zipfile.ZipFile(buffer, "a") as file:
        file.writestr("word/vbaProject.bin", b"Sub AutoOpen")
    return buffer.getvalue()


def bomb() -> bytes:
    """Return an archive of 200 kB that unpacks to 210 MB."""
    zeros = bytes(21 * 1024 * 1024)
    return archive({f"{number}.txt": zeros for number in range(10)})


def pdf(*lines: str) -> bytes:
    """Return a PDF of one page with ``lines``, in the Chinese font that every reader brings."""
    shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        " /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    return pdf_of(objects)


def pdf_of(objects: Sequence[str]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    content = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def picture(image_format: str = "PNG", size: tuple[int, int] = (300, 200)) -> bytes:
    """Return a picture that does not compress to nothing."""
    buffer = io.BytesIO()
    PIL.Image.effect_noise(size, 80).convert("RGB").save(buffer, image_format)
    return buffer.getvalue()
