"""What `describe` writes reads as an editor would write it."""

from dataclasses import replace
from datetime import date

import pytest

from venues.hours import (
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

NINE_TO_FIVE = Session(540, 1020, 990)
MONDAY = Matcher(MatcherKind.WEEKDAYS, (0,))


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
            "Primary school term time, Monday to Friday 17:30–21:00 (staggered hours, free).",
        ),
        (
            (
                Rule("daily", sessions=(Session(0, 1440, state=State.SELF_SERVICE),)),
                Rule("clean", Effect.SUBTRACT, MONDAY, (Session(540, 720),), label="消毒"),
            ),
            "每日全天（自助开放）；周一9:00—12:00闭馆（注：消毒）。",
            "Daily around the clock (self-service); Monday closed 9:00–12:00 (note: 消毒).",
        ),
        (
            (
                Rule("put-off", matcher=Matcher(MatcherKind.PUT_OFF, (0,))),
                Rule(
                    "after",
                    matcher=Matcher(MatcherKind.PUT_OFF, (0, 1), put_off_to=PutOff.AFTER_HOLIDAY),
                ),
                Rule("monday", matcher=Matcher(MatcherKind.HOLIDAY, (0,)), sessions=(Session(540, 1560),)),
            ),
            "周一逢法定节假日的次日闭馆；周一、周二逢法定节假日的节后第一天闭馆；"
            "法定节假日的周一9:00—次日2:00。",
            "Day after a Monday that is a public holiday, closed; first day after a public holiday that "
            "includes a Monday or Tuesday, closed; public holidays falling on Monday 9:00–2:00 next day.",
        ),
        (
            (
                Rule(
                    "lunar",
                    matcher=Matcher(
                        MatcherKind.LUNAR_DAY, lunar_month=1, lunar_days=(1, 2, 3), lunar_new_years_eve=True
                    ),
                ),
                Rule("26th", matcher=Matcher(MatcherKind.LUNAR_DAY, lunar_days=(26,))),
                Rule("nth", matcher=Matcher(MatcherKind.NTH_WEEKDAY, (0,), nth=(1, -1))),
            ),
            "除夕、农历正月初一、初二、初三闭馆；每逢农历廿六闭馆；每月第一个、最后一个周一闭馆。",
            "Lunar New Year’s Eve and the 1st, 2nd and 3rd of the 1st lunar month closed; "
            "the 26th of every lunar month closed; first and last Monday of every month closed.",
        ),
        (
            (
                Rule(
                    "october",
                    matcher=Matcher(MatcherKind.DATES, first=date(2026, 10, 1), last=date(2026, 10, 8)),
                ),
                Rule("vacations", Effect.ADD, Matcher(MatcherKind.VACATION), (Session(1080, 1260),)),
                Rule(
                    "primary",
                    matcher=Matcher(MatcherKind.VACATION, (5, 6), levels=("primary",)),
                    sessions=(NINE_TO_FIVE,),
                ),
            ),
            "2026年10月1日至2026年10月8日闭馆；寒暑假另开放18:00—21:00；"
            "小学寒暑假的周六、周日9:00—17:00（16:30停止入馆）。",
            "1 to 8 October 2026, closed; school vacations also open 18:00–21:00; "
            "primary school vacations, Saturday and Sunday 9:00–17:00 (last entry 16:30).",
        ),
    ],
)
def test_texts(rules: tuple[Rule, ...], chinese: str, english: str) -> None:
    assert describe(usual(*rules), "zh-Hans") == chinese
    assert describe(usual(*rules), "en") == english


@pytest.mark.parametrize(
    ("schedule", "chinese", "english"),
    [
        (
            Schedule("s", Layer.SEASON, label="夏季", annual_from=(5, 1), annual_to=(9, 30)),
            "夏季（每年5月1日至9月30日）",
            "Summer (1 May to 30 September every year)",
        ),
        (
            Schedule(
                "s", Layer.SEASON, label="暑期", valid_from=date(2026, 12, 28), valid_to=date(2027, 1, 3)
            ),
            "“暑期”（2026年12月28日至2027年1月3日）",
            "“暑期” (28 December 2026 to 3 January 2027)",
        ),
        (
            Schedule("s", Layer.HOLIDAY, annual_from=(8, 8), annual_to=(8, 8), valid_from=date(2026, 7, 1)),
            "节假日安排（每年8月8日，2026年7月1日起）",
            "Special days (8 August every year, from 1 July 2026)",
        ),
        (
            Schedule("s", label="新馆", valid_to=date(2026, 7, 1)),
            "平时“新馆”（2026年7月1日止）",
            "Usual hours “新馆” (until 1 July 2026)",
        ),
    ],
)
def test_headings(schedule: Schedule, chinese: str, english: str) -> None:
    hours = VenueHours(schedules=(replace(schedule, rules=(Rule("daily"),)),))
    assert describe(hours, "zh-hans") == f"{chinese}：每日闭馆。"
    assert describe(hours, "en") == f"{english}: daily closed."


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
