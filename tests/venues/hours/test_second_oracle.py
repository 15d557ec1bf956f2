"""What our strings mean to others: two evaluators that know nothing of us read them, minute by minute the same.

The npm package `opening_hours` (JavaScript) and `opening-hours-py` (a Rust core) evaluate the same strings.
Without Node.js the first is skipped, except in CI.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.engines import REQUIRED, node
from tests.venues.hours.builders import (
    ALL_WEEK,
    FRI,
    MON,
    SAT,
    SUN,
    add,
    notice,
    on_dates,
    on_weekdays,
    rule,
    schedule,
    session,
    subtract,
    venue,
)
from tests.venues.hours.calendars import CITY
from venues.hours import (
    DayType,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    PutOff,
    Schedule,
    Session,
    State,
    VenueHours,
    resolve_days,
)
from venues.hours.openings import CITY_TZ, instant
from venues.hours.osm import osm_string
from venues.hours.pattern import Access, civil, plan_of

GENERATED = 300
ONE_DAY = timedelta(days=1)
OPEN, UNCERTAIN = "open", "uncertain"
Stretches = list[tuple[datetime, datetime, str]]


def season(key: str, first: tuple[int, int], last: tuple[int, int], *rules: Any) -> Schedule:
    return schedule(key, *rules, layer=Layer.SEASON, annual_from=first, annual_to=last)


def daily(*sessions: Session | str) -> Any:
    return rule("daily", ALL_WEEK, *sessions)


MONDAYS_CLOSED = rule("mondays", on_weekdays(MON))
HOLIDAYS_OPEN = rule("holidays", Matcher(MatcherKind.HOLIDAY), "09:00-17:00")
TAG = {
    "a museum": venue(schedule("base", daily("09:00-17:00"), MONDAYS_CLOSED, HOLIDAYS_OPEN)),
    "a bar": venue(schedule("base", daily("18:00-26:00"))),
    "a bar with long nights": venue(
        schedule("base", daily("18:00-24:00"), rule("long", on_weekdays(FRI, SAT), "18:00-26:30"))
    ),
    "a bar that rests": venue(
        schedule("base", daily("18:00-25:00"), MONDAYS_CLOSED),
        notice("n", rule("closed", on_dates("2026-06-20", "2026-07-03"))),
    ),
    "a night market in summer": venue(
        season("summer", (5, 1), (9, 30), daily("17:00-26:00")),
        season("winter", (10, 1), (4, 30), daily("17:00-23:00")),
    ),
    "round the clock": venue(schedule("base", daily("00:00-24:00"))),
    "round the clock but for a day": venue(
        schedule("base", daily("00:00-24:00")), notice("n", rule("closed", on_dates("2026-10-01")))
    ),
    "two sessions": venue(
        schedule("base", daily("08:30-11:30", "14:30-17:30"), rule("su", on_weekdays(SUN)))
    ),
    "two seasons": venue(
        season("summer", (5, 1), (10, 7), daily("09:00-18:00"), MONDAYS_CLOSED),
        season("winter", (10, 8), (4, 30), daily("09:00-17:00"), MONDAYS_CLOSED),
    ),
    "a season until the end of February": venue(
        schedule("base", daily("09:00-18:00")), season("winter", (11, 1), (2, 29), daily("10:00-16:00"))
    ),
    "the last Monday of the month": venue(
        schedule(
            "base",
            daily("09:00-17:00"),
            rule("last", Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(0,), nth=(-1,))),
        )
    ),
    "nights, and every second Friday longer": venue(
        schedule(
            "base",
            daily("18:00-25:00"),
            rule("long", Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(4,), nth=(2, 4)), "18:00-28:00"),
        )
    ),
    "Friday mornings closed": venue(
        schedule("base", daily("09:00-17:00"), subtract("prayer", on_weekdays(FRI), "11:00-14:00"))
    ),
    "Saturday evenings": venue(
        schedule("base", daily("09:00-17:00"), add("late", on_weekdays(SAT), "19:00-21:00"))
    ),
    "a school ground": venue(
        schedule(
            "base",
            rule("work", Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.WORKDAY,)), "17:30-21:00"),
            rule("off", Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.DAY_OFF,)), "08:00-21:00"),
        )
    ),
    "the 26th of every lunar month": venue(
        schedule("base", daily("08:00-17:30"), rule("26", Matcher(MatcherKind.LUNAR_DAY, lunar_days=(26,))))
    ),
    "Mondays put off": venue(
        schedule(
            "base",
            daily("09:00-17:00"),
            MONDAYS_CLOSED,
            HOLIDAYS_OPEN,
            rule("later", Matcher(MatcherKind.PUT_OFF, weekdays=(MON,), put_off_to=PutOff.AFTER_HOLIDAY)),
        )
    ),
    "longer in the summer vacation": venue(
        schedule(
            "base",
            daily("09:00-17:00"),
            rule(
                "v", Matcher(MatcherKind.VACATION, vacations=("summer",), weekdays=(FRI, SAT)), "09:00-21:00"
            ),
        )
    ),
    "the eve of the new year": venue(
        schedule(
            "base",
            daily("09:00-17:00"),
            rule("eve", Matcher(MatcherKind.LUNAR_DAY, lunar_new_years_eve=True), "09:00-12:00"),
        ),
        notice("n", rule("festival", on_dates("2026-02-16"), "09:00-26:00"), announced_on=date(2026, 2, 1)),
    ),
    "the eighth of August": venue(
        schedule("base", rule("work", on_weekdays(0, 1, 2, 3, 4), "09:00-17:00")),
        schedule("sport", daily("06:00-22:00"), layer=Layer.HOLIDAY, annual_from=(8, 8), annual_to=(8, 8)),
    ),
    "by appointment": venue(mode=Mode.BY_APPOINTMENT),
    "nobody knows": venue(mode=Mode.UNKNOWN),
    "by booking over noon": venue(
        schedule("base", daily("09:00-12:00", session("12:00-14:00", state=State.BY_BOOKING), "14:00-17:00"))
    ),
    "pupils at night": venue(
        schedule("base", daily("09:00-17:00", session("17:00-25:00", audience="pupils")), MONDAYS_CLOSED)
    ),
    "closed for good and all": venue(schedule("base", daily())),
    "new hours from July": venue(
        schedule("old", daily("09:00-17:00"), MONDAYS_CLOSED, valid_to=date(2026, 6, 30)),
        schedule("new", daily("10:00-20:00"), valid_from=date(2026, 7, 1)),
    ),
}


# ---------------------------------------------------------------------------------------------------
# Generated hours


times = st.integers(0, 47).map(lambda step: 30 * step)


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Session, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 48), min_size=2, max_size=4)))
    spans = [(30 * a, 30 * b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    if spans and draw(st.integers(0, 3)) == 0:
        spans[-1] = (spans[-1][0], 1440 + 30 * draw(st.integers(1, 6)))
    states = st.sampled_from([State.OPEN] * 6 + [State.SELF_SERVICE, State.BY_BOOKING, State.MEMBERS])
    return tuple(Session(opens, closes, state=draw(states)) for opens, closes in spans)


MATCHERS = [
    Matcher(MatcherKind.HOLIDAY),
    Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.DAY_OFF,)),
    Matcher(MatcherKind.DAY_TYPE, day_types=(DayType.EVE_OF_DAY_OFF,)),
    Matcher(MatcherKind.LUNAR_DAY, lunar_days=(1, 15)),
    Matcher(MatcherKind.VACATION),
    on_dates("2026-02-10", "2026-03-05"),
    on_dates("2026-05-02"),
    *[
        Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(d,), nth=(n,))
        for d, n in ((0, 1), (2, -1), (5, 3), (6, 5))
    ],
    *[on_weekdays(*days) for days in ((0,), (4, 5), (5, 6), (6,), (0, 2, 4))],
]


@st.composite
def hours(draw: st.DrawFn) -> VenueHours:
    def rules() -> list[Any]:
        kinds = draw(st.lists(st.sampled_from(MATCHERS), max_size=3, unique=True))
        closed = st.just(())
        return [
            rule("daily", ALL_WEEK, *draw(sessions())),
            *(rule(f"r{i}", matcher, *draw(sessions() | closed)) for i, matcher in enumerate(kinds)),
        ]

    made = [schedule("base", *rules())]
    if draw(st.booleans()):
        first = draw(st.tuples(st.integers(1, 12), st.integers(1, 29)))
        last = draw(st.tuples(st.integers(1, 12), st.integers(1, 29)))
        made.append(season("season", first, last, *rules()))
    if draw(st.booleans()):
        start = date(2026, 1, 1) + draw(st.integers(0, 300)) * ONE_DAY
        end = start + draw(st.integers(0, 40)) * ONE_DAY
        days = Matcher(
            MatcherKind.DATES, first=start, last=end, weekdays=draw(st.sampled_from([(), (), (5,), (1, 3)]))
        )
        made.append(notice("n", rule("n", days, *draw(sessions() | st.just(())))))
    return venue(*made)


def generated() -> list[tuple[VenueHours, date, date]]:
    """The same hours in every run, with a period of 60 to 400 days for each."""
    found: list[tuple[VenueHours, date, date]] = []

    @seed(20261119)
    @settings(
        max_examples=GENERATED,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(hours(), st.integers(0, 700), st.integers(59, 399))
    def collect(made: VenueHours, start: int, length: int) -> None:
        first = date(2025, 12, 1) + start * ONE_DAY
        found.append((made, first, first + length * ONE_DAY))

    collect()
    return found


# ---------------------------------------------------------------------------------------------------
# The comparison


@pytest.fixture(scope="module")
def cases() -> list[tuple[VenueHours, date, date]]:
    year = [(each, date(2026, 1, 1), date(2026, 12, 31)) for each in TAG.values()]
    autumn = [(each, date(2026, 11, 19), date(2027, 2, 17)) for each in TAG.values()]
    leap = [(TAG["a season until the end of February"], date(2028, 1, 1), date(2028, 4, 30))]
    return year + autumn + leap + generated()


def ours(made: VenueHours, first: date, last: date) -> Stretches:
    """The engine's answer for the days as the clock has them."""
    place = made.areas_in_use[0]
    days = resolve_days(made, place.key, first - ONE_DAY, last, CITY)
    plans = {day.date: plan_of(day, place) for day in days}
    return joined(
        (
            instant(day, cell.opens),
            instant(day, cell.closes),
            OPEN if cell.access == Access.OPEN else UNCERTAIN,
        )
        for day in plans
        if day >= first
        for cell in civil(plans.__getitem__, day)
    )


