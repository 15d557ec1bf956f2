"""Hours as text: what a careful editor writes on the door, in Chinese and in English.

`outline` puts the rules in the order in which they are told, `chinese` and `english` word them. The Chinese
text is one that `venues.hours.parse` reads back to the same rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType

from venues.hours.describe import chinese, english
from venues.hours.describe.outline import outlined
from venues.hours.model import Mode, VenueHours

NOBODY: Mapping[str, str] = MappingProxyType({})
_WRITERS = {"zh-hans": chinese, "en": english}


@dataclass(frozen=True, slots=True)
class Passage:
    """One schedule in words: the name of its area, when it holds, and a clause for each rule.

    Area and heading are empty for the venue as a whole and for hours that always hold.
    """

    area: str
    heading: str
    clauses: tuple[str, ...]


def passages(hours: VenueHours, language: str, *, names: Mapping[str, str] = NOBODY) -> tuple[Passage, ...]:
    """Return `hours` in words, a passage for each schedule that has rules.

    `language` is `zh-hans` or `en`, in upper or lower case. `names` gives the names of areas and audiences by
    key; without one the key stands for itself. Raises ValueError for another language.
    """
    writer = _writer(language)
    found = [
        Passage(
            names.get(section.area, section.area),
            writer.heading(line.schedule) if line.has_heading else "",
            tuple(writer.clause(clause, names) for clause in line.clauses),
        )
        for section in outlined(hours)
        for line in section.lines
    ]
    if hours.mode != Mode.OWN:
        found.insert(0, Passage("", "", (writer.MODES[hours.mode],)))
    return tuple(found)


def describe(hours: VenueHours, language: str, *, names: Mapping[str, str] = NOBODY) -> str:
    """Return `hours` as one text: a line for each schedule, and above its own lines the name of an area.

    Arguments and errors are those of `passages`.
    """
    writer = _writer(language)
    lines, area = [], ""
    for passage in passages(hours, language, names=names):
        if passage.area != area:
            area = passage.area
            lines.append(writer.area_line(area))
        lines.append(writer.sentence(passage.heading, passage.clauses))
    return "\n".join(lines)


def _writer(language: str) -> ModuleType:
    writer = _WRITERS.get(language.lower())
    if writer is None:
        raise ValueError(f"language: expected one of {', '.join(_WRITERS)}, not {language!r}")
    return writer


__all__ = ["Passage", "describe", "passages"]
