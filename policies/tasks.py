"""What the worker runs for documents."""

from django_tasks import task

from openness.core.daily import daily
from openness.core.outbox import handler
from policies import entries
from policies.importing.waiting import drop_old

# A department or a region has another code or another place; the key is the vocabulary.
OWNERS_CHANGED = "policies.owners_changed"


@task()
def refresh_all_entries() -> int:
    """Write the entries of all documents; return how many."""
    return entries.refresh_all()


@handler(OWNERS_CHANGED)
def owners_changed(vocabulary: str) -> None:
    """Queue it: a handler has to be brief."""
    refresh_all_entries.enqueue()


@daily
def refresh_due_entries() -> None:
    """Let take effect what takes effect on the new day."""
    entries.refresh_due()


@daily
def drop_old_imports() -> None:
    """Forget the files that nobody confirmed."""
    drop_old()
