"""``/robots.txt``: what machines may read. All public pages; not the desk, nor endless combinations of filters.

Under a path of a larger site, machines read the robots.txt of that site: these lines belong into it.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from openness.core.models import SiteIdentity

CACHED_FOR = 3600  # seconds


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Give the rules; a demonstration keeps all machines away, since its data are examples."""
    prefix = get_script_prefix()
    if SiteIdentity.for_request(request).is_demo:
        lines = ["User-agent: *", f"Disallow: {prefix}"]
    else:
        languages = ["", *(f"{code}/" for code, __ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
        lines = [
            "User-agent: *",
            f"Disallow: {prefix}admin/",
            f"Disallow: {prefix}api/",
            *(f"Disallow: {prefix}{language}search/" for language in languages),
            # Filters multiply; the pages of a list lead to everything they would find.
            f"Allow: {prefix}*?page=",
            f"Disallow: {prefix}*?",
            f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        ]
    response = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=CACHED_FOR)
    return response
