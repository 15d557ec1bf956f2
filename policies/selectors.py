"""Reads of the policies room: public, and of one language.

The library is asked through its flat rows (``PolicyEntry``), which are those of the source language; titles
and addresses come from the pages in the reader's. Every read has a fixed number of queries.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length, StrIndex, Substr
from wagtail.models import Locale, Page

from openness.core.gate import visible, visible_below_parents
from openness.departments.models import Department, Topic
from policies.models import AnnualReportPage, PolicyEntry, PolicyIssuer, PolicyPage, PolicyTopic
from policies.numbers import parse_number
from policies.questions import FACETS, NUMBER, WRITTEN, LibraryQuestion
from policies.validity import ENDED

# The columns of the filters that are columns; issuers and topics are rows.
COLUMNS = {
    "year": "year",
    "kind": "document_kind",
    "validity": "validity",
    "category": "policy__catalogue_category",
    "region": "region_lineage",
}
_PLAIN = ("kind", "validity", "category")


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document of the library: its row, its page in the reader's language, its issuers in order."""

    entry: PolicyEntry
    page: PolicyPage
    issuers: tuple[str, ...]


def public_policies(*, locale: Locale) -> QuerySet[PolicyPage]:
    """Return the public documents in one language, newest first; those without a date come last."""
    return visible(PolicyPage.objects.all(), locale).order_by("-first_public_at", "title")


def public_reports(*, locale: Locale) -> QuerySet[AnnualReportPage]:
    """Return the public annual reports in one language, the latest year first."""
    return visible(AnnualReportPage.objects.all(), locale).order_by("-year", "title")


def matching_entries(question: LibraryQuestion, *, locale: Locale) -> QuerySet[PolicyEntry]:
    """Return the rows of the documents that pass the filters and are public in this language."""
    entries = _public_entries(question.q, locale=locale)
    for name, column in COLUMNS.items():
        value = getattr(question, name)
        if value and name == "region":
            entries = entries.filter(region_lineage__contains=f"/{value}/")
        elif value:
            entries = entries.filter(**{column: value})
    if question.issuer:
        entries = entries.filter(policy__in=_issued_by(question.issuer).values("page"))
    if question.topic:
        below = Topic.objects.filter(lineage__contains=f"/{question.topic}/").values("pk")
        entries = entries.filter(policy__in=PolicyTopic.objects.filter(topic__in=below).values("page"))
    return entries


def _public_entries(words: str, *, locale: Locale) -> QuerySet[PolicyEntry]:
    pages = visible_below_parents(Page.objects.order_by(), locale)
    number = parse_number(words) if words else None
    if number:
        pages = pages.filter(policypage__number__in=number.spellings)
    else:
        for word in words.split():
            pages = pages.filter(Q(title__icontains=word) | Q(policypage__number__icontains=word))
    return PolicyEntry.objects.filter(translation_key__in=pages.values("translation_key"))


def _issued_by(issuer: str) -> QuerySet[PolicyIssuer]:
    """Return the rows of an issuer: a department by its code, also where documents only print its name."""
    names = Department.objects.filter(code=issuer).values("name")
    return PolicyIssuer.objects.filter(Q(department__code=issuer) | Q(name=issuer) | Q(name__in=names))


def ordered(entries: QuerySet[PolicyEntry], order: str) -> QuerySet[PolicyEntry]:
    """Order rows: the newest first, what is no longer in force after all else; or by date written, or by number.

    Numbers of one office and year stand in the order of their serial numbers: 3号 before 12号.
    """
    newest = (F("policy__first_public_at").desc(nulls_last=True), "-policy_id")
    if order == WRITTEN:
        return entries.order_by(F("policy__written_on").desc(nulls_last=True), *newest)
    if order == NUMBER:
        number = F("policy__number")
        return entries.annotate(
            has_none=Case(
                When(policy__number="", then=Value(1)), default=Value(0), output_field=IntegerField()
            ),
            series=Substr(number, 1, StrIndex(number, Value("〕"))),
        ).order_by("has_none", "series", Length(number), number, *newest)
    ended = Case(When(validity__in=ENDED, then=Value(1)), default=Value(0), output_field=IntegerField())
    return entries.order_by(ended, *newest)


