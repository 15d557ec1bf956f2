"""Annual reports on disclosure as the library shows them, and a report's own page."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from openness.core.dates import date_label
from openness.departments.selectors import department_of, departments_of, publisher_of
from policies.anchors import placed
from policies.presentation.library import sections
from policies.presentation.policy import contents_of, file_view
from policies.reports_due import due_on
from policies.selectors import public_reports

if TYPE_CHECKING:
    from policies.models import AnnualReportPage, DisclosureGuidePage


def reports_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the public annual reports by the year that they report on, the latest first."""
    reports = list(public_reports(locale=page.locale))
    owners = departments_of(reports)
    rows = [
        {
            "year": report.year,
            "title": report.title,
            "url": report.get_url(request),
            "summary": report.summary,
            "date_label": report.listing_row(request).date_label,
            "department": owner.name if (owner := owners[report.path]) else "",
        }
        for report in reports
    ]
    return {
        "title": _("Annual reports on disclosure"),
        # Found by itself, not as the library.
        "canonical_url": page.full_exit_url("reports", request),
        "years": [
            {"year": year, "rows": sorted(group, key=lambda row: row["department"])}
            for year, group in groupby(rows, key=lambda row: row["year"])
        ],
        "library_url": page.get_url(request),
        **sections(page, request),
    }


def report_context(page: "AnnualReportPage", request: HttpRequest) -> dict[str, Any]:
    """Return the template context of one annual report."""
    department = department_of(page)
    language = page.locale.language_code
    return {
        "publisher": publisher_of(page, locale=page.locale, request=request),
        "contents": contents_of(placed(page.body)),
        "attachments": [
            file_view(row.document) for row in page.source_page.attachments.select_related("document")
        ],
        "due_label": date_label(due_on(department, page.year), language) if department else "",
    }


def guide_context(page: "DisclosureGuidePage", request: HttpRequest) -> dict[str, Any]:
    """Return the template context of the guide to information on request."""
    library = page.get_parent().specific
    return {
        "contents": contents_of(placed(page.body)),
        "library_url": library.get_url(request),
        "library_title": library.title,
        **sections(library, request),
    }
