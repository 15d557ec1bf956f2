"""Numbers in Arabic or Chinese digits, up to 99 in the latter."""

_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TEN = "十"
_TENS = {"廿": 20, "卅": 30}
NUMERALS = frozenset(_DIGITS) | frozenset(_TENS) | {_TEN}
_ASCII = frozenset("0123456789")


def number_at(text: str, place: int) -> tuple[int, int] | None:
    """Return the number that begins at `place` and where it ends, or None.

    Four Arabic digits at most: longer ones are no time and no date. 十二, 二十四, 廿六 are numbers; 一二 is not.
    """
    if place >= len(text):
        return None
    if text[place] in _ASCII:
        end = place + 1
        while end < len(text) and end - place < 5 and text[end] in _ASCII:
            end += 1
        return (int(text[place:end]), end) if end - place < 5 else None
    return _chinese_at(text, place)


def is_digit(text: str, place: int) -> bool:
    """Tell whether an Arabic digit stands at `place`, which may lie outside the text."""
    return 0 <= place < len(text) and text[place] in _ASCII


def _chinese_at(text: str, place: int) -> tuple[int, int] | None:
    character = text[place]
    if character in _TENS:
        return _with_units(text, place + 1, _TENS[character])
    if character == _TEN:
        return _with_units(text, place + 1, 10)
    if character not in _DIGITS:
        return None
    following = text[place + 1 : place + 2]
    if following == _TEN:
        return _with_units(text, place + 2, 10 * _DIGITS[character])
    if following in ("〇", "零") and _DIGITS[character] == 0:
        return None
    if following in _DIGITS and character in "〇零":
        return _DIGITS[following], place + 2  # 零五分
    return _DIGITS[character], place + 1


def _with_units(text: str, place: int, tens: int) -> tuple[int, int]:
    units = _DIGITS.get(text[place : place + 1], 0)
    return (tens + units, place + 1) if units else (tens, place)
