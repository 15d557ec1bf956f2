"""The same answers, worked out the slow way: minute by minute, without looking at the engine.

A day is a list of sources (one session of one rule each) with the set of minutes at which it is open. Rules
apply to these sets. Nothing is merged: two sources that read the same are one to a reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from venues.hours import Effect, Layer, Matcher, Rule, Schedule, Session, VenueHours

STEP = 30  # every time in the property tests is a multiple of it
ORDINARY = (Layer.BASE, Layer.SEASON)
# From the widest to the narrowest; what stands in one line is equally narrow.
LADDER = [
    {"every_day"},
    {"weekdays"},
    {"term"},
    {"ordinary day_type", "vacation"},
    {"rare day_type"},
    {"any holiday", "monthly lunar_day", "nth_weekday"},
    {"named holiday", "statutory day_type"},
    {"yearly lunar_day"},
    {"put_off"},
    {"dates"},
]

Look = tuple[str, str, str, str, str]


@dataclass
class Source:
    """One session: how it reads, when it is open, and the last minute of entry."""

    look: Look
    minutes: set[int]
    last_entry: int

    @property
    def door(self) -> tuple[str, str]:
        return self.look[0], self.look[3]


def open_minutes(hours: VenueHours, area: str, day: date, calendar: Any) -> tuple[str, dict[int, set[Look]]]:
    """Return the status of the day, and for each minute (in steps) how it is open."""
    facts = calendar.facts(day)
    valid = [plan for plan in applicable(hours, area) if holds(plan, day)]
    named = [(plan, rule) for plan in valid for rule in plan.rules if names(rule.matcher, facts)]
    claims = [(plan, rule) for plan, rule in named if rule.effect == Effect.REPLACE]
    strongest = max((claim(*pair) for pair in claims), default=None)
    deciding = [pair for pair in claims if claim(*pair) == strongest]
    deciding = [
        (plan, rule)
        for plan, rule in deciding
        if plan.area or not any(other.area and other.notice == plan.notice != "" for other, _ in deciding)
    ]
    if any(timetable(rule) != timetable(deciding[0][1]) for _, rule in deciding):
        return "unknown", {}
    floor = strongest[0] if strongest else Layer.BASE
    sources = sources_of(deciding[:1])
    for layer in Layer:
        if layer >= floor:
            sources = changed(sources, [(plan, rule) for plan, rule in named if plan.layer == layer])
    minutes: dict[int, set[Look]] = {}
    for source in sources:
        for at in source.minutes:
            minutes.setdefault(at, set()).add(source.look)
    if deciding:
        status = "open" if minutes else "closed"
    elif hours.mode != "own":
        status = hours.mode
    elif any(plan.layer in ORDINARY and any(r.effect != "subtract" for r in plan.rules) for plan in valid):
        status = "open" if minutes else "closed"
    else:
        status = "unknown"
    return str(status), minutes


def may_enter(hours: VenueHours, area: str, day: date, calendar: Any, at: int) -> bool:
    """Whether any rule that names the day allows entry at that minute: the engine may not allow more."""
    facts = calendar.facts(day)
    return any(
        session.opens <= at < session.closes and at <= last_entry(session)
        for plan in applicable(hours, area)
        if holds(plan, day)
        for rule in plan.rules
        if rule.effect != Effect.SUBTRACT and names(rule.matcher, facts)
        for session in rule.sessions
    )


def applicable(hours: VenueHours, area: str) -> list[Schedule]:
    own = [plan for plan in hours.schedules if plan.area == area]
    whole = [plan for plan in hours.schedules if plan.area == ""]

    def of(*layers: Layer) -> list[Schedule]:
        mine = [plan for plan in own if plan.layer in layers]
        return mine or [plan for plan in whole if plan.layer in layers]

    found = of(*ORDINARY) if hours.mode == "own" else []
    found += of(Layer.HOLIDAY)
    both = own if area == "" else own + whole
    return found + [plan for plan in both if plan.layer in (Layer.NOTICE, Layer.EMERGENCY)]


def holds(plan: Schedule, day: date) -> bool:
    if (plan.valid_from or day) > day or (plan.valid_to or day) < day:
        return False
    if plan.annual_from is None or plan.annual_to is None:
        return True
    start = plan.annual_from[0] * 100 + plan.annual_from[1]
    length = (plan.annual_to[0] * 100 + plan.annual_to[1] - start) % 1300
    return (day.month * 100 + day.day - start) % 1300 <= length


def names(matcher: Matcher, facts: Any) -> bool:
    day = facts.date
    if (
        matcher.weekdays
        and matcher.kind not in ("every_day", "put_off")
        and day.weekday() not in matcher.weekdays
    ):
        return False
    if matcher.kind == "every_day":
        return True
    if matcher.kind == "weekdays":
        return day.weekday() in matcher.weekdays
    if matcher.kind == "dates":
        return matcher.first <= day <= (matcher.last or date.max)
    if matcher.kind == "day_type":
        types = {facts.day_type}
        types |= {"statutory"} if facts.is_statutory else set()
        types |= {"makeup_workday"} if facts.is_makeup_workday else set()
        types |= {"eve_of_day_off"} if facts.is_eve_of_day_off else set()
        types |= {"eve_of_holiday"} if facts.is_eve_of_holiday else set()
        types |= {"after_holiday"} if facts.ended_holiday else set()
        return bool(types & set(matcher.day_types))
    if matcher.kind == "holiday":
        return facts.holiday != "" and facts.holiday in (matcher.holidays or [facts.holiday])
    if matcher.kind == "vacation":
        return on_vacation(matcher, facts)
    if matcher.kind == "term":
        return not on_vacation(matcher, facts)
    if matcher.kind == "put_off":
        yesterday = (day.weekday() + 6) % 7
        if matcher.put_off_to == "next_day":
            return facts.follows_holiday and yesterday in matcher.weekdays
        return any(weekday in facts.ended_holiday for weekday in matcher.weekdays)
    if matcher.kind == "nth_weekday":
        month = [day.replace(day=1) + timedelta(days=index) for index in range(31)]
        same = [other for other in month if other.month == day.month and other.weekday() == day.weekday()]
        picked = {same[nth - 1 if nth > 0 else nth] for nth in matcher.nth if nth <= len(same)}
        return day.weekday() in matcher.weekdays and day in picked
    month_fits = matcher.lunar_month in (None, facts.lunar_month if not facts.lunar_is_leap else 0)
    is_eve = matcher.lunar_new_years_eve and facts.is_lunar_new_years_eve
    return is_eve or (facts.lunar_day in matcher.lunar_days and month_fits)


def on_vacation(matcher: Matcher, facts: Any) -> bool:
    return any(
        kind in (matcher.vacations or [kind])
        and level in ["", *(matcher.levels or ["primary", "junior", "senior"])]
        for kind, level in facts.vacations
    )


def claim(plan: Schedule, rule: Rule) -> tuple[Layer, int, bool]:
    matcher = rule.matcher
    step = next(step for step, steps in enumerate(LADDER) if steps & {matcher.kind, rung(matcher)})
    is_narrowed = matcher.kind not in ("every_day", "weekdays", "nth_weekday", "put_off")
    return plan.layer, step, is_narrowed and bool(matcher.weekdays)


def rung(matcher: Matcher) -> str:
    word = ""
    if matcher.kind == "holiday":
        word = "named" if matcher.holidays else "any"
    if matcher.kind == "lunar_day":
        word = "yearly" if matcher.lunar_month or matcher.lunar_new_years_eve else "monthly"
    if matcher.kind == "day_type":
        word = "ordinary" if {"workday", "day_off"} & set(matcher.day_types) else "rare"
        word = "statutory" if word == "rare" and "statutory" in matcher.day_types else word
    return f"{word} {matcher.kind}"


def last_entry(session: Session) -> int:
    return session.closes if session.last_entry is None else min(session.last_entry, session.closes)


def timetable(rule: Rule) -> set[tuple[int, Look, bool]]:
    """Every minute of the rule, how it reads and whether one may enter: equal rules have equal timetables."""
    return {
        (at, look(session), at <= last_entry(session))
        for session in rule.sessions
        for at in range(session.opens, session.closes)
    }


def look(session: Session) -> Look:
    return session.state, session.kind, session.condition, session.audience, session.admission


def sources_of(pairs: Iterable[tuple[Schedule, Rule]]) -> list[Source]:
    return [
        Source(look(session), set(range(session.opens, session.closes, STEP)), last_entry(session))
        for _, rule in pairs
        for session in rule.sessions
    ]


def changed(sources: list[Source], named: list[tuple[Schedule, Rule]]) -> list[Source]:
    added = sources_of(pair for pair in named if pair[1].effect == Effect.ADD)
    for old in sources:  # what covers the end of a session and admits people longer, admits them to it too
        closes = max(old.minutes) + STEP
        for new in sorted(added, key=lambda source: min(source.minutes)):
            outlasts = max(new.minutes) + STEP >= closes
            if old.door == new.door and min(new.minutes) <= old.last_entry and outlasts:
                old.last_entry = max(old.last_entry, min(new.last_entry, closes))
    for new in added:
        covered = [old.minutes for old in sources if old.door == new.door]
        new.minutes = enterable(new.minutes.difference(*covered), new.last_entry)
    result = sources + added
    for _, rule in named:
        if rule.effect == Effect.SUBTRACT:
            for session in rule.sessions:
                gone = set(range(session.opens, session.closes, STEP))
                for source in result:
                    source.minutes = enterable(source.minutes - gone, source.last_entry)
    return [piece for source in result for piece in blocks(source)]


def blocks(source: Source) -> list[Source]:
    """The source as one source per unbroken stretch of minutes."""
    pieces: list[Source] = []
    for at in sorted(source.minutes):
        if pieces and max(pieces[-1].minutes) + STEP == at:
            pieces[-1].minutes.add(at)
        else:
            pieces.append(Source(source.look, {at}, source.last_entry))
    return pieces


def enterable(minutes: set[int], last: int) -> set[int]:
    """Without the stretches that begin after the last entry."""
    return {at for at in minutes if any(start <= last for start in [first_of(minutes, at)])}


def first_of(minutes: set[int], at: int) -> int:
    while at - STEP in minutes:
        at -= STEP
    return at
