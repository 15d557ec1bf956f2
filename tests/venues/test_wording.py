"""The sentences in each language, from the structure alone: no database."""

from dataclasses import replace
from datetime import date, datetime
from string import Formatter

import pytest

from openness.core.clock import CITY_TZ
from venues import wording
from venues.hours import Because, Matcher, MatcherKind
from venues.questions import Window
from venues.wording import Hours, Season, StatusFacts
from venues.wording.terms import PHRASES, TERMS

LANGUAGES = ("zh-hans", "en", "zh-hant")
DAY_1, DAY_6 = date(2026, 11, 20), date(2026, 11, 25)


def at(text: str) -> datetime:
    """An instant on the city's clocks; Thursday 19 November unless a date is given."""
    return datetime.fromisoformat(text if "T" in text else f"2026-11-19T{text}").replace(tzinfo=CITY_TZ)


NOW = at("10:00")

STATUSES = [
    (
        StatusFacts("open", NOW, ends_at=at("21:00"), can_enter=True, last_entry_at=at("20:30")),
        "开放至 21:00，20:30 停止入馆",
        "Open until 21:00, last entry 20:30",
    ),
    (
        StatusFacts("open", at("20:45"), ends_at=at("21:00"), last_entry_at=at("20:30")),
        "开放至 21:00，已于 20:30 停止入馆",
        "Open until 21:00, last entry was 20:30",
    ),
    (
        StatusFacts("open", NOW, ends_at=at("21:00"), can_enter=True, last_entry_at=at("21:00")),
        "开放至 21:00",
        "Open until 21:00",
    ),
    (
        StatusFacts("open", at("22:00"), ends_at=at("2026-11-20T01:00"), can_enter=True),
        "开放至次日 01:00",
        "Open until 01:00 the next day",
    ),
    (
        StatusFacts("open", NOW, ends_at=at("2026-11-20T00:00"), can_enter=True),
        "开放至 24:00",
        "Open until 24:00",
    ),
    (StatusFacts("open", NOW, is_round_the_clock=True, can_enter=True), "24 小时开放", "Open 24 hours"),
    (
        StatusFacts("closed", at("08:00"), opens_at=at("09:00")),
        "尚未开放，09:00 开放",
        "Not open yet, opens at 09:00",
    ),
    (
        StatusFacts("closed", at("13:00"), opens_at=at("14:30"), was_open_today=True),
        "现已闭馆，14:30 再次开放",
        "Closed, opens again at 14:30",
    ),
    (
        StatusFacts("closed", at("18:00"), opens_at=at("2026-11-21T09:00"), was_open_today=True),
        "已闭馆，周六 09:00 开放",
        "Closed, opens on Saturday at 09:00",
    ),
    (
        StatusFacts("closed", NOW, opens_at=at("2026-11-20T09:00"), is_closed_all_day=True),
        "今日闭馆，明日 09:00 开放",
        "Closed today, opens tomorrow at 09:00",
    ),
    (
        StatusFacts("closed", NOW, opens_at=at("2027-01-02T09:00"), is_closed_all_day=True),
        "今日闭馆，2027年1月2日 09:00 开放",
        "Closed today, opens on 2 January 2027 at 09:00",
    ),
    (
        StatusFacts("closed", NOW, is_closed_all_day=True, is_until_notice=True),
        "暂停开放，恢复时间另行通知",
        "Closed until further notice",
    ),
    (
        StatusFacts("closed", NOW, is_closed_all_day=True, closed_until=date(2027, 3, 1)),
        "暂停开放至 2027年3月1日",
        "Closed up to and including 1 March 2027",
    ),
    (StatusFacts("closed", NOW, is_closed_all_day=True), "今日闭馆", "Closed today"),
    (
        StatusFacts("closed", NOW, only_for="members", opens_at=at("14:00")),
        "本时段仅限会员，14:00 起面向公众开放",
        "Now for members only, open to all at 14:00",
    ),
    (StatusFacts("by_appointment", NOW), "需预约", "By appointment"),
    (
        StatusFacts("by_appointment", NOW, ends_at=at("17:00")),
        "需预约，本时段至 17:00",
        "By booking until 17:00",
    ),
    (StatusFacts("unknown", NOW), "开放时间待核实", "Hours not confirmed"),
]


