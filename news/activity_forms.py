"""The editors' form of an activity. A draft may be incomplete; what is published may not."""

from copy import copy
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from news.activity_checks import check_activity, check_sessions
from openness.core.forms import AddressedPageForm
from openness.departments.selectors import department_of

WEEK = timedelta(weeks=1)
# What a session keeps when it is repeated; state and key are those of a session of its own.
REPEATED = ("venue", "area_key", "region", "place", "longitude", "latitude", "datum")


class ActivityPageForm(AddressedPageForm):
    """An activity with its sessions; the last of them can be repeated week by week in one go."""

    repeat_weekly = forms.IntegerField(
        label=_("Repeat the last session weekly"),
        help_text=_(
            "This many more times, each a week later; the new sessions stand in the form after saving."
        ),
        required=False,
        min_value=1,
        max_value=52,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_of_source_page:
            self.fields.pop("repeat_weekly", None)
        parent = self.parent_page
        if not self.instance.pk and parent is not None and "source" in self.fields:
            department = department_of(parent)
            self.initial["source"] = self.initial.get("source") or (department.name if department else "")

    @property
    def is_of_source_page(self) -> bool:
        """Sessions are edited on the source-language page only."""
        return self.instance.locale_id is None or self.instance.is_source

    @property
    def session_forms(self) -> list[forms.ModelForm]:
        """The forms of the sessions that stay, as far as their fields make sense by themselves."""
        formset = self.formsets.get("sessions")
        if formset is None:
            return []
        formset.is_valid()
        return [
            form
            for form in formset.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]

    def clean(self) -> dict[str, Any]:
        """Check what a reader needs to know; not of a draft, nor of a translation, whose facts are another page's."""
        cleaned_data = super().clean()
        if not self.is_of_source_page:
            return cleaned_data
        for form in self.session_forms:
            venue = form.cleaned_data.get("venue")
            if venue is not None and not venue.is_source:
                # A venue that was chosen in another language is the same venue.
                form.cleaned_data["venue"] = form.instance.venue = venue.source_page
        if not self.is_deferred_validation:
            check_activity(self)
            check_sessions(self)
        if self.cleaned_data.get("repeat_weekly") and not self.session_forms:
            self.add_error("repeat_weekly", ValidationError(_("Enter the first session above.")))
        return cleaned_data

    def save(self, commit: bool = True) -> Any:
        """Save, with the sessions that a repetition adds."""
        page = super().save(commit=False)
        if times := self.cleaned_data.get("repeat_weekly"):
            _repeat_last_session(page, times)
        if commit:
            page.save()
            self.save_m2m()
        return page


def _repeat_last_session(page: Any, times: int) -> None:
    sessions = list(page.sessions.all())
    last = max(sessions, key=lambda session: session.starts_at)
    model = type(last)
    for number in range(1, times + 1):
        facts = {name: copy(getattr(last, name)) for name in REPEATED}
        page.sessions.add(
            model(
                starts_at=last.starts_at + number * WEEK,
                ends_at=last.ends_at + number * WEEK,
                sort_order=len(sessions) + number - 1,
                locale_id=page.locale_id,
                **facts,
            )
        )
