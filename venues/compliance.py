"""Hours against what law and city ask of them: the standard of a venue's type, its sums, and what is missing.

The engine judges (``venues.hours.findings``); here stands what it judges by, and where the result is kept for lists.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from wagtail.models import Locale

from openness.core import clock
from openness.core.calendars.days import CityCalendar, city_calendar
from venues import hours
from venues.entries import barred
from venues.enums import Admission, HolidayChoice
from venues.hours.findings import LONGEST_BLOCK, Charges, Finding, Standard, findings
from venues.hours.weekly import YEAR_DAYS, Sums, sums
from venues.models import HolidayDecision, HoursCheck, HoursStandard, VenuePage
from venues.published import published_hours_of

# Where hours carry no date of a check, or one longer ago, somebody should look again.
STALE_DAYS = 90
CHARGES = frozenset({Admission.PAID, Admission.LOW_FEE, Admission.DISCOUNT})
# Codes of the audience vocabulary that primary and secondary pupils belong to.
PUPILS = frozenset({"pupils", "minors", "students", "young-people", "youth"})
CHUNK = 200
CHECK_COLUMNS = [
    field.name for field in HoursCheck._meta.concrete_fields if field.name not in {"id", "venue"}
]


@dataclass(frozen=True, slots=True)
class Review:
    """How hours stand to their standard. ``sums`` is None where the hours are not known or by appointment."""

    sums: Sums | None
    findings: tuple[Finding, ...]
    standard: HoursStandard | None


def year_ahead(first: date) -> CityCalendar:
    """Return the calendar that a review from ``first`` on needs. Three queries."""
    return city_calendar(first - timedelta(days=1), first + timedelta(days=YEAR_DAYS + LONGEST_BLOCK))


def standards_by_type() -> dict[str, HoursStandard]:
    """Return all standards by the code of their type. One query."""
    return {each.venue_type.code: each for each in HoursStandard.objects.select_related("venue_type")}


def standard_of(lineage: str, standards: Mapping[str, HoursStandard]) -> HoursStandard | None:
    """Return the standard of a type by its lineage (``/libraries/public-library/``), or of the nearest above it."""
    codes = reversed(lineage.strip("/").split("/"))
    return next((standards[code] for code in codes if code in standards), None)


def lineage_of(venue: VenuePage) -> str:
    """Return the lineage of the venue's type; empty without one."""
    return venue.venue_type.lineage if venue.venue_type else ""


def asked_by(standard: HoursStandard | None) -> Standard:
    """Return a standard as the engine reads it; none asks nothing."""
    if standard is None:
        return Standard()
    return Standard(
        weekly_minutes=standard.weekly_minutes,
        weekend_extra_minutes=standard.weekend_extra_minutes,
        open_days_per_year=standard.open_days_per_year,
        day_off_minutes=standard.day_off_minutes,
        needs_weekend=standard.needs_weekend,
        needs_holiday_decision=standard.needs_holiday_decision,
        needs_open_holidays=standard.needs_open_holidays,
        needs_free_day_for_pupils=standard.needs_free_day_for_pupils,
    )


def charges_of(venue: VenuePage | None, *, admission: str, today: date) -> Charges:
    """Return what entry costs by ``admission``, and for whom the venue's offers make it free today."""
    offers = venue.offers.all() if venue is not None else ()
    free = [
        offer
        for offer in offers
        if not offer.price
        and (offer.valid_from is None or offer.valid_from <= today)
        and (offer.valid_to is None or offer.valid_to >= today)
    ]
    groups = {row.audience.code for offer in free for row in offer.audiences.all()}
    # An offer without a group is for everyone.
    is_for_all = any(not offer.audiences.all() for offer in free)
    return Charges(admission in CHARGES, PUPILS, PUPILS if is_for_all else frozenset(groups))


def review(
    value: hours.VenueHours,
    standard: HoursStandard | None,
    calendar: CityCalendar,
    *,
    charges: Charges,
    decided: Iterable[tuple[str, int]],
    today: date,
) -> Review:
    """Return the sums and findings of hours; without a standard only that they are missing is found. No query."""
    total = sums(value, calendar, today)
    found = findings(value, asked_by(standard), calendar, today, sums=total, charges=charges, decided=decided)
    if standard is None:
        found = [each for each in found if each.code == "hours_missing"]
    return Review(total, tuple(found), standard)


def decided_holidays(venues: Sequence[int]) -> dict[int, set[tuple[str, int]]]:
    """Return the holidays (code, year) for which a venue has decided to open as usual, by venue. One query.

    A decision to close or to open at other hours counts when its notice is public, and the notice names the days.
    """
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    rows = HolidayDecision.objects.filter(venue__in=venues, choice=HolidayChoice.AS_USUAL)
    for venue, code, year in rows.values_list("venue_id", "holiday", "year"):
        found[venue].add((code, year))
    return found


# ---------------------------------------------------------------------------------------------------
# Kept for lists


def check_all() -> int:
    """Check all public venues, some hundred at a time; return how many. About twenty queries for each hundred."""
    public = VenuePage.objects.filter(locale=Locale.get_default(), live=True)
    HoursCheck.objects.exclude(venue__in=public).delete()
    calendar, count = year_ahead(clock.today()), 0
    for chunk in _chunks(public.order_by("pk").select_related("venue_type").defer_streamfields()):
        check_venues(chunk, calendar)
        count += len(chunk)
    return count


def check_venues(venues: Sequence[VenuePage], calendar: CityCalendar | None = None) -> None:
    """Write down how the public hours of these venues (source-language pages) stand. About twenty queries."""
    public = [venue for venue in venues if venue.live]
    HoursCheck.objects.filter(venue__in=[venue.pk for venue in venues if not venue.live]).delete()
    if not public:
        return
    today = clock.today()
    calendar = calendar or year_ahead(today)
    prefetch_related_objects(public, "offers__audiences__audience", "venue_type")
    value, standards = published_hours_of(public), standards_by_type()
    decided = decided_holidays([venue.pk for venue in public])
    rows = []
    for venue in public:
        found = review(
            value[venue.pk],
            None if venue.has_ended else standard_of(lineage_of(venue), standards),
            calendar,
            charges=charges_of(venue, admission=venue.admission, today=today),
            decided=decided[venue.pk],
            today=today,
        )
        rows.append(_row(venue, found, today))
    with transaction.atomic():
        HoursCheck.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["venue"], update_fields=CHECK_COLUMNS
        )


def _row(venue: VenuePage, found: Review, today: date) -> HoursCheck:
    total = found.sums
    kept = () if venue.has_ended else found.findings
    return HoursCheck(
        venue=venue,
        codes=barred(each.code for each in kept),
        findings=[each.to_dict() for each in kept],
        weekly_minutes=total.week if total else None,
        staggered_minutes=total.staggered if total else None,
        extended_minutes=total.extended if total else None,
        target_minutes=found.standard.weekly_minutes if found.standard else None,
        checked_on=today,
    )


def findings_of(check: HoursCheck) -> list[Finding]:
    """Return the findings that a check has kept."""
    return [Finding.from_dict(each) for each in check.findings]


def _chunks(rows: Any) -> Iterator[list[VenuePage]]:
    iterator = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
