"""The office's form of an hours standard: durations are entered in hours and kept in minutes."""

from decimal import Decimal
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm


class HoursOfMinutesField(forms.DecimalField):
    """A number of hours (60, 7.5) whose value is whole minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, decimal_places=2, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return hours for minutes; text that was sent comes back as it is."""
        return (Decimal(value) / 60).normalize().__format__("f") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Return minutes; raise ValidationError for what is no number of hours."""
        hours = super().clean(value)
        return None if hours is None else round(hours * 60)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare hours with hours."""
        return super().has_changed(None if initial is None else Decimal(initial) / 60, data)


class HoursStandardForm(WagtailAdminModelForm):
    """A standard; the names of its fields are the model's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = {"weekly_minutes": 168, "weekend_extra_minutes": 24, "day_off_minutes": 24}
        for name, most in limits.items():
            if name in self.fields:
                before = self.fields[name]
                self.fields[name] = HoursOfMinutesField(
                    max_value=most, label=before.label, required=False, help_text=before.help_text
                )
