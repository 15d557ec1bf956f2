"""What each construct becomes: rules, confidence, and the exact places of what is not read."""

import pytest

from tests.venues.hours.builders import clock
from venues.hours import (
    Confidence,
    DayType,
    Effect,
    Kind,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    ParseResult,
    PutOff,
    Schedule,
    Seasons,
    Session,
    State,
    parse,
)

COMPLETE, PARTIAL, NONE = Confidence
CLOSED = ""
DAILY = Matcher()
HOLIDAY = Matcher(MatcherKind.HOLIDAY)


def on(*weekdays: int) -> Matcher:
    return Matcher(MatcherKind.WEEKDAYS, weekdays=weekdays)


TUE_SUN = on(1, 2, 3, 4, 5, 6)
MON = on(0)


def holiday(*codes: str, weekdays: tuple[int, ...] = ()) -> Matcher:
    return Matcher(MatcherKind.HOLIDAY, weekdays=weekdays, holidays=codes)


def lunar(*days: int, month: int | None = None, eve: bool = False) -> Matcher:
    return Matcher(MatcherKind.LUNAR_DAY, lunar_days=days, lunar_month=month, lunar_new_years_eve=eve)


def day_type(name: DayType, *weekdays: int) -> Matcher:
    return Matcher(MatcherKind.DAY_TYPE, weekdays=weekdays, day_types=(name,))


def shown(session: Session) -> str:
    """`9:00-17:00<16:30`, with state, kind and price where they are not the usual ones."""
    last = f"<{clock(session.last_entry)}" if session.last_entry is not None else ""
    words = [session.state, session.kind, session.admission, session.condition]
    told = [str(word) for word in words if word not in (State.OPEN, Kind.REGULAR, "")]
    return " ".join([f"{clock(session.opens)}-{clock(session.closes)}{last}", *told])


def rules_of(schedule: Schedule) -> dict[Matcher, str]:
    """The days of each rule and what it makes of them; what is taken away has a minus before it."""
    signs = {Effect.REPLACE: "", Effect.ADD: "+", Effect.SUBTRACT: "-"}
    return {
        rule.matcher: signs[rule.effect] + ", ".join(shown(session) for session in rule.sessions)
        for rule in schedule.rules
    }


def base(result: ParseResult) -> dict[Matcher, str]:
    (schedule,) = result.hours.schedules
    return rules_of(schedule)


