"""The page of one venue.

It reads the compiled tables, the rows of the page and the cached names. The number of queries is the
same for every venue of a language, whatever it has of rules, days, notices and branches; only what a
venue does not have at all (notices, a parent, offers) saves some.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When, prefetch_related_objects
from django.http import HttpRequest
from wagtail.models import Locale

from openness.core import clock
from openness.core.beside import beside
from openness.core.models import SiteIdentity
from openness.departments.models import Department
from openness.departments.selectors import department_of, department_url
from policies.measures import carried_out_by
from venues import selectors
from venues.enums import ENDED, HoursMode, Life
from venues.models import OpeningNoticePage, VenueEntry, VenuePage
from venues.presentation.cards import card
from venues.presentation.exports import export_links
from venues.presentation.notices import notice_cards
from venues.presentation.reader import Names, Reader, names_in, page_url
from venues.presentation.record import record_of
from venues.presentation.status import status_view
from venues.presentation.values import StatusView, VenueCard
from venues.presentation.week import monday_of
from venues.schema_org import venue_data
from venues.wording import names_text, phrase, speak, term

RELATED = 6
ACCESSIBILITY = "/accessibility/"
NOT_YET_OR_NO_MORE = frozenset({*ENDED, Life.PLANNED})


def venue_context(page: VenuePage, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a venue shows, in the page's language."""
    source, locale = page.source_page, page.locale
    language, names, today = locale.language_code, names_in(locale.language_code), clock.today()
    monday = monday_of(today)
    # The day before counts: its hours may run past midnight.
    since = min(monday, today) - timedelta(days=1)
    record = record_of(page, request, first=since)
    reader, known = record.reader, record.told(last=today + timedelta(days=100))
    status = status_view(record.openings, record.days, at=clock.now(), reader=reader, life=page.life)
    department = department_of(source)
    own = _card(page, source, status, department, names, locale=locale)
    items = _service_items(source, reader, names, booking_url=page.booking_url)
    facilities, accessibility = _facilities(source, reader, names)
    identity = SiteIdentity.for_request(request)
    return {
        "card": own,
        "status": status,
        "weeks": known.weeks(known.first_from(monday)) if page.life not in NOT_YET_OR_NO_MORE else [],
        "exceptions": known.exceptions() if page.life not in NOT_YET_OR_NO_MORE else [],
        "notices": notice_cards(notices_on_page(source, locale), locale=locale, request=request),
        "admission_note": page.admission_condition,
        "booking_note": page.booking_rule,
        "booking_url": page.booking_url,
        "offers": _offers(source, reader, names, today),
        "service_items": items,
        "facilities": facilities,
        "accessibility": accessibility,
        "facts": _facts(page, own, department, language, locale=locale, request=request),
        "photos": _photos(page),
        "beside": beside(page, request),
        "measures": carried_out_by(page, locale=locale, request=request),
        "related": _related(source, locale=locale, request=request),
        "life": _life(page, locale=locale, request=request),
        "source_line": source_line(page, language),
        "exports": export_links(page, request, ics="hours.ics", csv="hours.csv", json="hours.json"),
        "month_url": page.exit_url("month", request),
        "poster_url": page.exit_url("poster", request),
        "messages_url": page.exit_url("messages", request),
        "json_ld": venue_data(page, request, record=record, locality=own.region_name),
        "report_url": identity.report_url or (f"mailto:{identity.email}" if identity.email else ""),
        "history_url": page.exit_url("history", request),
    }


def source_line(page: VenuePage, language: str) -> str:
    """Return who says so and as of when: 泉州文化产业网，2023-07-12; empty without a source."""
    source, as_of = page.hours_source or page.source, page.hours_as_of
    if source and as_of and as_of.removesuffix("年") not in source:
        return phrase("source", language, source=source, as_of=as_of)
    return source or as_of


def _card(
    page: VenuePage,
    source: VenuePage,
    status: StatusView,
    department: Department | None,
    names: Names,
    *,
    locale: Locale,
) -> VenueCard:
    """Return the venue's own card from the page itself, so that a draft shows what it holds."""
    entry = VenueEntry(
        page_id=page.pk,
        locale_id=locale.pk,
        code=source.code,
        title=page.title,
        slug=page.slug,
        life=page.life,
        type_code=page.venue_type.code if page.venue_type else "",
        region_code=page.region.code if page.region else "",
        department_code=department.code if department else "",
        admission=page.admission,
        address_text=page.address_text,
        phone=page.phone,
        longitude=page.longitude,
        latitude=page.latitude,
        checked_on=page.checked_on,
    )
    return card(entry, status=status, url="", names=names, language=locale.language_code)


def notices_on_page(source: VenuePage, locale: Locale) -> Any:
    """Return the public notices on the venue, or on the parent whose hours it has, that are in force or to come."""
    concerned = [source.pk]
    if source.hours_mode == HoursMode.SAME_AS_PARENT and source.parent_venue_id:
        concerned.append(source.parent_venue_id)
    keys = OpeningNoticePage.objects.filter(concerned__venue__in=concerned).values("translation_key")
    return selectors.current_notices(locale=locale).filter(translation_key__in=keys)


# ---------------------------------------------------------------------------------------------------
# Rows of facts


