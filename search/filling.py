"""The first rows of a site that is older than they are."""

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from wagtail.models import Page

from openness.core.outbox import OutboxEntry
from search.facts.rooms import ROOMS
from search.models import SearchEntry
from search.sending import review


def note_pages(using: str) -> int:
    """Note all pages of searched types if there is no row yet; return how many. Harmless in the midst of migrations."""
    tables = {model._meta.db_table for model in (Page, OutboxEntry, SearchEntry)}
    if using != DEFAULT_DB_ALIAS or not tables <= set(connections[using].introspection.table_names()):
        return 0
    if SearchEntry.objects.exists():
        return 0
    names = [model._meta.model_name for model in ROOMS]
    keys = list(
        Page.objects.filter(content_type__model__in=names).order_by("pk").values_list("pk", flat=True)
    )
    with transaction.atomic():
        review(keys)
    return len(keys)
