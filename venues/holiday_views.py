"""The holiday table as screens: fill it in, and publish what the department has decided as one notice."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from openness.core import clock
from openness.departments.models import Department
from venues import holiday_notice, holiday_table
from venues.compliance import year_ahead
from venues.enums import HolidayChoice, UrgentKind
from venues.holiday_table import Column, Entered, UnreadableTimes, cell_name
from venues.hours_report import departments_seen
from venues.models import VenuePage

PER_PAGE = 25
CHOICES = [("", _("undecided")), *HolidayChoice.choices]
TAKE_BACK = "take_back"
# What a whole row or column can be given at once.
FILLINGS = [("", "–"), *HolidayChoice.choices, (TAKE_BACK, _("undecided"))]


class Desk:
    """What both screens are about: the department, its venues, the coming holidays. Raises PermissionDenied."""

    def __init__(self, request: HttpRequest) -> None:
        self.user: Any = request.user
        self.departments = list(departments_seen(request.user))
        wanted = request.POST.get("department") or request.GET.get("department", "")
        self.department = next(
            (each for each in self.departments if each.code == wanted),
            self.departments[0] if self.departments and not wanted else None,
        )
        if self.department is None:
            raise PermissionDenied
        self.venues = holiday_table.venues_of(self.department, request.user)
        today = clock.today()
        self.calendar = year_ahead(today)
        self.columns = holiday_table.columns(self.calendar, today)
        self.missing = holiday_table.years_missing(self.calendar, today)

    def address(self, name: str, page: int = 1) -> str:
        """Return the address of a screen for this department."""
        query = urlencode({"department": self.department_code, "page": str(page)})
        return f"{reverse(name)}?{query}"

    @property
    def department_code(self) -> str:
        """The code of the department."""
        department: Department = self.department  # type: ignore[assignment]  # __init__ has refused None
        return department.code


@require_http_methods(["GET", "POST"])
def holiday_table_view(request: HttpRequest) -> HttpResponse:
    """Show a department's venues by the coming holidays; keep, fill or take back decisions."""
    desk = Desk(request)
    page = Paginator(desk.venues, PER_PAGE).get_page(request.POST.get("page") or request.GET.get("page"))
    venues = list(page.object_list)
    posted: dict[str, tuple[str, str, str]] = {}
    if request.method == "POST":
        posted = _keep(request, desk, venues)
        if not posted:
            _fill(request, desk, venues)
            if "publish" in request.POST:
                return redirect(desk.address("venues_holiday_notice"))
            return redirect(desk.address("venues_holiday_table", page.number))
        messages.error(request, gettext("Some hours cannot be read; nothing of these cells was kept."))
    rows = holiday_table.rows(venues, desk.columns, desk.calendar, posted=posted)
    context = {
        "desk": desk,
        "page_obj": page,
        "columns": desk.columns,
        "rows": rows,
        "choices": CHOICES,
        "fillings": FILLINGS,
        "undecided": sum(row.undecided for row in rows),
    }
    return render(request, "venues/admin/holiday_table.html", context)


def _keep(request: HttpRequest, desk: Desk, venues: list[VenuePage]) -> dict[str, tuple[str, str, str]]:
    """Keep what the posted cells say; return those that cannot be read, with why."""
    entered: dict[holiday_table.Key, Entered | None] = {}
    wrong = {}
    for venue in venues:
        for column in desk.columns:
            name = cell_name(venue, column)
            if name not in request.POST:
                continue
            choice, times = request.POST[name], request.POST.get(f"{name}-times", "")[:200]
            try:
                entered[(venue.pk, *column.block.key)] = holiday_table.read_cell(choice, times)
            except UnreadableTimes as error:
                wrong[name] = (choice, times, str(error))
    with transaction.atomic():
        changed = holiday_table.keep(venues, desk.columns, entered, user=desk.user)
    if changed and not wrong:
        messages.success(
            request,
            ngettext(
                "Decisions of %(number)d venue are kept.", "Decisions of %(number)d venues are kept.", changed
            )
            % {"number": changed},
        )
    return wrong


