"""The catalogue of government information as a table for spreadsheets."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from openness.core.csv_stream import csv_response, kept
from openness.core.facets import refused
from policies.models import PolicyEntry
from policies.presentation.catalogue import catalogue_labels, catalogue_row
from policies.questions import read_question
from policies.selectors import documents_of, in_catalogue_order, matching_entries, topic_codes_of

AT_A_TIME = 500


def catalogue_csv(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the documents that pass the filters in the address, in the catalogue's order; 400 says what is wrong.

    Five hundred are read at a time, so that the memory it takes does not grow with the catalogue.
    """
    question, form = read_question(request.GET)
    if not form.is_valid():
        return refused(form)
    locale = page.locale
    keys = list(in_catalogue_order(matching_entries(question, locale=locale)).values_list("pk", flat=True))
    # What the rows say is in the language of the page: the stream runs when that is no longer the active one.
    labels = catalogue_labels(locale.language_code)
    columns = [
        _("Index number"),
        _("Category"),
        _("Title"),
        _("Issued by"),
        _("Document number"),
        _("Kind of document"),
        _("Topics"),
        _("Written on"),
        _("Published on"),
        _("In effect from"),
        _("Valid until"),
        _("Validity"),
        _("Disclosure"),
        _("Address"),
    ]

    def rows() -> Iterator[list[str]]:
        for start in range(0, len(keys), AT_A_TIME):
            chunk = PolicyEntry.objects.filter(pk__in=keys[start : start + AT_A_TIME])
            entries = in_catalogue_order(chunk).select_related("policy")
            found = documents_of(entries, locale=locale)
            topics = topic_codes_of([each.entry.policy_id for each in found])
            for each in found:
                row = catalogue_row(each, labels, request)
                yield [
                    row.index_number,
                    row.category,
                    row.title,
                    "、".join(row.issuers),
                    row.number,
                    row.kind,
                    "、".join(labels.topics.get(code, code) for code in topics.get(each.entry.policy_id, ())),
                    row.written_on,
                    row.published_at,
                    row.effective_on,
                    row.valid_until,
                    row.validity,
                    labels.disclosures.get(each.entry.policy.disclosure, ""),
                    request.build_absolute_uri(row.url),
                ]

    return kept(csv_response("catalogue", columns, rows()))
