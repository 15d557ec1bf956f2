"""The import of a spreadsheet of hours: give a file, look at its rows, mend them, take them."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from openness.departments.models import AudienceGroup
from openness.departments.selectors import term_names
from venues.give_hours import may_import, parents_for_venues
from venues.hours_checks import checked_calendar
from venues.hours_import import choose, read_again, store, take_chosen, understanding_of
from venues.models import TAKEABLE, HoursImport, RowState
from venues.paste import reading_context
from venues.reading_words import row_problem_text
from venues.schedules import hours_of
from venues.spreadsheets import COLUMNS, Unreadable, read_table, template
from venues.understanding import in_words

ROWS_PER_PAGE = 50
IMPORTS_SHOWN = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The order in which rows are looked at.
STATES = (
    RowState.READY,
    RowState.ATTENTION,
    RowState.BLOCKED,
    RowState.SAME,
    RowState.CHOSEN,
    RowState.DONE,
)


class FileForm(forms.Form):
    """A spreadsheet, and where its new venues go."""

    file = forms.FileField(
        label=_("Spreadsheet (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    parent = forms.ModelChoiceField(
        queryset=Page.objects.none(),
        label=_("Add new venues to"),
        empty_label=_("Do not add venues"),
        required=False,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = parents_for_venues(user)
        field: Any = self.fields["parent"]
        field.queryset = Page.objects.filter(pk__in=[page.pk for page in parents]).order_by("title")
        if len(parents) == 1:
            self.initial["parent"] = parents[0].pk


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """List one's imports, and take a new file."""
    if not may_import(request.user):
        raise PermissionDenied
    user: Any = request.user
    form = FileForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            table = read_table(given["file"])
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            stored = store(table, file_name=given["file"].name, parent=given["parent"], user=user)
            return redirect("venues_hours_import", stored.pk)
    mine = HoursImport.objects.filter(user=user)
    context = {
        "form": form,
        "imports": mine.select_related("parent").annotate(count=Count("rows"))[:IMPORTS_SHOWN],
        "columns": [names[0] for names in COLUMNS.values()],
    }
    return render(request, "venues/admin/imports.html", context)


@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    """Answer with an .xlsx that has all headings."""
    return HttpResponse(
        template(),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="opening-hours.xlsx"'},
    )


# Each row is a transaction of its own; what is taken stays taken when a later row fails.
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def hours_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show the rows of an import, mend their texts, and take the chosen ones."""
    user: Any = request.user
    stored = get_object_or_404(HoursImport.objects.select_related("parent"), pk=import_id, user=user)
    if not may_import(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _act(request, stored)
    state = request.GET.get("state", "")
    rows = stored.rows.filter(state=state) if state in RowState.values else stored.rows.all()
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("p"))
    counts = dict(stored.rows.values_list("state").annotate(Count("pk")).order_by())
    context = {
        "import": stored,
        "page": page,
        "rows": _shown(page.object_list),
        "state": state,
        "tabs": [(each.value, each.label, counts[each]) for each in STATES if counts.get(each)],
        "total": sum(counts.values()),
        "ready": counts.get(RowState.READY, 0),
        "waiting": counts.get(RowState.CHOSEN, 0),
        "is_going_on": request.GET.get("going") == "on",
        "media": _media(),
    }
    return render(request, "venues/admin/import.html", context)


def _media() -> forms.Media:
    module: Any = Script("js/admin/import.js", type="module")
    styles = ["css/admin/hours.css", "css/admin/preview.css", "css/admin/paste.css"]
    return forms.Media(css={"all": styles}, js=[module])


def _shown(rows: Any) -> list[dict[str, Any]]:
    """Return what the page tells of each row. Its queries do not grow with the rows."""
    rows = list(
        rows.select_related("venue").prefetch_related("venue__schedules__rules__sessions", "venue__areas")
    )
    language = get_language() or "zh-hans"
    audiences = term_names(AudienceGroup, language=language)
    calendar = checked_calendar()
    shown = []
    for row in rows:
        found = understanding_of(row)
        existing = {area.key: area.name for area in row.venue.areas.all()} if row.venue else {}
        reading: dict[str, Any] = {"found": found}
        if found.has_hours:
            reading = reading_context(found, existing, calendar=calendar)
        before = in_words(hours_of(row.venue), language, {**audiences, **existing}) if row.venue else []
        shown.append(
            {
                **reading,
                "row": row,
                "is_open": row.state != RowState.DONE,
                "can_be_taken": row.state in TAKEABLE,
                "problems": [row_problem_text(code, params) for code, params in row.problems],
                "before": before,
                "new_areas": [name for name, __, known in reading.get("areas", ()) if not known],
                "cells": [
                    (key, names[0], row.cells.get(key, ""))
                    for key, names in COLUMNS.items()
                    if key != "hours"
                ],
                "is_draft": bool(row.venue and row.venue.has_unpublished_changes),
            }
        )
    return shown


def _act(request: HttpRequest, stored: HoursImport) -> HttpResponse:
    """Store what was mended; then take rows, unless something changed that nobody has seen."""
    asked = request.POST
    back = HttpResponseRedirect(f"{reverse('venues_hours_import', args=[stored.pk])}?{asked.get('back', '')}")
    mended = read_again(stored, _mended(stored, asked))
    action = asked.get("action", "")
    if mended:
        text = ngettext("%(count)d row was read again.", "%(count)d rows were read again.", mended)
        if action != "read":
            text += " " + gettext("Nothing was taken yet: look at what was understood first.")
        messages.success(request, text % {"count": mended})
        return back
    if action in {"ticked", "ready"}:
        keys = [int(each) for each in asked.getlist("row") if each.isdecimal() and len(each) < 18]
        if action == "ready":
            keys = list(stored.rows.filter(state=RowState.READY).values_list("pk", flat=True))
        if not choose(stored, keys, publish=bool(asked.get("publish"))):
            messages.warning(request, gettext("No row is ticked that could be taken."))
            return back
    if action in {"ticked", "ready", "continue"}:
        waiting = take_chosen(stored, user=stored.user)
        _tell(request, stored, waiting)
        if waiting:
            # A script presses the button to go on, until it is stopped.
            return HttpResponseRedirect(f"{reverse('venues_hours_import', args=[stored.pk])}?going=on")
    return back


def _mended(stored: HoursImport, asked: Any) -> dict[int, dict[str, str]]:
    """Return the cells that the page sent, by row; those of other imports are left out by the caller's query."""
    found: dict[int, dict[str, str]] = {}
    for name in asked:
        stem, __, rest = name.partition("-")
        number, __, key = rest.partition("-")
        if stem == "cell" and number.isdecimal() and len(number) < 18 and key in COLUMNS:
            text = asked[name].encode(errors="replace").decode().replace("\x00", "").replace("\r\n", "\n")
            found.setdefault(int(number), {})[key] = text.strip()
    return found


def _tell(request: HttpRequest, stored: HoursImport, waiting: int) -> None:
    done = stored.rows.filter(state=RowState.DONE).count()
    refused = stored.rows.filter(state=RowState.BLOCKED).exclude(message="").count()
    text = ngettext("%(count)d row is taken.", "%(count)d rows are taken.", done) % {"count": done}
    if refused:
        text += " " + ngettext(
            "%(count)d was refused, and says why.", "%(count)d were refused, and say why.", refused
        ) % {"count": refused}
    if waiting:
        text += " " + ngettext("%(count)d still waits.", "%(count)d still wait.", waiting) % {
            "count": waiting
        }
    (messages.warning if refused or waiting else messages.success)(request, text)
