"""``/sitemap.xml`` and its parts (https://www.sitemaps.org/protocol.html): every page the public may see.

One part holds up to 5,000 pages of one type; its text leaves the server while it is made, so that memory does
not grow with the number of pages. Each page names its translations and, where it is ready, the picture it is
shared with. ``/sitemap-news.xml`` holds the news of the last two days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from xml.sax.saxutils import escape, quoteattr

from django.apps import apps
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from openness.core import clock
from openness.core.gate import visible, visible_below_parents
from openness.core.models import BasePage, SiteIdentity
from openness.core.share import SHARE_FILTER

PAGES_PER_PART = 5_000
CHUNK = 500
CACHED_FOR = 3600  # seconds
NEWS_FOR = timedelta(days=2)
# What one file of news may hold.
MOST_NEWS = 1_000

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts. One query per type of page."""
    urls = [
        reverse("sitemap_part", args=[kind, part])
        for kind, model in _kinds().items()
        for part in range(1, -(-_public(model).count() // PAGES_PER_PART) + 1)
    ]
    lines = [
        f"<sitemap><loc>{escape(request.build_absolute_uri(url))}</loc></sitemap>\n"
        for url in [*urls, reverse("sitemap_news")]
    ]
    head = f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return _cached(HttpResponse([head, *lines, "</sitemapindex>\n"], content_type="application/xml"))


@require_safe
def sitemap_part(request: HttpRequest, kind: str, part: int) -> HttpResponse:
    """Give one part: the pages of a type, in the order in which they were made. 404 for a part that is not there."""
    model = _kinds().get(kind)
    if model is None or part < 1:
        raise Http404
    first = (part - 1) * PAGES_PER_PART
    keys = list(_public(model).order_by("pk").values_list("pk", flat=True)[first : first + PAGES_PER_PART])
    if not keys:
        raise Http404
    return _urlset(_pages(model, keys, request))


@require_safe
def sitemap_news(request: HttpRequest) -> HttpResponse:
    """Give what was published in the last two days, the latest first."""
    name = SiteIdentity.for_request(request).site_name
    since = clock.now() - NEWS_FOR
    lines = (
        _entry(page, request, _news(page, name))
        for model in _kinds().values()
        if model.is_news
        for page in visible(model.objects.filter(first_public_at__gte=since))
        .select_related("locale")
        .order_by("-first_public_at", "pk")[:MOST_NEWS]
    )
    return _urlset(lines)


def _kinds() -> dict[str, type[BasePage]]:
    """Return the types of public pages by their part of the address."""
    return {
        model._meta.model_name: model
        for model in apps.get_models()
        if issubclass(model, BasePage) and not model._meta.abstract
    }


def _public(model: type[BasePage]) -> "QuerySet[BasePage]":
    return visible_below_parents(model.objects.all())


def _urlset(entries: Iterable[str]) -> HttpResponse:
    def lines() -> Iterator[str]:
        yield f"{HEAD}<urlset {NAMESPACES}>\n"
        yield from entries
        yield "</urlset>\n"

    return _cached(StreamingHttpResponse(lines(), content_type="application/xml"))


def _cached(response: HttpResponse | StreamingHttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=CACHED_FOR)
    return response  # type: ignore[return-value]


def _pages(model: type[BasePage], keys: Sequence[int], request: HttpRequest) -> Iterator[str]:
    """Yield the entries of these pages, with four queries or so for each 500 of them."""
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        pages = list(model.objects.filter(pk__in=chunk).select_related("locale").order_by("pk"))
        prefetch_related_objects(pages, *model.share_image_prefetch)
        alternates, pictures = _alternates(model, pages, request), _pictures(pages, request)
        for page in pages:
            links = alternates[str(page.translation_key)]
            yield _entry(page, request, (links if len(links) > 1 else []) + pictures.get(page.pk, []))


def _alternates(
    model: type[BasePage], pages: Iterable[BasePage], request: HttpRequest
) -> defaultdict[str, list[str]]:
    """Return the lines that name the public translations of each page, itself included, by translation key."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    translations = visible(model.objects.filter(translation_key__in=[page.translation_key for page in pages]))
    for each in translations.select_related("locale").order_by("locale_id"):
        url = each.get_full_url(request)
        found[str(each.translation_key)].append(
            f'<xhtml:link rel="alternate" hreflang="{each.locale.language_code}" href={quoteattr(url or "")}/>'
        )
    return found


def _pictures(pages: Iterable[BasePage], request: HttpRequest) -> dict[int, list[str]]:
    """Return the line of each page's picture; one that nobody has looked at yet is not made here."""
    shown = {page.pk: page.share_image.pk for page in pages if page.share_image is not None}
    renditions = (
        get_image_model()
        .get_rendition_model()
        .objects.filter(image__in=set(shown.values()), filter_spec=SHARE_FILTER)
    )
    urls = {rendition.image_id: request.build_absolute_uri(rendition.url) for rendition in renditions}
    return {
        page: [f"<image:image><image:loc>{escape(urls[image])}</image:loc></image:image>"]
        for page, image in shown.items()
        if image in urls
    }


def _news(page: BasePage, name: str) -> list[str]:
    published = (
        clock.local(page.first_public_at).isoformat(timespec="seconds") if page.first_public_at else ""
    )
    # Search engines know Simplified and Traditional Chinese by territory here.
    language = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}.get(
        page.locale.language_code, page.locale.language_code
    )
    return [
        f"<news:news><news:publication><news:name>{escape(name)}</news:name>"
        f"<news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{published}</news:publication_date>"
        f"<news:title>{escape(page.title)}</news:title></news:news>"
    ]


def _entry(page: BasePage, request: HttpRequest, more: Iterable[str]) -> str:
    changed = max(filter(None, [page.last_published_at, page.first_public_at]), default=None)
    lastmod = f"<lastmod>{clock.local(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<url><loc>{escape(page.get_full_url(request) or '')}</loc>{lastmod}{''.join(more)}</url>\n"
