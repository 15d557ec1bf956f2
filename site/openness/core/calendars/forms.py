"""What the office fills in: the days of a year, and the notice that confirms it."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from openness.core.calendars.models import CalendarYear


class CalendarYearForm(WagtailAdminModelForm):
    """A year with its days. Which year it is stays, for the days are its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].disabled = not self.instance._state.adding

    def is_valid(self) -> bool:
        """Refuse days of another year: rows do not know their year here, so the constraint goes unchecked."""
        found = super().is_valid()
        for row in self.formsets["days"].forms:
            day = getattr(row, "cleaned_data", {}).get("date")
            if day and day.year != self.cleaned_data.get("year"):
                row.add_error("date", _("The date lies outside the calendar year."))
                found = False
        return found


class ConfirmYearForm(forms.ModelForm):
    """The notice on whose strength a year is confirmed, and that the days were compared with it."""

    source_url = forms.URLField(label=_("source address"), max_length=500, assume_scheme="https")
    compared = forms.BooleanField(
        label=_("I have compared the days with the notice, and decided each difference above."),
        required=True,
    )

    class Meta:
        model = CalendarYear
        fields = ("source_title", "source_url")

    def __init__(self, *args: Any, must_compare: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_confirmed:
            # What is stored names the packages that the days were taken from; it is no notice.
            self.initial = {"source_title": "", "source_url": ""}
        if not must_compare:
            del self.fields["compared"]

    def clean_source_title(self) -> str:
        """Accept a title that names the year, as every such notice does: 国务院办公厅关于2027年部分节假日安排的通知."""
        title: str = self.cleaned_data["source_title"]
        if str(self.instance.year) not in title:
            raise forms.ValidationError(
                _("Enter the notice's full title; it names the year %(year)s."),
                "year",
                params={"year": self.instance.year},
            )
        return title

    def clean_source_url(self) -> str:
        """Accept addresses of a government site only: that is where the State Council's notice stands."""
        address: str = self.cleaned_data["source_url"]
        host = urlsplit(address).hostname or ""
        if not address.startswith("https://") or not f".{host}".endswith(".gov.cn"):
            raise forms.ValidationError(
                _("The address has to be one of the government: https:// and a name that ends in gov.cn."),
                "host",
            )
        return address
