"""Text of a file as the rich text of a block. Everything is escaped here; tags are those written below."""

import re
import uuid
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import escape

from policies.importing.documents import Cell, Line, RawBlock, Run, Table

LINK_SCHEMES = frozenset({"http", "https", "mailto"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(r"[\s\x00-\x20\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def clean(text: str) -> str:
    """Return ``text`` without what a database refuses and what turns the direction of writing."""
    return re.sub(r"[\u200b\u202a-\u202e\u2066-\u2069\ufeff]", "", _CONTROL.sub("", text))


def safe_address(address: str) -> str:
    """Return an address that a reader may be led to (http, https, mailto), or "" for every other one."""
    compact = _INVISIBLE.sub("", address)
    try:
        parts = urlsplit(compact)
    except ValueError:
        return ""
    if parts.scheme.lower() not in LINK_SCHEMES:
        return ""
    return compact if parts.scheme.lower() == "mailto" or parts.netloc else ""


def paragraph(runs: list[Run], tag: str = "p") -> str:
    """Return one paragraph. A paragraph in bold throughout is in bold because of its style, and says nothing by it."""
    shown = [run for run in runs if run.text.strip()]
    all_bold = all(run.is_bold for run in shown)
    parts = []
    for run in _merged(runs):
        text = str(escape(run.text)).replace("\n", "<br/>")
        if run.is_bold and not all_bold and run.text.strip():
            text = f"<b>{text}</b>"
        if run.href:
            text = f'<a href="{escape(run.href)}">{text}</a>'
        parts.append(text)
    return f"<{tag}>{''.join(parts).strip()}</{tag}>"


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1][1:] == run[1:]:
            merged[-1] = merged[-1]._replace(text=merged[-1].text + run.text)
        elif run.text:
            merged.append(run)
    return merged


def without_start(runs: list[Run], text: str) -> list[Run]:
    """Return the runs without their first characters, up to where ``text``, the end of the whole, begins."""
    drop = len("".join(run.text for run in runs).rstrip()) - len(text)
    left = []
    for run in runs:
        if drop >= len(run.text):
            drop -= len(run.text)
            continue
        left.append(run._replace(text=run.text[drop:]) if drop > 0 else run)
        drop = 0
    return left


def block(kind: str, value: Any) -> RawBlock:
    """Return a block as a stream stores it."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def items(values: list[Any]) -> list[RawBlock]:
    """Return the items of a list block as a stream stores them."""
    return [block("item", value) for value in values]


def table_block(table: Table, caption: str) -> RawBlock:
    """Return a table with at most one level of tables inside it; the text of deeper ones stays in their cell."""
    value = {
        "caption": caption[:200],
        "header_rows": table.header_rows,
        "has_row_headings": False,
        "rows": items([{"cells": items([_cell(cell) for cell in row])} for row in table.rows]),
    }
    return block("table", value)


def _cell(cell: Cell) -> dict[str, Any]:
    inner = [
        {
            "header_rows": table.header_rows,
            "rows": items([{"cells": items([_inner_cell(each) for each in row])} for row in table.rows]),
        }
        for table in cell.tables
    ]
    return {
        "text": cell.text,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "tables": items(inner),
    }


def _inner_cell(cell: Cell) -> dict[str, Any]:
    return {"text": text_of(cell), "colspan": cell.colspan, "rowspan": cell.rowspan}


def text_of(cell: Cell) -> str:
    """Return the text of a cell with that of the tables inside it, a line per row."""
    rows = [" ".join(text_of(each) for each in row) for table in cell.tables for row in table.rows]
    return "\n".join(filter(None, [cell.text, *rows]))


def line_of(text: str, **look: Any) -> Line:
    """Return a line of plain text."""
    return Line([Run(clean(text))], **look)
