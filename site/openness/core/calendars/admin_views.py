"""The office's screens for a year of the calendar: look at it, have it proposed, confirm it."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from openness.core import clock
from openness.core.calendars.forms import ConfirmYearForm
from openness.core.calendars.models import FIRST_YEAR, LAST_YEAR, CalendarYear
from openness.core.calendars.overview import blocks_of, months_of, school_years_of
from openness.core.calendars.packages import (
    CHINESECALENDAR,
    HOLIDAYS,
    YearNotAnnounced,
    is_announced,
    release,
)
from openness.core.calendars.proposals import confirm_year, differences, propose_year
from openness.core.calendars.reminder import years_to_confirm
from openness.core.dates import weekday_label

CHANGE, ADD = "core.change_calendaryear", "core.add_calendaryear"


@require_GET
def current_year(request: HttpRequest) -> HttpResponse:
    """Lead to the year that waits for the office, else to the present one."""
    _require(request, CHANGE)
    waiting = years_to_confirm(clock.today())
    return redirect("core_calendar_year", waiting[0] if waiting else clock.today().year)


@require_http_methods(["GET", "POST"])
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year, and confirm it with the notice that was filled in."""
    _require(request, CHANGE)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return redirect("core_calendar")
    stored = CalendarYear.objects.filter(year=year).first()
    if stored is None:
        return render(request, "core/admin/calendar_year.html", _frame(request, year))
    found = differences(stored)
    form = ConfirmYearForm(
        request.POST or None,
        instance=CalendarYear.objects.get(year=year),
        must_compare=bool(found) or not is_announced(year),
    )
    if request.method == "POST" and form.is_valid() and _confirm(request, year, form):
        return redirect("core_calendar_year", year)
    language = get_language() or ""
    context = _frame(request, year) | {
        "stored": stored,
        "form": form,
        "differences": found,
        "months": months_of(stored, language),
        "weekdays": _weekdays(language),
        "blocks": blocks_of(stored),
        "school_years": school_years_of(year),
        "packages": (release(CHINESECALENDAR), release(HOLIDAYS)),
    }
    return render(request, "core/admin/calendar_year.html", context)


@require_POST
def propose(request: HttpRequest, year: int) -> HttpResponse:
    """Enter a year as the packages have it."""
    _require(request, ADD)
    try:
        propose_year(year)
    except YearNotAnnounced as error:
        messages.error(request, str(error))
        return redirect("core_calendar")
    return redirect("core_calendar_year", year)


def _confirm(request: HttpRequest, year: int, form: ConfirmYearForm) -> bool:
    source = {name: form.cleaned_data[name] for name in ("source_title", "source_url")}
    try:
        confirm_year(year, **source, by=request.user)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, gettext("%(year)s is confirmed.") % {"year": year})
    return True


def _frame(request: HttpRequest, year: int) -> dict[str, Any]:
    """What the page shows whether or not anybody has entered the year."""
    this_year = clock.today().year
    shown = {this_year, this_year + 1, year} | set(CalendarYear.objects.values_list("year", flat=True))
    return {
        "year": year,
        "years": [(each, each == year) for each in sorted(shown) if FIRST_YEAR <= each <= LAST_YEAR],
        "is_announced": is_announced(year),
        "can_propose": request.user.has_perm(ADD),
    }


def _weekdays(language: str) -> list[tuple[str, str]]:
    """Return 一 and 周一, Mo and Mon, and so on."""
    names = [weekday_label(date.fromisocalendar(2026, 1, number), language) for number in range(1, 8)]
    return [(name[:2] if name.isascii() else name[-1], name) for name in names]


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


urlpatterns = [
    path("calendar/", current_year, name="core_calendar"),
    path("calendar/<int:year>/", calendar_year, name="core_calendar_year"),
    path("calendar/<int:year>/propose/", propose, name="core_calendar_propose"),
]
