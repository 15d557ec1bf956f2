"""What the worker runs for news and activities."""

from django_tasks import task

from news.entries import refresh_all
from openness.core.outbox import handler
from venues.tasks import TERMS_CHANGED


@task()
def refresh_all_sessions() -> int:
    """Write the rows of all activities anew where they differ; return how many activities there are."""
    return refresh_all()


@handler(TERMS_CHANGED)
def terms_changed(vocabulary: str) -> None:
    """Queue it when a region has another place: sessions carry the lineage of theirs."""
    refresh_all_sessions.enqueue()
