"""Addresses of the home room that are no pages, and what departments hand out besides their page."""

from django.urls import path

from home import feeds, views
from home.site_map import site_map
from openness.core.exits import Exit, file_patterns
from venues import urls as venues

DEPARTMENT_EXITS: dict[str, Exit] = {**venues.DEPARTMENT_EXITS, "feed.atom": feeds.department_feed}

app_name = "home"
urlpatterns = [
    path("regions/<slug:code>/", views.region, name="region"),
    path("sitemap/", site_map, name="site_map"),
    *file_patterns(DEPARTMENT_EXITS),
]
