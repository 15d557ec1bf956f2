"""Reads a Word file (.docx): paragraphs with their numbers, tables, and what has to be looked at."""

import re

from django.utils.translation import gettext
from lxml import etree

from policies.importing.documents import (
    Caution,
    Cell,
    Element,
    ImportedDocument,
    Line,
    Note,
    Run,
    Table,
    Unreadable,
)
from policies.importing.facts import document_of
from policies.importing.html import clean, line_of, safe_address
from policies.importing.refusals import refuse_secret
from policies.importing.word_numbering import Counters
from policies.importing.word_package import MC, W, WordPackage, open_word
from policies.importing.word_styles import Styles

MAX_PARAGRAPHS = 20_000
_PAGE_NUMBER = re.compile(r"[\s\-—–·第共页/0-9]*")
_HOLDERS = {
    f"{W}sdt",
    f"{W}sdtContent",
    f"{W}ins",
    f"{W}moveTo",
    f"{W}customXml",
    f"{MC}AlternateContent",
    f"{MC}Choice",
}
_DROPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr", f"{MC}Fallback"}
_SPACES = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_PICTURES = (f"{W}drawing", f"{W}pict")


def read_docx(content: bytes) -> ImportedDocument:
    """Return what a Word file says.

    Raises Unreadable, with a sentence for the person who gave it, when the file is not taken.
    """
    package = open_word(content)
    reader = _Reader(package)
    body = package.document.find(f"{W}body")
    elements = reader.read(body) if body is not None else []
    if not any(isinstance(each, (Line, Table)) for each in elements):
        raise Unreadable(gettext("There is no text in this file."))
    elements += reader.notes()
    margins = reader.margins()
    refuse_secret(margins)
    document = document_of(elements)
    document.cautions = [*(Caution(text) for text in reader.general()), *document.cautions]
    document.taken += margins
    return document


