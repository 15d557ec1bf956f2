"""Where the parts of a document stand: an address for each, and the rank of its heading."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from wagtail.blocks import StreamValue

from policies.numbering import Level, Ordinal, ordinal_of

# The words before the number. Articles and parts count through a whole document, the others within what holds them.
_WORDS = {
    Level.PART: "part",
    Level.SUBPART: "sub",
    Level.CHAPTER: "ch",
    Level.SECTION: "sec",
    Level.ARTICLE: "art",
    Level.FIRST: "s",
}
_FIRST_HEADING = 2  # the document's title is h1
_LAST_HEADING = 6


class Placed(NamedTuple):
    """A block of a body and where it stands.

    ``anchor`` is empty for what has no number and is no section. ``heading`` is the rank (2 to 6) of a
    section's heading, no rank left out, and 0 for everything else.
    """

    block: StreamValue.StreamChild
    anchor: str
    heading: int


def placed(body: StreamValue) -> list[Placed]:
    """Return the blocks of a body with their anchors, each anchor once.

    Anchors are made of the numbers (``art-21``, ``ch-2-sec-1``, ``s-3-2`` for 三、（二）), as people cite them:
    they are the same in every language and survive every edit that leaves the numbers alone. A section without
    a number has its block's identity for an anchor.
    """
    seen: dict[str, int] = {}
    found = []
    for block, name, heading in _named(body):
        anchor = name
        if name:
            seen[name] = seen.get(name, 0) + 1
            # An annex that counts its articles anew.
            anchor = name if seen[name] == 1 else f"{name}_{seen[name]}"
        found.append(Placed(block, anchor, heading))
    return found


def anchor_of(body: StreamValue, number: str) -> str:
    """Return the anchor of the part with this number, such as 第二十一条, or "" where the body has none."""
    wanted = ordinal_of(number)
    for place in placed(body):
        value: Any = place.block.value
        found = ordinal_of(value["number"]) if place.anchor else None
        if wanted and found and found[1:] == wanted[1:]:
            return place.anchor
    return ""


def _named(body: StreamValue) -> Iterator[tuple[StreamValue.StreamChild, str, int]]:
    """Yield each block with the name of its place, and the rank of its heading."""
    line: list[tuple[Level, str, bool]] = []  # the numbered parts that hold the present one
    for block in body:
        if block.block_type not in {"section", "clause"}:
            yield block, "", 0
            continue
        value: Any = block.value
        ordinal = ordinal_of(value["number"])
        is_section = block.block_type == "section"
        level = ordinal.level if ordinal else value.level
        if is_section:
            # No heading stands inside an article: interpretations of the courts gather articles under 一、.
            line = list(takewhile(lambda each: each[0] != Level.ARTICLE, line))
        while line and line[-1][0] >= level:
            line.pop()
        outer = line[-1][1] if line else ""
        name = f"b-{(block.id or '')[:8]}" if is_section else ""
        if ordinal:
            name = _name(ordinal, outer)
        above = sum(1 for __, ___, is_heading in line if is_heading)
        # A heading without a number adds nothing to the anchors below it.
        line.append((level, name if ordinal else outer, is_section))
        yield block, name, min(_FIRST_HEADING + above, _LAST_HEADING) if is_section else 0


def _name(ordinal: Ordinal, above: str) -> str:
    value = f"{ordinal.value}-{ordinal.inserted}" if ordinal.inserted else str(ordinal.value)
    word = _WORDS.get(ordinal.level)
    if ordinal.level in {Level.PART, Level.ARTICLE}:
        return f"{word}-{value}"
    if word:
        return f"{above}-{word}-{value}" if above else f"{word}-{value}"
    return f"{above or 'i'}-{value}"
