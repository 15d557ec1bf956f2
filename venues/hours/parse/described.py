"""The sentences of `describe`, word for word: one line is one schedule, one clause one rule.

Text in this form has a single reading, so that nothing is spread over seasons or joined: what an editor gets
described and pastes back is what was there before. Everything else is for the grammar.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from venues.hours.describe import chinese
from venues.hours.model import (
    DAY_MINUTES,
    Effect,
    Kind,
    Layer,
    Matcher,
    MatcherKind,
    PutOff,
    Rule,
    Schedule,
    Session,
    State,
    VenueHours,
)
from venues.hours.parse.keys import unique, with_keys
from venues.hours.parse.numerals import number_at
from venues.hours.parse.result import MonthDay, ParsedArea

Value = TypeVar("Value")
_VACATIONS = {"寒暑假": (), **{name: (code,) for code, name in chinese.VACATIONS.items()}}
_SEASON_KEYS = {"夏季": "summer", "冬季": "winter", "春季": "spring", "秋季": "autumn"}
_HOLIDAYS = Matcher(MatcherKind.HOLIDAY)


def _inverse(table: Mapping[Value, str]) -> dict[str, Value]:
    return {name: value for value, name in sorted(table.items(), key=lambda entry: -len(entry[1]))}


_WEEKDAYS = {name: day for day, name in enumerate(chinese.WEEKDAYS)}
_LUNAR_DAYS = _inverse({day + 1: name for day, name in enumerate(chinese.LUNAR_DAYS)})
_LUNAR_MONTHS = _inverse({month + 1: name for month, name in enumerate(chinese.LUNAR_MONTHS)})
_NTH = _inverse(chinese.NTH)
_DAY_TYPES = _inverse(chinese.DAY_TYPES)
_NAMED_HOLIDAYS = _inverse(chinese.HOLIDAYS)
_LEVELS = _inverse(chinese.LEVELS)
_STATES: dict[str, State] = _inverse(chinese.STATES)
_KINDS: dict[str, Kind] = _inverse(chinese.KINDS)
_ADMISSIONS = _inverse(chinese.ADMISSIONS)
_LAYERS: dict[str, Layer] = _inverse(chinese.LAYERS)


class _OtherForm(Exception):
    """The text is not in the form of `describe`."""


def read_described(
    text: str, audiences: Mapping[str, str]
) -> tuple[VenueHours, tuple[ParsedArea, ...]] | None:
    """Return the hours that `describe` wrote as `text`, or None when it has another form.

    `audiences` are codes by the names that stand after 限; a name without a code is its own code.
    """
    found: dict[str, list[Schedule]] = {"": []}
    area = ""
    try:
        for line in text.strip().splitlines():
            if line.startswith("【") and line.endswith("】"):
                area = line[1:-1]
                found.setdefault(area, [])
            else:
                found[area].append(_Line(line, audiences).schedule())
    except _OtherForm:
        return None
    if not any(found.values()):
        return None
    hours = {name: VenueHours(schedules=_with_keys(schedules)) for name, schedules in found.items()}
    return hours.pop(""), tuple(ParsedArea(name, each) for name, each in hours.items())


def _with_keys(schedules: list[Schedule]) -> tuple[Schedule, ...]:
    taken: set[str] = set()
    keyed = []
    for schedule in schedules:
        key = _SEASON_KEYS.get(schedule.label, schedule.layer.code)
        keyed.append(replace(schedule, key=unique(key, taken)))
    return tuple(keyed)


class _Line:
    """One line and how far it is read."""

    def __init__(self, text: str, audiences: Mapping[str, str]) -> None:
        self.text = text
        self.place = 0
        self.audiences = audiences

    # -------------------------------------------------------------------------------------------
    # Steps

    def eat(self, word: str) -> bool:
        """Go past `word` when it is next."""
        if not self.text.startswith(word, self.place):
            return False
        self.place += len(word)
        return True

    def need(self, word: str) -> None:
        """Go past `word`, which must be next."""
        if not self.eat(word):
            raise _OtherForm

    def one_of(self, table: Mapping[str, Value]) -> Value | None:
        """Go past the word of `table` that is next, and return its value."""
        for word, value in table.items():
            if self.eat(word):
                return value
        return None

    def list_of(self, table: Mapping[str, Value]) -> tuple[Value, ...]:
        """Go past words of `table` joined by 、; the mark is left where another word follows it."""
        values: list[Value] = []
        while True:
            before = self.place
            if values and not self.eat("、"):
                break
            value = self.one_of(table)
            if value is None:
                self.place = before
                break
            values.append(value)
        return tuple(values)

    def until(self, marks: str) -> str:
        """Go up to the first of `marks` and return what is passed."""
        start = self.place
        while self.place < len(self.text) and self.text[self.place] not in marks:
            self.place += 1
        return self.text[start : self.place]

    def number(self) -> int:
        """Go past a number."""
        found = number_at(self.text, self.place)
        if not found:
            raise _OtherForm
        value, self.place = found
        return value

    # -------------------------------------------------------------------------------------------
    # A schedule

    def schedule(self) -> Schedule:
        """Read the line."""
        layer, label = self._name()
        bounds: dict[str, Any] = self._bounds() if layer is not None and self.eat("（") else {}
        if layer is not None:
            self.need("：")
        rules: list[Rule] = []
        excepts_holidays = False
        while not rules or self.eat("；"):
            rule, is_excepting = self._clause()
            rules.append(rule)
            excepts_holidays = excepts_holidays or is_excepting
        self.need("。")
        if self.place != len(self.text):
            raise _OtherForm
        if excepts_holidays:
            rules.append(_usual_on_holidays(rules))
        return Schedule("", layer or Layer.BASE, rules=with_keys(rules), label=label, **bounds)

    def _name(self) -> tuple[Layer | None, str]:
        """Read 夏季, “暑期延时”, 平时“新馆”; a line without a name is the usual hours."""
        start = self.place
        for season in chinese.SEASONS:
            if self.eat(season):
                if self.text[self.place : self.place + 1] in ("（", "："):
                    return Layer.SEASON, season
                self.place = start
        layer = self.one_of(_LAYERS)
        label = ""
        if self.eat("“"):
            label = self.until("”")
            self.need("”")
            layer = Layer.SEASON if layer is None else layer
        return layer, label

    def _bounds(self) -> dict[str, Any]:
        bounds: dict[str, Any] = {}
        if self.eat("每年"):
            first = last = self._month_day()
            if self.eat("至"):
                self.eat("次年")
                last = self._month_day()
            bounds |= {"annual_from": first, "annual_to": last}
            if self.eat("）"):
                return bounds
            self.need("，")
        start = self._date()
        if self.eat("起"):
            bounds |= {"valid_from": start}
        elif self.eat("止"):
            bounds |= {"valid_to": start}
        else:
            bounds |= {"valid_from": start, "valid_to": self._date() if self.eat("至") else start}
        self.need("）")
        return bounds

    def _month_day(self) -> MonthDay:
        month = self.number()
        self.need("月")
        day = self.number()
        self.need("日")
        return month, day

    def _date(self) -> date:
        year = self.number()
        self.need("年")
        try:
            return date(year, *self._month_day())
        except ValueError:
            raise _OtherForm from None

    # -------------------------------------------------------------------------------------------
    # A rule

    def _clause(self) -> tuple[Rule, bool]:
        """Return the rule, and whether the usual hours hold on holidays instead."""
        matcher = self._days()
        adds = self.eat("另开放")
        sessions = self._sessions()
        closes = self.eat("闭馆")
        if not (sessions or closes) or (adds and closes):
            raise _OtherForm
        is_excepting = closes and not sessions and self.eat("（法定节假日除外）")
        label = ""
        if self.eat("（注："):
            label = self.until("）")
            self.need("）")
        effect = Effect.ADD if adds else Effect.SUBTRACT if closes and sessions else Effect.REPLACE
        return Rule("", effect, matcher, sessions, label), is_excepting

    def _sessions(self) -> tuple[Session, ...]:
        sessions: list[Session] = []
        while True:
            if sessions and not self.eat("、"):
                break
            if self.eat("全天"):
                opens, closes = 0, DAY_MINUTES
            elif not sessions and not self._is_clock():
                break
            else:
                opens = self._clock()
                self.need("—")
                closes = self._clock()
            remarks = self._remarks() if self.text.startswith("（", self.place) else {}
            sessions.append(Session(opens, closes, **remarks))
        return tuple(sessions)

    def _is_clock(self) -> bool:
        return self.text.startswith("次日", self.place) or self.text[self.place : self.place + 1].isdecimal()

    def _clock(self) -> int:
        days = self.eat("次日")
        hours = self.number()
        self.need(":")
        minutes = self.number()
        if hours > 24 or minutes > 59:
            raise _OtherForm
        return DAY_MINUTES * days + 60 * hours + minutes

    def _remarks(self) -> dict[str, Any]:
        before = self.place
        self.need("（")
        if self.eat("注："):
            self.place = before
            return {}  # of the rule
        remarks: dict[str, Any] = {}
        while not remarks or self.eat("，"):
            remarks |= self._remark()
        self.need("）")
        return remarks

    def _remark(self) -> dict[str, Any]:
        if self._is_clock():
            last_entry = self._clock()
            self.need("停止入馆")
            return {"last_entry": last_entry}
        for name, table in (("state", _STATES), ("kind", _KINDS), ("admission", _ADMISSIONS)):
            value = self.one_of(table)
            if value is not None:
                return {name: value}
        if self.eat("限"):
            audience = self.until("，）")
            return {"audience": self.audiences.get(audience, audience)}
        self.need("条件：")
        return {"condition": self.until("）")}

    # -------------------------------------------------------------------------------------------
    # Days

    def _days(self) -> Matcher:
        if self.eat("每日"):
            return Matcher()
        if self.eat("每月"):
            nth = self.list_of(_NTH)
            weekdays = self._listed_weekdays()
            return Matcher(MatcherKind.NTH_WEEKDAY, weekdays, nth=nth)
        if self._is_weekday():
            return self._weekdays_or_put_off()
        whole = self._whole()
        weekdays = self._weekdays() if self.eat("的") else ()
        return Matcher(weekdays=weekdays, **whole)

    def _is_weekday(self) -> bool:
        return self.text[self.place : self.place + 2] in _WEEKDAYS

    def _listed_weekdays(self) -> tuple[int, ...]:
        weekdays = self.list_of(_WEEKDAYS)
        if not weekdays:
            raise _OtherForm
        return weekdays

    def _weekdays(self) -> tuple[int, ...]:
        weekdays = self._listed_weekdays()
        if len(weekdays) == 1 and self.eat("至"):
            last = self._listed_weekdays()
            if len(last) > 1 or last[0] < weekdays[0]:
                raise _OtherForm
            return tuple(range(weekdays[0], last[0] + 1))
        return weekdays

    def _weekdays_or_put_off(self) -> Matcher:
        weekdays = self._weekdays()
        if not self.eat("逢法定节假日的"):
            return Matcher(MatcherKind.WEEKDAYS, weekdays)
        put_off_to = self.one_of({"次日": PutOff.NEXT_DAY, "节后第一天": PutOff.AFTER_HOLIDAY})
        if put_off_to is None:
            raise _OtherForm
        return Matcher(MatcherKind.PUT_OFF, weekdays, put_off_to=put_off_to)

    def _whole(self) -> dict[str, Any]:
        """Read days that weekdays may narrow."""
        day_types = self.list_of(_DAY_TYPES)
        if day_types:
            return {"kind": MatcherKind.DAY_TYPE, "day_types": day_types}
        if self.eat("法定节假日"):
            return {"kind": MatcherKind.HOLIDAY}
        holidays = self.list_of(_NAMED_HOLIDAYS)
        if holidays:
            return {"kind": MatcherKind.HOLIDAY, "holidays": holidays}
        if self.text[self.place : self.place + 1].isdecimal():
            first = self._date()
            last = None if self.eat("起") else self._date() if self.eat("至") else first
            return {"kind": MatcherKind.DATES, "first": first, "last": last}
        return self._lunar() or self._school_days()

    def _lunar(self) -> dict[str, Any]:
        eve = self.eat("除夕")
        if eve and not self.text.startswith(("、农历", "、每逢农历"), self.place):
            return {"kind": MatcherKind.LUNAR_DAY, "lunar_new_years_eve": True}
        self.eat("、")
        month = None
        if self.eat("农历"):
            month = self.one_of(_LUNAR_MONTHS)
        elif not self.eat("每逢农历"):
            return {}
        days = self.list_of(_LUNAR_DAYS)
        if not days:
            raise _OtherForm
        return {
            "kind": MatcherKind.LUNAR_DAY,
            "lunar_month": month,
            "lunar_days": days,
            "lunar_new_years_eve": eve,
        }

    def _school_days(self) -> dict[str, Any]:
        levels = self.list_of(_LEVELS)
        if self.eat("学期中"):
            return {"kind": MatcherKind.TERM, "levels": levels}
        vacations = self.one_of(_VACATIONS)
        if vacations is None:
            raise _OtherForm
        return {"kind": MatcherKind.VACATION, "vacations": vacations, "levels": levels}


def _usual_on_holidays(rules: list[Rule]) -> Rule:
    """周一闭馆（法定节假日除外）: on holidays the hours hold that all open days of the week share."""
    weekly = (MatcherKind.EVERY_DAY, MatcherKind.WEEKDAYS)
    usual = [
        rule
        for rule in rules
        if rule.matcher.kind in weekly and rule.sessions and rule.effect == Effect.REPLACE
    ]
    if len(usual) != 1:
        raise _OtherForm
    return Rule("", matcher=_HOLIDAYS, sessions=usual[0].sessions)
