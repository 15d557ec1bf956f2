"""What the public asks of venues: reads of the compiled tables, through the gate, in one language.

Every function has a fixed number of queries, whatever the number of venues, rules and notices.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Greatest, Least
from wagtail.models import Locale, Page

from openness.core import clock
from openness.core.gate import visible, visible_below_parents
from venues import hours
from venues.enums import ENDED, DayStatus, Life
from venues.models import Interval, OpeningNoticePage, VenueDay, VenueEntry, VenuePage
from venues.questions import Question, Window

# No session is longer than two days, so an opening that matters began at most that long ago.
LOOK_BACK = timedelta(days=2)
ONE_DAY = timedelta(days=1)
OPEN, RESTRICTED, UNKNOWN, CLOSED = "open", "restricted", "unknown", "closed"
RANKS = (OPEN, RESTRICTED, UNKNOWN, CLOSED)
# The column of each filter, and what stands on both sides of a code where the column holds several.
COLUMNS = {
    "region": ("region_lineage", "/"),
    "type": ("type_lineage", "/"),
    "admission": ("admission", ""),
    "kind": ("kinds", "|"),
    "department": ("department_code", ""),
    "facility": ("facility_codes", "|"),
    "audience": ("audience_codes", "|"),
}
FACETS = tuple(COLUMNS)
# The filters that choose among the sessions of a venue too: what is free in the morning may not be at night.
OF_SESSIONS = ("admission", "kind")


@dataclass
class Found:
    """One page of an answer: entries with their openings and days, and how many there are of each kind."""

    # VenueEntry with ``rank`` and ``stay_until``.
    entries: list[Any]
    totals: dict[str, int]
    openings: dict[int, list[Interval]] = field(default_factory=dict)
    days: dict[int, list[VenueDay]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many entries there are on all pages."""
        return sum(self.totals.values())


def public_entries(*, locale: Locale) -> QuerySet[VenueEntry]:
    """Return the entries of all venues the public may see in one language."""
    return VenueEntry.objects.filter(locale=locale, page__in=visible_below_parents(Page.objects.order_by()))


def matching_entries(question: Question, *, locale: Locale) -> QuerySet[VenueEntry]:
    """Return the entries that pass the question's filters, whenever they are open. Venues that are no more stay out."""
    entries = public_entries(locale=locale).exclude(life__in=ENDED).exclude(life=Life.PLANNED)
    for name in FACETS:
        if code := getattr(question, name):
            entries = entries.filter(_holds(name, code))
    for word in question.q.lower().split():
        entries = entries.filter(search_text__contains=word)
    return entries


def _holds(name: str, code: str) -> Q:
    """Return the condition that an entry has ``code`` in the filter ``name``, itself or above it in a lineage."""
    column, mark = COLUMNS[name]
    return Q(**{f"{column}__contains": f"{mark}{code}{mark}"}) if mark else Q(**{column: code})


def fitting_intervals(window: Window) -> QuerySet[Interval]:
    """Return the openings that can be entered within ``window`` with enough of it left to stay.

    Arrival is the later of opening and the window's start; it must not be after the last entry, and
    from it at least the wished minutes of both the opening and the window must remain. The same rule
    as :func:`venues.hours.fits`, in SQL.
    """
    fitting = Interval.objects.filter(
        opens_at__gt=window.start - LOOK_BACK,
        opens_at__lte=window.last_start,
        last_entry_at__gte=window.start,
        continues_until__gte=window.start + window.stay,
        continues_until__gt=window.start,
    )
    return fitting.filter(continues_until__gte=F("opens_at") + window.stay) if window.stay else fitting


def ranked(entries: QuerySet[VenueEntry], question: Question) -> QuerySet[Any]:
    """Annotate entries with ``rank``: 0 anyone may enter, 1 by booking or for members, 2 unknown, 3 closed.

    ``longest_stay`` is how much of the window can be spent there, for the order by fit; for an instant,
    the time that is left from then on.
    """
    window = question.window or Window(clock.now(), None)
    stay = ExpressionWrapper(
        Least("continues_until", Value(window.known_end, DateTimeField()))
        - Greatest("opens_at", Value(window.start, DateTimeField())),
        output_field=DurationField(),
    )
    # Hours begin on their date or in the night after it: a range of dates finds those of one venue by its index.
    dates = clock.local(window.start - LOOK_BACK).date() - ONE_DAY, clock.local(window.last_start).date()
    public = _fitting(question, window).filter(
        venue=OuterRef("venue"), business_date__range=dates, is_general_public=True
    )
    longest = public.order_by().values("venue").annotate(longest=Max(stay)).values("longest")
    return entries.annotate(rank=_rank(question), longest_stay=Subquery(longest))


