"""One factory for each type of public page: a valid, live page in a founded city (``found_small_city``).

The index pages are those that the founding made: there is one of each.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import factory
from factory.django import DjangoModelFactory

from home.founding import found_city
from home.models import DepartmentIndexPage, DepartmentPage, HomePage
from news.models import ActivityPage, ActivitySession, NewsIndexPage, NewsPage
from openness.core import clock
from openness.core.models import BasePage
from openness.departments.models import Department, Region, VenueType
from policies.models import (
    AnnualReportPage,
    ClearanceDecision,
    ClearancePage,
    DisclosureGuidePage,
    InterpretationPage,
    PolicyIndexPage,
    PolicyIssuer,
    PolicyPage,
)
from tests.venues.hours.builders import ALL_WEEK, rule, schedule
from venues.models import (
    NoticeEffect,
    NoticeIndexPage,
    NoticeTarget,
    OpeningNoticePage,
    VenueIndexPage,
    VenuePage,
)
from venues.schedules import set_schedules

SOURCE = "zh-hans"
SERIALS = count(1)


def found_small_city() -> HomePage:
    """Found a city of one region and one department, with its channels and a type of venue."""
    home = found_city(
        name="泉州市",
        regions=[{"code": "350500", "name": "泉州市", "level": "city", "parent_code": ""}],
        departments=[
            {"code": "culture", "name": "市文旅局", "short_name": "文旅局", "region_code": "350500"}
        ],
    )
    VenueType.objects.get_or_create(code="library", locale=home.locale, defaults={"name": "图书馆"})
    return home


class PageFactory(DjangoModelFactory):
    """A page of the city's department, live; ``parent`` puts it elsewhere."""

    # One count for all types: those of one kind share their addresses.
    serial = factory.LazyFunction(lambda: next(SERIALS))
    title = factory.LazyAttribute(lambda page: f"晋江草庵第{page.serial}号")
    slug = factory.LazyAttribute(lambda page: f"cao-an-{page.serial}")
    summary = "草庵一句话摘要"
    source = "泉州晚报"

    class Meta:
        abstract = True
        exclude = ("serial",)

    @classmethod
    def default_parent(cls) -> Any:
        """Return the page below which pages of this type stand."""
        return DepartmentPage.objects.get(slug="culture", locale__language_code=SOURCE)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        parent = kwargs.pop("parent", None) or cls.default_parent()
        page = model_class(locale=parent.locale, **kwargs)
        cls.prepare(page)
        # A page from the database: the one at hand may not know of children that came since.
        return type(parent).objects.get(pk=parent.pk).add_child(instance=page)

    @classmethod
    def prepare(cls, page: Any) -> None:
        """Add what a page of this type cannot be without, before it is saved."""


class DepartmentPageFactory(PageFactory):
    department = factory.LazyAttribute(
        lambda page: Department.objects.create(
            code=page.slug, name=page.title, short_name=page.title, region=Region.objects.first()
        )
    )

    class Meta:
        model = DepartmentPage

    @classmethod
    def default_parent(cls) -> Any:
        return DepartmentIndexPage.objects.get(locale__language_code=SOURCE)


class VenuePageFactory(PageFactory):
    """A library that is open every day from nine to five."""

    venue_type = factory.LazyFunction(lambda: VenueType.objects.get(code="library"))
    region = factory.LazyFunction(lambda: Region.objects.get(code="350500"))
    hours_mode = "own"
    body = factory.LazyFunction(lambda: [("paragraph", "<p>草庵正文</p>")])

    class Meta:
        model = VenuePage

    @classmethod
    def prepare(cls, page: Any) -> None:
        set_schedules(page, (schedule("base", rule("daily", ALL_WEEK, "09:00-17:00")),))