@pytest.mark.parametrize(("facts", "chinese", "english"), STATUSES, ids=[case[1] for case in STATUSES])
def test_status_names_the_state_and_its_next_change(facts: StatusFacts, chinese: str, english: str) -> None:
    assert wording.status_label(facts, "zh-hans") == chinese
    assert wording.status_label(facts, "en") == english


def because(kind: str = "every_day", layer: str = "base", **matcher: object) -> Because:
    return Because(layer, "hours", "rule", matcher=Matcher(MatcherKind(kind), **matcher))


ANNOUNCED = Because(
    "notice",
    "notice-7-0",
    "close",
    notice="7",
    announced_on=date(2026, 11, 10),
    first_day=date(2026, 11, 19),
)
REASONS = [
    (because(), {}, "平日开放时间", "Usual hours"),
    (
        because("weekdays", weekdays=(0, 2, 6)),
        {"kind": "extended"},
        "每周一、三、日延时开放",
        "Extended hours on Mondays, Wednesdays and Sundays",
    ),
    (
        because("weekdays", weekdays=(1, 2, 3, 4, 5, 6)),
        {},
        "每周二至周日开放时间",
        "Hours from Tuesday to Sunday",
    ),
    (
        replace(because("weekdays", weekdays=(0,)), label="法定节假日除外"),
        {"status": "closed"},
        "每周一闭馆（法定节假日除外）",
        "Closed on Mondays (法定节假日除外)",
    ),
    (
        replace(because(layer="season"), label="夏令时"),
        {"season": Season((6, 1), (9, 30))},
        "夏令时（6月1日—9月30日）",
        "夏令时 (1 Jun – 30 Sep)",
    ),
    (
        replace(because("weekdays", "season", weekdays=(0,)), label="夏令时"),
        {"status": "closed"},
        "夏令时每周一闭馆",
        "夏令时: closed on Mondays",
    ),
    (
        because("lunar_day", "holiday", lunar_days=(26,)),
        {"status": "closed"},
        "每逢农历廿六闭馆",
        "Closed on the 26th of each lunar month",
    ),
    (
        because("lunar_day", "holiday", lunar_month=1, lunar_days=(1, 2), lunar_new_years_eve=True),
        {"status": "closed"},
        "除夕、农历正月初一、初二闭馆",
        "Closed on Lunar New Year’s Eve and on the 1st and 2nd of lunar month 1",
    ),
    (
        because("day_type", day_types=("statutory",)),
        {},
        "法定节日当天开放时间",
        "Hours on statutory holidays",
    ),
    (
        because("day_type", day_types=("workday",)),
        {"kind": "staggered"},
        "工作日错时开放",
        "Staggered hours on workdays",
    ),
    (
        replace(because("weekdays", weekdays=(4,)), label="每周五不对游客开放"),
        {"status": "closed"},
        "每周五不对游客开放",
        "Closed on Fridays (每周五不对游客开放)",
    ),
    (
        replace(because(), label="延时开放至21:00"),
        {"kind": "extended"},
        "平日延时开放至21:00",
        "Extended hours (延时开放至21:00)",
    ),
    (
        replace(because(), label="每天开放至21:00"),
        {"kind": "extended"},
        "延时开放：每天开放至21:00",
        "Extended hours (每天开放至21:00)",
    ),
    (because("holiday", "holiday"), {"status": "closed"}, "节假日闭馆", "Closed on public holidays"),
    (
        because("holiday", "holiday", holidays=("spring_festival",)),
        {},
        "春节假期开放时间",
        "Hours during the Spring Festival holiday",
    ),
    (
        because("vacation", "season", vacations=()),
        {},
        "季节性开放时间寒暑假开放时间",
        "Seasonal hours: hours in the school holidays",
    ),
    (
        because("nth_weekday", nth=(-1,), weekdays=(4,)),
        {"status": "closed"},
        "每月最后一个周五闭馆",
        "Closed on the last Friday of the month",
    ),
    (
        replace(because("dates", "holiday", first=date(2026, 2, 16), last=date(2026, 2, 16)), label="除夕"),
        {"status": "closed"},
        "2026年2月16日闭馆（除夕）",
        "Closed on 16 February 2026 (除夕)",
    ),
    (
        replace(because("dates", "holiday", first=date(2025, 6, 24)), label="改造施工"),
        {"status": "closed"},
        "自2025年6月24日起闭馆（改造施工）",
        "Closed from 24 June 2025 until further notice (改造施工)",
    ),
    (
        Because("notice", "notice-7-0", "close", notice="7"),
        {"notice_title": "闭馆公告"},
        "依据公告：闭馆公告",
        "By notice: 闭馆公告",
    ),
    (Because("notice", "notice-7-0", "close", notice="7"), {}, "依据开放公告", "By an opening notice"),
    (
        ANNOUNCED,
        {"notice_title": "闭馆公告"},
        "依据公告：闭馆公告（2026年11月10日公告，提前9天）",
        "By notice: 闭馆公告 (announced on 10 November 2026, 9 days ahead)",
    ),
    (
        replace(ANNOUNCED, first_day=date(2026, 11, 11), label="设备检修"),
        {"status": "closed"},
        "因设备检修闭馆（2026年11月10日公告，提前1天）",
        "Closed: 设备检修 (announced on 10 November 2026, 1 day ahead)",
    ),
    (
        replace(ANNOUNCED, first_day=date(2026, 11, 10)),
        {},
        "依据开放公告（2026年11月10日当日公告）",
        "By an opening notice (announced on its first day, 10 November 2026)",
    ),
    (
        replace(ANNOUNCED, first_day=date(2026, 11, 8)),
        {},
        "依据开放公告（2026年11月10日生效后公告）",
        "By an opening notice (announced on 10 November 2026, after its first day)",
    ),
    (
        replace(ANNOUNCED, first_day=None),
        {},
        "依据开放公告（2026年11月10日公告）",
        "By an opening notice (announced on 10 November 2026)",
    ),
    (Because("base", "hours"), {"status": "closed"}, "当日不在开放日之列", "Not one of its opening days"),
    (Because(), {"status": "unknown"}, "尚无开放时间资料", "No opening hours on record"),
    (Because(), {"status": "by_appointment"}, "实行预约开放", "Opens by appointment"),
    (
        Because("base"),
        {"status": "unknown"},
        "开放时间规则不一致，待核实",
        "The rules for this day contradict each other",
    ),
]


