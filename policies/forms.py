"""The editors' form of policy documents."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from openness.core.forms import AddressedPageForm
from policies.measure_keys import check_keys
from policies.numbers import normalise


class PolicyPageForm(AddressedPageForm):
    """A draft may hold any document, however incomplete; what is sent for review or published may not."""

    def clean_number(self) -> str:
        """Return the number as the standard prints it."""
        return normalise(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        """Check what is to become public; of a draft only its index number, and that its relations can be."""
        # Models import this module.
        from policies.form_checks import check_publishable, check_relations, index_number_taken

        cleaned_data = super().clean()
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        if text := index_number_taken(self.instance, self.for_user):
            self.add_error("index_number", ValidationError(text, code="index_number_taken"))
        check_keys(self)
        check_relations(self)
        if not self.is_deferred_validation:
            check_publishable(self)
        return cleaned_data
