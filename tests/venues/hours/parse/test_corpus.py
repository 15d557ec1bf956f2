"""Texts as venues write them, against what a careful person reads in them.

Each line of corpus.jsonl has a `text`, the confidences that are honest for it, and

days    what holds on dates of 2026: `closed`, `unknown`, `by_appointment`, or spans like
        `09:00-17:00<16:30 extended free`, with last entry, state, kind, admission, condition (`if:`) and
        audience (`for:`) where they are not the usual ones. `<*` is any last entry, a word with ? may be
        there or not, and `~` in front leaves open whether hours that go on are one span or two of
        different kinds
areas   the same for named parts of the venue
unread  passages of which something must be returned as not read
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.venues.hours.builders import clock, minute
from tests.venues.hours.calendars import CITY
from venues.hours import Day, DayStatus, Kind, Span, State, VenueHours, resolve_day
from venues.hours.parse import ParseResult, parse

LINES = Path(__file__).with_name("corpus.jsonl").read_text("utf-8").splitlines()
CORPUS = [json.loads(line) for line in LINES]
# Texts of real museums; they lie beside the project where somebody has them, and not in it.
SAMPLES = Path(__file__).parents[5] / "shared" / "data" / "hours_samples.jsonl"

ANY = "*"
KINDS = {kind.value for kind in Kind}


class Piece(NamedTuple):
    """A span as the corpus writes it."""

    opens: int
    closes: int
    last_entry: int | str
    words: frozenset[str]
    optional: frozenset[str] = frozenset()

    def allows(self, other: "Piece") -> bool:
        return (
            (self.opens, self.closes) == (other.opens, other.closes)
            and self.last_entry in (ANY, other.last_entry)
            and self.words <= other.words <= self.words | self.optional
        )


def written(text: str) -> Piece:
    """`"09:00-17:00<16:30 free?"`"""
    hours, *words = text.split()
    hours, __, last = hours.partition("<")
    opens, closes = map(minute, hours.split("-"))
    return Piece(
        opens,
        closes,
        ANY if last == ANY else minute(last) if last else closes,
        frozenset(word for word in words if not word.endswith("?")),
        frozenset(word.rstrip("?") for word in words if word.endswith("?")),
    )


def read(span: Span) -> Piece:
    words = {span.state, span.kind, span.admission} - {State.OPEN, Kind.REGULAR, ""}
    words |= {f"for:{span.audience}"} if span.audience else set()
    words |= {f"if:{span.condition}"} if span.condition else set()
    return Piece(span.opens, span.closes, span.last_entry, frozenset(map(str, words)))


def joined(pieces: list[Piece]) -> list[Piece]:
    """The spans without their kinds, where one goes on after the other as one."""
    made: list[Piece] = []
    for piece in pieces:
        plain = piece._replace(words=piece.words - KINDS)
        if made and made[-1].closes == plain.opens and made[-1].words == plain.words:
            plain = plain._replace(opens=made.pop().opens)
        made.append(plain)
    return made


def is_as_expected(day: Day, expected: str) -> bool:
    if expected in set(DayStatus):
        return day.status == expected and not day.spans
    wanted = [written(each) for each in expected.removeprefix("~").split(", ")]
    found = [read(span) for span in day.spans]
    if expected.startswith("~"):
        found = joined(found)
    return len(wanted) == len(found) and all(
        one.allows(other) for one, other in zip(wanted, found, strict=True)
    )


def shown(day: Day) -> str:
    if not day.spans:
        return str(day.status)
    return ", ".join(
        " ".join(
            [
                f"{clock(span.opens)}-{clock(span.closes)}"
                + (f"<{clock(span.last_entry)}" if span.last_entry != span.closes else ""),
                *sorted(read(span).words),
            ]
        )
        for span in day.spans
    )


def differences(hours: VenueHours, days: dict[str, str], name: str = "") -> Iterator[str]:
    for text, expected in days.items():
        day = resolve_day(hours, "", date.fromisoformat(text), CITY)
        if not is_as_expected(day, expected):
            yield f"{name}{day.date:%a %d %b}: {expected} expected, {shown(day)} read"


def mistakes(case: dict[str, Any], result: ParseResult) -> Iterator[str]:
    if result.confidence not in case["confidence"]:
        yield f"{result.confidence}: unread {result.unread}, warnings {result.warnings}"
    yield from differences(result.hours, case.get("days", {}))
    areas = {area.name: area.hours for area in result.areas}
    for name, days in case.get("areas", {}).items():
        if name in areas:
            yield from differences(areas[name], days, f"{name} ")
        else:
            yield f"no area {name}, but {list(areas)}"
    for passage in case.get("unread", []):
        start = case["text"].index(passage)
        if not any(each.start < start + len(passage) and start < each.end for each in result.unread):
            yield f"{passage} was read, unread is {result.unread}"


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["text"][:30])
def test_is_read_as_a_careful_person_reads_it(case: dict[str, Any]) -> None:
    assert list(mistakes(case, parse(case["text"]))) == []


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["text"][:30])
def test_complete_means_that_nothing_is_left(case: dict[str, Any]) -> None:
    result = parse(case["text"])
    has_hours = bool(result.hours.schedules or result.areas) or result.hours.mode != "own"
    if result.confidence == "complete":
        assert result.unread == ()
        assert has_hours
    if result.confidence == "none":
        assert not has_hours


def test_the_corpus_is_large_and_without_repetition() -> None:
    texts = [case["text"] for case in CORPUS]
    assert len(set(texts)) == len(texts) >= 170
    assert sum(case["about"] == "as messy as real ones" for case in CORPUS) >= 25


@pytest.mark.skipif(not SAMPLES.exists(), reason="the texts of real museums are not here")
def test_real_texts_with_hours_are_read() -> None:
    texts = [json.loads(line)["text"] for line in SAMPLES.read_text("utf-8").splitlines()]
    results = {text: parse(text) for text in texts}
    assert [text for text, result in results.items() if result.confidence == "none"] == ["暂无"]
    for text, result in results.items():
        assert (result.confidence == "complete") <= (result.unread == ()), text
        if result.confidence == "complete":
            whole = [result.hours] if result.hours.schedules else []
            days = [
                resolve_day(hours, "", date(2026, 6, number), CITY)
                for hours in [*whole, *(area.hours for area in result.areas)]
                for number in range(8, 15)
            ]
            assert any(day.status == DayStatus.OPEN for day in days), text
            assert all(not day.conflicts for day in days), text
