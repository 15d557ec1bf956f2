"""What head and foot of every page link to."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from wagtail.models import Locale, Page

from home.models import DepartmentIndexPage, HomePage
from news.models import NewsIndexPage
from policies.models import PolicyIndexPage
from venues.models import NoticeIndexPage, VenueIndexPage

CHANNELS = {
    "home": HomePage,
    "venues": VenueIndexPage,
    "notices": NoticeIndexPage,
    "policies": PolicyIndexPage,
    "news": NewsIndexPage,
    "departments": DepartmentIndexPage,
}


def navigation(request: HttpRequest) -> dict[str, object]:
    """``links``: the addresses of the channels in the active language; ``languages``: the same page in each live one.

    Two queries per page that prints them, and none where nothing does.
    """
    return {
        "links": SimpleLazyObject(lambda: channel_links(request)),
        "languages": SimpleLazyObject(lambda: _languages(request)),
        "frozen_now": settings.OPENNESS_FROZEN_NOW,
    }


def channel_links(request: HttpRequest) -> dict[str, str]:
    """Return the addresses of the live channels by name; a channel that is not live has none. One query per request."""
    links = getattr(request, "_openness_links", None)
    if links is None:
        names = {model._meta.label_lower: name for name, model in CHANNELS.items()}
        pages = (
            Page.objects.live()
            .filter(locale=Locale.get_active())
            .type(*CHANNELS.values())
            .select_related("content_type", "locale")
        )
        links = {
            names[f"{page.content_type.app_label}.{page.content_type.model}"]: page.get_url(request) or ""
            for page in pages
        }
        links["search"] = reverse("search:results")
        links["site_map"] = reverse("home:site_map")
        request._openness_links = links  # type: ignore[attr-defined]
    return links


def _languages(request: HttpRequest) -> list[dict[str, object]]:
    route = getattr(request, "_wagtail_route_for_request", None)
    if route is None:
        return []
    page = route[0]
    # What is shown below a page is there below its translations, too.
    own = urlsplit(page.get_url(request) or "").path
    below = request.path.removeprefix(own) if own and request.path.startswith(own) else ""
    names = dict(settings.LANGUAGES)
    translations = (
        Page.objects.filter(translation_key=page.translation_key, live=True)
        .select_related("locale", "content_type")
        .specific()
    )
    return [
        {
            "code": each.locale.language_code,
            "name": translation.get_language_info(each.locale.language_code)["name_local"]
            if each.locale.language_code in names
            else each.locale.language_code,
            "url": f"{each.get_url(request)}{below}",
            "is_current": each.pk == page.pk,
        }
        for each in translations
    ]