def codes(result: ParseResult) -> set[str]:
    return {warning.code for warning in result.warnings}


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        # Times
        ("9:00-17:00", {DAILY: "09:00-17:00"}),
        ("９：００～１７：００", {DAILY: "09:00-17:00"}),
        ("9 : 00 —— 17∶30", {DAILY: "09:00-17:30"}),
        ("上午九点半至下午五点一刻", {DAILY: "09:30-17:15"}),
        ("上午8:30-11:30，下午2:00-5:30", {DAILY: "08:30-11:30, 14:00-17:30"}),
        ("下午16:00-18:00", {DAILY: "16:00-18:00"}),
        ("晚7点至凌晨1点", {DAILY: "19:00-25:00"}),
        ("18:00-次日2:00", {DAILY: "18:00-26:00"}),
        ("10:00-24:00", {DAILY: "10:00-24:00"}),
        ("全天候开放", {DAILY: "00:00-24:00"}),
        ("9点开馆，16:30停止入馆，17点闭馆", {DAILY: "09:00-17:00<16:30"}),
        ("开馆时间9:00 停止入馆16:00 闭馆时间17:00", {DAILY: "09:00-17:00<16:00"}),
        ("9:00-17:00（闭馆前半小时停止入场）", {DAILY: "09:00-17:00<16:30"}),
        ("9:00-12:00，14:00-17:00，闭馆前30分钟停止入馆", {DAILY: "09:00-12:00<11:30, 14:00-17:00<16:30"}),
        ("9:00-16:30,16:00止票,16:15静场,16:30闭馆", {DAILY: "09:00-16:30<16:00"}),
        ("9:00-17:00，中午不休", {DAILY: "09:00-17:00"}),
        # Days
        ("週二至週日 09:00-17:00，週一休館", {TUE_SUN: "09:00-17:00", MON: CLOSED}),
        ("9:00-17:00（周一闭馆", {DAILY: "09:00-17:00", MON: CLOSED}),
        ("每周二、四至六 9:00-17:00", {on(1, 3, 4, 5): "09:00-17:00"}),
        ("周六日9:00-16:00", {on(5, 6): "09:00-16:00"}),
        (
            "8:00-12:00（周一至周五）9:00-11:00（周末）",
            {on(0, 1, 2, 3, 4): "08:00-12:00", on(5, 6): "09:00-11:00"},
        ),
        ("周二至周日开放，9:00-17:00", {TUE_SUN: "09:00-17:00"}),
        ("除周一外每天开放，9:00-17:00", {DAILY: "09:00-17:00", MON: CLOSED}),
        ("休息日：周一；开放时间：9:00-17:00", {DAILY: "09:00-17:00", MON: CLOSED}),
        (
            "9:00-17:00，每月最后一个周一闭馆",
            {DAILY: "09:00-17:00", Matcher(MatcherKind.NTH_WEEKDAY, weekdays=(0,), nth=(-1,)): CLOSED},
        ),
        ("每天9:00-17:00，每周一上午闭馆", {DAILY: "09:00-17:00", MON: "-00:00-12:00"}),
        ("9:00-18:00，周三17:00闭馆", {DAILY: "09:00-18:00", on(2): "09:00-17:00"}),
        # Holidays
        (
            "9:00—17:00 16:00后停止入场（每周一闭馆，除国定假日外）",
            {DAILY: "09:00-17:00<16:00", MON: CLOSED, HOLIDAY: "09:00-17:00<16:00"},
        ),
        (
            "周二至周日9:00-17:30；遇法定节假日周一除外",
            {TUE_SUN: "09:00-17:30", holiday(weekdays=(0,)): "09:00-17:30"},
        ),
        (
            "周二至周日8:00-16:00，节假日、每逢周一闭馆",
            {TUE_SUN: "08:00-16:00", HOLIDAY: CLOSED, MON: CLOSED},
        ),
        ("周一至周五9:00-17:00（法定节假日除外）", {on(0, 1, 2, 3, 4): "09:00-17:00", HOLIDAY: CLOSED}),
        (
            "9:00-17:00，每周一9:00-12:00闭馆（法定节假日除外）",
            {DAILY: "09:00-17:00", MON: "12:00-17:00", HOLIDAY: "09:00-17:00"},
        ),
        (
            "9:00-17:00，元旦、春节闭馆",
            {DAILY: "09:00-17:00", holiday("new_year", "spring_festival"): CLOSED},
        ),
        ("9:00-17:00，法定节日当天闭馆", {DAILY: "09:00-17:00", day_type(DayType.STATUTORY): CLOSED}),
        (
            "周一至周五18:00-21:00，双休日（调为工作日除外）8:00-21:00",
            {on(0, 1, 2, 3, 4): "18:00-21:00", day_type(DayType.DAY_OFF, 5, 6): "08:00-21:00"},
        ),
        (
            "9:00-17:00，周一闭馆，遇法定节假日顺延一天",
            {
                DAILY: "09:00-17:00",
                MON: CLOSED,
                holiday(weekdays=(0,)): "09:00-17:00",
                Matcher(MatcherKind.PUT_OFF, weekdays=(0,), put_off_to=PutOff.NEXT_DAY): CLOSED,
            },
        ),
        # Lunar days, vacations
        ("9:00-17:00，每逢农历廿六闭馆", {DAILY: "09:00-17:00", lunar(26): CLOSED}),
        ("9:00-17:00，除夕至初二闭馆", {DAILY: "09:00-17:00", lunar(1, 2, month=1, eve=True): CLOSED}),
        (
            "寒暑假每天9:00-20:00，其余时间周六、周日9:00-17:00",
            {Matcher(MatcherKind.VACATION): "09:00-20:00", on(5, 6): "09:00-17:00"},
        ),
        (
            "学期中：周一至周五17:30-20:30，周末8:00-20:00；高校暑假8:00-20:00",
            {
                Matcher(MatcherKind.TERM, weekdays=(0, 1, 2, 3, 4)): "17:30-20:30",
                Matcher(MatcherKind.TERM, weekdays=(5, 6)): "08:00-20:00",
                Matcher(MatcherKind.VACATION, vacations=("summer",), levels=("university",)): "08:00-20:00",
            },
        ),
        # In what way
        ("8:00-10:00免费，10:00-21:00收费", {DAILY: "08:00-10:00 free, 10:00-21:00 paid"}),
        ("9:00-17:00（需提前预约）", {DAILY: "09:00-17:00 by_booking"}),
        (
            "每天9:00-17:00，延时开放：周五18:00-21:00（遇雨取消）",
            {DAILY: "09:00-17:00", on(4): "09:00-17:00, 18:00-21:00 extended 遇雨取消"},
        ),
        ("9:00-17:00，周五延长至21:00", {DAILY: "09:00-17:00", on(4): "09:00-17:00, 17:00-21:00 extended"}),
        ("9:00-17:00，每周三免费", {DAILY: "09:00-17:00", on(2): "09:00-17:00 free"}),
        ("暂停对外开放", {DAILY: CLOSED}),
    ],
)
def test_a_plain_text_is_read_completely(text: str, rules: dict[Matcher, str]) -> None:
    result = parse(text)
    assert base(result) == rules
    assert (result.confidence, result.unread) == (COMPLETE, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9:00-17:00，周一照常开放，周一闭馆", "days_contradict"),
        ("周一9:00-17:00，周一10:00-18:00", "rules_contradict"),
        ("9:00-17:00，10:00-18:00", "hours_contradict"),
        ("9:00-17:00，18:00停止入馆", "last_entry_outside"),
        ("17:00-9:00", "end_before_start"),
        ("8:30-11:30，2:30-5:30", "twelve_hour_clock"),
        ("22:00-2:00", "next_day_assumed"),
        ("8:00-12:00,14:00-17:00 中午不休", "noon_break_contradicts"),
        ("9:00-17:00，法定节假日开放时间另行通知", "holidays_to_be_announced"),
        ("9:00-17:00，周一闭馆，遇法定节假日顺延", "put_off_day_assumed"),
        ("工作日9:00-17:00，节假日9:00-12:00", "weekend_not_named"),
        ("周二至周五9:00-17:00，周六日9:00-18:00，周一闭馆，节假日除外", "usual_hours_differ"),
        ("周五至周日9:00-16:30（五一期间正常开放）", "as_usual_unclear"),
        ("周一闭馆，9:00-17:00（法定节假日除外）", "exception_unclear"),
        ("每天9:00-17:00，周三19:00-21:00", "adds_or_replaces"),
        ("周一、周二上午闭馆，9:00-17:00", "half_day_of_which"),
        ("8:00-12:00，14:00-17:00（需提前预约）", "remark_of_which"),
        ("周二至周日9:00-17:00，周一闭馆，暑假9:00-20:00", "closing_in_vacation"),
        ("夏季9:00-18:00，冬季9:00-17:00，周末9:00-20:00", "hours_of_which_season"),
        ("夏季9:00-18:00，周一闭馆；冬季9:00-17:00", "closing_of_which_season"),
        ("冬季8:30-17:00，春、夏、秋季8:30-17:30", "season_months_assumed"),
        ("5月至10月9:00-17:00", "year_not_covered"),
        ("展厅9:00-17:00，院区6:00-22:00，周一闭馆", "area_unclear"),
        ("周二至周五9:00-17:00，周一闭馆，18:00-20:00", "hours_without_days"),
        ("周一闭馆", "hours_missing"),
        ("9:00-17:00，斋月期间10:00-15:00", "occasion_unknown"),
    ],
)
def test_what_can_be_read_in_two_ways_is_never_complete(text: str, code: str) -> None:
    result = parse(text)
    assert code in codes(result)
    assert result.confidence != COMPLETE


