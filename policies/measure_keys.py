"""The keys of measures: given once, unique in their document, never changed, since reports and evidence name them."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from policies.numbering import number_of

if TYPE_CHECKING:
    from policies.forms import PolicyPageForm

TAKEN = _("Another measure of this document has this key.")


def give_keys(page: Any) -> None:
    """Give the measures of a page that have no key one that is free."""
    if any(measure.key == "" for measure in page.measures.all()):
        # The rows that the page will store, and not a copy of those it has stored.
        _fill(page.measures.get_object_list())


def _fill(measures: list[Any]) -> None:
    """Give each measure without a key the key of its number, m7 for the seventh, or of the next one that is free."""
    taken = {measure.key for measure in measures if measure.key}
    for place, measure in enumerate(measures, start=1):
        if not measure.key:
            number = number_of(measure.number.strip(" 　().（）、．")) or place
            while f"m{number}" in taken:
                number += 1
            measure.key = f"m{number}"
            taken.add(measure.key)


def check_keys(form: "PolicyPageForm") -> None:
    """Give the new measures of the form their keys; add an error to each whose key another one has.

    A draft is saved without being cleaned, so that the page itself would come too late.
    """
    formset = form.formsets.get("measures")
    if formset is None:
        return
    kept = [
        row
        for row in formset.forms
        if row.is_valid() and not row.cleaned_data.get("DELETE") and (row.instance.pk or row.has_changed())
    ]
    counts = Counter(row.instance.key for row in kept)
    for row in kept:
        if row.instance.key and counts[row.instance.key] > 1:
            row.add_error("key", ValidationError(TAKEN, code="taken"))
    _fill([row.instance for row in kept])
