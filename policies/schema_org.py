"""A document as schema.org describes legislation (https://schema.org/Legislation): JSON-LD on its page.

Its force is that of the page's banner. Of a term that is over and awaits its clearance nothing is said:
schema.org knows neither yes nor no for it.
"""

from typing import Any

from django.http import HttpRequest

from openness.core.json_ld import CONTEXT, known, organization
from policies.enums import DocumentKind, Relation, Validity
from policies.links import public_links
from policies.models import PolicyPage
from policies.relations import standing_of

FORCE = {
    Validity.IN_FORCE: "InForce",
    Validity.AMENDED: "InForce",
    Validity.PARTLY_REPEALED: "PartiallyInForce",
    Validity.NOT_YET: "NotInForce",
    Validity.EXPIRED: "NotInForce",
    Validity.REPLACED: "NotInForce",
    Validity.REPEALED: "NotInForce",
}
# What a document does to another one, or takes from it.
RELATIONS = {
    Relation.AMENDS: "legislationAmends",
    Relation.PARTLY_REPEALS: "legislationChanges",
    Relation.REPEALS: "legislationRepeals",
    Relation.REPLACES: "legislationRepeals",
    Relation.BASED_ON: "isBasedOn",
    Relation.IMPLEMENTS: "isBasedOn",
}


def policy_data(page: PolicyPage, request: HttpRequest) -> dict[str, Any]:
    """Return the document as JSON-LD; other documents are named as far as the public may see them."""
    url, source = page.get_full_url(request), page.source_page
    force = FORCE.get(standing_of(page).state)
    return known(
        {
            "@context": CONTEXT,
            "@type": "Legislation",
            "@id": url,
            "url": url,
            "name": page.title,
            "description": page.summary,
            "inLanguage": page.locale.language_code,
            "legislationIdentifier": source.number,
            "legislationType": _kind(source),
            "legislationDate": source.written_on and source.written_on.isoformat(),
            "legislationDateOfApplicability": source.effective_on and source.effective_on.isoformat(),
            "expires": source.valid_until and source.valid_until.isoformat(),
            "legislationPassedBy": [organization(name) for name in page.issuer_names],
            "legislationLegalForce": force and f"{CONTEXT}/{force}",
            "datePublished": page.first_public_at and page.first_public_at.isoformat(timespec="seconds"),
            "dateModified": page.last_changed_at and page.last_changed_at.isoformat(timespec="seconds"),
            "keywords": page.feed_categories(),
            **_related(page, request),
            "encoding": _original(source, request),
        }
    )


def _kind(source: PolicyPage) -> str:
    """Return the kind of document in the page's language; nothing for one that is not known."""
    return str(DocumentKind(source.document_kind).label) if source.document_kind in DocumentKind else ""


def _related(page: PolicyPage, request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """Return the documents this one acts on or rests on, by schema.org's word for it. A few queries for all."""
    rows = [row for row in page.source_page.relations.select_related("target") if row.kind in RELATIONS]
    keys = [row.target.translation_key for row in rows if row.target]
    links = public_links(keys, locale=page.locale, request=request)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        link = links.get(row.target.translation_key) if row.target else None
        name = link.title if link else row.target_title
        if name:
            url = request.build_absolute_uri(link.url) if link else ""
            item = known({"@type": "Legislation", "name": name, "url": url})
            found.setdefault(RELATIONS[Relation(row.kind)], []).append(item)
    return found


def _original(source: PolicyPage, request: HttpRequest) -> dict[str, Any]:
    """Return the signed original, which holds where the text differs."""
    document = source.signed_original
    if document is None:
        return {}
    return {
        "@type": "LegislationObject",
        "contentUrl": request.build_absolute_uri(document.url),
        "legislationLegalValue": f"{CONTEXT}/DefinitiveLegalValue",
    }
