"""What holds for any hours at all, tried on thousands of them."""

import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.venues.hours import oracle
from tests.venues.hours.builders import (
    ALL_WEEK,
    add,
    on_dates,
    on_weekdays,
    rule,
    schedule,
    session,
    subtract,
)
from tests.venues.hours.calendars import CITY, City
from venues.hours import (
    Area,
    Day,
    DayStatus,
    DayType,
    Effect,
    Kind,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    Rule,
    Schedule,
    Session,
    Span,
    State,
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

# Around Spring Festival, the National Day block, and the turn to a year that nobody has confirmed.
DAYS = [date(2026, 2, 10) + timedelta(days=index) for index in range(20)]
DAYS += [date(2026, 9, 28) + timedelta(days=index) for index in range(6)]
DAYS += [date(2026, 12, 30) + timedelta(days=index) for index in range(4)]

days = st.sampled_from(DAYS)
minutes = st.integers(0, 96).map(lambda step: step * oracle.STEP)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    opens = draw(st.integers(0, 60)) * oracle.STEP
    closes = opens + draw(st.integers(1, 30)) * oracle.STEP
    last_entry = draw(
        st.none() | st.integers(opens // oracle.STEP, closes // oracle.STEP).map(lambda s: s * oracle.STEP)
    )
    return Session(
        opens,
        min(closes, 2880),
        last_entry and min(last_entry, 2880),
        draw(st.sampled_from([State.OPEN, State.OPEN, State.OPEN, State.MEMBERS])),
        draw(st.sampled_from([Kind.REGULAR, Kind.REGULAR, Kind.EXTENDED])),
        audience=draw(st.sampled_from(["", "", "", "pupils"])),
    )


@st.composite
def matchers(draw: st.DrawFn) -> Matcher:
    first = draw(days)
    return draw(
        st.sampled_from(
            [
                Matcher(),
                on_weekdays(*draw(st.sets(st.integers(0, 6), min_size=1))),
                Matcher(
                    MatcherKind.DAY_TYPE, day_types=tuple(draw(st.sets(st.sampled_from(DayType), min_size=1)))
                ),
                Matcher(MatcherKind.HOLIDAY, holidays=draw(st.sampled_from([(), ("spring_festival",)]))),
                Matcher(
                    MatcherKind.DATES, first=first, last=draw(st.none() | st.just(first + timedelta(days=5)))
                ),
                Matcher(
                    MatcherKind.NTH_WEEKDAY,
                    weekdays=(0, 1, 2),
                    nth=draw(st.sampled_from([(1,), (3, -1), (5,)])),
                ),
                Matcher(
                    MatcherKind.LUNAR_DAY,
                    lunar_month=draw(st.sampled_from([None, 1])),
                    lunar_days=(1, 26),
                    lunar_new_years_eve=draw(st.booleans()),
                ),
                Matcher(
                    MatcherKind.VACATION, vacations=draw(st.sampled_from([(), ("winter",), ("summer",)]))
                ),
            ]
        )
    )


@st.composite
def apart(draw: st.DrawFn) -> tuple[Session, ...]:
    """Sessions of one rule that do not overlap, as validation demands."""
    kept: list[Session] = []
    for made in draw(st.lists(sessions(), max_size=3)):
        if all(made.closes <= other.opens or other.closes <= made.opens for other in kept):
            kept.append(made)
    return tuple(kept)


@st.composite
def schedules(draw: st.DrawFn, key: str) -> Schedule:
    layer = draw(st.sampled_from([Layer.BASE, Layer.BASE, *Layer]))
    season = draw(st.sampled_from([None, None, ((10, 1), (2, 18)), ((2, 12), (9, 30))]))
    rules = [
        Rule(f"r{index}", draw(st.sampled_from([Effect.REPLACE, *Effect])), draw(matchers()), draw(apart()))
        for index in range(draw(st.integers(0, 3)))
    ]
    return Schedule(
        key,
        layer,
        area=draw(st.sampled_from(["", "", "", "hall"])),
        rules=tuple(rules),
        valid_from=draw(st.none() | days),
        valid_to=draw(st.none() | days),
        annual_from=season and season[0],
        annual_to=season and season[1],
        notice=draw(st.sampled_from(["n", "o"])) if layer >= Layer.NOTICE else "",
    )


@st.composite
def venues(draw: st.DrawFn) -> VenueHours:
    made = [draw(schedules(f"s{index}")) for index in range(draw(st.integers(0, 4)))]
    mode = draw(st.sampled_from([Mode.OWN, Mode.OWN, Mode.OWN, *Mode]))
    return VenueHours(mode, (Area("hall"),), tuple(made))


areas = st.sampled_from(["", "hall"])


def read(day: Day) -> dict[int, set[oracle.Look]]:
    """What the engine's day says of each minute, as the oracle says it."""
    found: dict[int, set[oracle.Look]] = {}
    for span in day.spans:
        for at in range(span.opens, span.closes, oracle.STEP):
            found.setdefault(at, set()).add(reads(span))
    return found


def agrees_with_the_oracle(hours: VenueHours, area: str, day: date) -> None:
    resolved = resolve_day(hours, area, day, CITY)
    status, expected = oracle.open_minutes(hours, area, day, CITY)
    assert (resolved.status, read(resolved)) == (status, expected)
    for span in resolved.spans:
        assert span.opens < span.closes
        assert span.opens <= span.last_entry <= span.closes
        for at in range(span.opens, min(span.last_entry + 1, span.closes), oracle.STEP):
            assert oracle.may_enter(hours, area, day, CITY, at)


@given(venues(), areas, days)
@settings(max_examples=200, deadline=None)
def test_every_minute_is_as_the_oracle_says(hours: VenueHours, area: str, day: date) -> None:
    agrees_with_the_oracle(hours, area, day)


@pytest.mark.deep
@given(venues(), areas, days)
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_minute_is_as_the_oracle_says_for_long(hours: VenueHours, area: str, day: date) -> None:
    agrees_with_the_oracle(hours, area, day)


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


def reads(span: Span) -> oracle.Look:
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


def a_venue_with_six_rules() -> VenueHours:
    return VenueHours(
        schedules=(
            schedule(
                "base",
                rule("week", on_weekdays(1, 2, 3, 4, 5, 6), session("09:00-17:00", "16:30")),
                add("evening", on_weekdays(4, 5), session("19:00-21:00", kind=Kind.STAGGERED)),
            ),
            schedule(
                "summer",
                rule("r", ALL_WEEK, "08:00-18:00"),
                layer=Layer.SEASON,
                annual_from=(6, 1),
                annual_to=(9, 30),
            ),
            schedule("holiday", rule("r", Matcher(MatcherKind.HOLIDAY), "09:00-19:00"), layer=Layer.HOLIDAY),
            schedule("n", rule("r", on_dates("2026-10-08", "2026-10-09")), layer=Layer.NOTICE, notice="n"),
            schedule(
                "o", subtract("r", on_dates("2026-10-12"), "12:00-14:00"), layer=Layer.NOTICE, notice="o"
            ),
        )
    )


@pytest.mark.deep
def test_ninety_days_of_a_venue_take_milliseconds() -> None:
    hours, calendar = a_venue_with_six_rules(), City()
    first, last = date(2026, 9, 1), date(2026, 11, 29)
    resolve_days(hours, "", first, last, calendar)  # the calendar works out each date once
    best = 1.0
    for _ in range(10):
        start = time.perf_counter()
        assert len(resolve_days(hours, "", first, last, calendar)) == 90
        best = min(best, time.perf_counter() - start)
    assert best < 0.020
