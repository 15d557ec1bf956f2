"""Which documents a department has to clear: those whose term is over, and those whose term is about to end."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openness.departments.selectors import department_names
from policies.clearance import ANY_DUE, Scope, decidable, departments_decided_for, due_by_department
from policies.clearance_scope import DUE_CHOICES, ScopeForm
from policies.enums import Validity
from policies.models import PolicyPage

PER_PAGE = 50


def listed(documents: QuerySet[PolicyPage]) -> QuerySet[PolicyPage]:
    """Return documents as lists show them: the most urgent term first, then the oldest document."""
    ordered: Any = documents.order_by(F("valid_until").asc(nulls_last=True), "entry__year", "title", "pk")
    return ordered.select_related("entry").defer_streamfields()


def document_lines(documents: Iterable[PolicyPage]) -> list[dict[str, Any]]:
    """Return documents with their department and state in words. One query, and one a minute for names."""
    names = department_names()
    return [
        {
            "document": page,
            "department": names.get(page.entry.department_code, ""),
            "validity": Validity(page.entry.validity).label,
            "is_awaiting": page.entry.validity == Validity.AWAITING_CLEARANCE,
        }
        for page in documents
    ]


@require_GET
def clearance_report(request: HttpRequest) -> HttpResponse:
    """Show them, of the departments that the person decides for, with the way to a clearance of what is shown."""
    if not departments_decided_for(request.user).exists():
        raise PermissionDenied
    query = request.GET.copy()
    query.setdefault("due", ANY_DUE)
    query.pop("page", None)
    form = ScopeForm(query, user=request.user)
    mine = decidable(request.user)
    page = Paginator(listed(form.scope.narrow(mine)), PER_PAGE).get_page(request.GET.get("page"))
    labels, names = dict(DUE_CHOICES), department_names()
    departments = [
        {
            "code": each["code"],
            "name": names.get(each["code"], ""),
            "numbers": [(due, labels[due], number) for due, number in each["numbers"]],
        }
        for each in due_by_department(Scope().narrow(mine))
    ]
    context = {
        "form": form,
        "page_obj": page,
        "lines": document_lines(page.object_list),
        "departments": departments,
        "query": query.urlencode(),
    }
    return render(request, "policies/admin/clearance_report.html", context)