def _offers(source: VenuePage, reader: Reader, names: Names, today: date) -> list[dict[str, str]]:
    """Return the offers that are not over."""
    offers = [offer for offer in source.offers.all() if offer.valid_to is None or offer.valid_to >= today]
    prefetch_related_objects([offer for offer in offers if offer.pk], "audiences__audience")
    speaker = speak(reader.language)
    found = []
    for offer in offers:
        period = (
            speaker.period(offer.valid_from or today, offer.valid_to)
            if offer.valid_from or offer.valid_to
            else ""
        )
        groups = [names.audiences.get(row.audience.code, row.audience.name) for row in offer.audiences.all()]
        notes = [text for text in (reader.words(offer.condition), period) if text]
        unit = reader.words(offer.unit)
        normal = offer.normal_price
        found.append(
            {
                "name": reader.words(offer.name),
                "price_label": price_label(offer.price, unit, reader.language),
                "normal_price_label": price_label(normal, unit, reader.language)
                if normal is not None
                else "",
                "audience_label": names_text(groups, reader.language) or speaker.term("audience.everyone"),
                "proof": reader.words(offer.proof_required),
                "period_label": speaker.phrase("clause", first=notes[0], second=notes[1])
                if len(notes) > 1
                else "".join(notes),
            }
        )
    return found


def price_label(price: Decimal, unit: str, language: str) -> str:
    """Return a price in yuan: 免费, 5 元, 2.5 元/人次."""
    if not price:
        return term("price.free", language)
    amount = f"{price:.2f}".rstrip("0").rstrip(".")
    return (
        phrase("price_per", language, amount=amount, unit=unit)
        if unit
        else phrase("price", language, amount=amount)
    )


def _service_items(
    source: VenuePage, reader: Reader, names: Names, *, booking_url: str
) -> list[dict[str, str]]:
    items = list(source.service_items.all())
    prefetch_related_objects(items, "audience")
    return [
        {
            "name": reader.words(item.name),
            "audience_label": names.audiences.get(item.audience.code, item.audience.name)
            if item.audience
            else "",
            "price_label": reader.words(item.price_note),
            "area_name": reader.areas.get(item.area_key, ""),
            "booking_label": reader.words(item.booking_note),
            "booking_url": booking_url if item.booking_note else "",
        }
        for item in items
    ]


def _facilities(source: VenuePage, reader: Reader, names: Names) -> tuple[list[str], list[str]]:
    """Return facilities, and apart from them what lets everyone in."""
    rows = list(source.facilities.all())
    prefetch_related_objects(rows, "facility")
    facilities: list[str] = []
    accessibility: list[str] = []
    for row in rows:
        name = names.facilities.get(row.facility.code, row.facility.name)
        note = reader.words(row.note)
        text = phrase("noted", reader.language, text=name, note=note) if note else name
        (accessibility if ACCESSIBILITY in row.facility.lineage else facilities).append(text)
    return facilities, accessibility


def _facts(
    page: VenuePage,
    own: VenueCard,
    department: Department | None,
    language: str,
    *,
    locale: Locale,
    request: HttpRequest,
) -> list[dict[str, str]]:
    supervising = page.supervising_department
    department_page = department_url(department, locale=locale, request=request) if department else ""
    pairs = [
        ("grade", page.grade, ""),
        ("operator", term(f"operator.{page.operator_kind}", language) if page.operator_kind else "", ""),
        ("department", own.department_name, department_page),
        ("supervising", supervising.name if supervising and supervising != department else "", ""),
        ("disclosure", term("fact.yes", language) if page.is_disclosure_point else "", ""),
    ]
    return [
        {"label": term(f"fact.{name}", language), "value": value, "url": url}
        for name, value, url in pairs
        if value
    ]


def _photos(page: VenuePage) -> list[Any]:
    photos = list(page.photos.all())
    prefetch_related_objects(photos, "image__renditions")
    return [photo.image for photo in photos]


# ---------------------------------------------------------------------------------------------------
# Other venues


def _related(source: VenuePage, *, locale: Locale, request: HttpRequest) -> list[dict[str, str]]:
    """Return parent and branches, then venues of the same type in the same region: six at most. One query."""
    parent, branch = Q(venue=source.parent_venue_id or 0), Q(venue__parent_venue=source)
    similar = Q(pk__in=[])
    if source.venue_type and source.region:
        similar = Q(type_code=source.venue_type.code, region_code=source.region.code)
    relation = Case(
        When(parent, then=Value(0)),
        When(branch, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    entries = (
        selectors.public_entries(locale=locale)
        .filter(parent | branch | similar)
        .exclude(venue=source)
        .exclude(life__in=ENDED)
        .annotate(relation=relation)
        .order_by("relation", "title")
    )
    notes = [term(f"relation.{name}", locale.language_code) for name in ("parent", "branch", "similar")]
    return [
        {
            "name": entry.title,
            "url": page_url("venues", entry.locale_id, entry.slug, request),
            "note": notes[entry.relation],
        }
        for entry in entries[:RELATED]
    ]


def _life(page: VenuePage, *, locale: Locale, request: HttpRequest) -> dict[str, str] | None:
    """Return what became of a venue that is no more or not yet, and where to go instead."""
    if page.life not in NOT_YET_OR_NO_MORE:
        return None
    language = locale.language_code
    text = term(f"life.{page.life}", language)
    if page.life_since:
        text = phrase(
            "life_since", language, text=text, date=speak(language).period(page.life_since, page.life_since)
        )
    if page.life_note:
        text = phrase("clause", language, first=text, second=page.life_note)
    entry = None
    if page.successor_id:
        successors = VenuePage.objects.filter(pk=page.successor_id).values("translation_key")
        entry = selectors.public_entries(locale=locale).filter(page__translation_key__in=successors).first()
    return {
        "text": text,
        "url": page_url("venues", entry.locale_id, entry.slug, request) if entry else "",
        "label": phrase("go_to", language, venue=entry.title) if entry else "",
    }