@pytest.mark.parametrize(
    ("text", "unread", "confidence"),
    [
        ("暂无", ["暂无"], NONE),
        ("开放时间详见官网", ["开放时间详见官网"], NONE),
        ("9:00-17:00，视天气情况调整", ["视天气情况调整"], PARTIAL),
        ("9:00-17:00，周八闭馆", ["周八闭馆"], PARTIAL),
        ("大约9:00-17:00左右", ["大约", "左右"], PARTIAL),
        ("9:00-17:00，1月20日至2月5日闭馆", ["1月20日至2月5日闭馆"], PARTIAL),
        ("9:00-17:00，春节后闭馆", ["春节后闭馆"], PARTIAL),
        ("9:00-17:00，每月最后一个工作日闭馆", ["每月最后一个工作日闭馆"], PARTIAL),
        ("周一或周二闭馆，9:00-17:00", ["或"], PARTIAL),
        ("周二至周9:00-17:00", ["至周"], PARTIAL),
    ],
)
def test_what_is_not_read_comes_back_with_its_place(
    text: str, unread: list[str], confidence: Confidence
) -> None:
    result = parse(text)
    assert [each.text for each in result.unread] == unread
    assert all(text[each.start : each.end] == each.text for each in result.unread)
    assert result.confidence == confidence


def test_an_unread_clause_opens_and_closes_nothing() -> None:
    plain = parse("9:00-17:00").hours
    assert parse("9:00-17:00，每月最后一个工作日闭馆").hours == plain
    assert parse("9:00-17:00，重大活动期间延时开放至22:00").hours == plain
    assert parse("9:00-17:00，8月8日免费").hours == plain


# ---------------------------------------------------------------------------------------------------
# Seasons, fixed days, dates


def seasons(text: str, **options: Seasons) -> dict[tuple[object, object], dict[Matcher, str]]:
    return {
        (schedule.annual_from, schedule.annual_to): rules_of(schedule)
        for schedule in parse(text, **options).hours.schedules
    }


