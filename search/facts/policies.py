"""Documents, and what explains, clears and reports on them."""

from openness.core.plain_text import text_of
from policies.models import (
    Measure,
    PolicyAttachment,
    PolicyBenefit,
    PolicyEntry,
    PolicyIssuer,
    PolicyPage,
    PolicyTopic,
    ReportAttachment,
)
from search.facts.saying import Saying, Titles, by_page, sources


def read_policies(sayings: list[Saying]) -> None:
    """A document: found by its number in any form, by who issued it and by its files. Six queries."""
    keys = sources(sayings)
    entries = PolicyEntry.objects.filter(policy__in=keys).in_bulk(field_name="policy_id")
    issuers: dict[int, list[str]] = {}
    for row in (
        PolicyIssuer.objects.filter(page__in=keys).select_related("department").order_by("sort_order", "pk")
    ):
        issuers.setdefault(row.page_id, []).append(row.display_name)
    topics = by_page(
        PolicyTopic.objects.filter(page__in=keys)
        .order_by("sort_order", "pk")
        .values_list("page", "topic__code")
    )
    files = PolicyAttachment.objects.filter(page__in=keys).order_by("sort_order", "pk")
    attached = [*files.values_list("page", "document", "title")]
    # In the words of each page's own language: benefits are those of the source page.
    measures = Measure.objects.filter(page__in=[each.page.pk for each in sayings]).order_by(
        "sort_order", "pk"
    )
    promised = by_page(
        (page, f"{title} {text}".strip())
        for page, title, text in measures.values_list("page", "title", "text")
    )
    benefits = PolicyBenefit.objects.filter(page__in=[each.page.pk for each in sayings]).order_by(
        "sort_order"
    )
    granted = by_page(benefits.values_list("page", "grants"))
    for each in sayings:
        policy, entry = each.source, entries.get(each.source.pk)
        each.number = policy.number
        each.validity = entry.validity if entry else ""
        each.dated = policy.written_on or policy.effective_on or each.dated
        each.year = each.dated.year if each.dated else None
        each.topic_code = next(iter(topics[policy.pk]), "")
        each.names += [*issuers.get(policy.pk, []), policy.index_number]
        each.words += [*promised[each.page.pk], *granted[each.page.pk]]
        if policy.signed_original_id:
            each.documents.append((policy.signed_original_id, ""))
        each.documents += [(document, title) for page, document, title in attached if page == policy.pk]


def read_interpretations(sayings: list[Saying]) -> None:
    """An interpretation: found by the title of what it explains. Two queries."""
    titles = Titles(PolicyPage, (each.source.policy_id for each in sayings))
    for each in sayings:
        each.names += titles([each.source.policy_id], each.language)


def read_clearances(sayings: list[Saying]) -> None:
    """A clearance: known by the day from which its decisions hold. No query."""
    for each in sayings:
        each.dated, each.year = each.source.holds_from, each.source.holds_from.year


def read_reports(sayings: list[Saying]) -> None:
    """An annual report: known by the year it is on, and found by its files. One query."""
    rows = ReportAttachment.objects.filter(page__in=sources(sayings)).order_by("sort_order", "pk")
    attached = [*rows.values_list("page", "document")]
    for each in sayings:
        each.year = each.source.year
        each.documents += [(document, "") for page, document in attached if page == each.source.pk]


def read_guides(sayings: list[Saying]) -> None:
    """The guide to information on request: it has no date. No query."""
    for each in sayings:
        each.dated = each.year = None
        each.names.append(text_of(each.page.office))
