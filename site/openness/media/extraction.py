"""The text inside a document, for search. It knows nothing of Django: a process of its own runs it."""

import io
import re
import threading
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, time

from openness.media.decoding import TEXT, decode_text
from openness.media.limits import MAX_TEXT_LENGTH

# A part of a Word file that unpacks to more is not read: its tree would need many times as much memory.
MAX_WORD_PART_SIZE = 64 * 1024 * 1024

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
    encrypted file, and ValueError for another type. It may take any time and memory that a file asks for:
    `reading.read_text` sets limits.
    """
    if detected_type not in _READERS:
        raise ValueError(f"No text is read from {detected_type!r}.")
    return clean(_READERS[detected_type](content))


def clean(text: str) -> str:
    """Return ``text`` in characters that a database stores and a reader searches for, without blank lines."""
    text = _CONTROL.sub(" ", text.translate(_CHARACTERS).replace("\r\n", "\n").replace("\r", "\n"))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:MAX_TEXT_LENGTH]


# The libraries are imported where they are used: the process that reads one file needs one of them.


def _pdf_text(content: bytes) -> str:
    import pypdfium2

    def pages() -> Iterator[str]:
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            yield text_page.get_text_range().replace("\r\n", "\n") + "\n"
            text_page.close()
            page.close()

    with pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            return _BROKEN_LINE.sub("", _joined(pages()))
        finally:
            document.close()


def _word_text(content: bytes) -> str:
    """Return the paragraphs in order: tables, text boxes and insertions too, deletions not."""
    import docx
    from docx.oxml.ns import qn

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(
            member.file_size > MAX_WORD_PART_SIZE
            for member in archive.infolist()
            if member.filename.endswith((".xml", ".rels"))
        ):
            raise ValueError("A part of this Word file is too large to read.")
    separators = {qn("w:p"): "\n", qn("w:br"): "\n", qn("w:tab"): "\t"}
    body = docx.Document(io.BytesIO(content)).element.body
    return _joined(
        separators.get(element.tag) or element.text or "" for element in body.iter(qn("w:t"), *separators)
    )


def _sheet_text(content: bytes) -> str:
    """Return the sheets that readers see: the name of each, then its rows, what formulas gave included."""
    import openpyxl
    from openpyxl.cell.cell import ERROR_CODES

    def rows() -> Iterator[str]:
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                continue
            yield f"{sheet.title}\n"
            # What a file says of its size is not what it holds.
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                cells = [_shown(value) for value in row if value is not None and value not in ERROR_CODES]
                if cells:
                    yield "\t".join(cells) + "\n"

    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        return _joined(rows())
    finally:
        workbook.close()


def _shown(value: object) -> str:
    """Return the text of a cell's value; of midnight the day alone, of whole numbers no decimals."""
    match value:
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _joined(parts: Iterator[str]) -> str:
    """Return the parts up to the one that reaches `MAX_TEXT_LENGTH`; what follows is not read."""
    taken: list[str] = []
    length = 0
    for part in parts:
        taken.append(part)
        length += len(part)
        if length > MAX_TEXT_LENGTH:
            break
    return "".join(taken)


_READERS: dict[str, Callable[[bytes], str]] = {
    "docx": _word_text,
    "pdf": _pdf_text,
    TEXT: lambda content: decode_text(content) or "",
    "xlsx": _sheet_text,
}
SUPPORTED_TYPES = frozenset(_READERS)
