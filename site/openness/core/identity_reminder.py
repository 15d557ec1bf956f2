"""What tells the office which items of the foot its site does not show yet."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from openness.core.models import SiteIdentity

CHANGE = "core.change_siteidentity"


class IdentityReminder(Component):
    """A panel of the admin's first page; it is empty when nothing is missing."""

    template_name = "core/admin/identity_reminder.html"
    order = 60

    def __init__(self, request: HttpRequest) -> None:
        self.identity = SiteIdentity.for_request(request)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the names of the items and where they are entered."""
        meta = SiteIdentity._meta
        return {
            "missing": self.identity.missing_items(),
            "edit_url": reverse(
                "wagtailsettings:edit", args=[meta.app_label, meta.model_name, self.identity.site_id]
            ),
        }
