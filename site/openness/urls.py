"""Addresses of the site. Editors' screens and services first; every other path is a page."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from openness.core.robots import robots
from openness.core.sitemaps import sitemap_index, sitemap_news, sitemap_part
from venues.api import api
from venues.views import door_poster

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", api.urls),
    path("v/<slug:code>/", door_poster, name="venue_by_code"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-news.xml", sitemap_news, name="sitemap_news"),
    path("sitemap-<slug:kind>-<int:part>.xml", sitemap_part, name="sitemap_part"),
]
handler404 = "openness.core.not_found.page_not_found"

if settings.SERVE_MEDIA:
    # Pictures only: documents are served by Wagtail's view, which checks who may read them.
    for folder in ("images", "avatar_images"):
        urlpatterns.append(
            path(f"media/{folder}/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / folder})
        )

urlpatterns += i18n_patterns(
    path("", include("home.urls")),
    path("search/", include("search.urls")),
    path("", include("venues.urls")),
    path("", include("news.urls")),
    path("", include("policies.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
