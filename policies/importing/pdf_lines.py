"""The lines of a PDF page with their places, read by PDFium. Nothing in the file is run or fetched."""

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from statistics import median

import pypdfium2
from django.utils.translation import gettext
from pypdfium2 import raw

from openness.media.extraction import pdfium
from policies.importing.documents import Unreadable
from policies.importing.html import clean

MAX_PAGES = 400
MAX_PIECES = 200_000  # pieces of text in one file
# In character widths: what counts as a gap by itself, and what makes a space of one that PDFium sees.
GAP, SPACE = 0.45, 0.12


@dataclass(slots=True)
class Piece:
    """Text that stands together, with its box in points; y grows upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_after_space: bool = False


@dataclass(slots=True)
class PageLine:
    """The pieces on one line, from left to right."""

    pieces: list[Piece]

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def top(self) -> float:
        return max(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return min(piece.bottom for piece in self.pieces)

    @property
    def height(self) -> float:
        return median(piece.top - piece.bottom for piece in self.pieces)

    @property
    def text(self) -> str:
        """The text; a gap as wide as a character becomes a space of that width, one of several two of them."""
        text = ""
        before: Piece | None = None
        for piece in self.pieces:
            if before is not None:
                gap = piece.left - before.right
                if gap > self.height * 1.6:
                    text += "\u3000\u3000"
                elif gap > self.height * 0.5:
                    text += "\u3000"
                elif piece.is_after_space and gap > self.height * SPACE:
                    text += " "
            text += piece.text
            before = piece
        return text.strip()


@dataclass(slots=True)
class Page:
    """The lines of a page from top to bottom."""

    width: float
    height: float
    lines: list[PageLine]


def pages_of(content: bytes) -> list[Page]:
    """Return the pages of a PDF. Raises Unreadable for a damaged, protected, too long or active one."""
    with pdfium:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                text = gettext(
                    "This PDF is protected by a password. Save it without one and upload it again."
                )
            else:
                text = gettext(
                    "This file is damaged or incomplete. Open it, save it again and upload the new copy."
                )
            raise Unreadable(text) from error
        try:
            _refuse_active(document)
            if len(document) > MAX_PAGES:
                raise Unreadable(gettext("This document is too long. Split it and import its parts."))
            pages, count = [], 0
            for number in range(len(document)):
                pages.append(_page(document[number]))
                count += sum(len(line.pieces) for line in pages[-1].lines)
                if count > MAX_PIECES:
                    raise Unreadable(gettext("This document is too long. Split it and import its parts."))
            return pages
        except pypdfium2.PdfiumError as error:
            raise Unreadable(
                gettext("This file is damaged or incomplete. Open it, save it again and upload the new copy.")
            ) from error
        finally:
            document.close()


def _refuse_active(document: pypdfium2.PdfDocument) -> None:
    """Refuse programs and files inside the PDF: the original is handed to readers as it is."""
    if raw.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
        raise Unreadable(gettext("This PDF contains a program. Print it to a new PDF and upload that one."))
    if raw.FPDFDoc_GetAttachmentCount(document.raw) > 0:
        raise Unreadable(
            gettext(
                "This PDF contains other files. Print it to a new PDF and upload that one, and those apart."
            )
        )


def _page(page: pypdfium2.PdfPage) -> Page:
    text_page = page.get_textpage()
    try:
        pieces = [piece for piece in _pieces(text_page) if piece.text]
        width, height = page.get_size()
        return Page(width, height, _lines(pieces))
    finally:
        text_page.close()
        page.close()


def _pieces(text_page: pypdfium2.PdfTextPage) -> list[Piece]:
    """Return runs of characters that follow each other on a line without a space."""
    pieces: list[Piece] = []
    has_space = False
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page.raw, index)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not character or character.isspace():
            has_space |= bool(character)
            continue
        each = _placed(text_page, index, character)
        last = pieces[-1] if pieces else None
        if last is not None and _follows(last, each, SPACE if has_space else GAP):
            last.text += character
            last.right, last.top = each.right, max(last.top, each.top)
        else:
            each.is_after_space = has_space
            pieces.append(each)
        has_space = False
    for piece in pieces:
        piece.text = clean(piece.text)
    return pieces


def _placed(text_page: pypdfium2.PdfTextPage, index: int, character: str) -> Piece:
    """Return a character on its baseline, as high as its font: boxes of 一 or 、 are flat."""
    x, y, matrix, box = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX(), raw.FS_RECTF()
    raw.FPDFText_GetCharOrigin(text_page.raw, index, ctypes.byref(x), ctypes.byref(y))
    raw.FPDFText_GetMatrix(text_page.raw, index, ctypes.byref(matrix))
    raw.FPDFText_GetLooseCharBox(text_page.raw, index, ctypes.byref(box))
    size = raw.FPDFText_GetFontSize(text_page.raw, index) * math.hypot(matrix.b, matrix.d)
    is_wide = unicodedata.east_asian_width(character) in "WF"
    right = x.value + size if is_wide else max(box.right, x.value)
    return Piece(character, x.value, y.value, right, y.value + max(size, 1.0))


def _follows(last: Piece, each: Piece, gap: float) -> bool:
    """Whether a character goes on with a piece; ``gap`` is what parts them, in character widths."""
    size = each.top - each.bottom
    return abs(last.bottom - each.bottom) < size * 0.3 and -size * 0.7 < each.left - last.right < size * gap


def _lines(pieces: list[Piece]) -> list[PageLine]:
    """Put pieces on lines: those whose middles are at one height, within half a character."""
    lines: list[PageLine] = []
    for piece in sorted(pieces, key=lambda each: (-(each.top + each.bottom), each.left)):
        middle = (piece.top + piece.bottom) / 2
        line = lines[-1] if lines else None
        if line is not None:
            first = line.pieces[0]
            if abs((first.top + first.bottom) / 2 - middle) < (first.top - first.bottom) * 0.4:
                line.pieces.append(piece)
                continue
        lines.append(PageLine([piece]))
    for line in lines:
        line.pieces.sort(key=lambda each: each.left)
    return lines
