"""The office's report: whose hours are missing, old, below their standard or undecided; filtered, paged, as CSV."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail.models import Locale

from openness.core import clock
from openness.core.csv_stream import csv_response
from openness.core.list_filters import ListFilters, counted, everything
from openness.core.listing import listing_date_label
from openness.departments.models import Department, Region, VenueType
from openness.departments.people import is_of_office
from openness.departments.selectors import SOURCE_LANGUAGE, term_names
from venues.compliance import STALE_DAYS, findings_of, standard_of, standards_by_type
from venues.enums import ENDED, Life
from venues.finding_words import NAMES, FindingLine, finding_line, hours_text
from venues.models import HoursCheck, HoursStandard, VenueEntry

PER_PAGE = 50
STALE = "stale"
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One venue: its entry, names of what it belongs to, its sums in hours and what was found."""

    entry: VenueEntry
    department: str
    region: str
    hours: str
    target: str
    staggered: str
    extended: str
    is_below: bool
    is_stale: bool
    findings: tuple[tuple[str, FindingLine], ...]

    @property
    def edit_url(self) -> str:
        """Where the venue is edited."""
        return reverse("wagtailadmin_pages:edit", args=[self.entry.venue_id])


def departments_seen(user: Any) -> QuerySet[Department]:
    """Return the departments whose venues a person may look through: all for the office, else the person's own."""
    if is_of_office(user):
        return Department.objects.all()
    return Department.objects.filter(roles__group__user=user).distinct()


def may_look(user: Any) -> bool:
    """Whether there is anything for the person to look through. Two queries at most."""
    return departments_seen(user).exists()


def reported(user: Any) -> QuerySet[VenueEntry]:
    """Return the entries that the person's report is about: public venues that are neither planned nor over."""
    entries = VenueEntry.objects.filter(locale=Locale.get_default()).exclude(life__in=[*ENDED, Life.PLANNED])
    if is_of_office(user):
        return entries
    return entries.filter(department_code__in=departments_seen(user).values("code"))


def is_stale() -> Q:
    """Return the condition that nobody has checked the hours for long, or ever."""
    return Q(checked_on=None) | Q(checked_on__lt=clock.today() - timedelta(days=STALE_DAYS))