def joined(stretches: Iterable[tuple[datetime, datetime, str]]) -> Stretches:
    """Adjacent stretches that say the same as one: comments do not count."""
    result: Stretches = []
    for start, end, state in stretches:
        if result and result[-1][1:] == (start, state):
            result[-1] = (result[-1][0], end, state)
        else:
            result.append((start, end, state))
    return result


def written(case: tuple[VenueHours, date, date]) -> str:
    made, first, last = case
    return osm_string(made, made.areas_in_use[0].key, first, last, CITY)


def disagreements(cases: list[Any], theirs: list[Stretches]) -> list[str]:
    return [
        f"{written(case)}\n  from {case[1]} to {case[2]}: only ours {sorted(set(mine) - set(other))[:3]}"
        f"\n  only theirs {sorted(set(other) - set(mine))[:3]}"
        for case, other in zip(cases, theirs, strict=True)
        if (mine := ours(*case)) != other
    ]


def test_the_javascript_evaluator_reads_what_we_mean(cases: list[Any]) -> None:
    try:
        node.installed()
    except node.NodeMissingError as error:
        if REQUIRED:
            raise
        pytest.skip(str(error))
    answers = node.evaluate((written(case), case[1], case[2]) for case in cases)
    theirs = [
        joined((start, end, UNCERTAIN if uncertain else OPEN) for start, end, uncertain, __ in answer)
        for answer in answers
    ]
    wrong = disagreements(cases, theirs)
    assert not wrong, f"{len(wrong)} of {len(cases)} differ, such as\n" + "\n".join(wrong[:5])


def test_the_rust_evaluator_reads_what_we_mean(cases: list[Any]) -> None:
    package = pytest.importorskip("opening_hours")
    theirs = []
    for case in cases:
        start = instant(case[1], 0).replace(tzinfo=None)
        end = instant(case[2] + ONE_DAY, 0).replace(tzinfo=None)
        found = package.OpeningHours(written(case)).intervals(start, end)
        theirs.append(
            joined(
                (
                    each[0].replace(tzinfo=CITY_TZ),
                    min(each[1] or end, end).replace(tzinfo=CITY_TZ),
                    OPEN if str(each[2]) == "open" else UNCERTAIN,
                )
                for each in found
                if str(each[2]) != "closed"
            )
        )
    wrong = disagreements(cases, theirs)
    assert not wrong, f"{len(wrong)} of {len(cases)} differ, such as\n" + "\n".join(wrong[:5])
