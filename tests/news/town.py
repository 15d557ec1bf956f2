"""A small city with a channel of news, for tests of activities: 2026-11-19 is a Thursday."""

from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Page

from news.models import ActivityPage, ActivitySession, NewsIndexPage
from openness.core import clock
from tests.venues.editors import City, found_city

HOUR = timedelta(hours=1)


def found_town() -> City:
    """Found the city of the editors' tests, and its channel of news."""
    city = found_city()
    home = Page.objects.get(depth=2).specific
    home.add_child(instance=NewsIndexPage(title="动态", slug="news", locale=home.locale))
    return city


def at(text: str) -> datetime:
    """Return an instant on the city's clocks: ``2026-11-21 19:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.CITY_TZ)


def session(starts: str, ends: str = "", **facts: Any) -> ActivitySession:
    """Return a session; it lasts two hours unless told otherwise."""
    begins = at(starts)
    finishes = at(ends) if ends else begins + 2 * HOUR
    return ActivitySession(starts_at=begins, ends_at=finishes, **facts)


def activity(
    city: City, title: str, *sessions: ActivitySession, parent: Any = None, **facts: Any
) -> ActivityPage:
    """Publish an activity of the department of culture, or below ``parent``."""
    parent = parent or city.culture
    page = ActivityPage(
        title=title,
        locale=parent.locale,
        **{"kind": "performance", "admission": "free", "source": "市文旅局", **facts},
    )
    page.sessions = list(sessions)
    for each in page.sessions.all():
        each.locale = parent.locale
    fresh = type(parent).objects.get(pk=parent.pk)
    return fresh.add_child(instance=page)
