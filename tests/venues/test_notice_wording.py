"""The public sentences of opening notices in each language: no database."""

from dataclasses import replace
from datetime import date

import pytest

from venues import wording
from venues.wording import EffectFacts, Hours, NoticeFacts, Subject

DAY_1, DAY_6 = date(2026, 11, 20), date(2026, 11, 25)

LIBRARY = Subject(venues=("泉州市图书馆",), total=1)
NOTICES = [
    (
        NoticeFacts("设备检修", LIBRARY, (EffectFacts("close", DAY_1, DAY_6, "一楼自习区"),)),
        "因设备检修，泉州市图书馆一楼自习区2026年11月20日至11月25日暂停开放。",
        "泉州市图书馆 (一楼自习区) will be closed from 20 to 25 November 2026. Reason: 设备检修.",
    ),
    (
        NoticeFacts("因台风。", LIBRARY, (EffectFacts("close", DAY_1),)),
        "因台风，泉州市图书馆自2026年11月20日起暂停开放，恢复时间另行通知。",
        "泉州市图书馆 will be closed from 20 November 2026 until further notice. Reason: 因台风.",
    ),
    (
        NoticeFacts("消防演练", LIBRARY, (EffectFacts("close", DAY_1, DAY_1, window=(840, 1080)),)),
        "因消防演练，泉州市图书馆2026年11月20日14:00至18:00暂停开放。",
        "泉州市图书馆 will be closed between 14:00 and 18:00 on 20 November 2026. Reason: 消防演练.",
    ),
    (
        NoticeFacts(
            "考试周", LIBRARY, (EffectFacts("extend", DAY_1, DAY_6, sessions=(Hours(1080, 1320, 1290),)),)
        ),
        "因考试周，泉州市图书馆2026年11月20日至11月25日延长开放至22:00（增开时段18:00—22:00，21:30停止入馆）。",
        "泉州市图书馆 will stay open until 22:00 from 20 to 25 November 2026"
        " (additional hours 18:00–22:00, last entry 21:30). Reason: 考试周.",
    ),
    (
        NoticeFacts("", LIBRARY, (EffectFacts("extend", DAY_1, sessions=(Hours(360, 540),)),)),
        "泉州市图书馆自2026年11月20日起增加开放时段06:00—09:00，结束时间另行通知。",
        "泉州市图书馆 will have the additional hours 06:00–09:00 from 20 November 2026 until further notice.",
    ),
    (
        NoticeFacts(
            "春节",
            LIBRARY,
            (EffectFacts("change", DAY_1, DAY_1, sessions=(Hours(540, 720), Hours(840, 960, 930))),),
        ),
        "因春节，泉州市图书馆2026年11月20日开放时间调整为09:00—12:00、14:00—16:00（15:30停止入馆）。",
        "泉州市图书馆 will have the hours 09:00–12:00 and 14:00–16:00 (last entry 15:30) on 20 November 2026."
        " Reason: 春节.",
    ),
    (
        NoticeFacts(
            "跨年夜", LIBRARY, (EffectFacts("special_opening", DAY_1, DAY_1, sessions=(Hours(1140, 1500),)),)
        ),
        "因跨年夜，泉州市图书馆2026年11月20日特别开放，时间为19:00—次日01:00。",
        "泉州市图书馆 will open specially on 20 November 2026, 19:00–01:00 next day. Reason: 跨年夜.",
    ),
    (
        NoticeFacts(
            "检修",
            LIBRARY,
            (EffectFacts("close", DAY_1, DAY_1, "阅览室"), EffectFacts("close", DAY_6, DAY_6)),
        ),
        "因检修，泉州市图书馆阅览室2026年11月20日暂停开放；全馆2026年11月25日暂停开放。",
        "泉州市图书馆 (阅览室) will be closed on 20 November 2026; the whole venue will be closed on 25 November 2026."
        " Reason: 检修.",
    ),
    (
        NoticeFacts(
            "台风",
            Subject(is_selection=True, region="丰泽区", types=("图书馆", "博物馆")),
            (EffectFacts("close", DAY_1, DAY_1),),
        ),
        "因台风，丰泽区全部图书馆、博物馆2026年11月20日暂停开放。",
        "All venues of the type 图书馆 or 博物馆 in 丰泽区 will be closed on 20 November 2026. Reason: 台风.",
    ),
    (
        NoticeFacts("台风", Subject(is_selection=True), (EffectFacts("close", DAY_1, DAY_1),)),
        "因台风，全市全部场馆2026年11月20日暂停开放。",
        "All venues in the city will be closed on 20 November 2026. Reason: 台风.",
    ),
    (
        NoticeFacts(
            "台风",
            Subject(is_selection=True, departments=("市文旅局",)),
            (EffectFacts("close", DAY_1, DAY_1),),
        ),
        "因台风，市文旅局所属全部场馆2026年11月20日暂停开放。",
        "All venues in the city run by 市文旅局 will be closed on 20 November 2026. Reason: 台风.",
    ),
    (
        NoticeFacts(
            "台风", Subject(venues=tuple("甲乙丙丁戊"), total=7), (EffectFacts("close", DAY_1, DAY_1),)
        ),
        "因台风，甲、乙、丙、丁、戊等7家场馆2026年11月20日暂停开放。",
        "甲, 乙, 丙, 丁, 戊 and 2 other venues will be closed on 20 November 2026. Reason: 台风.",
    ),
]


