"""发文字号: the number an office gives its document, read in whatever way somebody typed it.

GB/T 9704-2012, 7.2.5: the office's mark, the year in full in 〔〕 and the serial number, in Arabic digits,
without 第 and without leading zeros. Orders (令) and announcements (公告) count on their own: 国务院令第711号,
财政部公告2020年第3号.
"""

import re
import unicodedata
from dataclasses import dataclass, field

_DIGITS = {"〇": 0, "○": 0, "零": 0, **{sign: value for value, sign in enumerate("一二三四五六七八九", 1)}}
_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_DIGIT, _HAN_NUMERAL = "〇○零一二三四五六七八九", "〇○零一二三四五六七八九十百千"
# Han characters and letters; a part of the mark may stand in brackets of its own.
_WORD = r"[^\W\d_]"
_MARK = rf"(?!第)(?P<mark>(?:{_WORD}|[·.-]|\({_WORD}+\))+?)"
_SERIAL = rf"(?P<serial>\d{{1,6}}|[{_HAN_NUMERAL}]{{1,8}})"
_YEAR = rf"(?P<year>\d{{4}}|[{_HAN_DIGIT}]{{4}})"
_FORMS = (
    ("bracketed", re.compile(rf"{_MARK}[〔\[【({{〈〖]{_YEAR}年?[〕\]】)}}〉〗]第?{_SERIAL}号?")),
    ("yearly", re.compile(rf"{_MARK}\(?{_YEAR}年第?{_SERIAL}号\)?")),
    ("running", re.compile(rf"{_MARK}\(?第{_SERIAL}号\)?")),
    ("running", re.compile(rf"{_MARK}(?P<serial>\d{{1,6}})号")),
)
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True)
class DocumentNumber:
    """A number in its parts; two that differ only in how the year is printed are equal."""

    issuer_mark: str
    year: int | None
    serial: int
    # 公告2020年第3号 instead of 〔2020〕3号.
    is_yearly: bool = field(default=False, compare=False)

    @property
    def normalised(self) -> str:
        """Return the number as the standard prints it: 泉政规〔2022〕3号."""
        if self.year is None:
            return f"{self.issuer_mark}第{self.serial}号"
        if self.is_yearly:
            return f"{self.issuer_mark}{self.year}年第{self.serial}号"
        return f"{self.issuer_mark}〔{self.year}〕{self.serial}号"

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return all normalised texts that stand for this same number."""
        if self.year is None:
            return (self.normalised,)
        return tuple(
            DocumentNumber(self.issuer_mark, self.year, self.serial, is_yearly).normalised
            for is_yearly in (False, True)
        )


def parse_number(text: str) -> DocumentNumber | None:
    """Return the parts of a document number in any brackets, widths and spacing; None for what is no single number."""
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    for form, pattern in _FORMS:
        found = pattern.fullmatch(compact)
        if found is None:
            continue
        serial = _numeral(found["serial"])
        year = _numeral(found["year"]) if form != "running" else None
        if not serial or (year is not None and not FIRST_YEAR <= year <= LAST_YEAR):
            return None
        mark = found["mark"].replace("(", "（").replace(")", "）")
        return DocumentNumber(mark, year, serial, is_yearly=form == "yearly")
    return None


def normalise(text: str) -> str:
    """Return a document number as the standard prints it; what cannot be read stays, with its spaces in order."""
    number = parse_number(text)
    return number.normalised if number else " ".join(text.split())


def _numeral(text: str) -> int:
    """Return the value of Arabic or Chinese digits: 711, 二〇二二, 四十二; 0 for what is neither."""
    if text.isdecimal():
        return int(text)
    if not set(text) & set(_TENS):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
