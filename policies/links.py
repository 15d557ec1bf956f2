"""Links to pages of any kind, as far as the public may see them: what a document's page names, and what names it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Locale, Page

from openness.core.gate import visible
from openness.core.models.addresses import index_page_for


@dataclass(frozen=True, slots=True)
class PublicLink:
    """A public page, in the reader's language where it is there: its id, title, address and kind in words."""

    page_id: int
    title: str
    url: str
    kind_label: str


def public_links(
    keys: Iterable[UUID], *, locale: Locale, request: HttpRequest | None = None
) -> dict[UUID, PublicLink]:
    """Return the public pages with these translation keys; those that are not public are left out.

    Of each the page in ``locale``, else the one in the source language. One query, and two for each kind of
    index (venues, notices, …), however many pages there are; none without keys.
    """
    wanted = set(keys)
    if not wanted:
        return {}
    spoken = {locale.pk, Locale.get_default().pk}
    pages = visible(Page.objects.filter(translation_key__in=wanted, locale__in=spoken)).order_by()
    best: dict[UUID, Page] = {}
    for page in pages.select_related("address", "content_type", "locale"):
        if page.translation_key not in best or page.locale_id == locale.pk:
            best[page.translation_key] = page
    indexes: dict[tuple[str, int], str] = {}
    return {
        key: PublicLink(page.pk, page.title, _url(page, request, indexes), _kind(page))
        for key, page in best.items()
    }


def _url(page: Page, request: HttpRequest | None, indexes: dict[tuple[str, int], str]) -> str:
    """Return the address below the index of its kind where the page has one, else that of its place in the tree."""
    address = getattr(page, "address", None)
    if address is None:
        return page.get_url(request) or ""
    key = (address.kind, page.locale_id)
    if key not in indexes:
        index = index_page_for(*key, request)
        indexes[key] = (index.get_url(request) if index else "") or ""
    return f"{indexes[key]}{address.slug}/" if indexes[key] else page.get_url(request) or ""


def _kind(page: Page) -> str:
    return str(getattr(page.specific_class, "listing_kind_label", ""))
