"""Weekdays in the folded text: one after the other, in lists and in ranges."""

from venues.hours.parse.numerals import is_digit
from venues.hours.parse.words import Found, Word

WEEK = ("星期", "礼拜", "次周", "周")
_WEEKDAYS = {
    character: place
    for place, characters in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7"))
    for character in characters
}
LIST_MARKS = ("、", "/", "和", "及", "&")
_RANGE_MARKS = ("-", "至", "到")
_AFTER_NUMBERS = frozenset("楼层号月点时个期厅年馆区室十天")
_OF_NUMBERS = (":", ".", "月", "点", "时", "号", "年", "×", "x", "*", "个", "天")


def read_weekdays(text: str, place: int) -> Found | None:
    """Read 周一, 星期二、四、六, 周一至五, 周六日; ranges and lists of whole names are for the grammar."""
    week = next((name for name in WEEK if text.startswith(name, place)), "")
    first = _bare_weekday(text, place + len(week)) if week else None
    if first is None:
        return None
    days, end = [first], place + len(week) + 1
    while True:
        mark = text[end : end + 1]
        following = end + (mark in LIST_MARKS or mark in _RANGE_MARKS)
        day = _bare_weekday(text, following, is_listed=True)
        if day is None:
            return Word.WEEKDAYS, tuple(dict.fromkeys(days)), end
        days += weekdays_between(days[-1], day) if mark in _RANGE_MARKS else [day]
        end = following + 1


def weekdays_between(first: int, last: int) -> list[int]:
    """Return the weekdays from `first` to `last`, over Sunday where `last` comes before `first`."""
    return [(first + offset) % 7 for offset in range((last - first) % 7 + 1)]


def _bare_weekday(text: str, place: int, *, is_listed: bool = False) -> int | None:
    """Return the weekday of the digit at `place`, unless what follows makes it another number."""
    character, after = text[place : place + 1], text[place + 1 : place + 2]
    if character not in _WEEKDAYS or not character:
        return None
    if is_digit(text, place):
        return None if is_digit(text, place + 1) or after in _OF_NUMBERS else _WEEKDAYS[character]
    return None if is_listed and after in _AFTER_NUMBERS and after else _WEEKDAYS[character]
