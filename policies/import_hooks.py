"""Where the import of documents is found in Wagtail's admin."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from policies.import_views import confirm, give_file, may_import
from policies.models import PolicyPage
from policies.places import places_for


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """Addresses below ``/admin/``."""
    return [
        path("policies/import/", give_file, name="policies_give_file"),
        path("policies/import/<int:import_id>/", confirm, name="policies_import"),
    ]


class ImportMenuItem(MenuItem):
    """Leads to the import."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may add documents."""
        return may_import(request.user)


@hooks.register("register_policies_menu_item")
def import_item() -> MenuItem:
    """Offer it in the menu."""
    return ImportMenuItem(
        _("Import Word or PDF"),
        reverse("policies_give_file"),
        name="policies-import",
        icon_name="upload",
        order=20,
    )


@hooks.register("register_page_header_buttons")
def import_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterable[Button]:
    """Offer it in the menu of a department's page."""
    is_parent = page.specific_class in PolicyPage.allowed_parent_page_models()
    if is_parent and page.pk in {each.pk for each in places_for(PolicyPage, user)}:
        address = f"{reverse('policies_give_file')}?parent={page.pk}"
        yield Button(_("Import a document (Word, PDF)"), address, icon_name="upload", priority=60)
