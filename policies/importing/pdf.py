"""Reads a PDF that holds text: lines become paragraphs again, over line breaks and pages.

A PDF knows places on paper only. What is no running text, above all tables, is marked for the editor.
"""

import re
import unicodedata
from collections import Counter
from statistics import median

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from openness.media.detection import check_document
from openness.media.extraction import clean as in_plain_characters
from policies.importing.documents import Caution, Element, ImportedDocument, Line, Note, Run, Unreadable
from policies.importing.facts import document_of, issuers_in
from policies.importing.pdf_lines import Page, PageLine, pages_of
from policies.numbering import leading_number
from policies.numbers import parse_number

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*[0-9０-９]{1,4}[-—–－·\s]*|第\s*[0-9０-９一二三四五六七八九十]+\s*页.{0,12}|[0-9]{1,4}\s*/\s*[0-9]{1,4}"
)
_SENTENCE_END = "。；：！？;:"
# Columns of a table stand apart by more than this many characters.
COLUMN_GAP = 1.3
TEXT_PER_PAGE = 10  # characters; a page with less is a picture


def read_pdf(content: bytes) -> ImportedDocument:
    """Return what a PDF says. Raises Unreadable, with a sentence for the person who gave it, when it is not taken."""
    try:
        check_document(content, "pdf")
    except ValidationError as error:
        raise Unreadable(" ".join(error.messages)) from error
    pages = pages_of(content)
    if sum(len(line.text) for page in pages for line in page.lines) < TEXT_PER_PAGE * len(pages):
        raise Unreadable(
            gettext(
                "This PDF holds pictures of pages and no text. Ask for the Word file, or enter the text by hand."
            )
        )
    margins = _take_margins(pages)
    document = document_of(_elements(pages))
    pictures = [number for number, page in enumerate(pages, start=1) if not page.lines]
    if pictures:
        text = gettext("No text was found on page %(pages)s: is it a picture?")
        document.cautions.insert(0, Caution(text % {"pages": "、".join(map(str, pictures))}))
    document.taken += margins
    return document


def _take_margins(pages: list[Page]) -> list[str]:
    """Remove page numbers, and lines that stand at the same edge of most pages; return the latter."""
    for page in pages:
        for edge in (0, -1):
            if (
                page.lines
                and _PAGE_NUMBER.fullmatch(page.lines[edge].text)
                and _is_at_edge(page, page.lines[edge])
            ):
                page.lines.pop(edge)
    taken = []
    for edge in (0, -1):
        shown = Counter(_without_digits(page.lines[edge].text) for page in pages if page.lines)
        repeated = {text for text, count in shown.items() if text and count > 1 and count * 2 > len(pages)}
        for page in pages:
            if page.lines and _without_digits(page.lines[edge].text) in repeated and len(page.lines) > 1:
                taken.append(page.lines.pop(edge).text)
    return list(dict.fromkeys(taken))


def _is_at_edge(page: Page, line: PageLine) -> bool:
    return line.bottom < page.height * 0.12 or line.top > page.height * 0.92


def _without_digits(text: str) -> str:
    return re.sub(r"[\s0-9０-９]", "", text)


def _elements(pages: list[Page]) -> list[Element]:
    """Return paragraphs, and a note where a table seems to begin."""
    lines = [(page, line) for page in pages for line in page.lines]
    if not lines:
        return []
    size = median(line.height for __, line in lines)
    left, right = _margins([line for __, line in lines])
    elements: list[Element] = []
    text = ""
    in_table = False
    for position, (__, line) in enumerate(lines):
        if _is_row(lines, position):
            elements += [_line(text)] if text else []
            text = ""
            if not in_table:
                elements.append(
                    Note(gettext("A table seems to begin here. Its columns are lost: enter it as a table."))
                )
            in_table = True
            elements.append(_line("　".join(piece.text for piece in line.pieces)))
            continue
        if in_table:
            elements.append(Note(gettext("The table seems to end here.")))
            in_table = False
        before = lines[position - 1][1] if position else None
        if text and before is not None and _goes_on(before, line, left, right, size):
            text += _joint(text, line.text) + line.text
        else:
            elements += [_line(text)] if text else []
            text = line.text
    return [*elements, _line(text)] if text else elements


def _line(text: str) -> Line:
    # Some fonts give radicals for the characters that look like them.
    parts = (in_plain_characters(part) for part in text.split("\u3000"))
    return Line([Run(unicodedata.normalize("NFC", "\u3000".join(parts)))])


def _margins(lines: list[PageLine]) -> tuple[float, float]:
    """Return where running text begins and ends: the place most lines begin at, and the last one most end at."""
    lefts = Counter(round(line.left / 3) for line in lines)
    most = max(lefts.values())
    left = min(place for place, count in lefts.items() if count * 3 >= most) * 3
    rights = sorted(line.right for line in lines)
    return left, rights[int(len(rights) * 0.9)] if len(rights) > 9 else rights[-1]


def _goes_on(before: PageLine, line: PageLine, left: float, right: float, size: float) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if abs(before.height - line.height) > size * 0.25:
        return False
    is_full = before.right > right - size * 2.2
    is_indented = line.left > left + size * 1.2
    if _stands_alone(before.text) or (_stands_alone(line.text) and not is_full):
        return False
    if not is_full:
        return False
    if is_indented:
        return False
    # At the left edge after a full line: only a number that begins a sentence of its own may begin a paragraph.
    return not (before.text[-1:] in _SENTENCE_END and leading_number(line.text) is not None)


def _stands_alone(text: str) -> bool:
    return parse_number(text) is not None or bool(issuers_in(text))


def _joint(before: str, after: str) -> str:
    """Return what stands between two lines of a paragraph: a space between Latin words, nothing in Chinese."""
    is_latin = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum()
    return " " if is_latin else ""


def _is_row(lines: list[tuple[Page, PageLine]], position: int) -> bool:
    """Whether a line is one of at least two rows whose columns begin at the same places."""
    page, line = lines[position]
    if not _has_columns(line):
        return False
    for other in (position - 1, position + 1):
        if 0 <= other < len(lines) and lines[other][0] is page and _shares_columns(line, lines[other][1]):
            return True
    return False


def _has_columns(line: PageLine) -> bool:
    gaps = [after.left - before.right for before, after in zip(line.pieces, line.pieces[1:], strict=False)]
    return any(gap > line.height * COLUMN_GAP for gap in gaps)


def _shares_columns(line: PageLine, other: PageLine) -> bool:
    if not _has_columns(other):
        return False
    close = line.height * 1.5
    pairs = [
        1
        for piece in line.pieces[1:]
        if any(abs(piece.left - each.left) < close for each in other.pieces[1:])
    ]
    return bool(pairs)
