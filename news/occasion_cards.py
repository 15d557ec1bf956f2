"""Sessions as cards: when, what, where. What they show is loaded for a whole list at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale

from news.enums import ActivityKind, SessionState
from news.models import ActivityPage, ActivitySession, SessionEntry
from news.occasions import LONG
from openness.core import clock
from openness.core.dates import clock_label, date_label, day_label
from openness.core.gate import visible
from openness.departments.models import Region
from openness.departments.selectors import department_names, term_names
from venues.enums import Admission
from venues.models import VenueArea, VenueEntry
from venues.presentation.reader import page_url
from venues.selectors import public_entries


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is: words, and the public venue behind them. Coordinates are those of the finder."""

    label: str
    url: str = ""
    address: str = ""
    region: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OccasionCard:
    """One session in a list. ``state`` is scheduled, moved or cancelled; ``starts_at`` is in the city's time."""

    title: str
    url: str
    key: str
    kind: str
    kind_label: str
    starts_at: datetime
    ends_at: datetime
    when_label: str
    place: Place
    state: str
    state_label: str
    state_note: str
    admission: str
    admission_label: str
    department_name: str
    summary: str
    is_over: bool

    @property
    def day(self) -> date:
        """The city's date under which a list shows the session: its first day, or today when that is over."""
        return max(self.starts_at.date(), clock.today()) if not self.is_over else self.starts_at.date()


def session_label(starts: datetime, ends: datetime, language: str) -> str:
    """Return when a session is, in the city's time: 11月21日 周六 19:00—21:00; the year where it is another."""
    starts, ends = clock.local(starts), clock.local(ends)
    first = _day(starts.date(), language)
    if ends - starts > LONG:
        return f"{first} — {_day(ends.date(), language)}"
    return f"{first} {times_label(starts, ends)}"


def times_label(starts: datetime, ends: datetime) -> str:
    """Return the hours of a session of at most a day: 19:00—21:00, 22:00—24:00, 22:30—01:00 (next day)."""
    starts, ends = clock.local(starts), clock.local(ends)
    days = (ends.date() - starts.date()).days
    if days and ends.hour == ends.minute == 0:
        return f"{clock_label(starts)}—24:00"
    hours = f"{clock_label(starts)}—{clock_label(ends)}"
    return _("%(hours)s (next day)") % {"hours": hours} if days else hours


def _day(day: date, language: str) -> str:
    return day_label(day, language) if day.year == clock.today().year else date_label(day, language)


def state_label(state: str) -> str:
    """Return what to say of a session that does not take place as announced; nothing for the others."""
    return {SessionState.MOVED: _("Date changed"), SessionState.CANCELLED: _("Cancelled")}.get(
        SessionState(state), ""
    )


# ---------------------------------------------------------------------------------------------------


def cards_of(entries: Iterable[SessionEntry], *, locale: Locale, request: HttpRequest) -> list[OccasionCard]:
    """Return a card for each session, in their order. Four queries at most, whatever their number."""
    entries = list(entries)
    if not entries:
        return []
    keys = {entry.translation_key for entry in entries}
    pages = visible(ActivityPage.objects.filter(translation_key__in=keys).defer_streamfields(), locale)
    by_key = {page.translation_key: page for page in pages}
    sessions = ActivitySession.objects.filter(
        page__in=[page.pk for page in by_key.values()], key__in={entry.session_key for entry in entries}
    )
    words = {(session.page_id, session.key): session for session in sessions}
    places = Places.of(entries, words.values(), locale=locale, request=request)
    departments, language = department_names(), locale.language_code
    cards = []
    for entry in entries:
        page = by_key.get(entry.translation_key)
        session = words.get((page.pk, entry.session_key)) if page else None
        if page is None or session is None:
            continue
        cards.append(
            OccasionCard(
                title=page.title,
                url=page_url("news", page.locale_id, page.slug, request),
                key=entry.session_key,
                kind=entry.kind,
                kind_label=str(ActivityKind(entry.kind).label),
                starts_at=clock.local(entry.starts_at),
                ends_at=clock.local(entry.ends_at),
                when_label=session_label(entry.starts_at, entry.ends_at, language),
                place=places.of_session(session, entry.venue_id, region_of(entry.region_lineage)),
                state=entry.state,
                state_label=state_label(entry.state),
                state_note=session.state_note,
                admission=entry.admission,
                admission_label=admission_label(entry.admission),
                department_name=departments.get(entry.department_code, ""),
                summary=page.summary,
                is_over=entry.ends_at <= clock.now(),
            )
        )
    return cards


