"""The same answers, worked out the slow way: each business date painted minute by minute, 2,880 of them.

Nothing here looks at the engine: only its values (rules in, spans and reasons out) are shared. A day is a list
of pieces, each a set of minutes at which one session of one rule is open.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from venues.hours import Because, Effect, Layer, Matcher, Rule, Schedule, Session, VenueHours

ONE_DAY = timedelta(days=1)
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
Pair = tuple[Schedule, Rule]


@dataclass
class Piece:
    """An unbroken stretch of minutes: how it reads, when the last person may enter, which rule made it so."""

    look: Look
    minutes: set[int]
    last_entry: int
    because: Because

    @property
    def door(self) -> tuple[str, str]:
        return self.look[0], self.look[3]

    @property
    def opens(self) -> int:
        return min(self.minutes)

    @property
    def closes(self) -> int:
        return max(self.minutes) + 1


@dataclass
class Answer:
    """What a day is: everything that the engine's `Day` tells too."""

    status: str
    pieces: list[Piece]
    provisional: bool
    because: Because
    conflicts: list[tuple[str, str]]


def answer(hours: VenueHours, area: str, day: date, calendar: Any) -> Answer:
    """Return what the area is on the business date."""
    facts = calendar.facts(day)
    rules = [(plan, rule) for plan in applicable(hours, area) if holds(plan, day) for rule in plan.rules]
    rules.sort(key=lambda pair: (pair[0].key, pair[1].key))
    named = [pair for pair in rules if names(pair[1].matcher, facts)]
    claims = [pair for pair in named if pair[1].effect == Effect.REPLACE]
    strongest = max((claim(*pair) for pair in claims), default=None)
    equal = [pair for pair in claims if claim(*pair) == strongest]
    deciding = [
        (plan, rule)
        for plan, rule in equal
        if plan.area or not any(other.area and other.notice == plan.notice != "" for other, _ in equal)
    ]
    floor = strongest[0] if strongest else Layer.BASE
    asked = [
        (plan, rule)
        for plan, rule in rules
        if rule.effect == Effect.REPLACE and (strongest is None or claim(plan, rule) >= strongest)
    ]
    conflicts = [
        tuple(sorted([name(*one), name(*other)]))
        for one, other in combinations(deciding, 2)
        if timetable(one[1]) != timetable(other[1])
    ]
    if conflicts:
        is_provisional = rests_on_unconfirmed(asked, day, calendar)
        return Answer("unknown", [], is_provisional, Because(floor.name.lower()), conflicts)
    asked += [(plan, rule) for plan, rule in rules if rule.effect != Effect.REPLACE and plan.layer >= floor]
    status, pieces, because = start(hours, area, day, deciding, overruled(named, equal, deciding))
    for layer in Layer:
        if layer >= floor:
            changes = [(plan, rule) for plan, rule in named if plan.layer == layer]
            pieces, because = added(pieces, because, [pair for pair in changes if pair[1].effect == "add"])
            for pair in changes:
                if pair[1].effect == "subtract":
                    pieces, because = cut(pieces, because, pair)
    if status in ("open", "closed"):
        status = "open" if pieces else "closed"
    return Answer(status, pieces, rests_on_unconfirmed(asked, day, calendar), because, [])


# -- which rules there are, and which of them name the day ------------------------------------------------


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


def rests_on_unconfirmed(asked: Iterable[Pair], day: date, calendar: Any) -> bool:
    """Whether any of the rules had to know what nobody has confirmed or entered."""
    for _, rule in asked:
        matcher, days = rule.matcher, set()
        if matcher.kind in ("holiday", "put_off", "day_type"):
            days.add(day)
        if matcher.kind == "day_type":
            days |= {day + ONE_DAY for each in matcher.day_types if each.startswith("eve_of")}
            days |= {day - ONE_DAY for each in matcher.day_types if each == "after_holiday"}
        if matcher.kind == "put_off":
            days.add(day - ONE_DAY)
        if not all(calendar.facts(each).is_confirmed for each in days):
            return True
        if matcher.kind in ("vacation", "term"):
            schools = set(matcher.levels or ["primary", "junior", "senior"])
            if schools & set(calendar.facts(day).unknown_vacations):
                return True
    return False


# -- which of them sets the day ---------------------------------------------------------------------------


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


def overruled(named: list[Pair], equal: list[Pair], deciding: list[Pair]) -> tuple[str, ...]:
    """Every other rule that names the day and has no say in it, strongest first."""
    if not deciding:
        return ()
    floor = claim(*deciding[0])
    found = [name(*pair) for pair in equal if pair not in deciding]
    for layer in sorted(Layer, reverse=True):
        here = [pair for pair in named if pair[0].layer == layer]
        here.sort(key=lambda pair: claim(*pair), reverse=True)
        found += [name(*pair) for pair in here if pair[1].effect == "replace" and claim(*pair) < floor]
        found += [name(*pair) for pair in here if pair[1].effect != "replace" and layer < floor[0]]
    return tuple(found)