class OpeningNoticePageFactory(PageFactory):
    """A closure of one venue for ten days, in ten days."""

    reason = "设备检修"
    body = "<p>草庵正文</p>"

    class Meta:
        model = OpeningNoticePage

    @classmethod
    def prepare(cls, page: Any) -> None:
        first = clock.today() + timedelta(days=10)
        venue = VenuePage.objects.first() or VenuePageFactory(title="市图书馆", slug="library")
        page.effects = [NoticeEffect(kind="close", first=first, last=first + timedelta(days=9))]
        page.targets = [NoticeTarget(venue=venue)]


class PolicyPageFactory(PageFactory):
    written_on = date(2026, 6, 30)
    effective_on = date(2026, 7, 1)
    body = factory.LazyFunction(lambda: [("paragraph", "<p>草庵正文</p>")])

    class Meta:
        model = PolicyPage

    @classmethod
    def prepare(cls, page: Any) -> None:
        page.issuers = [PolicyIssuer(department=Department.objects.get(code="culture"))]


class InterpretationPageFactory(PageFactory):
    policy = factory.LazyFunction(
        lambda: PolicyPage.objects.first() or PolicyPageFactory(title="共享办法", slug="gong-xiang-ban-fa")
    )
    body = factory.LazyFunction(lambda: [("paragraph", "<p>草庵正文</p>")])

    class Meta:
        model = InterpretationPage


class ClearancePageFactory(PageFactory):
    """A clearance that lets one document go on."""

    holds_from = factory.LazyFunction(clock.today)
    body = "<p>草庵正文</p>"

    class Meta:
        model = ClearancePage

    @classmethod
    def prepare(cls, page: Any) -> None:
        policy = PolicyPage.objects.first() or PolicyPageFactory(title="共享办法", slug="gong-xiang-ban-fa")
        page.decisions = [ClearanceDecision(policy=policy, outcome="continues")]


class AnnualReportPageFactory(PageFactory):
    year = 2025
    body = factory.LazyFunction(lambda: [("paragraph", "<p>草庵正文</p>")])

    class Meta:
        model = AnnualReportPage


class DisclosureGuidePageFactory(PageFactory):
    body = factory.LazyFunction(lambda: [("paragraph", "<p>草庵正文</p>")])

    class Meta:
        model = DisclosureGuidePage

    @classmethod
    def default_parent(cls) -> Any:
        return PolicyIndexPage.objects.get(locale__language_code=SOURCE)


class NewsPageFactory(PageFactory):
    body = factory.LazyFunction(lambda: [("paragraph", "<p>草庵正文</p>")])

    class Meta:
        model = NewsPage


class ActivityPageFactory(PageFactory):
    """A lecture tomorrow evening, at a place that is no venue of the site."""

    kind = "lecture"
    body = factory.LazyFunction(lambda: [("paragraph", "<p>草庵正文</p>")])

    class Meta:
        model = ActivityPage

    @classmethod
    def prepare(cls, page: Any) -> None:
        starts = clock.now() + timedelta(days=1)
        page.sessions = [
            ActivitySession(
                starts_at=starts, ends_at=starts + timedelta(hours=2), place="府文庙广场", locale=page.locale
            )
        ]


def _founded(model: type[BasePage]) -> Callable[..., BasePage]:
    """Return what gives the page that the founding made, with the fields it is given."""

    def give(**fields: Any) -> BasePage:
        page = model.objects.get(locale__language_code=SOURCE)
        for name, value in fields.items():
            setattr(page, name, value)
        page.save()
        return page

    return give


FOUNDED = (HomePage, DepartmentIndexPage, VenueIndexPage, NoticeIndexPage, PolicyIndexPage, NewsIndexPage)
PAGE_FACTORIES: dict[type[BasePage], Callable[..., Any]] = {
    **{model: _founded(model) for model in FOUNDED},
    **{
        each._meta.model: each
        for each in (
            DepartmentPageFactory,
            VenuePageFactory,
            OpeningNoticePageFactory,
            PolicyPageFactory,
            InterpretationPageFactory,
            ClearancePageFactory,
            AnnualReportPageFactory,
            DisclosureGuidePageFactory,
            NewsPageFactory,
            ActivityPageFactory,
        )
    },
}
