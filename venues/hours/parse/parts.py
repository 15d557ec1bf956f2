"""The names of parts of a venue: 一楼自习区, 儿童馆, 24小时自助图书馆."""

from venues.hours.parse.reader import Frame, Reader
from venues.hours.parse.words import Word

_NAME_ENDS = frozenset("厅馆室区楼层部园场池塔亭廊店屋房堂处院站吧")
_NOT_IN_NAMES = frozenset("因不除未已将请如若仅只限需须可凭遇按视周日月号")
_REMAINING = ("其他", "其余", "其它", "其餘")
_NO_NAMES = ("专场", "现场", "早场", "日场", "一场", "本场", "首场", "末场", "每场", "全部", "内部", "外部")
_SHORTEST_NAME, _LONGEST_NAME = 2, 20
_AFTER_NAME = frozenset(
    {
        Word.COLON,
        Word.LABEL,
        Word.TIME,
        Word.PERIOD,
        Word.ALL_DAY,
        Word.WEEKDAYS,
        Word.EVERY_DAY,
        Word.DAYS,
        Word.SEASON,
        Word.MONTH,
        Word.OPENS_AT,
        Word.CLOSED,
        Word.CLOSING,
        Word.OPEN,
        Word.STATE,
        Word.ADMISSION,
        Word.NOISE,
        Word.OPENING,
        Word.KIND,
        Word.MEETS,
        Word.CAUSE,
    }
)
_SELF = ("本馆", "我馆", "全馆", "本院", "本园", "本中心", "本场馆")


_AFTER_LOCATION = _AFTER_NAME - {Word.OPENING, Word.CLOSING, Word.NOISE, Word.MEETS}


def read_area(reader: Reader) -> bool:
    """Read the name of a part of the venue where one begins: 一楼自习区, 儿童馆：, 【展厅】."""
    if not _begins_clause(reader):
        return False
    place = first = reader.place
    if reader.kind() == Word.ALL_DAY and reader.kind(1) not in (
        Word.STATE,
        Word.PART,
        Word.VENUE,
        Word.UNKNOWN,
    ):
        return False
    kinds = {Word.UNKNOWN, Word.PART, Word.VENUE, Word.NUMBER, Word.THE_REST}
    while (
        reader.kind_at(place) in kinds
        or (place == reader.place and reader.kind_at(place) == Word.ALL_DAY)
        or _is_self_service(reader, place)
        or (place > reader.place and _is_all_day_part(reader, place))
    ):
        if place > reader.place and reader.tokens[place].start != reader.tokens[place - 1].end:
            break
        place += 1
    if place == reader.place or reader.kind_at(place) not in _AFTER_NAME:
        return False
    start, end = reader.span_of(reader.place, place)
    name = reader.source[start:end]
    if name in _SELF:
        reader.frame.all_areas = name == "全馆" and bool(reader.areas)
        reader.area = ""
        reader.take(place)
        return True
    if name.startswith(_REMAINING) and not reader.areas:
        return False
    last = reader.tokens[place - 1].kind
    is_name = last in (Word.PART, Word.VENUE) or (
        last == Word.UNKNOWN and name[-1] in _NAME_ENDS and not name.endswith(_NO_NAMES)
    )
    if not is_name or not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME or not _NOT_IN_NAMES.isdisjoint(name):
        return False
    last_place = place
    place = _past_location(reader, place)
    name = reader.source[start : reader.span_of(reader.place, place)[1]]
    reader.take(place)
    reader.area = "" if name.startswith(_REMAINING) else name
    if last == Word.VENUE:
        reader.venue_names.add(name)
        if last_place - 1 == first:
            reader.plain_names.add(name)
    if reader.area:
        reader.areas.setdefault(name, (start, end))
    reader.season = None
    reader.frame = Frame(kind=reader.frame.kind, also=reader.frame.also, area_is_new=True)
    return True


def _is_self_service(reader: Reader, place: int) -> bool:
    """自助 belongs to a name when the name goes on: 24小时自助图书馆."""
    return reader.kind_at(place) == Word.STATE and reader.kind_at(place + 1) in (Word.PART, Word.VENUE)


def _is_all_day_part(reader: Reader, place: int) -> bool:
    """24小时 belongs to a name when the name goes on: 一楼24小时自习室."""
    return reader.kind_at(place) == Word.ALL_DAY and reader.kind_at(place + 1) in (Word.PART, Word.VENUE)


def _begins_clause(reader: Reader) -> bool:
    if reader.place == 0:
        return True
    place = reader.place - 1
    while place and reader.tokens[place].kind == Word.NOISE and reader.tokens[place].value is None:
        place -= 1  # 其中一楼自习区
    before = reader.tokens[place]
    if before.kind == Word.COLON and place:
        before = reader.tokens[place - 1]
        return before.kind in (Word.LABEL, Word.REMARK)
    return before.kind in (Word.STOP, Word.OPENING, Word.CLOSING)


def _past_location(reader: Reader, place: int) -> int:
    """Return the place after the brackets that tell where a part is: 少儿阅览室（一楼）：."""
    if reader.kind_at(place) != Word.OPENING:
        return place
    end = reader.skip(place + 1, Word.UNKNOWN, Word.PART, Word.NUMBER)
    is_location = end > place + 1 and reader.kind_at(end) == Word.CLOSING
    return end + 1 if is_location and reader.kind_at(end + 1) in _AFTER_LOCATION else place
