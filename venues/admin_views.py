"""What the editors' forms ask the server while they are filled in, and the withdrawal of a notice."""

import json
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Locale, Page

from openness.core import clock
from openness.core.calendars.days import city_calendar
from openness.departments.models import Department, Region, VenueType
from venues import hours, notice_checks, notice_form
from venues.compile import concerned_venues, published_hours
from venues.compliance import (
    charges_of,
    decided_holidays,
    lineage_of,
    review,
    standard_of,
    standards_by_type,
    year_ahead,
)
from venues.enums import Admission, HoursMode, NoticeScope, UrgentKind
from venues.finding_words import finding_groups, sum_lines
from venues.form_fields import EffectsField, HoursField, JsonRowsField, RowsField
from venues.hours.weekly import sums
from venues.hours_checks import all_problems
from venues.hours_preview import VenueChange, changed_days, days_shown, preview, without_mistakes
from venues.models import OpeningNoticePage, VenuePage
from venues.wording import announced_label, notice_sentence

# A preview shows the first of many; the notice itself concerns all.
VENUES_SHOWN = 12
DAYS_PER_VENUE = 7
FOUND_AT_MOST = 20


def edited_place(data: Any, user: Any) -> tuple[Page | None, Page]:
    """Return the page that is edited, if it exists, and its parent; PermissionDenied for who may not write there.

    ``data`` names ``page``, or ``parent`` below which a page is being made.
    """
    for name in ("page", "parent"):
        number = data.get(name, "")
        if not (number.isascii() and number.isdecimal() and len(number) < 10):
            continue
        found = Page.objects.filter(pk=int(number)).first()
        if found is None:
            raise PermissionDenied
        rights = found.specific.permissions_for_user(user)
        if name == "page" and rights.can_edit():
            return found.specific, found.get_parent()
        if name == "parent" and rights.can_add_subpage():
            return None, found.specific
        raise PermissionDenied
    raise PermissionDenied


# ---------------------------------------------------------------------------------------------------
# Hours


class AreasField(JsonRowsField):
    """The areas as they stand in the form: key, name, whether everybody may come in."""

    def to_python(self, value: Any) -> tuple[tuple[str, str, bool], ...]:
        """Return what can be read of them; an area without a key is not there yet."""
        try:
            rows = json.loads(value or "[]")
        except (ValueError, RecursionError):
            return ()
        found = []
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and isinstance(row.get("key"), str) and row["key"]:
                name = row.get("name")
                text = name if isinstance(name, str) else ""
                found.append(
                    (
                        row["key"],
                        text.encode(errors="replace").decode(),
                        row.get("is_general_public") is not False,
                    )
                )
        return tuple(found)


class HoursQuestion(forms.Form):
    """Hours that somebody is about to save."""

    hours = HoursField(required=False)
    hours_mode = forms.ChoiceField(choices=HoursMode, required=False)
    areas = AreasField(required=False)
    parent_venue = forms.ModelChoiceField(queryset=VenuePage.objects.all(), required=False)
    venue_type = forms.ModelChoiceField(queryset=VenueType.objects.all(), required=False)
    admission = forms.ChoiceField(choices=Admission, required=False)


@require_POST
def hours_preview(request: HttpRequest) -> HttpResponse:
    """Answer with a fragment: the next four weeks of the posted hours, and what is wrong with them."""
    page, __ = edited_place(request.POST, request.user)
    question = HoursQuestion(request.POST)
    question.is_valid()
    entered = question.cleaned_data
    context: dict[str, Any] = {"problems": list(question.errors.get("hours", ()))}
    if "hours" in entered:
        areas = entered.get("areas") or ()
        names = {"": "", **{key: name for key, name, __ in areas}}
        value = _asked_hours(page, entered, areas)
        found = (
            all_problems(value)
            if entered.get("hours_mode") == HoursMode.OWN
            else all_problems(value, with_conflicts=False)
        )
        mended = without_mistakes(value, found)
        context |= {
            **_judged(page, entered, mended, found, names),
            "days": preview(mended, names),
            "is_parents": entered.get("hours_mode") == HoursMode.SAME_AS_PARENT,
        }
    return render(request, "venues/admin/hours_preview.html", context)


