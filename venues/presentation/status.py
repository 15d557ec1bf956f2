"""The one reading of a venue's status for people; :func:`venues.hours.status_at` finds it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from openness.core.clock import local
from venues import hours
from venues.enums import ENDED, Life
from venues.hours import Because, DayStatus, MatcherKind
from venues.presentation.reader import Reader, because_of
from venues.presentation.values import StatusView
from venues.wording import StatusFacts, because_text, speak, term

ONE_DAY = timedelta(days=1)


def status_view(
    openings: Sequence[Any],
    days: Sequence[Any],
    *,
    at: datetime,
    reader: Reader,
    life: str = Life.OPEN,
    area: str | None = None,
) -> StatusView:
    """Return the status at the instant ``at`` from the compiled openings and days of one venue.

    Give them from the day before ``at`` on. A venue that is no more, or not yet, says so.
    """
    if life in ENDED or life == Life.PLANNED:
        return StatusView(DayStatus.CLOSED, term(f"life.{life}", reader.language))
    status = hours.status_at(openings, days, at, area=area, restricted_areas=reader.restricted_areas)
    facts = _facts(status, openings, at, reader)
    speaker = speak(reader.language)
    because, url = _because(status, days, at, reader)
    spoken = status.opening or (status.restricted if status.state == DayStatus.BY_APPOINTMENT else None)
    midnight = hours.instant(local(at).date() + ONE_DAY, 0)
    return StatusView(
        state=str(status.state),
        label=speaker.status(facts),
        last_entry_label=speaker.last_entry(facts),
        area_name=reader.areas.get(status.area, "") if spoken else "",
        because=because,
        notice_url=url,
        kinds=kinds_of([spoken.kind] if spoken else [], reader.language),
        condition=reader.words(spoken.condition) if spoken else "",
        provisional=status.provisional,
        boundary=local(min(status.changes_at or midnight, midnight)).isoformat(),
        closes_at=_closes_at(status, facts),
    )


def opening_view(opening: Any, *, at: datetime, reader: Reader) -> StatusView:
    """Return an opening to come, as seen from ``at``: 周六 09:00—21:00 开放."""
    speaker, day = speak(reader.language), local(opening.opens_at)
    is_public = opening.is_general_public
    facts = StatusFacts(
        "open",
        opening.opens_at,
        ends_at=opening.continues_until,
        can_enter=True,
        last_entry_at=opening.last_entry_at,
    )
    if opening.continues_until - opening.opens_at >= ONE_DAY:
        label = speaker.status(StatusFacts("open", at, is_round_the_clock=True))
    else:
        label = speaker.opening(opening.opens_at, opening.continues_until, at)
    because, url = explain(because_of(opening), status="open", kind=opening.kind, reader=reader)
    restriction = "" if is_public else _restriction(opening, reader)
    return StatusView(
        state="open" if is_public else "by_appointment",
        label=speaker.phrase("listed", first=label, second=restriction) if restriction else label,
        last_entry_label=speaker.last_entry(facts) if opening.last_entry_at < opening.closes_at else "",
        area_name=reader.areas.get(opening.area_key, ""),
        because=because,
        notice_url=url,
        kinds=kinds_of([opening.kind], reader.language),
        condition=reader.words(opening.condition),
        provisional=opening.provisional,
        boundary=min(day, local(hours.instant(local(at).date() + ONE_DAY, 0))).isoformat(),
    )


def explain(because: Because, *, status: str, reader: Reader, kind: str = "regular") -> tuple[str, str]:
    """Return why something is as it is, and the address of the notice behind it (or nothing)."""
    notice = reader.notice_of(because)
    text = because_text(
        because,
        language=reader.language,
        status=status,
        kind=kind,
        words=reader.words,
        notice_title=notice.title if notice else "",
        season=reader.seasons.get(because.schedule),
    )
    return text, notice.url if notice else ""


def kinds_of(codes: Sequence[str], language: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of those kinds of hours that the city promised: staggered and extended ones."""
    return tuple(
        (str(code), term(f"kind.{code}", language)) for code in codes if code in ("staggered", "extended")
    )


def _facts(status: hours.Status, openings: Sequence[Any], at: datetime, reader: Reader) -> StatusFacts:
    today = local(at).date()
    of_today = [row for row in openings if row.business_date == today and row.is_general_public]
    ends_at = None if status.state == DayStatus.CLOSED else status.until
    if status.opening and ends_at is None:
        # Where nothing is known beyond midnight, the run is told up to there.
        ends_at = status.opening.continues_until
    matcher = _because_value(status).matcher
    dates = matcher if matcher and matcher.kind == MatcherKind.DATES else None
    return StatusFacts(
        state=str(status.state),
        at=at,
        ends_at=ends_at,
        can_enter=status.can_enter,
        last_entry_at=status.last_entry_at,
        opens_at=status.next_opens_at,
        is_round_the_clock=bool(status.opening and ends_at and ends_at - at >= ONE_DAY),
        is_closed_all_day=not of_today,
        was_open_today=any(row.closes_at <= at for row in of_today),
        closed_until=dates.last if dates else None,
        is_until_notice=dates is not None and dates.last is None,
        only_for=_only_for(status.restricted, reader) if status.state == DayStatus.CLOSED else "",
    )


def _because_value(status: hours.Status) -> Because:
    return because_of(status) if status.because else Because()


def _because(status: hours.Status, days: Sequence[Any], at: datetime, reader: Reader) -> tuple[str, str]:
    """Return the because-line and the address of the notice behind it."""
    because = _because_value(status)
    day_status, kind = str(status.state), "regular"
    if status.opening:
        kind = status.opening.kind
    elif status.state == DayStatus.CLOSED:
        # Outside its hours a day is explained by the rule that sets these hours.
        today = local(at).date()
        row = next((day for day in days if day.area_key == status.area and day.business_date == today), None)
        day_status = str(row.status) if row else day_status
    return explain(because, status=day_status, kind=kind, reader=reader)


def _only_for(restricted: Any, reader: Reader) -> str:
    if restricted is None:
        return ""
    if restricted.audience_code:
        return reader.audiences.get(restricted.audience_code, restricted.audience_code)
    return "members" if restricted.state == "members" else ""


def _restriction(opening: Any, reader: Reader) -> str:
    if opening.audience_code:
        name = reader.audiences.get(opening.audience_code, opening.audience_code)
        return speak(reader.language).phrase("only_for", audience=name)
    return (
        term(f"state.{opening.state}", reader.language) if opening.state in ("by_booking", "members") else ""
    )


def _closes_at(status: hours.Status, facts: StatusFacts) -> str:
    if status.state != DayStatus.OPEN or facts.is_round_the_clock or facts.ends_at is None:
        return ""
    return local(facts.ends_at).isoformat()
