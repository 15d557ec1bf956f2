"""Screens and menu entries of the policies room in Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from policies import (
    clearance_report,
    clearance_views,
    document_hooks,  # noqa: F401  # its hooks are found through this module
    import_hooks,  # noqa: F401  # likewise
    measures_hooks,  # noqa: F401  # likewise
    reports_views,  # noqa: F401  # likewise
)
from policies.clearance import departments_decided_for

policies_menu = Menu(register_hook_name="register_policies_menu_item")


@hooks.register("register_admin_menu_item")
def policies_menu_item() -> SubmenuMenuItem:
    """Gather all that concerns many documents; shown to whom any of it is shown."""
    return SubmenuMenuItem(_("Policies"), policies_menu, name="policies", icon_name="doc-full", order=260)


@hooks.register("register_admin_urls")
def clearance_urls() -> list[URLPattern]:
    """Addresses below ``/admin/``."""
    return [
        path("policies/clearance/due/", clearance_report.clearance_report, name="policies_clearance_report"),
        path("policies/clearance/new/", clearance_views.new_clearance, name="policies_new_clearance"),
        path("policies/clearance/<int:page_id>/", clearance_views.clearance_desk, name="policies_clearance"),
    ]


class DeciderMenuItem(MenuItem):
    """An entry for those who may decide on the documents of any department."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to them."""
        return departments_decided_for(request.user).exists()


@hooks.register("register_policies_menu_item")
def report_item() -> MenuItem:
    """Lead to the documents whose term ends or is over."""
    address = reverse("policies_clearance_report")
    return DeciderMenuItem(
        _("Terms and clearance"), address, name="clearance-report", icon_name="date", order=100
    )


@hooks.register("register_policies_menu_item")
def new_clearance_item() -> MenuItem:
    """Lead to a new clearance."""
    address = reverse("policies_new_clearance")
    return DeciderMenuItem(_("New clearance"), address, name="new-clearance", icon_name="tasks", order=200)
