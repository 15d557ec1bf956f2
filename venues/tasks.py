"""What the worker runs for venues."""

from django.db.models import Q
from django_tasks import task
from wagtail.models import Locale

from openness.core.calendars.models import CALENDAR_CHANGED
from openness.core.daily import daily
from openness.core.outbox import handler
from venues.compile import compile_all
from venues.compliance import check_all, check_venues
from venues.models import OpeningNoticePage, VenuePage

# A region or a kind of venue has another name or another place; the key is the vocabulary.
TERMS_CHANGED = "venues.terms_changed"
# A venue or a notice was published or taken back; the key is the number of its page.
HOURS_CHANGED = "venues.hours_changed"
# What is asked of a type of venues is another; the key is the number of the standard.
STANDARDS_CHANGED = "venues.standards_changed"


@task()
def compile_all_venues(cause: str) -> int:
    """Compile every venue; return how many."""
    return compile_all(cause=cause)


@daily
def roll_forward() -> None:
    """Bring the compiled hours to the new day's horizon."""
    compile_all(cause="daily")


@handler(CALENDAR_CHANGED)
def calendar_changed(year: str) -> None:
    """Queue the recompilation: a handler has to be brief, and a calendar touches every venue."""
    compile_all_venues.enqueue(cause="calendar")


@handler(TERMS_CHANGED)
def terms_changed(vocabulary: str) -> None:
    """Queue the same for the names and lineages that venues carry."""
    compile_all_venues.enqueue(cause="terms")


@task()
def check_all_hours() -> int:
    """Check the hours of every public venue against its standard; return how many."""
    return check_all()


@task()
def check_hours_of(venues: list[int]) -> None:
    """Do so for some venues, by key."""
    check_venues(list(VenuePage.objects.filter(pk__in=venues).defer_streamfields()))


@daily
def check_hours() -> None:
    """Look at the hours of the year that begins today."""
    check_all()


@handler(HOURS_CHANGED)
def hours_changed(page: str) -> None:
    """Check the venue and its branches, or queue that of all the venues that a notice concerns."""
    notice = OpeningNoticePage.objects.filter(pk=page).first()
    if notice is not None:
        check_hours_of.enqueue(list(notice.concerned.values_list("venue_id", flat=True)))
        return
    venues = VenuePage.objects.filter(Q(pk=page) | Q(parent_venue=page), locale=Locale.get_default())
    check_venues(list(venues.defer_streamfields()))


@handler(STANDARDS_CHANGED)
def standards_changed(standard: str) -> None:
    """Queue the check of all venues."""
    check_all_hours.enqueue()
