"""Files made to hang or to fill whoever reads them. All are small, and built here."""

import io
import zipfile

import openpyxl

from tests.media import samples

_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_part(package: bytes, name: str, content: bytes | str) -> bytes:
    """Return an Office file with another content of one part, or with one more."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return buffer.getvalue()


def empty_workbook() -> bytes:
    """Return a workbook of one sheet without cells."""
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def sheet(rows: str) -> bytes:
    """Return a workbook whose one sheet has these rows, as XML."""
    xml = f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    return with_part(empty_workbook(), "xl/worksheets/sheet1.xml", xml)


def laughing_word() -> bytes:
    """Return a Word file whose one word is ten thousand million characters long (entities in entities)."""
    body = (
        f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>'
    )
    return with_part(samples.word("一"), "word/document.xml", _LAUGHS + body)


def laughing_sheet() -> bytes:
    """Return a workbook with such a cell."""
    xml = (
        f'{_LAUGHS}<worksheet xmlns="{_SHEET}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c>'
        "</row></sheetData></worksheet>"
    )
    return with_part(empty_workbook(), "xl/worksheets/sheet1.xml", xml)


def word_of_elements() -> bytes:
    """Return a Word file of 36 MB, unpacked, whose tree takes a gigabyte."""
    body = f'<w:document xmlns:w="{_WORD}"><w:body>{"<w:p/>" * 6_000_000}</w:body></w:document>'
    return with_part(samples.word("一"), "word/document.xml", body)


def cell_of(characters: int) -> bytes:
    """Return a workbook with one cell of so many characters."""
    return sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * characters}</t></is></c></row>')


def endless_sheet() -> bytes:
    """Return a workbook whose one row is the millionth million, so that readers count up to it."""
    return sheet('<row r="1000000000000"><c r="A1000000000000"><v>1</v></c></row>')


def many_sheets(number: int) -> bytes:
    """Return a workbook of so many sheets, each with one cell."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbers = range(1, number + 1)
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>开放</t></is></c></row>'
    return samples.archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/{n}.xml" ContentType="{kind}.worksheet+xml"/>'
                for n in numbers
            )
            + "</Types>",
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{relations}"><sheets>'
            + "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
            + "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            + "".join(
                f'<Relationship Id="r{n}" Type="{relations}/worksheet" Target="worksheets/{n}.xml"/>'
                for n in numbers
            )
            + "</Relationships>",
            **{
                f"xl/worksheets/{n}.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{cell}</sheetData></worksheet>'
                for n in numbers
            },
        }
    )


def endless_pdf(depth: int = 12) -> bytes:
    """Return a PDF whose page draws a form ten times that draws a form ten times, and so on."""
    stream = " ".join(["/X Do"] * 10)
    words = "BT /F1 12 Tf 72 720 Td (open) Tj ET"
    first = 6
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        f" /Resources << /XObject << /X {first} 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for level in range(depth):
        is_last = level == depth - 1
        content = words if is_last else stream
        resources = "/Font << /F1 5 0 R >>" if is_last else f"/XObject << /X {first + level + 1} 0 R >>"
        objects.append(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842]"
            f" /Resources << {resources} >> /Length {len(content)} >>\nstream\n{content}\nendstream"
        )
    return samples.pdf_of(objects)
