"""Editors' screens about activities: what is said after saving, and the report of sessions at closed venues."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from news.findings import doubtful_sessions, session_findings
from news.models import ActivityPage
from openness.core.dates import minute_label

PER_PAGE = 50
BREAK = mark_safe("<br>")
ACTIONS = {"add", "change", "publish"}


@hooks.register("register_admin_urls")
def activity_urls() -> list[URLPattern]:
    """Addresses below ``/admin/``; Wagtail lets nobody in without access to its admin."""
    return [path("activities/findings/", session_report, name="news_session_report")]


class SessionReportItem(MenuItem):
    """Leads to the report; shown to those who work on activities."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whom some activity, of now or to come, is entrusted."""
        return PagePermissionPolicy(ActivityPage).user_has_any_permission(request.user, ACTIONS)


@hooks.register("register_reports_menu_item")
def session_report_item() -> MenuItem:
    """Offer the report beside Wagtail's own."""
    return SessionReportItem(
        gettext_lazy("Sessions at closed venues"),
        reverse("news_session_report"),
        name="sessions-at-closed-venues",
        icon_name="warning",
        order=650,
    )


def session_report(request: HttpRequest) -> HttpResponse:
    """Show the public sessions to come that fall when their venue is closed or unknown, of the activities one may edit.

    They are worked out as the page is asked for, so that a notice of this hour is in them.
    """
    allowed = PagePermissionPolicy(ActivityPage).instances_user_has_any_permission_for(request.user, ACTIONS)
    sessions = doubtful_sessions().filter(page__in=allowed.order_by().values("pk"))
    page = Paginator(sessions.select_related("page", "venue"), PER_PAGE).get_page(request.GET.get("p"))
    findings = session_findings(page.object_list)
    return render(request, "news/admin/session_report.html", {"page_obj": page, "findings": findings})


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_session_findings(request: HttpRequest, page: Page) -> None:
    """Say after saving which sessions fall when their venue is closed; it keeps nobody from publishing."""
    if not request.accepts("text/html"):
        return  # The form saves itself while one types; messages of that pile up until the next screen.
    if not isinstance(page, ActivityPage) or not page.is_source:
        return
    found = session_findings(page.sessions.all())
    if found:
        rows: Any = (
            (minute_label(each.session.starts_at), each.session.venue.title, each.text) for each in found
        )
        lead = _("Sessions that do not fit the hours of their venue; ask the venue:")
        messages.warning(request, format_html_join(BREAK, "{} {} {}", [(lead, "", ""), *rows]))
