"""The editors' forms of venues and notices: what belongs to a page as a whole is checked here."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openness.core import clock
from openness.core.forms import AddressedPageForm
from openness.departments.models import Department, VenueType
from venues import hours as engine
from venues.enums import HoursMode, NoticeScope
from venues.form_fields import EffectsField, HoursField, RowsField
from venues.hours_problems import problem_text
from venues.wordings import gather_wordings

ROWS_OF_FACTS = ("offers", "service_items", "facilities")


class PlacedForm(AddressedPageForm):
    """A form that can tell a preview where its page stands or will stand, and so who may ask."""

    @property
    def place(self) -> dict[str, int]:
        """``{"page": pk}`` of a page that exists, else ``{"parent": pk}``."""
        if self.instance.pk:
            return {"page": self.instance.pk}
        return {"parent": self.parent_page.pk} if self.parent_page else {}

    @property
    def is_of_source_page(self) -> bool:
        """Facts are edited on the source-language page only."""
        return self.instance.locale_id is None or self.instance.is_source


class VenuePageForm(PlacedForm):
    """A venue, with its hours as one field: the schedules of the engine."""

    hours = HoursField(label=_("When it is open"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_of_source_page:
            del self.fields["hours"]
            for name in ROWS_OF_FACTS:
                self.formsets.pop(name, None)
            return
        from venues.schedules import schedules_of  # models import this module

        self.initial["hours"] = schedules_of(self.instance)
        self.fields["hours"].widget.place = self.place

    def clean(self) -> dict[str, Any]:
        """Check the hours as the engine does, and give them to the page."""
        cleaned_data = super().clean()
        if "hours" in self.cleaned_data:
            self._take_hours(self.cleaned_data["hours"])
        return cleaned_data

    def _take_hours(self, schedules: tuple[engine.Schedule, ...]) -> None:
        from venues.hours_checks import serious_problems
        from venues.schedules import schedules_of, set_schedules

        areas = self._areas()
        value = engine.VenueHours(
            areas=tuple(engine.Area(key, is_public) for key, __, is_public in areas), schedules=schedules
        )
        names = {"": "", **{key: name for key, name, __ in areas}}
        is_used = self.cleaned_data.get("hours_mode", self.instance.hours_mode) == HoursMode.OWN
        found = serious_problems(value, with_conflicts=is_used)
        # Rules of the whole venue that contradict each other do so in every area; once is enough.
        for text in dict.fromkeys(problem_text(problem, schedules, names) for problem in found):
            self.add_error("hours", ValidationError(text))
        # Rows that say the same stay the rows they are.
        if not found and schedules != schedules_of(self.instance):
            set_schedules(self.instance, schedules)

    def _areas(self) -> list[tuple[str, str, bool]]:
        """Return key, name and publicness of the areas as entered."""
        formset = self.formsets.get("areas")
        if formset is None:
            return [(area.key, area.name, area.is_general_public) for area in self.instance.areas.all()]
        formset.is_valid()
        rows = [form.cleaned_data for form in formset.forms if hasattr(form, "cleaned_data")]
        return [
            (row["key"], row.get("name", ""), row.get("is_general_public", True))
            for row in rows
            if row.get("key") and not row.get("DELETE")
        ]

    def save(self, commit: bool = True) -> Any:
        """Save, with the words of all rows gathered for translation; the rows are known only now."""
        page = super().save(commit=False)
        if self.is_of_source_page:
            gather_wordings(page)
        if commit:
            page.save()
            self.save_m2m()
        return page


class NoticePageForm(PlacedForm):
    """A notice: what happens, to which venues, why. A draft may be incomplete; what is published may not."""

    effects = EffectsField(label=_("What happens"), required=False)
    venues = RowsField(
        queryset=None,  # given in __init__, by what the user may use
        label=_("Venues"),
        required=False,
        error_messages={
            "invalid_choice": _(
                "You may not publish notices for this venue, or there is none with the number %(value)s."
            ),
            "invalid_pk_value": _("“%(pk)s” is no venue."),
        },
    )
    types = RowsField(
        queryset=VenueType.objects.none(),
        label=_("Of these types"),
        help_text=_("None ticked: all types."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    departments = RowsField(
        queryset=Department.objects.all(),
        label=_("Of these departments"),
        help_text=_("None ticked: all departments."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_of_source_page:
            for name in (
                "effects",
                "venues",
                "types",
                "departments",
                "scope",
                "scope_region",
                "supersedes",
                "supersedes_how",
            ):
                self.fields.pop(name, None)
            return
        from venues.notice_form import prepare

        prepare(self)

    def clean(self) -> dict[str, Any]:
        """Check that the notice is complete and contradicts no other, and give its rows to the page.

        Rights are checked on a draft too; what may still be missing in a draft is not.
        """
        cleaned_data = super().clean()
        if "effects" not in self.fields:
            return cleaned_data
        from venues import notice_checks, notice_form

        notice_checks.check_rights(self)
        if not self.is_deferred_validation:
            notice_checks.check_complete(self, today=clock.today())
        if not self.errors:
            notice_form.give_rows(self, self.instance)
            if not self.is_deferred_validation:
                notice_checks.check_against_others(self, today=clock.today())
        return cleaned_data

    @property
    def is_selection(self) -> bool:
        """Whether the notice is about all venues of a kind, and not about named ones."""
        return self.cleaned_data.get("scope", self.instance.scope) == NoticeScope.SELECTION