@pytest.mark.parametrize(
    ("reason", "options", "chinese", "english"), REASONS, ids=[case[2] for case in REASONS]
)
def test_because_names_the_rule_that_decides(
    reason: Because, options: dict, chinese: str, english: str
) -> None:
    assert wording.because_text(reason, language="zh-hans", **options) == chinese
    assert wording.because_text(reason.to_dict(), language="en", **options) == english


def test_label_of_a_rule_is_in_the_readers_words() -> None:
    reason = replace(because("weekdays", weekdays=(0,)), label="法定节假日除外")
    words = {"法定节假日除外": "except statutory holidays"}
    text = wording.because_text(reason, language="en", status="closed", words=lambda text: words[text])
    assert text == "Closed on Mondays (except statutory holidays)"


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (DAY_1, DAY_1, "2026年11月20日", "20 November 2026"),
        (DAY_1, DAY_6, "2026年11月20日至11月25日", "20–25 November 2026"),
        (DAY_1, date(2026, 12, 2), "2026年11月20日至12月2日", "20 November – 2 December 2026"),
        (
            date(2026, 12, 30),
            date(2027, 1, 3),
            "2026年12月30日至2027年1月3日",
            "30 December 2026 – 3 January 2027",
        ),
        (DAY_1, None, "自2026年11月20日起", "from 20 November 2026"),
    ],
)
def test_period_says_the_year_as_often_as_needed(
    first: date, last: date | None, chinese: str, english: str
) -> None:
    assert wording.period_text(first, last, "zh-hans") == chinese
    assert wording.period_text(first, last, "en") == english


