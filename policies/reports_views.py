"""The list of annual reports that are due: the person's departments, all of them for the office."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from openness.core import clock
from openness.departments.models import Department
from openness.departments.people import departments_in_which, is_of_office
from openness.departments.selectors import departments_of
from policies.models import AnnualReportPage
from policies.places import places_for
from policies.reports_due import reports_due

YEARS_BACK = 5


def departments_seen(user: Any) -> QuerySet[Department]:
    """Return the departments whose reports a person may look through: all for the office, else the person's own."""
    return Department.objects.all() if is_of_office(user) else departments_in_which(user)


@require_GET
def reports_due_view(request: HttpRequest) -> HttpResponse:
    """Show whose report on a year is published, a draft or missing, and by when; last year's unless asked otherwise."""
    departments = departments_seen(request.user)
    if not departments.exists():
        raise PermissionDenied
    last = clock.today().year - 1
    years = [last - back for back in range(YEARS_BACK)]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(each) for each in years} else last
    rows = reports_due(departments, year)
    addresses = write_addresses(request.user)
    context = {
        "rows": [(row, addresses.get(row.department.pk, "")) for row in rows],
        "year": year,
        "years": years,
        "missing": sum(not row.is_public for row in rows),
    }
    return render(request, "policies/admin/reports_due.html", context)


def write_addresses(user: Any) -> dict[int, str]:
    """Return where the person may write a report, by the department whose report it is."""
    places = places_for(AnnualReportPage, user)
    owners = departments_of(places)
    return {
        owner.pk: reverse("wagtailadmin_pages:add", args=["policies", "annualreportpage", place.pk])
        for place in places
        if (owner := owners[place.path])
    }


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """Addresses below ``/admin/``."""
    return [path("policies/reports/", reports_due_view, name="policies_reports_due")]


class ReportsMenuItem(MenuItem):
    """An entry for those who write for a department, and for the office."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to them."""
        return departments_seen(request.user).exists()


@hooks.register("register_policies_menu_item")
def reports_item() -> MenuItem:
    """Lead to the list."""
    return ReportsMenuItem(
        _("Annual reports"),
        reverse("policies_reports_due"),
        name="annual-reports",
        icon_name="list-ul",
        order=300,
    )
