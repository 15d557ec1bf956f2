"""The library: an address in, everything its page shows out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openness.core.dates import date_label
from openness.core.facets import (
    Facet,
    Links,
    active_filters,
    facets_of,
    messages_of,
    order_links,
    page_steps,
    page_within,
)
from openness.core.gate import visible
from openness.core.listing import listing_date_label
from openness.departments.models import Region, Topic
from openness.departments.selectors import department_names, term_names
from policies.enums import CatalogueCategory, DocumentKind, Validity
from policies.models import DisclosureGuidePage
from policies.questions import (
    FACETS,
    MOST_CHARACTERS,
    NUMBER,
    PUBLISHED,
    WRITTEN,
    LibraryQuestion,
    read_question,
)
from policies.selectors import FoundDocument, documents_of, facet_counts, matching_entries, ordered
from policies.validity import ENDED

PER_PAGE = 20
LIBRARY_FACETS = tuple(name for name in FACETS if name != "category")
# A state that goes without saying: it has no badge.
ORDINARY = Validity.IN_FORCE
Names = dict[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list; ``state`` is a Validity, ``state_label`` empty for what is simply in force."""

    title: str
    url: str
    number: str
    kind: str
    issuers: tuple[str, ...]
    written_on: str
    published_on: str
    summary: str
    state: str
    state_label: str
    has_ended: bool


def library_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of the library for the question in the request.

    A fixed number of queries: four for the answer, four for the filters, and the cached names.
    """
    question, form = read_question(request.GET)
    locale, address = page.locale, page.get_url(request) or ""
    links = Links(address, request.GET)
    names = names_in(locale.language_code)
    is_valid = form.is_valid()
    entries = matching_entries(question, locale=locale)
    total = entries.count() if is_valid else 0
    number = page_within(request.GET, total, per_page=PER_PAGE)
    shown = ordered(entries, question.order)[(number - 1) * PER_PAGE : number * PER_PAGE] if total else []
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "question": question,
        "is_valid": is_valid,
        "errors": messages_of(form),
        "library_url": address,
        "sentence": question_label(question, names),
        "result_label": result_label(total) if is_valid else "",
        "facets": library_facets(question, links, names, page, LIBRARY_FACETS) if is_valid else [],
        "active_filters": active_filters(chosen_words(question, names), links),
        "clear_url": address,
        "longest_words": MOST_CHARACTERS,
        "keep": [
            {"name": name, "value": value}
            for name, value in request.GET.items()
            if value and name in {*FACETS, "order"}
        ],
        "orders": order_links(_order_labels(), question.order, links),
        "rows": [document_row(found, request) for found in documents_of(shown, locale=locale)],
        **page_steps(total, number, links, per_page=PER_PAGE),
        **sections(page, request, query.urlencode() if is_valid else ""),
        "guide": guide_link(page, request),
    }


def sections(page: Any, request: HttpRequest, query: str = "") -> dict[str, str]:
    """Return the addresses of the library's own lists, for the same question where they take one."""

    def address(name: str, asked: str = query) -> str:
        url = page.exit_url(name, request)
        return f"{url}?{asked}" if asked else url

    return {
        "catalogue_url": address("catalogue"),
        "catalogue_csv_url": address("catalogue.csv"),
        "feed_url": address("feed.atom"),
        "reports_url": address("reports", ""),
    }


def guide_link(page: Any, request: HttpRequest) -> dict[str, str] | None:
    """Return the guide to information on request below the library, if the public may see it. One query."""
    guides = DisclosureGuidePage.objects.filter(path__startswith=page.path)
    guide = visible(guides, page.locale).first()
    return {"title": guide.title, "url": guide.get_url(request) or ""} if guide else None


def names_in(language: str) -> Names:
    """Return the words of each filter by value, in the order in which its values are shown; those of issuers first."""
    return {
        "issuer": department_names(),
        "year": {},
        "topic": term_names(Topic, language=language),
        "kind": {value: str(label) for value, label in DocumentKind.choices},
        "validity": {value: str(label) for value, label in Validity.choices},
        "region": term_names(Region, language=language),
        "category": {value: str(label) for value, label in CatalogueCategory.choices},
    }


def chosen_words(question: LibraryQuestion, names: Names) -> list[tuple[str, str]]:
    """Return what was chosen, each filter with the words of its value; what was typed stands last, in quotes."""
    chosen = [(name, value) for name in FACETS if (value := getattr(question, name))]
    typed = [("q", f"“{question.q}”")] if question.q else []
    return [*((name, names[name].get(value, value)) for name, value in chosen), *typed]


def question_label(question: LibraryQuestion, names: Names) -> str:
    """Return the question in words; empty where everything is asked for."""
    return " · ".join(words for __, words in chosen_words(question, names))


def result_label(total: int) -> str:
    """Return how many documents there are."""
    return ngettext("%(number)s document", "%(number)s documents", total) % {"number": total}


def library_facets(
    question: LibraryQuestion, links: Links, names: Names, page: Any, facets: tuple[str, ...]
) -> list[Facet]:
    """Return the filters with what each value leaves."""
    labels = {
        "category": _("Category"),
        "issuer": _("Issued by"),
        "year": _("Year"),
        "topic": _("Topic"),
        "kind": _("Kind of document"),
        "validity": _("Validity"),
        "region": _("Region"),
    }
    shown = {name: label for name, label in labels.items() if name in facets}
    chosen = {name: getattr(question, name) for name in shown}
    counts = facet_counts(question, locale=page.locale, names=facets)
    values = {name: _values(name, counts[name], names[name], chosen[name]) for name in shown}
    return facets_of(shown, chosen, counts, values, links)


def _values(name: str, counts: Counter[str], names: Mapping[str, str], chosen: str) -> Mapping[str, str]:
    """Return the words of a filter's values in their order: years from the latest, issuers from the most frequent."""
    found = {*counts, *([chosen] if chosen else [])}
    if name == "year":
        return {year: year for year in sorted(found, reverse=True)}
    if name == "issuer":
        issuers = sorted(found, key=lambda issuer: (-counts[issuer], names.get(issuer, issuer)))
        return {issuer: names.get(issuer, issuer) for issuer in issuers}
    return names


def _order_labels() -> dict[str, str]:
    return {PUBLISHED: _("Time of publication"), WRITTEN: _("Written"), NUMBER: _("Document number")}


def document_row(found: FoundDocument, request: HttpRequest) -> DocumentRow:
    """Return a document as the list shows it."""
    entry, page = found.entry, found.page
    state = Validity(entry.validity)
    language = page.locale.language_code
    return DocumentRow(
        title=page.title,
        url=page.get_url(request) or "",
        number=page.number,
        kind=str(DocumentKind(page.document_kind).label),
        issuers=found.issuers,
        written_on=date_label(page.written_on, language) if page.written_on else "",
        published_on=listing_date_label(page.first_public_at),
        summary=page.summary,
        state=state,
        state_label="" if state == ORDINARY else str(state.label),
        has_ended=state in ENDED,
    )
