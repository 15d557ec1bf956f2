"""Files that were made to do harm, are damaged or do not belong here: refused or cleaned, each kind of them."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from django.utils.translation import override
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from policies.importing import Unreadable, read_docx, read_pdf, word_package
from policies.importing.html import safe_address
from tests.policies import import_samples as samples
from tests.policies import pdf_samples
from tests.policies.pdf_samples import Text, pdf
from tests.policies.test_importing_word import outline, words


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Messages are compared in the language of their source."""
    with override("en"):
        yield


WORD = samples.plain_word("关于开放的通知", "正文。")
PAGE = [[Text(80, 700, "关于开放公共体育场地的通知"), Text(80, 660, "各校应当在周末开放体育场地。")]]
CONTENT_TYPES = "[Content_Types].xml"


def refused(content: bytes, reader: Any = read_docx) -> str:
    with pytest.raises(Unreadable) as caught:
        reader(content)
    return str(caught.value)


def with_document(content: bytes, change: Any) -> bytes:
    return samples.rezipped(content, {"word/document.xml": change})


def test_macros_are_refused() -> None:
    assert "macros" in refused(samples.rezipped(WORD, {}, {"word/vbaProject.bin": b"\xcc\x61"}))
    renamed = samples.rezipped(
        WORD,
        {
            CONTENT_TYPES: lambda xml: xml.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        },
    )
    assert "macros" in refused(renamed)


ENTITY = b'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/_rels/document.xml.rels", "word/numbering.xml", "word/styles.xml"]
)
def test_entities_are_refused_in_each_part(part: str) -> None:
    def declared(xml: bytes) -> bytes:
        head, __, rest = xml.partition(b"?>")
        return head + b"?>" + ENTITY + rest

    assert "entities" in refused(samples.rezipped(WORD, {part: declared}))


def test_entities_that_grow_are_refused() -> None:
    def bomb(xml: bytes) -> bytes:
        head, __, rest = xml.partition(b"?>")
        entities = b"".join(b'<!ENTITY a%d "%s">' % (level + 1, b"&a%d;" % level * 10) for level in range(9))
        return (
            head
            + b'?><!DOCTYPE x [<!ENTITY a0 "0">'
            + entities
            + b"]>"
            + rest.replace("正文。".encode(), b"&a9;")
        )

    refused(with_document(WORD, bomb))


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO(WORD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/big.bin", bytes(201 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    assert "unpacks" in refused(out.getvalue())


def test_a_part_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "MAX_PART_SIZE", 500)
    assert "too large" in refused(WORD)


def test_elements_nested_without_end_are_refused() -> None:
    depth = 5000
    nested = b"<w:sdt><w:sdtContent>" * depth + b"</w:sdtContent></w:sdt>" * depth
    refused(with_document(WORD, lambda xml: xml.replace(b"<w:body>", b"<w:body>" + nested)))


def test_boxes_in_boxes_are_read_once() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("外。")
    open_, close = "<w:r><w:pict><w:txbxContent><w:p>", "</w:p></w:txbxContent></w:pict></w:r>"
    depth = 30  # read again at each level, it would take 2 to the power of this
    xml = (
        open_.replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)
        + open_ * depth
        + "<w:r><w:t>内。</w:t></w:r>"
        + close * (depth + 1)
    )
    paragraph._p.append(parse_xml(xml))
    assert words(read_docx(samples.saved(document))).count("内。") == 1


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVa\tScRiPt:alert(1)",
        "\u200bjavascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "file:///etc/passwd",
        "\\\\host\\share",
        "https:",
        "http://[broken",
    ],
)
def test_links_to_anything_but_pages_and_mail_are_dropped(address: str) -> None:
    assert safe_address(address) == ""
    document = docx.Document()
    paragraph = document.add_paragraph("见")
    samples.link(document, paragraph, address, "这里")
    found = read_docx(samples.saved(document))
    assert outline(found) == ["paragraph <p>见这里</p>"]
    assert any("A link" in caution.text for caution in found.cautions)


def test_markup_in_a_text_is_text() -> None:
    found = read_docx(
        samples.plain_word('<script>alert(1)</script><img src=x onerror="a">', "第一条 <b>粗</b>&lt;")
    )
    assert "<script" not in str(found.body)
    assert outline(found)[1] == "clause 第一条|<p>&lt;b&gt;粗&lt;/b&gt;&amp;lt;</p>"


