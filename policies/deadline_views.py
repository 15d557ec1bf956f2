"""The report on drafts that have to be public by a day: per department, all of them for the office."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import CharField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET
from wagtail.models import Locale
from wagtail.permission_policies.pages import PagePermissionPolicy

from openness.departments.selectors import departments_of
from policies.deadline import Deadline, deadlines
from policies.enums import Disclosure
from policies.models import PolicyPage

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class DueLine:
    """A draft with the day by which it has to be public."""

    title: str
    department: str
    written_on: date
    deadline: Deadline
    edit_url: str


def may_look(user: Any) -> bool:
    """Whether the person edits anything at all."""
    return PagePermissionPolicy().user_has_any_permission(user, {"add", "change"})


def drafts_with_a_date(user: Any) -> QuerySet[Any]:
    """Return the drafts for everyone, never published, that the person may edit, as dictionaries; the oldest first.

    Title and date are those of the latest revision, where editors work; the page's own columns may lag behind.
    """
    editable = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"change"})
    drafts = PolicyPage.objects.filter(
        pk__in=editable.order_by().values("pk"),
        live=False,
        first_published_at=None,
        first_public_at=None,
        locale=Locale.get_default(),
    )
    latest = drafts.annotate(
        latest_title=_of_revision("title"),
        made_on=_of_revision("written_on"),
        latest_disclosure=_of_revision("disclosure"),
    )
    # SQLite gives the text "null" for a date that is not there.
    dated = latest.filter(latest_disclosure=Disclosure.VOLUNTARY, made_on__gt="").exclude(made_on="null")
    return dated.order_by("made_on", "pk")


def _of_revision(name: str) -> Cast:
    return Cast(KeyTextTransform(name, "latest_revision__content"), CharField())


@require_GET
def due_report(request: HttpRequest) -> HttpResponse:
    """Show the drafts by the day on which their time is over. About ten queries, whatever the number."""
    if not may_look(request.user):
        raise PermissionDenied
    page = Paginator(drafts_with_a_date(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"lines": due_lines(list(page.object_list)), "page_obj": page}
    return render(request, "policies/admin/due_report.html", context)


def due_lines(drafts: list[Any]) -> list[DueLine]:
    """Return the lines of annotated drafts. Four queries."""
    owners = departments_of(drafts)
    days = {draft.pk: date.fromisoformat(draft.made_on) for draft in drafts}
    due = deadlines(days.values())
    return [
        DueLine(
            title=draft.latest_title,
            department=owner.short_name if (owner := owners[draft.path]) else "",
            written_on=days[draft.pk],
            deadline=due[days[draft.pk]],
            edit_url=reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        )
        for draft in drafts
    ]