class _Reader:
    """Walks through the body in reading order."""

    def __init__(self, package: WordPackage) -> None:
        self.package = package
        self.styles = Styles(package.styles)
        self.counters = Counters(package.numbering)
        self.footnotes: list[tuple[str, str]] = []  # kind and identity, as met
        self.has_changes = self.has_comments = False
        self.count = 0

    def read(self, parent: etree._Element) -> list[Element]:
        """Return paragraphs and tables below ``parent``."""
        elements: list[Element] = []
        continued: list[Run] = []
        for each in self._children(parent):
            if each.tag == f"{W}tbl":
                elements += self._table(each)
            elif each.tag == f"{W}p":
                line, around = self._paragraph(each)
                line.runs = [*continued, *line.runs]
                continued = []
                if each.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                    # The end of this paragraph was deleted: the next one goes on with it.
                    continued = line.runs
                    line = Line([])
                elements += around
                if line.text:
                    elements.append(line)
            self._count()
        if continued:
            elements.append(Line(continued))
        return elements

    def _count(self) -> None:
        self.count += 1
        if self.count > MAX_PARAGRAPHS:
            raise Unreadable(gettext("This document is too long. Split it and import its parts."))

    def _children(self, parent: etree._Element) -> list[etree._Element]:
        """Return paragraphs and tables, those inside content controls too; what was deleted or moved away not."""
        found = []
        for each in parent:
            if each.tag in {f"{W}p", f"{W}tbl"}:
                found.append(each)
            elif each.tag in _HOLDERS:
                found += self._children(each)
            elif each.tag in {f"{W}del", f"{W}moveFrom"}:
                self.has_changes = True
        return found

    # -----------------------------------------------------------------------------------------------
    # Paragraphs

    def _paragraph(self, element: etree._Element) -> tuple[Line, list[Element]]:
        """Return a paragraph, and what floats beside it: the text of boxes, and notes about pictures."""
        around: list[Element] = []
        runs: list[Run] = []
        self._walk(element, runs, around, is_bold=False, href="")
        style = self.styles.of(element)
        line = Line(
            [run for run in runs if run.text],
            outline=0 if style.outline is None else style.outline,
            is_centred=style.is_centred,
        )
        if style.number and line.text:
            at = style.number_level
            if at is None:
                at = self.counters.level_of_style(style.number, style.name)
            line.is_bullet = self.counters.is_bullet(style.number, at)
            line.number = self.counters.next(style.number, at)
        return line, around

    def _walk(
        self, element: etree._Element, runs: list[Run], around: list[Element], *, is_bold: bool, href: str
    ) -> None:
        for each in element:
            tag = each.tag
            if tag in {f"{W}del", f"{W}moveFrom", f"{W}ins", f"{W}moveTo"}:
                self.has_changes = True
            if tag in _DROPPED:
                continue
            if tag == f"{W}t":
                runs.append(Run(clean(each.text or ""), is_bold, href))
            elif tag in _SPACES:
                runs.append(Run(_SPACES[tag], is_bold, href))
            elif tag == f"{W}r":
                self._walk(each, runs, around, is_bold=self.styles.is_bold(each), href=href)
            elif tag == f"{W}hyperlink":
                self._walk(each, runs, around, is_bold=is_bold, href=self._link(each, around))
            elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                self._footnote(each, runs)
            elif tag == f"{W}commentReference":
                self.has_comments = True
            elif tag == f"{W}object":
                around.append(Note(gettext("An embedded object stands here. It was not imported.")))
            elif tag in _PICTURES:
                self._picture(each, around)
            else:
                self._walk(each, runs, around, is_bold=is_bold, href=href)

    def _link(self, element: etree._Element, around: list[Element]) -> str:
        name = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
        address = self.package.links.get(str(name), "")
        safe = safe_address(address)
        if address and not safe:
            text = gettext("A link that is no address of a page was removed: %(address)s")
            around.append(Note(text % {"address": clean(address)[:80]}))
        return safe

    def _footnote(self, element: etree._Element, runs: list[Run]) -> None:
        kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
        self.footnotes.append((kind, element.get(f"{W}id") or ""))
        runs.append(Run(f"［{len(self.footnotes)}］"))

    def _picture(self, element: etree._Element, around: list[Element]) -> None:
        """Take the text of a box; tell of a picture, which needs a description that a file does not give."""
        # What lies inside another box, or is a copy for old programs, is not walked through twice.
        boxes = [
            box
            for box in element.iter(f"{W}txbxContent")
            if _nearest(box, f"{W}txbxContent", element) is None
            and _nearest(box, f"{MC}Fallback", element) is None
        ]
        for box in boxes:
            text = self.read(box)
            if text:
                around += [Note(gettext("This text stood in a box: is this its place?")), *text]
        if not boxes:
            around.append(Note(gettext("A picture stands here. Add it with a description.")))

    # -----------------------------------------------------------------------------------------------
    # Tables

    def _table(self, element: etree._Element, depth: int = 0) -> list[Element]:
        """Return a table, after the notes on what stands in its cells."""
        notes: list[Element] = []
        rows: list[list[Cell]] = []
        above: dict[int, Cell] = {}  # by column, what a cell that is merged with the one above it belongs to
        headers = 0
        for row in self._rows(element):
            cells: list[Cell] = []
            column = int(_property(row, "trPr", "gridBefore") or 0)
            for each in self._cells(row):
                span = max(1, min(int(_property(each, "tcPr", "gridSpan") or 1), 50))
                merge = each.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(f"{W}val") != "restart" and column in above:
                    above[column].rowspan += 1
                else:
                    cell = self._cell(each, span, notes, depth)
                    cells.append(cell)
                    above.pop(column, None)
                    if merge is not None:
                        above[column] = cell
                column += span
                self._count()
            if row.find(f"{W}trPr/{W}tblHeader") is not None and headers == len(rows):
                headers += 1
            rows.append(cells)
        rows = _without_empty(rows)
        if not rows:
            return notes
        return [*notes, Table(rows, min(headers or 1, 5, max(len(rows) - 1, 0)))]

    def _rows(self, table: etree._Element) -> list[etree._Element]:
        return [
            row
            for row in table.iter(f"{W}tr")
            if _nearest(row, f"{W}tbl") is table and row.find(f"{W}trPr/{W}del") is None
        ]

    def _cells(self, row: etree._Element) -> list[etree._Element]:
        return [cell for cell in row.iter(f"{W}tc") if _nearest(cell, f"{W}tr") is row]

    def _cell(self, element: etree._Element, span: int, notes: list[Element], depth: int) -> Cell:
        cell = Cell("", colspan=span)
        texts = []
        for each in self._children(element):
            if each.tag == f"{W}tbl":
                inner = self._table(each, depth + 1)
                notes += [part for part in inner if isinstance(part, Note)]
                cell.tables += [part for part in inner if isinstance(part, Table)]
            else:
                line, around = self._paragraph(each)
                texts.append(line.text)
                notes += [part for part in around if isinstance(part, Note)]
                texts += [part.text for part in around if isinstance(part, Line)]
        cell.text = "\n".join(filter(None, texts))
        if cell.tables and depth:
            notes.append(Note(gettext("A table inside a table inside a table became text.")))
        return cell

    # -----------------------------------------------------------------------------------------------
    # Beside the body

    def notes(self) -> list[Element]:
        """Return footnotes and endnotes, which stand behind the text."""
        lines: list[Element] = []
        for position, (kind, identity) in enumerate(self.footnotes, start=1):
            part = self.package.footnotes if kind == "footnote" else self.package.endnotes
            for each in part if part is not None else ():
                if each.get(f"{W}id") == identity:
                    texts = [line.text for line in self.read(each) if isinstance(line, Line)]
                    lines.append(line_of(f"［{position}］{' '.join(texts)}"))
        return [Note(gettext("Footnotes stand behind the text.")), *lines] if lines else []

    def margins(self) -> list[str]:
        """Return what headers and footers say beside page numbers."""
        found = []
        for part in self.package.margins:
            for each in self.read(part):
                if isinstance(each, Line) and not _PAGE_NUMBER.fullmatch(each.text):
                    found.append(each.text)
        return list(dict.fromkeys(found))

    def general(self) -> list[str]:
        """Return what concerns the file as a whole."""
        said = {
            gettext(
                "The file holds tracked changes, which were taken as accepted: is this the final text?"
            ): (self.has_changes),
            gettext("The file holds comments. They were left out."): self.has_comments,
            gettext("The file holds other files. They were left out."): self.package.has_embedded_files,
            gettext("The file refers to parts outside of it, which were not fetched."): (
                self.package.has_external_parts
            ),
        }
        return [text for text, is_so in said.items() if is_so]


def _nearest(
    element: etree._Element, tag: str, inside: etree._Element | None = None
) -> etree._Element | None:
    """Return the nearest ancestor with this tag, not looking above ``inside``."""
    for each in element.iterancestors():
        if each.tag == tag:
            return each
        if each is inside:
            return None
    return None


def _property(element: etree._Element, group: str, name: str) -> str | None:
    found = element.find(f"{W}{group}/{W}{name}")
    value = None if found is None else found.get(f"{W}val")
    return value if value and value.isdecimal() else None


def _without_empty(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Drop rows whose cells all belong to rows above; a cell then spans as much less."""
    kept: list[list[Cell]] = []
    for position, row in enumerate(rows):
        if row:
            kept.append(row)
            continue
        for before, other in enumerate(rows[:position]):
            for cell in other:
                if before + cell.rowspan > position:
                    cell.rowspan -= 1
    return kept
