"""A small city for tests of the editors' forms: two departments, four venues, who works where."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.test import Client
from wagtail.models import Locale, Page, Site
from wagtail.test.utils.form_data import querydict_from_html

from home.models import DepartmentIndexPage, DepartmentPage, HomePage
from openness.accounts.models import User
from openness.departments.models import Department, Membership, Region, VenueType
from openness.departments.provision import provision_city
from tests.factories.accounts import UserFactory
from tests.venues.hours.builders import ALL_WEEK, rule, schedule
from venues import hours
from venues.models import (
    NoticeEffect,
    NoticeIndexPage,
    NoticeTarget,
    OpeningNoticePage,
    VenueArea,
    VenueIndexPage,
    VenuePage,
)
from venues.schedules import set_schedules

NOW = "2026-11-19T10:00:00+08:00"
TODAY = date(2026, 11, 19)


@dataclass
class City:
    """The pages of the city.

    首页 ─ 场馆 ─ 公告
         └ 部门 ─ 市文旅局 ─ 市图书馆 (areas: evening), 海交馆
                └ 市总工会 ─ 工人文化宫
    """

    culture: DepartmentPage
    union: DepartmentPage
    library: VenuePage
    museum: VenuePage
    palace: VenuePage


def found_city() -> City:
    """Found the city, in an empty database."""
    locale, __ = Locale.objects.get_or_create(language_code="zh-hans")
    Page.objects.filter(depth=2).first() and Page.objects.filter(depth=2).first().delete()
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    home = root.add_child(instance=HomePage(title="首页", slug="home", locale=locale))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    finder = home.add_child(instance=VenueIndexPage(title="场馆", slug="venues", locale=locale))
    finder.add_child(instance=NoticeIndexPage(title="公告", slug="notices", locale=locale))
    index = home.add_child(instance=DepartmentIndexPage(title="部门", slug="departments", locale=locale))
    region = Region.objects.create(code="350500", name="泉州市", level="city", locale=locale)
    kind = VenueType.objects.create(code="library", name="图书馆", locale=locale)
    provision_city(page=index)

    def department(code: str, name: str) -> DepartmentPage:
        owner = Department.objects.create(code=code, name=name, short_name=name, region=region)
        return index.add_child(
            instance=DepartmentPage(title=name, slug=code, department=owner, locale=locale)
        )

    def venue(parent: DepartmentPage, code: str, title: str, *areas: tuple[str, str]) -> VenuePage:
        page = VenuePage(
            title=title, code=code, venue_type=kind, region=region, hours_mode="own", locale=locale
        )
        page.areas = [VenueArea(key=key, name=name, locale=locale) for key, name in areas]
        set_schedules(
            page,
            (
                schedule("base", rule("daily", ALL_WEEK, "09:00-17:00")),
                *(schedule(key, rule("daily", ALL_WEEK, "18:00-21:00"), area=key) for key, __ in areas),
            ),
        )
        return parent.add_child(instance=page)

    culture, union = department("culture", "市文旅局"), department("union", "市总工会")
    return City(
        culture=culture,
        union=union,
        library=venue(culture, "library", "市图书馆", ("evening", "晚间开放区")),
        museum=venue(culture, "museum", "海交馆"),
        palace=venue(union, "palace", "工人文化宫"),
    )


def member(role: str, department: DepartmentPage | None = None) -> User:
    """Return a person in a role, of a department or of the city."""
    user = UserFactory()
    Membership.objects.create(
        user=user, role=role, department=department and department.department, since=date(2026, 1, 1)
    )
    return User.objects.get(pk=user.pk)


def signed_in(user: User) -> Client:
    """Return a browser in which the person has signed in."""
    client = Client()
    client.force_login(user)
    return client


def notice(
    parent: DepartmentPage,
    *venues: VenuePage,
    title: str = "闭馆公告",
    first: date = date(2026, 12, 1),
    **fields: Any,
) -> OpeningNoticePage:
    """Publish a notice that closes venues from ``first`` on, for ten days unless told otherwise."""
    last = fields.pop("last", first + timedelta(days=9))
    effect = NoticeEffect(
        kind=fields.pop("kind", "close"), first=first, last=last, area_key=fields.pop("area", "")
    )
    page = OpeningNoticePage(title=title, locale=parent.locale, **{"reason": "设备检修", **fields})
    page.effects = [effect]
    page.targets = [NoticeTarget(venue=venue) for venue in venues]
    parent.add_child(instance=page)
    page.save_revision().publish()
    return OpeningNoticePage.objects.get(pk=page.pk)


def form_of(client: Client, address: str) -> QueryDict:
    """Return what the form at an address would post as it stands."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    data = querydict_from_html(response.content.decode(), form_id="page-edit-form")
    if address.endswith("/edit/") or "venuepage" in address:
        data.setdefault("body-count", "0")  # its inputs are made by Wagtail's script
    return data


def schedules_in(page: VenuePage) -> tuple[hours.Schedule, ...]:
    """Return the schedules of the page as the database has them."""
    from venues.schedules import schedules_of

    return schedules_of(VenuePage.objects.get(pk=page.pk))
