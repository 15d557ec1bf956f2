"""Venues and notices."""

from openness.departments.models import Facility, Region, VenueType
from search.facts.saying import Names, Saying, Titles, by_page, codes_of, common_lineage, sources
from venues.models import (
    NoticeTarget,
    NoticeTargetType,
    VenueArea,
    VenueFacility,
    VenuePage,
    VenueWording,
)


def read_venues(sayings: list[Saying]) -> None:
    """A venue: found by its type and its address, and by all that it has and offers. Six queries."""
    typed = [each.source.venue_type.lineage for each in sayings if each.source.venue_type]
    types = Names(VenueType, (code for lineage in typed for code in codes_of(lineage)))
    pages = [each.page.pk for each in sayings]
    areas = by_page(
        VenueArea.objects.filter(page__in=pages).order_by("sort_order", "pk").values_list("page", "name")
    )
    wordings = by_page(
        VenueWording.objects.filter(page__in=pages).order_by("key").values_list("page", "text")
    )
    had = VenueFacility.objects.filter(page__in=sources(sayings)).order_by("sort_order", "pk")
    facilities = by_page(had.values_list("page", "facility__code"))
    facility_names = Names(Facility, (code for codes in facilities.values() for code in codes))
    for each in sayings:
        venue = each.source
        each.admission = venue.admission
        each.region_lineage = venue.region.lineage if venue.region else ""
        each.dated = each.year = None
        if venue.venue_type:
            each.names += types(reversed(codes_of(venue.venue_type.lineage)), each.language)
        each.names += [each.page.address_text, venue.code]
        each.words += areas[each.page.pk]
        each.words += facility_names(facilities[venue.pk], each.language)
        each.words += wordings[each.page.pk]


def read_notices(sayings: list[Saying]) -> None:
    """A notice: found by the venues, types and region that it names. Six queries."""
    keys = sources(sayings)
    rows = NoticeTarget.objects.filter(page__in=keys).order_by("page", "sort_order", "pk")
    named = rows.values_list("page", "venue", "venue__region__lineage")
    titles = Titles(VenuePage, (venue for __, venue, __ in named))
    chosen = NoticeTargetType.objects.filter(page__in=keys).order_by("page", "sort_order", "pk")
    types = by_page(chosen.values_list("page", "venue_type__code"))
    type_names = Names(VenueType, (code for codes in types.values() for code in codes))
    regions = [each.source.scope_region.lineage for each in sayings if each.source.scope_region]
    region_names = Names(Region, (codes_of(lineage)[-1] for lineage in regions))
    for each in sayings:
        notice = each.source
        venues = [(venue, lineage) for page, venue, lineage in named if page == notice.pk]
        places = [lineage for __, lineage in venues]
        if notice.scope_region:
            places.append(notice.scope_region.lineage)
            each.names += region_names([notice.scope_region.code], each.language)
        each.names += titles((venue for venue, __ in venues), each.language)
        each.names += type_names(types[notice.pk], each.language)
        each.region_lineage = common_lineage(places) or each.region_lineage
