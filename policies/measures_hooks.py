"""Screens and menu entries about interpretations and measures in Wagtail's admin."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from openness.departments.people import departments_in_which, is_of_office
from policies import interpretation_views, measures_desk
from policies.models import InterpretationPage, PolicyPage
from policies.publishing import is_last_interpretation

WRITE = _("Write the interpretation")


@hooks.register("register_admin_urls")
def measure_urls() -> list[URLPattern]:
    """Addresses below ``/admin/``."""
    return [
        path("policies/measures/", measures_desk.measures_desk, name="policies_measures"),
        path(
            "policies/measures/<int:policy_id>/<slug:key>/",
            measures_desk.measure_desk,
            name="policies_measure",
        ),
        path(
            "policies/<int:page_id>/interpretation/",
            interpretation_views.write_interpretation,
            name="policies_write_interpretation",
        ),
    ]


class MeasuresMenuItem(MenuItem):
    """Leads to the measures that one's department answers for."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who writes in the name of a department, and to the office."""
        return is_of_office(request.user) or departments_in_which(request.user).exists()


@hooks.register("register_policies_menu_item")
def measures_menu_item() -> MenuItem:
    """Offer the desk."""
    return MeasuresMenuItem(
        _("Measures"), reverse("policies_measures"), name="measures", icon_name="tasks", order=200
    )


class WriteInterpretationMenuItem(ActionMenuItem):
    """Begins the interpretation of a document."""

    name = "action-write-interpretation"
    label = WRITE
    icon_name = "help"
    order = 46

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it on a document that is there already, in the language of its facts."""
        page = context.get("page")
        return context["view"] == "edit" and isinstance(page, PolicyPage) and page.is_source

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the choice of its form."""
        return reverse("policies_write_interpretation", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def write_interpretation_menu_item() -> WriteInterpretationMenuItem:
    """Offer it beside Wagtail's own actions."""
    return WriteInterpretationMenuItem()


@hooks.register("register_page_listing_more_buttons")
def write_interpretation_button(page: Page, user: Any, next_url: str | None = None) -> Iterable[Button]:
    """Offer it in a document's menu in lists."""
    if isinstance(page, PolicyPage) and page.is_source and interpretation_views.places_for(page, user):
        yield Button(
            WRITE, reverse("policies_write_interpretation", args=[page.pk]), icon_name="help", priority=46
        )


# ---------------------------------------------------------------------------------------------------
# What belongs together stays together


def _refuse_to_leave(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """Keep the last interpretation of a public document that needs one, unless the document goes too."""
    pages = [page.specific for page in pages]
    going = {page.pk for page in pages}
    for page in pages:
        if (
            isinstance(page, InterpretationPage)
            and page.policy_id not in going
            and is_last_interpretation(page)
        ):
            text = gettext(
                "“%(title)s” needs this interpretation. Write another one, say in the document why there is none, "
                "or unpublish the document: its interpretation goes with it."
            )
            messages.error(request, text % {"title": page.policy.title})
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_unpublish_page")
def keep_interpretation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask on the way to unpublishing one page."""
    return _refuse_to_leave(request, [page]) if request.method == "POST" else None


@hooks.register("before_bulk_action")
def keep_interpretations(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Ask on the way to unpublishing many."""
    pages = [each for each in objects if isinstance(each, Page)]
    return _refuse_to_leave(request, pages) if action_type == "unpublish" else None


@hooks.register("before_delete_page")
def keep_explained_document(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A draft document is deleted after its interpretations, which would explain nothing."""
    below = InterpretationPage.objects.filter(policy__path__startswith=page.path)
    outside = below.exclude(path__startswith=page.path).first()
    if outside is None:
        return None
    text = gettext("Delete the interpretation “%(title)s” first: it explains this document.")
    messages.error(request, text % {"title": outside.get_admin_display_title()})
    return redirect("wagtailadmin_pages:edit", page.pk)