@pytest.mark.parametrize(("facts", "chinese", "english"), NOTICES, ids=[case[1][:30] for case in NOTICES])
def test_notice_says_what_changes_where_and_when(facts: NoticeFacts, chinese: str, english: str) -> None:
    assert wording.notice_text(facts, "zh-hans") == chinese
    assert wording.notice_text(facts, "en") == english


def test_notice_says_once_what_holds_on_several_periods() -> None:
    hours = (Hours(540, 960),)
    effects = (
        EffectFacts("change", DAY_1, DAY_6, sessions=hours),
        EffectFacts("close", date(2026, 11, 26), date(2026, 11, 26)),
        EffectFacts("change", date(2026, 11, 27), date(2027, 1, 3), sessions=hours),
        EffectFacts("change", date(2027, 1, 5), date(2027, 1, 5), sessions=hours),
    )
    facts = NoticeFacts("", LIBRARY, effects)
    assert wording.notice_text(facts, "zh-hans") == (
        "泉州市图书馆2026年11月20日至11月25日、11月27日至2027年1月3日、1月5日开放时间调整为09:00—16:00；"
        "2026年11月26日暂停开放。"
    )
    assert wording.notice_text(facts, "en") == (
        "泉州市图书馆 will have the hours 09:00–16:00 from 20 to 25 November 2026, from 27 November 2026 to 3 January"
        " 2027 and on 5 January 2027; it will be closed on 26 November 2026."
    )
    assert wording.speak("zh-hans").effects(facts)[1] == "全馆：2026年11月26日暂停开放"
    assert wording.speak("en").effects(facts)[1] == "The whole venue will be closed on 26 November 2026"


def test_notice_without_effects_says_nothing() -> None:
    assert wording.notice_text(NoticeFacts("检修", LIBRARY, ()), "zh-hans") == ""


def test_notice_in_traditional_chinese_has_no_simplified_character() -> None:
    for facts, *__ in NOTICES:
        effects = tuple(replace(effect, area="") for effect in facts.effects)
        text = wording.notice_text(NoticeFacts("X", Subject(is_selection=True), effects), "zh-hant")
        # Big5 holds Traditional characters and hardly any Simplified ones.
        assert text.replace("—", "-").encode("big5")


def test_notice_keeps_to_the_punctuation_of_its_language() -> None:
    for __, chinese, english in NOTICES:
        assert not set(",;()") & set(chinese)
        assert not set("，；（）—、") & set(english)


def test_traditional_chinese_leaves_names_alone() -> None:
    text = wording.notice_text(
        NoticeFacts("设备检修", LIBRARY, (EffectFacts("close", DAY_1, DAY_1),)), "zh-hant"
    )
    assert text == "因设备检修，泉州市图书馆2026年11月20日暫停開放。"


@pytest.mark.parametrize(
    ("announced_on", "chinese", "english"),
    [
        (date(2026, 11, 13), "提前 7 天公告", "Announced 7 days ahead"),
        (date(2026, 11, 19), "提前 1 天公告", "Announced 1 day ahead"),
        (DAY_1, "当日公告", "Announced on its first day"),
        (DAY_6, "生效后公告", "Announced after its first day"),
        (None, "", ""),
    ],
)
def test_announced_label_counts_the_days_before(
    announced_on: date | None, chinese: str, english: str
) -> None:
    assert wording.announced_label(announced_on, DAY_1, "zh-hans") == chinese
    assert wording.announced_label(announced_on, DAY_1, "en") == english
