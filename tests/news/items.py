"""News for tests, in the small city of the editors."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Locale, Page, Site

from home.models import DepartmentIndexPage, DepartmentPage, HomePage
from news.models import NewsIndexPage, NewsPage, NewsTopic, NewsVenue
from openness.departments.models import Department, Region, Topic
from tests.venues.editors import City, found_city
from venues.models import VenuePage


def found_newsroom() -> City:
    """Found the city with its list of news."""
    city = found_city()
    home = Page.objects.get(depth=2).specific
    home.add_child(instance=NewsIndexPage(title="动态", slug="news", locale=home.locale))
    return city


@dataclass
class Offices:
    """Two departments, without venues: 首页 ─ 动态, 部门 ─ 市文旅局, 市总工会."""

    culture: DepartmentPage
    union: DepartmentPage


def found_offices() -> Offices:
    """Found a city that only publishes, in an empty database: most of what is told of news needs no hours."""
    locale, __ = Locale.objects.get_or_create(language_code="zh-hans")
    Page.objects.filter(depth=2).first() and Page.objects.filter(depth=2).first().delete()
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    home = root.add_child(instance=HomePage(title="首页", slug="home", locale=locale))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    home.add_child(instance=NewsIndexPage(title="动态", slug="news", locale=locale))
    home.add_child(instance=DepartmentIndexPage(title="部门", slug="departments", locale=locale))
    city = Region.objects.create(code="350500", name="泉州市", level="city", locale=locale)
    return Offices(
        culture=department_in(city, "culture", "市文旅局"), union=department_in(city, "union", "市总工会")
    )


def at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


def topic(code: str, name: str) -> Topic:
    return Topic.objects.create(code=code, name=name, locale=Page.objects.get(depth=2).locale)


def district(code: str, name: str) -> Region:
    """Return a region right below the city."""
    locale = Page.objects.get(depth=2).locale
    return Region.objects.create(code=code, name=name, level="county", parent_code="350500", locale=locale)


def department_in(region: Region, code: str, name: str) -> DepartmentPage:
    owner = Department.objects.create(code=code, name=name, short_name=name, region=region, level="county")
    index = Page.objects.get(slug="departments").specific
    return index.add_child(
        instance=DepartmentPage(title=name, slug=code, department=owner, locale=index.locale)
    )


def item(
    parent: DepartmentPage,
    title: str,
    *venues: VenuePage,
    topics: tuple[Topic, ...] = (),
    public_at: str = "",
    **fields: Any,
) -> NewsPage:
    """Return a published news item; ``public_at`` is an instant in ISO form."""
    if public_at:
        fields["first_public_at"] = at(public_at)
    page = NewsPage(title=title, locale=parent.locale, **fields)
    page.topics = [NewsTopic(topic=each) for each in topics]
    page.venues = [NewsVenue(venue=venue) for venue in venues]
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    return NewsPage.objects.get(pk=page.pk)
