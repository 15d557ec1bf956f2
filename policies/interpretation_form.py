"""The editors' form of interpretations: it begins with the eight sections, and says what is missing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from openness.core.forms import AddressedPageForm
from openness.core.gate import is_visible
from policies.interpretation_blocks import eight_sections
from policies.interpretation_checks import may_explain, missing


class InterpretationPageForm(AddressedPageForm):
    """A draft may lack anything; what is published or sent for review has its text and its public document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.pk is None and not instance.body:
            instance.body = eight_sections()
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Check whose document it is always, and what readers need before they get it."""
        cleaned_data = super().clean()
        policy = cleaned_data.get("policy")
        if policy is not None:
            self._check_document(policy)
        if not self.is_deferred_validation and not self.errors:
            # The fields are only written to the page after this; what is missing is asked of them.
            page = type(self.instance)(
                form=cleaned_data.get("form", self.instance.form),
                video_url=cleaned_data.get("video_url", self.instance.video_url),
            )
            page.body = cleaned_data.get("body", self.instance.body)
            for name, text in missing(page).items():
                self.add_error(name if name in self.fields else None, ValidationError(text, code="missing"))
        return cleaned_data

    def _check_document(self, policy: Any) -> None:
        place = self.parent_page or self.instance.get_parent()
        is_changed = self.instance.pk is None or "policy" in self.changed_data
        if is_changed and not may_explain(policy, place=place, user=self.for_user):
            self.add_error(
                "policy",
                ValidationError(
                    _("Choose a document of your own department, or one it issued with others."),
                    code="foreign",
                ),
            )
        elif not self.is_deferred_validation and not is_visible(policy):
            self.add_error(
                "policy",
                ValidationError(
                    _(
                        "The document is not public yet, and this interpretation goes with it. Save the draft, "
                        "then publish or submit the document: both become public in one act."
                    ),
                    code="hidden",
                ),
            )
