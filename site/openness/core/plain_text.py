"""The plain text of what editors write: of rich text, and of the blocks of a stream, from what the database holds.

Nothing is looked up: a picture or a file that a block names is not fetched, so the text of many pages costs no query.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.documents.blocks import DocumentChooserBlock

_LINE_END = re.compile(r"</(?:p|h[1-6]|li|blockquote)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
_DOCUMENT_LINK = re.compile(r"<a\b(?=[^>]*\blinktype=\"document\")[^>]*\bid=\"(\d+)\"", re.IGNORECASE)


def text_of_html(html: str) -> str:
    """Return the text of rich text, a line for each paragraph, heading and entry of a list."""
    lines = unescape(strip_tags(_LINE_END.sub("\n", html))).split("\n")
    return "\n".join(line for line in map(str.strip, lines) if line)


def text_of(value: Any) -> str:
    """Return the text of a page's field: a stream, rich text, or words that are plain already."""
    if isinstance(value, StreamValue):
        return "\n".join(_texts(value.stream_block, value.raw_data))
    text = str(value or "")
    return text_of_html(text) if "<" in text or "&" in text else text.strip()


def documents_in(value: Any) -> list[int]:
    """Return the keys of the documents that a field offers or links to, each once, in its order."""
    found = (
        _documents(value.stream_block, value.raw_data) if isinstance(value, StreamValue) else _linked(value)
    )
    return list(dict.fromkeys(found))


def _texts(block: blocks.Block, raw: Any) -> Iterator[str]:
    """Yield the lines of a block. A struct of plain fields is one line; a choice speaks only beside words."""
    if isinstance(block, blocks.StructBlock):
        parts = [
            (child, list(_texts(child, value))) for child, value in _children(block, raw) if value is not None
        ]
        if any(texts for child, texts in parts if not isinstance(child, BaseChoiceBlock)):
            texts = [text for __, found in parts for text in found]
            is_line = all(isinstance(child, blocks.FieldBlock) for child, __ in parts)
            yield from [" ".join(texts)] if is_line else texts
    elif isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        for child, value in _children(block, raw):
            yield from _texts(child, value)
    elif isinstance(block, blocks.RichTextBlock):
        if text := text_of_html(raw or ""):
            yield text
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock | BaseChoiceBlock):
        yield from filter(None, (str(text).strip() for text in block.get_searchable_content(raw or "")))


def _documents(block: blocks.Block, raw: Any) -> Iterator[int]:
    if isinstance(block, blocks.StructBlock | blocks.StreamBlock | blocks.ListBlock):
        for child, value in _children(block, raw):
            yield from _documents(child, value)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _linked(raw)
    elif isinstance(block, DocumentChooserBlock) and raw:
        yield int(raw)


def _linked(html: Any) -> Iterator[int]:
    return (int(match[1]) for match in _DOCUMENT_LINK.finditer(str(html or "")))


def _children(block: blocks.Block, raw: Any) -> Iterator[tuple[blocks.Block, Any]]:
    """Yield the blocks inside a block, with what the database holds of each."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield child, (raw or {}).get(name)
    elif isinstance(block, blocks.ListBlock):
        for item in raw or []:
            is_wrapped = isinstance(item, dict) and item.get("type") == "item"
            yield block.child_block, item["value"] if is_wrapped else item
    else:
        for item in raw or []:
            if child := block.child_blocks.get(item["type"]):
                yield child, item["value"]
