"""The office's report: what readers searched for, and above all what they did not find; by week, paged, as CSV."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from openness.core import clock
from openness.core.csv_stream import csv_response
from openness.core.list_filters import ListFilters, everything
from openness.departments.people import is_of_office
from search.models import AskedQuestion

PER_PAGE = 50
ONE_WEEK = timedelta(days=7)
# The weeks that have a column of their own, this one among them.
WEEKS_SHOWN = 6
PERIODS = (6, 13, 52)
FOUND_NOTHING, ALL = "", "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the report is narrowed to; an empty language means all."""

    show: str = FOUND_NOTHING
    weeks: str = str(PERIODS[0])
    language: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Filters":
        """Read them from the address; what there is not narrows nothing."""
        weeks, language = request.GET.get("weeks", ""), request.GET.get("language", "")
        return cls(
            show=ALL if request.GET.get("show") == ALL else FOUND_NOTHING,
            weeks=weeks if weeks in map(str, PERIODS) else str(PERIODS[0]),
            language=language if language in dict(settings.LANGUAGES) else "",
        )

    @property
    def first_day(self) -> date:
        """The Monday with which the period begins."""
        return _monday(clock.today()) - (int(self.weeks) - 1) * ONE_WEEK


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Words with how often they were asked: in each week that is shown (its Monday), and in the whole period."""

    words: str
    language: str
    weeks: tuple[tuple[date, int], ...]
    times: int
    last: date
    found: int

    @property
    def synonym_url(self) -> str:
        """Where the words become synonyms of others."""
        return self._begun("wagtailsnippets_site_search_synonymgroup:add")

    @property
    def promote_url(self) -> str:
        """Where a page is recommended to whoever asks this."""
        return self._begun("wagtailsnippets_site_search_promotedresult:add")

    def _begun(self, name: str) -> str:
        return f"{reverse(name)}?{urlencode({'words': self.words})}"


def asked(filters: Filters) -> QuerySet[Any, dict[str, Any]]:
    """Return words with their numbers, the most frequent first.

    What was found when it was asked last is found: a page that was missing has come, or a synonym has helped.
    """
    rows = AskedQuestion.objects.filter(day__gte=filters.first_day)
    if filters.language:
        rows = rows.filter(language=filters.language)
    same = AskedQuestion.objects.filter(words=OuterRef("words"), language=OuterRef("language"))
    weeks = {
        f"week_{number}": Sum("times", filter=_within(week)) for number, week in enumerate(weeks_shown())
    }
    lines: QuerySet[Any, Any] = (
        rows.order_by()
        .values("words", "language")
        .annotate(
            total=Sum("times"),
            last=Max("day"),
            found_last=Subquery(same.order_by("-day").values("found")[:1]),
            **weeks,
        )
    )
    if filters.show == FOUND_NOTHING:
        lines = lines.filter(found_last=0)
    return lines.order_by("-total", "-last", "words", "language")


def weeks_shown() -> list[date]:
    """Return the Mondays of the weeks that have a column, the oldest first."""
    monday = _monday(clock.today())
    return [monday - back * ONE_WEEK for back in reversed(range(WEEKS_SHOWN))]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _within(week: date) -> Q:
    return Q(day__gte=week, day__lt=week + ONE_WEEK)


def _line(row: dict[str, Any]) -> AskedLine:
    return AskedLine(
        words=row["words"],
        language=str(dict(settings.LANGUAGES).get(row["language"], row["language"])),
        weeks=tuple((week, row[f"week_{number}"] or 0) for number, week in enumerate(weeks_shown())),
        times=row["total"],
        last=row["last"],
        found=row["found_last"],
    )


@require_GET
def asked_report(request: HttpRequest) -> HttpResponseBase:
    """Answer with the report as a page, or with all its rows as CSV (``format=csv``). Three queries of its own."""
    if not is_of_office(request.user):
        raise PermissionDenied
    filters = Filters.of(request)
    rows = asked(filters)
    if request.GET.get("format") == "csv":
        return _as_csv(rows)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": [_line(row) for row in page.object_list],
        "page_obj": page,
        "weeks": weeks_shown(),
        "form": _filter_form(filters),
        "found_nothing": filters.show == FOUND_NOTHING,
        "first_day": filters.first_day,
    }
    return render(request, "search/admin/asked_report.html", context)


def _filter_form(filters: Filters) -> ListFilters:
    periods = [(str(weeks), gettext("%(number)s weeks") % {"number": weeks}) for weeks in PERIODS]
    selects: dict[str, Any] = {
        "show": (_("Searches"), [(FOUND_NOTHING, _("that found nothing")), (ALL, _("all"))]),
        "weeks": (_("Period"), periods),
        "language": (_("Language"), [everything(), *settings.LANGUAGES]),
    }
    return ListFilters(selects, asdict(filters))


def _as_csv(rows: QuerySet[Any, dict[str, Any]]) -> HttpResponseBase:
    """Return all lines as a table for spreadsheets, as the database yields them."""
    columns = [
        gettext("words"),
        gettext("language"),
        *(gettext("week of %(day)s") % {"day": week.isoformat()} for week in weeks_shown()),
        gettext("in the period"),
        gettext("asked last"),
        gettext("results then"),
    ]
    codes = [code for code, __ in settings.LANGUAGES]

    def cells() -> Iterator[list[str]]:
        for row in rows.iterator(chunk_size=500):
            line = _line(row)
            language = row["language"] if row["language"] in codes else line.language
            yield [
                line.words,
                language,
                *(str(number) for __, number in line.weeks),
                str(line.times),
                line.last.isoformat(),
                str(line.found),
            ]

    return csv_response(f"searches-{clock.today()}", columns, cells())
