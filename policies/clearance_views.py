"""A clearance as screens: choose the documents, decide on each, many at once or all that are left."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from openness.core import clock
from openness.core.forms import tell_mistakes
from openness.departments.models import Department
from openness.departments.selectors import SOURCE_LANGUAGE
from policies import clearance
from policies.clearance_report import document_lines, listed
from policies.clearance_scope import ScopeForm
from policies.enums import Outcome
from policies.models import ClearanceDecision, ClearancePage, PolicyPage

PER_PAGE = 50
UNDECIDED = "undecided"
NOTE_LENGTH = 160


class NewClearanceForm(forms.Form):
    """What a draft of a clearance begins with, and whose page it is."""

    publisher = forms.ModelChoiceField(
        label=_("Department that publishes it"), queryset=Department.objects.none(), to_field_name="code"
    )
    title = forms.CharField(label=_("Title"), max_length=255)
    holds_from = forms.DateField(label=_("Decisions hold from"), widget=AdminDateInput)
    basis = forms.CharField(label=_("Basis"), max_length=200, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = clearance.departments_decided_for(user)
        self.fields["publisher"].queryset = departments  # type: ignore[attr-defined]
        if len(departments) == 1:
            self.fields["publisher"].initial = departments[0].code


@require_http_methods(["GET", "POST"])
def new_clearance(request: HttpRequest) -> HttpResponse:
    """Show the documents in a scope; begin a draft in which all of them are undecided."""
    if not clearance.departments_decided_for(request.user).exists():
        raise PermissionDenied
    scope_form = ScopeForm(request.GET, user=request.user)
    scope = scope_form.scope
    documents = listed(scope.narrow(clearance.decidable(request.user)))
    initial = _initial(scope)
    form = NewClearanceForm(request.POST or None, initial=initial, user=request.user)
    if request.method == "POST" and form.is_valid():
        keys = list(documents.values_list("pk", flat=True))
        if keys:
            page = clearance.start(
                title=form.cleaned_data["title"],
                holds_from=form.cleaned_data["holds_from"],
                basis=form.cleaned_data["basis"],
                documents=keys,
                parent=_page_of(form.cleaned_data["publisher"]),
                user=request.user,
            )
            return redirect("policies_clearance", page.pk)
        form.add_error(None, gettext("There is no document in this scope."))
    if form.errors:
        tell_mistakes(request)
    page_obj = Paginator(documents, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "scope_form": scope_form,
        "form": form,
        "page_obj": page_obj,
        "lines": document_lines(page_obj.object_list),
        "query": query.urlencode(),
    }
    return render(request, "policies/admin/clearance_new.html", context)


def _initial(scope: clearance.Scope) -> dict[str, Any]:
    """Return what the new draft may begin with; its title in the language of its page."""
    today = clock.today()
    with override(SOURCE_LANGUAGE):
        title = gettext("Result of the clearance of normative documents (%(year)d)") % {"year": today.year}
    return {
        **({"publisher": scope.department} if scope.department else {}),
        "title": title,
        "holds_from": today,
    }


def _page_of(department: Department) -> Page:
    pages = Page.objects.filter(departmentpage__department=department, locale=Locale.get_default())
    return get_object_or_404(pages).specific


@require_http_methods(["GET", "POST"])
def clearance_desk(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the documents of a clearance, some at a time; keep decisions, and give one to all that are undecided."""
    page = _editable(page_id, request.user)
    draft = page.get_latest_revision_as_object()
    only = UNDECIDED if request.GET.get("only") == UNDECIDED else ""
    rows = [row for row in draft.decisions.all() if not (only and row.outcome)]
    page_obj = Paginator(rows, PER_PAGE).get_page(request.POST.get("page") or request.GET.get("page"))
    shown: list[ClearanceDecision] = list(page_obj.object_list)
    if request.method == "POST":
        _keep(request, page, rows)
        return redirect(_address(page, only, page_obj))
    context = {
        "page": draft,
        "page_obj": page_obj,
        "rows": _desk_rows(shown),
        "outcomes": Outcome.choices,
        "only": only,
        "numbers": [(outcome.label, number) for outcome, number in _numbers(draft)],
        "undecided": clearance.outcome_numbers(draft)[""],
        "total": len(draft.decisions.all()),
        "note_length": NOTE_LENGTH,
    }
    return render(request, "policies/admin/clearance_desk.html", context)


def _editable(page_id: int, user: Any) -> ClearancePage:
    """Return the clearance that the person may work on; 404 for those of others."""
    pages = PagePermissionPolicy(ClearancePage).instances_user_has_any_permission_for(user, {"publish"})
    page = get_object_or_404(pages.filter(locale=Locale.get_default()), pk=page_id)
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        raise PermissionDenied
    return page


def _numbers(draft: ClearancePage) -> list[tuple[Outcome, int]]:
    numbers = clearance.outcome_numbers(draft)
    return [(outcome, numbers[outcome]) for outcome in Outcome]


def _address(page: ClearancePage, only: str, page_obj: ListPage) -> str:
    query = {"page": str(page_obj.number), **({"only": only} if only else {})}
    return f"{reverse('policies_clearance', args=[page.pk])}?{urlencode(query)}"


def _desk_rows(shown: list[ClearanceDecision]) -> list[dict[str, Any]]:
    keys = [row.policy_id for row in shown]
    documents = PolicyPage.objects.filter(pk__in=keys).select_related("entry").defer_streamfields()
    lines = {line["document"].pk: line for line in document_lines(documents.filter(entry__isnull=False))}
    titles = dict(documents.values_list("pk", "title"))
    return [
        {"decision": row, "title": titles.get(row.policy_id, ""), **lines.get(row.policy_id, {})}
        for row in shown
    ]


def _keep(request: HttpRequest, page: ClearancePage, rows: list[ClearanceDecision]) -> None:
    """Keep what the posted rows say; then give what was chosen for all to every undecided document of the list.

    The posted rows need not be those of the same page now: a colleague may have shortened the list meanwhile.
    """
    decided = {}
    for row in rows:
        outcome = request.POST.get(f"outcome-{row.policy_id}")
        if outcome is not None and (not outcome or outcome in Outcome.values):
            note = request.POST.get(f"note-{row.policy_id}", "").replace("\x00", "").strip()
            decided[row.policy_id] = (outcome, note[:NOTE_LENGTH])
    filling = request.POST.get("filling", "")
    if "fill" in request.POST:
        if filling not in Outcome.values:
            messages.warning(request, gettext("Choose first what to fill in."))
            filling = ""
        for row in rows:
            outcome, note = decided.get(row.policy_id, (row.outcome, row.note))
            if filling and not outcome:
                decided[row.policy_id] = (filling, note)
    ticked = set(request.POST.getlist("drop"))
    dropped = [row.policy_id for row in rows if str(row.policy_id) in ticked]
    kept = clearance.decide(page, decided, user=request.user, dropped=dropped) - len(dropped)
    if kept > 0:
        text = ngettext("%(number)d document is kept.", "%(number)d documents are kept.", kept)
        messages.success(request, text % {"number": kept})
    if dropped:
        text = ngettext(
            "%(number)d document is left out.", "%(number)d documents are left out.", len(dropped)
        )
        messages.success(request, text % {"number": len(dropped)})
