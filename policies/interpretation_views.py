"""Writing the interpretation of a document: one question, and a draft that is linked already."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from openness.departments.models import Department
from openness.departments.people import departments_in_which
from openness.departments.selectors import department_of
from policies.enums import InterpretationForm
from policies.interpretation_blocks import eight_sections
from policies.interpretation_checks import may_explain
from policies.models import InterpretationPage, PolicyPage
from policies.publishing import interpretations_in_source

TITLE_LENGTH = 255


class StartForm(forms.Form):
    """In what form the document is explained, and by which department."""

    form = forms.ChoiceField(
        label=_("Form of the interpretation"),
        choices=InterpretationForm.choices,
        initial=InterpretationForm.TEXT,
        widget=forms.RadioSelect,
    )
    place = forms.ModelChoiceField(
        label=_("Department that publishes it"), queryset=Page.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, places: list[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.queryset = Page.objects.filter(pk__in=[each.pk for each in places]).order_by("title")
        field.initial = places[0].pk


@require_http_methods(["GET", "POST"])
def write_interpretation(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask in what form, create the draft below the department's page, and open it."""
    policy = get_object_or_404(PolicyPage, pk=page_id)
    places = places_for(policy, request.user) if policy.is_source else []
    if not places:
        raise PermissionDenied
    form = StartForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        place = next(each for each in places if each.pk == form.cleaned_data["place"].pk)
        draft = start(policy, place=place, form=form.cleaned_data["form"], user=request.user)
        return redirect("wagtailadmin_pages:edit", draft.pk)
    context = {"policy": policy, "form": form, "drafts": interpretations_in_source(policy)}
    return render(request, "policies/admin/write_interpretation.html", context)


def places_for(policy: PolicyPage, user: Any) -> list[Page]:
    """Return the departments' pages below which the person may write an interpretation of a document.

    The page of the document's own department comes first.
    """
    own = policy.get_parent()
    issuers = Department.objects.filter(pk__in=policy.issuers.exclude(department=None).values("department"))
    mine = departments_in_which(user, roles=("contributor", "editor", "publisher", "manager"))
    pages = Page.objects.filter(
        departmentpage__department__in=issuers.filter(pk__in=mine), locale=policy.locale_id
    )
    candidates = [own, *(page for page in pages.order_by("title") if page.pk != own.pk)]
    return [
        page
        for page in candidates
        if page.permissions_for_user(user).can_add_subpage() and may_explain(policy, place=page, user=user)
    ]


def start(policy: PolicyPage, *, place: Page, form: str, user: Any) -> InterpretationPage:
    """Create the draft of an interpretation, linked to its document, with the eight sections to fill in."""
    department = department_of(place)
    draft = InterpretationPage(
        title=(gettext("Interpretation of “%(title)s”") % {"title": policy.title})[:TITLE_LENGTH],
        policy=policy,
        form=form,
        source=department.name if department else "",
        locale=place.locale,
        live=False,
        owner=user,
    )
    draft.body = eight_sections()
    place.add_child(instance=draft)
    draft.save_revision(user=user, log_action=True)
    return draft
