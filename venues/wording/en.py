"""Sentences in English: plain, exact, with en dashes in ranges and the 24-hour clock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from openness.core.clock import local
from openness.core.dates import DAY_MINUTES, clock_label, date_label, month_label, short_date_label
from venues.hours import Matcher, MatcherKind
from venues.hours.describe import english
from venues.hours.matching import NARROWED
from venues.wording.terms import PHRASES, TERMS
from venues.wording.values import EffectFacts, NoticeFacts, Reason, StatusFacts, Stretch, Subject, grouped

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_VACATIONS = {"winter": "the winter school holidays", "summer": "the summer school holidays"}
_OPENS = {"regular": "Hours", "staggered": "Staggered hours", "extended": "Extended hours"}
_NAMED_VENUES = 5


class English:
    """English, for readers of any country: no idioms, no abbreviations that need knowing."""

    code = "en"

    def term(self, name: str) -> str:
        """Return a fixed word."""
        return TERMS[name][1]

    def phrase(self, name: str, **data: object) -> str:
        """Return a fixed phrase with its data."""
        return PHRASES[name][1].format(**data)

    # -----------------------------------------------------------------------------------------------
    # Days and hours

    def period(self, first: date, last: date | None) -> str:
        """20–25 November 2026."""
        if last is None:
            return f"from {date_label(first, 'en')}"
        if first == last:
            return date_label(first, "en")
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{date_label(last, 'en')}"
        return f"{_start(first, last)} – {date_label(last, 'en')}"

    def short_period(self, first: date, last: date | None, *, year: int) -> str:
        """20 Nov – 2 Dec, for tables: without the year where it is ``year``."""
        start = _short_date(first, year)
        if last is None:
            return f"From {start}"
        return start if first == last else f"{start} – {_short_date(last, year)}"

    def _days_from(self, first: date, last: date | None) -> str:
        if last is None:
            return f"from {date_label(first, 'en')} until further notice"
        if first == last:
            return f"on {date_label(first, 'en')}"
        return f"from {_start(first, last)} to {date_label(last, 'en')}"

    def sessions(self, spans: Sequence[Stretch]) -> str:
        """09:00–12:00, 14:00–16:00 (last entry 15:30)."""
        return ", ".join(self._session(span) for span in spans) or self.term("day.closed")

    def _session(self, span: Stretch) -> str:
        notes = []
        if span.last_entry is not None and span.last_entry < span.closes:
            notes.append(f"last entry {_time(span.last_entry)}")
        if span.state != "open":
            notes.append(_lower(self.term(f"state.{span.state}")))
        if audience := getattr(span, "audience", ""):
            notes.append(f"for {audience} only")
        is_whole_day = (span.opens, span.closes) == (0, DAY_MINUTES)
        hours = "open 24 hours" if is_whole_day else _range(span.opens, span.closes)
        return f"{hours} ({', '.join(notes)})" if notes else hours

    def moment(self, instant: datetime, at: datetime) -> str:
        """Return an instant as seen from ``at``: 21:00, tomorrow at 09:00, on Saturday at 09:00."""
        then, now = local(instant), local(at)
        days = (then.date() - now.date()).days
        if days == 0:
            return f"at {clock_label(then)}"
        if days == 1:
            day = "tomorrow"
        elif days < 7:
            day = f"on {_WEEKDAYS[then.weekday()]}"
        elif then.year == now.year:
            day = f"on {then.day} {month_label(then.month, 'en')}"
        else:
            day = f"on {date_label(then.date(), 'en')}"
        return f"{day} at {clock_label(then)}"

    def closing_time(self, instant: datetime, at: datetime) -> str:
        """Return when something ends: 21:00, 24:00, 01:00 the next day."""
        then = local(instant)
        if then.date() == local(at).date():
            return clock_label(then)
        if (then - timedelta(minutes=1)).date() == local(at).date():
            return "24:00"
        return f"{clock_label(then)} the next day"

    # -----------------------------------------------------------------------------------------------
    # Status

    def status(self, facts: StatusFacts) -> str:
        """Open until 21:00; Closed, opens on Saturday at 09:00; Hours not confirmed."""
        if facts.state == "open":
            if facts.is_round_the_clock or facts.ends_at is None:
                return "Open 24 hours"
            return f"Open until {self.closing_time(facts.ends_at, facts.at)}"
        if facts.state == "by_appointment":
            end = facts.ends_at and self.closing_time(facts.ends_at, facts.at)
            return f"By booking until {end}" if end else "By appointment"
        return self._closed(facts) if facts.state == "closed" else "Hours not confirmed"

    def _closed(self, facts: StatusFacts) -> str:
        opens = self.moment(facts.opens_at, facts.at) if facts.opens_at else ""
        if facts.only_for:
            only = f"Now for {facts.only_for} only"
            return f"{only}, open to all {opens}" if opens else only
        if facts.opens_at:
            if local(facts.opens_at).date() == local(facts.at).date():
                return (
                    f"Closed, opens again {opens}" if facts.was_open_today else f"Not open yet, opens {opens}"
                )
            return f"{'Closed today' if facts.is_closed_all_day else 'Closed'}, opens {opens}"
        if facts.is_until_notice:
            return "Closed until further notice"
        if facts.closed_until and facts.closed_until > local(facts.at).date():
            return f"Closed up to and including {date_label(facts.closed_until, 'en')}"
        return "Closed today" if facts.is_closed_all_day else "Closed"

    def last_entry(self, facts: StatusFacts) -> str:
        """Last entry 20:30; nothing where entry stops with closing."""
        if facts.state != "open" or not facts.last_entry_at or facts.last_entry_at == facts.ends_at:
            return ""
        time = self.closing_time(facts.last_entry_at, facts.at)
        return f"Last entry {time}" if facts.can_enter else f"Last entry was {time}"

    def opening(self, opens_at: datetime, closes_at: datetime, at: datetime) -> str:
        """Return hours to come as seen from ``at``: Open on Saturday, 09:00–21:00."""
        then = local(opens_at)
        day = self.moment(opens_at, at).removesuffix(f"at {clock_label(then)}").strip() or "today"
        closes = clock_label(local(closes_at))
        if closes == "00:00":
            closes = "24:00"
        spill = " next day" if local(closes_at - timedelta(minutes=1)).date() != then.date() else ""
        return f"Open {day}, {clock_label(then)}–{closes}{spill}"

    # -----------------------------------------------------------------------------------------------
    # Because

    def because(self, reason: Reason) -> str:
        """Closed on Mondays (except public holidays); Summer hours (1 Jun – 30 Sep); By notice: ….."""
        because = reason.because
        if because.notice:
            if reason.notice_title:
                return f"By notice: {reason.notice_title}"
            is_told = reason.label and reason.status == "closed"
            return f"Closed: {reason.label}" if is_told else "By an opening notice"
        if not because.schedule:
            if reason.status == "by_appointment":
                return "Opens by appointment"
            return (
                "The rules for this day contradict each other"
                if because.layer
                else "No opening hours on record"
            )
        if not because.rule or because.matcher is None:
            return "Not one of its opening days"
        is_open = reason.status != "closed"
        is_ordinary = because.matcher.kind == MatcherKind.EVERY_DAY and is_open
        days = self.days(because.matcher)
        if because.layer == "season":
            season = self._season(reason)
            if is_ordinary and reason.kind == "regular":
                return season
            return f"{season}: {_lower(_OPENS[reason.kind]) if is_open else 'closed'} {days}"
        if is_ordinary:
            text = "Usual hours" if reason.kind == "regular" else _OPENS[reason.kind]
        else:
            text = f"{_OPENS[reason.kind] if is_open else 'Closed'} {days}"
        return text if not reason.label or reason.label in text else f"{text} ({reason.label})"

    def _season(self, reason: Reason) -> str:
        name = reason.label or "Seasonal hours"
        if not reason.season:
            return name
        first, last = (short_date_label(*day, "en") for day in (reason.season.first, reason.season.last))
        return f"{name} ({first} – {last})"

    def days(self, matcher: Matcher) -> str:
        """Return the days of a matcher: on Mondays, on public holidays, on the 26th of each lunar month."""
        if matcher.weekdays and matcher.kind in NARROWED:
            whole = self.days(replace(matcher, weekdays=()))
            return f"{whole}, only {_weekdays(matcher.weekdays)}"
        match matcher.kind:
            case MatcherKind.WEEKDAYS:
                return _weekdays(matcher.weekdays)
            case MatcherKind.NTH_WEEKDAY:
                nth = _listed([_NTH[number] for number in matcher.nth])
                return f"on the {nth} {_listed([_WEEKDAYS[day] for day in matcher.weekdays])} of the month"
            case MatcherKind.DAY_TYPE:
                return f"on {english.days(matcher)}"
            case MatcherKind.HOLIDAY:
                names = [self.term(f"holiday.{code}") for code in matcher.holidays]
                return f"during the {_listed(names)} holiday" if names else "on public holidays"
            case MatcherKind.LUNAR_DAY:
                return _lunar_days(matcher)
            case MatcherKind.VACATION:
                named = set(matcher.vacations)
                return f"in {_VACATIONS[matcher.vacations[0]] if len(named) == 1 else 'the school holidays'}"
            case MatcherKind.TERM:
                return f"in {english.days(matcher)}"
            case MatcherKind.PUT_OFF:
                return f"on the {english.days(matcher)}"
            case MatcherKind.DATES if matcher.first:
                return self._days_from(matcher.first, matcher.last)
        return "every day"

    # -----------------------------------------------------------------------------------------------
    # Notices

    def notice(self, facts: NoticeFacts) -> str:
        """Quanzhou Library (study area) will be closed from 20 to 25 November 2026. Reason: maintenance."""
        clauses: list[str] = []
        before: EffectFacts | None = None
        for effect, days in grouped(facts.effects):
            about = effect.subject or facts.subject
            if before is None or effect.subject != before.subject:
                subject = self.subject(about) + (f" ({effect.area})" if effect.area else "")
            elif effect.area == before.area:
                subject = "it" if about.total == 1 and not about.is_selection else "they"
            else:
                subject = effect.area or "the whole venue"
            before = effect
            clauses.append(f"{subject} {self.effect(effect, days)}")
        if not clauses:
            return ""
        reason = facts.reason.strip().rstrip(".。")
        return f"{'; '.join(clauses)}.{f' Reason: {reason}.' if reason else ''}{self._urgent(facts)}"

    def _urgent(self, facts: NoticeFacts) -> str:
        """Not announced seven days ahead: force majeure (burst pipe)."""
        if not facts.urgent_kind:
            return ""
        why = facts.urgent_reason.strip().rstrip(".。")
        kind = self.term(f"urgent.{facts.urgent_kind}")
        return f" Not announced seven days ahead: {kind}{f' ({why})' if why else ''}."

    def subject(self, subject: Subject) -> str:
        """Return what a notice is about: names, up to five of them, or all venues of a selection."""
        if subject.is_selection:
            types = f" of the type {_listed(subject.types, 'or')}" if subject.types else ""
            owner = f" run by {_listed(subject.departments, 'or')}" if subject.departments else ""
            return f"All venues{types} in {subject.region or 'the city'}{owner}"
        if subject.total > _NAMED_VENUES:
            names = ", ".join(subject.venues[:_NAMED_VENUES])
            rest = subject.total - min(len(subject.venues), _NAMED_VENUES)
            return f"{names} and {rest} other {'venue' if rest == 1 else 'venues'}"
        return _listed(subject.venues)

    def effects(self, facts: NoticeFacts) -> tuple[str, ...]:
        """Return each effect with its area, for a list below the sentence."""
        whole = self.term("area.whole")
        return tuple(
            f"{self._place(effect, whole)} {self.effect(effect, days)}"
            for effect, days in grouped(facts.effects)
        )

    def _place(self, effect: EffectFacts, whole: str) -> str:
        if effect.subject is None:
            return effect.area or whole
        return self.subject(effect.subject) + (f" ({effect.area})" if effect.area else "")

    def effect(self, facts: EffectFacts, days: Sequence[tuple[date, date | None]] = ()) -> str:
        """will be closed from 20 to 25 November 2026; ``days`` are all its periods where there are several."""
        periods = days or [(facts.first, facts.last)]
        when = _listed([self._days_from(first, last) for first, last in periods])
        hours = _listed([self._session(session) for session in facts.sessions])
        match facts.kind:
            case "close":
                if not facts.window:
                    return f"will be closed {when}"
                start, end = (_time(minute) for minute in facts.window)
                daily = "" if periods == [(facts.first, facts.first)] else " each day"
                return f"will be closed between {start} and {end}{daily} {when}"
            case "change":
                return f"will have the hours {hours} {when}"
            case "special_opening":
                return f"will open specially {when}, {hours}"
        if len(facts.sessions) == 1 and facts.sessions[0].opens >= DAY_MINUTES // 2:
            added = hours.replace(" (", ", ").removesuffix(")")
            return f"will stay open until {_time(facts.sessions[0].closes)} {when} (additional hours {added})"
        return f"will have the additional hours {hours} {when}"


def _start(first: date, last: date) -> str:
    """Return the first day of a period, without what it has in common with the last."""
    if first.year != last.year:
        return date_label(first, "en")
    return str(first.day) if first.month == last.month else f"{first.day} {month_label(first.month, 'en')}"


def _short_date(day: date, year: int) -> str:
    short = short_date_label(day.month, day.day, "en")
    return short if day.year == year else f"{short} {day.year}"


def _time(minute: int) -> str:
    return f"{clock_label(minute)} next day" if minute > DAY_MINUTES else clock_label(minute)


def _range(opens: int, closes: int) -> str:
    return f"{clock_label(opens)}–{_time(closes)}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _listed(names: Sequence[str], word: str = "and") -> str:
    *most, last = names or [""]
    return f"{', '.join(most)} {word} {last}" if most else last


def _weekdays(weekdays: Sequence[int]) -> str:
    days = sorted(set(weekdays))
    if len(days) == 7:
        return "every day"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"from {_WEEKDAYS[days[0]]} to {_WEEKDAYS[days[-1]]}"
    return f"on {_listed([f'{_WEEKDAYS[day]}s' for day in days])}"


def _lunar_days(matcher: Matcher) -> str:
    parts = ["on Lunar New Year’s Eve"] if matcher.lunar_new_years_eve else []
    if matcher.lunar_days:
        month = f"lunar month {matcher.lunar_month}" if matcher.lunar_month else "each lunar month"
        parts.append(f"on the {_listed([_ordinal(day) for day in matcher.lunar_days])} of {month}")
    return _listed(parts)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
