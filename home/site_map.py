"""The map of the site for people (网站地图): every channel with what stands in it, and the ways into the venues."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from home.context_processors import channel_links
from home.models import DepartmentPage, HomePage
from home.views import department_places, region_places, top_region, type_places
from openness.core.gate import visible


def site_map(request: HttpRequest) -> HttpResponse:
    """Show the map in the active language; 404 in one of which nothing is public."""
    locale = Locale.get_active()
    home = visible(HomePage.objects.all(), locale).first()
    if home is None:
        raise Http404
    finder_url = channel_links(request).get("venues", "")
    context = {
        "title": _("Map of this site"),
        "channels": _channels(home, request),
        "types": type_places(finder_url, locale=locale),
        "regions": region_places(top_region(), locale=locale),
        "departments": department_places(locale=locale, request=request),
        "site_languages": [
            {
                "name": get_language_info(page.locale.language_code)["name_local"],
                "code": page.locale.language_code,
                "url": page.get_url(request),
            }
            for page in visible(HomePage.objects.select_related("locale")).order_by("pk")
        ],
    }
    return TemplateResponse(request, "home/site_map.html", context)


def _channels(home: HomePage, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages right below the home page with those below them; departments have a part of their own."""
    below = Page.objects.descendant_of(home).filter(depth__lte=home.depth + 2).not_type(DepartmentPage)
    pages: Any = visible(below).order_by("path")
    channels: list[dict[str, Any]] = []
    for page in pages.specific():
        place = {"name": page.title, "url": page.get_url(request), "pages": []}
        if page.depth == home.depth + 1:
            channels.append(place)
        else:
            channels[-1]["pages"].append(place)
    return channels
