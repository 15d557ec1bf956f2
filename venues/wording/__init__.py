"""Sentences about opening hours and notices, in each language, made from the structure alone.

Only ``notices`` reads a database, and nothing a clock: callers bring the facts. The sentences do not
come from message catalogues, since word order, counts and ranges differ by language; each language is
a class with the same methods (``values.Language``). ``language`` is a language code of the site.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openness.core import dates
from openness.core.clock import local
from openness.core.dates import day_label, known_language
from venues.hours import Because, VenueHours
from venues.hours.describe import Passage, passages
from venues.wording.en import English
from venues.wording.hant import TABLE
from venues.wording.notices import notice_facts
from venues.wording.values import (
    EffectFacts,
    Hours,
    Language,
    NoticeFacts,
    Reason,
    Season,
    StatusFacts,
    Stretch,
    Subject,
)
from venues.wording.zh import Chinese

__all__ = [
    "EffectFacts",
    "Hours",
    "Language",
    "NoticeFacts",
    "Reason",
    "Season",
    "StatusFacts",
    "Stretch",
    "Subject",
    "announced_label",
    "because_text",
    "day_label",
    "effect_text",
    "hours_passages",
    "names_text",
    "notice_facts",
    "notice_sentence",
    "notice_text",
    "now_label",
    "opening_label",
    "period_text",
    "phrase",
    "sessions_text",
    "speak",
    "status_label",
    "term",
    "window_label",
]

_CHINESE = {
    dates.SIMPLIFIED: Chinese(dates.SIMPLIFIED),
    dates.TRADITIONAL: Chinese(dates.TRADITIONAL, TABLE),
}
_LANGUAGES: dict[str, Chinese | English] = {**_CHINESE, dates.ENGLISH: English()}


def speak(language: str) -> Chinese | English:
    """Return the language that ``language`` names; the source language for one that the site does not have."""
    return _LANGUAGES[known_language(language)]


def term(name: str, language: str) -> str:
    """Return a fixed word, such as ``admission.free``; KeyError for a name that is not in ``terms``."""
    return speak(language).term(name)


def phrase(name: str, language: str, **data: object) -> str:
    """Return a fixed phrase with its data, such as ``minutes`` with ``minutes=120``."""
    return speak(language).phrase(name, **data)


def period_text(first: date, last: date | None, language: str) -> str:
    """Return days, both included: 2026年11月20日至11月25日, 20–25 November 2026; ``last`` None has no end."""
    return speak(language).period(first, last)


def sessions_text(spans: Sequence[Stretch], language: str) -> str:
    """Return the hours of a day: 09:00—12:00、14:30—17:30; closed where there are none."""
    return speak(language).sessions(spans)


def status_label(facts: StatusFacts, language: str) -> str:
    """Return the state with its last entry: 开放至 21:00，20:30 停止入馆; Open until 21:00, last entry 20:30."""
    speaker = speak(language)
    status, entry = speaker.status(facts), speaker.last_entry(facts)
    if not entry:
        return status
    return speaker.phrase("listed", first=status, second=entry[:1].lower() + entry[1:])


def hours_passages(value: VenueHours, language: str, *, names: Mapping[str, str]) -> list[Passage]:
    """Return a venue's own hours in words, a passage for each schedule: 每日9:00—17:00；周一闭馆.

    ``names`` are those of areas and audiences by key, in ``language``.
    """
    code = known_language(language)
    if code == dates.ENGLISH:
        return list(passages(value, "en", names=names))
    script = _CHINESE[code].script
    return [
        Passage(each.area, script(each.heading), tuple(script(clause) for clause in each.clauses))
        for each in passages(value, "zh-hans", names=names)
    ]


def because_text(
    because: Because | dict[str, Any],
    *,
    language: str,
    status: str = "open",
    kind: str = "regular",
    words: Callable[[str], str] = str,
    notice_title: str = "",
    season: Season | None = None,
) -> str:
    """Return why a day or span is as it is: 每周一闭馆（法定节假日除外）; 依据公告：…（2026年11月10日公告，提前9天）.

    ``because`` may be the stored dict; ``status`` and ``kind`` are those of what it explains; ``words``
    translates the rule's own label; ``season`` tells when the season of its schedule is.
    """
    if isinstance(because, dict):
        because = Because.from_dict(because)
    reason = Reason(because, status, kind, words(because.label), notice_title, season)
    return speak(language).because(reason) + _announcement(because, language)


def _announcement(because: Because, language: str) -> str:
    """Return when the notice behind it was announced, and how long before its first day."""
    announced_on = because.announced_on
    if announced_on is None:
        return ""
    days = because.announced_days_before(because.first_day) if because.first_day else None
    if days is None:
        name = "announced_on"
    elif days < 1:
        name = "announced_on_late" if days else "announced_on_first_day"
    else:
        name = "announced_on_ahead_one" if days == 1 else "announced_on_ahead"
    return phrase(name, language, date=speak(language).period(announced_on, announced_on), days=days)


def effect_text(effect: EffectFacts, language: str) -> str:
    """Return what one effect of a notice does and when, without its subject and without a final stop."""
    return speak(language).effect(effect)


def notice_text(facts: NoticeFacts, language: str) -> str:
    """Return the public sentence of a notice; empty without effects."""
    return speak(language).notice(facts)


def notice_sentence(notice: Any, *, language: str) -> str:
    """Return the public sentence of a notice page, saved or as a form holds it; for many, use ``notice_facts``."""
    return notice_text(notice_facts([notice], language=language)[0], language)


def announced_label(announced_on: date | None, first: date | None, language: str) -> str:
    """Return how long before its first day a notice was public: 提前 7 天公告; empty when either is not known."""
    if announced_on is None or first is None:
        return ""
    days = (first - announced_on).days
    if days < 1:
        return term("notice.announced_late" if days else "notice.announced_today", language)
    return phrase("announced_one" if days == 1 else "announced", language, days=days)


# ---------------------------------------------------------------------------------------------------
# Labels of the finder and of lists


def now_label(now: datetime, language: str) -> str:
    """Return an instant as a day and a time: 11月19日 周四 10:00, Thu 19 Nov 10:00."""
    return f"{day_label(local(now).date(), language)} {dates.clock_label(now)}"


def opening_label(opening: Any, language: str) -> str:
    """Return the hours of an opening (``opens_at``, ``closes_at``): 11月21日 周六 19:00—21:00."""
    return _range_label(opening.opens_at, opening.closes_at, language)


def window_label(when: str, window: Any, language: str) -> str:
    """Return the time that a question asks about: 11月21日 周六 19:00—21:00; 今晚 18:00—24:00.

    ``window`` has ``start`` and ``end`` (None for the instant ``start``); ``when`` is its word in the
    address, or empty.
    """
    if window.end is None:
        hours = now_label(window.start, language)
    else:
        hours = _range_label(window.start, window.end, language)
    name = f"when.{when}"
    return f"{term(name, language)} {hours}" if when in {"now", "today", "tonight", "weekend"} else hours


def _range_label(start: datetime, end: datetime, language: str) -> str:
    dash = "–" if known_language(language) == dates.ENGLISH else "—"
    closes, last_day = _end_of(start, end)
    if last_day == local(start).date():
        return f"{now_label(start, language)}{dash}{closes}"
    return f"{now_label(start, language)} {dash} {day_label(last_day, language)} {closes}"


def _end_of(start: datetime, end: datetime) -> tuple[str, date]:
    """Return the time and day on which something ends; midnight is 24:00 of the day before it."""
    then = local(end)
    if end > start and (then.hour, then.minute) == (0, 0):
        return "24:00", date.fromordinal(then.toordinal() - 1)
    return dates.clock_label(then), then.date()


def names_text(names: Iterable[str], language: str) -> str:
    """Return names as a list: A、B; A, B."""
    return (", " if known_language(language) == dates.ENGLISH else "、").join(names)