def having(finding: str) -> Q:
    """Return the condition that a venue has a finding, by its code or ``stale``."""
    return is_stale() if finding == STALE else Q(venue__hours_check__codes__contains=f"|{finding}|")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the report is narrowed to: codes, empty for all."""

    department: str = ""
    region: str = ""
    finding: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Filters":
        """Read them from the address; a finding that there is not narrows nothing."""
        names = {name: request.GET.get(name, "").replace("\x00", "")[:40] for name in cls.__slots__}
        if names["finding"] not in finding_names():
            names["finding"] = ""
        return cls(**names)

    def narrow(self, entries: QuerySet[VenueEntry]) -> QuerySet[VenueEntry]:
        """Return the entries in the department and region."""
        if self.department:
            entries = entries.filter(department_code=self.department)
        if self.region:
            entries = entries.filter(region_lineage__contains=f"/{self.region}/")
        return entries

    def select(self, entries: QuerySet[VenueEntry]) -> QuerySet[VenueEntry]:
        """Return the entries of the list, by name."""
        entries = self.narrow(entries)
        if self.finding:
            entries = entries.filter(having(self.finding))
        return entries.order_by("title", "pk")


def finding_names() -> dict[str, Any]:
    """Return the names of all findings by code, what is old among them."""
    return {
        "hours_missing": NAMES["hours_missing"],
        STALE: _("not checked for 90 days"),
        **NAMES,
    }


@require_GET
def hours_report(request: HttpRequest) -> HttpResponseBase:
    """Answer with the report as a page, or with all its rows as CSV (``format=csv``). About a dozen queries."""
    filters = Filters.of(request)
    entries = reported(request.user)
    selected = filters.select(entries)
    if request.GET.get("format") == "csv":
        return _as_csv(selected)
    page = Paginator(selected, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": report_lines(page.object_list),
        "page_obj": page,
        "form": _filter_form(filters, entries, request.user),
        "finding_name": finding_names().get(filters.finding, ""),
    }
    return render(request, "venues/admin/hours_report.html", context)


def _filter_form(filters: Filters, entries: QuerySet[VenueEntry], user: Any) -> ListFilters:
    here = set().union(*(lineage.strip("/").split("/") for lineage in _lineages(entries)), set())
    regions = term_names(Region, language=SOURCE_LANGUAGE)
    numbers = _numbers(filters.narrow(entries))
    findings = [(code, counted(name, numbers[code])) for code, name in finding_names().items()]
    departments = departments_seen(user).values_list("code", "short_name")
    selects = {
        "department": (_("Department"), [everything(), *departments]),
        "region": (_("Region"), [everything(), *(each for each in regions.items() if each[0] in here)]),
        "finding": (_("Finding"), [everything(numbers["all"]), *findings]),
    }
    return ListFilters(selects, asdict(filters))


def _lineages(entries: QuerySet[VenueEntry]) -> Iterable[str]:
    return entries.order_by().values_list("region_lineage", flat=True).distinct()


def _numbers(entries: QuerySet[VenueEntry]) -> Counter[str]:
    """Return how many entries have each finding, and how many there are. One query."""
    counts = {code: Count("pk", filter=having(code)) for code in finding_names()}
    return Counter(entries.order_by().aggregate(all=Count("pk"), **counts))


def report_lines(entries: Iterable[VenueEntry]) -> list[ReportLine]:
    """Return the lines of some entries. Two queries, and those for names that are not cached."""
    entries = list(entries)
    checks = {
        each.venue_id: each
        for each in HoursCheck.objects.filter(venue__in=[each.venue_id for each in entries])
    }
    standards = standards_by_type()
    departments = dict(Department.objects.values_list("code", "short_name"))
    regions = term_names(Region, language=SOURCE_LANGUAGE)
    oldest = clock.today() - timedelta(days=STALE_DAYS)
    return [
        ReportLine(
            entry=entry,
            department=departments.get(entry.department_code, ""),
            region=regions.get(entry.region_code, ""),
            is_stale=entry.checked_on is None or entry.checked_on < oldest,
            **_checked(checks.get(entry.venue_id), standard_of(entry.type_lineage, standards)),
        )
        for entry in entries
    ]


def _checked(check: HoursCheck | None, standard: HoursStandard | None) -> dict[str, Any]:
    if check is None:
        return {
            **dict.fromkeys(("hours", "target", "staggered", "extended"), ""),
            "is_below": False,
            "findings": (),
        }
    minutes = (check.weekly_minutes, check.target_minutes, check.staggered_minutes, check.extended_minutes)
    hours, target, staggered, extended = ("" if each is None else hours_text(each) for each in minutes)
    return {
        "hours": hours,
        "target": target,
        "staggered": staggered,
        "extended": extended,
        "is_below": "|below_weekly_hours|" in check.codes,
        "findings": tuple(
            (str(NAMES[each.code]), finding_line(each, standard)) for each in findings_of(check)
        ),
    }


def _as_csv(entries: QuerySet[VenueEntry]) -> HttpResponseBase:
    """Return the lines of all entries as a table for spreadsheets, some hundred at a time."""
    columns = [
        gettext("code"),
        gettext("venue"),
        gettext("department"),
        gettext("region"),
        gettext("type"),
        gettext("hours a week"),
        gettext("target"),
        gettext("staggered (错时)"),
        gettext("extended (延时)"),
        gettext("last checked"),
        gettext("findings"),
    ]
    # The table is streamed when the language of its reader is no longer the active one.
    language = translation.get_language()
    types = term_names(VenueType, language=SOURCE_LANGUAGE)
    pages = Paginator(entries, AT_A_TIME)

    def rows() -> Iterator[list[str]]:
        for number in pages.page_range:
            with translation.override(language):
                lines = [_row(line, types) for line in report_lines(pages.page(number).object_list)]
            yield from lines

    return csv_response(f"hours-report-{clock.today()}", columns, rows())


def _row(line: ReportLine, types: dict[str, str]) -> list[str]:
    stale = [str(finding_names()[STALE])] if line.is_stale else []
    return [
        line.entry.code,
        line.entry.title,
        line.department,
        line.region,
        types.get(line.entry.type_code, ""),
        line.hours,
        line.target,
        line.staggered,
        line.extended,
        listing_date_label(line.entry.checked_on),
        "；".join([*stale, *(found.text for __, found in line.findings)]),
    ]
