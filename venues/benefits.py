"""Who pays what: for each group of people the offers of all venues, what to bring, and the rule that grants it.

《博物馆条例》 Art. 33 and 《公共文化体育设施条例》 Art. 21 ask for lower prices for some groups.
What is offered to a wider group holds for each of its parts; what only a part gets is shown with whom it is for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from openness.core import clock
from openness.core.facets import Links, page_steps, page_within
from openness.core.gate import visible
from openness.departments.models import AudienceGroup
from openness.departments.selectors import term_names
from policies.anchors import anchor_of
from policies.enums import Validity
from policies.models import PolicyBenefit, PolicyPage
from venues import selectors
from venues.enums import ENDED, Admission, Life
from venues.models import Offer, OfferAudience, ServiceItem, VenueEntry, VenueIndexPage
from venues.presentation.reader import Reader, page_url, readers_for
from venues.presentation.venue import price_label
from venues.wording import names_text, phrase, speak, term

EXIT = "benefits"
PER_PAGE = 50
# Services and rules beyond these are found on the pages of the venues and documents themselves.
MOST_SERVICES, MOST_RULES, MOST_FREE = 50, 50, 12
# A document in one of these states still grants what it says.
GRANTING = (Validity.IN_FORCE, Validity.AMENDED, Validity.PARTLY_REPEALED, Validity.AWAITING_CLEARANCE)


@dataclass(frozen=True, slots=True)
class Place:
    """The venue behind an offer or a service, in the reader's language."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """What one venue asks of the group."""

    venue: Place
    name: str
    price_label: str
    normal_price_label: str
    audience_label: str
    condition: str
    proof: str


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """What one venue does for the group."""

    venue: Place
    name: str
    audience_label: str
    price_label: str
    booking_label: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What a document grants the group; ``url`` leads to the provision where the document has its anchor."""

    grants: str
    proof: str
    audience_label: str
    document: str
    number: str
    place: str
    url: str


@dataclass(frozen=True)
class Group:
    """A group of people with the codes of all groups it is part of, and of all that are part of it."""

    code: str
    name: str
    codes: frozenset[str]
    depth: int


def groups_in(language: str) -> dict[str, Group]:
    """Return all groups by code, parts behind their whole. One query, and one for the names that are not cached."""
    names = term_names(AudienceGroup, language=language)
    terms = AudienceGroup.objects.filter(locale=Locale.get_default()).order_by("sort_order", "code")
    lines = {code: lineage.strip("/").split("/") for code, lineage in terms.values_list("code", "lineage")}
    places = {code: number for number, code in enumerate(lines)}
    ordered = sorted(lines, key=lambda code: [places.get(each, len(places)) for each in lines[code]])
    return {
        code: Group(
            code,
            names.get(code, code),
            frozenset(lines[code]) | {other for other, line in lines.items() if code in line},
            depth=len(lines[code]) - 1,
        )
        for code in ordered
    }


def benefits_context(page: VenueIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the groups that have something, with how much. Seven queries, whatever the number of venues."""
    locale = page.locale
    groups = groups_in(locale.language_code)
    numbers = [
        _count(_offers(locale), "audiences__audience__code", groups),
        _count(_services(locale), "audience__code", groups),
        _count(_rules(), "audience__code", groups),
    ]
    found: list[dict[str, Any]] = []
    for group in groups.values():
        counts = [each[group.code] for each in numbers]
        if any(counts):
            line = {**_link(page, request, group), "summary": _sum(*counts), "parts": []}
            # A whole has what its parts have, so that it always stands before them.
            (found[-1]["parts"] if group.depth else found).append(line)
    return {
        "title": _("Who pays less or nothing"),
        # Found by itself, not as the finder; so are the pages of the groups.
        "canonical_url": page.full_exit_url(EXIT, request),
        "groups": found,
        **_free(page, locale, request),
    }


def _sum(offers: int, services: int, rules: int) -> str:
    texts = [
        ngettext("%(number)s offer", "%(number)s offers", offers) % {"number": offers} if offers else "",
        ngettext("%(number)s service", "%(number)s services", services) % {"number": services}
        if services
        else "",
        ngettext("%(number)s rule", "%(number)s rules", rules) % {"number": rules} if rules else "",
    ]
    return " · ".join(filter(None, texts))


