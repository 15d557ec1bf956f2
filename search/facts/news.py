"""News and activities."""

from typing import Any

from django.utils import translation

from news.enums import ActivityKind
from news.models import ActivityAudience, ActivityOrganiser, ActivitySession, NewsTopic, NewsVenue
from openness.core import clock
from openness.departments.models import AudienceGroup
from search.facts.saying import Names, Saying, Titles, by_page, common_lineage, sources
from venues.models import VenuePage


def read_news(sayings: list[Saying]) -> None:
    """A news item: of its first topic, and where the venues lie that it is about. Two queries."""
    keys = sources(sayings)
    topics = by_page(
        NewsTopic.objects.filter(page__in=keys)
        .order_by("sort_order", "pk")
        .values_list("page", "topic__code")
    )
    about = by_page(
        NewsVenue.objects.filter(page__in=keys)
        .order_by("sort_order", "pk")
        .values_list("page", "venue__region__lineage")
    )
    for each in sayings:
        each.topic_code = next(iter(topics[each.source.pk]), "")
        each.region_lineage = common_lineage(about[each.source.pk]) or each.region_lineage


def read_activities(sayings: list[Saying]) -> None:
    """An activity: found by where it takes place, who organises it and for whom. Seven queries.

    Its date is that of its last session: what still goes on is not old.
    """
    keys = sources(sayings)
    sessions: dict[int, list[Any]] = {}
    pages = {each.page.pk for each in sayings}
    held_at = ActivitySession.objects.order_by("starts_at", "sort_order", "pk")
    rows = held_at.filter(page__in=pages | set(keys)).select_related("region", "venue__region")
    for row in rows.only("page", "starts_at", "place", "region__lineage", "venue__region__lineage", "venue"):
        sessions.setdefault(row.page_id, []).append(row)
    venues = Titles(VenuePage, (row.venue_id for found in sessions.values() for row in found))
    organisers: dict[int, list[str]] = {}
    for organiser in (
        ActivityOrganiser.objects.filter(page__in=keys)
        .order_by("sort_order", "pk")
        .select_related("department")
    ):
        organisers.setdefault(organiser.page_id, []).append(organiser.display_name)
    audiences = by_page(
        ActivityAudience.objects.filter(page__in=keys)
        .order_by("sort_order", "pk")
        .values_list("page", "audience__code")
    )
    audience_names = Names(AudienceGroup, (code for codes in audiences.values() for code in codes))
    for each in sayings:
        activity, held = each.source, sessions.get(each.source.pk, [])
        each.admission = activity.admission
        places = (row.venue.region if row.venue else row.region for row in held)
        each.region_lineage = (
            common_lineage(place.lineage for place in places if place) or each.region_lineage
        )
        if held:
            each.dated = clock.local(max(row.starts_at for row in held)).date()
            each.year = each.dated.year
        if activity.kind in ActivityKind.values:
            with translation.override(each.language):
                each.names.append(str(ActivityKind(activity.kind).label))
        each.names += venues(dict.fromkeys(row.venue_id for row in held), each.language)
        each.names += dict.fromkeys(row.place for row in sessions.get(each.page.pk, []) if row.place)
        each.names += organisers.get(activity.pk, [])
        each.words += audience_names(audiences[activity.pk], each.language)
