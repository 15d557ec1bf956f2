"""The numbers that Chinese documents count their parts with: 第一章, 第二十一条, 一、, （一）, 1., （1）, ①.

The four levels below a document's title are those of GB/T 9704—2012 section 7.3.3; parts, chapters, sections
and articles those of 《立法法》 Art. 65.
"""

import re
import unicodedata
from enum import IntEnum
from typing import NamedTuple

from django.utils.translation import get_language, gettext


class Level(IntEnum):
    """How deep a number counts; a smaller one encloses a larger one."""

    PART = 1  # 编
    SUBPART = 2  # 分编
    CHAPTER = 3  # 章
    SECTION = 4  # 节
    ARTICLE = 5  # 条
    FIRST = 6  # 一、
    SECOND = 7  # （一）
    THIRD = 8  # 1.
    FOURTH = 9  # （1）
    FIFTH = 10  # ①


class Ordinal(NamedTuple):
    """A number as printed, and what it says: 第十条之一 is ``(ARTICLE, 10, 1)``."""

    printed: str
    level: Level
    value: int
    inserted: int = 0


_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERALS = "零〇○一二三四五六七八九十百千两"
_WORDS = {
    "编": Level.PART,
    "分编": Level.SUBPART,
    "章": Level.CHAPTER,
    "节": Level.SECTION,
    "条": Level.ARTICLE,
}
_COUNTED = re.compile(
    rf"第\s*(?P<number>[{NUMERALS}]+|[0-9０-９]+)\s*(?P<word>分编|编|章|节|条)(?:之(?P<inserted>[{NUMERALS}]+))?"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PATTERNS = (
    (Level.FIRST, re.compile(rf"(?P<number>[{NUMERALS}]+)\s*、")),
    (Level.SECOND, re.compile(rf"[（(]\s*(?P<number>[{NUMERALS}]+)\s*[）)]")),
    (Level.FOURTH, re.compile(r"[（(]\s*(?P<number>[0-9０-９]{1,3})\s*[）)]")),
    # Not the beginning of 1.5 or of 2026.11.19, nor of a sum such as 1,000.
    (Level.THIRD, re.compile(r"(?P<number>[0-9０-９]{1,3})\s*(?:[．、]|\.(?![0-9]))")),
    (Level.FIFTH, re.compile(rf"(?P<number>[{_CIRCLED}])")),
)


def number_of(text: str) -> int | None:
    """Return the value of a numeral in Chinese (二十一, 一百零三, 二〇二六) or Arabic digits, full-width too."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(character not in _DIGITS and character not in _UNITS for character in text):
        return None
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def in_chinese(value: int) -> str:
    """Return 1 to 9999 in Chinese numerals: 10 is 十, 21 is 二十一, 103 is 一百零三."""
    digits = "零一二三四五六七八九"
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += digits[digit] + name
        elif text and value % unit:
            text += "零"
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.removeprefix("一") if 10 <= value < 20 else text


def leading_number(text: str) -> tuple[Ordinal, str] | None:
    """Return the number that ``text`` begins with, and the rest of it; None when it begins with none.

    第三条 counts only where something separates it from what follows, or nothing follows: the sentence
    第三条规定的条件 begins with no number.
    """
    stripped = text.lstrip(" \u3000\t")
    found = _COUNTED.match(stripped)
    if found:
        rest = stripped[found.end() :]
        if rest and not rest[0].isspace() and not _begins_a_title(found["word"], rest):
            return None
        value = number_of(found["number"])
        if value is None:
            return None
        printed = re.sub(r"\s", "", found[0])
        inserted = number_of(found["inserted"]) if found["inserted"] else 0
        return Ordinal(printed, _WORDS[found["word"]], value, inserted or 0), rest.strip()
    for level, pattern in _PATTERNS:
        found = pattern.match(stripped)
        if found:
            numeral = unicodedata.normalize("NFKC", found["number"])
            value = number_of(numeral)
            if value is None:
                continue
            return Ordinal(found[0].strip(), level, value), stripped[found.end() :].strip()
    return None


def _begins_a_title(word: str, rest: str) -> bool:
    """Whether what follows the word without a space may be its title: 第一章总则, but not 第三条规定的条件."""
    return word in {"编", "分编", "章", "节"} and not rest.startswith(
        ("的", "规定", "第", "和", "、", "，", "至", "中")
    )


def ordinal_of(number: str) -> Ordinal | None:
    """Return what a number that stands alone says; None for a number of another kind, such as A-1."""
    found = leading_number(number)
    return found[0] if found and not found[1] else None


def number_label(number: str) -> str:
    """Return a number as readers of the active language know it: 第二十一条, in English Article 21."""
    if (get_language() or "zh").startswith("zh"):
        return number
    ordinal = ordinal_of(number)
    if ordinal is None:
        return number
    value = f"{ordinal.value}-{ordinal.inserted}" if ordinal.inserted else str(ordinal.value)
    words = {
        Level.PART: gettext("Part %(number)s"),
        Level.SUBPART: gettext("Subpart %(number)s"),
        Level.CHAPTER: gettext("Chapter %(number)s"),
        Level.SECTION: gettext("Section %(number)s"),
        Level.ARTICLE: gettext("Article %(number)s"),
        Level.FIRST: "%(number)s.",
        Level.SECOND: "(%(number)s)",
        Level.THIRD: "%(number)s.",
        Level.FOURTH: "(%(number)s)",
        Level.FIFTH: "%(number)s)",
    }
    return words[ordinal.level] % {"number": value}
