"""The text of `describe`, word for word: one line is one schedule, one clause one rule.

Text in this form has a single reading, so that nothing is spread over seasons or joined: what an editor gets
described and pastes back is what was there before. What is read is worded again, and the reading stands only
where that gives the line as it was; everything else is for the grammar.
"""

from collections.abc import Mapping
from dataclasses import replace

from venues.hours.model import Mode, Schedule, VenueHours
from venues.hours.parse.described_chinese import ChineseLine
from venues.hours.parse.described_english import EnglishLine
from venues.hours.parse.described_line import DescribedLine, OtherForm
from venues.hours.parse.keys import unique
from venues.hours.parse.result import ParsedArea

_LANGUAGES: tuple[type[DescribedLine], ...] = (ChineseLine, EnglishLine)
_SEASON_KEYS = {"夏季": "summer", "冬季": "winter", "春季": "spring", "秋季": "autumn"}


def read_described(
    text: str, audiences: Mapping[str, str]
) -> tuple[VenueHours, tuple[ParsedArea, ...]] | None:
    """Return the hours that `describe` wrote as `text`, or None when it has another form.

    `audiences` are codes by the names that the text gives them; a name without a code is its own code.
    """
    lines = text.strip().splitlines()
    for language in _LANGUAGES:
        try:
            return _read(lines, language, audiences)
        except OtherForm:
            continue
    return None


def _read(
    lines: list[str], language: type[DescribedLine], audiences: Mapping[str, str]
) -> tuple[VenueHours, tuple[ParsedArea, ...]]:
    mode = language.words.modes.get(lines[0], Mode.OWN) if lines else Mode.OWN
    found: dict[str, list[Schedule]] = {"": []}
    area = ""
    for line in lines[mode != Mode.OWN :]:
        before, after = language.area
        if line.startswith(before) and line.endswith(after):
            area = line[len(before) : -len(after)]
            found.setdefault(area, [])
        else:
            found[area].append(language(line, audiences).schedule())
    if mode != Mode.BY_APPOINTMENT and not any(found.values()):
        raise OtherForm
    whole = VenueHours(mode, schedules=_with_keys(found.pop("")))
    return whole, tuple(
        ParsedArea(name, VenueHours(schedules=_with_keys(each))) for name, each in found.items()
    )


def _with_keys(schedules: list[Schedule]) -> tuple[Schedule, ...]:
    taken: set[str] = set()
    keyed = []
    for schedule in schedules:
        key = _SEASON_KEYS.get(schedule.label, schedule.layer.code)
        keyed.append(replace(schedule, key=unique(key, taken)))
    return tuple(keyed)
