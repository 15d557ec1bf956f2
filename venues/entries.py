"""The flat rows that lists and facets read: one per public page of a venue, in each language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openness.core import clock
from openness.departments.models import Department, Region, VenueType
from openness.departments.selectors import departments_of, term_names
from venues.models import Interval, OfferAudience, ServiceItem, Session, VenueEntry, VenueFacility, VenuePage

COLUMNS = [
    field.attname for field in VenueEntry._meta.concrete_fields if field.attname not in {"id", "page_id"}
]


def refresh_entries(venues: Sequence[VenuePage]) -> None:
    """Make the entries of venues (source-language pages) and their translations what their live pages say.

    A dozen queries, whatever the number of venues. Entries that say so already are not written.
    """
    sources = {venue.translation_key: venue for venue in venues}
    pages = VenuePage.objects.filter(translation_key__in=sources).select_related(
        "locale", "region", "venue_type"
    )
    live = [page for page in pages.defer_streamfields() if page.live and sources[page.translation_key].live]
    stored = {entry.page_id: entry for entry in VenueEntry.objects.filter(venue__in=venues)}
    if gone := stored.keys() - {page.pk for page in live}:
        VenueEntry.objects.filter(page__in=gone).delete()
    own_terms = {page.pk: page for page in live}
    facts, names = _Facts.of(venues), _Names()
    changed = []
    for page in live:
        venue = sources[page.translation_key]
        entry = _entry(page, venue, own_terms.get(venue.pk, venue), facts, names)
        if page.pk not in stored or any(
            getattr(entry, column) != getattr(stored[page.pk], column) for column in COLUMNS
        ):
            changed.append(entry)
    VenueEntry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=[column.removesuffix("_id") for column in COLUMNS],
    )


def _entry(
    page: VenuePage, venue: VenuePage, terms: VenuePage, facts: "_Facts", names: "_Names"
) -> VenueEntry:
    """Return the entry of a page: its own words, and the facts of the source-language page ``venue``.

    ``terms`` is that page with its region and type loaded.
    """
    department = facts.departments[venue.path]
    words = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "address_text": page.address_text,
    }
    entry = VenueEntry(
        page_id=page.pk,
        venue_id=venue.pk,
        locale_id=page.locale_id,
        code=venue.code,
        life=venue.life,
        hours_mode=venue.hours_mode,
        type_code=terms.venue_type.code if terms.venue_type else "",
        type_lineage=terms.venue_type.lineage if terms.venue_type else "",
        region_code=terms.region.code if terms.region else "",
        region_lineage=terms.region.lineage if terms.region else "",
        department_code=department.code if department else "",
        admission=venue.admission,
        phone=venue.phone,
        longitude=venue.longitude,
        latitude=venue.latitude,
        facility_codes=barred(facts.facilities.get(venue.pk, ())),
        audience_codes=barred(facts.audiences.get(venue.pk, ())),
        kinds=barred(facts.kinds.get(venue.pk, ())),
        checked_on=venue.checked_on,
        published_at=venue.last_published_at,
        **words,
    )
    entry.search_text = _search_text(page, entry, words.values(), names)
    return entry


@dataclass(frozen=True)
class _Facts:
    """What several rows say of each venue, by its key; departments by its path."""

    departments: Mapping[str, Department | None]
    facilities: Mapping[int, set[str]]
    audiences: Mapping[int, set[str]]
    kinds: Mapping[int, set[str]]

    @classmethod
    def of(cls, venues: Sequence[VenuePage]) -> "_Facts":
        """Gather them. Six queries."""
        # Its own sessions of any season, and what a notice or the parent venue adds.
        sessions = Session.objects.filter(rule__schedule__page__in=venues).order_by()
        openings = Interval.objects.filter(venue__in=venues, business_date__gte=clock.today()).order_by()
        hours = [
            *sessions.values_list("rule__schedule__page", "kind", "audience_code").distinct(),
            *openings.values_list("venue", "kind", "audience_code").distinct(),
        ]
        offers = OfferAudience.objects.filter(offer__page__in=venues)
        items = ServiceItem.objects.filter(page__in=venues, audience__isnull=False)
        facilities = VenueFacility.objects.filter(page__in=venues)
        return cls(
            departments=departments_of(venues),
            facilities=_gathered(facilities.values_list("page", "facility__code")),
            audiences=_gathered(
                [
                    *((venue, audience) for venue, __, audience in hours),
                    *offers.values_list("offer__page", "audience__code"),
                    *items.values_list("page", "audience__code"),
                ]
            ),
            kinds=_gathered((venue, kind) for venue, kind, __ in hours),
        )


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for venue, code in pairs:
        if code:
            found[venue].add(code)
    return found


class _Names(dict[str, tuple[dict[str, str], dict[str, str]]]):
    """Names of types and of regions by code, by language; each looked up once."""

    def __missing__(self, language: str) -> tuple[dict[str, str], dict[str, str]]:
        names = term_names(VenueType, language=language), term_names(Region, language=language)
        self[language] = names
        return names


def _search_text(page: VenuePage, entry: VenueEntry, words: Iterable[str], names: _Names) -> str:
    """Everything a reader may type to mean this venue: its words, its type, and the places it lies in."""
    types, regions = names[page.locale.language_code]
    lineage_names = [regions.get(code, "") for code in entry.region_lineage.split("/")]
    parts = [*words, types.get(entry.type_code, ""), *lineage_names, page.code]
    return " ".join(part for part in parts if part).lower()


def barred(codes: Iterable[Any]) -> str:
    """Return codes between bars (``|lift|wifi|``), so that one of them is found by ``|lift|``."""
    codes = sorted(set(codes))
    return f"|{'|'.join(codes)}|" if codes else ""
