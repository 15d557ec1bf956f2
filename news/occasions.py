"""What takes place: the sessions of public activities, by when, where, what and for whom. Asked as venues are asked.

Every function has a fixed number of queries, whatever the number of activities and sessions.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from wagtail.models import Locale

from news.activity_checks import LONGEST_EXHIBITION
from news.enums import SessionState
from news.models import ActivityAudience, ActivityPage, SessionEntry
from openness.core import clock
from openness.core.gate import visible_below_parents
from venues.models import VenuePage
from venues.questions import Question, Window
from venues.selectors import fitting_intervals

# A session longer than a day is an exhibition: one visits it for an hour or two while its venue is open.
LONG = timedelta(hours=24)
# The column of each filter.
COLUMNS = {
    "kind": "kind",
    "admission": "admission",
    "region": "region_lineage",
    "department": "department_code",
    "audience": "activity__audiences__audience__code",
}
FACETS = tuple(COLUMNS)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which activities are meant: codes; empty means any. ``venue`` is the code of a venue."""

    kind: str = ""
    admission: str = ""
    region: str = ""
    department: str = ""
    audience: str = ""
    venue: str = ""

    @classmethod
    def of(cls, question: Question, *, kind: str = "", venue: str = "") -> "Filters":
        """Return the filters of a finder's question that activities know too; its kind is one of hours."""
        return cls(kind, question.admission, question.region, question.department, question.audience, venue)


def public_sessions(*, locale: Locale) -> QuerySet[SessionEntry]:
    """Return the sessions of all activities that the public may see in one language, by their start."""
    pages = visible_below_parents(ActivityPage.objects.order_by(), locale)
    # Asked row by row: the time leads to a few of many sessions, and each of these looks for its page.
    return SessionEntry.objects.filter(Exists(pages.filter(translation_key=OuterRef("translation_key"))))


def matching(filters: Filters, *, locale: Locale) -> QuerySet[SessionEntry]:
    """Return the public sessions that pass the filters, whenever they are."""
    sessions = public_sessions(locale=locale)
    if filters.kind:
        sessions = sessions.filter(kind=filters.kind)
    if filters.admission:
        sessions = sessions.filter(admission=filters.admission)
    if filters.region:
        sessions = sessions.filter(region_lineage__contains=f"/{filters.region}/")
    if filters.department:
        sessions = sessions.filter(department_code=filters.department)
    if filters.audience:
        groups = ActivityAudience.objects.filter(audience__lineage__contains=f"/{filters.audience}/")
        sessions = sessions.filter(activity__in=groups.values("page"))
    if filters.venue:
        venues = VenuePage.objects.filter(code=filters.venue)
        sessions = sessions.filter(venue__in=venues.values("pk"))
    return sessions


def occasions(
    window: Window | None, filters: Filters, *, locale: Locale, takes_place: bool = False
) -> QuerySet[SessionEntry]:
    """Return the sessions one can go to in a window, by their start; without one, all that are not over.

    One that begins before the window must leave enough of it (:attr:`Window.stay`). One that ends after
    it fits only where the window ends with its day: who is free from 19:00 to 21:00 has to leave at nine,
    who asks for tonight has not. An exhibition in a venue counts while the venue can be entered.

    ``takes_place`` leaves out what is cancelled or moved; lists keep it, with its state.
    """
    sessions = matching(filters, locale=locale)
    if takes_place:
        sessions = sessions.filter(state=SessionState.SCHEDULED)
    if window is None:
        return sessions.filter(not_over(clock.now()))
    return sessions.filter(fits(window))


def not_over(at: datetime) -> Q:
    """Return the condition that a session ends after ``at``; as a range of its start too, so that an index helps."""
    return Q(starts_at__gt=at - LONGEST_EXHIBITION, ends_at__gt=at)


def fits(window: Window) -> Q:
    """Return the condition that a session can be gone to within the window."""
    if window.end is None:
        there = Q(starts_at__lte=window.start, ends_at__gt=window.start)
    elif clock.local(window.end).time() == time():
        there = Q(starts_at__gte=window.start, starts_at__lt=window.end) | Q(
            starts_at__lt=window.start, ends_at__gte=window.start + window.stay
        )
    else:
        is_long_enough = Q(ends_at__gte=F("starts_at") + window.stay)
        overlap = Q(starts_at__lte=window.last_start, ends_at__gte=window.start + window.stay)
        there = overlap & is_long_enough | Q(starts_at__gte=window.start, ends_at__lte=window.end)
    is_short = Q(ends_at__lte=F("starts_at") + LONG)
    can_be_entered = Q(venue=None) | Q(venue__in=fitting_intervals(window).order_by().values("venue"))
    # Said once more without alternatives, so that an index finds them.
    touches = not_over(window.start) & Q(starts_at__lt=window.known_end)
    return touches & there & (is_short | can_be_entered)


def within(first: date, last: date, filters: Filters, *, locale: Locale) -> QuerySet[SessionEntry]:
    """Return the sessions that touch the days from ``first`` to ``last`` (Asia/Shanghai, both included)."""
    start = datetime.combine(first, time(), clock.CITY_TZ)
    end = datetime.combine(last + timedelta(days=1), time(), clock.CITY_TZ)
    return matching(filters, locale=locale).filter(not_over(start), starts_at__lt=end)


def facet_counts(
    sessions: QuerySet[SessionEntry], *, names: Iterable[str] = FACETS
) -> dict[str, Counter[str]]:
    """Return how many of these sessions each value of each filter would leave. One query per filter.

    Regions are counted under each code of their lineage.
    """
    plain = sessions.order_by()
    return {
        name: _counted(plain.values_list(COLUMNS[name]).annotate(number=Count("pk", distinct=True)))
        for name in names
    }


def _counted(rows: Iterable[tuple[str | None, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for value, number in rows:
        for code in (value or "").strip("/").split("/"):
            if code:
                counts[code] += number
    return counts


def span(*, locale: Locale) -> tuple[date, date] | None:
    """Return the city's dates on which the first public session and the last one begin; None without any."""
    starts = public_sessions(locale=locale).values_list("starts_at", flat=True)
    first, last = starts.order_by("starts_at").first(), starts.order_by("-starts_at").first()
    return (clock.local(first).date(), clock.local(last).date()) if first and last else None
