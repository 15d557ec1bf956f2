"""Hours in Simplified Chinese, as on the notice beside a door: ranges with a 一字线 (GB/T 15834)."""

from collections.abc import Mapping, Sequence
from datetime import date

from venues.hours.describe.outline import Clause
from venues.hours.model import (
    DAY_MINUTES,
    DayType,
    Effect,
    Kind,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    PutOff,
    Schedule,
    Session,
    State,
)

WEEKDAYS = tuple(f"周{day}" for day in "一二三四五六日")
LUNAR_DAYS = (
    *(f"初{unit}" for unit in "一二三四五六七八九十"),
    *(f"十{unit}" for unit in "一二三四五六七八九"),
    "二十",
    *(f"廿{unit}" for unit in "一二三四五六七八九"),
    "三十",
)
LUNAR_MONTHS = ("正月", *(f"{digit}月" for digit in "二三四五六七八九十"), "冬月", "腊月")
NTH = {1: "第一个", 2: "第二个", 3: "第三个", 4: "第四个", 5: "第五个", -1: "最后一个"}
DAY_TYPES = {
    DayType.WORKDAY: "工作日",
    DayType.DAY_OFF: "休息日",
    DayType.STATUTORY: "法定节日当天",
    DayType.MAKEUP_WORKDAY: "调休上班日",
    DayType.EVE_OF_DAY_OFF: "休息日前一天",
    DayType.EVE_OF_HOLIDAY: "法定节假日前一天",
    DayType.AFTER_HOLIDAY: "法定节假日后第一天",
}
HOLIDAYS = {
    "new_year": "元旦假期",
    "spring_festival": "春节假期",
    "qingming": "清明假期",
    "labour_day": "劳动节假期",
    "dragon_boat": "端午假期",
    "mid_autumn": "中秋假期",
    "national_day": "国庆假期",
    "local": "其他假日",
}
VACATIONS = {"winter": "寒假", "summer": "暑假"}
LEVELS = {"primary": "小学", "junior": "初中", "senior": "高中", "university": "高校"}
STATES = {State.BY_BOOKING: "预约开放", State.SELF_SERVICE: "自助开放", State.MEMBERS: "仅限会员"}
KINDS = {Kind.STAGGERED: "错时开放", Kind.EXTENDED: "延时开放"}
ADMISSIONS = {
    "free": "免费",
    "discount": "优惠开放",
    "low_fee": "低收费",
    "paid": "收费",
    "mixed": "部分收费",
}
SEASONS = frozenset({"春季", "夏季", "秋季", "冬季", "夏令时", "冬令时", "旺季", "淡季"})
MODES = {Mode.BY_APPOINTMENT: "预约开放", Mode.UNKNOWN: "开放时间待核实"}
LAYERS = {
    Layer.BASE: "平时",
    Layer.SEASON: "季节",
    Layer.HOLIDAY: "节假日安排",
    Layer.NOTICE: "按公告",
    Layer.EMERGENCY: "紧急安排",
}


def area_line(name: str) -> str:
    """Return the line above the hours of an area."""
    return f"【{name}】"


def sentence(heading: str, clauses: Sequence[str]) -> str:
    """Return a schedule as one line."""
    return (f"{heading}：" if heading else "") + "；".join(clauses) + "。"


def heading(schedule: Schedule) -> str:
    """夏季（每年5月1日至9月30日，2026年7月1日起）; a name that is no season is quoted."""
    if schedule.layer == Layer.SEASON and schedule.label:
        name = schedule.label if schedule.label in SEASONS else f"“{schedule.label}”"
    else:
        name = LAYERS[schedule.layer] + (f"“{schedule.label}”" if schedule.label else "")
    bounds = [*_yearly(schedule), *_validity(schedule.valid_from, schedule.valid_to)]
    return name + (f"（{'，'.join(bounds)}）" if bounds else "")


def _yearly(schedule: Schedule) -> list[str]:
    if not (schedule.annual_from and schedule.annual_to):
        return []
    first, last = (f"{month}月{day}日" for month, day in (schedule.annual_from, schedule.annual_to))
    if first == last:
        return [f"每年{first}"]
    return [f"每年{first}至{'次年' if schedule.annual_to < schedule.annual_from else ''}{last}"]


def _validity(first: date | None, last: date | None) -> list[str]:
    if first and last:
        return [_period(first, last)]
    return [f"{_date(first)}起"] if first else [f"{_date(last)}止"] if last else []


