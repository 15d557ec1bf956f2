"""What `describe` writes, `parse` reads back to the same rules; and it reads as an editor would write it."""

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
from venues.hours.parse import parse

NINE_TO_FIVE = Session(540, 1020, 990)
MONDAY = Matcher(MatcherKind.WEEKDAYS, (0,))
AUDIENCES = {"老年人": "seniors", "中小学生": "pupils"}


def usual(*rules: Rule) -> VenueHours:
    return VenueHours(schedules=(Schedule("base", rules=rules),))


@pytest.mark.parametrize(
    ("rules", "chinese", "english"),
    [
        (
            (Rule("daily", sessions=(NINE_TO_FIVE,)), Rule("mon", matcher=MONDAY)),
            "每日9:00—17:00（16:30停止入馆）；周一闭馆。",
            "Daily 9:00–17:00 (last entry 16:30); Monday closed.",
        ),
        (
            (
                Rule("daily", sessions=(NINE_TO_FIVE,)),
                Rule("mon", matcher=MONDAY),
                Rule("holiday", matcher=Matcher(MatcherKind.HOLIDAY), sessions=(NINE_TO_FIVE,)),
            ),
            "每日9:00—17:00（16:30停止入馆）；周一闭馆（法定节假日除外）。",
            "Daily 9:00–17:00 (last entry 16:30); Monday closed (except on public holidays).",
        ),
        (
            (
                Rule(
                    "school",
                    matcher=Matcher(MatcherKind.TERM, (0, 1, 2, 3, 4), levels=("primary",)),
                    sessions=(Session(1050, 1260, kind=Kind.STAGGERED, admission="free"),),
                ),
            ),
            "小学学期中的周一至周五17:30—21:00（错时开放，免费）。",
            "Primary school term time on Monday to Friday 17:30–21:00 (staggered hours, free).",
        ),
        (
            (
                Rule("daily", sessions=(Session(0, 1440, state=State.SELF_SERVICE),)),
                Rule("clean", Effect.SUBTRACT, MONDAY, (Session(540, 720),), label="消毒"),
            ),
            "每日全天（自助开放）；周一9:00—12:00闭馆（注：消毒）。",
            "Daily around the clock (self-service); Monday closed 9:00–12:00 (note: 消毒).",
        ),
    ],
)
def test_texts(rules: tuple[Rule, ...], chinese: str, english: str) -> None:
    assert describe(usual(*rules), "zh-Hans") == chinese
    assert describe(usual(*rules), "en") == english


def test_areas_have_their_name_above_them() -> None:
    hours = VenueHours(
        schedules=(Schedule("room", area="study", rules=(Rule("daily", sessions=(NINE_TO_FIVE,)),)),)
    )
    assert describe(hours, "zh-hans", names={"study": "一楼自习区"}).splitlines()[0] == "【一楼自习区】"
    assert describe(hours, "en").splitlines()[0] == "[study]"


def test_hours_that_are_not_the_venues_own() -> None:
    assert describe(VenueHours(Mode.BY_APPOINTMENT), "zh-hans") == "预约开放。"
    assert describe(VenueHours(Mode.UNKNOWN), "en") == "Hours not known."


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="language"):
        describe(VenueHours(), "fr")


# ---------------------------------------------------------------------------------------------------
# There and back


def some(values: list, most: int = 3) -> st.SearchStrategy:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True).map(tuple)


weekdays = some(list(range(7)), 7).map(lambda days: tuple(sorted(days)))
narrowing = st.just(()) | weekdays
clock = st.integers(0, 287).map(lambda step: step * 5)
dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))
words = st.text(st.sampled_from("暑期新馆试运行消毒检修布展雨天取消"), min_size=2, max_size=6)


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


def there_and_back(made: list[Schedule]) -> None:
    hours = VenueHours(schedules=tuple(replace(each, key=f"s{index}") for index, each in enumerate(made)))
    names = {code: name for name, code in AUDIENCES.items()}
    text = describe(hours, "zh-hans", names=names)
    read = parse(text, audiences=AUDIENCES)
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


@given(st.lists(schedules(), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_parsing_a_description_gives_the_same_rules(made: list[Schedule]) -> None:
    there_and_back(made)


@pytest.mark.deep
@given(st.lists(schedules(), min_size=1, max_size=3))
@settings(max_examples=10_000, deadline=None)
def test_parsing_a_description_gives_the_same_rules_for_long(made: list[Schedule]) -> None:
    there_and_back(made)
