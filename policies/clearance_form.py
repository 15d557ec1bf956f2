"""The editors' form of a clearance. The decisions have a screen of their own (``policies.clearance_views``)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from openness.core.forms import AddressedPageForm


class ClearancePageForm(AddressedPageForm):
    """A draft may be undecided; what is sent for review or published may not."""

    def clean(self) -> dict[str, Any]:
        """Refuse to publish what is undecided, contradictory, or about documents of others."""
        # It reads the models of this room.
        from policies.clearance import clearance_problems, foreign_problems

        cleaned_data = super().clean()
        if self.is_deferred_validation or not self.instance.is_source:
            return cleaned_data
        problems = clearance_problems(self.instance, holds_from=cleaned_data.get("holds_from"))
        if not self.instance.decisions.all():
            problems.append(gettext("A clearance decides on at least one document."))
        if self.for_user is not None:
            problems += foreign_problems(self.instance, self.for_user)
        for text in problems:
            self.add_error(None, ValidationError(text, code="clearance"))
        return cleaned_data
