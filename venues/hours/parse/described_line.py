"""Reading back one line of `describe`, in any language: the steps, and what schedules have in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from types import ModuleType
from typing import Any, ClassVar, TypeVar

from venues.hours.describe import describe
from venues.hours.model import (
    DAY_MINUTES,
    Effect,
    Layer,
    Matcher,
    MatcherKind,
    Mode,
    Rule,
    Schedule,
    Session,
    VenueHours,
)
from venues.hours.parse.keys import with_keys
from venues.hours.parse.numerals import is_digit, number_at
from venues.hours.validate import field_problems

Value = TypeVar("Value")
Fields = dict[str, Any]  # of a Schedule, a Matcher or a Session
_HOLIDAYS = Matcher(MatcherKind.HOLIDAY)


class OtherForm(Exception):
    """The text is not in the form of `describe`."""


def inverse(table: Mapping[Value, str]) -> dict[str, Value]:
    """Return what the words of a table stand for; the longer come first, since one may begin another."""
    return {name: value for value, name in sorted(table.items(), key=lambda entry: -len(entry[1]))}


class Words:
    """What the words of a writer of `describe` stand for, as far as all writers have them in tables."""

    def __init__(self, writer: ModuleType, seasons: Mapping[str, str]) -> None:
        self.seasons = inverse(seasons)
        self.layers: dict[str, Layer] = inverse(writer.LAYERS)
        self.modes: dict[str, Mode] = {
            writer.sentence("", (name,)): mode for mode, name in writer.MODES.items()
        }
        self.weekdays = {name: day for day, name in enumerate(writer.WEEKDAYS)}
        self.nth: dict[str, int] = inverse(writer.NTH)
        self.holidays: dict[str, str] = inverse(writer.HOLIDAYS)
        self.day_types = inverse(writer.DAY_TYPES)
        self.levels: dict[str, str] = inverse(writer.LEVELS)
        self.remarks: dict[str, dict[str, Any]] = {
            "state": inverse(writer.STATES),
            "kind": inverse(writer.KINDS),
            "admission": inverse(writer.ADMISSIONS),
        }


class DescribedLine(ABC):
    """One line and how far it is read. A language says how it words headings, rules, clocks and days."""

    language: ClassVar[str]
    words: ClassVar[Words]
    area: ClassVar[tuple[str, str]]  # what stands before and after the name of an area
    opening: ClassVar[str]  # of remarks, with the space before it
    closing: ClassVar[str]
    space: ClassVar[str]  # between words
    colon: ClassVar[str]
    semicolon: ClassVar[str]
    full_stop: ClassVar[str]
    comma: ClassVar[str]  # between remarks
    listing: ClassVar[tuple[str, ...]]  # between members of a list
    dash: ClassVar[str]
    around_the_clock: ClassVar[str]
    except_holidays: ClassVar[str]
    note: ClassVar[str]
    audience: ClassVar[str]
    condition: ClassVar[str]

    def __init__(self, text: str, audiences: Mapping[str, str]) -> None:
        self.text = text
        self.place = 0
        self.audiences = audiences
        self.names: dict[str, str] = {}  # of the audiences that the line names, by code

    # -------------------------------------------------------------------------------------------
    # Steps

    def follows(self, *words: str) -> bool:
        """Tell whether one of `words` is next."""
        return self.text.startswith(words, self.place)

    def follows_digit(self) -> bool:
        """Tell whether an Arabic digit is next."""
        return is_digit(self.text, self.place)

    def eat(self, word: str) -> bool:
        """Go past `word` when it is next."""
        if not self.follows(word):
            return False
        self.place += len(word)
        return True

    def need(self, word: str) -> None:
        """Go past `word`, which must be next."""
        if not self.eat(word):
            raise OtherForm

    def one_of(self, table: Mapping[str, Value]) -> Value | None:
        """Go past the word of `table` that is next, and return its value."""
        for word, value in table.items():
            if self.eat(word):
                return value
        return None

    def need_one_of(self, table: Mapping[str, Value]) -> Value:
        """Go past the word of `table` that must be next, and return its value."""
        value = self.one_of(table)
        if value is None:
            raise OtherForm
        return value

    def list_of(self, table: Mapping[str, Value]) -> tuple[Value, ...]:
        """Go past words of `table` in a list; the mark is left where another word follows it."""
        values: list[Value] = []
        while True:
            before = self.place
            if values and not any(self.eat(mark) for mark in self.listing):
                break
            value = self.one_of(table)
            if value is None:
                self.place = before
                break
            values.append(value)
        return tuple(values)

    def need_list_of(self, table: Mapping[str, Value]) -> tuple[Value, ...]:
        """Go past words of `table` in a list, which must be next."""
        values = self.list_of(table)
        if not values:
            raise OtherForm
        return values

    def until(self, *marks: str) -> str:
        """Go up to the first of `marks` and return what is passed; brackets in it belong to it in pairs."""
        start, depth = self.place, 0
        while self.place < len(self.text) and (depth > 0 or not self.follows(*marks)):
            character = self.text[self.place]
            depth += (character == self.opening[-1]) - (character == self.closing)
            self.place += 1
        return self.text[start : self.place]

    def number(self) -> int:
        """Go past a number."""
        found = number_at(self.text, self.place)
        if not found:
            raise OtherForm
        value, self.place = found
        return value

    # -------------------------------------------------------------------------------------------
    # A schedule

    def schedule(self) -> Schedule:
        """Return the schedule of the line, without a key.

        Raises OtherForm where a field cannot be as it is, and unless `describe` words the schedule just so.
        """
        line = self.text
        fields = self.heading()
        rules: list[Rule] = []
        excepts_holidays = False
        while not rules or self.eat(self.semicolon):
            rule, is_excepting = self.clause()
            rules.append(rule)
            excepts_holidays = excepts_holidays or is_excepting
        self.need(self.full_stop)
        if excepts_holidays:
            rules.append(_usual_on_holidays(rules))
        schedule = Schedule("", rules=with_keys(rules), **fields)
        hours = VenueHours(schedules=(schedule,))
        if field_problems(hours) or describe(hours, self.language, names=self.names) != line:
            raise OtherForm
        return schedule

    def heading(self) -> Fields:
        """Read 夏季（每年5月1日至9月30日）; a line without a heading is the usual hours."""
        fields = self._name()
        if not fields:
            return {}
        if self.eat(self.opening):
            fields |= self.bound()
            while self.eat(self.comma):
                fields |= self.bound()
            self.need(self.closing)
        self.need(self.colon)
        return fields

    def _name(self) -> Fields:
        """Read 夏季, “暑期延时”, 平时“新馆”."""
        start = self.place
        for season, label in self.words.seasons.items():
            if self.eat(season):
                if self.follows(self.opening, self.colon):
                    return {"layer": Layer.SEASON, "label": label}
                self.place = start
        layer = self.one_of(self.words.layers)
        if self.eat("“" if layer is None else f"{self.space}“"):
            label = self.until("”")
            self.need("”")
            return {"layer": Layer.SEASON if layer is None else layer, "label": label}
        return {} if layer is None else {"layer": layer}

    @abstractmethod
    def bound(self) -> Fields:
        """Read one of the remarks on when a schedule holds."""

    @staticmethod
    def day(year: int, month: int, day: int) -> date:
        """Return a date; OtherForm where there is none."""
        try:
            return date(year, month, day)
        except ValueError:
            raise OtherForm from None

    # -------------------------------------------------------------------------------------------
    # A rule

    @abstractmethod
    def clause(self) -> tuple[Rule, bool]:
        """Return the rule, and whether the usual hours hold on holidays instead."""

    def rule(self, effect: Effect, matcher: Matcher, sessions: tuple[Session, ...]) -> tuple[Rule, bool]:
        """Return a rule with what stands behind it, for `clause`."""
        is_excepting = not sessions and self.eat(f"{self.opening}{self.except_holidays}{self.closing}")
        label = ""
        if self.eat(self.opening + self.note):
            label = self.until(self.closing)
            self.need(self.closing)
        return Rule("", effect, matcher, sessions, label), is_excepting

    def sessions(self) -> tuple[Session, ...]:
        """Read sessions, at least one."""
        sessions = [self._session()]
        while any(self.eat(mark) for mark in self.listing):
            sessions.append(self._session())
        return tuple(sessions)

    def _session(self) -> Session:
        if self.eat(self.around_the_clock):
            opens, closes = 0, DAY_MINUTES
        else:
            opens = self.clock()
            self.need(self.dash)
            closes = self.clock()
        remarks: Fields = {}
        if self.follows(self.opening) and not self.follows(self.opening + self.note):
            self.need(self.opening)
            remarks = self._remark()
            while self.eat(self.comma):
                remarks |= self._remark()
            self.need(self.closing)
        return Session(opens, closes, **remarks)

    def _remark(self) -> Fields:
        for name, table in self.words.remarks.items():
            value = self.one_of(table)
            if value is not None:
                return {name: value}
        if self.eat(self.condition):
            return {"condition": self.until(self.closing)}
        if self.eat(self.audience):
            name = self.until(self.comma + self.condition, self.closing)
            code = self.audiences.get(name, name)
            self.names[code] = name
            return {"audience": code}
        return {"last_entry": self.last_entry()}

    @abstractmethod
    def last_entry(self) -> int:
        """Read until when people are let in."""

    @abstractmethod
    def clock(self) -> int:
        """Read a time of the business date or the day after it, in minutes."""

    def hour_and_minute(self) -> int:
        """Read 9:00."""
        hours = self.number()
        self.need(":")
        return 60 * hours + self.number()

    # -------------------------------------------------------------------------------------------
    # Days

    def weekdays(self, to: str) -> tuple[int, ...]:
        """Read weekdays: a list, or the first and the last with `to` between them."""
        weekdays = self.need_list_of(self.words.weekdays)
        if len(weekdays) == 1 and self.eat(to):
            return tuple(range(weekdays[0], self.need_one_of(self.words.weekdays) + 1))
        return weekdays


def _usual_on_holidays(rules: list[Rule]) -> Rule:
    """周一闭馆（法定节假日除外）: on holidays the hours hold that all open days of the week share."""
    weekly = (MatcherKind.EVERY_DAY, MatcherKind.WEEKDAYS)
    usual = [
        rule
        for rule in rules
        if rule.matcher.kind in weekly and rule.sessions and rule.effect == Effect.REPLACE
    ]
    if len(usual) != 1:
        raise OtherForm
    return Rule("", matcher=_HOLIDAYS, sessions=usual[0].sessions)