def _rank(question: Question) -> Case:
    """Return the rank of an entry as an expression. Each set of venues in it is found once, not per entry."""
    window = question.window or Window(clock.now(), None)
    fitting = _fitting(question, window)
    days = VenueDay.objects.filter(business_date__range=window.dates).order_by()
    return Case(
        When(venue__in=_venues(fitting.filter(is_general_public=True)), then=Value(0)),
        When(venue__in=_venues(fitting), then=Value(1)),
        When(venue__in=_venues(days.filter(status=DayStatus.BY_APPOINTMENT)), then=Value(1)),
        When(venue__in=_venues(days.filter(status=DayStatus.UNKNOWN)), then=Value(2)),
        When(~Q(venue__in=_venues(days)), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _venues(rows: QuerySet) -> QuerySet:
    return rows.order_by().values("venue")


def _fitting(question: Question, window: Window) -> QuerySet[Interval]:
    """Return the openings that fit; a venue that is free may charge in some sessions."""
    fitting = fitting_intervals(window)
    if question.admission:
        fitting = fitting.filter(admission=question.admission)
    return fitting.filter(kind=question.kind) if question.kind else fitting


def find(question: Question, *, locale: Locale, first: int, count: int) -> Found:
    """Answer a question: entries ``first`` … ``first + count`` with what is needed to show them. Four queries.

    A question about a time leaves closed venues out; one about no time lists them last.
    """
    entries = ranked(matching_entries(question, locale=locale), question)
    if question.window:
        entries = entries.filter(rank__lt=RANKS.index(CLOSED))
    totals = Counter(dict(entries.order_by().values_list("rank").annotate(number=Count("pk"))))
    page = list(entries.order_by(*_order(question))[first : first + count])
    found = Found(page, {name: totals.get(rank, 0) for rank, name in enumerate(RANKS)})
    _load_hours(found, question.window)
    return found


def _order(question: Question) -> tuple:
    by_name = ("title", "pk")
    if question.order == "name":
        return ("rank", *by_name)
    if question.order == "fresh":
        return ("rank", F("checked_on").desc(nulls_last=True), *by_name)
    return ("rank", F("longest_stay").desc(nulls_last=True), *by_name)


def _load_hours(found: Found, window: Window | None) -> None:
    """Load the openings and days around now and around the window, for the entries of one page. Two queries."""
    start, end = clock.now(), clock.now() + timedelta(days=8)
    if window:
        start, end = min(start, window.start), max(end, window.end or window.start)
    found.openings, found.days = hours_between([entry.venue_id for entry in found.entries], start, end)


def hours_between(
    venue_ids: Iterable[int], start: datetime, end: datetime
) -> tuple[dict[int, list[Interval]], dict[int, list[VenueDay]]]:
    """Return openings and days of venues, by venue, that touch the time from ``start`` to ``end``. Two queries."""
    openings, days = defaultdict(list), defaultdict(list)
    venue_ids = list(venue_ids)
    for interval in Interval.objects.filter(
        venue__in=venue_ids, opens_at__gt=start - LOOK_BACK, opens_at__lt=end, closes_at__gt=start - LOOK_BACK
    ):
        openings[interval.venue_id].append(interval)
    first, last = clock.local(start).date() - timedelta(days=1), clock.local(end).date()
    for day in VenueDay.objects.filter(venue__in=venue_ids, business_date__range=(first, last)):
        days[day.venue_id].append(day)
    return openings, days


def facet_counts(question: Question, *, locale: Locale, names: Iterable[str] = FACETS) -> dict[str, Counter]:
    """Return, for each filter, how many venues each of its values would leave.

    Regions and types are counted with everything below them, under each code of their lineage. Three queries
    for a question about a time, whatever the number of filters; one per filter for any other.
    """
    if question.window:
        return _counts_within(question.window, question, locale, list(names))
    return {name: _counts(name, question, locale) for name in names}


def _counts(name: str, question: Question, locale: Locale) -> Counter:
    """Count the entries by what their column holds."""
    entries = matching_entries(question.without(name), locale=locale).order_by()
    numbers = entries.values_list(COLUMNS[name][0]).annotate(number=Count("pk"))
    return _by_code(name, dict(numbers))


def _counts_within(
    window: Window, question: Question, locale: Locale, names: list[str]
) -> dict[str, Counter]:
    """Count the entries of venues that one can go to, in one pass over them for all filters."""
    there = _There(window, question)
    blank: dict[str, Any] = dict.fromkeys(FACETS, "")
    asked = replace(question, **blank)
    entries = matching_entries(asked, locale=locale).filter(there.condition).order_by()
    chosen = {name: code for name in FACETS if (code := getattr(question, name))}
    values: dict[str, list[str]] = {name: [] for name in names}
    for venue, *columns in entries.values_list("venue", *(COLUMNS[name][0] for name in FACETS)):
        entry = dict(zip(FACETS, columns, strict=True))
        # A value is counted where no other filter than its own keeps the entry out.
        failing = [name for name, code in chosen.items() if code not in _codes(name, entry[name])]
        is_there = there.has(venue)
        for name in names:
            if failing and failing != [name]:
                continue
            if name in OF_SESSIONS:
                values[name] += [code for code in _codes(name, entry[name]) if there.has(venue, name, code)]
            elif is_there:
                values[name].append(entry[name])
    return {name: _by_code(name, Counter(found)) for name, found in values.items()}


def _by_code(name: str, numbers: Mapping[str, int]) -> Counter:
    counter: Counter = Counter()
    for value, number in numbers.items():
        for code in _codes(name, value):
            counter[code] += number
    return counter


def _codes(name: str, value: str) -> list[str]:
    """Return the codes that the column of a filter holds."""
    mark = COLUMNS[name][1]
    return [code for code in (value.strip(mark).split(mark) if mark else [value]) if code]


class _There:
    """The venues one can go to within a window: by the sessions that fit, or by appointment. Two queries."""

    def __init__(self, window: Window, question: Question) -> None:
        fitting = fitting_intervals(window).order_by()
        appointments = VenueDay.objects.filter(
            business_date__range=window.dates, status=DayStatus.BY_APPOINTMENT
        )
        self.condition = Q(venue__in=_venues(fitting)) | Q(venue__in=_venues(appointments))
        self._asked = {name: getattr(question, name) for name in OF_SESSIONS}
        self._by_appointment = set(_venues(appointments).values_list("venue", flat=True))
        self._sessions: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        for venue, *session in fitting.values_list("venue", *OF_SESSIONS).distinct():
            self._sessions[venue].append(tuple(session))

    def has(self, venue: int, name: str = "", code: str = "") -> bool:
        """Tell whether the venue has a session as asked for, with ``code`` chosen in the filter ``name``."""
        if venue in self._by_appointment:
            return True
        wanted = {**self._asked, name: code} if name else self._asked
        return any(
            all(wanted[each] in ("", value) for each, value in zip(OF_SESSIONS, session, strict=True))
            for session in self._sessions.get(venue, ())
        )


def nearest_opening(question: Question, *, locale: Locale) -> Interval | None:
    """Return the next opening after the question's window that its other filters allow. One query."""
    window = question.window or Window(clock.now(), None)
    after = window.end or window.start
    venues = matching_entries(question, locale=locale).values("venue")
    openings = Interval.objects.filter(venue__in=venues, is_general_public=True, opens_at__gte=after)
    if question.admission:
        openings = openings.filter(admission=question.admission)
    if question.kind:
        openings = openings.filter(kind=question.kind)
    return (
        openings.filter(continues_until__gte=F("opens_at") + timedelta(minutes=window.minutes))
        .order_by("opens_at", "pk")
        .first()
    )


def best_opening(openings: Iterable[Interval], window: Window) -> tuple[Interval, int] | None:
    """Return the opening that lets one stay longest within the window, and the minutes; None when none fits."""
    wanted = max(int(window.stay.total_seconds()) // 60, 1)
    stays = [
        (opening, hours.stay(opening, window.start, window.known_end))
        for opening in openings
        if opening.opens_at <= window.last_start
    ]
    return max((each for each in stays if each[1] >= wanted), key=lambda each: each[1], default=None)


def current_notices(*, locale: Locale) -> QuerySet[OpeningNoticePage]:
    """Return the public notices that are in force or to come, the latest published first.

    One that a later notice has replaced or ended is neither.
    """
    today = clock.today()
    notices = visible(OpeningNoticePage.objects.filter(withdrawn_at=None), locale)
    source = OpeningNoticePage.objects.filter(
        translation_key=OuterRef("translation_key"), locale=Locale.get_default()
    )
    going_on = source.filter(Q(effects__last=None, effects__isnull=False) | Q(effects__last__gte=today))
    later = visible(
        OpeningNoticePage.objects.filter(
            supersedes__translation_key=OuterRef("translation_key"),
            withdrawn_at=None,
            locale=Locale.get_default(),
        )
    )
    ended = later.filter(Q(effects__isnull=True) | Q(effects__first__lte=today))
    return notices.filter(Exists(going_on), ~Exists(ended)).order_by("-first_public_at", "-pk")


def notices_of_venue(venue: VenuePage, *, locale: Locale) -> QuerySet[OpeningNoticePage]:
    """Return all public notices on a venue (source-language page), in the reader's language, latest first."""
    keys = OpeningNoticePage.objects.filter(concerned__venue=venue).values("translation_key")
    return visible(OpeningNoticePage.objects.filter(translation_key__in=keys), locale).order_by(
        "-first_public_at", "-pk"
    )