def start(
    hours: VenueHours, area: str, day: date, deciding: list[Pair], beaten: tuple[str, ...]
) -> tuple[str, list[Piece], Because]:
    """The day before anything is added or cut."""
    if deciding:
        because = reason(*deciding[0], beaten)
        return "open", as_read(pieces_of(deciding[0][1], because)), because
    if hours.mode == "by_appointment":
        return "by_appointment", [], Because()
    telling = [
        plan
        for plan in applicable(hours, area)
        if plan.layer in ORDINARY and holds(plan, day) and {rule.effect for rule in plan.rules} - {"subtract"}
    ]
    if not telling:
        return "unknown", [], Because()
    plan = min(telling, key=lambda plan: (plan.layer, plan.key))
    return "closed", [], Because(plan.layer.name.lower(), plan.key, label=plan.label)


def name(plan: Schedule, rule: Rule) -> str:
    return f"{plan.key}/{rule.key}"


def reason(plan: Schedule, rule: Rule, overrode: tuple[str, ...]) -> Because:
    label, told = rule.label or plan.label, (plan.announced_on, plan.first_day)
    layer = plan.layer.name.lower()
    return Because(layer, plan.key, rule.key, plan.notice, rule.matcher, label, overrode, *told)


def history(because: Because) -> tuple[str, ...]:
    """What overrides this reason overrides: its rule, and what that overrode."""
    return ((f"{because.schedule}/{because.rule}",) if because.rule else ()) + because.overrode


# -- minutes ----------------------------------------------------------------------------------------------


def look(session: Session) -> Look:
    return session.state, session.kind, session.condition, session.audience, session.admission


def pieces_of(rule: Rule, because: Because) -> list[Piece]:
    return [
        Piece(
            look(session),
            set(range(session.opens, session.closes)),
            session.closes if session.last_entry is None else min(session.last_entry, session.closes),
            because,
        )
        for session in rule.sessions
    ]


def timetable(rule: Rule) -> list[tuple[Look, int, int, int]]:
    """How the hours of a rule read, whatever way they are cut into sessions."""
    pieces = as_read(pieces_of(rule, Because()))
    return [(piece.look, piece.opens, piece.closes, piece.last_entry) for piece in pieces]


def as_read(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, earliest first, as few as a reader needs: each joins the first before it that it goes on."""
    result: list[Piece] = []
    for piece in sorted(pieces, key=order):
        for number, earlier in enumerate(result):
            if is_one(earlier, piece):
                both, last_entry = earlier.minutes | piece.minutes, max(earlier.last_entry, piece.last_entry)
                result[number] = replace(earlier, minutes=both, last_entry=last_entry)
                break
        else:
            result.append(piece)
    return result


def order(piece: Piece) -> tuple[Any, ...]:
    because = f"{piece.because.schedule}/{piece.because.rule}"
    return piece.opens, piece.closes, piece.last_entry, piece.look, because


def is_one(earlier: Piece, later: Piece) -> bool:
    """Whether one line says it all: it reads the same, goes on without a gap in entry, and ends the same."""
    overlap = bool(earlier.minutes & later.minutes)
    last = max(earlier.last_entry, later.last_entry)
    closes = max(earlier.closes, later.closes)
    # Whoever enters at the very last minute finds it open afterwards, or it is the end of the whole.
    is_true = any(
        piece.last_entry == last and (last in piece.minutes or piece.closes == closes)
        for piece in (earlier, later)
    )
    return (
        earlier.look == later.look
        and later.opens <= earlier.last_entry
        and (overlap or earlier.because.notice == later.because.notice)
        and is_true
    )


def added(pieces: list[Piece], because: Because, pairs: list[Pair]) -> tuple[list[Piece], Because]:
    """What all additions of a layer together make of the day."""
    new = [piece for pair in pairs for piece in pieces_of(pair[1], reason(*pair, history(because)))]
    changing = set()
    kept = []
    for old in pieces:
        for piece in sorted(new, key=order):
            # Covers the rest of it to its end and admits people longer: they may enter that much later.
            covers_end = old.closes - 1 in piece.minutes and piece.opens <= old.last_entry
            later = min(piece.last_entry, old.closes)
            if old.door == piece.door and covers_end and later > old.last_entry:
                changed = replace(piece.because, overrode=history(old.because))
                old = replace(old, last_entry=later, because=changed)
                changing.add(history(changed)[0])
        kept.append(old)
    for piece in new:
        is_open = set().union(*(old.minutes for old in pieces if old.door == piece.door))
        for left in stretches(piece, is_open):
            kept.append(left)
            changing.add(history(left.because)[0])
    for pair in pairs:
        if name(*pair) in changing:
            because = reason(*pair, history(because))
    return as_read(kept), because


def cut(pieces: list[Piece], because: Because, pair: Pair) -> tuple[list[Piece], Because]:
    """The day without the sessions of a rule."""
    gone = {at for session in pair[1].sessions for at in range(session.opens, session.closes)}
    left = []
    for piece in pieces:
        if piece.minutes & gone:
            changed = replace(piece, because=reason(*pair, history(piece.because)))
            left += stretches(changed, gone)
        else:
            left.append(piece)
    if any(piece.minutes & gone for piece in pieces):
        because = reason(*pair, history(because))
    return as_read(left), because


def stretches(piece: Piece, gone: set[int]) -> list[Piece]:
    """What is left of the piece, one for each unbroken stretch that somebody may still enter."""
    found: list[set[int]] = []
    for at in sorted(piece.minutes - gone):
        if found and at - 1 in found[-1]:
            found[-1].add(at)
        else:
            found.append({at})
    return [
        replace(piece, minutes=minutes, last_entry=min(piece.last_entry, max(minutes) + 1))
        for minutes in found
        if min(minutes) <= piece.last_entry
    ]
