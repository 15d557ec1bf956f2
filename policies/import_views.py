"""The import of a Word or PDF file: give it, see what was recognised, mend it, make it a draft."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from openness.core.forms import tell_mistakes
from policies.anchors import placed
from policies.import_forms import FactsForm, FileForm
from policies.importing.documents import Unreadable
from policies.importing.waiting import keep, make_draft
from policies.models import PolicyPage, WaitingImport
from policies.places import places_for


def may_import(user: Any) -> bool:
    """Whether there is a department to which the person may add documents."""
    return bool(places_for(PolicyPage, user))


@require_http_methods(["GET", "POST"])
def give_file(request: HttpRequest) -> HttpResponse:
    """Take a file and read it; list those that wait."""
    user: Any = request.user
    if not may_import(user):
        raise PermissionDenied
    initial = {"parent": request.GET.get("parent")} if request.GET.get("parent", "").isdecimal() else None
    form = FileForm(request.POST or None, request.FILES or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            waiting = keep(
                given["file"].read(), file_name=given["file"].name, parent=given["parent"], user=user
            )
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("policies_import", waiting.pk)
    context = {"form": form, "waiting": WaitingImport.objects.filter(user=user).select_related("parent")}
    return render(request, "policies/admin/import_file.html", context)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show what was recognised in a file; make the draft of it, or forget it."""
    user: Any = request.user
    waiting = get_object_or_404(WaitingImport.objects.select_related("parent"), pk=import_id, user=user)
    if waiting.parent_id not in {page.pk for page in places_for(PolicyPage, user)}:
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("action") == "discard":
        waiting.delete()
        text = gettext("“%(name)s” was discarded. Nothing of it was kept.")
        messages.success(request, text % {"name": waiting.file_name})
        return redirect("policies_give_file")
    form = FactsForm(request.POST or None, initial=waiting.facts)
    if request.method == "POST" and form.is_valid():
        page = _made(waiting, form, user)
        if page:
            text = gettext("“%(title)s” is a draft now, with the file that was given.")
            messages.success(request, text % {"title": page.title})
            return redirect("wagtailadmin_pages:edit", page.pk)
    if form.errors:
        tell_mistakes(request)
    return render(request, "policies/admin/import_confirm.html", _context(waiting, form))


def _made(waiting: WaitingImport, form: FactsForm, user: Any) -> Page | None:
    try:
        return make_draft(waiting, form.cleaned_data, user=user)
    except ValidationError as error:
        fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, texts in fields.items():
            for text in texts:
                form.add_error(name if name in form.fields else None, text)
        return None


def _context(waiting: WaitingImport, form: FactsForm) -> dict[str, Any]:
    field: Any = PolicyPage._meta.get_field("body")
    places = placed(field.stream_block.to_python(waiting.body))
    by_block: dict[int, list[str]] = {}
    for text, block in waiting.cautions:
        if block is not None:
            by_block.setdefault(block, []).append(text)
    return {
        "waiting": waiting,
        "form": form,
        "cautions": [text for text, block in waiting.cautions if block is None],
        "parts": [(by_block.get(position, []), place) for position, place in enumerate(places)],
        "cautions_at_end": by_block.get(len(places), []),
        "has_places": bool(by_block),
    }
