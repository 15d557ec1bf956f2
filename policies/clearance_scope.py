"""What a person chooses documents for a clearance by, as a form of an address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from openness.departments.models import Topic
from policies.clearance import ANY_DUE, AWAITING, Scope, departments_decided_for

DUE_CHOICES = (
    ("", _("all")),
    (ANY_DUE, _("term over or about to end")),
    (AWAITING, _("term over, awaiting clearance")),
    ("3", _("term ends within 3 months")),
    ("6", _("term ends within 6 months")),
)
FIRST_YEAR, LAST_YEAR = 1949, 2199


class ScopeForm(forms.Form):
    """Department, term, years, topic; a value that makes no sense narrows nothing and says so."""

    department = forms.ChoiceField(label=_("Department"), required=False)
    due = forms.ChoiceField(label=_("Term of validity"), choices=DUE_CHOICES, required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    year_from = forms.IntegerField(
        label=_("Years from"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    year_to = forms.IntegerField(
        label=_("Years to"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    is_normative = forms.BooleanField(label=_("Normative documents only"), required=False)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        departments = departments_decided_for(user).values_list("code", "short_name")
        self.fields["department"].choices = [("", _("all")), *departments]  # type: ignore[attr-defined]
        topics = Topic.objects.filter(locale=Locale.get_default()).order_by("lineage")
        names = topics.values_list("code", "name")
        self.fields["topic"].choices = [("", _("all")), *names]  # type: ignore[attr-defined]

    @property
    def scope(self) -> Scope:
        """What is chosen, as far as it can be read."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return Scope(**given)
