"""What holds for any hours at all, tried on thousands of them."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.venues.hours.calendars import CITY, City
from tests.venues.hours.strategies import days, minutes, venues
from venues.hours import (
    DayStatus,
    Span,
    VenueHours,
    area_days,
    digest,
    fits,
    from_dict,
    instant,
    openings_of,
    problems,
    resolve_day,
    resolve_days,
    status_at,
    to_dict,
)

areas = st.sampled_from(["", "hall"])


@given(venues(), areas, days, st.integers(0, 6), st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_a_day_does_not_depend_on_the_window(
    hours: VenueHours, area: str, day: date, before: int, after: int
) -> None:
    window = resolve_days(hours, area, day - timedelta(days=before), day + timedelta(days=after), City())
    assert window[before] == resolve_day(hours, area, day, City())
    assert len(window) == before + after + 1


@given(venues(), areas, days)
@settings(max_examples=60, deadline=None)
def test_spans_that_read_the_same_overlap_only_where_their_last_entries_differ(
    hours: VenueHours, area: str, day: date
) -> None:
    spans = resolve_day(hours, area, day, CITY).spans
    assert list(spans) == sorted(spans, key=lambda span: (span.opens, span.closes, span.last_entry))
    for one, other in combinations(spans, 2):
        if other.opens < one.closes and other.opens <= one.last_entry and reads(one) == reads(other):
            assert one.last_entry != other.last_entry


def reads(span: Span) -> tuple[str, ...]:
    return span.state, span.kind, span.condition, span.audience, span.admission


@given(venues(), areas, days, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_entry_does_not_matter(hours: VenueHours, area: str, day: date, random: Random) -> None:
    other = shuffled(hours, random)
    assert resolve_day(other, area, day, CITY) == resolve_day(hours, area, day, CITY)
    assert digest(other) == digest(hours)


def shuffled(hours: VenueHours, random: Random) -> VenueHours:
    def mixed(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(items, len(items)))

    plans = [
        replace(plan, rules=mixed(tuple(replace(rule, sessions=mixed(rule.sessions)) for rule in plan.rules)))
        for plan in hours.schedules
    ]
    return replace(hours, areas=mixed(hours.areas), schedules=mixed(tuple(plans)))


@given(venues(), areas, days)
@settings(max_examples=60, deadline=None)
def test_conflicts_are_symmetric_and_never_a_silent_winner(hours: VenueHours, area: str, day: date) -> None:
    resolved = resolve_day(hours, area, day, CITY)
    backwards = resolve_day(replace(hours, schedules=hours.schedules[::-1]), area, day, CITY)
    assert resolved.conflicts == backwards.conflicts
    for conflict in resolved.conflicts:
        assert conflict.first.name < conflict.second.name
    if resolved.conflicts:
        assert (resolved.status, resolved.spans) == (DayStatus.UNKNOWN, ())
        told = [problem for problem in problems(hours, CITY, [day]) if problem.code == "conflict"]
        assert {(problem.params["first"], problem.params["second"]) for problem in told} >= {
            (conflict.first.name, conflict.second.name) for conflict in resolved.conflicts
        }


@given(venues())
@settings(max_examples=60, deadline=None)
def test_round_trip(hours: VenueHours) -> None:
    again = from_dict(to_dict(hours))
    assert again == hours
    assert digest(again) == digest(hours)
    assert hash(again) == hash(hours)


@given(venues(), days)
@settings(max_examples=60, deadline=None)
def test_status_agrees_with_the_openings_at_every_edge(hours: VenueHours, day: date) -> None:
    stretch = (day - timedelta(days=2), day + timedelta(days=3))
    resolved = [one for area in hours.areas_in_use for one in resolve_days(hours, area.key, *stretch, CITY)]
    rows, known = openings_of(resolved, hours.areas), area_days(resolved)
    for row in rows:
        assert row.opens_at < row.closes_at <= row.continues_until
        for at in (row.opens_at, row.closes_at - timedelta(seconds=1), row.closes_at):
            now = status_at(rows, known, at)
            public = [
                other for other in rows if other.is_general_public and other.opens_at <= at < other.closes_at
            ]
            assert (now.state == "open") == bool(public)
            assert now.can_enter == any(at <= other.last_entry_at for other in public)
            assert now.until is None or now.until > at
            assert now.changes_at is None or now.changes_at > at


@given(venues(), days)
@settings(max_examples=60, deadline=None)
def test_nothing_changes_before_changes_at(hours: VenueHours, day: date) -> None:
    resolved = [
        one
        for area in hours.areas_in_use
        for one in resolve_days(hours, area.key, day - timedelta(days=1), day + timedelta(days=2), CITY)
    ]
    rows, known = openings_of(resolved, hours.areas), area_days(resolved)
    edges = [instant(day, 0)]
    while (edge := status_at(rows, known, edges[-1]).changes_at) and edge < instant(day, 2880):
        edges.append(edge)
    for start, end in pairwise(edges):
        just_after, just_before = start + timedelta(seconds=1), end - timedelta(seconds=1)
        assert status_at(rows, known, just_after) == status_at(rows, known, just_before)


@given(venues(), days, minutes, minutes, st.integers(1, 240))
@settings(max_examples=60, deadline=None)
def test_who_fits_in_can_be_there_all_the_time(
    hours: VenueHours, day: date, start: int, end: int, needed: int
) -> None:
    rows = openings_of(resolve_days(hours, "", day - timedelta(days=1), day + timedelta(days=2), CITY))
    window = instant(day, start), instant(day, end)
    for row in rows:
        arrival = max(row.opens_at, window[0])
        if arrival == row.closes_at:
            continue  # who comes at the end of a span comes with the next one of the run
        alike = [
            other for other in rows if (other.audience_code, other.state) == (row.audience_code, row.state)
        ]
        needs = [arrival + timedelta(minutes=index) for index in range(needed)]
        assert fits(row, *window, needed) is (
            arrival <= row.last_entry_at
            and needs[-1] < window[1]
            and all(any(other.opens_at <= at < other.closes_at for other in alike) for at in needs)
        )
