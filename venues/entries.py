"""The flat rows that lists and facets read: one per public page of a venue, in each language."""

from django.db.models import Q, QuerySet

from openness.core import clock
from openness.departments.models import AudienceGroup, Region, VenueType
from openness.departments.selectors import department_of, term_names
from venues.models import Interval, Session, VenueEntry, VenuePage


def refresh_entries(venue: VenuePage) -> None:
    """Make the entries of a venue (source-language page) and its translations what their live pages say.

    About a dozen queries for one venue, whatever the number of venues.
    """
    pages = VenuePage.objects.filter(translation_key=venue.translation_key).select_related("locale")
    live = [page for page in pages if page.live and venue.live]
    VenueEntry.objects.filter(venue=venue).exclude(page__in=live).delete()
    if not live:
        return
    facts = _facts(venue)
    for page in live:
        words = _words(page)
        VenueEntry.objects.update_or_create(
            page=page,
            defaults={
                **facts,
                **words,
                "venue": venue,
                "locale": page.locale,
                "search_text": _search_text(page, facts, words),
            },
        )


def _facts(venue: VenuePage) -> dict[str, object]:
    """What is the same in every language, from the source-language page."""
    department = department_of(venue)
    # Its own sessions of any season, and what a notice or the parent venue adds.
    sessions = Session.objects.filter(rule__schedule__page=venue)
    openings = Interval.objects.filter(venue=venue, business_date__gte=clock.today())
    audiences = {
        *_values(sessions, "audience_code"),
        *_values(openings, "audience_code"),
        *AudienceGroup.objects.filter(
            Q(pk__in=venue.offers.values("audiences__audience"))
            | Q(pk__in=venue.service_items.values("audience"))
        ).values_list("code", flat=True),
    }
    return {
        "code": venue.code,
        "life": venue.life,
        "hours_mode": venue.hours_mode,
        "type_code": venue.venue_type.code if venue.venue_type else "",
        "type_lineage": venue.venue_type.lineage if venue.venue_type else "",
        "region_code": venue.region.code if venue.region else "",
        "region_lineage": venue.region.lineage if venue.region else "",
        "department_code": department.code if department else "",
        "admission": venue.admission,
        "phone": venue.phone,
        "longitude": venue.longitude,
        "latitude": venue.latitude,
        "facility_codes": barred(venue.facilities.values_list("facility__code", flat=True)),
        "audience_codes": barred(audiences),
        "kinds": barred([*_values(sessions, "kind"), *_values(openings, "kind")]),
        "checked_on": venue.checked_on,
        "published_at": venue.last_published_at,
    }


def _values(rows: QuerySet, column: str) -> list[str]:
    return [value for value in rows.order_by().values_list(column, flat=True).distinct() if value]


def _words(page: VenuePage) -> dict[str, str]:
    return {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "address_text": page.address_text,
    }


def _search_text(page: VenuePage, facts: dict[str, object], words: dict[str, str]) -> str:
    """Everything a reader may type to mean this venue: its words, its type, and the places it lies in."""
    language = page.locale.language_code
    types, regions = term_names(VenueType, language=language), term_names(Region, language=language)
    lineage_names = [regions.get(code, "") for code in str(facts["region_lineage"]).split("/")]
    parts = [*words.values(), types.get(str(facts["type_code"]), ""), *lineage_names, page.code]
    return " ".join(part for part in parts if part).lower()


def barred(codes) -> str:
    """Return codes between bars (``|lift|wifi|``), so that one of them is found by ``|lift|``."""
    codes = sorted(set(codes))
    return f"|{'|'.join(codes)}|" if codes else ""
