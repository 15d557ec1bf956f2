"""The catalogue of government information (政府信息公开目录): documents by category, with the fields people cite."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from openness.core.dates import minute_label
from openness.core.facets import Links, active_filters, messages_of, page_steps, page_within
from openness.core.listing import listing_date_label
from openness.departments.models import Topic
from openness.departments.selectors import term_names
from policies.enums import CatalogueCategory, Disclosure, DocumentKind, Validity
from policies.presentation.library import (
    chosen_words,
    library_facets,
    names_in,
    question_label,
    result_label,
    sections,
)
from policies.questions import FACETS, read_question
from policies.selectors import FoundDocument, documents_of, in_catalogue_order, matching_entries

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class CatalogueLabels:
    """Words for the values of a row, by value, in one language."""

    categories: Mapping[str, str]
    kinds: Mapping[str, str]
    states: Mapping[str, str]
    disclosures: Mapping[str, str]
    topics: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A document in the catalogue; days are ISO dates, ``published_at`` has its minute; unknown ones are empty."""

    index_number: str
    category: str
    title: str
    url: str
    issuers: tuple[str, ...]
    number: str
    kind: str
    written_on: str
    published_at: str
    effective_on: str
    valid_until: str
    validity: str
    is_in_force: bool


def catalogue_labels(language: str) -> CatalogueLabels:
    """Return the words for one language."""
    with translation.override(language):
        categories, kinds, states, disclosures = (
            {value: str(label) for value, label in choices.choices}
            for choices in (CatalogueCategory, DocumentKind, Validity, Disclosure)
        )
    return CatalogueLabels(categories, kinds, states, disclosures, term_names(Topic, language=language))


def catalogue_row(found: FoundDocument, labels: CatalogueLabels, request: HttpRequest) -> CatalogueRow:
    """Return one document; its facts are those of the source page, its title and address the reader's."""
    facts, validity = found.entry.policy, found.entry.validity
    return CatalogueRow(
        index_number=facts.index_number,
        category=labels.categories.get(facts.catalogue_category, ""),
        title=found.page.title,
        url=found.page.get_url(request) or "",
        issuers=found.issuers,
        number=facts.number,
        kind=labels.kinds.get(facts.document_kind, ""),
        written_on=listing_date_label(facts.written_on),
        published_at=minute_label(facts.first_public_at),
        effective_on=listing_date_label(facts.effective_on),
        valid_until=listing_date_label(facts.valid_until),
        validity=labels.states.get(validity, ""),
        is_in_force=validity == Validity.IN_FORCE,
    )


def catalogue_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of the catalogue for the question in the request; fifty documents at a time."""
    question, form = read_question(request.GET)
    locale, address = page.locale, page.exit_url("catalogue", request)
    links = Links(address, request.GET)
    names = names_in(locale.language_code)
    is_valid = form.is_valid()
    entries = in_catalogue_order(matching_entries(question, locale=locale)).select_related("policy")
    total = entries.count() if is_valid else 0
    number = page_within(request.GET, total, per_page=PER_PAGE)
    shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE] if total else []
    labels = catalogue_labels(locale.language_code)
    rows = [catalogue_row(found, labels, request) for found in documents_of(shown, locale=locale)]
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "title": _("Catalogue of government information"),
        # Found by itself, not as the library.
        "canonical_url": page.full_exit_url("catalogue", request),
        "question": question,
        "is_valid": is_valid,
        "errors": messages_of(form),
        "sentence": question_label(question, names),
        "result_label": result_label(total) if is_valid else "",
        "facets": library_facets(question, links, names, page, FACETS) if is_valid else [],
        "active_filters": active_filters(chosen_words(question, names), links),
        "clear_url": address,
        "groups": [
            {"category": category, "rows": list(group)}
            for category, group in groupby(rows, key=lambda row: row.category)
        ],
        "library_url": page.get_url(request),
        **page_steps(total, number, links, per_page=PER_PAGE),
        **sections(page, request, query.urlencode() if is_valid else ""),
    }
