"""Below which pages a person may write."""

from typing import Any

from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy


def places_for(model: type[Page], user: Any) -> list[Page]:
    """Return the pages below which ``user`` may add pages of ``model``: departments, by title."""
    found: list[Page] = []
    for parent in model.allowed_parent_page_models():
        allowed = PagePermissionPolicy(parent).instances_user_has_permission_for(user, "add")
        found += allowed.filter(locale=Locale.get_default())
    return sorted(found, key=lambda page: page.title)
