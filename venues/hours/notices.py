"""Opening notices as schedules: a notice is its effects, and each effect is one schedule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from venues.hours.model import LAST_MINUTE, Effect, Kind, Layer, Matcher, MatcherKind, Rule, Schedule, Session


class EffectKind(StrEnum):
    """What a notice does to the days it names."""

    CLOSE = "close"
    EXTEND = "extend"
    CHANGE = "change"
    SPECIAL_OPENING = "special_opening"


def effect_schedule(
    kind: str,
    *,
    key: str,
    notice: str,
    first: date,
    last: date | None = None,
    area: str = "",
    window: tuple[int, int] | None = None,
    sessions: Sequence[Session] = (),
    adds: bool = False,
    starts_at: int | None = None,
    ends_at: int | None = None,
    layer: Layer = Layer.NOTICE,
    announced_on: date | None = None,
    first_day: date | None = None,
    label: str = "",
) -> Schedule:
    """Return the schedule of one effect of the notice `notice` (its public id).

    close            the days from `first` to `last` (None = until further notice); with `window`, only
                     those minutes of each day; with `starts_at` or `ends_at`, only from that minute of
                     the first day or up to that minute of the last one
    extend           adds `sessions` to what is open; they are hours longer than usual
    change           the days have `sessions` instead of what they had
    special_opening  the days, otherwise closed, have `sessions`; with `adds`, beside what they had

    `first_day` is the first day of all effects of the notice; without it, `first`.

    Raises ValueError when the days are reversed, when times do not fit the effect, or when one that opens
    has no sessions.
    """
    effect_kind = EffectKind(kind)
    if last is not None and last < first:
        raise ValueError("the last day lies before the first")
    if effect_kind == EffectKind.CLOSE:
        if sessions:
            raise ValueError("a closure has no sessions")
        rules = _closing(first, last, window, starts_at, ends_at)
    else:
        if not sessions:
            raise ValueError(f"{effect_kind} needs sessions")
        if window or starts_at is not None or ends_at is not None:
            raise ValueError(f"{effect_kind} tells its times by sessions")
        rules = (_opening(effect_kind, first, last, tuple(sessions), adds=adds),)
    return Schedule(
        key=key,
        layer=layer,
        area=area,
        rules=rules,
        notice=notice,
        announced_on=announced_on,
        first_day=first_day or first,
        label=label,
    )


def _opening(
    kind: EffectKind, first: date, last: date | None, sessions: tuple[Session, ...], *, adds: bool
) -> Rule:
    if kind == EffectKind.EXTEND:
        sessions = tuple(
            replace(session, kind=Kind.EXTENDED) if session.kind == Kind.REGULAR else session
            for session in sessions
        )
    added = kind == EffectKind.EXTEND or (kind == EffectKind.SPECIAL_OPENING and adds)
    return Rule(kind, Effect.ADD if added else Effect.REPLACE, _dates(first, last), sessions)


def _closing(
    first: date,
    last: date | None,
    window: tuple[int, int] | None,
    starts_at: int | None,
    ends_at: int | None,
) -> tuple[Rule, ...]:
    if window:
        if starts_at is not None or ends_at is not None:
            raise ValueError("a closure has a window for each day, or a beginning and an end, not both")
        return (_subtracting("close", first, last, *window),)
    if first == last and (starts_at is not None or ends_at is not None):
        return (_subtracting("close", first, last, starts_at or 0, ends_at or LAST_MINUTE),)
    rules = []
    if starts_at is not None:
        rules.append(_subtracting("close-first-day", first, first, starts_at, LAST_MINUTE))
        first += timedelta(days=1)
    if ends_at is not None:
        if last is None:
            raise ValueError("a closure without a last day has no end on it")
        rules.append(_subtracting("close-last-day", last, last, 0, ends_at))
        last -= timedelta(days=1)
    if last is None or first <= last:
        rules.append(Rule("close", Effect.REPLACE, _dates(first, last)))
    return tuple(rules)


def _subtracting(key: str, first: date, last: date | None, start: int, end: int) -> Rule:
    if not 0 <= start < end <= LAST_MINUTE:
        raise ValueError("the hours that are closed end before they begin")
    return Rule(key, Effect.SUBTRACT, _dates(first, last), (Session(start, end),))


def _dates(first: date, last: date | None) -> Matcher:
    return Matcher(MatcherKind.DATES, first=first, last=last)
