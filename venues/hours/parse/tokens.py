"""The folded text as tokens: times, dates, weekdays and words, each with its place in the text."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from venues.hours.model import DAY_MINUTES
from venues.hours.parse.fold import fold
from venues.hours.parse.numerals import NUMERALS, is_digit, number_at
from venues.hours.parse.vocabulary import word_at
from venues.hours.parse.weekdays import LIST_MARKS, WEEK, read_weekdays
from venues.hours.parse.words import Found, Value, Word

_STOPS = {",": 1, ";": 2, "。": 3, "\n": 3, ".": 2}
_NEUTRAL = frozenset(" *#·•※\"'“”‘’「」『』《》<>_`◆●■★☆▪▲○◎…=^\\@$%¤￥¥")


class Token(NamedTuple):
    """`value` depends on `kind`, see `Word`; the text is `source[start:end]`."""

    kind: Word
    value: Value
    start: int
    end: int


MOST_FILLERS = 4  # between two words of a phrase


def kind_at(tokens: Sequence[Token], place: int) -> Word | None:
    """Return the kind of the token at `place`, None outside of the text."""
    return tokens[place].kind if 0 <= place < len(tokens) else None


def tokens_of(source: str) -> list[Token]:
    """Return the tokens of `source`; blanks and marks without a meaning have none."""
    text = fold(source)
    tokens: list[Token] = []
    place, next_mark = 0, 1
    while place < len(text):
        if _begins_line(tokens):
            end = _list_mark(text, place, next_mark)
            next_mark += end > place
            place = end
            if place == len(text):
                break
        if text[place] in _NEUTRAL:
            end = _after_blanks(text, place)
            if text[place:end] == " " * (end - place) and end - place > 1:
                tokens.append(Token(Word.STOP, 2, place, end))
            place = end
            continue
        kind, value, end = _token_at(text, place)
        if kind == Word.UNKNOWN and tokens and tokens[-1].kind == Word.UNKNOWN and tokens[-1].end == place:
            tokens[-1] = tokens[-1]._replace(end=end)
        else:
            tokens.append(Token(kind, value, place, end))
        place = end
    return tokens


def _after_blanks(text: str, place: int) -> int:
    end = place + 1
    while end < len(text) and text[end] == text[place]:
        end += 1
    return end


def _token_at(text: str, place: int) -> Found:
    for read in _READERS:
        found = read(text, place)
        if found:
            return found
    if text[place] in _STOPS:
        return Word.STOP, _STOPS[text[place]], place + 1
    word = word_at(text, place)
    if word:
        return word[1], word[2], place + len(word[0])
    number = number_at(text, place)
    if number and (is_digit(text, place) or number[0] >= 10):
        return Word.NUMBER, number[0], number[1]
    end = place + 1
    while is_digit(text, place) and is_digit(text, end):
        end += 1
    return Word.UNKNOWN, None, end


def _begins_line(before: list[Token]) -> bool:
    return (
        not before
        or (before[-1].kind == Word.STOP and before[-1].value > 1)
        or before[-1].kind == Word.OPENING
    )


def _list_mark(text: str, place: int, expected: int) -> int:
    """Return where 1、 or 二、 or 3. ends when it has the expected number, else `place`."""
    number = number_at(text, place)
    if not number or number[0] != expected or text[number[1] : number[1] + 1] not in ("、", "."):
        return place
    end = number[1] + 1
    # 一、二楼 is no mark, and neither is 9.30
    return place if text[end : end + 1] in NUMERALS or is_digit(text, end) else end


def skip(tokens: Sequence[Token], place: int, *kinds: Word) -> int:
    """Return the place after the fillers of `kinds`; 均 and 都 are none, they say of what something holds."""
    end = place
    while end - place < MOST_FILLERS and kind_at(tokens, end) in kinds and tokens[end].value != "all":
        end += 1
    return end


# ---------------------------------------------------------------------------------------------------
# Punctuation


def _mark(text: str, place: int) -> Found | None:
    character = text[place]
    if character == "-":
        end = place
        while end < len(text) and text[end] in "- ":
            end += 1
        return Word.DASH, None, place + len(text[place:end].rstrip(" "))
    if character == ":":
        return Word.COLON, None, place + 1
    if character == "(":
        number = number_at(text, place + 1)
        if number and text[number[1] : number[1] + 1] == ")":
            return Word.STOP, 2, number[1] + 1  # (二) begins an item of a list
        return Word.OPENING, None, place + 1
    if character == ")":
        return Word.CLOSING, None, place + 1
    return None


# ---------------------------------------------------------------------------------------------------
# Times, dates, durations: a number and what follows it


def _numeric(text: str, place: int) -> Found | None:
    number = number_at(text, place)
    if number is None:
        return None
    value, end = number
    for read in (
        _iso_date,
        _dotted_days,
        _compact_time,
        _clock_time,
        _spoken_time,
        _hour_of_range,
        _duration,
        _calendar_unit,
    ):
        found = read(text, place, value, end)
        if found:
            return found
    return None


def _iso_date(text: str, place: int, value: int, end: int) -> Found | None:
    """2026-10-01, 2026/10/1, 2026.10.1."""
    if not 2000 <= value <= 2100 or not is_digit(text, place) or text[end : end + 1] not in ("-", "/", "."):
        return None
    month = number_at(text, end + 1)
    if not month or text[month[1] : month[1] + 1] != text[end]:
        return None
    day = number_at(text, month[1] + 1)
    if not day or not (1 <= month[0] <= 12 and 1 <= day[0] <= 31):
        return None
    return Word.DATE, (value, month[0], day[0]), day[1]


def _dotted_days(text: str, place: int, value: int, end: int) -> Found | None:
    """5.1-9.30: days of the year, since no time has one digit after its point."""
    first = _dotted(text, place)
    if not first or text[first[2] : first[2] + 1] != "-":
        return None
    last = _dotted(text, first[2] + 1)
    if not last or not (first[3] or last[3]):
        return None
    return Word.YEAR_DAYS, (first[:2], last[:2]), last[2]


def _dotted(text: str, place: int) -> tuple[int, int, int, bool] | None:
    """Return month, day, end, and whether one digit follows the point."""
    month = number_at(text, place)
    if not month or not is_digit(text, place) or text[month[1] : month[1] + 1] != ".":
        return None
    day = number_at(text, month[1] + 1)
    if not day or not 1 <= month[0] <= 12 or not 1 <= day[0] <= 31:
        return None
    return month[0], day[0], day[1], day[1] - month[1] == 2


def _compact_time(text: str, place: int, value: int, end: int) -> Found | None:
    """0900-1700: four digits are a time beside a dash and four more, when one of them begins with 0."""
    if end - place != 4 or not is_digit(text, place):
        return None
    after = text[end : end + 1] == "-" and number_at(text, end + 1)
    before = text[place - 1 : place] == "-" and is_digit(text, place - 5) and number_at(text, place - 5)
    other = after or before
    if not other or "0" not in (text[place], text[place - 5 : place - 4]):
        return None
    return _time(value // 100, value % 100, end)


def _clock_time(text: str, place: int, value: int, end: int) -> Found | None:
    """9:00, 09 : 00, 9.30, 9:00:00."""
    if not is_digit(text, place) or end - place > 2:
        return None
    mark = _skip_blanks(text, end)
    separator = text[mark : mark + 1]
    if separator == "." and mark != end or separator not in (":", ".") or not separator:
        return None
    start = _skip_blanks(text, mark + 1) if separator == ":" else mark + 1
    minutes = number_at(text, start)
    if not minutes or not is_digit(text, start) or minutes[1] - start != 2:
        return None
    after = minutes[1]
    if separator == "." and text[after : after + 1] == ".":
        return None
    if separator == ":" and text.startswith(":00", after) and not is_digit(text, after + 3):
        after += 3
    for unit in ("分", "时", "正", "整"):
        after += text.startswith(unit, after) and not text.startswith("正常", after)
    return _time(value, minutes[0], after)


def _spoken_time(text: str, place: int, value: int, end: int) -> Found | None:
    """9点, 九点半, 下午五时一刻, 9时30分, 17点整."""
    start = _skip_blanks(text, end)
    if text[start : start + 1] not in ("点", "时") or not text[start : start + 1] or value > 24:
        return None
    after = start + 1
    if text.startswith("点钟", start):
        return _time(value, 0, after + 1)
    for word, minutes in (("半", 30), ("一刻", 15), ("三刻", 45), ("整", 0), ("正", 0)):
        if text.startswith(word, after) and not text.startswith("正常", after):
            return _time(value, minutes, after + len(word))
    number = number_at(text, after)
    if number and (number[1] - after == 2 or text.startswith("分", number[1])):
        return _time(value, number[0], number[1] + text.startswith("分", number[1]))
    return _time(value, 0, after)


def _hour_of_range(text: str, place: int, value: int, end: int) -> Found | None:
    """The 9 of 9-18点 and 9至18时: the word for the hour stands behind the last number only."""
    if not is_digit(text, place) or text[end : end + 1] not in ("-", "至", "到") or end == len(text):
        return None
    last = number_at(text, end + 1)
    if not last or not is_digit(text, end + 1) or not value < 24 >= last[0]:
        return None
    is_hour = text[last[1] : last[1] + 1] in ("点", "时") and not text.startswith("时段", last[1])
    return _time(value, 0, end) if is_hour and last[1] < len(text) else None


def _time(hours: int, minutes: int, end: int) -> Found | None:
    total = 60 * hours + minutes
    return (Word.TIME, total, end) if minutes < 60 and total <= DAY_MINUTES else None


def _duration(text: str, place: int, value: int, end: int) -> Found | None:
    """30分钟, 1小时, 一个半小时, 两个小时; the half alone is read as a word."""
    after = _skip_blanks(text, end)
    if text.startswith("分钟", after):
        return Word.DURATION, value, after + 2
    whole = after + text.startswith("个", after)
    half = text.startswith("半", whole)
    for unit in ("小时", "钟头"):
        if text.startswith(unit, whole + half):
            if value == 24 and not half:
                return None
            return Word.DURATION, 60 * value + 30 * half, whole + half + 2
    return None


def _calendar_unit(text: str, place: int, value: int, end: int) -> Found | None:
    after = _skip_blanks(text, end)
    unit = text[after : after + 1]
    if unit == "年" and 2000 <= value <= 2100:
        return Word.YEAR, value, after + 1
    if unit == "月" and 1 <= value <= 12:
        return Word.MONTH, value, after + 1 + text.startswith("份", after + 1)
    if unit in ("日", "号") and unit and 1 <= value <= 31:
        return Word.MONTH_DAY, value, after + 1
    return None


def _half_hour(text: str, place: int) -> Found | None:
    for word in ("半个小时", "半小时", "半个钟头"):
        if text.startswith(word, place):
            return Word.DURATION, 30, place + len(word)
    return None


def _lunar_day(text: str, place: int) -> Found | None:
    """初一 to 初十, 廿一 to 廿九: written so, a number is a lunar day."""
    if text[place] == "初":
        number = number_at(text, place + 1)
        return (Word.LUNAR_DAY, number[0], number[1]) if number and 1 <= number[0] <= 10 else None
    if text[place] == "廿":
        number = number_at(text, place)
        return (Word.LUNAR_DAY, number[0], number[1]) if number else None
    return None


def _nth(text: str, place: int) -> Found | None:
    """第一个, 第2个, 第一、三个, 第二、第四个; a weekday follows."""
    if text[place] != "第":
        return None
    numbers, end = [], place
    while True:
        number = number_at(text, end + text.startswith("第", end))
        if not number or not 1 <= number[0] <= 5:
            return None
        numbers.append(number[0])
        end = number[1] + text.startswith("个", number[1])
        if (
            len(numbers) > 5
            or text[end : end + 1] not in LIST_MARKS
            or text.startswith(("最", "末"), end + 1)
        ):
            break
        end += 1
    return (Word.NTH, tuple(numbers), end) if text.startswith((*WEEK, "、", "和"), end) else None


def _annual_holiday(text: str, place: int) -> Found | None:
    """五一 and 十一 are holidays where their own words say so; the vocabulary has them, dates do not."""
    word = word_at(text, place) if text[place] in "五十国" else None
    return (word[1], word[2], place + len(word[0])) if word and word[1] == Word.DAYS else None


def _long_word(text: str, place: int) -> Found | None:
    """Words that begin with a number: 24小时, 365天, 二十四小时, 7x24小时, 一年四季."""
    if not (is_digit(text, place) or text[place] in NUMERALS):
        return None
    word = word_at(text, place)
    return (word[1], word[2], place + len(word[0])) if word else None


def _skip_blanks(text: str, place: int) -> int:
    end = place
    while end < len(text) and text[end] == " ":
        end += 1
    return end if end - place <= 2 else place


_READERS: tuple[Callable[[str, int], Found | None], ...] = (
    _mark,
    read_weekdays,
    _nth,
    _annual_holiday,
    _long_word,
    _half_hour,
    _lunar_day,
    _numeric,
)
