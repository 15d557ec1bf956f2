"""The office's and departments' screens about hours as a whole: the report, the holiday table, the standards."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from openness.core import clock
from venues import holiday_views, hours_report
from venues.compliance import (
    charges_of,
    decided_holidays,
    lineage_of,
    review,
    standard_of,
    standards_by_type,
    year_ahead,
)
from venues.finding_words import finding_line
from venues.hours import Severity
from venues.models import HoursStandard, VenuePage
from venues.published import published_hours

BREAK = mark_safe("<br>")


@hooks.register("register_admin_urls")
def office_urls() -> list[URLPattern]:
    """Addresses below ``/admin/``."""
    return [
        path("venues/hours/report/", hours_report.hours_report, name="venues_hours_report"),
        path("venues/holidays/", holiday_views.holiday_table_view, name="venues_holiday_table"),
        path("venues/holidays/notice/", holiday_views.holiday_notice_view, name="venues_holiday_notice"),
    ]


class OfficeMenuItem(MenuItem):
    """An entry for whom there is something behind it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to the office, and to the members of a department."""
        return hours_report.may_look(request.user)


@hooks.register("register_hours_menu_item")
def report_item() -> MenuItem:
    """Lead to the report."""
    return OfficeMenuItem(
        _("Hours report"), reverse("venues_hours_report"), name="hours-report", icon_name="list-ul", order=100
    )


@hooks.register("register_hours_menu_item")
def holiday_item() -> MenuItem:
    """Lead to the holiday table."""
    return OfficeMenuItem(
        _("Holiday table"), reverse("venues_holiday_table"), name="holidays", icon_name="calendar", order=200
    )


class HoursStandardViewSet(SnippetViewSet):
    """The standards of venue types."""

    model = HoursStandard
    icon = "success"
    menu_label = _("Hours standards")
    menu_hook = "register_hours_menu_item"
    menu_order = 900
    list_display = ("venue_type", "weekly_hours", "needs_weekend", "needs_holiday_decision", "source")
    list_per_page = 50


register_snippet(HoursStandardViewSet)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_findings(request: HttpRequest, page: Page) -> None:
    """Say after saving what law and standard ask and the hours do not have; it keeps nobody from publishing."""
    if not request.accepts("text/html"):
        return  # The form saves itself while one types; messages of that pile up until the next screen.
    if not isinstance(page, VenuePage) or not page.is_source or page.has_ended:
        return
    today = clock.today()
    value = published_hours(page)
    found = review(
        value,
        standard_of(lineage_of(page), standards_by_type()),
        year_ahead(today),
        charges=charges_of(page, admission=page.admission, today=today),
        decided=decided_holidays([page.pk])[page.pk],
        today=today,
    )
    names = {"": "", **{area.key: area.name for area in page.areas.all()}}
    lines = [
        finding_line(each, found.standard, value.schedules, names)
        for each in found.findings
        if each.severity == Severity.WARNING
    ]
    if lines:
        rows: Any = ((f"{line.place} {line.text}".strip(), line.remedy, line.source) for line in lines)
        messages.warning(request, format_html_join(BREAK, "<span>{} {} <small>{}</small></span>", rows))