def _judged(
    page: Page | None,
    entered: dict[str, Any],
    value: hours.VenueHours,
    problems: list[hours.Problem],
    names: dict[str, str],
) -> dict[str, Any]:
    """Return mistakes and findings by severity, and the sums before and after the edit."""
    venue = page if isinstance(page, VenuePage) else None
    today = clock.today()
    calendar = year_ahead(today)
    venue_type = entered.get("venue_type")
    lineage = venue_type.lineage if venue_type else lineage_of(venue) if venue else ""
    admission = entered.get("admission") or (venue.admission if venue else "")
    found = review(
        value,
        standard_of(lineage, standards_by_type()),
        calendar,
        charges=charges_of(venue, admission=admission, today=today),
        decided=decided_holidays([venue.pk])[venue.pk] if venue else (),
        today=today,
    )
    before = sums(published_hours(venue), calendar, today) if venue and venue.live else None
    return {
        "groups": finding_groups(problems, found.findings, found.standard, value.schedules, names),
        "sums": sum_lines(before, found.sums, found.standard) if found.sums else [],
        "has_before": before is not None,
        "standard": found.standard,
    }


def _asked_hours(page: Page | None, entered: dict[str, Any], areas: Any) -> hours.VenueHours:
    """Return the entered hours with the notices that are in force on the venue already."""
    venue = page if isinstance(page, VenuePage) else None
    current = (
        published_hours(venue)
        if venue is not None and venue.live
        else hours.VenueHours(mode=hours.Mode.UNKNOWN)
    )
    notices = tuple(schedule for schedule in current.schedules if schedule.notice)
    mode = entered.get("hours_mode") or HoursMode.UNKNOWN
    if mode == HoursMode.SAME_AS_PARENT:
        parent = entered.get("parent_venue")
        if parent is None or not parent.live or (venue is not None and parent.pk == venue.pk):
            return hours.VenueHours(mode=hours.Mode.UNKNOWN, schedules=notices)
        own = published_hours(parent)
        return hours.VenueHours(
            mode=own.mode, schedules=tuple(each for each in own.schedules if not each.area)
        )
    return hours.VenueHours(
        mode=hours.Mode(mode),
        areas=tuple(hours.Area(key, is_public) for key, __, is_public in areas),
        schedules=(*entered["hours"], *notices) if mode == HoursMode.OWN else notices,
    )


# ---------------------------------------------------------------------------------------------------
# Notices