def in_catalogue_order(entries: QuerySet[PolicyEntry]) -> QuerySet[PolicyEntry]:
    """Order rows as the catalogue lists them: by category, in each the latest written first."""
    return entries.order_by(
        "policy__catalogue_category", F("policy__written_on").desc(nulls_last=True), "-policy_id"
    )


def documents_of(entries: Iterable[PolicyEntry], *, locale: Locale) -> list[FoundDocument]:
    """Return the documents of some rows, in their order. Two queries; rows that have become hidden are left out."""
    entries = list(entries)
    keys = [entry.translation_key for entry in entries]
    pages: QuerySet[PolicyPage] = visible_below_parents(
        PolicyPage.objects.filter(translation_key__in=keys), locale
    )
    by_key: dict[UUID, PolicyPage] = {
        page.translation_key: page for page in pages.select_related("locale").order_by()
    }
    issuers = issuers_of(entry.policy_id for entry in entries)
    return [
        FoundDocument(entry, by_key[entry.translation_key], issuers.get(entry.policy_id, ()))
        for entry in entries
        if entry.translation_key in by_key
    ]


def issuers_of(keys: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the issuers of documents (source-language pages, by key), in their order. One query."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = PolicyIssuer.objects.filter(page__in=list(keys)).order_by("page_id", "sort_order", "pk")
    for issuer in rows.select_related("department"):
        names[issuer.page_id].append(issuer.display_name)
    return {key: tuple(of_page) for key, of_page in names.items()}


def topic_codes_of(keys: Sequence[int]) -> dict[int, list[str]]:
    """Return the codes of the topics of documents (source-language pages, by key), in their order. One query."""
    codes: dict[int, list[str]] = defaultdict(list)
    rows = PolicyTopic.objects.filter(page__in=list(keys)).order_by("page_id", "sort_order", "pk")
    for page, code in rows.values_list("page_id", "topic__code"):
        codes[page].append(code)
    return codes


def facet_counts(
    question: LibraryQuestion, *, locale: Locale, names: Sequence[str] = FACETS
) -> dict[str, Counter[str]]:
    """Count, for each filter, what each value would leave beside the other filters. Four queries, one pass.

    A document with several issuers or topics counts for each of them, and once for a topic above them.
    """
    entries = _public_entries(question.q, locale=locale).order_by()
    issuers, topics = _issuer_codes(), _topic_codes()
    chosen = {name: code for name in FACETS if (code := getattr(question, name))}
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    nothing: frozenset[str] = frozenset()
    for policy, year, *others, lineage in entries.values_list("policy", *COLUMNS.values()):
        codes: dict[str, Iterable[str]] = dict(zip(_PLAIN, ([code] for code in others), strict=True))
        codes["year"] = [str(year)] if year else nothing
        codes["region"] = _line(lineage)
        codes["issuer"] = issuers.get(policy, nothing)
        codes["topic"] = topics.get(policy, nothing)
        # A value is counted where no other filter than its own keeps the document out.
        failing = [name for name, code in chosen.items() if code not in codes[name]]
        if len(failing) > 1:
            continue
        for name in failing or names:
            if name in counts:
                counts[name].update(codes[name])
    return counts


@lru_cache(maxsize=4096)
def _line(lineage: str) -> tuple[str, ...]:
    """Return the codes of a lineage: /350500/350502/ is in both."""
    return tuple(filter(None, lineage.split("/")))


def _issuer_codes() -> dict[int, set[str]]:
    """Return the issuers of all documents with a row; a body that has the name of a department is that department."""
    departments = dict(Department.objects.values_list("name", "code"))
    rows = PolicyIssuer.objects.filter(page__entry__isnull=False).order_by()
    codes: dict[int, set[str]] = defaultdict(set)
    for page, code, name in rows.values_list("page_id", "department__code", "name"):
        codes[page].add(code or departments.get(name, name))
    return codes


def _topic_codes() -> dict[int, set[str]]:
    """Return the topics of all documents with a row, and those above them."""
    rows = PolicyTopic.objects.filter(page__entry__isnull=False).order_by()
    codes: dict[int, set[str]] = defaultdict(set)
    for page, lineage in rows.values_list("page_id", "topic__lineage"):
        codes[page].update(_line(lineage))
    return codes