def test_a_quote_does_not_leave_its_link() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    samples.link(document, paragraph, 'https://example.cn/?a=%22"onclick=x', "链接")
    assert '"onclick' not in outline(read_docx(samples.saved(document)))[0].replace("&quot;onclick", "")


def test_embedded_objects_are_left_out_and_told() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("前")
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:object><w:t>内嵌</w:t></w:object></w:r>"))
    content = samples.rezipped(samples.saved(document), {}, {"word/embeddings/oleObject1.bin": b"MZ"})
    found = read_docx(content)
    assert words(found) == "前"
    told = " ".join(caution.text for caution in found.cautions)
    assert "embedded object" in told
    assert "other files" in told


def test_what_lies_outside_the_file_is_not_fetched() -> None:
    relation = (
        f'<Relationship Id="rIdX" Type="{samples.RELATIONS}/attachedTemplate" '
        'Target="http://10.0.0.1/t.dotm" TargetMode="External"/></Relationships>'
    ).encode()
    content = samples.rezipped(
        WORD, {"word/_rels/document.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation)}
    )
    # Connections that would leave the machine fail the test.
    assert any("outside" in caution.text for caution in read_docx(content).cautions)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a document",
        WORD[:900],
        b"PK\x03\x04" + b"\0" * 50,
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),  # an old or an encrypted Office file
        pdf(PAGE),
        samples.rezipped(WORD, {"word/document.xml": lambda xml: xml[:-40]}),
        samples.rezipped(
            WORD, {"_rels/.rels": lambda xml: xml.replace(b"word/document.xml", b"../../etc/x")}
        ),
    ],
)
def test_what_is_no_whole_word_file_is_refused(content: bytes) -> None:
    assert refused(content)


def test_a_word_file_without_text_is_refused() -> None:
    assert "no text" in refused(samples.plain_word(""))


@pytest.mark.parametrize("mark", ["机密★10年", "绝密", "秘密 ★ 1年"])
def test_what_is_marked_as_secret_is_refused(mark: str) -> None:
    head = (mark, "晴文旅〔2026〕1号", "关于开放的通知", "正文。")
    assert "must not be on this site" in refused(samples.plain_word(*head))
    pages = [[Text(80, 700 - 30 * place, text) for place, text in enumerate(head)]]
    assert "must not be on this site" in refused(pdf(pages), read_pdf)


def test_a_secret_mark_in_a_header_is_found_too() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "机密★5年"
    document.add_paragraph("正文。")
    assert "机密" in refused(samples.saved(document))


# ---------------------------------------------------------------------------------------------------
# PDF


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4\n%%EOF", pdf(PAGE)[:300], WORD, b"%PDF-1.7\n" + b"\xff" * 900 + b"%%EOF"]
)
def test_what_is_no_whole_pdf_is_refused(content: bytes) -> None:
    assert refused(content, read_pdf)


def test_programs_in_a_pdf_are_refused() -> None:
    script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    content = pdf(
        PAGE, catalog="/OpenAction 3 0 R /Names << /JavaScript << /Names [(a) 3 0 R] >> >>", extra=script
    )
    assert "program" in refused(content, read_pdf)


def test_files_in_a_pdf_are_refused() -> None:
    file = "<< /Type /Filespec /F (x.exe) /UF (x.exe) >>"
    content = pdf(PAGE, catalog="/Names << /EmbeddedFiles << /Names [(x.exe) 3 0 R] >> >>", extra=file)
    assert "other files" in refused(content, read_pdf)


def test_a_protected_pdf_is_refused() -> None:
    encryption = f"<< /Filter /Standard /V 1 /R 2 /O <{'00' * 32}> /U <{'11' * 32}> /P -4 >>"
    content = pdf(PAGE, extra=encryption).replace(
        b"/Root 1 0 R >>", b"/Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>] >>"
    )
    assert "password" in refused(content, read_pdf)


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    assert "too long" in refused(pdf(PAGE * 401), read_pdf)


def test_pages_that_lead_in_a_circle_end() -> None:
    content = pdf_samples.pdf(PAGE).replace(b"/Kids [7 0 R]", b"/Kids [2 0 R]")
    refused(content, read_pdf)
