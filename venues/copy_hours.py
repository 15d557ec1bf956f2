"""Hours of one venue for many: choose them, see what changes for each, do it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Locale

from openness.departments.models import AudienceGroup, Region, VenueType
from openness.departments.selectors import term_names
from venues import hours
from venues.enums import HoursMode
from venues.give_hours import Given, Refused, editable_venues, give_hours
from venues.models import VenuePage
from venues.notice_form import departments_by_path
from venues.reading_words import outcome_text
from venues.schedules import hours_of, schedules_of
from venues.understanding import in_words

LISTED_AT_MOST = 200
_ROWS = ("schedules__rules__sessions", "areas")


class TargetFilter(forms.Form):
    """Which venues are listed to choose from."""

    q = forms.CharField(label=_("Part of its name"), required=False, max_length=80)
    department = forms.ChoiceField(label=_("Department"), required=False)
    type = forms.ModelChoiceField(
        queryset=VenueType.objects.none(), label=_("Type"), required=False, empty_label=_("All")
    )
    region = forms.ModelChoiceField(
        queryset=Region.objects.none(), label=_("Region"), required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, departments: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["department"].choices = [("", _("All")), *sorted(departments, key=lambda pair: pair[1])]
        fields["type"].queryset = VenueType.objects.filter(locale=Locale.get_default())
        fields["region"].queryset = Region.objects.filter(locale=Locale.get_default()).order_by("lineage")

    def applied(self, venues: Any) -> Any:
        """Return the venues that are asked for; a value that is none of the choices asks for nothing."""
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("q"):
            venues = venues.filter(title__icontains=asked["q"])
        if asked.get("department"):
            venues = venues.filter(path__startswith=asked["department"])
        if asked.get("type"):
            venues = venues.filter(venue_type__lineage__startswith=asked["type"].lineage)
        if asked.get("region"):
            venues = venues.filter(region__lineage__startswith=asked["region"].lineage)
        return venues


@dataclass(frozen=True, slots=True)
class Target:
    """A venue that may get the hours: what it has now, what it would have, and which areas do not fit.

    missing  areas of the source that it has not: their hours are not copied
    kept     areas of its own that the source has not: their hours stay
    """

    venue: VenuePage
    department: str
    before: list[str]
    after: list[str]
    missing: tuple[str, ...]
    kept: tuple[str, ...]
    given: Given

    @property
    def is_same(self) -> bool:
        """Whether it has these hours already."""
        return schedules_of(self.venue) == self.given.schedules and self.venue.hours_mode == self.given.mode


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one venue."""

    venue: VenuePage
    text: str
    is_refused: bool


def given_to(source: VenuePage, target: VenuePage) -> tuple[Given, tuple[str, ...], tuple[str, ...]]:
    """Return what ``target`` gets of the source's hours, the names of areas left out, and of those it keeps.

    Areas meet by their key. The target keeps the hours of areas that only it has.
    """
    names = {area.key: area.name for area in source.areas.all()}
    own = {area.key: area.name for area in target.areas.all()}
    copied = [each for each in schedules_of(source) if not each.area or each.area in own]
    used = {each.key for each in copied}
    stays = [each for each in schedules_of(target) if each.area and each.area not in names]
    kept = [replace(each, key=f"{each.key[:34]}-own") if each.key in used else each for each in stays]
    missing = tuple(
        names.get(key, key)
        for key in dict.fromkeys(each.area for each in schedules_of(source) if each.area)
        if key not in own
    )
    given = Given(schedules=(*copied, *kept), mode=HoursMode(source.hours_mode))
    return given, missing, tuple(dict.fromkeys(own.get(each.area, each.area) for each in kept))


def _targets(source: VenuePage, venues: Iterable[VenuePage]) -> list[Target]:
    """Return the venues beside what they would get. Two queries for the words."""
    language = get_language() or "zh-hans"
    audiences = term_names(AudienceGroup, language=language)
    venues = list(venues)
    departments = departments_by_path(venues)
    targets = []
    for venue in venues:
        given, missing, kept = given_to(source, venue)
        names = {**audiences, **{area.key: area.name for area in venue.areas.all()}}
        areas = tuple(hours.Area(area.key, area.is_general_public) for area in venue.areas.all())
        after = hours.VenueHours(areas=areas, schedules=given.schedules)
        targets.append(
            Target(
                venue,
                departments.get(venue.path[: -venue.steplen], ""),
                in_words(hours_of(venue), language, names),
                in_words(after, language, names),
                missing,
                kept,
                given,
            )
        )
    return targets


# Each venue is a transaction of its own; one that is refused keeps none of the others from its hours.
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def copy_hours(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose venues, show what would change for each, and give them the hours of this one."""
    source = get_object_or_404(VenuePage.objects.prefetch_related(*_ROWS), pk=page_id)
    if not source.is_source or not source.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not source.live:
        source = source.get_latest_revision_as_object()
    possible = editable_venues(request.user).exclude(pk=source.pk)
    language = get_language() or "zh-hans"
    names = {area.key: area.name for area in source.areas.all()}
    audiences = term_names(AudienceGroup, language=language)
    context: dict[str, Any] = {
        "source": source,
        "lines": in_words(hours_of(source), language, {**audiences, **names}),
        "can_copy": source.hours_mode == HoursMode.OWN and source.schedules.exists(),
        "media": forms.Media(
            css={"all": ["css/admin/hours.css", "css/admin/preview.css", "css/admin/paste.css"]}
        ),
    }
    if request.method == "POST" and context["can_copy"]:
        chosen = [int(pk) for pk in request.POST.getlist("venue") if pk.isdecimal() and len(pk) < 18]
        targets = _targets(source, _with_rows(possible.filter(pk__in=chosen)))
        if targets and request.POST.get("action") in {"draft", "publish"}:
            publish = request.POST["action"] == "publish"
            context["results"] = [_give(source, each, user=request.user, publish=publish) for each in targets]
            return render(request, "venues/admin/copy_done.html", context)
        if targets:
            may_publish = [each.venue.permissions_for_user(request.user).can_publish() for each in targets]
            context |= {"targets": targets, "may_publish": any(may_publish)}
            return render(request, "venues/admin/copy_confirm.html", context)
        context["problem"] = _("Choose at least one venue.")
    paths = departments_by_path(possible.only("pk", "path", "depth"))
    form = TargetFilter(request.GET, departments=paths.items())
    found = form.applied(possible)
    context |= {
        "form": form,
        "targets": _targets(source, _with_rows(found)[:LISTED_AT_MOST]),
        "more": max(0, found.count() - LISTED_AT_MOST),
    }
    return render(request, "venues/admin/copy.html", context)


def _with_rows(venues: Any) -> Any:
    return venues.select_related("region", "venue_type").prefetch_related(*_ROWS).order_by("title", "pk")


def _give(source: VenuePage, target: Target, *, user: Any, publish: bool) -> Result:
    try:
        outcome = give_hours(target.venue, lambda page: given_to(source, page)[0], user=user, publish=publish)
    except Refused as refusal:
        return Result(target.venue, str(refusal), is_refused=True)
    return Result(target.venue, outcome_text(outcome), is_refused=False)
