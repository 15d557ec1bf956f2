"""Sessions that fall when their venue is closed, or when its hours are not known: findings for the editor.

They keep nobody from publishing: a theatre plays in the evening, outside the hours of its box office. What is
asked is the one status function, on the compiled hours; so a notice of today changes the findings of today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Locale

from news.enums import SessionState
from news.models import ActivityPage, ActivitySession
from news.occasions import LONG
from openness.core import clock
from openness.core.gate import visible_below_parents
from venues.hours import DayStatus, status_at
from venues.models import Interval, VenuePage
from venues.selectors import hours_between


class Clash(StrEnum):
    """What speaks against a session at its time and place."""

    ENDED = "ended"
    CLOSED = "closed"
    CLOSES_BEFORE_END = "closes_before_end"
    UNKNOWN = "unknown"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class SessionFinding:
    """A session and what speaks against it; ``until`` is when the venue closes, where it does so too early."""

    session: Any
    clash: Clash
    until: datetime | None = None

    @property
    def text(self) -> str:
        """The finding in words."""
        return {
            Clash.ENDED: _("The venue is no more in service."),
            Clash.CLOSED: _("The venue is closed then."),
            Clash.CLOSES_BEFORE_END: _("The venue closes before the session ends, at %(time)s.")
            % {"time": f"{clock.local(self.until):%H:%M}" if self.until else ""},
            Clash.UNKNOWN: _("The hours of the venue are not known for that time."),
            Clash.PROVISIONAL: _("The hours of the venue are provisional for that day."),
        }[self.clash]


def session_findings(sessions: Iterable[Any]) -> list[SessionFinding]:
    """Return what speaks against sessions to come, in their order. Three queries, whatever their number.

    ``sessions`` have ``venue_id`` (a source-language page), ``area_key``, ``starts_at``, ``ends_at`` and ``state``;
    ones that are over, cancelled, moved, or at no venue are left out.
    """
    asked = [
        session
        for session in sessions
        if session.venue_id
        and session.starts_at
        and session.ends_at
        and session.ends_at > clock.now()
        and session.state == SessionState.SCHEDULED
    ]
    if not asked:
        return []
    venues = {session.venue_id for session in asked}
    ended = {
        venue.pk for venue in VenuePage.objects.filter(pk__in=venues).defer_streamfields() if venue.has_ended
    }
    first = min(max(session.starts_at, clock.now()) for session in asked)
    last = max(min(session.ends_at, session.starts_at + LONG) for session in asked)
    openings, days = hours_between(venues, first, max(first, last) + LONG)
    found = []
    for session in asked:
        if session.venue_id in ended:
            found.append(SessionFinding(session, Clash.ENDED))
            continue
        if session.ends_at - session.starts_at > LONG:
            # Visitors of an exhibition come while the venue is open, whenever that is.
            continue
        clash, until = _clash(session, openings.get(session.venue_id, []), days.get(session.venue_id, []))
        if clash:
            found.append(SessionFinding(session, clash, until))
    return found


def _clash(
    session: Any, openings: Sequence[Any], days: Sequence[Any]
) -> tuple[Clash | None, datetime | None]:
    status = status_at(openings, days, session.starts_at, area=session.area_key or None)
    if status.state == DayStatus.UNKNOWN and status.restricted is None:
        return Clash.UNKNOWN, None
    if status.state == DayStatus.CLOSED and status.restricted is None:
        return Clash.CLOSED, None
    # For whom the venue is open then is for the organiser to say; somebody is there.
    in_force = [each for each in (status.opening, status.restricted) if each is not None]
    if in_force:
        until = max(each.continues_until for each in in_force)
        if until < session.ends_at:
            return Clash.CLOSES_BEFORE_END, until
    return (Clash.PROVISIONAL, None) if status.provisional else (None, None)


def doubtful_sessions() -> QuerySet[ActivitySession]:
    """Return the public sessions to come for whose whole time no sure opening of their place is on record.

    Only these can have a finding; :func:`session_findings` says which do.
    """
    opening = Interval.objects.filter(
        venue=OuterRef("venue"),
        opens_at__lte=OuterRef("starts_at"),
        continues_until__gte=OuterRef("ends_at"),
        provisional=False,
    ).order_by()
    of_area = opening.filter(area_key=OuterRef("area_key"))
    pages = visible_below_parents(ActivityPage.objects.order_by(), Locale.get_default())
    return (
        ActivitySession.objects.filter(
            page__in=pages.values("pk"),
            venue__isnull=False,
            state=SessionState.SCHEDULED,
            ends_at__gt=clock.now(),
        )
        .filter(~Exists(opening) | (Q(area_key__gt="") & ~Exists(of_area)))
        .order_by("starts_at", "pk")
    )
