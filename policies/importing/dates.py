"""Dates in official documents: 2026年11月1日, 二〇二六年十一月一日, 2026-11-01."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from policies.numbering import number_of

_HAN = "零〇○Ｏ一二三四五六七八九十"
_DAY = re.compile(
    rf"(?P<year>[12][0-9]{{3}}|[{_HAN}]{{4}})\s*(?:年|[-./])\s*"
    rf"(?P<month>[0-9]{{1,2}}|[{_HAN}]{{1,3}})\s*(?:月|[-./])\s*"
    rf"(?P<day>[0-9]{{1,2}}|[{_HAN}]{{1,3}})\s*日?"
)
_TERM = re.compile(rf"有效期(?:限)?(?:为|是|：|:)?\s*(?P<years>[0-9]{{1,2}}|[{_HAN}]{{1,3}})\s*年")
_SINCE_ISSUE = re.compile(
    r"自(?:公布|发布|印发|颁布|下发|发文)之日起(?:开始|正式)?(?:施行|实施|执行|生效|试行)"
)
# What stands before the day in a document's own sentence: 第二十条 本办法自, 三、本通知自, or only 自.
_OWN = re.compile(
    rf"(?:第[{_HAN}百0-9]+条\s*|[{_HAN}]+、\s*|\([{_HAN}]+\)\s*|[0-9]+[.、]\s*)?(?:.{{0,80}}[,，])?"
    r"(?:本[^,，《》]{1,16}|以上[^,，《》]{0,12})?自"
)
_OWN_TERM = re.compile(r"(?:^|[条、,)\s])本[^,，《》]{1,16}?(?:自|有效期|施行|的|$)")
_ENDS = re.compile(r"有效期(?:限)?(?:截)?(?:至|到)$")
_LASTS = re.compile(r"(?:施行|实施|执行|有效)(?:至|到)$")
_BEGINS = re.compile(r"(?:施行|实施|执行|生效|试行)")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def dates_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Yield each real date in ``text`` with where it begins and ends there."""
    for found in _DAY.finditer(_plain(text).replace("Ｏ", "〇")):
        parts = [number_of(found[name]) for name in ("year", "month", "day")]
        try:
            yield date(*(part or 0 for part in parts)), found.start(), found.end()
        except ValueError:
            continue


def only_date(text: str) -> date | None:
    """Return the date that ``text`` consists of, or None when it says more or something else."""
    compact = re.sub(r"\s", "", _plain(text))
    found = next(dates_in(compact), None)
    return found[0] if found and found[1:] == (0, len(compact)) else None


def effective_from(text: str, written_on: date | None) -> date | None:
    """Return the day from which the document says that it holds; ``written_on`` for 自印发之日起施行.

    What it says of other documents does not count: 《办法》自2007年6月1日起施行 begins with a name.
    """
    found = None
    for sentence in _sentences(text):
        for day, start, end in dates_in(sentence):
            if _OWN.fullmatch(sentence[:start]) and _BEGINS.search(sentence[end : end + 12]):
                found = day
        if found is None and written_on and _SINCE_ISSUE.search(sentence):
            found = written_on
    return found


def valid_until(text: str, effective_on: date | None) -> date | None:
    """Return the last day of a term that the document names for itself.

    有效期至2027年12月31日 names it; 有效期5年 counts from ``effective_on``. 许可证有效期5年 is no term of the document.
    """
    for sentence in _sentences(text):
        place = sentence.find("有效期")
        has_own_term = place >= 0 and (_BEGINS.search(sentence[:place]) or _OWN_TERM.search(sentence[:place]))
        for day, start, __ in dates_in(sentence):
            before = sentence[max(0, start - 8) : start]
            if (has_own_term and _ENDS.search(before)) or (
                _OWN_TERM.match(sentence) and _LASTS.search(before)
            ):
                return day
        term = _TERM.search(sentence) if has_own_term else None
        years = number_of(term["years"]) if term else None
        if years and effective_on:
            return _last_day(effective_on, years)
    return None


def _sentences(text: str) -> list[str]:
    return [
        each.strip()
        for each in re.split(r"[。\n]", _plain(text))
        if "施行" in each or "有效期" in each or _BEGINS.search(each)
    ]


def _last_day(first: date, years: int) -> date:
    """Return the last day of a term of ``years`` that begins on ``first``."""
    try:
        same_day = first.replace(year=first.year + years)
    except ValueError:  # 29 February
        same_day = date(first.year + years, 3, 1)
    return date.fromordinal(same_day.toordinal() - 1)
