"""Whatever the text: every character is understood or returned, and the parser says how sure it is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.venues.hours.calendars import CITY
from venues.hours import Confidence, ParseResult, Severity, VenueHours, parse, problems
from venues.hours.parse.grammar import read
from venues.hours.parse.vocabulary import WORDS

VOCABULARY = sorted({word for entries in WORDS.values() for word, _, _ in entries})
PIECES = st.sampled_from(
    [
        *VOCABULARY,
        *"，。；、（）：—\n ",
        "9:00",
        "9:00-17:00",
        "16:30",
        "周一",
        "周二至周日",
        "5月",
        "10月1日",
        "2026年",
        "某处",
        "\ud800",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60)


def all_hours(result: ParseResult) -> list[VenueHours]:
    return [result.hours, *(area.hours for area in result.areas)]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_and_what_comes_out_can_be_saved(text: str) -> None:
    result = parse(text)
    ends = [0, *(place for each in result.unread for place in (each.start, each.end)), len(text)]
    assert ends == sorted(ends)
    assert all(each.text == text[each.start : each.end] != "" for each in result.unread)
    assert all(0 <= each.start <= each.end <= len(text) for each in result.warnings)
    for hours in all_hours(result):
        for problem in problems(hours, CITY, [date(2026, 3, 9)]):
            assert problem.severity != Severity.ERROR or problem.code in ("conflict", "overlapping_sessions")
    if result.confidence == Confidence.COMPLETE:
        assert result.unread == ()


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_what_is_not_taken_is_unread(text: str) -> None:
    reader = read(text)
    unread = parse(text).unread
    if text.endswith("。"):
        return  # may be in the form of `describe`, which has no tokens
    marks = {"stop", "colon", "and", "opening", "closing"}
    for token, taken in zip(reader.tokens, reader.taken, strict=True):
        if not taken and token.kind not in marks:
            assert any(each.start <= token.start and token.end <= each.end for each in unread)


@pytest.mark.parametrize(
    "piece",
    [
        "（",
        "）",
        "周一",
        "除",
        "每月",
        "天",
        "的",
        "第一、",
        "小学、",
        "除夕、国庆、",
        "9:00-",
        "\x00",
        "\udfff",
    ],
)
def test_long_repetitions_are_read_without_an_exception(piece: str) -> None:
    assert parse(piece * (10_000 // len(piece))).confidence != Confidence.COMPLETE
