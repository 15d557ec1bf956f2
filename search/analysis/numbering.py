"""Document numbers (发文字号) inside text, in any brackets, spacing and digits."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policies.numbers import DocumentNumber, parse_number
from search.analysis.folding import fold

_HAN_DIGIT = "零一二三四五六七八九"
_YEAR = rf"(?:\d{{4}}|[{_HAN_DIGIT}]{{4}})"
_SERIAL = rf"(?:\d{{1,6}}|[{_HAN_DIGIT}十百千]{{1,8}})"
# What makes a number, without the office's mark before it: 〔2020〕15号, 2020年第3号, and after orders and
# announcements 第711号.
_BODY = re.compile(
    rf"[〔\[【({{〈〖<]\s*{_YEAR}\s*年?\s*[〕\]】)}}〉〗>]\s*第?\s*{_SERIAL}(?:\s*号)?"
    rf"|{_YEAR}\s*年\s*第\s*{_SERIAL}\s*号"
    rf"|(?<=[令告])\s*\(?\s*第\s*{_SERIAL}\s*号\s*\)?"
    rf"|(?<=[令告])\s*\d{{1,6}}\s*号"
)
_LETTER = r"[^\W\d_]"
_MARK = re.compile(rf"(?:{_LETTER}|[·.-]|\({_LETTER}+\)){{1,16}}\s{{0,3}}\Z")
LONGEST_MARK = 24
# What a sentence says before the mark.
_BEFORE_MARK = re.compile(
    ".*(?:根据|依据|按照?|依照|遵照|参照|参见|贯彻|落实|执行|印发|关于|以及|查询|(?<=.)[的和与及见])(?=.{2})"
)


class FoundNumber(NamedTuple):
    """A number inside folded text: where it stands, as it is written, and its parts."""

    start: int
    end: int
    text: str
    number: DocumentNumber

    @property
    def standard(self) -> str:
        """The one folded text by which the index knows it; a year in words or brackets is the same year."""
        number = self.number
        return fold(DocumentNumber(number.issuer_mark, number.year, number.serial).normalised)


def document_numbers(text: str) -> list[str]:
    """Return the document numbers inside ``text``, each once, as the standard prints them: 泉政办〔2020〕15号.

    Traditional characters come out simplified, Latin letters of the mark large.
    """
    found = [found.number.normalised.upper() for found in found_in(fold(text))]
    return list(dict.fromkeys(found))


def found_in(folded: str) -> Iterator[FoundNumber]:
    """Yield the document numbers inside folded text, in order."""
    for body in _BODY.finditer(folded):
        before = folded[max(0, body.start() - LONGEST_MARK) : body.start()]
        mark = _MARK.search(before)
        if mark is None:
            continue
        skipped = _BEFORE_MARK.match(mark[0].rstrip())
        length = len(mark[0]) - (skipped.end() if skipped else 0)
        text = folded[body.start() - length : body.end()]
        if number := parse_number(text.replace("<", "〈").replace(">", "〉")):
            yield FoundNumber(body.start() - length, body.end(), text, number)
