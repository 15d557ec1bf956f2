"""What the worker runs for the search."""

from django_tasks import task, task_backends

from openness.core import clock
from openness.core.daily import daily
from openness.core.outbox import handler
from openness.media.tasks import TEXT_CHANGED
from search import engines, query_log
from search.delivery import deliver
from search.did_you_mean import rebuild_all_words
from search.entries import refresh
from search.following import carrying
from search.models import SearchEntry
from search.sending import ROWS, review


@task()
def deliver_waiting(place: str) -> dict[str, int]:
    """Deliver what waits for an engine or for the rows; come back for what is left, and for an engine that is down."""
    delivered = deliver(place)
    # A backend that runs tasks at once cannot wait; there the next change or ``search rebuild`` delivers.
    if delivered.again_at and task_backends[deliver_waiting.backend].supports_defer:
        deliver_waiting.using(run_after=max(delivered.again_at, clock.wall_now())).enqueue(place)
    return {"done": delivered.done, "failed": delivered.failed}


@handler(TEXT_CHANGED)
def text_of_document_changed(document: str) -> None:
    """Review the pages that carry the file."""
    review(carrying(document=document))


@daily
def deliver_what_is_left() -> None:
    """Take up what a worker that died left behind."""
    for place in (ROWS, *engines.names()):
        deliver_waiting.enqueue(place)


@daily
def forget_what_has_expired() -> None:
    """Delete the rows of pages that the clock has taken away; no answer shows them since."""
    refresh(SearchEntry.objects.filter(expires_at__lte=clock.now()).values_list("page", flat=True))


@daily
def learn_words() -> None:
    """Know the words of today's pages, for those who mistype them."""
    rebuild_all_words()


@daily
def forget_old_questions() -> int:
    """Delete what was asked longer ago than anybody compares."""
    return query_log.prune()
