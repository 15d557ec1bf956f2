"""A document as its page shows it: what holds of it today, its facts, its parts, and what stands beside it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from openness.core.beside import beside
from openness.core.dates import date_label, minute_label
from openness.departments.models import AudienceGroup, Topic
from openness.departments.selectors import term_names
from openness.media.models import Document
from policies.anchors import Placed, anchor_of, placed
from policies.enums import CatalogueCategory, Disclosure, DocumentKind
from policies.interpretations import interpretations_of, why_there_is_none
from policies.measures import measures_of, summary_of
from policies.numbering import number_label
from policies.presentation.banner import banner_of
from policies.relations import StandingShown, relations_of, standing_shown

if TYPE_CHECKING:
    from policies.models import PolicyPage

# A table of contents of fewer entries is longer than the way to the text.
SHORTEST_CONTENTS = 3
OPENING_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the block of facts; several values stand one under the other."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents; ``depth`` is 1 for the outermost parts."""

    anchor: str
    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class FileView:
    """A file to download, with its type (PDF) and size (1.2 MB)."""

    title: str
    url: str
    type_label: str
    size_label: str


@dataclass(frozen=True, slots=True)
class BenefitView:
    """What the document grants one group of people; ``anchor`` of the part that says so, where it is found."""

    audience: str
    grants: str
    proof: str
    where: str
    anchor: str


def policy_context(page: "PolicyPage", request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a document. A fixed number of queries, whatever it has to do with."""
    locale, language = page.locale, page.locale.language_code
    source = page.source_page
    standing = standing_shown(page, locale=locale, request=request)
    interpretations = interpretations_of(page, locale=locale, request=request)
    measures = measures_of(page, locale=locale, request=request)
    issuers = page.issuer_names
    attachments = [
        file_view(row.document, row.title) for row in source.attachments.select_related("document")
    ]
    return {
        "issuers": issuers,
        "banner": banner_of(page, standing, language),
        "facts": _facts(page, source, issuers, standing, language),
        "contents": contents_of(placed(page.body)),
        "signed_original": file_view(page.signed_original) if page.signed_original else None,
        "attachments": attachments,
        "relations": relations_of(page, locale=locale, request=request),
        "interpretations": interpretations,
        "no_interpretation_reason": why_there_is_none(page, interpretations),
        "measures_count": len(measures),
        "measures_summary": summary_of(measures),
        "measures_url": page.exit_url("measures", request) if measures else "",
        "benefits": _benefits(page, source, language),
        "beside": beside(page, request),
        "written_label": date_label(page.written_on, "zh-hans") if page.written_on else "",
        "page_url": request.build_absolute_uri(page.get_url(request) or ""),
    }


def _facts(
    page: "PolicyPage", source: "PolicyPage", issuers: list[str], standing: StandingShown, language: str
) -> list[Fact]:
    """Return all that identifies a document, in the order of the catalogue; what is not known is left out."""
    topics = term_names(Topic, language=language)
    codes = source.topics.values_list("topic__code", flat=True)

    def day(value: Any) -> str:
        return date_label(value, language) if value else ""

    rows: list[tuple[str, list[str]]] = [
        (_("Issued by"), issuers),
        (_("Document number"), [page.number or _("none found")]),
        (_("Index number"), [source.index_number]),
        (_("Category"), [str(CatalogueCategory(page.catalogue_category).label)]),
        (_("Topic"), [topics.get(code, code) for code in codes]),
        (_("Kind of document"), [str(DocumentKind(page.document_kind).label)]),
        (_("Written on"), [day(page.written_on)]),
        (_("Published on"), [minute_label(page.first_public_at)]),
        (_("In effect from"), [day(page.effective_on)]),
        (_("Valid until"), [day(page.valid_until)]),
        (_("Validity"), [str(standing.state.label)]),
        (_("Interpreting authority"), [page.interpreted_by]),
        (_("Addressed to"), [page.addressees]),
        (_("Disclosure"), [str(Disclosure(page.disclosure).label)]),
        (_("Remark"), [page.remark]),
    ]
    return [Fact(label, values) for label, given in rows if (values := tuple(filter(None, given)))]


def contents_of(places: list[Placed]) -> list[ContentsEntry]:
    """Return the table of contents: the headings, or where there are hardly any the numbered provisions."""
    found = [
        ContentsEntry(
            place.anchor,
            _line(place.block.value.number_label, place.block.value["title"]),
            place.heading - 1,
        )
        for place in places
        if place.heading and place.anchor
    ]
    if len(found) < SHORTEST_CONTENTS:
        found = [
            ContentsEntry(place.anchor, _opening(place.block.value), 1)
            for place in places
            if place.anchor and not place.heading
        ]
    return found if len(found) >= SHORTEST_CONTENTS else []


def _line(number: str, title: str) -> str:
    # 一、 and （一） end in their own mark; 第一章 and the numbers of other languages want a space.
    space = "" if number.endswith(("、", "）", "．")) else " "
    return f"{number}{space}{title}".strip()


def _opening(clause: Any) -> str:
    text = " ".join(strip_tags(str(clause["text"])).split())
    return _line(number_label(clause["number"]), Truncator(text).chars(OPENING_CHARACTERS))


def file_view(document: Document, title: str = "") -> FileView:
    """Return a file as pages offer it."""
    return FileView(
        title=title or document.title,
        url=document.url,
        type_label=document.file_extension.upper(),
        size_label=filesizeformat(document.file_size) if document.file_size else "",
    )


def _benefits(page: "PolicyPage", source: "PolicyPage", language: str) -> list[BenefitView]:
    names = term_names(AudienceGroup, language=language)
    return [
        BenefitView(
            audience=names.get(row.audience.code, row.audience.name),
            grants=row.grants,
            proof=row.proof_required,
            where=row.anchor,
            anchor=anchor_of(page.body, row.anchor) if row.anchor else "",
        )
        for row in source.benefits.select_related("audience")
    ]
