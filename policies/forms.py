"""The editors' form of policy documents."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openness.core.forms import AddressedPageForm
from policies.enums import Disclosure


class PolicyPageForm(AddressedPageForm):
    """A draft may hold any document; what is sent for review or published may not."""

    def clean(self) -> dict[str, Any]:
        """Refuse to publish what is not for the public."""
        cleaned_data = super().clean()
        disclosure = cleaned_data.get("disclosure", self.instance.disclosure)
        if not self.is_deferred_validation and disclosure != Disclosure.VOLUNTARY:
            self.add_error(
                "disclosure",
                ValidationError(
                    _("Only documents for the public can be published. Save this one as a draft."),
                    code="hidden",
                ),
            )
        return cleaned_data
