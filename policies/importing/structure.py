"""Turns the lines of a document into headings, numbered provisions, paragraphs and tables."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext

from policies.importing.documents import Caution, Element, Line, Note, RawBlock, Run, Table
from policies.importing.html import block, paragraph, table_block, without_start
from policies.numbering import Level, Ordinal, leading_number, ordinal_of

# A heading is one line that ends like none of a text.
LONGEST_HEADING = 50
_SENTENCE = re.compile(r"[。；;：:，,、！？]")
_CAPTION = re.compile(r"(?:附?表|表格)\s*[0-9０-９一二三四五六七八九十]+\s*[:：.．、]?\s*\S{0,60}")
_ANNEX = re.compile(r"附\s*(?:件|录|表)\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：.．]?")
_STYLE_LEVELS = ("first", "second", "third", "fourth")
_LEVELS = {"part", "chapter", "section", *_STYLE_LEVELS}


def body_of(elements: Iterable[Element]) -> tuple[list[RawBlock], list[Caution]]:
    """Return the blocks of a body, as a stream stores them, and what to check in it."""
    builder = _Builder()
    for element in elements:
        builder.add(element)
    return builder.finished(), builder.cautions


class _Builder:
    """Takes lines one by one. What runs on is gathered until something else begins."""

    def __init__(self) -> None:
        self.blocks: list[RawBlock] = []
        self.cautions: list[Caution] = []
        self._paragraphs: list[str] = []  # of the paragraph or article that is open
        self._bullets: list[str] = []
        self._article: RawBlock | None = None  # the article to which paragraphs without a number belong
        self._in_article = False
        self._has_first_level = False
        self._tables = 0

    def add(self, element: Element) -> None:
        if isinstance(element, Note):
            self._close()
            self.cautions.append(Caution(element.text, len(self.blocks)))
        elif isinstance(element, Table):
            self._add_table(element)
        elif element.text:
            self._add_line(element)

    def finished(self) -> list[RawBlock]:
        self._close()
        return self.blocks

    def _add_line(self, line: Line) -> None:
        if line.is_bullet:
            self._bullets.append(paragraph(line.runs, "li"))
            return
        self._end_bullets()
        number, runs = _number_of(line)
        text = "".join(run.text for run in runs).strip()
        if number is None:
            if line.outline or _ANNEX.fullmatch(line.text):
                self._add_section("", line.text, _level_of(line))
            else:
                self._paragraphs.append(paragraph(runs))
        elif number.level <= Level.SECTION or (
            number.level != Level.ARTICLE and self._is_heading(line, number, text)
        ):
            self._add_section(number.printed, text, number.level.name.lower())
        else:
            self._add_clause(number, runs)

    def _is_heading(self, line: Line, number: Ordinal, text: str) -> bool:
        """Whether a line under 一、 to （1） is a heading, not a sentence or an item of a list."""
        if not text or len(text) > LONGEST_HEADING or _SENTENCE.search(text):
            return False
        # Interpretations of the courts gather articles under 一、; elsewhere an article holds the items.
        if self._in_article and not (number.level == Level.FIRST and self._has_first_level):
            return False
        shown = [run for run in line.runs if run.text.strip()]
        is_set_off = bool(line.outline) or (bool(shown) and all(run.is_bold for run in shown))
        return number.level <= Level.SECOND or is_set_off

    def _add_section(self, number: str, title: str, level: str) -> None:
        self._close()
        self._in_article = False
        self._has_first_level |= level == Level.FIRST.name.lower()
        if level == Level.SUBPART.name.lower():
            level = Level.PART.name.lower()
        words = title.split()
        if len(words) > 1 and all(len(word) == 1 for word in words):
            title = "".join(words)  # 附　则 is spread over the line
        known = level if level in _LEVELS else "fourth"
        # A line too long for a heading was styled as one by mistake.
        if len(title) > 200:
            self._paragraphs.append(paragraph([Run(number + title)]))
            return
        self.blocks.append(block("section", {"number": number, "title": title, "level": known}))

    def _add_clause(self, number: Ordinal, runs: list[Run]) -> None:
        self._close()
        if number.level == Level.ARTICLE:
            self._in_article = True
        clause = block("clause", {"number": number.printed, "text": ""})
        self.blocks.append(clause)
        self._article = clause
        text = "".join(run.text for run in runs).strip()
        self._paragraphs = [paragraph(runs)] if text else []
        if number.level != Level.ARTICLE and text:
            self._close()

    def _add_table(self, table: Table) -> None:
        caption = self._take_caption()
        self._close()
        self._tables += 1
        text = gettext("Table %(number)d: compare it with the original.") % {"number": self._tables}
        self.cautions.append(Caution(text, len(self.blocks)))
        self.blocks.append(table_block(table, caption))

    def _take_caption(self) -> str:
        """Return the line before a table that names it, and take it out of the text."""
        if not self._paragraphs:
            return ""
        text = re.sub(r"<[^>]+>", "", self._paragraphs[-1])
        if "&" in text or not _CAPTION.fullmatch(text):
            return ""
        self._paragraphs.pop()
        return text

    def _end_bullets(self) -> None:
        if self._bullets:
            self._close_paragraphs()
            self.blocks.append(block("paragraph", f"<ul>{''.join(self._bullets)}</ul>"))
            self._bullets = []

    def _close(self) -> None:
        self._close_paragraphs()
        self._end_bullets()

    def _close_paragraphs(self) -> None:
        html = "".join(self._paragraphs)
        if self._article is not None:
            self._article["value"]["text"] = html
        elif html:
            self.blocks.append(block("paragraph", html))
        self._article = None
        self._paragraphs = []


def _number_of(line: Line) -> tuple[Ordinal | None, list[Run]]:
    """Return the number of a line, typed or counted by the program, and the rest of its text."""
    if line.number:
        ordinal = ordinal_of(line.number)
        if ordinal:
            return ordinal, line.runs
        return None, [Run(line.number), *line.runs]
    found = leading_number("".join(run.text for run in line.runs))
    if found is None:
        return None, line.runs
    return found[0], without_start(line.runs, found[1])


def _level_of(line: Line) -> str:
    if _ANNEX.fullmatch(line.text) or not line.outline:
        return "part"
    return _STYLE_LEVELS[min(line.outline, len(_STYLE_LEVELS)) - 1]
