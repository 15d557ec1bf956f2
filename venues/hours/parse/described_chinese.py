"""The Chinese sentences of `describe`, word for word."""

from datetime import date

from venues.hours.describe import chinese
from venues.hours.model import DAY_MINUTES, Effect, Matcher, MatcherKind, PutOff, Rule
from venues.hours.parse.described_line import DescribedLine, Fields, Words, inverse
from venues.hours.parse.result import MonthDay

_LUNAR_DAYS = inverse({day + 1: name for day, name in enumerate(chinese.LUNAR_DAYS)})
_LUNAR_MONTHS = inverse({month + 1: name for month, name in enumerate(chinese.LUNAR_MONTHS)})
_VACATIONS = {"寒暑假": (), **{name: (code,) for code, name in chinese.VACATIONS.items()}}
_PUT_OFF = {"次日": PutOff.NEXT_DAY, "节后第一天": PutOff.AFTER_HOLIDAY}


class ChineseLine(DescribedLine):
    """周二至周日9:00—17:00（16:30停止入馆）；周一闭馆（法定节假日除外）。"""

    language = "zh-hans"
    words = Words(chinese, {season: season for season in chinese.SEASONS})
    area = ("【", "】")
    opening, closing = "（", "）"
    space = ""
    colon, semicolon, full_stop, comma = "：", "；", "。", "，"
    listing = ("、",)
    dash = "—"
    around_the_clock = "全天"
    except_holidays = "法定节假日除外"
    note = "注："
    audience = "限"
    condition = "条件："

    def bound(self) -> Fields:
        """每年5月1日至9月30日, 2026年7月1日起."""
        if self.eat("每年"):
            first = last = self._month_day()
            if self.eat("至"):
                self.eat("次年")
                last = self._month_day()
            return {"annual_from": first, "annual_to": last}
        start = self._date()
        if self.eat("起"):
            return {"valid_from": start}
        if self.eat("止"):
            return {"valid_to": start}
        return {"valid_from": start, "valid_to": self._date() if self.eat("至") else start}

    def _month_day(self) -> MonthDay:
        month = self.number()
        self.need("月")
        day = self.number()
        self.need("日")
        return month, day

    def _date(self) -> date:
        year = self.number()
        self.need("年")
        return self.day(year, *self._month_day())

    # -------------------------------------------------------------------------------------------
    # A rule

    def clause(self) -> tuple[Rule, bool]:
        """周一闭馆, 每日另开放18:00—21:00, 周一9:00—12:00闭馆."""
        matcher = self._days()
        if self.eat("另开放"):
            return self.rule(Effect.ADD, matcher, self.sessions())
        if self.eat("闭馆"):
            return self.rule(Effect.REPLACE, matcher, ())
        sessions = self.sessions()
        return self.rule(Effect.SUBTRACT if self.eat("闭馆") else Effect.REPLACE, matcher, sessions)

    def last_entry(self) -> int:
        """16:30停止入馆."""
        last_entry = self.clock()
        self.need("停止入馆")
        return last_entry

    def clock(self) -> int:
        """次日2:00."""
        return DAY_MINUTES * self.eat("次日") + self.hour_and_minute()

    # -------------------------------------------------------------------------------------------
    # Days

    def _days(self) -> Matcher:
        if self.eat("每日"):
            return Matcher()
        if self.eat("每月"):
            nth = self.list_of(self.words.nth)
            return Matcher(MatcherKind.NTH_WEEKDAY, self.need_list_of(self.words.weekdays), nth=nth)
        if self.follows(*self.words.weekdays):
            return self._weekdays_or_put_off()
        whole = self._whole()
        weekdays = self.weekdays("至") if self.eat("的") else ()
        return Matcher(weekdays=weekdays, **whole)

    def _weekdays_or_put_off(self) -> Matcher:
        weekdays = self.weekdays("至")
        if not self.eat("逢法定节假日的"):
            return Matcher(MatcherKind.WEEKDAYS, weekdays)
        return Matcher(MatcherKind.PUT_OFF, weekdays, put_off_to=self.need_one_of(_PUT_OFF))

    def _whole(self) -> Fields:
        """Read days that weekdays may narrow."""
        day_types = self.list_of(self.words.day_types)
        if day_types:
            return {"kind": MatcherKind.DAY_TYPE, "day_types": day_types}
        if self.eat("法定节假日"):
            return {"kind": MatcherKind.HOLIDAY}
        holidays = self.list_of(self.words.holidays)
        if holidays:
            return {"kind": MatcherKind.HOLIDAY, "holidays": holidays}
        if self.follows_digit():
            first = self._date()
            last = None if self.eat("起") else self._date() if self.eat("至") else first
            return {"kind": MatcherKind.DATES, "first": first, "last": last}
        return self._lunar() or self._school_days()

    def _lunar(self) -> Fields:
        eve = self.eat("除夕")
        if eve and not self.follows("、农历", "、每逢农历"):
            return {"kind": MatcherKind.LUNAR_DAY, "lunar_new_years_eve": True}
        self.eat("、")
        month = None
        if self.eat("农历"):
            month = self.need_one_of(_LUNAR_MONTHS)
        elif not self.eat("每逢农历"):
            return {}
        return {
            "kind": MatcherKind.LUNAR_DAY,
            "lunar_month": month,
            "lunar_days": self.need_list_of(_LUNAR_DAYS),
            "lunar_new_years_eve": eve,
        }

    def _school_days(self) -> Fields:
        levels = self.list_of(self.words.levels)
        if self.eat("学期中"):
            return {"kind": MatcherKind.TERM, "levels": levels}
        vacations = self.need_one_of(_VACATIONS)
        return {"kind": MatcherKind.VACATION, "vacations": vacations, "levels": levels}
