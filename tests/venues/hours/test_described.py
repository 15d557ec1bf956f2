"""What `describe` writes, `parse` reads back to the same rules; other English it does not take for read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from venues.hours import (
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
from venues.hours.describe import describe
from venues.hours.matching import specificity
from venues.hours.parse import Confidence, parse
from venues.hours.parse.described import read_described

MONDAY = Matcher(MatcherKind.WEEKDAYS, (0,))
AUDIENCES = {
    "zh-hans": {"老年人": "seniors", "中小学生": "pupils"},
    "en": {"children, parents and teachers": "pupils", "older people (60 and over)": "seniors"},
}


def some(values: list, most: int = 3) -> st.SearchStrategy:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True).map(tuple)


weekdays = some(list(range(7)), 7).map(lambda days: tuple(sorted(days)))
narrowing = st.just(()) | weekdays
clock = st.integers(0, 287).map(lambda step: step * 5)
dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))
words = st.text(st.sampled_from("暑期新馆试运行消毒检修布展雨天取消"), min_size=2, max_size=6) | st.lists(
    st.sampled_from(["daily", "Monday", "closed", "for", "and", "9:00–17:00", "(outdoors)", "rain,", "to"]),
    min_size=1,
    max_size=4,
).map(" ".join)


@st.composite
def matchers(draw: st.DrawFn) -> Matcher:
    kind = draw(st.sampled_from(MatcherKind))
    first = draw(dates)
    match kind:
        case MatcherKind.EVERY_DAY:
            return Matcher()
        case MatcherKind.WEEKDAYS:
            return Matcher(kind, draw(weekdays.filter(lambda days: len(days) < 7)))
        case MatcherKind.DAY_TYPE:
            return Matcher(kind, draw(narrowing), day_types=draw(some(list(DayType), 2)))
        case MatcherKind.HOLIDAY:
            codes = [
                "new_year",
                "spring_festival",
                "qingming",
                "labour_day",
                "mid_autumn",
                "national_day",
                "local",
            ]
            return Matcher(kind, draw(narrowing), holidays=draw(st.just(()) | some(codes)))
        case MatcherKind.DATES:
            last = draw(st.none() | st.integers(0, 40).map(lambda days: first + timedelta(days=days)))
            return Matcher(kind, draw(narrowing), first=first, last=last)
        case MatcherKind.NTH_WEEKDAY:
            return Matcher(kind, draw(some(list(range(7)), 2)), nth=draw(some([1, 2, 3, 4, 5, -1], 2)))
        case MatcherKind.LUNAR_DAY:
            eve = draw(st.booleans())
            month = draw(st.none() | st.integers(1, 12))
            found = draw(some(list(range(1, 31))) | (st.just(()) if eve else st.nothing()))
            return Matcher(
                kind,
                draw(narrowing),
                lunar_month=month if found else None,
                lunar_days=found,
                lunar_new_years_eve=eve,
            )
        case MatcherKind.PUT_OFF:
            return Matcher(kind, draw(some(list(range(7)), 2)), put_off_to=draw(st.sampled_from(PutOff)))
    levels = draw(st.just(()) | some(["primary", "junior", "senior", "university"]))
    if kind == MatcherKind.TERM:
        return Matcher(kind, draw(narrowing), levels=levels)
    vacations = draw(st.sampled_from([(), ("winter",), ("summer",)]))
    return Matcher(kind, draw(narrowing), vacations=vacations, levels=levels)


@st.composite
def sessions(draw: st.DrawFn, *, plain: bool = False) -> tuple[Session, ...]:
    """One to three sessions of a day, one after the other; the last may run past midnight."""
    ends = sorted(
        draw(st.lists(clock, min_size=2, max_size=6, unique=True).filter(lambda found: len(found) % 2 == 0))
    )
    made = [Session(opens, closes) for opens, closes in zip(ends[::2], ends[1::2], strict=True)]
    if draw(st.booleans()):
        made[-1] = replace(made[-1], closes=1440 + draw(st.integers(0, 60)) * 5)
    return tuple(made if plain else [draw(remarked(each)) for each in made])


@st.composite
def remarked(draw: st.DrawFn, session: Session) -> Session:
    last_entry = draw(
        st.none() | st.integers(session.opens // 5, session.closes // 5).map(lambda step: step * 5)
    )
    return replace(
        session,
        last_entry=last_entry,
        state=draw(st.sampled_from([State.OPEN, State.OPEN, *State])),
        kind=draw(st.sampled_from([Kind.REGULAR, Kind.REGULAR, *Kind])),
        admission=draw(st.sampled_from(["", "", "free", "discount", "low_fee", "paid", "mixed"])),
        audience=draw(st.sampled_from(["", "", "seniors", "pupils"])),
        condition=draw(st.just("") | words),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    effect = draw(st.sampled_from([Effect.REPLACE, Effect.REPLACE, *Effect]))
    times = draw(sessions(plain=effect == Effect.SUBTRACT))
    if effect == Effect.REPLACE and draw(st.booleans()):
        times = ()
    return Rule("rule", effect, draw(matchers()), times, draw(st.just("") | words))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Rules of which no two replace a day at equal rank, so that nothing contradicts itself."""
    kept: list[Rule] = []
    for made in draw(st.lists(rules(), min_size=1, max_size=4)):
        ranks = [specificity(rule.matcher) for rule in kept if rule.effect == made.effect]
        if specificity(made.matcher) not in ranks:
            kept.append(replace(made, key=f"r{len(kept)}"))
    season = draw(st.sampled_from([None, None, ((5, 1), (9, 30)), ((11, 1), (3, 31)), ((8, 8), (8, 8))]))
    valid_from = draw(st.none() | dates)
    valid_to = draw(st.none() | dates)
    if valid_from and valid_to and valid_to < valid_from:
        valid_from, valid_to = valid_to, valid_from
    return Schedule(
        "schedule",
        draw(st.sampled_from([Layer.BASE, Layer.SEASON, Layer.HOLIDAY])),
        area=draw(st.sampled_from(["", "", "一楼自习区"])),
        rules=tuple(kept),
        valid_from=valid_from,
        valid_to=valid_to,
        annual_from=season and season[0],
        annual_to=season and season[1],
        label=draw(st.just("") | st.sampled_from(["夏季", "冬令时"]) | words),
    )


