"""The desk of measures: what one's department answers for, how far it is, and what shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Locale, Page

from openness.core.forms import tell_mistakes
from openness.core.gate import is_visible, visible
from openness.core.list_filters import ListFilters, counted, everything
from openness.departments.models import Department
from policies.enums import MeasureState
from policies.measure_rights import MeasureDesk
from policies.measures import STATE_LABELS, UNREPORTED, is_late, report_view
from policies.models import Measure, MeasureEvidence, MeasureReport

PER_PAGE = 50
LATE = "late"


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One measure on the desk."""

    measure: Measure
    departments: list[Department]
    state: str
    state_label: Any
    reported_on: datetime | None
    is_late: bool
    evidence: int
    url: str


class ReportForm(forms.ModelForm):
    """A report: in whose name, how far the measure is, what was done."""

    class Meta:
        model = MeasureReport
        fields = ("department", "state", "note")
        labels = {"department": _("In the name of")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, departments: list[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        field.queryset = Department.objects.filter(pk__in=[each.pk for each in departments])
        field.initial = departments[0]
        field.empty_label = None

    def clean(self) -> dict[str, Any]:
        """What has ended, well or not, says how."""
        cleaned = super().clean() or {}
        state = cleaned.get("state")
        if state in {MeasureState.DONE, MeasureState.LASTING, MeasureState.GIVEN_UP} and not cleaned.get(
            "note"
        ):
            self.add_error("note", _("Say what was done, or why it was given up."))
        return cleaned


class EvidenceForm(forms.ModelForm):
    """A page that shows the measure carried out, and what it shows."""

    page = forms.ModelChoiceField(
        queryset=Page.objects.filter(depth__gt=1), widget=AdminPageChooser(user_perms="edit"), label=_("Page")
    )

    class Meta:
        model = MeasureEvidence
        fields = ("page", "note")

    def __init__(self, *args: Any, user: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.measure = user, measure

    def clean_page(self) -> Page:
        """Return the page in the source language: public, the person's own to edit, and not there already."""
        page = self.cleaned_data["page"]
        page = page.get_translation_or_none(Locale.get_default()) or page
        if not page.permissions_for_user(self.user).can_edit():
            raise forms.ValidationError(_("Choose a page that you may edit."), code="foreign")
        if not is_visible(page):
            raise forms.ValidationError(_("The page is not public."), code="hidden")
        if evidence_of(self.measure).filter(page=page).exists():
            raise forms.ValidationError(_("The page is there already."), code="twice")
        return page


@require_GET
def measures_desk(request: HttpRequest) -> HttpResponse:
    """List the measures that the person's departments answer for. About ten queries, whatever their number."""
    desk = MeasureDesk(request.user)
    if not desk.codes:
        raise PermissionDenied
    lines = _lines(desk)
    counts = {state: sum(line.state == state for line in lines) for state in STATE_LABELS}
    late = sum(line.is_late for line in lines)
    chosen = request.GET.get("state", "")
    if chosen == LATE:
        lines = [line for line in lines if line.is_late]
    elif chosen in STATE_LABELS:
        lines = [line for line in lines if line.state == chosen]
    context = {
        "page_obj": (page := Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))),
        "lines": page.object_list,
        "form": _filters(chosen, counts, late),
        "late": late,
        "total": sum(counts.values()),
    }
    return render(request, "policies/admin/measures_desk.html", context)


def _filters(chosen: str, counts: dict[str, int], late: int) -> ListFilters:
    states = [
        (state, counted(label, counts[state])) for state, label in STATE_LABELS.items() if counts[state]
    ]
    overdue = [(LATE, counted(gettext("overdue"), late))] if late else []
    choices = [everything(sum(counts.values())), *overdue, *states]
    return ListFilters({"state": (_("State"), choices)}, {"state": chosen})


def _lines(desk: MeasureDesk) -> list[DeskLine]:
    """Return all measures of public documents that the person speaks for: what is late first."""
    public = Measure.objects.filter(page__live=True, locale=Locale.get_default())
    measures = list(
        public.select_related("page", "lead").order_by("-page__first_public_at", "page", "sort_order")
    )
    desk.know({measure.page.path: measure.page for measure in measures}.values())
    mine = [(measure, spoken) for measure in measures if (spoken := desk.speaks_for(measure))]
    ids = {measure.page_id for measure, __ in mine}
    last: dict[tuple[int, str], MeasureReport] = {}
    for report in MeasureReport.objects.filter(policy__in=ids).order_by("reported_at", "pk"):
        last[report.policy_id, report.measure_key] = report
    counted = MeasureEvidence.objects.filter(
        policy__in=ids, page__in=visible(Page.objects.all()).values("pk")
    )
    evidence = {
        (policy, key): number
        for policy, key, number in counted.order_by()
        .values_list("policy", "measure_key")
        .annotate(Count("pk"))
    }
    lines = []
    for measure, spoken in mine:
        where = (measure.page_id, measure.key)
        said = last.get(where)
        state = said.state if said else UNREPORTED
        lines.append(
            DeskLine(
                measure=measure,
                departments=spoken,
                state=state,
                state_label=STATE_LABELS[state],
                reported_on=said.reported_at if said else None,
                is_late=is_late(measure.target_on, state),
                evidence=evidence.get(where, 0),
                url=reverse("policies_measure", args=where),
            )
        )
    return sorted(lines, key=lambda line: not line.is_late)


@require_http_methods(["GET", "POST"])
def measure_desk(request: HttpRequest, policy_id: int, key: str) -> HttpResponse:
    """Show one measure to who answers for it: report on it, attach pages that show it, take them away."""
    measure = (
        Measure.objects.filter(page=policy_id, page__live=True, key=key, locale=Locale.get_default())
        .select_related("page", "lead")
        .first()
    )
    if measure is None:
        raise Http404
    departments = MeasureDesk(request.user).speaks_for(measure)
    if not departments:
        raise PermissionDenied
    asked = request.POST.get("action", "")
    report_form = ReportForm(request.POST if asked == "report" else None, departments=departments)
    evidence_form = EvidenceForm(
        request.POST if asked == "attach" else None, user=request.user, measure=measure
    )
    done = ""
    if asked == "report" and report_form.is_valid():
        done = _report(report_form, measure, request.user)
    elif asked == "attach" and evidence_form.is_valid():
        done = _attach(evidence_form, measure, request.user)
    elif asked == "detach":
        done = _detach(measure, request.POST.get("evidence", ""))
    if done:
        messages.success(request, done)
        return redirect("policies_measure", measure.page_id, measure.key)
    if report_form.errors or evidence_form.errors:
        tell_mistakes(request)
    reports = MeasureReport.objects.filter(policy=measure.page_id, measure_key=measure.key)
    state = reports.values_list("state", flat=True).first() or UNREPORTED
    context = {
        "measure": measure,
        "policy": measure.page,
        "state": state,
        "state_label": STATE_LABELS[state],
        "is_late": is_late(measure.target_on, state),
        "reports": [report_view(each) for each in reports.select_related("department")],
        "evidence": _evidence_lines(measure),
        "report_form": report_form,
        "evidence_form": evidence_form,
        "public_url": measure.page.exit_url("measures", request),
    }
    return render(request, "policies/admin/measure.html", context)


def evidence_of(measure: Measure) -> Any:
    """Return the evidence of a measure, the last first."""
    return MeasureEvidence.objects.filter(policy=measure.page_id, measure_key=measure.key)


def _evidence_lines(measure: Measure) -> list[dict[str, Any]]:
    rows = list(evidence_of(measure).select_related("page"))
    shown = set(visible(Page.objects.filter(evidence_for__in=rows)).values_list("pk", flat=True))
    return [{"row": row, "is_shown": row.page_id in shown} for row in rows]


def _report(form: ReportForm, measure: Measure, user: Any) -> str:
    report = form.save(commit=False)
    report.policy_id, report.measure_key, report.reported_by = measure.page_id, measure.key, user
    report.save()
    return gettext("The report is public now.")


def _attach(form: EvidenceForm, measure: Measure, user: Any) -> str:
    row = form.save(commit=False)
    row.policy_id, row.measure_key, row.added_by = measure.page_id, measure.key, user
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # somebody else attached it meanwhile
        form.add_error("page", gettext("The page is there already."))
        return ""
    return gettext("“%(title)s” is attached.") % {"title": row.page.title}


def _detach(measure: Measure, number: str) -> str:
    row = evidence_of(measure).filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
    if row is None:
        raise Http404
    row.delete()
    return gettext("“%(title)s” is taken away.") % {"title": row.page.title}
