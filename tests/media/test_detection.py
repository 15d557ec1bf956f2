"""A document is what its content says, not what its name claims."""

import pytest
from django.core.exceptions import ValidationError

from openness.media import detection
from openness.media.detection import check_document, decode_text, detect
from tests.media import samples


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.pdf(samples.TEXT), "pdf"),
        (samples.word(samples.TEXT), "docx"),
        (samples.office("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "xlsx"),
        (samples.office("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), "pptx"),
        (samples.archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
        (samples.archive({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<x/>"}), "ofd"),
        (samples.archive({"附件一.txt": "内容"}), "zip"),
        (samples.archive({}), "zip"),
        (samples.TEXT.encode(), "text"),
        (samples.TEXT.encode("gb18030"), "text"),
        (samples.TEXT.encode("utf-16"), "text"),
        (b"name,hours\n1,9\n", "text"),
        ("名单：a < b，<身份证> 原件".encode(), "text"),
        (samples.HTML, "html"),
        (b"\xef\xbb\xbf \n<HTML>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (samples.SVG, "svg"),
        (b'<?xml version="1.0"?>\n' + samples.SVG, "svg"),
        (b'<?xml version="1.0"?><note/>', "xml"),
        (samples.EXE, "exe"),
        (samples.picture("PNG"), "png"),
        (samples.OLD_WORD, detection.OLE),
        (samples.with_macros(), detection.MACROS),
        (samples.office("vnd.ms-word.document.macroEnabled.main+xml"), detection.MACROS),
        (samples.word(samples.TEXT)[:2000], detection.DAMAGED),
        (b"PK\x03\x04", detection.DAMAGED),
        (samples.pdf(samples.TEXT)[:-40], detection.DAMAGED),
        (bytes(200), detection.UNKNOWN),
        (samples.HTML + samples.pdf(samples.TEXT), "html"),
    ],
)
def test_content_decides_the_type(content: bytes, expected: str) -> None:
    assert detect(content) == expected


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (samples.pdf(samples.TEXT), "pdf"),
        (samples.word(samples.TEXT), "docx"),
        (samples.archive({"OFD.xml": "<ofd:OFD/>"}), "ofd"),
        (samples.TEXT.encode(), "txt"),
        (b"a,b\n1,2\n", "csv"),
    ],
)
def test_honest_files_are_accepted(content: bytes, extension: str) -> None:
    assert check_document(content, extension) == detect(content)


@pytest.mark.parametrize(
    ("content", "extension", "code"),
    [
        (samples.HTML, "pdf", "type_mismatch"),
        (samples.EXE, "docx", "type_mismatch"),
        (samples.SVG, "txt", "type_mismatch"),
        (samples.HTML, "csv", "type_mismatch"),
        (samples.ELF, "pdf", "type_mismatch"),
        (samples.pdf(samples.TEXT), "docx", "type_mismatch"),
        (samples.archive({"a.txt": "a"}), "docx", "type_mismatch"),
        (samples.archive({"a.txt": "a"}), "ofd", "type_mismatch"),
        (samples.word(samples.TEXT), "zip", "type_mismatch"),
        (b"#!/bin/sh\nexit", "pdf", "type_mismatch"),
        (bytes(200), "pdf", "type_mismatch"),
        (bytes(200), "txt", "not_text"),
        ("café".encode("latin-1"), "txt", "not_text"),
        (samples.OLD_WORD, "docx", "old_office"),
        (samples.with_macros(), "docx", "macros"),
        (samples.word(samples.TEXT)[:2000], "docx", "damaged"),
        (samples.pdf(samples.TEXT)[:-40], "pdf", "damaged"),
    ],
)
def test_other_files_are_refused_with_a_reason(content: bytes, extension: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        check_document(content, extension)
    assert caught.value.code == code


def test_message_names_both_the_claim_and_the_truth() -> None:
    with pytest.raises(ValidationError) as caught:
        check_document(samples.HTML, "pdf")
    assert ".pdf" in caught.value.messages[0]
    assert "HTML" in caught.value.messages[0]


def test_archive_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        check_document(samples.bomb(), "zip")
    assert caught.value.code == "unpacks_too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_chinese_text_is_read_in_its_encoding(encoding: str) -> None:
    assert decode_text(samples.TEXT.encode(encoding)) == samples.TEXT


@pytest.mark.parametrize("content", [b"a\x00b", b"\xff\xfe\x00", b"\x80\x01"])
def test_other_bytes_are_no_text(content: bytes) -> None:
    assert decode_text(content) is None
