"""The engine against the oracle: whole days, with every span, last entry, reason and doubt."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.venues.hours import oracle
from tests.venues.hours.calendars import City
from tests.venues.hours.strategies import STARTS, calendars, venues
from venues.hours import Day, Plan, Span, VenueHours

DAYS_EACH = 20  # of each venue, and of its hall


@st.composite
def venues_and_days(draw: st.DrawFn) -> tuple[VenueHours, date]:
    """Hours whose dates lie around the days that are asked about."""
    first = draw(st.sampled_from(STARTS))
    return draw(venues([first + timedelta(days=number) for number in range(-3, DAYS_EACH)])), first


def painted(spans: list[tuple[oracle.Look, int, int, int]]) -> dict[oracle.Look, tuple[set[int], set[int]]]:
    """The minutes at which it is open, and those at which one may enter, for each way in which it reads."""
    found: dict[oracle.Look, tuple[set[int], set[int]]] = {}
    for look, opens, closes, last_entry in spans:
        minutes, entry = found.setdefault(look, (set(), set()))
        minutes.update(range(opens, closes))
        entry.update(range(opens, last_entry + 1))
    return found


def reads(span: Span) -> oracle.Look:
    return span.state, span.kind, span.condition, span.audience, span.admission


def compare(day: Day, expected: oracle.Answer) -> None:
    spans = [(reads(span), span.opens, span.closes, span.last_entry) for span in day.spans]
    pieces = [(piece.look, piece.opens, piece.closes, piece.last_entry) for piece in expected.pieces]
    assert painted(spans) == painted(pieces)
    assert sorted(spans) == sorted(pieces)
    assert {(*reads(span), span.opens, span.closes, span.because) for span in day.spans} == {
        (*piece.look, piece.opens, piece.closes, piece.because) for piece in expected.pieces
    }
    assert (day.status, day.provisional, day.because) == (
        expected.status,
        expected.provisional,
        expected.because,
    )
    assert [(one.first.name, one.second.name) for one in day.conflicts] == expected.conflicts
    assert {(one.date, one.area) for one in day.conflicts} <= {(day.date, day.area)}


def compared_days(hours: VenueHours, first: date, calendar: City) -> Iterator[Day]:
    """Compare the venue and its hall on all days, and yield these days."""
    for area in ("", "hall"):
        for day in Plan(hours, area).days(first, first + timedelta(days=DAYS_EACH - 1), calendar):
            compare(day, oracle.answer(hours, area, day.date, calendar))
            yield day


@given(venues_and_days(), calendars)
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_ten_thousand_venue_days_are_as_the_oracle_says(
    asked: tuple[VenueHours, date], calendar: City
) -> None:
    days = list(compared_days(*asked, calendar))
    assert len(days) == 2 * DAYS_EACH
    event(", ".join(sorted({day.status for day in days})))


@pytest.mark.deep
def test_a_hundred_thousand_venue_days_are_as_the_oracle_says(capsys: pytest.CaptureFixture[str]) -> None:
    seen: Counter[str] = Counter()

    @given(venues_and_days(), calendars)
    @settings(max_examples=2_500, deadline=None, suppress_health_check=list(HealthCheck))
    def every_day(asked: tuple[VenueHours, date], calendar: City) -> None:
        for day in compared_days(*asked, calendar):
            seen.update([str(day.status), "provisional" if day.provisional else "confirmed"])
            seen.update(["with notices"] if any(span.because.notice for span in day.spans) else [])
            seen.update(["past midnight"] if any(span.closes > 1440 for span in day.spans) else [])
            seen.update(["in conflict"] if day.conflicts else [])

    every_day()
    count = seen["provisional"] + seen["confirmed"]
    with capsys.disabled():
        print(f"\n{count:,} venue-days compared, no difference: {dict(sorted(seen.items()))}")  # noqa: T201
    assert count >= 100_000
