"""The flat rows that every question about activities reads: one per session of a public activity.

Facts are those of the page in the source language. Which pages the reader may see is asked of the gate when
rows are read, so that a department that is hidden takes its activities along without any row being written.
"""

from collections.abc import Iterable

from django.db import transaction

from news.models.activity import ActivityPage, ActivitySession, SessionEntry
from openness.departments.selectors import departments_of

COLUMNS = [
    field.attname
    for field in SessionEntry._meta.concrete_fields
    if field.attname not in {"id", "activity_id", "session_key"}
]
CHUNK = 200


@transaction.atomic
def refresh(activity: ActivityPage) -> None:
    """Make the rows of an activity (its page in any language) what its public page says. Five queries at most.

    A draft has none. Cancelled and moved sessions keep theirs, with their state.
    """
    refresh_many([activity.source_page])


@transaction.atomic
def refresh_many(activities: Iterable[ActivityPage]) -> None:
    """Do so for many (source-language pages). Five queries, whatever their number; unchanged rows are not written."""
    activities = list(activities)
    public = {page.pk: page for page in activities if page.live and page.is_source}
    stored = {
        (entry.activity_id, entry.session_key): entry
        for entry in SessionEntry.objects.filter(activity__in=[page.pk for page in activities])
    }
    departments = departments_of(public.values())
    sessions = ActivitySession.objects.filter(page__in=public).select_related("venue__region", "region")
    current, changed = set(), []
    for session in sessions:
        page = public[session.page_id]
        department = departments[page.path]
        entry = _entry(page, session, department.code if department else "")
        key = (page.pk, session.key)
        current.add(key)
        if key not in stored or any(
            getattr(entry, column) != getattr(stored[key], column) for column in COLUMNS
        ):
            changed.append(entry)
    if gone := [entry.pk for key, entry in stored.items() if key not in current]:
        SessionEntry.objects.filter(pk__in=gone).delete()
    SessionEntry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["activity", "session_key"],
        update_fields=[column.removesuffix("_id") for column in COLUMNS],
    )


def refresh_at(venues: Iterable[int]) -> None:
    """Refresh the activities that have a session at one of these venues (keys of source-language pages)."""
    keys = ActivitySession.objects.filter(venue__in=list(venues)).values("page")
    refresh_many(
        ActivityPage.objects.filter(pk__in=keys, locale__language_code="zh-hans").defer_streamfields()
    )


def refresh_all() -> int:
    """Refresh every activity, some hundred at a time, each lot in a transaction of its own; return how many."""
    pages = ActivityPage.objects.filter(locale__language_code="zh-hans")
    keys = list(pages.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        refresh_many(pages.filter(pk__in=keys[start : start + CHUNK]).defer_streamfields())
    return len(keys)


def _entry(page: ActivityPage, session: ActivitySession, department: str) -> SessionEntry:
    """Return the row of a session. What takes place in a venue lies where the venue lies."""
    place = session.venue or session
    region = place.region
    return SessionEntry(
        activity_id=page.pk,
        translation_key=page.translation_key,
        session_key=session.key,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        state=session.state,
        kind=page.kind,
        admission=page.admission,
        venue_id=session.venue_id,
        department_code=department,
        region_lineage=region.lineage if region else "",
        longitude=place.longitude,
        latitude=place.latitude,
    )
