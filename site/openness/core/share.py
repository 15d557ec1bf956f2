"""How a page presents itself where its address is shared (Open Graph, https://ogp.me)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from wagtail.images.shortcuts import get_rendition_or_not_found

from openness.core import clock, dates
from openness.core.page_tags import ColumnType

if TYPE_CHECKING:
    from openness.core.models import BasePage, SiteIdentity

# The size that networks and messengers show without cutting.
SHARE_FILTER = "fill-1200x630|format-jpeg"
LOCALES = {dates.SIMPLIFIED: "zh_CN", dates.TRADITIONAL: "zh_HK", dates.ENGLISH: "en_US"}


def share_rendition(page: "BasePage") -> Any:
    """Return the page's picture in the size for sharing; None where the page has none or its file is gone."""
    image = page.share_image
    if image is None:
        return None
    rendition = get_rendition_or_not_found(image, SHARE_FILTER)
    return rendition if rendition.pk else None


def open_graph(
    page: "BasePage",
    request: HttpRequest,
    identity: "SiteIdentity",
    *,
    url: str,
    title: str = "",
    rendition: Any = None,
) -> Iterator[tuple[str, str]]:
    """Yield property and content of each Open Graph tag of a page that has a value.

    ``url`` is the full address of what is shown; a part of the page that is found by itself has its own ``title``.
    """
    # The title of a home page is that of the city alone.
    is_home = page.column_type is ColumnType.HOME
    tags = [
        ("og:type", "website" if page.is_column else "article"),
        ("og:title", title or page.seo_title or (identity.site_name if is_home else page.title)),
        ("og:description", page.search_description or page.summary),
        ("og:url", url),
        ("og:site_name", identity.site_name),
        ("og:locale", LOCALES[dates.known_language(page.locale.language_code)]),
    ]
    if rendition is not None:
        tags += [
            ("og:image", request.build_absolute_uri(rendition.url)),
            ("og:image:width", str(rendition.width)),
            ("og:image:height", str(rendition.height)),
            ("og:image:alt", rendition.alt),
        ]
    if not page.is_column and page.first_public_at:
        changed = page.last_changed_at or page.first_public_at
        tags += [
            ("article:published_time", clock.local(page.first_public_at).isoformat(timespec="seconds")),
            ("article:modified_time", clock.local(changed).isoformat(timespec="seconds")),
        ]
    yield from ((name, content) for name, content in tags if content)