def admission_label(admission: str) -> str:
    """Return what it costs, in a word; nothing where that is not known."""
    return "" if admission == Admission.UNKNOWN else str(Admission(admission).label)


def region_of(lineage: str) -> str:
    """Return the code of the region itself: the last of its lineage."""
    return lineage.strip("/").rpartition("/")[2]


@dataclass(frozen=True)
class Places:
    """The public venues and areas of some sessions, by the keys of source-language pages, in one language."""

    venues: Mapping[int, VenueEntry]
    areas: Mapping[tuple[int, str], str]
    regions: Mapping[str, str]
    request: HttpRequest

    @classmethod
    def of(
        cls, rows: Iterable[Any], sessions: Iterable[Any], *, locale: Locale, request: HttpRequest
    ) -> "Places":
        """Gather them for rows with a ``venue_id``. One query; one more where sessions name areas."""
        wanted = {row.venue_id for row in rows if row.venue_id}
        entries = public_entries(locale=locale).filter(venue__in=wanted) if wanted else ()
        venues = {entry.venue_id: entry for entry in entries}
        names: dict[tuple[int, str], str] = {}
        if any(session.area_key for session in sessions):
            by_page = {entry.page_id: entry.venue_id for entry in venues.values()}
            for page, key, name in VenueArea.objects.filter(page__in=by_page).values_list(
                "page", "key", "name"
            ):
                names[by_page[page], key] = name
        return cls(venues, names, term_names(Region, language=locale.language_code), request)

    def of_session(self, session: Any, venue_id: int | None, region: str) -> Place:
        """Return where a session is. A venue that the public may not see is not named."""
        venue = self.venues.get(venue_id) if venue_id else None
        if venue is None:
            region_name = self.regions.get(region, "")
            return Place(
                session.place or region_name,
                region=region_name,
                longitude=None if venue_id else session.longitude,
                latitude=None if venue_id else session.latitude,
            )
        area = self.areas.get((venue.venue_id, session.area_key), "")
        return Place(
            " ".join(filter(None, [venue.title, area, session.place])),
            page_url("venues", venue.locale_id, venue.slug, self.request),
            venue.address_text,
            self.regions.get(venue.region_code, ""),
            venue.longitude,
            venue.latitude,
        )


@dataclass(frozen=True, slots=True)
class DayGroup:
    """The sessions of a list that are on one day; ``day`` None for what goes on for longer."""

    day: date | None
    label: str
    cards: Sequence[OccasionCard]


def by_day(cards: Iterable[OccasionCard], language: str) -> list[DayGroup]:
    """Return cards by the day they begin on, what began before today and goes on for days first."""
    going_on, days = [], {}
    for card in cards:
        if (
            not card.is_over
            and card.ends_at - card.starts_at > LONG
            and card.starts_at.date() < clock.today()
        ):
            going_on.append(card)
        else:
            days.setdefault(card.starts_at.date(), []).append(card)
    groups = [DayGroup(None, _("Going on"), going_on)] if going_on else []
    return [*groups, *(DayGroup(day, _heading(day, language), days[day]) for day in sorted(days))]


def _heading(day: date, language: str) -> str:
    names = {clock.today(): _("Today"), clock.today() + timedelta(days=1): _("Tomorrow")}
    label = _day(day, language)
    return f"{names[day]} {label}" if day in names else label
