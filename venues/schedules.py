"""Rows of the database to values of the engine, and back.

Works on a page from the database and on one that a form or a revision holds in memory alike.
"""

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from openness.core import clock
from venues import hours
from venues.enums import EffectKind, HoursMode
from venues.hours import codec

if TYPE_CHECKING:
    from venues.models import NoticeEffect, OpeningNoticePage, VenuePage
    from venues.models.schedule import AbstractSession

MATCHER_FIELDS = tuple(field.name for field in fields(hours.Matcher) if field.name != "kind")


def hours_of(page: "VenuePage") -> hours.VenueHours:
    """Return a venue's own hours as the engine reads them, without notices.

    ``page`` is the source-language page. A venue with the hours of its parent has the parent's.
    """
    *__, source = line_of_hours(page)
    mode = hours.Mode(source.hours_mode) if source.hours_mode in set(hours.Mode) else hours.Mode.UNKNOWN
    # A venue whose usual hours are not known may still have told its holidays.
    schedules = schedules_of(source)
    if source is not page:
        # The branch has its parent's hours, not its parent's rooms.
        return hours.VenueHours(
            mode=mode, schedules=tuple(schedule for schedule in schedules if not schedule.area)
        )
    return hours.VenueHours(
        mode=mode,
        areas=tuple(hours.Area(area.key, area.is_general_public) for area in page.areas.all()),
        schedules=schedules,
    )


def line_of_hours(page: "VenuePage") -> "list[VenuePage]":
    """Return the venue and the parents that its hours come from, nearest first, each once."""
    line = [page]
    while line[-1].hours_mode == HoursMode.SAME_AS_PARENT and line[-1].parent_venue_id:
        parent = line[-1].parent_venue
        if parent is None or parent.pk in {each.pk for each in line}:
            break
        line.append(parent)
    return line


def schedules_of(page: "VenuePage") -> tuple[hours.Schedule, ...]:
    """Return the schedules that the page's rows hold, in their order."""
    return tuple(
        hours.Schedule(
            key=row.key,
            layer=hours.Layer[row.layer.upper()],
            area=row.area_key,
            rules=tuple(
                hours.Rule(
                    key=rule.key,
                    effect=hours.Effect(rule.effect),
                    matcher=codec.decode(
                        hours.Matcher, {"kind": rule.matcher_kind, **rule.matcher}, "matcher"
                    ),
                    sessions=tuple(_session(session) for session in rule.sessions.all()),
                    label=rule.label,
                )
                for rule in row.rules.all()
            ),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            annual_from=_month_day(row.annual_from),
            annual_to=_month_day(row.annual_to),
            label=row.label,
        )
        for row in page.schedules.all()
    )


def set_schedules(page: "VenuePage", schedules: tuple[hours.Schedule, ...]) -> None:
    """Make the page's rows hold exactly these schedules; they are saved with the page."""
    from venues.models import Rule, Schedule, Session

    rows = []
    for position, schedule in enumerate(schedules):
        row = Schedule(
            sort_order=position,
            key=schedule.key,
            layer=schedule.layer.code,
            area_key=schedule.area,
            label=schedule.label,
            valid_from=schedule.valid_from,
            valid_to=schedule.valid_to,
            annual_from=_text_of(schedule.annual_from),
            annual_to=_text_of(schedule.annual_to),
        )
        row.rules = [
            Rule(
                sort_order=index,
                key=rule.key,
                effect=rule.effect,
                matcher_kind=rule.matcher.kind,
                matcher=_matcher_fields(rule.matcher),
                label=rule.label,
            )
            for index, rule in enumerate(schedule.rules)
        ]
        for rule_row, rule in zip(row.rules.all(), schedule.rules, strict=True):
            rule_row.sessions = [
                Session(sort_order=number, **session_fields(session))
                for number, session in enumerate(rule.sessions)
            ]
        rows.append(row)
    page.schedules = rows


def session_fields(session: hours.Session) -> dict[str, Any]:
    """Return the columns of a session row that hold ``session``."""
    return {
        "opens": session.opens,
        "closes": session.closes,
        "last_entry": session.last_entry,
        "state": session.state,
        "kind": session.kind,
        "condition": session.condition,
        "audience_code": session.audience,
        "admission": session.admission,
    }


def notice_schedules(
    notice: "OpeningNoticePage", *, until: date | None = None, venue: int | None = None
) -> tuple[hours.Schedule, ...]:
    """Return what the notice does to the hours, up to and with the day ``until`` where one is given.

    With the key of a ``venue``, only what is about it.
    """
    told = effects_told(notice, until=until)
    return tuple(schedule for keys, schedule in told if venue is None or not keys or venue in keys)


def effects_told(
    notice: "OpeningNoticePage", *, until: date | None = None
) -> list[tuple[frozenset[int], hours.Schedule]]:
    """Return the same, each schedule with the keys of the venues that its effect is about; none for all of them."""
    announced = notice.first_public_at or clock.now()
    first_day = min((effect.first for effect in notice.effects.all()), default=None)
    told = []
    for position, effect in enumerate(notice.effects.all()):
        last = effect.last if until is None else min(effect.last or until, until)
        if last is not None and last < effect.first:
            continue
        schedule = hours.effect_schedule(
            effect.kind,
            key=f"notice-{notice.pk or 'new'}-{position}",
            area=effect.area_key,
            first=effect.first,
            last=last,
            **_closed_times(effect, last),
            sessions=tuple(_session(session) for session in effect.sessions.all()),
            notice=str(notice.pk or "new"),
            layer=hours.Layer.EMERGENCY if notice.is_emergency else hours.Layer.NOTICE,
            announced_on=clock.local(announced).date(),
            first_day=first_day,
            label=notice.reason,
        )
        told.append((frozenset(effect.venue_keys), schedule))
    return told


def _closed_times(effect: "NoticeEffect", last: date | None) -> dict[str, Any]:
    """Return which hours a closure takes: all, the same of each day, or from a time on the first day on."""
    if effect.kind != EffectKind.CLOSE:
        return {}
    if effect.window_opens is not None and effect.window_closes is not None:
        return {"window": (effect.window_opens, effect.window_closes)}
    if last != effect.last:
        # A closure that was cut short ends with a whole day.
        return {"starts_at": effect.window_opens}
    return {"starts_at": effect.window_opens, "ends_at": effect.window_closes}


def _session(row: "AbstractSession") -> hours.Session:
    return hours.Session(
        opens=row.opens,
        closes=row.closes,
        last_entry=row.last_entry,
        state=hours.State(row.state),
        kind=hours.Kind(row.kind),
        condition=row.condition,
        audience=row.audience_code,
        admission=row.admission,
    )


def _matcher_fields(matcher: hours.Matcher) -> dict[str, Any]:
    encoded = codec.encode(matcher)
    return {name: encoded[name] for name in MATCHER_FIELDS if name in encoded}


def _month_day(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    month, __, day = text.partition("-")
    return int(month), int(day)


def _text_of(month_day: tuple[int, int] | None) -> str:
    return f"{month_day[0]:02}-{month_day[1]:02}" if month_day else ""
