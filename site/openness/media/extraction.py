"""The text inside a document, for search."""

import io
import re
import threading
import unicodedata
import zipfile

import docx
import pypdfium2
from docx.oxml.ns import qn

from openness.media.detection import TEXT, decode_text

# Enough for the longest policy with its annexes (about 300 pages), and below what one row of PostgreSQL's
# index may hold (1 MB of UTF-8).
MAX_TEXT_LENGTH = 200_000
# A part of a Word file that unpacks to more is not read: its tree would need many times as much memory.
MAX_WORD_PART_SIZE = 64 * 1024 * 1024

SUPPORTED_TYPES = frozenset({"docx", "pdf", TEXT})

# PDFium may be used by one thread at a time.
pdfium = threading.Lock()

# Some PDF fonts give radicals (⼀ U+2F00) and compatibility forms for the characters they look like.
# Full NFKC would also turn Chinese punctuation into ASCII.
_CHARACTERS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for block in (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))
    for code in block
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HAN = r"[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]"
_BROKEN_LINE = re.compile(rf"(?<={_HAN})[ \t]*\n[ \t]*(?={_HAN})")


def extract(content: bytes, detected_type: str) -> str:
    """Return the text of a document of one of `SUPPORTED_TYPES`, at most `MAX_TEXT_LENGTH` characters.

    The text is empty for a scan. Raises whatever the reader of the format raises for a damaged or
    encrypted file, and ValueError for another type.
    """
    if detected_type == "pdf":
        return clean(_BROKEN_LINE.sub("", _pdf_text(content)))
    if detected_type == "docx":
        return clean(_word_text(content))
    if detected_type == TEXT:
        return clean(decode_text(content) or "")
    raise ValueError(f"No text is read from {detected_type!r}.")


def clean(text: str) -> str:
    """Return ``text`` in characters that a database stores and a reader searches for, without blank lines."""
    text = _CONTROL.sub(" ", text.translate(_CHARACTERS).replace("\r\n", "\n").replace("\r", "\n"))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:MAX_TEXT_LENGTH]


def _pdf_text(content: bytes) -> str:
    pages: list[str] = []
    length = 0
    with pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            for number in range(len(document)):
                page = document[number]
                text_page = page.get_textpage()
                pages.append(text_page.get_text_range().replace("\r\n", "\n"))
                text_page.close()
                page.close()
                length += len(pages[-1])
                if length > MAX_TEXT_LENGTH:
                    break
        finally:
            document.close()
    return "\n".join(pages)


def _word_text(content: bytes) -> str:
    """Return the paragraphs in order: tables, text boxes and insertions too, deletions not."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(
            member.file_size > MAX_WORD_PART_SIZE
            for member in archive.infolist()
            if member.filename.endswith((".xml", ".rels"))
        ):
            raise ValueError("A part of this Word file is too large to read.")
    parts: list[str] = []
    separators = {qn("w:p"): "\n", qn("w:br"): "\n", qn("w:tab"): "\t"}
    body = docx.Document(io.BytesIO(content)).element.body
    for element in body.iter(qn("w:t"), *separators):
        parts.append(separators.get(element.tag) or element.text or "")
    return "".join(parts)
