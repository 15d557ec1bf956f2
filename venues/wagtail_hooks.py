"""Screens, menu entries and guards of the venues room in Wagtail's admin."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from openness.core.models import AddressedPage
from venues import office_hooks  # noqa: F401  # its hooks are found through this module
from venues.admin_urls import urlpatterns
from venues.give_hours import may_import
from venues.models import OpeningNoticePage, VenuePage


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Addresses below ``/admin/``; Wagtail lets nobody in without access to its admin."""
    return urlpatterns


# ---------------------------------------------------------------------------------------------------
# Opening hours in the menu

hours_menu = Menu(register_hook_name="register_hours_menu_item")


@hooks.register("register_admin_menu_item")
def hours_menu_item() -> SubmenuMenuItem:
    """Gather all that concerns the hours of many venues; shown to whom any of it is shown."""
    return SubmenuMenuItem(_("Opening hours"), hours_menu, name="hours", icon_name="time", order=250)


class ImportHoursMenuItem(MenuItem):
    """Leads to the import of a spreadsheet."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may write to any venue, or add one."""
        return may_import(request.user)


@hooks.register("register_hours_menu_item")
def import_menu_item() -> ImportHoursMenuItem:
    """Offer to take in hours from a spreadsheet."""
    return ImportHoursMenuItem(
        _("Import hours"), reverse("venues_hours_imports"), icon_name="table", order=300
    )


# ---------------------------------------------------------------------------------------------------
# Actions on a page


class WithdrawMenuItem(ActionMenuItem):
    """Ends a notice that is public."""

    name = "action-withdraw"
    label = _("Withdraw notice")
    icon_name = "cross"
    order = 35

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it where there is something to withdraw, to who may publish."""
        page = context.get("page")
        return (
            context["view"] == "edit"
            and isinstance(page, OpeningNoticePage)
            and page.live
            and page.withdrawn_at is None
            and page.is_source
            and not context.get("locked_for_user")
            and self.get_user_page_permissions_tester(context).can_publish()
        )

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the question whether to do it."""
        return reverse("venues_notice_withdraw", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def withdraw_menu_item() -> WithdrawMenuItem:
    """Offer the withdrawal beside Wagtail's own actions."""
    return WithdrawMenuItem()


class CopyHoursMenuItem(ActionMenuItem):
    """Gives the hours of a venue to others."""

    name = "action-copy-hours"
    label = _("Copy hours to other venues")
    icon_name = "copy"
    order = 45

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it on a venue that is there already, in the language of its facts."""
        page = context.get("page")
        return context["view"] == "edit" and isinstance(page, VenuePage) and page.is_source

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the choice of venues."""
        return reverse("venues_copy_hours", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def copy_hours_menu_item() -> CopyHoursMenuItem:
    """Offer the copying beside Wagtail's own actions."""
    return CopyHoursMenuItem()


@hooks.register("register_page_listing_more_buttons")
def copy_hours_button(page: Page, user: Any, next_url: str | None = None) -> Iterable[Button]:
    """Offer the copying in a venue's menu in lists."""
    if isinstance(page, VenuePage) and page.is_source and page.permissions_for_user(user).can_edit():
        address = reverse("venues_copy_hours", args=[page.pk])
        yield Button(_("Copy hours to other venues"), address, icon_name="copy", priority=45)


# ---------------------------------------------------------------------------------------------------
# What was public stays


def once_public(pages: Iterable[Page]) -> AddressedPage | None:
    """Return a page among ``pages`` and all below them that is or was public; None if there is none."""
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(path__startswith=page.path)
    was_public = Q(live=True) | Q(first_published_at__isnull=False) | Q(first_public_at__isnull=False)
    for model in apps.get_models():
        if issubclass(model, AddressedPage):
            found = model.objects.filter(below).filter(was_public).order_by("path").first()
            if found is not None:
                return found
    return None


def _refuse(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """Send who is no superuser back to the page, with what to do instead of deleting it."""
    if request.user.is_superuser:
        return None
    found = once_public(pages)
    if found is None:
        return None
    if isinstance(found, VenuePage):
        text = gettext(
            "“%(title)s” was public, so it is not deleted: people who look for it have to learn what happened. "
            "Set its life to closed for good, moved or merged, and say where to go."
        )
    elif isinstance(found, OpeningNoticePage):
        text = gettext(
            "“%(title)s” was public, so it is not deleted. Withdraw the notice; it stays readable and says so."
        )
    else:
        text = gettext("“%(title)s” was public, so it is not deleted. Unpublish it instead.")
    messages.error(request, text % {"title": found.title})
    return redirect("wagtailadmin_pages:edit", found.pk)


@hooks.register("before_delete_page")
def keep_public_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete what was public."""
    return _refuse(request, [page])


@hooks.register("before_bulk_action")
def guard_bulk_actions(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse to delete many public pages at once, and to publish notices past the checks of their form."""
    pages = [each for each in objects if isinstance(each, Page)]
    if action_type == "delete" and pages:
        return _refuse(request, pages)
    if action_type == "publish":
        for page in pages:
            if issubclass(page.specific_class or Page, OpeningNoticePage):
                text = gettext(
                    "Notices are published one by one, since each is checked against the others. "
                    "Open “%(title)s” and publish it there."
                )
                messages.error(request, text % {"title": page.get_admin_display_title()})
                return redirect("wagtailadmin_pages:edit", page.pk)
    return None