def without_keys(hours: VenueHours, area: str) -> list[Schedule]:
    """The schedules of one area, without keys and whatever their order; `area` is where the text puts them."""
    found = [
        replace(
            schedule,
            key="",
            area=area,
            rules=tuple(sorted((replace(rule, key="") for rule in schedule.rules), key=repr)),
        )
        for schedule in hours.schedules
    ]
    return sorted(found, key=repr)


def there_and_back(made: list[Schedule], language: str) -> None:
    hours = VenueHours(schedules=tuple(replace(each, key=f"s{index}") for index, each in enumerate(made)))
    names = {code: name for name, code in AUDIENCES[language].items()}
    text = describe(hours, language, names=names)
    read = parse(text, audiences=AUDIENCES[language])
    found = without_keys(read.hours, "") + [
        schedule for area in read.areas for schedule in without_keys(area.hours, area.name)
    ]
    expected = [
        schedule
        for area in ("", "一楼自习区")
        for schedule in without_keys(
            replace(hours, schedules=tuple(s for s in hours.schedules if s.area == area)), area
        )
    ]
    assert not read.unread, text
    assert found == expected, text


@pytest.mark.parametrize("language", AUDIENCES)
@given(made=st.lists(schedules(), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_parsing_a_description_gives_the_same_rules(made: list[Schedule], language: str) -> None:
    there_and_back(made, language)


@pytest.mark.deep
@pytest.mark.parametrize("language", AUDIENCES)
@given(made=st.lists(schedules(), min_size=1, max_size=3))
@settings(max_examples=10_000, deadline=None)
def test_parsing_a_description_gives_the_same_rules_for_long(made: list[Schedule], language: str) -> None:
    there_and_back(made, language)


@pytest.mark.parametrize(
    "text", ["预约开放。\n节假日安排：周一闭馆。", "By appointment.\nSpecial days: Monday closed."]
)
def test_what_is_open_by_appointment_stays_so(text: str) -> None:
    read = parse(text)
    assert (read.hours.mode, read.confidence) == (Mode.BY_APPOINTMENT, Confidence.COMPLETE)
    assert [(each.layer, each.rules[0].matcher) for each in read.hours.schedules] == [(Layer.HOLIDAY, MONDAY)]


@pytest.mark.parametrize(
    "text",
    [
        "Daily 9:00–17:00; Monday closed",
        "Daily 9:00–17:00; Mondays closed.",
        "Daily 9:00-17:00; Monday closed.",
        "daily 9:00–17:00; Monday closed.",
        "Monday and Tuesday and Wednesday closed; daily 9:00–17:00.",
        "Monday, Tuesday and Wednesday 9:00–17:00.",
        "Monday or Sunday 9:00–17:00.",
        "Daily, 9:00–17:00.",
        "Daily 9:00–17:00 (free, last entry 16:30).",
        "Daily 9:00–17:00 (on fine days).",
        "Daily 17:00–9:00.",
        "Daily 9:00–25:00.",
        "Daily 9:00–17:00 unless closed.",
        "Daily closed 9:00–17:00, or so.",
        "The 31st of every lunar month closed; daily 9:00–17:00.",
        "1 October to 8 October 2026, 9:00–17:00.",
        "30 February 2026, 9:00–17:00.",
        "Easter holiday 9:00–17:00.",
        "Summer: daily 9:00–17:00; closed on Mondays.",
        "Winter (31 June to 1 August every year): daily 9:00–17:00.",
        "Every day 9:00–17:00.",
        "Daily 9:00–17:00.\n周一闭馆。",
        "Hours not known.",
    ],
)
def test_other_english_is_not_taken_for_read(text: str) -> None:
    assert parse(text).confidence != Confidence.COMPLETE


@pytest.mark.parametrize("text", ["每日17:00—9:00。", "每日9:00—25:00。", "2026年2月30日闭馆。"])
def test_hours_that_cannot_be_are_not_read_word_for_word(text: str) -> None:
    assert read_described(text, {}) is None
