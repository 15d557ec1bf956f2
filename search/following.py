"""Which pages say something that stands elsewhere: whose rows follow from which change."""

from collections.abc import Iterable

from django.db.models import Q
from wagtail.models import Page

from home.models import DepartmentPage
from news.models import ActivityAudience, ActivityOrganiser, ActivitySession, NewsVenue
from openness.core.models import BasePage
from openness.departments.models import AudienceGroup, Department, Facility, Region, Term, VenueType
from policies.models import InterpretationPage, PolicyIssuer, PolicyPage
from search.models import EntryFile, SearchEntry
from venues.models import NoticeTarget, NoticeTargetType, VenueFacility, VenuePage


def carrying(**of: object) -> set[int]:
    """Return the pages that carry a document: ``document=key``, or ``document__collection__path__startswith=…``."""
    return set(EntryFile.objects.filter(**of).values_list("entry", flat=True))


def below(page: Page) -> list[int]:
    """Return a page and all that lies below it."""
    return list(Page.objects.filter(path__startswith=page.path).order_by("pk").values_list("pk", flat=True))


def naming(page: BasePage) -> set[int]:
    """Return the pages that name this page or lie where it lies: notices, activities, news, interpretations."""
    same = type(page)._default_manager.filter(translation_key=page.translation_key).values("pk")
    if isinstance(page, VenuePage):
        return _keys(
            NoticeTarget.objects.filter(venue__in=same).values_list("page"),
            ActivitySession.objects.filter(venue__in=same).values_list("page"),
            NewsVenue.objects.filter(venue__in=same).values_list("page"),
        )
    if isinstance(page, PolicyPage):
        return _keys(InterpretationPage.objects.filter(policy__in=same).values_list("pk"))
    return set()


def called(term: Term) -> set[int]:
    """Return the pages that say the name of a term, or hold the places it lies below."""
    line = f"/{term.code}/"
    match term:
        case Region():
            inside = DepartmentPage.objects.filter(department__region__lineage__contains=line).values_list(
                "pk"
            )
            return _keys(
                SearchEntry.objects.filter(region_lineage__contains=line).values_list("page"), inside
            )
        case VenueType():
            return _keys(
                VenuePage.objects.filter(venue_type__lineage__contains=line).values_list("pk"),
                NoticeTargetType.objects.filter(venue_type__code=term.code).values_list("page"),
            )
        case Facility():
            return _keys(VenueFacility.objects.filter(facility__code=term.code).values_list("page"))
        case AudienceGroup():
            return _keys(ActivityAudience.objects.filter(audience__code=term.code).values_list("page"))
    return set()


def of_department(department: Department) -> set[int]:
    """Return all that a department publishes, issues and organises."""
    own = Q()
    for path in DepartmentPage.objects.filter(department=department).values_list("path", flat=True):
        own |= Q(path__startswith=path)
    return _keys(
        Page.objects.filter(own).values_list("pk") if own else (),
        PolicyIssuer.objects.filter(department=department).values_list("page"),
        ActivityOrganiser.objects.filter(department=department).values_list("page"),
    )


def _keys(*rows: Iterable[tuple[int]]) -> set[int]:
    return {key for found in rows for (key,) in found}
