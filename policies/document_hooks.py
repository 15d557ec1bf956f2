"""What editors of documents are told after saving, the report on what is due, and a guard for bulk publishing."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from policies.deadline_views import due_report, may_look
from policies.form_checks import number_taken
from policies.models import PolicyPage
from policies.numbers import parse_number
from policies.secrecy import files_of, marks_of_files, marks_of_text

BREAK = mark_safe("<br>")


@hooks.register("register_admin_urls")
def document_urls() -> list[URLPattern]:
    """Addresses below ``/admin/``."""
    return [path("policies/due/", due_report, name="policies_due")]


class DueMenuItem(MenuItem):
    """An entry for whoever edits something."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who may have drafts."""
        return may_look(request.user)


@hooks.register("register_policies_menu_item")
def due_item() -> MenuItem:
    """Lead to the report."""
    return DueMenuItem(
        _("Documents to publish"),
        reverse("policies_due"),
        name="policies-due",
        icon_name="calendar-check",
        order=50,
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_doubts(request: HttpRequest, page: Page) -> None:
    """Say after saving what looks wrong in a document; a draft is kept all the same."""
    if not request.accepts("text/html"):
        return  # The form saves itself while one types; messages of that pile up until the next screen.
    if isinstance(page, PolicyPage) and page.is_source and (texts := list(doubts(page, request.user))):
        messages.warning(request, format_html_join(BREAK, "<span>{}</span>", ((text,) for text in texts)))


def doubts(page: PolicyPage, user: Any) -> Iterator[Any]:
    """Yield what an editor should look at again, as safe HTML or plain text."""
    if page.number and parse_number(page.number) is None:
        yield format_html(
            gettext(
                "“{number}” is not written as document numbers are, such as 泉政规〔2022〕3号. Is it right?"
            ),
            number=page.number,
        )
    if text := number_taken(page, user):
        yield text
    for found in [*marks_of_text(page), *marks_of_files(files_of(page))]:
        yield found.error.messages[0]


@hooks.register("before_bulk_action")
def publish_documents_one_by_one(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse to publish documents past the checks of their form."""
    if action_type != "publish":
        return None
    for page in objects:
        if isinstance(page, Page) and issubclass(page.specific_class or Page, PolicyPage):
            text = gettext(
                "Documents are published one by one, since each is checked for what the law asks. "
                "Open “%(title)s” and publish it there."
            )
            messages.error(request, text % {"title": page.get_admin_display_title()})
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None
