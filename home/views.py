"""Contexts of the home room's pages, and the pages of regions."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.models import Locale

from home.context_processors import channel_links
from home.models import DepartmentIndexPage, DepartmentPage, HomePage
from news.activity_beside import activities_of, activities_soon
from news.occasions import Filters
from news.selectors import public_news
from openness.core import clock
from openness.core.gate import visible
from openness.core.listing import listing_rows
from openness.departments.models import Region, VenueType
from openness.departments.selectors import SOURCE_LANGUAGE, term_names
from policies.selectors import public_policies
from venues import selectors
from venues.enums import ENDED
from venues.finder import time_form, when_chips
from venues.models import OpeningNoticePage
from venues.presentation import cards_of, notice_cards
from venues.presentation.exports import export_links
from venues.questions import Question, window_for
from venues.wording import now_label

CARDS_ON_HOME = 6
ROWS = 5


def home_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Return what the home page shows: what is open now, notices, and ways in by type, region and department."""
    locale, links = page.locale, channel_links(request)
    finder_url = links.get("venues", "")
    question = Question(when="now", window=window_for("now", now=clock.now()))
    found = selectors.find(question, locale=locale, first=0, count=CARDS_ON_HOME)
    found.entries = [entry for entry in found.entries if entry.rank == 0]
    number = found.totals["open"]
    activities = activities_soon(locale, request)
    return {
        "beside": [activities] if activities else [],
        "now_label": now_label(clock.now(), locale.language_code),
        "open_label": ngettext("%(number)s venue is open now", "%(number)s venues are open now", number)
        % {"number": number},
        "chips": when_chips(finder_url, QueryDict()) if finder_url else [],
        "time_form": time_form(finder_url, QueryDict(), None, language=locale.language_code)
        if finder_url
        else None,
        "notices": notice_cards(
            selectors.current_notices(locale=locale)[:ROWS], locale=locale, request=request
        ),
        "cards": cards_of(found, question, locale=locale, request=request),
        "types": type_places(finder_url, locale=locale),
        "regions": region_places(top_region(), locale=locale),
        "departments": department_places(locale=locale, request=request),
        "news": listing_rows(public_news(locale=locale)[:ROWS], request),
        "policies": listing_rows(public_policies(locale=locale)[:ROWS], request),
    }


def department_index_context(page: DepartmentIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return all departments with the number of their venues."""
    return {"departments": department_places(locale=page.locale, request=request)}


def department_context(page: DepartmentPage, request: HttpRequest) -> dict[str, Any]:
    """Return what a department runs and has published."""
    locale = page.locale
    code = page.department.code
    question = Question(department=code, order="name")
    found = selectors.find(question, locale=locale, first=0, count=100)
    below = {"path__startswith": page.path}
    activities = activities_of(Filters(department=code), locale, request)
    return {
        "beside": [activities] if activities else [],
        "department": page.department,
        "cards": cards_of(found, question, locale=locale, request=request),
        "venues_url": f"{channel_links(request).get('venues', '')}?department={code}",
        "exports": export_links(page, request, ics="hours.ics") if found.total else None,
        "feed_url": page.exit_url("feed.atom", request),
        "notices": notice_cards(
            selectors.current_notices(locale=locale).filter(**below)[:ROWS],
            locale=locale,
            request=request,
        ),
        "policies": listing_rows(public_policies(locale=locale).filter(**below)[:ROWS], request),
        "news": listing_rows(public_news(locale=locale).filter(**below)[:ROWS], request),
    }


def region(request: HttpRequest, code: str) -> HttpResponse:
    """Show a region: its venues, notices and departments, and the regions above and below it."""
    locale = Locale.get_active()
    if not visible(HomePage.objects.all(), locale).exists():
        raise Http404
    here = Region.objects.filter(code=code, locale__language_code=SOURCE_LANGUAGE).first()
    if here is None:
        raise Http404
    names = term_names(Region, language=locale.language_code)
    question = Question(region=code)
    found = selectors.find(question, locale=locale, first=0, count=100)
    notices = selectors.current_notices(locale=locale).filter(
        translation_key__in=OpeningNoticePage.objects.filter(
            concerned__venue__region__lineage__startswith=here.lineage
        ).values("translation_key")
    )
    activities = activities_of(Filters(region=code), locale, request)
    context = {
        "beside": [activities] if activities else [],
        "title": names.get(code, here.name),
        "region": here,
        "parents": [
            {"name": names.get(each, each), "url": reverse("home:region", args=[each])}
            for each in here.lineage.strip("/").split("/")[:-1]
        ],
        "children": region_places(code, locale=locale),
        "cards": cards_of(found, question, locale=locale, request=request),
        "finder_url": f"{channel_links(request).get('venues', '')}?region={code}",
        "today_url": f"{channel_links(request).get('venues', '')}today/?region={code}",
        "notices": notice_cards(notices[:ROWS], locale=locale, request=request),
        "departments": department_places(locale=locale, request=request, lineage=here.lineage),
    }
    return TemplateResponse(request, "home/region.html", context)


def department_places(*, locale: Locale, request: HttpRequest, lineage: str = "") -> list[dict[str, Any]]:
    """Return the departments that have a public page, each with the number of its venues. Two queries."""
    pages = visible(DepartmentPage.objects.select_related("department"), locale).order_by(
        "department__level", "title"
    )
    if lineage:
        pages = pages.filter(department__region__lineage__startswith=lineage)
    counts = dict(
        selectors.public_entries(locale=locale)
        .exclude(life__in=ENDED)
        .order_by()
        .values_list("department_code")
        .annotate(number=Count("pk"))
    )
    return [
        {
            "name": page.title,
            "url": page.get_url(request),
            "count": counts.get(page.department.code, 0),
            "level": page.department.level,
        }
        for page in pages
    ]


def type_places(finder_url: str, *, locale: Locale) -> list[dict[str, Any]]:
    """Return the groups of venue types that have venues, with their numbers."""
    counts = selectors.facet_counts(Question(), locale=locale, names=["type"])["type"]
    names = term_names(VenueType, language=locale.language_code)
    groups = VenueType.objects.filter(parent_code="", locale__language_code=SOURCE_LANGUAGE)
    return [
        {"name": names.get(code, code), "url": f"{finder_url}?type={code}", "count": counts[code]}
        for code in groups.values_list("code", flat=True)
        if counts[code]
    ]


def top_region() -> str:
    """Return the code of the region that has none above it: the city."""
    return Region.objects.filter(parent_code="").values_list("code", flat=True).first() or ""


def region_places(parent: str, *, locale: Locale) -> list[dict[str, Any]]:
    """Return the regions right below ``parent`` with the number of venues in each and everything below it."""
    names = term_names(Region, language=locale.language_code)
    lineages = (
        selectors.public_entries(locale=locale)
        .exclude(life__in=ENDED)
        .order_by()
        .values_list("region_lineage")
        .annotate(number=Count("pk"))
    )
    counts = list(lineages)
    children = Region.objects.filter(parent_code=parent, locale__language_code=SOURCE_LANGUAGE).values_list(
        "code", flat=True
    )
    return [
        {
            "name": names.get(code, code),
            "url": reverse("home:region", args=[code]),
            "count": sum(number for lineage, number in counts if f"/{code}/" in lineage),
        }
        for code in children
    ]
