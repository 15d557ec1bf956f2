"""The page of one activity: what a person has to know before going there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale

from news.enums import ActivityKind, Registration, SessionState
from news.findings import Clash, session_findings
from news.models import ActivityPage, ActivitySession
from news.occasion_cards import Place, Places, admission_label, session_label, state_label, times_label
from openness.core import clock
from openness.core.beside import beside
from openness.departments.models import AudienceGroup
from openness.departments.selectors import publisher_of, term_names
from policies.measures import carried_out_by
from venues.enums import Admission
from venues.presentation.exports import export_links
from venues.presentation.values import Message
from venues.presentation.venue import price_label


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session on the activity's page; ``doubt`` says why to ask before going, if there is a reason."""

    key: str
    starts_at: datetime
    ends_at: datetime
    when_label: str
    times: str
    place: Place
    state: str
    state_label: str
    state_note: str
    is_over: bool
    doubt: str = ""

    @property
    def takes_place(self) -> bool:
        """Whether one can still go there."""
        return not self.is_over and self.state == SessionState.SCHEDULED


def activity_context(page: ActivityPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows, in the page's language. The number of queries does not grow with its sessions."""
    source, locale = page.source_page, page.locale
    sessions = session_views(page, source, locale=locale, request=request)
    upcoming = [session for session in sessions if not session.is_over]
    following = next((session for session in upcoming if session.takes_place), None)
    exports = export_links(page, request, ics="sessions.ics")
    return {
        "kind_label": str(ActivityKind(page.kind).label) if page.kind else "",
        "publisher": publisher_of(source, locale=locale, request=request),
        "sessions": sessions,
        "next_session": following,
        "upcoming": upcoming,
        "past": [session for session in sessions if session.is_over],
        "is_route": page.kind == ActivityKind.MOBILE_SERVICE and len(sessions) > 1,
        "standing": _standing(sessions, following),
        "price_label": _price(page, locale.language_code),
        "organisers": _organisers(source),
        "audiences": _audiences(source, locale),
        "registration_label": str(Registration(page.registration).label),
        "registration_host": urlsplit(page.registration_url).hostname or "",
        "live_host": urlsplit(page.live_url).hostname or "",
        "exports": exports,
        "message": Message("activity", _("Copy as message"), _message(page, following or upcoming, request)),
        "measures": carried_out_by(page, locale=locale, request=request),
        "beside": beside(page, request),
    }


def session_views(
    page: ActivityPage, source: ActivityPage, *, locale: Locale, request: HttpRequest
) -> list[SessionView]:
    """Return the sessions in their order: facts of the source-language page, words of ``page``."""
    rows = sorted(source.sessions.all(), key=lambda session: (session.starts_at, session.sort_order or 0))
    own = {session.key: session for session in page.sessions.all()}
    places = Places.of(rows, rows, locale=locale, request=request)
    doubts = {id(found.session): found.clash for found in session_findings(rows)}
    regions = {session.region_id: session.region.code for session in rows if session.region_id}
    return [
        _view(
            session,
            own.get(session.key, session),
            places.of_session(
                own.get(session.key, session), session.venue_id, regions.get(session.region_id, "")
            ),
            doubts.get(id(session)),
            locale.language_code,
        )
        for session in rows
    ]


def _view(
    session: ActivitySession, words: ActivitySession, place: Place, clash: Clash | None, language: str
) -> SessionView:
    return SessionView(
        key=session.key,
        starts_at=clock.local(session.starts_at),
        ends_at=clock.local(session.ends_at),
        when_label=session_label(session.starts_at, session.ends_at, language),
        times=times_label(session.starts_at, session.ends_at),
        place=place,
        state=session.state,
        state_label=state_label(session.state),
        state_note=words.state_note,
        is_over=session.ends_at <= clock.now(),
        # What is known of a venue that the public may not see is not told.
        doubt=doubt_label(clash) if clash and place.url else "",
    )


def doubt_label(clash: Clash) -> str:
    """Return why a reader should ask before going; nothing where hours are only provisional."""
    return {
        Clash.ENDED: _("This venue is no more in service: ask where it takes place."),
        Clash.CLOSED: _("Outside the venue’s opening hours: ask how to get in."),
        Clash.CLOSES_BEFORE_END: _("It lasts longer than the venue’s opening hours: ask how to get in."),
        Clash.UNKNOWN: _("The venue’s hours are not known for that time: ask before you go."),
    }.get(clash, "")


def _standing(sessions: Sequence[SessionView], following: SessionView | None) -> str:
    """Return what to say where there is nothing left to go to."""
    if following is not None or not sessions:
        return ""
    if any(not session.is_over for session in sessions):
        return _("None of the sessions to come takes place as announced. See what changed below.")
    return _("This activity is over.")


def _price(page: ActivityPage, language: str) -> str:
    label = admission_label(page.admission)
    if page.price is not None and page.admission != Admission.FREE:
        label = " ".join(filter(None, [label, price_label(page.price, "", language)]))
    return label


def _organisers(source: ActivityPage) -> list[str]:
    rows = source.organisers.all()
    if source.pk and hasattr(rows, "select_related"):
        rows = rows.select_related("department")
    return [row.display_name for row in rows if row.display_name]


def _audiences(source: ActivityPage, locale: Locale) -> list[str]:
    names = term_names(AudienceGroup, language=locale.language_code)
    return [names.get(row.audience.code, row.audience.name) for row in source.audiences.all()]


def _message(page: ActivityPage, sessions: SessionView | Iterable[SessionView], request: HttpRequest) -> str:
    """Return the activity as a short text to be pasted into WeChat or an SMS."""
    told = [sessions] if isinstance(sessions, SessionView) else list(sessions)[:3]
    address = page.get_full_url(request)
    lines = [
        f"【{page.title}】" if page.locale.language_code.startswith("zh") else page.title,
        *(" ".join(filter(None, [each.state_label, each.when_label, each.place.label])) for each in told),
        page.summary,
        address or "",
    ]
    return "\n".join(line for line in lines if line)
