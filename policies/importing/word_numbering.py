"""The numbers that Word counts by itself: 一、 （一） 1. （1） as a reader of the page sees them (ECMA-376, 17.9)."""

import re

from lxml import etree

from policies.importing.word_package import W
from policies.numbering import in_chinese

_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "chineseLegalSimplified",
        "ideographTraditional",
        "japaneseDigitalTenThousand",
    }
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LEVELS = 9


class _Level:
    """One level of a list: how it counts, and what it prints."""

    def __init__(self, element: etree._Element) -> None:
        self.start = int(_value(element, "start") or 1)
        self.format = _value(element, "numFmt") or "decimal"
        self.text = _value(element, "lvlText") or ""
        self.restart = _value(element, "lvlRestart")
        self.is_legal = element.find(f"{W}isLgl") is not None
        self.style = _value(element, "pStyle") or ""


def _value(element: etree._Element | None, name: str) -> str | None:
    found = element.find(f"{W}{name}") if element is not None else None
    return None if found is None else found.get(f"{W}val")


def formatted(value: int, number_format: str) -> str:
    """Return a number in one of Word's formats; formats that Chinese documents do not use give Arabic digits."""
    if number_format in _CHINESE and 0 < value < 10000:
        return in_chinese(value)
    if number_format.startswith("decimalEnclosedCircle") and 0 < value <= len(_CIRCLED):
        return _CIRCLED[value - 1]
    if number_format == "decimalFullWidth":
        return str(value).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    if number_format in {"lowerLetter", "upperLetter"} and 0 < value <= 26:
        letter = chr(ord("a") + value - 1)
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in {"lowerRoman", "upperRoman"} and 0 < value < 40:
        rest, text = value, ""
        for unit, letters in _ROMAN:
            text += letters * (rest // unit)
            rest %= unit
        return text.upper() if number_format == "upperRoman" else text
    if number_format == "none":
        return ""
    return str(value)


class Counters:
    """Counts the lists of one document while its paragraphs are read in their order."""

    def __init__(self, numbering: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._first: dict[tuple[str, int], int] = {}
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: etree._Element) -> None:
        abstract = {
            each.get(f"{W}abstractNumId"): {
                int(level.get(f"{W}ilvl") or 0): _Level(level) for level in each.findall(f"{W}lvl")
            }
            for each in numbering.findall(f"{W}abstractNum")
        }
        for each in numbering.findall(f"{W}num"):
            number = each.get(f"{W}numId") or ""
            source = _value(each, "abstractNumId") or ""
            levels = dict(abstract.get(source, {}))
            self._abstract[number] = source
            for override in each.findall(f"{W}lvlOverride"):
                at = int(override.get(f"{W}ilvl") or 0)
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[at] = _Level(own)
                start = _value(override, "startOverride")
                if start is not None:
                    self._first[number, at] = int(start)
            self._levels[number] = levels

    def level_of_style(self, number: str, style: str) -> int:
        """Return the level of a list that is tied to a style, else 0."""
        levels = self._levels.get(number, {})
        return next((at for at, level in levels.items() if level.style == style), 0)

    def is_bullet(self, number: str, at: int) -> bool:
        """Whether a level of a list prints a sign instead of a number."""
        level = self._levels.get(number, {}).get(at)
        return level is not None and level.format in {"bullet", "picture"}

    def next(self, number: str, at: int) -> str:
        """Count on in level ``at`` (from 0) of the list ``number``, and return what the paragraph begins with."""
        levels = self._levels.get(number, {})
        level = levels.get(at)
        if level is None or not 0 <= at < LEVELS:
            return ""
        # Lists made from one definition go on counting, unless they say where to begin.
        counts = self._counts.setdefault(self._abstract[number], [0] * LEVELS)
        begins = self._first.get((number, at))
        if begins is not None and (number, at) not in self._started:
            counts[at] = begins
        else:
            counts[at] = counts[at] + 1 if counts[at] else level.start
        self._started.add((number, at))
        for deeper in range(at + 1, LEVELS):
            below = levels.get(deeper)
            if below is None or below.restart != "0":
                counts[deeper] = 0
        if level.format == "bullet":
            return ""

        def shown(found: re.Match) -> str:
            place = int(found[1]) - 1
            other = levels.get(place, level)
            value = counts[place] or other.start
            return formatted(value, "decimal" if level.is_legal else other.format)

        return re.sub(r"%([1-9])", shown, level.text)
