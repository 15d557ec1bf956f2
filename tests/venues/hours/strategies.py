"""Hours of any kind, as Hypothesis makes them up: every matcher, layer, effect and area, nights and seasons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st

from tests.venues.hours.calendars import City
from venues.hours import (
    DAY_MINUTES,
    LAST_MINUTE,
    Area,
    DayType,
    Effect,
    Kind,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    PutOff,
    Rule,
    Schedule,
    Session,
    State,
    VenueHours,
)

# Both turns of the only confirmed year, its long blocks with their make-up days, vacations as they begin and
# end, a Spring Festival that nobody has announced, a leap month and a leap day.
STARTS = [
    date(2025, 7, 16),
    date(2025, 12, 22),
    date(2026, 2, 6),
    date(2026, 3, 24),
    date(2026, 4, 25),
    date(2026, 6, 26),
    date(2026, 8, 22),
    date(2026, 9, 19),
    date(2026, 12, 22),
    date(2027, 2, 1),
    date(2028, 2, 20),
]
# Single days of theirs, for tests that ask for one.
DAYS = [date(2026, 2, 10) + timedelta(days=index) for index in range(20)]
DAYS += [date(2026, 9, 28) + timedelta(days=index) for index in range(6)]
DAYS += [date(2026, 12, 30) + timedelta(days=index) for index in range(4)]
CALENDARS = [
    City(),
    City(confirmed=frozenset({2025, 2026})),
    City(confirmed=frozenset({2026, 2027}), schools_entered=frozenset()),
    City(confirmed=frozenset(), schools_entered=frozenset({2026, 2027})),
]

days = st.sampled_from(DAYS)
calendars = st.sampled_from(CALENDARS)
minutes = st.sampled_from([step * 30 for step in range(97)])
# Mostly the hours of the day, so that sessions touch and overlap; now and then any minute of two days.
openings = st.sampled_from([hour * 60 for hour in (8, 9, 9, 12, 14, 17, 18, 19, 22)]) | st.integers(
    0, 2 * 1439
)
lengths = st.sampled_from([60, 120, 180, 240, 300, 480, 600, 720]) | st.integers(1, 1500)
OPEN_TO_ALL: dict[str, Any] = {}
LOOKS = [
    OPEN_TO_ALL,
    OPEN_TO_ALL,
    OPEN_TO_ALL,
    {"kind": Kind.EXTENDED},
    {"kind": Kind.STAGGERED, "condition": "good_weather"},
    {"state": State.MEMBERS},
    {"state": State.SELF_SERVICE},
    {"audience": "pupils"},
    {"admission": "free"},
]


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    opens = draw(openings)
    closes = min(opens + draw(lengths), LAST_MINUTE)
    before = draw(st.sampled_from([None, None, 0, 30, 60]) | st.integers(0, 600))
    last_entry = None if before is None else max(closes - before, opens)
    return Session(opens, closes, last_entry, **draw(st.sampled_from(LOOKS)))


@st.composite
def apart(draw: st.DrawFn) -> tuple[Session, ...]:
    """Sessions of one rule that do not overlap, as validation demands."""
    kept: list[Session] = []
    for made in draw(st.lists(sessions(), max_size=3)):
        if all(made.closes <= other.opens or other.closes <= made.opens for other in kept):
            kept.append(made)
    return tuple(kept)


def all_of(kind: MatcherKind, **choices: list[Any]) -> list[Matcher]:
    """Every matcher of the kind that these choices make, with and without weekdays."""
    choices.setdefault("weekdays", [(), (0,), (1, 2, 3), (5, 6)])
    return [Matcher(kind, **dict(zip(choices, chosen, strict=True))) for chosen in product(*choices.values())]


SOME_WEEKDAYS = [(0,), (6,), (0, 2), (5, 6), (1, 2, 3, 4)]
MATCHERS = [
    [Matcher()],
    [Matcher()],
    [Matcher()],
    all_of(MatcherKind.WEEKDAYS, weekdays=SOME_WEEKDAYS),
    all_of(MatcherKind.DAY_TYPE, day_types=[*combinations(DayType, 1), *combinations(DayType, 2)]),
    all_of(MatcherKind.HOLIDAY, holidays=[(), ("spring_festival",), ("national_day", "mid_autumn")]),
    all_of(MatcherKind.NTH_WEEKDAY, weekdays=SOME_WEEKDAYS, nth=[(1,), (2, 4), (3, -1), (5,), (-1,)]),
    all_of(
        MatcherKind.LUNAR_DAY,
        lunar_month=[None, 1, 8, 12],
        lunar_days=[(1, 26), (15,), (1, 2, 3)],
        lunar_new_years_eve=[False, True],
    ),
    *(
        all_of(
            kind,
            vacations=[(), ("winter",), ("summer",)],
            levels=[(), ("primary",), ("senior", "university"), ("university",)],
        )
        for kind in (MatcherKind.VACATION, MatcherKind.TERM)
    ),
    all_of(MatcherKind.PUT_OFF, weekdays=SOME_WEEKDAYS, put_off_to=list(PutOff)),
]
DATED = all_of(MatcherKind.DATES)


@st.composite
def matchers(draw: st.DrawFn, around: Sequence[date]) -> Matcher:
    """A matcher of any kind; dates begin on one of `around`."""
    matcher = draw(st.sampled_from(draw(st.sampled_from([*MATCHERS, DATED, DATED]))))
    if matcher.kind != MatcherKind.DATES:
        return matcher
    first, length = draw(st.sampled_from(around)), draw(st.sampled_from([0, 0, 1, 4, 9, None]))
    return replace(matcher, first=first, last=None if length is None else first + timedelta(days=length))


SEASONS = [None, None, None, ((10, 1), (2, 18)), ((2, 12), (9, 30)), ((3, 1), (2, 29)), ((12, 31), (1, 1))]
ORDINARY = [Layer.BASE, Layer.BASE, Layer.SEASON, Layer.HOLIDAY]
ABOVE = [Layer.NOTICE, Layer.NOTICE, Layer.EMERGENCY, Layer.HOLIDAY]


@st.composite
def schedules(draw: st.DrawFn, key: str, around: Sequence[date], layers: list[Layer]) -> Schedule:
    """A schedule of one of the layers; its validity, now and then, and what a notice tells lie `around`."""
    layer, season = draw(st.sampled_from(layers)), draw(st.sampled_from(SEASONS))
    rules = [
        Rule(
            f"r{index}",
            draw(st.sampled_from([Effect.REPLACE, *Effect])),
            draw(matchers(around)),
            draw(apart()),
            draw(st.sampled_from(["", "", "words"])),
        )
        for index in range(draw(st.integers(0, 3)))
    ]
    day_or_none = st.sampled_from([*[None] * len(around) * 2, *around])
    told: dict[str, Any] = {}
    if layer >= Layer.NOTICE:
        told = {"notice": draw(st.sampled_from("no")), "announced_on": draw(day_or_none)}
        told["first_day"] = draw(st.sampled_from(around)) if told["announced_on"] else None
    return Schedule(
        key,
        layer,
        area=draw(st.sampled_from(["", "", "", "hall"])),
        rules=tuple(rules),
        valid_from=draw(day_or_none),
        valid_to=draw(day_or_none),
        annual_from=season and season[0],
        annual_to=season and season[1],
        label=draw(st.sampled_from(["", "", "summer"])),
        **told,
    )


@st.composite
def venues(draw: st.DrawFn, around: Sequence[date] = DAYS) -> VenueHours:
    """Up to eight schedules: ordinary hours, holidays, and several notices on top of them."""
    made = [draw(schedules(f"s{index}", around, ORDINARY)) for index in range(draw(st.integers(0, 3)))]
    made += [draw(schedules(f"t{index}", around, ABOVE)) for index in range(draw(st.integers(0, 4)))]
    if draw(st.sampled_from([True, True, False])):
        closes = draw(st.sampled_from([17 * 60, 21 * 60, DAY_MINUTES + 120]))
        usual = Session(9 * 60, closes, draw(st.sampled_from([None, closes - 30])))
        made.append(Schedule("usual", rules=(Rule("daily", sessions=(usual,)),)))
    mode = draw(st.sampled_from([*[Mode.OWN] * 6, *Mode]))
    return VenueHours(mode, (Area("hall"),), tuple(made))
