"""Interpretations beside their documents, as readers see both."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Locale

from openness.core.gate import visible
from openness.departments.selectors import publisher_of
from policies.interpretation_blocks import said

if TYPE_CHECKING:
    from policies.models import InterpretationPage, PolicyPage


@dataclass(frozen=True, slots=True)
class InterpretationView:
    """A public interpretation of a document; ``published_at`` is aware."""

    title: str
    url: str
    form: str
    form_label: str
    summary: str
    source: str
    published_at: datetime | None


def interpretations_of(
    policy: "PolicyPage", *, locale: Locale, request: HttpRequest | None = None
) -> list[InterpretationView]:
    """Return the public interpretations of a document, the first one first, in the reader's language where it is there.

    One query, and two more for their address unless ``request`` knows it already.
    """
    from policies.models import InterpretationPage

    spoken = {locale.pk, Locale.get_default().pk}
    pages = visible(
        InterpretationPage.objects.filter(policy__translation_key=policy.translation_key, locale__in=spoken)
    )
    best: dict[UUID, InterpretationPage] = {}
    for page in pages.select_related("locale").order_by("first_public_at", "pk"):
        if page.translation_key not in best or page.locale_id == locale.pk:
            best[page.translation_key] = page
    return [
        InterpretationView(
            title=page.title,
            url=page.get_url(request) or "",
            form=page.form,
            form_label=str(page.get_form_display()),
            summary=page.summary,
            source=page.source,
            published_at=page.first_public_at,
        )
        for page in best.values()
    ]


def why_there_is_none(policy: "PolicyPage", interpretations: list[InterpretationView]) -> str:
    """Return the reason for readers why a document that needs an interpretation has none; empty otherwise."""
    if not policy.needs_interpretation or interpretations:
        return ""
    return policy.no_interpretation_reason


def explained_document(
    page: "InterpretationPage", *, locale: Locale, request: HttpRequest | None = None
) -> "PolicyPage | None":
    """Return the document that an interpretation explains, in the reader's language; None where it is not public.

    One query.
    """
    from policies.models import PolicyPage

    if page.policy_id is None:
        return None
    spoken = {locale.pk, Locale.get_default().pk}
    keys = PolicyPage.objects.filter(pk=page.policy_id).values("translation_key")
    pages: Any = visible(PolicyPage.objects.filter(translation_key__in=keys, locale__in=spoken))
    found = {each.locale_id: each for each in pages.select_related("locale").order_by()}
    return found.get(locale.pk) or next(iter(found.values()), None)


def interpretation_context(page: "InterpretationPage", request: HttpRequest) -> dict[str, Any]:
    """Return what the page of an interpretation shows. About a dozen queries."""
    from policies.relations import standing_shown

    locale = page.locale
    document = explained_document(page, locale=locale, request=request)
    context: dict[str, Any] = {
        "blocks": said(page.body),
        "document": None,
        "publisher": publisher_of(page, locale=locale, request=request),
        "others": [],
    }
    if document is not None:
        others = interpretations_of(document, locale=locale, request=request)
        own = page.get_url(request)
        context["others"] = [each for each in others if each.url != own]
        context["document"] = {
            "title": document.title,
            "url": document.get_url(request),
            "number": document.number,
            "issuers": document.issuer_names,
            "written_on": document.written_on,
            "standing": standing_shown(document, locale=locale, request=request),
            "measures_url": document.exit_url("measures", request)
            if document.source_page.measures.exists()
            else "",
        }
    return context