def clause(told: Clause, names: Mapping[str, str]) -> str:
    """Return a rule as a clause: its days, and what happens on them."""
    rule = told.rule
    times = "、".join(_session(session, names) for session in rule.sessions)
    if rule.effect == Effect.ADD:
        what = f"另开放{times}"
    else:
        what = f"{times}闭馆" if rule.effect == Effect.SUBTRACT or not rule.sessions else times
    if told.except_holidays:
        what += "（法定节假日除外）"
    return days(rule.matcher) + what + (f"（注：{rule.label}）" if rule.label else "")


def _session(session: Session, names: Mapping[str, str]) -> str:
    """9:00—17:00（16:30停止入馆，延时开放，免费）"""
    remarks = [
        f"{_clock(session.last_entry)}停止入馆" if session.last_entry is not None else "",
        STATES.get(session.state, ""),
        KINDS.get(session.kind, ""),
        ADMISSIONS.get(session.admission, ""),
        f"限{names.get(session.audience, session.audience)}" if session.audience else "",
        f"条件：{session.condition}" if session.condition else "",
    ]
    told = "，".join(remark for remark in remarks if remark)
    return _times(session) + (f"（{told}）" if told else "")


def _times(session: Session) -> str:
    if (session.opens, session.closes) == (0, DAY_MINUTES):
        return "全天"
    return f"{_clock(session.opens)}—{_clock(session.closes)}"


def _clock(minutes: int) -> str:
    """9:00, 24:00, 次日2:00."""
    next_day = minutes > DAY_MINUTES
    hour, minute = divmod(minutes - next_day * DAY_MINUTES, 60)
    return f"{'次日' if next_day else ''}{hour}:{minute:02}"


# ---------------------------------------------------------------------------------------------------
# Days


def days(matcher: Matcher) -> str:
    """Return the days of a matcher: 周一, 法定节假日的周一, 每逢农历廿六, 2026年10月1日至2026年10月8日."""
    match matcher.kind:
        case MatcherKind.EVERY_DAY:
            return "每日"
        case MatcherKind.WEEKDAYS:
            return _weekdays(matcher.weekdays)
        case MatcherKind.NTH_WEEKDAY:
            return (
                f"每月{'、'.join(NTH[number] for number in matcher.nth)}{_listed_weekdays(matcher.weekdays)}"
            )
        case MatcherKind.PUT_OFF:
            to = "次日" if matcher.put_off_to == PutOff.NEXT_DAY else "节后第一天"
            return f"{_listed_weekdays(matcher.weekdays)}逢法定节假日的{to}"
    narrowed = f"的{_weekdays(matcher.weekdays)}" if matcher.weekdays else ""
    return _whole(matcher) + narrowed


def _whole(matcher: Matcher) -> str:
    """Return the days before weekdays narrow them."""
    match matcher.kind:
        case MatcherKind.DAY_TYPE:
            return "、".join(DAY_TYPES[day_type] for day_type in matcher.day_types)
        case MatcherKind.HOLIDAY:
            return "、".join(HOLIDAYS.get(code, code) for code in matcher.holidays) or "法定节假日"
        case MatcherKind.LUNAR_DAY:
            return _lunar_days(matcher)
        case MatcherKind.DATES if matcher.first:
            return _period(matcher.first, matcher.last)
    levels = "、".join(LEVELS.get(level, level) for level in matcher.levels)
    if matcher.kind == MatcherKind.TERM:
        return f"{levels}学期中"
    return levels + (
        VACATIONS.get(matcher.vacations[0], "") if len(set(matcher.vacations)) == 1 else "寒暑假"
    )


def _weekdays(weekdays: Sequence[int]) -> str:
    named = sorted(set(weekdays))
    if len(named) > 2 and named[-1] - named[0] == len(named) - 1:
        return f"{WEEKDAYS[named[0]]}至{WEEKDAYS[named[-1]]}"
    return _listed_weekdays(weekdays)


def _listed_weekdays(weekdays: Sequence[int]) -> str:
    return "、".join(WEEKDAYS[day] for day in weekdays)


def _lunar_days(matcher: Matcher) -> str:
    names = "、".join(LUNAR_DAYS[day - 1] for day in matcher.lunar_days)
    month = f"农历{LUNAR_MONTHS[matcher.lunar_month - 1]}" if matcher.lunar_month else "每逢农历"
    return "、".join(
        [*(["除夕"] if matcher.lunar_new_years_eve else []), *([month + names] if names else [])]
    )


def _period(first: date, last: date | None) -> str:
    if last is None:
        return f"{_date(first)}起"
    return _date(first) if first == last else f"{_date(first)}至{_date(last)}"


def _date(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
