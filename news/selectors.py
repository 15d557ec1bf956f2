"""Reads of the news room: public, and of one language."""

from collections import Counter
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from wagtail.models import Locale, Page

from openness.core import clock
from openness.core.gate import visible, visible_below_parents
from openness.departments.models import Department, Region
from openness.departments.selectors import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from news.models import NewsPage
    from news.news_questions import NewsQuestion

NEWEST_FIRST = ("-first_public_at", "-pk")


def public_news(*, locale: Locale) -> "QuerySet[NewsPage]":
    """Return the public news in one language, newest first."""
    return visible(apps.get_model("news", "NewsPage").objects.all(), locale).order_by(*NEWEST_FIRST)


def find_news(question: "NewsQuestion", *, locale: Locale) -> "QuerySet[NewsPage]":
    """Return the public news that answer a question, newest first."""
    pages = visible_below_parents(apps.get_model("news", "NewsPage").objects.all(), locale)
    if question.department:
        pages = pages.filter(parent_path__in=_pages_of_departments(department__code=question.department))
    if question.topic:
        rows = apps.get_model("news", "NewsTopic").objects.filter(topic__code=question.topic)
        pages = pages.filter(translation_key__in=rows.values("page__translation_key"))
    if question.region:
        pages = pages.filter(_in_region(question.region))
    if period := question.period:
        pages = pages.filter(first_public_at__gte=period[0], first_public_at__lt=period[1])
    return pages.order_by(*NEWEST_FIRST)


def news_about(field: str, page: Page, *, locale: Locale) -> "QuerySet[NewsPage]":
    """Return the public news about a page, newest first; ``field`` is ``venues__venue``, ``policies__policy``, ….

    What a news item is about is said on its source-language page, for all languages.
    """
    model = apps.get_model("news", "NewsPage")
    about = model.objects.filter(**{f"{field}__translation_key": page.translation_key})
    return public_news(locale=locale).filter(translation_key__in=about.values("translation_key"))


def news_counts(question: "NewsQuestion", *, locale: Locale) -> dict[str, Counter[str]]:
    """Return how many news each value of a filter leaves beside the other filters, by the filter's name.

    Regions are those right below the city, and the one that is asked for. Six queries, whatever the number of news.
    """
    return {
        "topic": _by_topic(find_news(question.without("topic"), locale=locale)),
        "department": _by_department(find_news(question.without("department"), locale=locale)),
        "region": _by_region(find_news(question.without("region"), locale=locale), question.region),
        "month": _by_month(find_news(question.without("month"), locale=locale)),
    }


# ---------------------------------------------------------------------------------------------------
# Parts of the questions


def _pages_of_departments(**of: str) -> QuerySet:
    """Return the paths of departments' pages; the rooms before the home room know them by this relation only."""
    return Page.objects.filter(**{f"departmentpage__{name}": value for name, value in of.items()}).values(
        "path"
    )


def _in_region(code: str) -> Q:
    """Published by a department of the region, or about a venue in it; of the region, or of one below."""
    below = f"/{code}/"
    rows = apps.get_model("news", "NewsVenue").objects.filter(venue__region__lineage__contains=below)
    return Q(parent_path__in=_pages_of_departments(department__region__lineage__contains=below)) | Q(
        translation_key__in=rows.values("page__translation_key")
    )


def _by_topic(pages: "QuerySet[NewsPage]") -> Counter[str]:
    rows = apps.get_model("news", "NewsTopic").objects.filter(
        page__translation_key__in=pages.order_by().values("translation_key")
    )
    counted = rows.order_by().values_list("topic__code").annotate(number=Count("page", distinct=True))
    return Counter(dict(counted))


def _by_department(pages: "QuerySet[NewsPage]") -> Counter[str]:
    codes = dict(Department.objects.filter(pages__isnull=False).values_list("pages__path", "code"))
    counted = (
        pages.order_by().annotate(home=F("parent_path")).values_list("home").annotate(number=Count("pk"))
    )
    return Counter({codes[path]: number for path, number in counted if path in codes})


def _by_region(pages: "QuerySet[NewsPage]", asked: str) -> Counter[str]:
    below_the_city = Region.objects.filter(
        parent_code__in=Region.objects.filter(parent_code="").values("code"),
        locale__language_code=SOURCE_LANGUAGE,
    )
    codes = [*below_the_city.values_list("code", flat=True)]
    if asked and asked not in codes:
        codes.append(asked)
    counts = {f"region_{number}": Count("pk", filter=_in_region(code)) for number, code in enumerate(codes)}
    found = pages.order_by().aggregate(**counts) if counts else {}
    return Counter({code: found[f"region_{number}"] for number, code in enumerate(codes)})


def _by_month(pages: "QuerySet[NewsPage]") -> Counter[str]:
    """Return the numbers by month (2026-11) and by year (2026)."""
    counted = (
        pages.order_by()
        .annotate(month=TruncMonth("first_public_at", tzinfo=clock.CITY_TZ))
        .values_list("month")
        .annotate(number=Count("pk"))
    )
    counts: Counter[str] = Counter()
    for month, number in counted:
        if month is not None:
            counts[f"{month:%Y-%m}"] += number
            counts[f"{month:%Y}"] += number
    return counts