@pytest.mark.parametrize(
    ("spans", "chinese", "english"),
    [
        ([], "闭馆", "Closed"),
        ([Hours(540, 720), Hours(870, 1050)], "09:00—12:00、14:30—17:30", "09:00–12:00, 14:30–17:30"),
        ([Hours(540, 1020, 990)], "09:00—17:00（16:30 停止入馆）", "09:00–17:00 (last entry 16:30)"),
        ([Hours(0, 1440)], "24 小时开放", "open 24 hours"),
        ([Hours(1080, 1500)], "18:00—次日01:00", "18:00–01:00 next day"),
        ([Hours(1500, 1560)], "次日01:00—02:00", "01:00–02:00 next day"),
        (
            [Hours(540, 720, state="by_booking", audience="青少年")],
            "09:00—12:00（需预约，仅限青少年）",
            "09:00–12:00 (by booking, for 青少年 only)",
        ),
    ],
)
def test_sessions_show_last_entry_and_conditions(spans: list[Hours], chinese: str, english: str) -> None:
    assert wording.sessions_text(spans, "zh-hans") == chinese
    assert wording.sessions_text(spans, "en") == english


def test_traditional_chinese_has_no_simplified_character() -> None:
    # Big5 holds Traditional characters and hardly any Simplified ones. Names in the facts are ASCII here.
    texts = [
        wording.status_label(replace(facts, only_for="members" if facts.only_for else ""), "zh-hant")
        for facts, *__ in STATUSES
    ]
    texts += [
        wording.because_text(replace(reason, label=""), language="zh-hant", **{**options, "notice_title": ""})
        for reason, options, *__ in REASONS
    ]
    texts += [wording.term(name, "zh-hant") for name in TERMS]
    texts += [
        wording.speak("zh-hant").say(chinese.replace("{", "{{").replace("}", "}}"))
        for chinese, __ in PHRASES.values()
    ]
    for text in texts:
        text.replace("—", "-").encode("big5")
    assert "后" not in "".join(texts)
    assert wording.status_label(STATUSES[0][0], "zh-hant") == "開放至 21:00，20:30 停止入館"
    assert (
        wording.because_text(because("lunar_day", lunar_days=(26,)), language="zh-hant", status="closed")
        == "每逢農曆廿六閉館"
    )


def test_chinese_uses_fullwidth_and_english_its_own_punctuation() -> None:
    for __, chinese, english in STATUSES:
        assert not set(",;()") & set(chinese), chinese
        assert not set("，；（）—、") & set(english), english


def test_window_of_a_question_in_words() -> None:
    window = Window(at("2026-11-21T19:00"), at("2026-11-21T21:00"))
    assert wording.window_label("window", window, "zh-hans") == "11月21日 周六 19:00—21:00"
    assert wording.window_label("window", window, "en") == "Sat 21 Nov 19:00–21:00"
    evening = Window(at("18:00"), at("2026-11-20T00:00"))
    assert wording.window_label("tonight", evening, "zh-hans") == "今晚 11月19日 周四 18:00—24:00"
    weekend = Window(at("2026-11-21T00:00"), at("2026-11-23T00:00"))
    assert (
        wording.window_label("weekend", weekend, "zh-hant")
        == "本週末 11月21日 週六 00:00 — 11月22日 週日 24:00"
    )
    assert wording.window_label("now", Window(NOW, None), "zh-hans") == "现在 11月19日 周四 10:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fixed_phrase_takes_the_same_data_in_each_language(language: str) -> None:
    for name, (chinese, _) in PHRASES.items():
        words = [word for _, word, *_ in Formatter().parse(chinese) if word]
        assert wording.phrase(name, language, **dict.fromkeys(words, "1"))
