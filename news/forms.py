"""The editors' form of a news item: what has to be said before the public reads it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from news.enums import Origin
from openness.core.forms import AddressedPageForm
from openness.departments.selectors import department_of

# What copyists write instead of a source.
NO_SOURCES = frozenset({"网络", "网络整理", "网络转载", "网络综合", "互联网", "来自网络", "本站整理"})


class NewsPageForm(AddressedPageForm):
    """A draft may be incomplete. What is published or handed in for review names its source (47号文), and has a lead.

    A department's own news has the department as its source, unless it names another; what is taken over says
    from whom, and where it first stood.
    """

    def clean(self) -> dict[str, Any]:
        """Fill in the source of what was written here, and refuse what is incomplete."""
        cleaned_data = super().clean()
        is_original = cleaned_data.get("origin", self.instance.origin) == Origin.ORIGINAL
        if is_original and "source" in cleaned_data and not cleaned_data["source"].strip():
            cleaned_data["source"] = self._department_name()
        if not self.is_deferred_validation:
            self._check_source(cleaned_data, is_original=is_original)
            self._check_text(cleaned_data)
        return cleaned_data

    def _department_name(self) -> str:
        page = self.instance if self.instance.path else self.parent_page
        department = department_of(page) if page else None
        return department.name if department else ""

    def _check_source(self, cleaned_data: dict[str, Any], *, is_original: bool) -> None:
        source = (cleaned_data.get("source") or "").strip()
        if not source:
            self._refuse("source", _("Name the source: who published it first."), "no_source")
        elif source in NO_SOURCES:
            text = _("“%(source)s” is no source. Name the office or paper that published it first.")
            self._refuse("source", text % {"source": source}, "vague_source")
        if not is_original and not cleaned_data.get("source_url"):
            text = _("Enter the address at which it first stood: a reprint leads to its origin.")
            self._refuse("source_url", text, "no_origin")

    def _check_text(self, cleaned_data: dict[str, Any]) -> None:
        if "summary" in cleaned_data and not cleaned_data["summary"].strip():
            self._refuse(
                "summary", _("Write the lead: one or two sentences that lists show, too."), "no_lead"
            )
        if "body" in cleaned_data and not len(cleaned_data["body"]):
            self._refuse("body", _("Write the text: an empty page is no news."), "no_text")

    def _refuse(self, field: str, message: Any, code: str) -> None:
        """Add an error where the form has the field; who may not edit it cannot repair it either."""
        self.add_error(field if field in self.fields else None, ValidationError(message, code=code))
