"""The English sentences of `describe`, word for word; no other English is read."""

from datetime import date

from venues.hours.describe import english
from venues.hours.model import DAY_MINUTES, Effect, Matcher, MatcherKind, Rule, Session
from venues.hours.parse.described_line import DescribedLine, Fields, Words, inverse

_NAMES = tuple(name for name in (*english.WEEKDAYS, *english.HOLIDAYS.values()) if name[0].isupper())
_NEW_YEARS_EVE = "Lunar New Year’s Eve"
_MONTHS = {f" {name}": month + 1 for month, name in enumerate(english.MONTHS)}
_ORDINALS = inverse(english.ORDINALS)
_VACATIONS = {name: (code,) for code, name in english.VACATIONS.items()}
_PUT_OFF = {
    to: (phrase.partition("{}")[0], phrase.partition("{}")[2]) for to, phrase in english.PUT_OFF.items()
}


class EnglishLine(DescribedLine):
    """Tuesday to Sunday 9:00–17:00 (last entry 16:30); Monday closed (except on public holidays)."""

    language = "en"
    words = Words(english, english.SEASONS)
    area = ("[", "]")
    opening, closing = " (", ")"
    space = " "
    colon, semicolon, full_stop, comma = ": ", "; ", ".", ", "
    listing = (", ", " and ", " or ")
    dash = "–"
    around_the_clock = "around the clock"
    except_holidays = "except on public holidays"
    note = "note: "
    audience = "for "
    condition = "condition: "

    def heading(self) -> Fields:
        """Read the heading; without one the line begins with a capital, which only names keep."""
        fields = super().heading()
        if not fields and not self.follows(*_NAMES, _NEW_YEARS_EVE):
            self.text = self.text[:1].lower() + self.text[1:]
        return fields

    def bound(self) -> Fields:
        """1 May to 30 September every year, from 1 July 2026."""
        if self.eat("from "):
            return {"valid_from": self._date()}
        if self.eat("until "):
            return {"valid_to": self._date()}
        first, last = self._period()
        if self.eat(" every year"):
            return {"annual_from": first[1:], "annual_to": last[1:]}
        return {"valid_from": self.day(*first), "valid_to": self.day(*last)}

    def _period(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """Read 1 to 8 October 2026: years (0 where there is none), months and days of the first and the last."""
        first = last = self._parts()
        if self.eat(" to "):
            last = self._parts()
        year, month, day = first
        return (year or last[0], month or last[1], day), last

    def _parts(self) -> tuple[int, int, int]:
        """Read 28 December 2026 as year, month and day; year, or year and month, may be missing (0)."""
        day = self.number()
        month = self.one_of(_MONTHS) or 0
        before = self.place
        if month and self.eat(" ") and self.follows_digit():
            return self.number(), month, day
        self.place = before
        return 0, month, day

    def _date(self) -> date:
        return self.day(*self._parts())

    # -------------------------------------------------------------------------------------------
    # A rule

    def clause(self) -> tuple[Rule, bool]:
        """Monday closed, daily also open 18:00–21:00, Monday closed 9:00–12:00."""
        matcher = self._days()
        self.eat(",")
        self.need(" ")
        if self.eat("also open "):
            return self.rule(Effect.ADD, matcher, self.sessions())
        if not self.eat("closed"):
            return self.rule(Effect.REPLACE, matcher, self.sessions())
        sessions: tuple[Session, ...] = ()
        if not self.follows(self.opening, self.semicolon, self.full_stop):
            self.need(" ")
            sessions = self.sessions()
        return self.rule(Effect.SUBTRACT if sessions else Effect.REPLACE, matcher, sessions)

    def last_entry(self) -> int:
        """Read last entry 16:30."""
        self.need("last entry ")
        return self.clock()

    def clock(self) -> int:
        """2:00 next day."""
        minutes = self.hour_and_minute()
        return minutes + DAY_MINUTES * self.eat(" next day")

    # -------------------------------------------------------------------------------------------
    # Days

    def _days(self) -> Matcher:
        if self.eat("daily"):
            return Matcher()
        if self.follows(*self.words.weekdays):
            return Matcher(MatcherKind.WEEKDAYS, self.weekdays(" to "))
        for to, (before, after) in _PUT_OFF.items():
            if self.eat(before):
                weekdays = self.need_list_of(self.words.weekdays)
                self.need(after)
                return Matcher(MatcherKind.PUT_OFF, weekdays, put_off_to=to)
        whole = self._whole()
        if whole is None:
            return self._nth_weekday()
        is_narrowed = self.eat(" falling on ") or self._eat_comma_before_weekday()
        return Matcher(weekdays=self.weekdays(" to ") if is_narrowed else (), **whole)

    def _eat_comma_before_weekday(self) -> bool:
        return self.follows(*(f", {name}" for name in self.words.weekdays)) and self.eat(", ")

    def _nth_weekday(self) -> Matcher:
        nth = self.need_list_of(self.words.nth)
        self.need(" ")
        weekdays = self.need_list_of(self.words.weekdays)
        self.need(" of every month")
        return Matcher(MatcherKind.NTH_WEEKDAY, weekdays, nth=nth)

    def _whole(self) -> Fields | None:
        """Read days that weekdays may narrow; None where there are none such."""
        day_types = self.list_of(self.words.day_types)
        if day_types:
            return {"kind": MatcherKind.DAY_TYPE, "day_types": day_types}
        if self.eat("public holidays"):
            return {"kind": MatcherKind.HOLIDAY}
        holidays = self.list_of(self.words.holidays)
        if holidays:
            return {"kind": MatcherKind.HOLIDAY, "holidays": holidays}
        if self.eat("from "):
            return {"kind": MatcherKind.DATES, "first": self._date()}
        if self.follows_digit():
            first, last = self._period()
            return {"kind": MatcherKind.DATES, "first": self.day(*first), "last": self.day(*last)}
        if self.follows(_NEW_YEARS_EVE, "the "):
            return self._lunar()
        return self._school_days()

    def _lunar(self) -> Fields:
        found: Fields = {"kind": MatcherKind.LUNAR_DAY}
        if self.eat(_NEW_YEARS_EVE):
            found["lunar_new_years_eve"] = True
            if not self.eat(" and "):
                return found
        self.need("the ")
        found["lunar_days"] = self.need_list_of(_ORDINALS)
        self.need(" of ")
        if not self.eat("every"):
            self.need("the ")
            found["lunar_month"] = self.need_one_of(_ORDINALS)
        self.need(" lunar month")
        return found

    def _school_days(self) -> Fields | None:
        levels = self.list_of(self.words.levels)
        if levels:
            self.need(" ")
        if self.eat("term time"):
            return {"kind": MatcherKind.TERM, "levels": levels}
        vacations = self.one_of({**_VACATIONS, "vacations" if levels else "school vacations": ()})
        if vacations is None:
            return None
        return {"kind": MatcherKind.VACATION, "vacations": vacations, "levels": levels}
