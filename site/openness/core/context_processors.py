"""What every template may print."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Locale, Page

from openness.core.gate import visible
from openness.core.models import SiteIdentity


def site_identity(request: HttpRequest) -> dict[str, object]:
    """``identity``: the names and numbers of this site, read once per request and only when printed.

    ``legal_pages``: the addresses of its pages on ``copyright`` and ``privacy``, where they are public.
    """
    identity: Any = SimpleLazyObject(lambda: SiteIdentity.for_request(request))
    return {"identity": identity, "legal_pages": SimpleLazyObject(lambda: _legal_pages(request, identity))}


def _legal_pages(request: HttpRequest, identity: SiteIdentity) -> dict[str, str]:
    """Return the addresses in the reader's language, else in the source language. A few queries."""
    chosen = {"copyright": identity.copyright_page, "privacy": identity.privacy_page}
    keys = {name: page.translation_key for name, page in chosen.items() if page is not None}
    if not keys:
        return {}
    active = Locale.get_active()
    pages: Any = visible(Page.objects.filter(translation_key__in=keys.values())).select_related("locale")
    # The source language first: what is found in the reader's own language takes its place.
    ordered = sorted(pages.specific(), key=lambda page: (page.locale_id == active.pk, page.locale.is_default))
    urls = {page.translation_key: page.get_url(request) or "" for page in ordered}
    return {name: urls[key] for name, key in keys.items() if urls.get(key)}
