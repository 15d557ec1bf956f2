"""The editors' forms that all pages share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminPageForm

ADDRESS_TAKEN = _("This address is taken. Choose another last part, such as one with the town's name.")


def tell_mistakes(request: HttpRequest) -> None:
    """Say at the top of a screen that its form holds a mistake: the field may be far below."""
    messages.error(request, gettext("Nothing was kept yet. Correct what is marked in red."))


class BasePageForm(WagtailAdminPageForm):
    """Lets the address be empty: a Chinese title gives none in the browser, and the page makes one of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class AddressedPageForm(BasePageForm):
    """Checks the address of a page before the page has its place in the tree; Wagtail looks at its siblings only."""

    def clean(self) -> dict[str, Any]:
        """Refuse an address that a page of another department, or the index page, has."""
        cleaned_data = super().clean()
        slug = cleaned_data.get("slug")
        if slug and not self.instance._slug_is_available(slug, self.parent_page, self.instance):
            self.add_error("slug", ValidationError(ADDRESS_TAKEN, code="taken"))
        return cleaned_data
