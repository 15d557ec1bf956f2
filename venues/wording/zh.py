"""Sentences in Chinese, as a careful editor of a public notice writes them.

Each phrase is a template that passes through the table of Traditional characters before names are put
into it; names and reasons come in the reader's language and are never converted. Ranges have a 一字线
(GB/T 15834), hours after midnight are 次日.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from openness.core.clock import local
from openness.core.dates import DAY_MINUTES, clock_label, date_label, short_date_label, weekday_label
from venues.hours import Matcher, MatcherKind
from venues.hours.describe import chinese
from venues.wording.terms import PHRASES, TERMS
from venues.wording.values import EffectFacts, NoticeFacts, Reason, StatusFacts, Stretch, Subject, grouped

_DIGITS = "一二三四五六日"
_HOLIDAYS = {
    "new_year": "元旦",
    "spring_festival": "春节",
    "qingming": "清明",
    "labour_day": "劳动节",
    "dragon_boat": "端午",
    "mid_autumn": "中秋",
    "national_day": "国庆",
    "local": "放假日",
}
_OPENS = {"regular": "开放时间", "staggered": "错时开放", "extended": "延时开放"}
_NAMED_VENUES = 5


class Chinese:
    """Chinese in Simplified characters, or in Traditional ones with their table."""

    def __init__(self, code: str, table: dict[int, int] | None = None) -> None:
        self.code = code
        self._table = table

    def say(self, template: str, **data: object) -> str:
        """Return a phrase of ours in this script, with data put into it unchanged."""
        return self.script(template).format(**data)

    def script(self, text: str) -> str:
        """Return a text of ours in this script."""
        return text.translate(self._table) if self._table else text

    def term(self, name: str) -> str:
        """Return a fixed word."""
        return self.say(TERMS[name][0])

    def phrase(self, name: str, **data: object) -> str:
        """Return a fixed phrase with its data."""
        return self.say(PHRASES[name][0], **data)

    # -----------------------------------------------------------------------------------------------
    # Days and hours

    def period(self, first: date, last: date | None) -> str:
        """2026年11月20日至11月25日."""
        start = date_label(first, self.code)
        if last is None:
            return self.say("自{start}起", start=start)
        if first == last:
            return start
        same_year = first.year == last.year
        end = short_date_label(last.month, last.day, self.code) if same_year else date_label(last, self.code)
        return f"{start}至{end}"

    def short_period(self, first: date, last: date | None, *, year: int) -> str:
        """11月20日—11月25日, for tables: without the year where it is ``year``."""
        start = self._short_date(first, year)
        if last is None:
            return self.say("{start}起", start=start)
        return start if first == last else f"{start}—{self._short_date(last, year)}"

    def _short_date(self, day: date, year: int) -> str:
        return (
            short_date_label(day.month, day.day, self.code)
            if day.year == year
            else date_label(day, self.code)
        )

    def _periods(self, days: Sequence[tuple[date, date | None]]) -> str:
        """Return several periods; the year stands before the first and where it changes."""
        texts, year = [], None
        for first, last in days:
            text = self.period(first, last)
            texts.append(text.removeprefix(f"{first.year}年") if first.year == year else text)
            year = (last or first).year
        return "、".join(texts)

    def sessions(self, spans: Sequence[Stretch], *, gap: str = " ") -> str:
        """09:00—12:00、14:00—16:00（15:30 停止入馆）; ``gap`` stands between figures and words."""
        if not spans:
            return self.term("day.closed")
        texts = []
        for span in spans:
            notes = self._notes(span, gap)
            hours = self._range(span.opens, span.closes)
            if (span.opens, span.closes) == (0, DAY_MINUTES):
                hours = self.say("24{gap}小时开放", gap=gap)
            texts.append(f"{hours}（{'，'.join(notes)}）" if notes else hours)
        return "、".join(texts)

    def _notes(self, span: Stretch, gap: str) -> list[str]:
        notes = []
        if span.last_entry is not None and span.last_entry < span.closes:
            notes.append(self.say("{time}{gap}停止入馆", time=self._time(span.last_entry), gap=gap))
        if span.state != "open":
            notes.append(self.term(f"state.{span.state}"))
        if audience := getattr(span, "audience", ""):
            notes.append(self.say("仅限{audience}", audience=audience))
        return notes

    def _time(self, minute: int) -> str:
        return f"次日{clock_label(minute)}" if minute > DAY_MINUTES else clock_label(minute)

    def _range(self, opens: int, closes: int) -> str:
        # A session that begins after midnight has its 次日 once, before both of its times.
        end = clock_label(closes) if opens > DAY_MINUTES else self._time(closes)
        return f"{self._time(opens)}—{end}"

    def moment(self, instant: datetime, at: datetime) -> str:
        """Return an instant as seen from ``at``: 21:00, 明日 09:00, 周六 09:00, 11月28日 09:00."""
        then, now = local(instant), local(at)
        days = (then.date() - now.date()).days
        if days == 0:
            return clock_label(then)
        if days == 1:
            day = "明日"
        elif days < 7:
            day = weekday_label(then.date(), self.code)
        elif then.year == now.year:
            day = short_date_label(then.month, then.day, self.code)
        else:
            day = date_label(then.date(), self.code)
        return f"{day} {clock_label(then)}"

    def closing_time(self, instant: datetime, at: datetime) -> str:
        """Return when something ends: 21:00, 24:00, 次日 01:00."""
        then = local(instant)
        if then.date() == local(at).date():
            return clock_label(then)
        if (then - timedelta(minutes=1)).date() == local(at).date():
            return "24:00"
        return f"次日 {clock_label(then)}"

    # -----------------------------------------------------------------------------------------------
    # Status

    def status(self, facts: StatusFacts) -> str:
        """开放至 21:00; 已闭馆，周六 09:00 开放; 开放时间待核实."""
        if facts.state == "open":
            return self._open(facts)
        if facts.state == "by_appointment":
            if facts.ends_at:
                end = self._spaced(self.closing_time(facts.ends_at, facts.at))
                return self.say("需预约，本时段至{end}", end=end)
            return self.say("需预约")
        if facts.state == "closed":
            return self._closed(facts)
        return self.say("开放时间待核实")

    def _open(self, facts: StatusFacts) -> str:
        if facts.is_round_the_clock or facts.ends_at is None:
            return self.say("24 小时开放")
        return self.say("开放至{end}", end=self._spaced(self.closing_time(facts.ends_at, facts.at)))

    @staticmethod
    def _spaced(text: str) -> str:
        """Return ``text`` to stand after a Chinese character: figures get a space before them, 次日 gets none."""
        return f" {text}" if text[0].isdigit() else text

    def _closed(self, facts: StatusFacts) -> str:
        opens = self.moment(facts.opens_at, facts.at) if facts.opens_at else ""
        if facts.only_for:
            who = self.say("会员") if facts.only_for == "members" else facts.only_for
            only = self.say("本时段仅限{who}", who=who)
            return self.say("{only}，{opens} 起面向公众开放", only=only, opens=opens) if opens else only
        if not facts.opens_at:
            return self._closed_without_opening(facts)
        if local(facts.opens_at).date() == local(facts.at).date():
            template = "现已闭馆，{opens} 再次开放" if facts.was_open_today else "尚未开放，{opens} 开放"
        else:
            template = "今日闭馆，{opens} 开放" if facts.is_closed_all_day else "已闭馆，{opens} 开放"
        return self.say(template, opens=opens)

    def _closed_without_opening(self, facts: StatusFacts) -> str:
        if facts.is_until_notice:
            return self.say("暂停开放，恢复时间另行通知")
        if facts.closed_until and facts.closed_until > local(facts.at).date():
            return self.say("暂停开放至 {last}", last=date_label(facts.closed_until, self.code))
        return self.say("今日闭馆") if facts.is_closed_all_day else self.say("已闭馆")

    def last_entry(self, facts: StatusFacts) -> str:
        """20:30 停止入馆; nothing where entry stops with closing."""
        if facts.state != "open" or not facts.last_entry_at or facts.last_entry_at == facts.ends_at:
            return ""
        time = self.closing_time(facts.last_entry_at, facts.at)
        if facts.can_enter:
            return self.say("{time} 停止入馆", time=time)
        return self.say("已于{time} 停止入馆", time=self._spaced(time))

    def opening(self, opens_at: datetime, closes_at: datetime, at: datetime) -> str:
        """Return hours to come as seen from ``at``: 周六 09:00—21:00 开放."""
        closes = self.closing_time(closes_at, opens_at).replace(" ", "")
        moment = self.moment(opens_at, at)
        if local(opens_at).date() == local(at).date():
            moment = f"今日 {moment}"
        return self.say("{moment}—{closes} 开放", moment=moment, closes=closes)

    # -----------------------------------------------------------------------------------------------
    # Because

    def because(self, reason: Reason) -> str:
        """每周一闭馆（法定节假日除外）; 夏令时（6月1日—9月30日）; 依据公告：…."""
        because = reason.because
        if because.notice:
            title, why = reason.notice_title, reason.label if reason.status == "closed" else ""
            by_title = self.say("依据公告：{title}", title=title) if title else ""
            return by_title or (self.say("因{why}闭馆", why=why) if why else self.say("依据开放公告"))
        if not because.schedule:
            return self._unruled(reason)
        if not because.rule or because.matcher is None:
            return self.say("当日不在开放日之列")
        is_open = reason.status != "closed"
        verb = self.say(_OPENS[reason.kind] if is_open else "闭馆")
        is_ordinary = because.matcher.kind == MatcherKind.EVERY_DAY and is_open
        if because.layer == "season":
            text = self._season(reason)
            text += "" if is_ordinary and reason.kind == "regular" else self.days(because.matcher) + verb
            return text
        days = self.days(because.matcher)
        if self._restates(reason.label, days):
            return (
                reason.label
                if reason.kind == "regular" or verb in reason.label
                else f"{verb}：{reason.label}"
            )
        named = self.say("平日") if is_ordinary else days
        text = named + (reason.label if reason.label.startswith(verb) else verb)
        return text if not reason.label or reason.label in text else f"{text}（{reason.label}）"

    @staticmethod
    def _restates(label: str, days: str) -> bool:
        """Tell whether a rule's own word names its days already: 每周五不对游客开放, 周一至周五放学后开放."""
        names = {days, days.removeprefix("每")} | ({"每天", "每日"} if days == "每日" else set())
        return any(label.startswith(name) and label != name for name in names)

    def _unruled(self, reason: Reason) -> str:
        if reason.status == "by_appointment":
            return self.say("实行预约开放")
        return self.say("开放时间规则不一致，待核实" if reason.because.layer else "尚无开放时间资料")

    def _season(self, reason: Reason) -> str:
        name = reason.label or self.say("季节性开放时间")
        if not reason.season:
            return name
        first, last = (short_date_label(*day, self.code) for day in (reason.season.first, reason.season.last))
        return f"{name}（{first}—{last}）"

    def days(self, matcher: Matcher) -> str:
        """Return the days of a matcher: 每周一, 每逢农历廿六, 节假日, 2026年2月16日."""
        if matcher.kind == MatcherKind.WEEKDAYS:
            return self._weekdays(matcher.weekdays)
        if matcher.kind == MatcherKind.DATES and matcher.first and not matcher.weekdays:
            return self.period(matcher.first, matcher.last)
        if matcher.kind == MatcherKind.HOLIDAY and not matcher.weekdays:
            names = "、".join(_HOLIDAYS.get(code, code) for code in matcher.holidays)
            return self.say(f"{names}假期" if names else "节假日")
        return self.script(chinese.days(matcher))

    def _weekdays(self, weekdays: Sequence[int]) -> str:
        days = sorted(set(weekdays))
        if len(days) == 7:
            return self.say("每日")
        every = self.say("每周")
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            first, last = _DIGITS[days[0]], _DIGITS[days[-1]]
            return f"{every}{first}至{self.say('周')}{last}"
        return every + "、".join(_DIGITS[day] for day in days)

    # -----------------------------------------------------------------------------------------------
    # Notices

    def notice(self, facts: NoticeFacts) -> str:
        """因设备检修，泉州市图书馆一楼自习区2026年11月20日至11月25日暂停开放。"""
        clauses: list[str] = []
        before: EffectFacts | None = None
        for effect, days in grouped(facts.effects):
            if before is None or effect.subject != before.subject:
                subject = self.subject(effect.subject or facts.subject) + effect.area
            elif effect.area == before.area:
                subject = ""
            else:
                is_one = (effect.subject or facts.subject).total == 1
                subject = effect.area or self.say("全馆" if is_one else "上述场馆")
            before = effect
            clauses.append(subject + self.effect(effect, days))
        if not clauses:
            return ""
        reason = facts.reason.strip().removeprefix("因").rstrip("。，；")
        opening = self.say("因{reason}，", reason=reason) if reason else ""
        return f"{opening}{'；'.join(clauses)}。{self._urgent(facts)}"

    def _urgent(self, facts: NoticeFacts) -> str:
        kind, why = facts.urgent_kind, facts.urgent_reason.strip().rstrip("。")
        told = self.say("因{kind}未能提前7日公告", kind=self.term(f"urgent.{kind}")) if kind else ""
        return told and (f"{told}：{why}。" if why else f"{told}。")

    def subject(self, subject: Subject) -> str:
        """Return what a notice is about: names, up to five of them, or 丰泽区全部图书馆、博物馆."""
        if subject.is_selection:
            owner = (
                self.say("{names}所属", names="、".join(subject.departments)) if subject.departments else ""
            )
            region = subject.region or ("" if owner else self.say("全市"))
            return owner + region + self.say("全部") + ("、".join(subject.types) or self.say("场馆"))
        names = "、".join(subject.venues[:_NAMED_VENUES])
        if subject.total > _NAMED_VENUES:
            return self.say("{names}等{total}家场馆", names=names, total=subject.total)
        return names

    def effects(self, facts: NoticeFacts) -> tuple[str, ...]:
        """Return each effect with its area, for a list below the sentence."""
        whole = self.term("area.whole")
        return tuple(
            f"{self.subject(effect.subject) if effect.subject else ''}"
            f"{effect.area or ('' if effect.subject else whole)}：{self.effect(effect, days)}"
            for effect, days in grouped(facts.effects)
        )

    def effect(self, facts: EffectFacts, days: Sequence[tuple[date, date | None]] = ()) -> str:
        """2026年11月20日至11月25日暂停开放; ``days`` are all its periods where there are several."""
        days = days or [(facts.first, facts.last)]
        period = self._periods(days)
        hours = self.sessions(facts.sessions, gap="") if facts.sessions else ""
        match facts.kind:
            case "close":
                return self._closure(facts, period, is_one_day=days == [(facts.first, facts.first)])
            case "change":
                text = self.say("{period}开放时间调整为{hours}", period=period, hours=hours)
            case "special_opening":
                text = self.say("{period}特别开放，时间为{hours}", period=period, hours=hours)
            case _:
                text = period + self._extension(facts.sessions, hours)
        return text if facts.last else self.say("{text}，结束时间另行通知", text=text)

    def _closure(self, facts: EffectFacts, period: str, *, is_one_day: bool) -> str:
        daily = ""
        if facts.window:
            start, end = (self._time(minute) for minute in facts.window)
            daily = f"{'' if is_one_day else '每日'}{start}至{end}"
        text = self.say("{period}{daily}暂停开放", period=period, daily=daily)
        return text if facts.last else self.say("{text}，恢复时间另行通知", text=text)

    def _extension(self, sessions: Sequence[Stretch], hours: str) -> str:
        """Name the hours that are added too: nothing says here whether they follow on the usual ones."""
        if len(sessions) != 1 or sessions[0].opens < DAY_MINUTES // 2:
            return self.say("增加开放时段{hours}", hours=hours)
        added = hours.replace("（", "，").removesuffix("）")
        until = self._time(sessions[0].closes)
        return self.say("延长开放至{until}（增开时段{added}）", until=until, added=added)