def group_context(page: VenueIndexPage, request: HttpRequest, code: str) -> dict[str, Any]:
    """Return all that a group gets, the offers page by page. About twenty queries, whatever the number of venues.

    Raises Http404 for a group that there is not.
    """
    locale = page.locale
    groups = groups_in(locale.language_code)
    if code not in groups:
        raise Http404
    group = groups[code]
    meant = OfferAudience.objects.filter(audience__code__in=group.codes).values("offer")
    ordered = _offers(locale).filter(pk__in=meant).order_by("price", "page__title", "sort_order", "pk")
    shown = Paginator(ordered.prefetch_related("audiences__audience"), PER_PAGE)
    number = page_within(request.GET, shown.count, per_page=PER_PAGE)
    services = (
        _services(locale).filter(audience__code__in=group.codes).order_by("page__title", "sort_order", "pk")
    )
    is_first = number == 1
    rows: list[Offer] = list(shown.get_page(number).object_list)
    items: list[ServiceItem] = (
        list(services.select_related("audience")[: MOST_SERVICES + 1]) if is_first else []
    )
    venues = _Venues(
        {row.page_id for row in rows} | {item.page_id for item in items}, locale=locale, request=request
    )
    links = Links(_address(page, request, code), request.GET)
    finder = page.get_url(request) or ""
    return {
        "title": _("What %(group)s pay") % {"group": group.name},
        "canonical_url": f"{page.full_exit_url(EXIT, request)}{code}/",
        "group": group,
        "wider": [_link(page, request, each) for each in groups.values() if _is_part(group, each)],
        "parts": [_link(page, request, each) for each in groups.values() if _is_part(each, group)],
        "offers": [_offer_line(row, venues, groups) for row in rows],
        "total": shown.count,
        "services": [_service_line(row, venues, groups) for row in items[:MOST_SERVICES]],
        "is_cut": len(items) > MOST_SERVICES,
        "rules": _rule_lines(group, groups, locale=locale, request=request) if is_first else [],
        "venues_url": f"{finder}?audience={code}",
        "overview_url": page.exit_url(EXIT, request),
        **(_free(page, locale, request) if is_first else {}),
        **page_steps(shown.count, number, links, per_page=PER_PAGE),
    }


# ---------------------------------------------------------------------------------------------------
# What there is


def _entries(locale: Locale) -> QuerySet[VenueEntry]:
    """Return the public venues one can go to, in one language."""
    return selectors.public_entries(locale=locale).exclude(life__in=[*ENDED, Life.PLANNED])


def _offers(locale: Locale) -> QuerySet[Offer]:
    """Return the offers of public venues that are not over."""
    is_current = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    return Offer.objects.filter(is_current, page__in=_entries(locale).order_by().values("venue"))


def _services(locale: Locale) -> QuerySet[ServiceItem]:
    return ServiceItem.objects.filter(page__in=_entries(locale).order_by().values("venue"))


def _rules() -> QuerySet[PolicyBenefit]:
    """Return what public documents that still hold grant."""
    public = visible(PolicyPage.objects.order_by(), Locale.get_default())
    return PolicyBenefit.objects.filter(page__in=public.values("pk"), page__entry__validity__in=GRANTING)


def _count(rows: QuerySet[Any], lookup: str, groups: Mapping[str, Group]) -> dict[str, int]:
    """Count the rows for each group, each row once. One query."""
    counts = {
        f"group_{number}": Count("pk", filter=Q(**{f"{lookup}__in": group.codes}), distinct=True)
        for number, group in enumerate(groups.values())
    }
    return dict(zip(groups, rows.order_by().aggregate(**counts).values(), strict=True)) if counts else {}


def _free(page: VenueIndexPage, locale: Locale, request: HttpRequest) -> dict[str, Any]:
    """Return the first venues that are free for everyone, how many there are, and where all of them are listed."""
    entries = _entries(locale).filter(admission=Admission.FREE).order_by("title", "pk")
    first = list(entries[:MOST_FREE])
    return {
        "free": [{"name": each.title, "url": _venue_url(each, request)} for each in first],
        "free_total": entries.count() if len(first) == MOST_FREE else len(first),
        "free_url": f"{page.get_url(request) or ''}?admission={Admission.FREE}",
    }


