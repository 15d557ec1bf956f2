"""What the worker runs for venues."""

from django_tasks import task

from openness.core.calendars.models import CALENDAR_CHANGED
from openness.core.daily import daily
from openness.core.outbox import handler
from venues.compile import compile_all

# A region or a kind of venue has another name or another place; the key is the vocabulary.
TERMS_CHANGED = "venues.terms_changed"


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
