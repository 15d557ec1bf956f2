"""How fast the engine of opening hours is, beside the Rust core of PyPI's `opening-hours-py`.

Run it from the root of the project: ``python -m benchmarks.hours``. It needs no database; what the columns
mean is in ``benchmarks/README.md``.
"""

import gc
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from time import process_time
from typing import NamedTuple

from opening_hours import OpeningHours

from tests.venues.hours.calendars import City
from venues.hours import (
    Area,
    Layer,
    Matcher,
    MatcherKind,
    Plan,
    Rule,
    Schedule,
    Session,
    VenueHours,
    area_days,
    effect_schedule,
    openings_of,
    resolve_days,
)
from venues.hours.parse import parse

FIRST = date(2026, 9, 14)
CALENDAR = City()
REPEATS = 30
MONDAY_FRIDAY, WEEKEND, TUESDAY_SUNDAY = tuple(range(5)), (5, 6), tuple(range(1, 7))
HOLIDAYS = [(date(2026, 9, 25), date(2026, 9, 27)), (date(2026, 10, 1), date(2026, 10, 7))]


def clock(opens: str, closes: str) -> Session:
    """Return a session from two times such as 9:00 and 26:00."""

    def minutes(text: str) -> int:
        hours, minutes = text.split(":")
        return int(hours) * 60 + int(minutes)

    return Session(minutes(opens), minutes(closes))


def on(*weekdays: int) -> Matcher:
    """Return the matcher of some days of the week."""
    return Matcher(MatcherKind.WEEKDAYS, weekdays=weekdays)


def base(*rules: Rule) -> Schedule:
    """Return a venue's ordinary hours."""
    return Schedule("base", rules=rules)


def season(key: str, first: tuple[int, int], last: tuple[int, int], *rules: Rule) -> Schedule:
    """Return the hours of a season."""
    return Schedule(key, Layer.SEASON, rules=rules, annual_from=first, annual_to=last)


DAY, LONG_DAY = clock("9:00", "17:00"), clock("8:00", "18:00")
CLOSED_MONDAYS = Rule("mondays", matcher=on(0))
ON_HOLIDAYS = Schedule(
    "holidays",
    Layer.HOLIDAY,
    rules=tuple(
        Rule(f"h{number}", matcher=Matcher(MatcherKind.DATES, first=first, last=last), sessions=(DAY,))
        for number, (first, last) in enumerate(HOLIDAYS)
    ),
)
# The same hours, once as an OSM string and once as rules; the benchmark makes sure that they are the same.
PAIRS: list[tuple[str, str, tuple[Schedule, ...]]] = [
    ("every day", "09:00-17:00", (base(Rule("daily", sessions=(DAY,))),)),
    (
        "two sessions, Mondays closed",
        "Tu-Su 09:00-12:00,14:00-17:30",
        (
            base(
                Rule(
                    "week",
                    matcher=on(*TUESDAY_SUNDAY),
                    sessions=(clock("9:00", "12:00"), clock("14:00", "17:30")),
                )
            ),
        ),
    ),
    (
        "weekdays and weekends",
        "Mo-Fr 08:30-12:00,14:30-18:00; Sa,Su 09:00-20:30",
        (
            base(
                Rule(
                    "weekdays",
                    matcher=on(*MONDAY_FRIDAY),
                    sessions=(clock("8:30", "12:00"), clock("14:30", "18:00")),
                ),
                Rule("weekends", matcher=on(*WEEKEND), sessions=(clock("9:00", "20:30"),)),
            ),
        ),
    ),
    (
        "two seasons, Mondays closed",
        "May-Sep 08:00-18:00; Oct-Apr 09:00-17:00; Mo off",
        (
            season("summer", (5, 1), (9, 30), Rule("daily", sessions=(LONG_DAY,)), CLOSED_MONDAYS),
            season("winter", (10, 1), (4, 30), Rule("daily", sessions=(DAY,)), CLOSED_MONDAYS),
        ),
    ),
    (
        "past midnight",
        "18:00-26:00",
        (base(Rule("nightly", sessions=(clock("18:00", "26:00"),))),),
    ),
    (
        "Mondays and last Wednesdays closed, except dated holidays",
        "Tu-Su 09:00-17:00; We[-1] off; 2026 Sep 25-27 09:00-17:00; 2026 Oct 01-07 09:00-17:00",
        (
            base(
                Rule("week", matcher=on(*TUESDAY_SUNDAY), sessions=(DAY,)),
                Rule("last", matcher=Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(2,), nth=(-1,))),
            ),
            ON_HOLIDAYS,
        ),
    ),
]


def milliseconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the time of the processor for the shortest of several runs.

    As in `timeit`, the garbage collector waits meanwhile: it looks at all that the process holds.
    """
    best = float("inf")
    gc.collect()
    gc.disable()
    for _ in range(repeats):
        start = process_time()
        work()
        best = min(best, process_time() - start)
    gc.enable()
    return best * 1000


def last_of(days: int) -> date:
    """Return the last day of a stretch that begins with FIRST."""
    return FIRST + timedelta(days=days - 1)


# -- beside opening-hours-py ------------------------------------------------------------------------------


class Measured(NamedTuple):
    """Milliseconds for 30 days: their intervals, our days, and our days with their openings as instants."""

    theirs: float
    days: float
    openings: float


def compare(text: str, hours: VenueHours) -> tuple[Measured, Measured]:
    """Return both first with a plan and an expression that are ready, and then from the start."""
    start = datetime.combine(FIRST, time())
    end = start + timedelta(days=30)

    def theirs(expression: OpeningHours) -> list[tuple]:
        return [each for each in expression.intervals(start, end) if str(each[2]) == "open"]

    def ours(plan: Plan) -> list:
        return openings_of(plan.days(FIRST, last_of(30), CALENDAR))

    ready, plan = OpeningHours(text), Plan(hours, "")
    # The days before and after leave their nights at the edges, which each cuts in its own way.
    inner = [each[:2] for each in theirs(ready) if each[0] > start and each[1] < end]
    found = [(each.opens_at.replace(tzinfo=None), each.closes_at.replace(tzinfo=None)) for each in ours(plan)]
    assert [each for each in found if each[0] > start and each[1] < end] == inner, text
    warm = Measured(
        milliseconds(lambda: theirs(ready)),
        milliseconds(lambda: plan.days(FIRST, last_of(30), CALENDAR)),
        milliseconds(lambda: ours(plan)),
    )
    cold = Measured(
        milliseconds(lambda: theirs(OpeningHours(text))),
        milliseconds(lambda: Plan(hours, "").days(FIRST, last_of(30), CALENDAR)),
        milliseconds(lambda: ours(Plan(hours, ""))),
    )
    return warm, cold


def beside_the_rust_core() -> None:
    """Print the time for 30 days of each pair, and ours divided by theirs."""
    print("30 days of one venue, in ms; × is ours divided by opening-hours-py\n")
    heads = zip(("theirs", "days", "×", "openings", "×"), (8, 8, 6, 10, 6), strict=True)
    columns = "".join(f"{head:>{width}}" for head, width in heads)
    print(f"{'':58}{'ready':>38}{'from the start':>38}")
    print(f"{'':58}{columns}{columns}")
    sums: list[list[Measured]] = []
    for name, text, schedules in PAIRS:
        both = list(compare(text, VenueHours(schedules=schedules)))
        sums.append(both)
        print(f"{name:58}" + "".join(line(each) for each in both))
    total = [Measured(*map(sum, zip(*column, strict=True))) for column in zip(*sums, strict=True)]
    print(f"{'all six':58}" + "".join(line(each) for each in total))


def line(each: Measured) -> str:
    """Return the columns of one measurement."""
    return (
        f"{each.theirs:8.3f}{each.days:8.3f}{each.days / each.theirs:6.2f}"
        f"{each.openings:10.3f}{each.openings / each.theirs:6.2f}"
    )


# -- what one more costs ----------------------------------------------------------------------------------


def venue_with(*, notices: int = 0, rules: int = 6) -> VenueHours:
    """Return a venue with ordinary rules, and with notices of a day each, one every third day from FIRST on."""
    ordinary = [
        Rule(f"r{number}", matcher=on(number % 7), sessions=(DAY,), label=f"{number}")
        for number in range(rules)
    ]
    told = [
        effect_schedule(
            "close",
            key=f"n{number}",
            notice=str(number),
            first=FIRST + timedelta(days=3 * number),
            last=FIRST + timedelta(days=3 * number),
            announced_on=FIRST,
        )
        for number in range(notices)
    ]
    return VenueHours(schedules=(base(*ordinary), *told))


def what_one_more_costs() -> None:
    """Print the cost of one more at the beginning and further on; constant means a ratio near 1."""

    def days(count: int, **of_venue: int) -> float:
        hours, last = venue_with(**of_venue), last_of(count)
        return milliseconds(lambda: resolve_days(hours, "", FIRST, last, CALENDAR))

    print("\nOne more, in µs: near the beginning, further on, and the ratio of both\n")
    rows = [
        (
            "day, without notices (30–60, 300–330 days)",
            (days(60) - days(30)) / 30,
            (days(330) - days(300)) / 30,
        ),
        (
            "day, the first notices and all of 300 in force one by one",
            (days(60, notices=300) - days(30, notices=300)) / 30,
            (days(330, notices=300) - days(300, notices=300)) / 30,
        ),
        (
            "notice on 30 days (100–200, 400–500 notices)",
            (days(30, notices=200) - days(30, notices=100)) / 100,
            (days(30, notices=500) - days(30, notices=400)) / 100,
        ),
        (
            "rule on 30 days (7–28, 70–91 rules)",
            (days(30, rules=28) - days(30, rules=7)) / 21,
            (days(30, rules=91) - days(30, rules=70)) / 21,
        ),
    ]
    for name, near, far in rows:
        print(f"{name:62}{near * 1000:8.2f}{far * 1000:8.2f}{far / near:7.2f}")
    print("\nThe whole, as a ratio\n")
    print(f"{'300 days against 30':62}{days(300) / days(30):23.2f}")
    print(f"{'30 days with 100 notices against none':62}{days(30, notices=100) / days(30):23.2f}")


# -- rows and texts ---------------------------------------------------------------------------------------


def rows_per_second() -> None:
    """Print what it takes to work out the rows of a venue for 90 days: engine, openings, stored reasons."""
    hall = Schedule("hall", area="hall", rules=(Rule("daily", sessions=(clock("0:00", "24:00"),)),))
    hours = VenueHours(
        areas=(Area("hall"),),
        schedules=(*PAIRS[3][2], ON_HOLIDAYS, hall, *venue_with(notices=5).schedules[1:]),
    )

    def rows() -> int:
        days = [
            day
            for area in hours.areas_in_use
            for day in resolve_days(hours, area.key, FIRST, last_of(90), CALENDAR)
        ]
        made = [*area_days(days), *openings_of(days, hours.areas)]
        return len([row.because.to_dict() for row in made])

    took = milliseconds(rows)
    print(f"\n90 days of a venue with two areas and five notices: {rows()} rows in {took:.2f} ms", end="")
    print(f", {rows() / took * 1000:,.0f} rows per second")


TEXT = (
    "5月1日至9月30日：周二至周日8:30—18:00（17:30停止入馆）；10月1日至次年4月30日：周二至周日9:00—17:00（16:30停止入馆）。"
    "每周一闭馆（法定节假日除外）。除夕、正月初一闭馆。"
)


def reading_texts() -> None:
    """Print what 1,000 characters of opening hours take to read."""
    took = milliseconds(lambda: parse(TEXT), 5)
    print(f"\nparse: {took:.2f} ms for {len(TEXT)} characters, {took / len(TEXT) * 1000:.1f} ms for 1,000")


if __name__ == "__main__":
    beside_the_rust_core()
    what_one_more_costs()
    rows_per_second()
    reading_texts()