class NoticeQuestion(forms.Form):
    """A notice that somebody is about to save, as far as its sentence and its effect go."""

    effects = EffectsField(required=False)
    venues = RowsField(queryset=None, required=False)
    scope = forms.ChoiceField(choices=NoticeScope, required=False)
    scope_region = forms.ModelChoiceField(queryset=Region.objects.all(), required=False)
    types = RowsField(queryset=VenueType.objects.all(), required=False)
    departments = RowsField(queryset=Department.objects.all(), required=False)
    reason = forms.CharField(required=False, max_length=200)
    urgent_kind = forms.ChoiceField(choices=UrgentKind, required=False)
    urgent_reason = forms.CharField(required=False, max_length=200)
    is_emergency = forms.BooleanField(required=False)
    supersedes = forms.ModelChoiceField(queryset=OpeningNoticePage.objects.all(), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venues: Any = self.fields["venues"]
        venues.queryset = notice_form.usable_venues(user)

    @property
    def is_selection(self) -> bool:
        """Whether it is about all venues of a kind."""
        return self.cleaned_data.get("scope") == NoticeScope.SELECTION


@require_POST
def notice_preview(request: HttpRequest) -> HttpResponse:
    """Answer with a fragment: the public sentence, and the days that change at each venue concerned."""
    page, __ = edited_place(request.POST, request.user)
    question = NoticeQuestion(request.POST, user=request.user)
    question.is_valid()
    if not notice_form.is_of_office(request.user):
        question.cleaned_data["scope"] = NoticeScope.NAMED
    context: dict[str, Any] = {"problems": list(question.errors.get("effects", ()))}
    if question.cleaned_data.get("effects"):
        context |= _notice_context(page, question)
    return render(request, "venues/admin/notice_preview.html", context)


def _notice_context(page: Page | None, question: NoticeQuestion) -> dict[str, Any]:
    entered = question.cleaned_data
    notice = page if isinstance(page, OpeningNoticePage) else OpeningNoticePage(locale=Locale.get_default())
    for name in ("venues", "types", "departments"):
        entered.setdefault(name, [])
    notice.reason = entered.get("reason", "")
    notice.is_emergency = entered.get("is_emergency", False)
    notice.urgent_kind = entered.get("urgent_kind", "")
    notice.urgent_reason = entered.get("urgent_reason", "")
    notice.scope = NoticeScope.SELECTION if question.is_selection else NoticeScope.NAMED
    notice.scope_region = entered.get("scope_region") if question.is_selection else None
    notice_form.give_rows(question, notice)
    try:
        notice_checks.entered_schedules(entered)
    except ValueError:
        return {"problems": [gettext("The change is not complete yet.")]}
    venues = concerned_venues(notice).order_by("title")
    days = days_shown()
    calendar = city_calendar(days[0], days[-1])
    changes = []
    for venue in venues.prefetch_related("areas")[:VENUES_SHOWN]:
        names = {"": "", **{area.key: area.name for area in venue.areas.all()}}
        after = notice_checks.hours_with(venue, notice, entered)
        lines = changed_days(published_hours(venue, drop=notice), after, days, calendar, names)
        changes.append(VenueChange(venue.title, lines[:DAYS_PER_VENUE], max(0, len(lines) - DAYS_PER_VENUE)))
    return {
        **_time_ahead(notice, entered),
        "sentence": notice_sentence(notice, language="zh-hans"),
        "sentence_en": notice_sentence(notice, language="en") if get_language() == "en" else "",
        "changes": changes,
        "more_venues": max(0, venues.count() - VENUES_SHOWN),
    }


def _time_ahead(notice: OpeningNoticePage, entered: dict[str, Any]) -> dict[str, Any]:
    """Return how long before its first day the notice is public, and whether a closure in it is announced late."""
    announced = clock.local(notice.first_public_at).date() if notice.first_public_at else clock.today()
    effects = entered["effects"]
    closures = [effect.first for effect in effects if effect.kind == hours.EffectKind.CLOSE]
    first = min(effect.first for effect in effects)
    return {
        "announced": announced_label(announced, first, get_language() or "zh-hans"),
        "is_late": bool(closures) and (min(closures) - announced).days < notice_checks.DAYS_AHEAD,
    }


@require_GET
def notice_venues(request: HttpRequest) -> JsonResponse:
    """Answer with the venues that match ``q`` and for which one may write notices, 20 at most."""
    edited_place(request.GET, request.user)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    found = notice_form.usable_venues(request.user)
    if not words:
        return JsonResponse({"venues": []})
    rows = notice_form.venue_rows(found.filter(title__icontains=words).order_by("title")[:FOUND_AT_MOST])
    return JsonResponse({"venues": rows})


@require_http_methods(["GET", "POST"])
def withdraw_notice(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask whether to withdraw a notice, and do it: from today on the venues have their other hours again."""
    notice = get_object_or_404(OpeningNoticePage, pk=page_id)
    lock = notice.get_lock()
    if not notice.permissions_for_user(request.user).can_publish() or (lock and lock.for_user(request.user)):
        raise PermissionDenied
    if not notice.live or notice.withdrawn_at or not notice.is_source:
        messages.error(request, _("This notice is not in force, so there is nothing to withdraw."))
        return redirect("wagtailadmin_pages:edit", notice.pk)
    if request.method == "POST":
        withdraw(notice, user=request.user)
        messages.success(
            request,
            gettext("“%(title)s” is withdrawn. It stays public and says so.") % {"title": notice.title},
        )
        return redirect("wagtailadmin_pages:edit", notice.pk)
    venues = concerned_venues(notice).order_by("title")
    context = {
        "notice": notice,
        "venues": venues[:VENUES_SHOWN],
        "more_venues": max(0, venues.count() - VENUES_SHOWN),
    }
    return render(request, "venues/admin/withdraw_notice.html", context)


@transaction.atomic
def withdraw(notice: OpeningNoticePage, *, user: Any) -> None:
    """Withdraw a public notice now. What is only a draft of it stays a draft, and is withdrawn too."""
    notice = OpeningNoticePage.objects.select_for_update().get(pk=notice.pk)
    draft = notice.get_latest_revision_as_object() if notice.has_unpublished_changes else None
    notice.withdrawn_at = clock.now()
    # What is public is published again, not what somebody has been writing since.
    notice.save_revision(user=user, clean=False, log_action=True).publish(user=user)
    if draft is not None:
        draft.withdrawn_at = notice.withdrawn_at
        draft.save_revision(user=user, clean=False)