# ---------------------------------------------------------------------------------------------------
# Lines


class _Venues:
    """The venues of some rows: their names, addresses and words. Four queries at most."""

    def __init__(self, venue_ids: Iterable[int], *, locale: Locale, request: HttpRequest) -> None:
        entries = list(VenueEntry.objects.filter(locale=locale, venue__in=set(venue_ids)))
        readers = readers_for(entries, [], locale=locale, request=request)
        self._of = {
            entry.venue_id: (Place(entry.title, _venue_url(entry, request)), readers[entry.page_id])
            for entry in entries
        }

    def of(self, row: Offer | ServiceItem) -> tuple[Place, Reader]:
        """Return the venue of a row, and who reads its words."""
        return self._of[row.page_id]


def _offer_line(offer: Offer, venues: _Venues, groups: Mapping[str, Group]) -> OfferLine:
    venue, reader = venues.of(offer)
    unit, normal = reader.words(offer.unit), offer.normal_price
    period = ""
    if offer.valid_from or offer.valid_to:
        period = speak(reader.language).period(offer.valid_from or clock.today(), offer.valid_to)
    notes = [text for text in (reader.words(offer.condition), period) if text]
    names = [_name(row.audience, groups) for row in offer.audiences.all()]
    return OfferLine(
        venue=venue,
        name=reader.words(offer.name),
        price_label=price_label(offer.price, unit, reader.language),
        normal_price_label=price_label(normal, unit, reader.language) if normal is not None else "",
        audience_label=names_text(names, reader.language) or term("audience.everyone", reader.language),
        condition=phrase("clause", reader.language, first=notes[0], second=notes[1])
        if len(notes) > 1
        else "".join(notes),
        proof=reader.words(offer.proof_required),
    )


def _service_line(item: ServiceItem, venues: _Venues, groups: Mapping[str, Group]) -> ServiceLine:
    venue, reader = venues.of(item)
    return ServiceLine(
        venue=venue,
        name=reader.words(item.name),
        audience_label=_name(item.audience, groups) if item.audience else "",
        price_label=reader.words(item.price_note),
        booking_label=reader.words(item.booking_note),
    )


def _rule_lines(
    group: Group, groups: Mapping[str, Group], *, locale: Locale, request: HttpRequest
) -> list[RuleLine]:
    """Return what documents grant the group, with the document in the reader's language where it is public in it."""
    rules = _rules().filter(audience__code__in=group.codes).select_related("audience", "page")
    rows = list(rules.order_by("-page__written_on", "page_id", "sort_order")[:MOST_RULES])
    keys = {row.page.translation_key for row in rows}
    pages = visible(PolicyPage.objects.filter(translation_key__in=keys), locale).select_related("locale")
    shown = {page.translation_key: page for page in pages} if rows else {}
    return [_rule_line(row, shown.get(row.page.translation_key, row.page), groups, request) for row in rows]


def _rule_line(
    row: PolicyBenefit, page: PolicyPage, groups: Mapping[str, Group], request: HttpRequest
) -> RuleLine:
    anchor = anchor_of(page.body, row.anchor) if row.anchor else ""
    address = page.get_url(request) or ""
    return RuleLine(
        grants=row.grants,
        proof=row.proof_required,
        audience_label=_name(row.audience, groups),
        document=page.title,
        number=page.number,
        place=row.anchor,
        url=f"{address}#{anchor}" if anchor else address,
    )


# ---------------------------------------------------------------------------------------------------
# Names and addresses


def _is_part(part: Group, whole: Group) -> bool:
    return part.code != whole.code and part.code in whole.codes and part.depth > whole.depth


def _name(audience: AudienceGroup, groups: Mapping[str, Group]) -> str:
    return groups[audience.code].name if audience.code in groups else audience.name


def _address(page: VenueIndexPage, request: HttpRequest, code: str) -> str:
    return f"{page.exit_url(EXIT, request)}{code}/"


def _link(page: VenueIndexPage, request: HttpRequest, group: Group) -> dict[str, str]:
    return {"name": group.name, "url": _address(page, request, group.code)}


def _venue_url(entry: VenueEntry, request: HttpRequest) -> str:
    return page_url("venues", entry.locale_id, entry.slug, request)