def _fill(request: HttpRequest, desk: Desk, venues: list[VenuePage]) -> None:
    """Do what the pressed button of a row or column asks: all undecided cells there get one decision."""
    what, __, which = request.POST.get("fill", "").partition(":")
    if what not in {"column", "row"}:
        return
    prefix = f"{what}-{which}"
    choice, times = request.POST.get(prefix, ""), request.POST.get(f"{prefix}-times", "")[:200]
    if not choice:
        messages.warning(request, gettext("Choose first what to fill in."))
        return
    try:
        entered = holiday_table.read_cell(choice, times)
    except UnreadableTimes as error:
        messages.error(request, str(error))
        return
    found: tuple[Column, ...] = desk.columns
    if what == "column":
        found = tuple(column for column in desk.columns if column.code == which)
        venues = list(desk.venues)
    else:
        venues = [venue for venue in venues if str(venue.pk) == which]
    with transaction.atomic():
        number = holiday_table.fill(venues, found, desk.calendar, entered, user=desk.user)
    text = (
        ngettext("%(number)d decision was taken back.", "%(number)d decisions were taken back.", number)
        if entered is None
        else ngettext(
            "%(number)d undecided cell was filled; what was decided before stays.",
            "%(number)d undecided cells were filled; what was decided before stays.",
            number,
        )
    )
    messages.success(request, text % {"number": number})


class NoticeForm(forms.Form):
    """What a person adds to the department's decisions to make a notice of them."""

    title = forms.CharField(label=_("Title"), max_length=255)
    reason = forms.CharField(label=_("reason"), max_length=200)
    urgent_kind = forms.ChoiceField(
        label=_("announced less than seven days ahead, for"),
        choices=[("", "—"), *UrgentKind.choices],
        required=False,
    )
    urgent_reason = forms.CharField(
        label=_("why it could not be announced seven days ahead"), max_length=200, required=False
    )


@require_http_methods(["GET", "POST"])
def holiday_notice_view(request: HttpRequest) -> HttpResponse:
    """Show what the department's decisions come to, and publish them as one notice."""
    desk = Desk(request)
    plan = holiday_notice.Plan(list(desk.venues), desk.columns)
    parent = holiday_notice.parent_of(desk.department) if desk.department else None
    if parent is None or not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    form = NoticeForm(request.POST or None, initial=plan.initial())
    problems: list[str] = []
    if request.method == "POST" and plan.is_new and form.is_valid():
        checked = holiday_notice.notice_form(plan, parent, request.user, form.cleaned_data)
        if checked.is_valid():
            notice = holiday_notice.publish(plan, checked, parent, request.user)
            _tell(request, notice)
            return redirect(desk.address("venues_holiday_table"))
        problems = [text for texts in checked.errors.values() for text in texts]
    context = {
        "desk": desk,
        "plan": plan,
        "form": form,
        "problems": problems,
        "sentence": plan.sentence(form["reason"].value() or ""),
        "may_publish": parent.permissions_for_user(request.user).can_publish_subpage(),
        "left_out": [column for column in desk.columns if not column.block.is_confirmed],
    }
    return render(request, "venues/admin/holiday_notice.html", context)


def _tell(request: HttpRequest, notice: Any) -> None:
    """Say what became of the notice, with the way to it."""
    edit = reverse("wagtailadmin_pages:edit", args=[notice.pk])
    if notice.live:
        text = format_html(
            gettext('“{}” is published. <a href="{}">Read it</a> or <a href="{}">change it</a>.'),
            notice.title,
            notice.get_url(request) or "",
            edit,
        )
        messages.success(request, text)
    else:
        text = format_html(
            gettext('“{}” is a draft. <a href="{}">Hand it in for review there</a>.'), notice.title, edit
        )
        messages.warning(request, text)
