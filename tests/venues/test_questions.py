"""A question is read from its address, and each mistake is named at its field."""

from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict

from venues.questions import read_question, window_for


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("now", "2026-11-19T10:00", None),
        ("today", "2026-11-19T10:00", "2026-11-20T00:00"),
        ("tonight", "2026-11-19T18:00", "2026-11-20T00:00"),
        ("weekend", "2026-11-21T00:00", "2026-11-23T00:00"),
    ],
)
def test_words_name_windows(demo_city: None, when: str, start: str, end: str | None) -> None:
    question, form = read_question(QueryDict(f"when={when}"))
    assert form.is_valid()
    ends = end and datetime.fromisoformat(f"{end}+08:00")
    assert (question.window.start, question.window.end) == (datetime.fromisoformat(f"{start}+08:00"), ends)


def test_on_sunday_the_weekend_is_what_is_left_of_it() -> None:
    sunday = datetime.fromisoformat("2026-11-22T15:00:00+08:00")
    window = window_for("weekend", now=sunday)
    assert (window.start, window.end) == (sunday, datetime.fromisoformat("2026-11-23T00:00:00+08:00"))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("date=2026-13-01", "date"),
        ("date=2027-11-19", "date"),
        ("date=2026-11-18", "date"),
        ("date=2026-11-21&start=21:00&end=19:00", "end"),
        ("start=25:00", "start"),
        ("minutes=0", "minutes"),
        ("minutes=99999", "minutes"),
        ("region=nowhere", "region"),
        ("region=%00", "region"),
        ("type=%27%20OR%201=1", "type"),
        ("when=yesterday", "when"),
        ("admission=cheap", "admission"),
        ("q=%00", "q"),
        (f"q={'x' * 101}", "q"),
    ],
)
def test_a_mistake_is_named_at_its_field(demo_city: None, client: Any, query: str, field: str) -> None:
    __, form = read_question(QueryDict(query))
    assert list(form.errors) == [field]
    assert client.get(f"/venues/?{query}").status_code == 400