def test_a_closing_after_the_seasons_holds_in_each() -> None:
    text = "5月—10月 9:00-17:00    11月—4月 9:00-16:30    每周一闭馆（法定节假日除外）"
    assert seasons(text) == {
        ((5, 1), (10, 31)): {DAILY: "09:00-17:00", MON: CLOSED, HOLIDAY: "09:00-17:00"},
        ((11, 1), (4, 30)): {DAILY: "09:00-16:30", MON: CLOSED, HOLIDAY: "09:00-16:30"},
    }
    assert parse(text).confidence == COMPLETE


def test_seasons_without_months_have_the_limits_that_are_set() -> None:
    limits = Seasons(summer_from=(6, 1), summer_to=(8, 31))
    result = seasons("9:00-18:00（夏令时）9:00-17:00（冬令时）", seasons=limits)
    assert result == {((6, 1), (8, 31)): {DAILY: "09:00-18:00"}, ((9, 1), (5, 31)): {DAILY: "09:00-17:00"}}


def test_the_other_half_of_a_dated_season_is_the_rest_of_the_year() -> None:
    result = seasons("夏季（4月1日至9月30日）：9:00-18:00；冬季：9:00-17:00")
    assert list(result) == [((4, 1), (9, 30)), ((10, 1), (3, 31))]


def test_days_before_the_seasons_hold_in_each() -> None:
    result = seasons("周二至周日：夏季9:00-18:00，冬季9:00-17:00")
    assert list(result.values()) == [{TUE_SUN: "09:00-18:00"}, {TUE_SUN: "09:00-17:00"}]


def test_fixed_days_come_before_seasons() -> None:
    schedules = parse("9:00-17:00，每年10月1日闭馆").hours.schedules
    assert [(each.layer, each.annual_from) for each in schedules] == [
        (Layer.BASE, None),
        (Layer.HOLIDAY, (10, 1)),
    ]


def test_special_days_alone_say_nothing_of_the_others() -> None:
    (schedule,) = parse("2026年10月1日至8日9:00-21:00").hours.schedules
    assert schedule.layer == Layer.HOLIDAY


# ---------------------------------------------------------------------------------------------------
# Parts of the venue, appointments


def test_parts_have_hours_of_their_own() -> None:
    result = parse("9:00-17:00，周一闭馆；一楼自习区每天8:00-22:00；24小时自助图书馆：全天开放")
    assert base(result) == {DAILY: "09:00-17:00", MON: CLOSED}
    assert {area.name: rules_of(area.hours.schedules[0]) for area in result.areas} == {
        "一楼自习区": {DAILY: "08:00-22:00"},
        "24小时自助图书馆": {DAILY: "00:00-24:00"},
    }


def test_what_holds_for_all_parts_is_given_to_each() -> None:
    result = parse("借阅区9:00-20:00，阅览区9:00-17:00，均周一闭馆")
    assert [rules_of(area.hours.schedules[0])[MON] for area in result.areas] == [CLOSED, CLOSED]


def test_the_name_of_the_venue_itself_is_no_part() -> None:
    result = parse("中国农业博物馆开放时间：9:00-16:00")
    assert result.areas == ()
    assert result.confidence == COMPLETE


def test_an_appointment_without_times() -> None:
    result = parse("参观需提前预约")
    assert result.hours.mode == Mode.BY_APPOINTMENT
    assert result.confidence == COMPLETE


def test_keys_are_short_and_unique() -> None:
    result = parse("9:00-17:00，周一闭馆（法定节假日除外），除夕闭馆；夏季9:00-18:00")
    assert [schedule.key for schedule in result.hours.schedules] == ["base", "summer"]
    keys = [rule.key for rule in result.hours.schedules[0].rules]
    assert keys == ["daily", "mon", "holiday", "new-years-eve"]


# ---------------------------------------------------------------------------------------------------
# The sentences of `describe`


def test_a_described_text_is_read_word_for_word() -> None:
    text = (
        "周二至周日9:00—17:00（16:30停止入馆）；周一闭馆（法定节假日除外）。\n"
        "夏季（每年6月1日至8月31日）：每日9:00—18:00（限老年人）。"
    )
    result = parse(text, audiences={"老年人": "seniors"})
    usual, summer = result.hours.schedules
    assert rules_of(usual) == {TUE_SUN: "09:00-17:00<16:30", MON: CLOSED, HOLIDAY: "09:00-17:00<16:30"}
    assert rules_of(summer) == {DAILY: "09:00-18:00"}  # Mondays too: nothing is spread over lines
    assert summer.rules[0].sessions[0].audience == "seniors"
    assert (summer.layer, summer.annual_from, summer.label) == (Layer.SEASON, (6, 1), "夏季")


def test_a_described_text_may_contradict_itself() -> None:
    result = parse("周一、周二9:00—17:00；周二、周三9:00—18:00。")
    assert codes(result) == {"rules_contradict"}
    assert result.confidence == PARTIAL
