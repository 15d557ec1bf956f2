"""All the facts of one venue."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Locale

from openness.core import clock
from openness.core.calendars.days import city_calendar
from venues import hours
from venues.api import readings, schemas
from venues.api.words import Reader, Reasons
from venues.hours.osm import osm_string
from venues.models import VenueEntry, VenuePage
from venues.presentation.reader import notice_refs
from venues.published import horizon
from venues.schema_org import published_rules
from venues.selectors import notices_of_venue, public_entries


def detail_of(
    request: HttpRequest, entry: VenueEntry, venue: VenuePage, language: str
) -> schemas.VenueDetail:
    """Return what is known of a venue (source-language page and entry) and its state now, in one language."""
    now = clock.now()
    days, openings = readings.hours_around(venue, now)
    related = _related(venue)
    reader = Reader(request, [entry, *related], language)
    found = hours.status_at(openings, days, now, restricted_areas=reader.restricted_areas(venue.pk))
    reasons = Reasons(reader, [found.because])
    page = reader.entries[venue.pk].page
    links = {each.venue_id: reader.link(each.venue_id) for each in related}
    supervising = venue.supervising_department
    published = published_rules(venue)
    return schemas.VenueDetail(
        **reader.brief(venue.pk),
        status=readings.status(reader, reasons, venue.pk, found, now, days),
        operator=venue.operator_kind,
        grade=page.grade,
        is_disclosure_point=venue.is_disclosure_point,
        supervising_department=reader.named("department", supervising.code) if supervising else None,
        datum=venue.datum,
        admission_condition=page.admission_condition,
        booking=schemas.Booking(rule=page.booking_rule, url=venue.booking_url),
        offers=_offers(venue, reader, reasons),
        service_items=_service_items(venue, reader, reasons),
        hours_mode=venue.hours_mode,
        areas=reader.areas(venue.pk),
        schedule=hours.to_dict(published) if published else None,
        opening_hours_osm=_osm_strings(published) if published else {},
        life=schemas.LifeState(
            state=venue.life,
            since=venue.life_since,
            note=page.life_note,
            successor=links.get(venue.successor_id),
        ),
        parent=links.get(venue.parent_venue_id),
        branches=[
            links[each.venue_id]
            for each in related
            if each.venue_id not in (venue.parent_venue_id, venue.successor_id)
        ],
        notices=_notices(venue, reader),
        source=schemas.Source(
            name=page.source, url=page.source_url, hours=page.hours_source, hours_as_of=venue.hours_as_of
        ),
        published_at=venue.last_published_at,
    )


def _osm_strings(published: hours.VenueHours) -> dict[str, str]:
    """Return the string of each area, exact from today to the end of the compiled days."""
    first, last = horizon()
    calendar = city_calendar(first - timedelta(days=1), last)
    return {
        area.key: osm_string(published, area.key, first, last, calendar) for area in published.areas_in_use
    }


def _related(venue: VenuePage) -> list[VenueEntry]:
    """Return the entries of the public parent, branches and successor, by name."""
    others = Q(venue=venue.parent_venue_id) | Q(venue=venue.successor_id) | Q(venue__parent_venue=venue)
    return list(
        public_entries(locale=Locale.get_default())
        .filter(others)
        .exclude(venue=venue)
        .order_by("title", "pk")
    )


def _offers(venue: VenuePage, reader: Reader, reasons: Reasons) -> list[schemas.Offer]:
    current = venue.offers.filter(Q(valid_to=None) | Q(valid_to__gte=clock.today()))
    return [
        schemas.Offer(
            name=reasons.words(venue.pk, offer.name),
            price=offer.price,
            normal_price=offer.normal_price,
            unit=reasons.words(venue.pk, offer.unit),
            condition=reasons.words(venue.pk, offer.condition),
            proof_required=reasons.words(venue.pk, offer.proof_required),
            audiences=[reader.named("audience", row.audience.code) for row in offer.audiences.all()],
            valid_from=offer.valid_from,
            valid_to=offer.valid_to,
        )
        for offer in current.prefetch_related("audiences__audience")
    ]


def _service_items(venue: VenuePage, reader: Reader, reasons: Reasons) -> list[schemas.ServiceItem]:
    return [
        schemas.ServiceItem(
            name=reasons.words(venue.pk, item.name),
            audience=reader.named("audience", item.audience.code) if item.audience else None,
            price=reasons.words(venue.pk, item.price_note),
            booking=reasons.words(venue.pk, item.booking_note),
            area=item.area_key,
        )
        for item in venue.service_items.select_related("audience").order_by("sort_order")
    ]


def _notices(venue: VenuePage, reader: Reader) -> list[schemas.Notice]:
    """Return the venue's public notices, the latest first: translated where they are, else in the source language."""
    ids = list(notices_of_venue(venue, locale=Locale.get_default()).values_list("pk", flat=True))
    shown = notice_refs(map(str, ids), locale=reader.locale, request=reader.request)
    return [
        schemas.Notice(id=str(pk), title=notice.title, url=reader.request.build_absolute_uri(notice.url))
        for pk in ids
        if (notice := shown.get(str(pk)))
    ]
